"""Which studies stand behind values, and what no prefetch of drafts gives away."""

from unittest.mock import patch

from django.test import TestCase

from literature.models import ReviewCitation, Study
from materials.models import Coating, CyclingTest, Material
from precursors.models import Precursor
from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
    create_temperature,
)


class BehindTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review")
        cls.work = create_study(slug="work")
        cls.draft = create_study(slug="draft", status="draft")

    def behind(self, values):
        return {study.slug for study in Study.objects.behind(values)}

    def coating(self, *studies, **fields):
        return create_coating(studies=studies, source=self.review, **fields)

    def test_the_primary_work_is_cited_instead_of_the_source(self):
        self.coating(self.work)
        self.assertEqual(self.behind(Coating.objects.all()), {"work"})

    def test_the_source_is_cited_where_no_work_is_named(self):
        self.coating()
        self.assertEqual(self.behind(Coating.objects.all()), {"review"})

    def test_the_source_is_cited_where_the_only_work_is_a_draft(self):
        self.coating(self.draft)
        self.assertEqual(self.behind(Coating.objects.all()), {"review"})

    def test_a_draft_beside_a_published_work_is_left_out(self):
        self.coating(self.work, self.draft)
        self.assertEqual(self.behind(Coating.objects.all()), {"work"})

    def test_a_draft_is_not_cited_for_what_it_states_itself(self):
        create_coating(source=self.draft)
        self.assertEqual(self.behind(Coating.objects.all()), set())

    def test_each_value_counts_on_its_own_and_each_study_once(self):
        self.coating(self.work)
        self.coating(self.work)
        self.coating()
        studies = list(Study.objects.behind(Coating.objects.order_by("-pk")))
        self.assertCountEqual(studies, [self.work, self.review])

    def test_a_cycling_test_is_of_one_study(self):
        create_cycling_test(study=self.work, source=self.review)
        self.assertEqual(self.behind(CyclingTest.objects.all()), {"work"})
        CyclingTest.objects.update(study=self.draft)
        self.assertEqual(self.behind(CyclingTest.objects.all()), {"review"})

    def test_only_chosen_values_count(self):
        self.coating(self.work, slug="one")
        self.coating(slug="two")
        self.assertEqual(self.behind(Coating.objects.filter(slug="one")), {"work"})


class CitedTests(TestCase):
    """What is cited comes with the published reviews that cite it."""

    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review")
        cls.draft = create_study(slug="draft", status="draft")
        cls.work = create_study(slug="work")
        cls.citation = create_citation(cls.review, 44, cls.work)
        create_citation(cls.draft, 1, cls.work)
        create_coating(studies=[cls.work], source=cls.review)

    def test_citations_by_drafts_are_not_public(self):
        self.assertEqual(list(ReviewCitation.objects.published()), [self.citation])
        create_citation(self.review, 45, self.review)
        create_citation(self.draft, 44, self.review)
        found = ReviewCitation.objects.get_by_natural_key("review", 44)
        self.assertEqual(found, self.citation)

    def test_studies_and_their_citations_take_two_queries(self):
        chosen = Study.objects.filter(slug="work")
        for studies in (
            chosen.for_list(),
            chosen.cited_studies(),
            chosen.prefetch_related("coatings").cited_studies(),
            Study.objects.behind(Coating.objects.all()),
            Coating.objects.cited_studies(),
        ):
            with self.assertNumQueries(2):
                [study] = studies
                self.assertEqual(list(study.citations.all()), [self.citation])
                self.assertEqual(study.published_citations[0].review, self.review)


class ReportingTests(TestCase):
    """Who reported which records, asked either way round."""

    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review")
        cls.work = create_study(slug="work")
        cls.draft = create_study(slug="draft", status="draft")
        cls.unused, cls.used = (create_substrate(source=cls.review) for _ in "ab")
        same = {"source": cls.review}
        cls.coating = create_coating(studies=[cls.work], substrate=cls.used, **same)
        cls.bare = create_coating(studies=[cls.draft], **same)
        create_coating(substrate=cls.unused, source=cls.draft)

    def assert_reported(self, record, *studies):
        rows = type(record).objects.filter(pk=record.pk)
        for study in (self.review, self.work):
            found = rows.reported_by([study])
            self.assertEqual(list(found), [record] if study in studies else [])
        self.assertCountEqual(Study.objects.reporting([record]), studies)

    def test_a_value_is_reported_by_its_published_works_else_by_its_source(self):
        self.assert_reported(self.coating, self.work)
        found = Study.objects.published().reporting([self.bare])
        self.assertEqual(list(found), [self.review])
        self.assertEqual(list(Coating.objects.reported_by([self.review])), [self.bare])

    def test_a_shared_record_is_reported_by_its_users_else_by_its_source(self):
        self.assert_reported(self.used, self.work)
        self.assert_reported(self.unused, self.review)
        both = Study.objects.reporting([self.used, self.unused])
        self.assertCountEqual(both, [self.work, self.review])

    def test_what_counts_is_published_and_undisputed(self):
        create_coating(source=self.review, disputed=True)
        self.assertCountEqual(Coating.objects.counted(), [self.coating, self.bare])


