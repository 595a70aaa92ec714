"""Pages of studies."""

from django.test import TestCase

from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_study,
    create_temperature,
)


class StudyPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(
            slug="review",
            kind="review",
            journal="Dalton Trans.",
            year=2025,
            volume="54",
            pages="10492–10503",
            doi="10.1039/d5dt00526d",
        )
        cls.known = create_study(
            slug="known", title="Coating LiMn2O4", year=2020, doi="10.1000/known"
        )
        unknown = {"title": "", "authors": [], "journal": "", "year": None}
        cls.tenth, cls.second = (
            create_study(
                slug=f"ref-{number}",
                metadata_confidence="recalled",
                curator_note="Probably by Peled.",
                **unknown,
            )
            for number in (10, 2)
        )
        for number, study in [(0, cls.review), (2, cls.second), (10, cls.tenth)]:
            create_citation(cls.review, number, study)
        create_citation(cls.review, 44, cls.known)
        cls.draft = create_study(slug="draft", status="draft", title="Not yet")

        sourced = {"source": cls.review}
        cls.precursor = create_precursor("DEZ", **sourced)
        create_temperature(cls.precursor, "20", [cls.second], **sourced)
        process = create_process(
            precursors=[cls.precursor], studies=[cls.known], **sourced
        )
        cls.coating = create_coating(process, [cls.known], slug="a-coating", **sourced)
        create_measurement([cls.known], coating=cls.coating, **sourced)
        create_cycling_test(
            [{"cycle_number": 9, "capacity_retention": "90"}],
            study=cls.known,
            coating=cls.coating,
            **sourced,
        )

    def listed(self, **query):
        return list(self.client.get("/studies/", query).context["page_obj"])

    def test_list_has_the_latest_first_then_the_unknown_by_their_number(self):
        self.assertEqual(self.listed(), [self.review, self.known])
        self.assertEqual(
            self.listed(include_unidentified="true"),
            [self.review, self.known, self.second, self.tenth],
        )

    def test_list_says_how_many_are_not_identified_and_shows_them_when_asked(self):
        text = "Show 2 cited works that are not identified"
        url = "/studies/?include_unidentified=true"
        page = self.client.get("/studies/")
        self.assertContains(page, text)
        self.assertContains(page, f'href="{url}"')
        page = self.client.get(url)
        self.assertNotContains(page, text)
        # What shows them is among the filters, and taken away there.
        self.assertContains(page, "With cited works that are not identified: yes")

    def test_those_that_are_not_identified_are_counted_under_the_other_filters(self):
        page = self.client.get("/studies/", {"precursor": "dez", "page": "1"})
        self.assertContains(page, "Show 1 cited work that is not identified")
        url = "/studies/?precursor=dez&amp;include_unidentified=true"
        self.assertContains(page, f'href="{url}"')
        page = self.client.get("/studies/", {"year_min": "1900"})
        self.assertNotContains(page, "not identified")
        page = self.client.get("/studies/", {"year_min": "no year"})
        self.assertNotContains(page, "not identified", status_code=400)

    def test_no_count_of_studies_has_those_that_are_not_identified(self):
        # The review and what is known, and not the two works behind numbers.
        self.assertEqual(self.client.get("/").context["counts"]["study"], 2)
        self.assertEqual(self.client.get("/api/v1/studies/").json()["count"], 2)
        query = {"include_unidentified": "true"}
        self.assertEqual(self.client.get("/api/v1/studies/", query).json()["count"], 4)

    def test_exports_have_the_same_selection_as_the_list(self):
        # Reference managers get the review in place of works that are behind numbers.
        words = dict.fromkeys(("bib", "ris", "csl-json"), b"refs 2, 10")
        for name, word in {**words, "csv": b"ref-10"}.items():
            for query, found in (({}, False), ({"include_unidentified": "true"}, True)):
                file = self.client.get("/api/v1/studies/", {"format": name, **query})
                with self.subTest(name, **query):
                    self.assertEqual(word in b"".join(file), found)

    def test_what_is_not_identified_keeps_its_page_its_item_and_its_label(self):
        self.assertEqual(self.client.get("/studies/ref-2/").status_code, 200)
        item = self.client.get("/api/v1/studies/ref-2/").json()
        self.assertEqual(item["label"], "Ref. 2 in Dalton Trans. 2025, 54, 10492")
        page = self.client.get("/precursors/dez/")
        self.assertContains(page, 'href="/studies/ref-2/"')

    def test_a_study_of_which_only_the_journal_is_known_is_identified(self):
        known = create_study(title="", authors=[], journal="J. Test.", year=2020)
        self.assertIn(known, self.listed())

    def test_unknown_reference_reads_as_its_number_in_the_review(self):
        response = self.client.get("/studies/ref-10/")
        self.assertContains(response, "Ref. 10 in Dalton Trans. 2025, 54, 10492")
        self.assertContains(response, 'href="https://doi.org/10.1039/d5dt00526d"')
        self.assertContains(response, "not established")

    def test_review_is_no_reference_of_itself(self):
        for url in ("/studies/", "/studies/review/"):
            self.assertNotContains(self.client.get(url), "Ref. 0")
        item = self.client.get("/api/v1/studies/review/").json()
        self.assertEqual(item["citations"], [])
        create_coating(studies=[self.review], slug="own", source=self.review)
        [study] = self.client.get("/api/v1/coatings/own/").json()["studies"]
        self.assertIsNone(study["citation_number"])
        self.assertContains(self.client.get("/coatings/own/"), "Dalton Trans. 2025")

    def test_private_note_is_never_shown(self):
        for url in ("/studies/", "/studies/ref-10/", "/studies/review/", "/"):
            self.assertNotContains(self.client.get(url), "Peled")

    def test_study_shows_all_that_it_reported(self):
        response = self.client.get("/studies/known/")
        self.assertContains(response, "Coating LiMn<sub>2</sub>O<sub>4</sub>")
        self.assertContains(response, 'href="https://doi.org/10.1000/known"')
        self.assertContains(response, 'href="/coatings/a-coating/"')
        for reported in ("processes", "cycling_tests", "measurements"):
            self.assertEqual(len(response.context[reported]), 1, reported)

    def test_review_shows_all_that_was_read_in_it_and_its_references(self):
        response = self.client.get("/studies/review/")
        self.assertEqual(list(response.context["coatings"]), [self.coating])
        self.assertContains(response, 'href="/precursors/dez/"')
        self.assertContains(response, 'href="/studies/ref-2/"')

    def test_draft_is_nowhere(self):
        self.assertEqual(self.client.get("/studies/draft/").status_code, 404)
        self.assertNotContains(self.client.get("/studies/"), "Not yet")

    def test_studies_are_found_by_the_method_they_used(self):
        create_method("TOF-SIMS", source=self.review)
        create_coating(
            self.coating.process,
            [self.tenth],
            characterization_as_reported="TOF-SIMS",
            source=self.review,
        )
        query = {"characterization_method": "tof-sims", "include_unidentified": "true"}
        self.assertEqual(self.listed(**query), [self.tenth])

    def test_list_costs_the_same_for_many_studies(self):
        # count, keys, rows, citations, reviews, those that are not identified;
        # facets: kind, how much was read, bibliographic record together;
        # choices: methods, materials, precursors, substrates
        with self.assertNumQueries(6 + 1):
            self.client.get("/studies/", headers={"HX-Request": "true"})
        with self.assertNumQueries(6 + 1 + 4):
            self.client.get("/studies/")

    def test_page_costs_the_same_for_many_values(self):
        # the study, its own references; eight sections; controls and gains of tests,
        # points; what processes report; steps, uses; works, studies, citations
        with self.assertNumQueries(16):
            self.client.get("/studies/known/")
