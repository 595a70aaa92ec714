"""What is wrong with a request is told, and nothing breaks the API."""

from unittest.mock import patch

from django.test import TestCase

from tests.factories import (
    create_coating,
    create_cycling_test,
    create_element,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_substrate,
    create_temperature,
)

LISTS = [
    "studies",
    "precursors",
    "materials",
    "substrates",
    "characterization-methods",
    "processes",
    "coatings",
    "cycling-tests",
    "measurements",
    "properties",
    "elements",
    "search",
    "comparability",
    "coverage",
    "planner",
]
HOSTILE = [
    "a\0b",
    "' OR 1=1 --",
    '"',
    "%",
    "-1",
    str(10**20),
    "\0",
    "%_%",
    "\\",
    "0",
    "-" + str(10**20),
    "1e400",
    "nan",
    "x" * 10_000,
    "١٢٣",
    "🧪",
    "\ud7ff\u202e",
    "a,b,c",
    ",",
    "--",
    "name,-name",
]


class ProblemTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.coating = create_coating(slug="one")

    def problem(self, path, query=None, status=400):
        response = self.client.get(f"/api/v1/{path}", query)
        self.assertEqual(response.status_code, status, response.content)
        self.assertEqual(response.headers["Content-Type"], "application/problem+json")
        self.assertEqual(response.headers["Access-Control-Allow-Origin"], "*")
        problem = response.json()
        self.assertEqual(problem["type"], "about:blank")
        self.assertEqual(problem["status"], status)
        self.assertEqual(problem["request_id"], response.headers["X-Request-ID"])
        for error in problem["errors"]:
            self.assertEqual(
                list(error), ["param", "code", "message", "suggestion", "valid"]
            )
        return problem

    def assert_refused(self, path, query, *params):
        """That the query is a 400 that names these parameters."""
        errors = self.problem(path, query)["errors"]
        self.assertEqual({error["param"] for error in errors}, set(params))
        return errors

    def test_unknown_parameter_names_the_nearest_valid_one(self):
        problem = self.problem("coatings/", {"subtrate": "li-metal"})
        self.assertEqual(problem["title"], "Bad Request")
        [error] = problem["errors"]
        self.assertEqual(error["param"], "subtrate")
        self.assertEqual(error["code"], "unknown_parameter")
        self.assertEqual(error["suggestion"], "substrate")
        self.assertIn("thickness_nm_min", error["valid"])
        self.assertIn("substrate", error["message"])
        self.assertIn("substrate", problem["detail"])

    def test_unknown_value_names_the_nearest_valid_one(self):
        query = {"review_category": "protective"}
        [error] = self.assert_refused("coatings/", query, "review_category")
        self.assertEqual(error["suggestion"], "protective_barrier")
        self.assertIn("protective_barrier", error["message"])
        self.assertEqual(len(error["valid"]), 3)

    def test_every_wrong_parameter_is_named(self):
        query = {"thickness_nm_min": "thick", "page_siez": "5", "method": "cvd"}
        self.assert_refused("coatings/", query, *query)

    def test_items_and_lists_without_filters_take_no_parameters(self):
        for path in (
            "coatings/one/",
            "properties/",
            "properties/sei_thickness/",
            "schema/",
            "",
        ):
            with self.subTest(path):
                self.assert_refused(path, {"q": "x"}, "q")

    def test_page_sizes(self):
        for good in ("1", "1000", " 1 "):
            response = self.client.get("/api/v1/coatings/", {"page_size": good})
            self.assertEqual(response.status_code, 200)
        for bad in (
            "0",
            "-1",
            "1001",
            str(10**20),
            "ten",
            "",
            "1.5",
            "1 0",
            "１",
            "١",
            "1_0",
            "1e2",
            "nan",
        ):
            with self.subTest(bad):
                self.assert_refused("coatings/", {"page_size": bad}, "page_size")

    def test_pages(self):
        for bad in ("0", "-1", str(10**20), "9" * 150, "last", "", "1.5", "１"):
            with self.subTest(bad[:20]):
                self.assert_refused("coatings/", {"page": bad}, "page")

    def test_page_beyond_the_last(self):
        problem = self.problem("coatings/", {"page": 7}, status=404)
        self.assertEqual(problem["detail"], "Page 7 lies beyond the last page, 1.")

    def test_repeated_page(self):
        self.assert_refused("coatings/?page=1&page=2", None, "page")

    def test_other_formats_are_not_available(self):
        [error] = self.assert_refused("coatings/", {"format": "xlsx"}, "format")
        self.assertEqual(error["valid"], ["json", "csv", "bib", "ris", "csl-json"])
        response = self.client.get("/api/v1/coatings/", {"format": "json"})
        self.assertEqual(response.status_code, 200)

    def test_search_needs_words(self):
        for query in (None, {"q": ""}, {"q": " "}):
            self.assert_refused("search/", query, "q")

    def test_missing_items_and_addresses(self):
        for path in (
            "coatings/nope/",
            "coatings/one%0A/",
            "coatings/" + "x" * 10_000 + "/",
            "coatings/one/more/",
            "coatings/%F0%9F%A7%AA/",
            "elements/Xx/",
            "properties/nope/",
            "nope/",
            "/",
        ):
            with self.subTest(path[:30]):
                self.problem(path, status=404)

    def test_our_own_faults_are_problems_that_tell_nothing_of_their_cause(self):
        for broken, query in [
            ("api.viewsets.CoatingViewSet.get_queryset", ""),
            ("api.formats.to_csv", "?format=csv"),  # while the answer is written
        ]:
            self.client.raise_request_exception = False
            with (
                self.subTest(broken),
                patch(broken, side_effect=ValueError("secret")),
                self.assertLogs("django.request", "ERROR"),
            ):
                problem = self.problem(f"coatings/{query}", status=500)
                self.assertEqual(problem["title"], "Internal Server Error")
                self.assertIn("ours", problem["detail"])
                self.assertNotIn("secret", str(problem))

    def test_nothing_can_be_written(self):
        for method in ("post", "put", "patch", "delete"):
            for path in ("coatings/", "coatings/one/", "search/", ""):
                with self.subTest(f"{method} {path}"):
                    response = getattr(self.client, method)(f"/api/v1/{path}")
                    self.assertEqual(response.status_code, 405)
                    self.assertEqual(
                        response.headers["Content-Type"], "application/problem+json"
                    )
                    self.assertIn("GET", response.headers["Allow"])


class HostileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        create_element("Li", 3)
        precursor = create_precursor("TMA")
        create_temperature(precursor, "RT")
        create_method("SEM")
        coating = create_coating(
            create_process(precursors=[precursor]), substrate=create_substrate()
        )
        create_measurement(coating=coating)
        create_cycling_test(coating=coating, points=[])

        schema = cls.client_class().get("/api/v1/schema/").json()
        cls.operations = {name: schema["paths"][f"/api/v1/{name}/"] for name in LISTS}

    def parameters(self, name):
        return [row["name"] for row in self.operations[name]["get"]["parameters"]]

    def assert_answers(self, name, query, statuses):
        response = self.client.get(f"/api/v1/{name}/", query)
        self.assertIn(response.status_code, statuses, f"{name} {query!r:.300}")

    def test_no_value_of_a_parameter_breaks_a_list(self):
        for name in LISTS:
            for parameter in [*self.parameters(name), "format"]:
                for value in HOSTILE[:6]:
                    self.assert_answers(name, {parameter: value}, (200, 400, 404))

    def test_no_value_of_all_parameters_together_breaks_a_list(self):
        for name in LISTS:
            for value in HOSTILE:
                query = dict.fromkeys(self.parameters(name), value)
                self.assert_answers(name, query, (400,))

    def test_no_search_breaks_a_list(self):
        for name in [name for name in LISTS if name not in ("properties", "elements")]:
            for value in HOSTILE:
                self.assert_answers(name, {"q": value}, (200, 400))

    def test_no_name_of_a_parameter_breaks_a_list(self):
        for name in LISTS:
            for parameter in HOSTILE:
                self.assert_answers(name, {parameter: "1"}, (400,))

    def test_no_repeated_parameter_breaks_a_list(self):
        for name in LISTS:
            for parameter in self.parameters(name):
                query = {parameter: ["1", "\0", "x" * 300] * 50}
                self.assert_answers(name, query, (400,))
