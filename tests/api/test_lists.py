"""Lists: their envelope, their pages, and how many queries they take."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

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


class ListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        """Three of everything, each with its own relations."""
        cls.review = create_study(slug="review", kind="review")
        sourced = {"source": cls.review}
        for number in (1, 2, 3):
            study = create_study(slug=f"study-{number}")
            create_citation(cls.review, number, study)
            element = create_element(["H", "He", "Li"][number - 1], number)
            method = create_method(f"M{number}-X", **sourced)
            precursor = create_precursor(f"A{number}", elements=[element], **sourced)
            create_temperature(precursor, "140", studies=[study], **sourced)
            material = create_material(f"Film-{number}", elements=[element], **sourced)
            process = create_process(
                material, [precursor], studies=[study], slug=f"p{number}", **sourced
            )
            substrate = create_substrate(f"S{number}", elements=[element], **sourced)
            coating = create_coating(
                process,
                studies=[study],
                slug=f"c{number}",
                substrate=substrate,
                characterization_as_reported=method.acronym,
                deposition_temperature="90",
                **sourced,
            )
            create_recipe(
                process,
                [{"precursor": precursor}],
                [study],
                slug=f"r{number}",
                deposition_temperature="90",
                **sourced,
            )
            for name, subject in [
                ("coating", coating),
                ("process", process),
                ("material", material),
            ]:
                create_measurement(
                    slug=f"{name}{number}",
                    studies=[study],
                    **{name: subject},
                    **sourced,
                )
                create_finding(
                    slug=f"of-{name}{number}",
                    studies=[study],
                    **{name: subject},
                    **sourced,
                )
            bare = create_cycling_test(
                slug=f"bare{number}", study=study, electrode=substrate, **sourced
            )
            create_cycling_test(
                slug=f"coated{number}",
                study=study,
                electrode=substrate,
                coating=coating,
                control=bare,
                points=[{"cycle_number": 1, "specific_capacity": "100"}],
                **sourced,
            )

    def get(self, path, query=None):
        response = self.client.get(f"/api/v1/{path}/", query)
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()

    def assert_slugs(self, path, query, slugs):
        results = self.get(path, query)["results"]
        self.assertEqual([item["slug"] for item in results], slugs)

    def test_root_lists_the_resources(self):
        resources = self.client.get("/api/v1/").json()
        self.assertEqual(
            list(resources),
            [
                "studies",
                "precursors",
                "materials",
                "substrates",
                "characterization-methods",
                "processes",
                "recipes",
                "coatings",
                "cycling-tests",
                "measurements",
                "findings",
                "properties",
                "elements",
                "comparability",
                "consensus",
                "coverage",
                "planner",
                "search",
                "schema",
                "docs",
            ],
        )
        needed = {
            "comparability": {"test": ["bare1", "coated1"]},
            "consensus": {"material": "film-1"},
            "planner": {"source_temperature_limit_celsius": 100},
            "search": {"q": "film"},
        }
        for name, url in resources.items():
            query = needed.get(name)
            with self.subTest(name):
                self.assertEqual(self.client.get(url, query).status_code, 200)

    def test_every_item_of_every_list_leads_to_its_address_and_its_page(self):
        resources = self.client.get("/api/v1/").json()
        others = {"comparability", "consensus", "coverage", "planner", "search"}
        others |= {"schema", "docs"}
        for name in set(resources) - others:
            query = {"page_size": 100}
            answer = self.client.get(resources[name], query).json()
            self.assertEqual(
                list(answer), ["count", "next", "previous", "results"], name
            )
            self.assertEqual(answer["count"], len(answer["results"]))
            self.assertGreater(answer["count"], 1)
            item = answer["results"][0]
            with self.subTest(name):
                self.assertIn("slug", item)
                self.assertEqual(self.client.get(item["url"]).json(), item)
                if name != "properties":
                    page = self.client.get(item["page"])
                    self.assertEqual(page.status_code, 200)

    def test_a_choice_is_asked_for_as_the_answer_prints_it(self):
        item = self.get("coatings/c1")
        method = item["method_label"]
        self.assertEqual((item["method"], method), ("ald", "ALD"))
        self.assert_slugs("coatings", {"method": method}, ["c1", "c2", "c3"])
        page = self.client.get("/coatings/", {"method": method})
        self.assertEqual(page.context["permalink"], "/coatings/?method=ald")
        [field] = [f for f in page.context["main_fields"] if f.name == "method"]
        chosen = [(value, count) for value, _, chosen, count in field.options if chosen]
        self.assertEqual(chosen, [("ald", 3)])

    def test_the_format_that_was_asked_for_stands_in_no_address(self):
        for path, query in [("", {}), ("coatings/", {}), ("search/", {"q": "film"})]:
            plain = self.client.get(f"/api/v1/{path}", query)
            asked = self.client.get(f"/api/v1/{path}", query | {"format": "json"})
            self.assertEqual(asked.json(), plain.json())

    def test_pages_lead_to_each_other(self):
        query = {"page_size": 2, "order_by": "material"}
        first = self.get("coatings", query)
        self.assertEqual(first["count"], 3)
        self.assertIsNone(first["previous"])
        self.assertEqual([row["slug"] for row in first["results"]], ["c1", "c2"])
        last = self.client.get(first["next"]).json()
        self.assertIsNone(last["next"])
        self.assertEqual([row["slug"] for row in last["results"]], ["c3"])
        self.assertEqual(self.client.get(last["previous"]).json(), first)

    def test_a_list_without_results_has_one_empty_page(self):
        answer = self.get("coatings", {"q": "nothing like it"})
        self.assertEqual(
            answer, {"count": 0, "next": None, "previous": None, "results": []}
        )

    def test_lists_are_filtered_and_ordered_as_the_pages_are(self):
        self.assert_slugs("coatings", {"substrate": "s2"}, ["c2"])
        self.assert_slugs("coatings", {"order_by": "-material"}, ["c3", "c2", "c1"])
        self.assert_slugs("materials", {"elements": "Li"}, ["film-3"])
        self.assert_slugs("elements", {"symbol": "Li"}, ["Li"])
        self.assert_slugs("studies", {"characterization_method": "m1-x"}, ["study-1"])

    def test_search_finds_records_of_every_kind(self):
        answer = self.get("search", {"q": "Film-2"})
        self.assertEqual(
            [(match["kind"], match["slug"]) for match in answer["results"]],
            [
                ("material", "film-2"),
                ("process", "p2"),
                ("coating", "c2"),
                ("measurement", "coating2"),
                ("measurement", "process2"),
                ("measurement", "material2"),
                ("cycling-test", "coated2"),
                ("finding", "of-coating2"),
                ("finding", "of-process2"),
                ("finding", "of-material2"),
            ],
        )
        self.assertEqual(answer["results"][0]["label"], "Film-2")
        match = answer["results"][2]
        self.assertEqual(match["url"], "http://testserver/api/v1/coatings/c2/")
        self.assertEqual(match["page"], "http://testserver/coatings/c2/")

    def test_search_has_pages(self):
        all_of_them = self.get("search", {"q": "Film-2"})["results"]
        second = self.get("search", {"q": "Film-2", "page": 2, "page_size": 4})
        self.assertEqual(second["count"], 10)
        self.assertEqual(second["results"], all_of_them[4:8])

    def test_browsers_get_json_too(self):
        response = self.client.get(
            "/api/v1/coatings/", headers={"Accept": "text/html,application/xml"}
        )
        self.assertEqual(response.headers["Content-Type"], "application/json")

    def test_scripts_in_pages_of_other_sites_may_read(self):
        for path in ("/api/v1/coatings/", "/api/v1/nope/", "/api/v1/schema/"):
            response = self.client.get(path)
            self.assertEqual(response.headers["Access-Control-Allow-Origin"], "*")

    def test_an_address_without_its_last_slash_is_redirected(self):
        response = self.client.get("/api/v1/coatings?substrate=s1")
        self.assertRedirects(response, "/api/v1/coatings/?substrate=s1", 301)

    # However many rows there are, a list takes the same few queries.

    def test_studies_in_three_queries(self):
        # The count; studies; citations with their reviews.
        with self.assertNumQueries(3):
            self.get("studies")

    def test_precursors_in_three_queries(self):
        # The count; precursors with their sources; elements; temperatures with their
        # sources; studies; their citations.
        with self.assertNumQueries(3):
            self.get("precursors")

    def test_elements_in_three_queries(self):
        # The count; elements.
        with self.assertNumQueries(3):
            self.get("elements")

    def test_materials_in_three_queries(self):
        # The count; materials with their sources; elements; processes; their steps
        # with precursors; relations to a natural SEI, of which there are none.
        with self.assertNumQueries(3):
            self.get("materials")

    def test_substrates_in_three_queries(self):
        # The count; substrates with their sources; elements.
        with self.assertNumQueries(3):
            self.get("substrates")

    def test_characterization_methods_in_three_queries(self):
        # The count; methods with their sources.
        with self.assertNumQueries(3):
            self.get("characterization-methods")

    def test_processes_in_three_queries(self):
        # The count; processes with materials and sources; steps with precursors; no
        # measured values; recipes with their studies, their citations, steps; coatings
        # with their studies, their citations, no measured values; studies; their
        # citations.
        with self.assertNumQueries(3):
            self.get("processes")

    def test_recipes_in_three_queries(self):
        # The count; recipes with processes, materials and sources; steps; steps and
        # precursors of the processes; studies; their citations.
        with self.assertNumQueries(3):
            self.get("recipes")

    def test_coatings_in_three_queries(self):
        # The count; coatings with processes, materials, substrates and sources; steps;
        # precursors; uses of methods; methods; studies; their citations.
        with self.assertNumQueries(3):
            self.get("coatings")

    def test_measurements_in_three_queries(self):
        # The count; measurements with subjects and sources; steps and precursors of
        # processes; the same of coatings; studies; their citations.
        with self.assertNumQueries(3):
            self.get("measurements")

    def test_findings_in_three_queries(self):
        # The count; findings with subjects and sources; steps and precursors of
        # processes; the same of coatings; studies; their citations.
        with self.assertNumQueries(3):
            self.get("findings")

    def test_cycling_tests_in_three_queries(self):
        # The count; tests with coatings, electrodes and sources; points; steps;
        # precursors; studies; their citations; controls and their points.
        with self.assertNumQueries(3):
            self.get("cycling-tests")

    def test_properties_in_one_query(self):
        # The counts of their measurements.
        with self.assertNumQueries(1):
            self.get("properties")

    def test_search_takes_as_many_queries_for_one_match_of_a_kind_as_for_three(self):
        with CaptureQueriesContext(connection) as one:
            self.get("search", {"q": "Film-2"})
        with CaptureQueriesContext(connection) as three:
            self.get("search", {"q": "Film"})
        self.assertEqual(len(one), len(three))
