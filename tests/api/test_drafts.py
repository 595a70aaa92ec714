"""Only what a published study states is public."""

from django.test import TestCase

from asei_db.lib import deriving
from materials.models import Coating
from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_element,
    create_finding,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_substrate,
    create_temperature,
)


class DraftTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(slug="public-study")
        cls.draft = create_study(slug="draft-study", status="draft")
        cls.in_review = create_study(slug="draft-study-2", status="in_review")
        create_element("Li", 3)
        cls.rows = {}
        for name, source in (("public", cls.study), ("draft", cls.draft)):
            sourced = {"source": source}
            precursor = create_precursor(f"{name}-precursor", **sourced)
            create_temperature(precursor, "140", studies=[source], **sourced)
            material = create_material(f"{name}-material", **sourced)
            substrate = create_substrate(f"{name}-substrate", **sourced)
            create_method(f"{name}-method", **sourced)
            process = create_process(
                material, [precursor], [source], slug=f"{name}-process", **sourced
            )
            coating = create_coating(
                process,
                [source],
                slug=f"{name}-coating",
                substrate=substrate,
                characterization_as_reported=f"{name}-method",
                **sourced,
            )
            recipe = create_recipe(
                process, [{"precursor": precursor}], slug=f"{name}-recipe", **sourced
            )
            create_measurement(slug=f"{name}-measurement", coating=coating, **sourced)
            finding = create_finding(slug=f"{name}-finding", coating=coating, **sourced)
            test = create_cycling_test(
                slug=f"{name}-test", coating=coating, electrode=substrate, **sourced
            )
            cls.rows[name] = {
                "studies": source,
                "precursors": precursor,
                "materials": material,
                "substrates": substrate,
                "processes": process,
                "recipes": recipe,
                "coatings": coating,
                "measurements": coating.measurements.get(),
                "findings": finding,
                "cycling-tests": test,
            }
        cls.public, cls.hidden = cls.rows["public"], cls.rows["draft"]

    def get(self, path, query=None):
        response = self.client.get(f"/api/v1/{path}/", query)
        self.assertEqual(response.status_code, 200, response.content)
        self.assertNotIn("draft-", response.content.decode())
        return response.json()

    def test_no_list_shows_what_a_draft_states(self):
        for name, row in self.public.items():
            with self.subTest(name):
                answer = self.get(name)
                self.assertEqual(
                    [item["slug"] for item in answer["results"]], [row.slug]
                )
                self.assertEqual(answer["count"], 1)
        methods = self.get("characterization-methods")["results"]
        self.assertEqual([item["slug"] for item in methods], ["public-method"])

    def test_no_address_shows_what_a_draft_states(self):
        for name, row in self.hidden.items():
            with self.subTest(name):
                self.get(f"{name}/{self.public[name].slug}")
                response = self.client.get(f"/api/v1/{name}/{row.slug}/")
                self.assertEqual(response.status_code, 404)

    def test_search_and_counts_leave_drafts_out(self):
        self.assertEqual(self.get("search", {"q": "draft"})["count"], 0)
        self.assertGreater(self.get("search", {"q": "public"})["count"], 3)
        entry = self.get("properties/ionic_conductivity")
        self.assertEqual(entry["measurement_count"], 1)

    def test_no_filter_knows_what_a_draft_states(self):
        for parameter in ("material", "precursor", "substrate", "study", "process"):
            row = self.hidden[
                {"process": "processes", "study": "studies"}.get(
                    parameter, f"{parameter}s"
                )
            ]
            response = self.client.get("/api/v1/coatings/", {parameter: row.slug})
            with self.subTest(parameter):
                self.assertEqual(response.status_code, 400)
                [error] = response.json()["errors"]
                self.assertIn("public-", error["message"])

    def test_primary_studies_that_are_drafts_are_not_named(self):
        self.public["coatings"].studies.add(self.draft, self.in_review)
        self.public["processes"].studies.add(self.draft)
        self.public["measurements"].studies.add(self.draft)
        self.public["findings"].studies.add(self.draft)
        self.public["precursors"].sublimation_temperatures.get().studies.add(self.draft)
        studies = self.get("coatings/public-coating")["studies"]
        self.assertEqual([study["slug"] for study in studies], ["public-study"])
        for name in (
            "coatings",
            "processes",
            "measurements",
            "findings",
            "precursors",
        ):
            self.get(name)

    def test_nothing_is_found_by_a_primary_study_that_is_a_draft(self):
        self.draft.title = "Zirconocene"
        self.draft.save()
        for name in ("coatings", "processes", "measurements", "findings"):
            self.public[name].studies.add(self.draft)
            with self.subTest(name):
                answer = self.get(name, {"q": "zirconocene"})
                self.assertEqual(answer["count"], 0)
        self.assertEqual(self.get("search", {"q": "zirconocene"})["count"], 0)
        found = Coating.objects.search("zirconocene", drafts=True)
        self.assertIn(self.public["coatings"], found)

    def test_materials_are_not_found_by_the_method_of_a_draft_s_process(self):
        create_process(
            self.public["materials"],
            slug="draft-process-2",
            method="mld",
            source=self.draft,
        )
        self.assertEqual(self.get("materials", {"method": "mld"})["count"], 0)
        page = self.client.get("/materials/")
        self.assertContains(page, 'id="facet-method-mld">0<')

    def test_temperatures_of_a_draft_are_not_shown_even_if_typical(self):
        precursor = self.public["precursors"]
        precursor.sublimation_temperatures.update(source=self.draft)
        deriving.changed(precursor.sublimation_temperatures.all())
        item = self.get("precursors/public-precursor")
        self.assertIsNone(item["sublimation_temperature"])
        self.assertEqual(item["sublimation_temperatures"], [])

    def test_processes_of_a_draft_are_not_named_by_their_material(self):
        create_process(
            self.public["materials"], slug="draft-process-2", source=self.draft
        )
        item = self.get("materials/public-material")
        slugs = [process["slug"] for process in item["processes"]]
        self.assertEqual(slugs, ["public-process"])

    def test_a_record_of_a_draft_that_a_published_value_uses_hides_its_source(self):
        material = self.public["materials"]
        material.source = self.draft
        material.save()
        self.assertIsNone(self.get("materials/public-material")["source"])

    def test_the_page_of_a_record_of_a_draft_that_is_used_hides_its_source(self):
        names = ("materials", "precursors", "processes", "substrates")
        for name in names:
            row = self.public[name]
            row.source, row.locator = self.draft, "draft- locator"
            row.save()
        for name in names:
            with self.subTest(name):
                page = self.client.get(self.public[name].get_absolute_url())
                self.assertEqual(page.status_code, 200)
                self.assertNotIn("draft-", page.content.decode())
        found = self.client.get("/search/", {"q": "public"})
        self.assertNotIn("draft-", found.content.decode())

    def test_what_is_said_of_a_draft_s_coating_is_hidden(self):
        coating = self.public["coatings"]
        coating.source = self.draft
        coating.save()
        self.assertEqual(self.get("measurements")["count"], 0)
        self.assertEqual(self.get("findings")["count"], 0)
        self.assertEqual(self.get("cycling-tests")["count"], 0)

    def test_findings_of_a_draft_stand_on_no_page(self):
        finding = create_finding(
            slug="draft-finding-2",
            coating=self.public["coatings"],
            studies=[self.study],
            source=self.draft,
        )
        subjects = ("materials", "processes", "substrates", "coatings", "studies")
        for row in map(self.public.get, subjects):
            with self.subTest(row):
                page = self.client.get(row.get_absolute_url())
                self.assertContains(page, "public-finding")
                self.assertNotContains(page, "draft-finding")
        query = {"material": "public-material", "q": finding.statement}
        page = self.client.get("/findings/", query)
        self.assertContains(page, "public-finding")
        self.assertNotContains(page, "draft-finding")

    def test_a_test_of_a_draft_study_is_hidden(self):
        test = self.public["cycling-tests"]
        test.study = self.draft
        test.save()
        self.assertEqual(self.get("cycling-tests")["count"], 0)

    def test_a_control_of_a_draft_is_not_named(self):
        test = self.public["cycling-tests"]
        test.control = create_cycling_test(
            slug="draft-control", electrode=test.electrode, source=self.draft
        )
        test.save()
        self.assertIsNone(self.get("cycling-tests/public-test")["control"])

    def test_citations_by_a_review_that_is_a_draft_are_not_shown(self):
        create_citation(self.draft, 7, self.study)
        self.assertEqual(self.get("studies/public-study")["citations"], [])

    def test_what_curators_tell_each_other_is_not_shown(self):
        self.study.curator_note = "draft- thoughts"
        self.study.save()
        self.get("studies/public-study")
