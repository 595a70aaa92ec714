from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from literature.models import ReviewCitation, Study
from materials.models import Coating, CyclingTest, RecipeStep
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
)


class PrefetchingTests(TestCase):
    def test_rows_that_foreign_keys_lead_to_are_named_in_one_list(self):
        study = create_study()
        precursors = [create_precursor(name, source=study) for name in ("A", "B")]
        process = create_process(precursors=precursors, source=study)
        recipe = create_recipe(process, source=study)
        for place, precursor in enumerate(precursors, start=1):
            recipe.steps.create(position=place, precursor=precursor)
            control = create_cycling_test(source=study)
            coating = create_coating(process, source=study)
            create_cycling_test(coating=coating, control=control, source=study)
        tests = CyclingTest.objects.exclude(control=None)
        for rows in (
            tests.for_list(),
            tests.prefetch_related("control", "coating__process", "study"),
            Coating.objects.for_list(),
            RecipeStep.objects.prefetch_related("recipe", "precursor"),
        ):
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(len(rows), 2)
            for query in queries:
                with self.subTest(query["sql"]):
                    self.assertNotRegex(query["sql"], r'"id" = \d+ OR ')

    def test_there_may_be_more_rows_than_sqlite_takes_alternatives(self):
        review = create_study(kind="review")
        studies = Study.objects.bulk_create(
            Study(slug=f"cited-{number}") for number in range(1100)
        )
        ReviewCitation.objects.bulk_create(
            ReviewCitation(review=review, number=number, study=study)
            for number, study in enumerate(studies, start=1)
        )
        citations = ReviewCitation._base_manager.prefetch_related("study")
        found = citations.iterator(chunk_size=2000)
        self.assertEqual({citation.study for citation in found}, set(studies))
