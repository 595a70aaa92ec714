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

    def test_list_has_the_latest_first_then_the_unknown_by_their_number(self):
        page = self.client.get("/studies/").context["page_obj"]
        self.assertEqual(list(page), [self.review, self.known, self.second, self.tenth])

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
        query = {"characterization_method": "tof-sims"}
        page = self.client.get("/studies/", query).context["page_obj"]
        self.assertEqual(list(page), [self.tenth])

    def test_list_costs_the_same_for_many_studies(self):
        # count, rows, citations;
        # facets: kind, bibliographic record;
        # choices: methods, materials, precursors, substrates
        with self.assertNumQueries(3 + 2):
            self.client.get("/studies/", headers={"HX-Request": "true"})
        with self.assertNumQueries(3 + 2 + 4):
            self.client.get("/studies/")

    def test_page_costs_the_same_for_many_values(self):
        # the study, its citations; its own references;
        # coatings, steps, precursors, uses, studies, citations;
        # processes, steps, precursors, studies, citations, measured values;
        # tests, points, steps, precursors, studies, citations;
        # measurements, steps, precursors, studies, citations; findings; temperatures
        with self.assertNumQueries(3 + 6 + 6 + 6 + 5 + 1 + 1):
            self.client.get("/studies/known/")
