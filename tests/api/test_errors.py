"""What is wrong with a request is reported, and nothing breaks the API."""

import re
from itertools import cycle, islice
from unittest.mock import patch

from django.test import Client, TestCase, override_settings
from django.urls import reverse

from literature.views import StudyListView
from materials import views
from materials.questions import (
    CoverageQuestion,
    PlannerQuestion,
    PlotQuestion,
    ReviewTableQuestion,
)
from precursors.views import PrecursorListView
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_element,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_study,
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
    "recipes",
    "coatings",
    "cycling-tests",
    "measurements",
    "findings",
    "properties",
    "elements",
    "search",
    "comparability",
    "consensus",
    "coverage",
    "planner",
]
RECORD_LISTS = [
    StudyListView,
    PrecursorListView,
    views.MaterialListView,
    views.SubstrateListView,
    views.MethodListView,
    views.ProcessListView,
    views.CoatingListView,
    views.CyclingListView,
    views.MeasurementListView,
    views.FindingListView,
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
        self.assertEqual(len(error["valid"]), 4)  # three, and “none recorded”

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
        [error] = problem["errors"]
        self.assertEqual((error["param"], error["suggestion"]), ("page", "1"))

    def test_repeated_page(self):
        self.assert_refused("coatings/?page=1&page=2", None, "page")

    def test_other_formats_are_not_available(self):
        [error] = self.assert_refused("coatings/", {"format": "ods"}, "format")
        self.assertEqual(
            error["valid"], ["json", "csv", "xlsx", "ndjson", "bib", "ris", "csl-json"]
        )
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

    def test_a_missing_item_names_the_nearest_public_one(self):
        create_coating(slug="ones", source=create_study(status="draft"))
        create_coating(slug="two-films")
        for slug, near in [
            ("two-film", "two-films"),
            ("ones", "one"),
            ("x" * 99, None),
        ]:
            problem = self.problem(f"coatings/{slug}/", status=404)
            [error] = problem["errors"]
            self.assertEqual((error["code"], error["suggestion"]), ("not_found", near))
            self.assertEqual("Did you mean" in problem["detail"], bool(near))
        for path, near in [
            ("elements/li/", "Li"),
            ("properties/sei_thicknes/", "sei_thickness"),
        ]:
            create_element("Li", 3)
            [error] = self.problem(path, status=404)["errors"]
            self.assertEqual(error["suggestion"], near)

    def test_a_missing_address_names_the_nearest(self):
        for path, near in [
            ("/api/v1/coating/", "/api/v1/coatings/"),
            ("/api/v1/coating", "/api/v1/coatings/"),
            ("/api/v1/coatings/one/more/", "/api/v1/coatings/"),
            ("/api/v2/coatings/", "/api/v1/coatings/"),
            ("/api/coatings/", "/api/v1/coatings/"),
            ("/api/v1/studys/", "/api/v1/studies/"),
            ("/api/doc/", "/api/docs/"),
            ("/api/v2/", "/api/v1/"),
            ("/api/v1/%F0%9F%A7%AA/", "/api/v1/"),
        ]:
            response = self.client.get(path)
            with self.subTest(path):
                self.assert_problem(response, 404)
                [error] = response.json()["errors"]
                self.assertEqual(error["suggestion"], near)

    def assert_problem(self, response, status):
        self.assertEqual(response.status_code, status)
        self.assertEqual(response.headers["Content-Type"], "application/problem+json")
        self.assertEqual(response.headers["Access-Control-Allow-Origin"], "*")
        self.assertTrue(response.headers["X-Request-ID"])

    def test_what_reaches_no_view_is_a_problem_too(self):
        foreign = self.client.get("/api/v1/coatings/", headers={"Host": "evil.example"})
        self.assert_problem(foreign, 400)
        page = self.client.get("/coatings/", headers={"Host": "evil.example"})
        self.assertEqual(page.headers["Content-Type"], "text/html; charset=utf-8")
        strict = Client(enforce_csrf_checks=True)
        for path in ("/api", "/api/", "/api/docs/", "/api/v1/", "/api/v1/coatings/"):
            self.assert_problem(strict.post(path), 405)
        self.assert_problem(strict.post("/api/v2/"), 404)

    def test_what_is_not_utf8_is_refused_everywhere(self):
        broken = ["%FF", "%C0%AF", "%ED%A0%80", "%E2%82", "%F4%90%80%80"]
        for text in broken:
            for path in (f"coatings/?q={text}", f"search/?a=b&q={text}"):
                errors = self.problem(path)["errors"]
                self.assertEqual([error["param"] for error in errors], ["q"])
            self.problem(f"coatings/?{text}=1")
            self.problem(f"coatings/{text}/")
            self.problem(f"{text}/")
            for page in (f"/coatings/?q={text}", f"/{text}/", f"/coatings/{text}/"):
                self.assertEqual(self.client.get(page).status_code, 400)
        self.assert_refused("coatings/?q=a%00b", None, "q")
        for path in ("/api/v1/coatings/a%00b/", "/api/%00/", "/coatings/%00/", "/%00"):
            self.assertEqual(self.client.get(path).status_code, 400)
        response = self.client.get("/api/v1/coatings/", QUERY_STRING="q=\xff")
        self.assert_problem(response, 400)
        for fine in ("a%EF%BF%BD", "a%F0%9F%A7%AA", "%EF%BB%BFone"):
            response = self.client.get(f"/api/v1/coatings/?q={fine}")
            self.assertEqual(response.status_code, 200)

    def test_a_request_has_an_id_its_own_if_it_is_sane(self):
        for given, is_kept in [
            ("abc-1.2_3:4", True),
            ("", False),
            ("x" * 101, False),
            ("a b", False),
            ("é", False),
        ]:
            headers = {"X-Request-ID": given}
            for path in ("/api/v1/coatings/one/", "/api/nope/", "/api/docs/", "/api/"):
                response = self.client.get(path, headers=headers)
                found = response.headers["X-Request-ID"]
                self.assertEqual(found == given, is_kept)
                self.assertRegex(found, r"^[\w.:-]+$")

    def test_nothing_can_be_written(self):
        for method in ("post", "put", "patch", "delete", "trace"):
            for path in ("coatings/", "coatings/one/", "search/", "", "coatings"):
                for query in ("", "?format=csv", "?q=1"):
                    with self.subTest(f"{method} {path}{query}"):
                        call = getattr(self.client, method)
                        response = call(f"/api/v1/{path}{query}")
                        if query == "?format=csv" and path == "":
                            self.assert_problem(response, 400)
                            continue
                        if path == "" and query:
                            self.assert_problem(response, 400)
                            continue
                        self.assert_problem(response, 405)
                        self.assertEqual(
                            response.headers["Allow"], "GET, HEAD, OPTIONS"
                        )

    def test_every_address_says_what_may_be_done_in_every_format(self):
        formats = ("json", "csv", "bib", "ris", "csl-json")
        for path in (
            *(f"/api/v1/coatings/?format={name}" for name in formats),
            *(f"/api/v1/coatings/one/?format={name}" for name in formats),
            "/api/v1/coatings",
            "/api/v1/properties/",
            "/api/v1/search/",
            "/api/v1/schema/?format=yaml",
            "/api/v1/coverage/?format=csv",
            "/api/v1/",
            "/api/docs/",
            "/api/",
        ):
            with self.subTest(path):
                response = self.client.options(path)
                self.assertEqual(response.status_code, 204)
                self.assertEqual(response.headers["Allow"], "GET, HEAD, OPTIONS")
                self.assertEqual(response.content, b"")

    def test_head_has_the_headers_of_get(self):
        formats = ("json", "csv", "ndjson", "bib", "ris", "csl-json")
        empty = "/api/v1/coatings/?q=nothing&format="
        for path in (
            *(f"/api/v1/coatings/?format={name}" for name in formats),
            *(f"{empty}{name}" for name in formats),
            "/api/v1/coatings/one/",
            "/api/v1/coatings",
            "/api/v1/coatings/nope/",
            "/api/v1/schema/",
            "/api/docs/",
            "/api/nope/",
            "/api/",
        ):
            same = {"X-Request-ID": "same"}
            got = self.client.get(path, headers=same)
            head = self.client.head(path, headers=same)
            with self.subTest(path):
                self.assertEqual(head.status_code, got.status_code)
                self.assertEqual(head.headers, got.headers)
                self.assertIn("Content-Type", got.headers)
                self.assertEqual(b"".join(head), b"")

    def test_an_empty_file_of_citations_says_what_it_is(self):
        for name, kind in [
            ("bib", "application/x-bibtex; charset=utf-8"),
            ("ris", "application/x-research-info-systems; charset=utf-8"),
        ]:
            query = {"q": "nothing", "format": name}
            response = self.client.get("/api/v1/coatings/", query)
            self.assertEqual(b"".join(response), b"")
            self.assertEqual(response.headers["Content-Type"], kind)


class OtherSitesTests(TestCase):
    """Scripts in pages of other sites may read all that programs are offered."""

    @classmethod
    def setUpTestData(cls):
        coating = create_coating(slug="one")
        cls.study = coating.source.slug
        create_precursor("H2O", smiles="O", identifiers_source="a book")

    def addresses(self):
        return (
            "/api/",
            "/api/docs/",
            "/api/v1/coatings/",
            "/api/v1/coatings?q=1",
            "/api/v1/coatings/?format=csv",
            "/api/v1/coatings/nope/",
            "/api/v1/coatings/?nope=1",
            "/api/v9/",
            "/coatings/table.csv",
            "/coatings/table.xlsx?columns=nope",
            "/coatings/table.nope",
            "/precursors/h2o/structure.svg",
            f"/studies/{self.study}/cite.bib",
        )

    def test_answers_refusals_and_redirects_may_be_read(self):
        for path in self.addresses():
            for headers in ({}, {"Origin": "https://other.example"}):
                response = self.client.get(path, headers=headers)
                with self.subTest(path):
                    self.assertEqual(
                        response.headers["Access-Control-Allow-Origin"], "*"
                    )
                    self.assertEqual(
                        response.headers["Access-Control-Expose-Headers"],
                        "ETag, Link, Content-Disposition, Retry-After, X-Request-ID",
                    )
                    self.assertNotIn("Origin", response.headers.get("Vary", ""))

    @override_settings(SECURE_SSL_REDIRECT=True)
    def test_the_way_to_https_may_be_read(self):
        response = self.client.get("/api/v1/coatings/")
        self.assertEqual(response.status_code, 301)
        self.assertEqual(response.headers["Access-Control-Allow-Origin"], "*")

    def test_preflights_are_answered_at_every_address(self):
        asked = {
            "Origin": "https://other.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "x-request-id",
        }
        for path in self.addresses():
            response = self.client.options(path, headers=asked)
            with self.subTest(path), self.assertNumQueries(0):
                self.assertEqual(response.status_code, 204)
                allowed = response.headers["Access-Control-Allow-Methods"]
                self.assertEqual(allowed, "GET, HEAD, OPTIONS")
                self.assertEqual(response.headers["Access-Control-Allow-Headers"], "*")
                self.assertEqual(response.headers["Access-Control-Allow-Origin"], "*")

    def test_pages_for_people_are_not_for_other_sites(self):
        for path in (
            "/",
            "/coatings/",
            "/admin/login/",
            "/apiary/",
            "/precursors/h2o/",
        ):
            response = self.client.get(path)
            self.assertNotIn("Access-Control-Allow-Origin", response.headers)


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
        cls.paths = schema["paths"]
        cls.operations = {name: cls.paths[f"/api/v1/{name}/"] for name in LISTS}
        cls.items = [
            path.replace("{slug}", "x") for path in cls.paths if "{slug}" in path
        ]
        # A value of what may be several.
        cls.many = {"elements": "Li", "material": coating.process.material.slug}

    def parameters(self, name):
        return [row["name"] for row in self.operations[name]["get"]["parameters"]]

    def assert_answers(self, name, query, statuses):
        response = self.client.get(f"/api/v1/{name}/", query)
        self.assertIn(response.status_code, statuses, f"{name} {query!r:.300}")

    def refused(self, address, query):
        """The errors of a query that is a 400, by parameter."""
        response = self.client.get(address, query)
        self.assertEqual(response.status_code, 400, f"{address} {query}")
        if address.startswith("/api/"):
            return {error["param"]: error for error in response.json()["errors"]}
        return dict(re.findall(r"^(\w+): (.*)", response.content.decode(), re.M))

    def schemas(self, name, *types):
        """What a list's parameters take, by name, where it is of one of the types."""
        rows = self.operations[name]["get"]["parameters"]
        schemas = {row["name"]: row["schema"] for row in rows}
        schemas = {name: one.get("items", one) for name, one in schemas.items()}
        return {
            name: one
            for name, one in schemas.items()
            # Pages are read after all others.
            if one["type"] in types and name not in ("page", "page_size")
        }

    def test_every_list_is_asked_here(self):
        takes = {
            path.removeprefix("/api/v1/").removesuffix("/")
            for path, operations in self.paths.items()
            if operations["get"].get("parameters") and "{" not in path
        }
        self.assertEqual(takes, {*LISTS})

    def test_an_empty_parameter_of_any_address_is_an_error_that_names_it(self):
        addresses = {f"/api/v1/{name}/": self.parameters(name) for name in LISTS}
        for address in ["/api/v1/", "/api/v1/schema/", *self.items]:
            addresses[address] = ["nonsense"]
        for kind in ("csv", "xlsx", "md", "tex"):
            table = ReviewTableQuestion.base_filters
            addresses[f"/coatings/table.{kind}"] = list(table)
        for address, names in addresses.items():
            names = [name for name in names if name != "format"]
            for value in ("", " ", "\u200b"):
                errors = self.refused(address, dict.fromkeys(names, value))
                self.assertEqual(set(errors), set(names), address)
            if address.startswith("/api/"):
                self.assertEqual(
                    list(self.refused(address, {"format": ""})), ["format"]
                )

    def test_an_empty_part_of_several_values_is_an_error_too(self):
        for name in LISTS:
            for parameter in self.parameters(name):
                many = self.many.get(parameter)
                for value in (",", f"{many},", f",{many}") if many else ():
                    errors = self.refused(f"/api/v1/{name}/", {parameter: value})
                    self.assertIn("is empty", errors[parameter]["message"])

    def test_a_text_of_which_nothing_is_left_is_an_error(self):
        for name in LISTS:
            for parameter in {"q", "doi", "cas_number"} & {*self.parameters(name)}:
                for value in (",", "–", "()", "“”", "…"):
                    with self.subTest(name, parameter=parameter, value=value):
                        errors = self.refused(f"/api/v1/{name}/", {parameter: value})
                        self.assertEqual(list(errors), [parameter])

    def test_a_lone_match_of_any_range_is_an_error(self):
        for name in LISTS:
            lone = [one for one in self.parameters(name) if one.endswith("_match")]
            if lone:
                query = dict.fromkeys(lone, "within")
                errors = self.refused(f"/api/v1/{name}/", query)
                self.assertEqual(set(errors), set(lone))

    def test_every_refused_choice_names_the_valid_ones(self):
        for name in LISTS:
            choices = {
                parameter: schema["enum"]
                for parameter, schema in self.schemas(name, "string").items()
                if "enum" in schema and parameter != "format"
            }
            if not choices:
                continue
            errors = self.refused(f"/api/v1/{name}/", dict.fromkeys(choices, "zzz"))
            for parameter, valid in choices.items():
                with self.subTest(name, parameter=parameter):
                    self.assertCountEqual(errors[parameter]["valid"], valid)
                    self.assertIn(", ".join(valid[:3]), errors[parameter]["message"])

    def test_digits_are_ascii_in_every_number(self):
        beyond = [2**63, 2**64 - 1, -(2**63) - 1, "1e3", "1.0"]
        texts = ["１０", "٣", "1_000", "nan", "inf", "1 0", "0x1", "1e999", "true"]
        for name in LISTS:
            numbers = self.schemas(name, "integer", "number")
            for value in texts if numbers else ():
                query = dict.fromkeys(numbers, value)
                errors = self.refused(f"/api/v1/{name}/", query)
                self.assertEqual(set(errors) - {"q"}, set(numbers), value)
            numbers = self.schemas(name, "integer")
            for value in beyond if numbers else ():
                query = dict.fromkeys(numbers, value)
                errors = self.refused(f"/api/v1/{name}/", query)
                self.assertEqual(set(errors) - {"q"}, set(numbers), value)

    def test_pages_keep_working_with_the_empty_fields_of_their_forms(self):
        for view in RECORD_LISTS:
            address = reverse(view.list_name)
            names = [*view.filterset_class.base_filters, "page"]
            response = self.client.get(address, dict.fromkeys(names, ""))
            self.assertEqual(response.status_code, 200, address)
            ticked = {name: "within" for name in names if name.endswith("_match")}
            response = self.client.get(address, dict.fromkeys(names, " ") | ticked)
            self.assertEqual(response.status_code, 200, address)
        for address, question in [
            ("/explore/", CoverageQuestion),
            ("/planner/", PlannerQuestion),
            ("/compare/", PlotQuestion),
        ]:
            response = self.client.get(
                address, dict.fromkeys(question.base_filters, "")
            )
            self.assertEqual(response.status_code, 200, address)

    def test_no_value_of_a_parameter_breaks_a_list(self):
        values = cycle(HOSTILE)  # each meets each kind of parameter in some list
        for name in LISTS:
            for parameter in [*self.parameters(name), "format"]:
                query = {parameter: next(values)}
                self.assert_answers(name, query, (200, 400, 404))

    def test_no_value_of_all_parameters_together_breaks_a_list(self):
        for name in LISTS:
            for value in HOSTILE:
                query = dict.fromkeys(self.parameters(name), value)
                self.assert_answers(name, query, (400,))

    def test_no_search_breaks_a_list(self):
        values = cycle(HOSTILE)  # one filter serves all of them
        for name in [name for name in LISTS if name not in ("properties", "elements")]:
            for value in islice(values, len(HOSTILE) // 3):
                self.assert_answers(name, {"q": value}, (200, 400))

    def test_no_name_of_a_parameter_breaks_a_list(self):
        for name, parameter in zip(cycle(LISTS), HOSTILE, strict=False):
            self.assert_answers(name, {parameter: "1"}, (400,))
        for name in LISTS:
            self.assert_answers(name, dict.fromkeys(HOSTILE, "1"), (400,))

    def test_no_repeated_parameter_breaks_a_list(self):
        for name in LISTS:
            several = ["1", "\0", "x" * 300] * 3
            names = {*self.parameters(name)} - {"page", "page_size", "format"}
            if names:
                query = dict.fromkeys(names, several)
                errors = self.refused(f"/api/v1/{name}/", query)
                self.assertEqual(set(errors), names, name)
            for parameter in {*self.parameters(name)} - names:
                self.assert_answers(name, {parameter: several * 15}, (400,))