class BatchTests(TestCase):
    """Of many rows, few are named in a query; the answer is the same."""

    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", year=2001)
        cls.works = [create_study(year=year) for year in (2002, 2004, 2003)]
        for number, work in enumerate(cls.works, start=1):
            create_citation(cls.review, number, work)
            film = create_material(source=cls.review)
            create_process(film, studies=[work], source=cls.review)
        create_material(source=cls.review)
        create_study(year=1990)  # which nothing cites

    def test_the_same_studies_are_cited_in_the_same_order(self):
        expected = list(Material.objects.cited_studies())
        self.assertEqual([one.year for one in expected], [2004, 2003, 2002, 2001])
        for size, queries in ((4, 3), (3, 6), (1, 10)):
            with self.subTest(size), patch("literature.querysets._BATCH", size):
                # The records' keys; of many, for some records each the studies' keys;
                # then the studies, and for some each their citations.
                with self.assertNumQueries(queries):
                    found = list(Material.objects.cited_studies())
                    numbers = [
                        [one.number for one in study.published_citations]
                        for study in found
                    ]
                self.assertEqual(found, expected)
                self.assertEqual(numbers, [[2], [3], [1], []])

    def test_related_rows_are_fetched_for_some_at_a_time(self):
        with patch("literature.querysets._BATCH", 2), self.assertNumQueries(4):
            studies = list(Study.objects.for_list())  # and the citations of two each
        with self.assertNumQueries(0):
            self.assertEqual(sum(len(one.citations.all()) for one in studies), 3)


class SharedRecordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review")
        cls.work = create_study(slug="work")
        cls.draft = create_study(slug="draft", status="draft")

    def cited(self, queryset):
        return {study.slug for study in queryset.cited_studies()}

    def test_a_material_is_cited_by_its_published_values_alone(self):
        film = create_material(source=self.review)
        self.assertEqual(self.cited(Material.objects.all()), {"review"})
        create_process(film, studies=[self.draft], source=self.draft)
        self.assertEqual(self.cited(Material.objects.all()), {"review"})
        create_process(film, studies=[self.work], source=self.review)
        self.assertEqual(self.cited(Material.objects.all()), {"work"})

    def test_the_first_kind_of_use_that_there_is_is_cited(self):
        used = create_precursor(source=self.review)
        other = create_precursor(source=self.review)
        create_temperature(used, "20", [self.work], source=self.review)
        for precursor in (used, other):
            create_measurement([self.review], precursor=precursor, source=self.work)
        one = Precursor.objects.filter(pk=used.pk)
        self.assertEqual(self.cited(one), {"work"})
        self.assertEqual(self.cited(Precursor.objects.all()), {"work", "review"})

    def test_a_draft_becomes_public_through_a_published_use(self):
        film = create_material(source=self.draft)
        self.assertEqual(self.cited(Material.objects.published()), set())
        create_process(film, source=self.work)
        self.assertEqual(list(Material.objects.published()), [film])
        self.assertEqual(self.cited(Material.objects.published()), {"work"})


class SearchTests(TestCase):
    def test_a_draft_finds_nothing_but_for_curators(self):
        draft = create_study(status="draft", title="Secret zirconia")
        public = create_study(title="Public zirconia")
        create_coating(slug="by-draft", studies=[draft])
        create_coating(slug="by-public", studies=[public])
        found = Coating.objects.search("zirconia").values_list("slug", flat=True)
        self.assertEqual(list(found), ["by-public"])
        found = Coating.objects.search("zirconia", drafts=True)
        self.assertEqual(found.count(), 2)


class PlainPrefetchTests(TestCase):
    """What was prefetched with its drafts shows none of them."""

    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", journal="Dalton Trans.")
        cls.draft = create_study(slug="draft", journal="Secret J.", status="draft")
        unknown = {"title": "", "authors": [], "journal": "", "year": None}
        cls.study = create_study(slug="study", **unknown)

    def test_citations_of_a_study(self):
        create_citation(self.draft, 1, self.study)
        for study in (
            Study.objects.prefetch_related("citations").get(slug="study"),
            Study.objects.prefetch_related("citations__review").get(slug="study"),
            Study.objects.get(slug="study"),
        ):
            self.assertEqual(study.published_citations, [])
            self.assertEqual(study.label, "study")
        create_citation(self.review, 44, self.study)
        create_citation(self.review, 0, self.study)
        study = Study.objects.prefetch_related("citations").get(slug="study")
        with self.assertNumQueries(0):
            [citation] = study.published_citations
            self.assertEqual(citation.number, 44)
            self.assertIn("Ref. 44 in Dalton Trans.", study.label)

    def test_temperatures_of_a_precursor(self):
        precursor = create_precursor(source=self.review)
        create_temperature(precursor, "140", source=self.draft)
        create_temperature(precursor, "90", source=self.review, is_typical=False)
        create_temperature(precursor, "80", source=self.draft, is_typical=False)
        disputed = {"is_typical": False, "disputed": True}
        create_temperature(precursor, "70", source=self.review, **disputed)
        related = "sublimation_temperatures"
        for queryset in (
            Precursor.objects.prefetch_related(related),
            Precursor.objects.prefetch_related(f"{related}__source"),
            Precursor.objects.for_list(),
            Precursor.objects.all(),
        ):
            found = queryset.get(pk=precursor.pk)
            self.assertIsNone(found.typical_sublimation_temperature)
            listed = found.listed_sublimation_temperature
            self.assertEqual(listed.temperature.as_reported, "90")

    def test_primary_works_of_a_value(self):
        coating = create_coating(studies=[self.draft, self.review], slug="film")
        coating = Coating.objects.prefetch_related("studies").get(slug="film")
        self.assertEqual(coating.works, [self.review])
        item = self.client.get("/api/v1/coatings/film/").json()
        self.assertEqual([study["slug"] for study in item["studies"]], ["review"])
        test = create_cycling_test(study=self.draft, source=self.review)
        self.assertEqual(test.works, [])
        test.study = self.review
        self.assertEqual(test.works, [self.review])
        self.assertEqual(create_substrate().works, [])

    def test_a_citation_comes_with_its_review(self):
        create_citation(self.review, 44, self.study)
        with self.assertNumQueries(1):
            [citation] = ReviewCitation.objects.all()
            self.assertEqual(citation.review, self.review)
