from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from literature.filters import StudyFilter
from literature.models import Study
from tests.factories import (
    create_citation,
    create_coating,
    create_material,
    create_method,
    create_process,
    create_study,
)


class StudyTests(TestCase):
    def test_a_doi_is_kept_in_one_spelling_and_once(self):
        first = create_study(doi="https://doi.org/10.1039/D5DT00526D")
        first.refresh_from_db()
        self.assertEqual(first.doi, "10.1039/d5dt00526d")
        with self.assertRaises(IntegrityError), transaction.atomic():
            create_study(doi="10.1039/D5dt00526d")
        twin = Study(slug="twin", doi="doi:10.1039/d5dt00526d")
        with self.assertRaisesMessage(ValidationError, "with this DOI exists"):
            twin.full_clean()

    def test_many_studies_may_have_no_doi(self):
        create_study(doi="")
        create_study(doi="")
        self.assertEqual(Study.objects.filter(doi="").count(), 2)

    def test_the_database_refuses_unknown_words_and_years(self):
        for fields in (
            {"status": "secret"},
            {"kind": "poster"},
            {"metadata_confidence": "sure"},
            {"year": 20},
        ):
            with (
                self.subTest(fields),
                self.assertRaises(IntegrityError),
                transaction.atomic(),
            ):
                create_study(**fields)

    def test_authors_are_a_list_of_names(self):
        for authors in ("Curie, M.", ["Curie, M.", ""], [1]):
            study = Study(slug="s", authors=authors)
            with self.subTest(authors), self.assertRaises(ValidationError):
                study.full_clean()

    def test_a_new_study_is_a_draft_and_not_public(self):
        study = Study.objects.create(slug="new")
        self.assertEqual(study.status, "draft")
        self.assertNotIn(study, Study.objects.published())


class LabelTests(TestCase):
    def test_a_known_study_is_cited_by_author_and_journal(self):
        study = create_study(
            authors=["Kazyak, E.", "Shin, M."],
            journal="Chem. Commun.",
            year=2020,
            volume="56",
            pages="15537–15540",
        )
        self.assertEqual(study.label, "Kazyak et al., Chem. Commun. 2020, 56, 15537")

    def test_an_unknown_study_is_cited_by_its_number_in_the_review(self):
        review = create_study(
            authors=[], journal="Dalton Trans.", year=2025, volume="54", pages="10492"
        )
        study = create_study(title="", authors=[], journal="", year=None)
        create_citation(review, 44, study)
        self.assertEqual(study.label, "Ref. 44 in Dalton Trans. 2025, 54, 10492")

    def test_a_review_that_is_a_draft_is_not_named(self):
        review = create_study(journal="Secret J.", status="draft")
        study = create_study(slug="s-1", title="", authors=[], journal="")
        create_citation(review, 44, study)
        self.assertEqual(study.label, "s-1")

    def test_a_study_of_which_only_the_title_is_known_is_cited_by_it(self):
        study = create_study(title="Lithicones", authors=[], journal="", year=2024)
        self.assertEqual(study.label, "Lithicones (2024)")

    def test_labels_of_a_list_need_two_queries(self):
        review = create_study()
        for number in (1, 2, 3):
            create_citation(review, number, create_study(title="", journal=""))
        with self.assertNumQueries(2):  # studies, their citations with reviews
            labels = [s.label for s in Study.objects.published().for_list()]
        self.assertEqual(sum(label.startswith("Ref. ") for label in labels), 3)


class StudyFilterTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.sims = create_method("TOF-SIMS")
        cls.sem = create_method("SEM", variants=["FE-SEM"])
        source = create_study(slug="review", title="Review", year=2025)
        cls.old = create_study(slug="old", title="Lithicone films", year=2014)
        cls.new = create_study(slug="new", title="Alucone", year=2023)
        cls.process = create_process(create_material("Li–HQ"), source=source)
        create_coating(
            cls.process,
            [cls.old],
            source=source,
            characterization_as_reported="TOF-SIMS, FE-SEM",
        )
        create_coating(
            cls.process,
            [cls.new],
            source=source,
            characterization_as_reported="SEM",
        )
        create_coating(
            cls.process,
            [cls.new],
            source=create_study(status="draft"),
            characterization_as_reported="TOF-SIMS",
        )

    def slugs(self, **query):
        filterset = StudyFilter(query)
        self.assertTrue(filterset.is_valid(), filterset.errors)
        return {entry.slug for entry in filterset.qs} & {"old", "new", "review"}

    def test_studies_are_found_by_published_coatings_and_their_methods(self):
        self.assertEqual(self.slugs(characterization_method="tof-sims"), {"old"})
        self.assertEqual(self.slugs(characterization_method="sem"), {"old", "new"})
        both = self.slugs(characterization_method=["sem", "tof-sims"])
        self.assertEqual(both, {"old"})

    def test_studies_are_found_by_year_and_words(self):
        self.assertEqual(self.slugs(year_min="2015", year_max="2024"), {"new"})
        self.assertEqual(self.slugs(q="LITHICONE"), {"old"})
        # The review alone names the process.
        self.assertEqual(self.slugs(material="li-hq"), {"old", "new", "review"})

    def test_an_unknown_method_is_refused_with_the_nearest(self):
        filterset = StudyFilter({"characterization_method": "tof-sim"})
        self.assertIn("tof-sims", str(filterset.errors))
