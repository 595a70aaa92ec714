"""Made-up literature: what it holds, and that the site shows it."""

from io import StringIO

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase
from django.urls import reverse

from api.urls import VIEWS
from asei_db.lib import search
from asei_db.lib.records import load_records
from literature.models import ReviewCitation, Study
from materials.generating import COMMON_WORD, RARE_WORD, generate
from materials.models import (
    CharacterizationUse,
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    Finding,
    Material,
    ProcessStep,
    PropertyMeasurement,
    Recipe,
    RecipeStep,
    SeiRelation,
)
from precursors.models import Element, Precursor, SublimationTemperature
from tests.factories import create_study

MODELS = (
    *(Study, ReviewCitation, Material, SeiRelation, Precursor, SublimationTemperature),
    *(DepositionProcess, ProcessStep, Recipe, RecipeStep, Coating, CharacterizationUse),
    *(CyclingTest, CyclingPoint, PropertyMeasurement, Finding),
)


def call_generate(coatings, *arguments):
    """The lines that the command prints."""
    out = StringIO()
    call_command(
        "generate_literature", f"--coatings={coatings}", *arguments, stdout=out
    )
    return out.getvalue().splitlines()


class GeneratedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.lines = call_generate(200)

    def test_the_base_has_what_the_number_of_coatings_says(self):
        counts = {model: model.objects.count() for model in MODELS}
        expected = {
            Study: 100,
            Coating: 200,
            CyclingTest: 200,
            PropertyMeasurement: 320,
            DepositionProcess: 60,
            Recipe: 60,
            Finding: 80,
        }
        self.assertEqual(expected, {model: counts[model] for model in expected})
        self.assertTrue(all(counts.values()), counts)
        self.assertAlmostEqual(counts[CyclingPoint] / 200, 6.5, delta=1)

    def test_what_is_written_is_reported(self):
        self.assertIn("200 coatings", self.lines)
        self.assertRegex("\n".join(self.lines), r"\n[\d,]+ rows in [\d.]+ s, of which")

    def test_coated_tests_have_controls_of_their_study(self):
        controlled = CyclingTest.objects.exclude(control=None)
        self.assertEqual(controlled.count(), 200 // 3)
        for test in controlled.select_related("control"):
            self.assertEqual(
                (test.study_id, test.electrode_id, None),
                (
                    test.control.study_id,
                    test.control.electrode_id,
                    test.control.coating_id,
                ),
            )

    def test_it_is_as_uneven_as_literature(self):
        statuses = set(Study.objects.values_list("status", flat=True))
        self.assertEqual(statuses, {"published", "draft", "in_review"})
        qualifiers = set(Coating.objects.values_list("thickness_qualifier", flat=True))
        self.assertLessEqual({"", "=", "~", "<", ">"}, qualifiers)
        limits = PropertyMeasurement.objects.exclude(value_limit="")
        self.assertTrue(limits.exists())
        self.assertTrue(PropertyMeasurement.objects.filter(disputed=True).exists())
        self.assertTrue(Study.objects.unidentified().exists())

    def test_words_are_common_and_rare(self):
        found = Coating.objects.search(COMMON_WORD).count()
        self.assertAlmostEqual(found / 200, 1 / 8, delta=0.06)
        self.assertIn(Study.objects.search(RARE_WORD).count(), range(1, 6))

    def test_every_record_is_valid(self):
        for model in MODELS:
            for row in model.objects.all()[:8]:
                with self.subTest(model=model, key=row.pk):
                    row.full_clean()

    def test_its_derived_texts_are_those_of_the_site(self):
        changed = search.derive_all()
        self.assertEqual([model for model, count in changed.items() if count], [])

    def test_rows_can_be_added_after_it(self):
        study = create_study(slug="added")
        self.assertNotIn(study.pk, range(1, 101))

    def test_the_site_shows_it(self):
        lists = [
            *("material", "substrate", "method", "process", "coating", "cycling"),
            *("measurement", "finding"),
        ]
        addresses = [
            *(reverse(name) for name in ("home", "search", "literature:study-list")),
            *(reverse(f"materials:{name}-list") for name in lists),
            *(reverse(f"materials:{name}") for name in ("explore", "planner")),
            reverse("precursors:precursor-list"),
            f"{reverse('search')}?q={COMMON_WORD}",
            *(
                model.objects.published().last().get_absolute_url()
                for model in (Study, Precursor, Material, DepositionProcess, Coating)
            ),
            *(
                reverse(f"api:{name}")
                for name in VIEWS.values()
                if name.endswith("list")
            ),
        ]
        for address in addresses:
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 200)


class RefusalTests(TestCase):
    def test_a_base_that_holds_studies_is_left_alone(self):
        create_study()
        with self.assertRaisesMessage(CommandError, "--add"):
            call_generate(10)
        self.assertEqual(Study.objects.count(), 1)

    def test_unless_it_is_wanted(self):
        create_study()
        call_generate(10, "--add")
        self.assertEqual(Coating.objects.count(), 10)

    def test_a_number_that_is_none_is_refused(self):
        for text in ("0", "1.5", "many", "1e9"):
            with self.subTest(text), self.assertRaisesMessage(CommandError, "whole"):
                call_generate(text)


class SeedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        # Their keys are the database's own, and so are those that measurements name.
        load_records(settings.BASE_DIR / "fixtures" / "elements.yaml", Element)

    def rows(self, seed):
        """All rows that a seed gives, which are taken back."""
        with transaction.atomic():
            generate(40, seed, report=str)
            rows = {
                model: list(model.objects.order_by("pk").values()) for model in MODELS
            }
            transaction.set_rollback(True)
        for row in (row for of_model in rows.values() for row in of_model):
            if "slug" not in row:
                del row["id"]  # which the database counts on
        return rows

    def test_equal_seeds_give_equal_rows(self):
        first, again = self.rows(0), self.rows(0)
        for model in MODELS:
            with self.subTest(model):
                self.assertEqual(first[model], again[model])
        self.assertNotEqual(first[Coating], self.rows(1)[Coating])

    def test_a_second_base_stands_beside_the_first(self):
        generate(10, 0, report=str)
        generate(10, 0, report=str)
        self.assertEqual(Coating.objects.count(), 20)
