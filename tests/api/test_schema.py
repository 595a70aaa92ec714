"""The OpenAPI schema and its page."""

import json
import os
from io import StringIO
from pathlib import Path

import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import TestCase

from api.schema import EXAMPLES, read_examples
from tests.browser import BrowserTestCase
from tests.curated import load_literature
from tests.factories import create_material

COMMITTED = Path(settings.BASE_DIR) / "api" / "openapi.yaml"


class SchemaTests(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        cls.schema = cls.client_class().get("/api/v1/schema/").json()

    def test_committed_schema_is_current(self):
        generated = StringIO()
        call_command("spectacular", stdout=generated, validate=True, fail_on_warn=True)
        self.assertEqual(
            generated.getvalue().strip(),
            COMMITTED.read_text().strip(),
            "Run: manage.py spectacular --file api/openapi.yaml",
        )

    def test_served_schema_is_the_committed_one(self):
        committed = yaml.safe_load(COMMITTED.read_text())
        self.assertEqual(self.schema, committed)
        response = self.client.get("/api/v1/schema/", {"format": "yaml"})
        self.assertEqual(yaml.safe_load(response.content), committed)

    def test_every_resource_is_described(self):
        resources = self.client.get("/api/v1/").json()
        for name in set(resources) - {"schema", "docs"}:
            with self.subTest(name):
                operation = self.schema["paths"][f"/api/v1/{name}/"]["get"]
                self.assertTrue(operation["description"])
                for parameter in operation["parameters"]:
                    self.assertTrue(parameter["description"], parameter["name"])
                self.assertIn("400", operation["responses"])

    def test_every_filter_of_a_list_is_a_parameter(self):
        names = [
            parameter["name"]
            for parameter in self.schema["paths"]["/api/v1/coatings/"]["get"][
                "parameters"
            ]
        ]
        for name in (
            "q",
            "order_by",
            "page",
            "page_size",
            "elements",
            "precursor",
            "substrate",
            "thickness_nm_min",
            "thickness_nm_max",
            "thickness_nm_match",
        ):
            self.assertIn(name, names)

    def test_every_quantity_is_the_same_component(self):
        components = self.schema["components"]["schemas"]
        self.assertEqual(
            list(components["Quantity"]["properties"]),
            ["as_reported", "qualifier", "min", "max", "unit"],
        )
        thickness = components["Coating"]["properties"]["thickness"]
        self.assertEqual(
            thickness["oneOf"],
            [{"$ref": "#/components/schemas/Quantity"}, {"type": "null"}],
        )

    def test_every_component_says_what_it_is_and_gives_all_its_fields(self):
        for name, component in self.schema["components"]["schemas"].items():
            with self.subTest(name):
                if "properties" not in component or name.startswith("Paginated"):
                    continue
                self.assertTrue(component["description"])
                if name != "Problem":
                    self.assertEqual(
                        set(component["required"]), set(component["properties"])
                    )

    def test_every_code_has_its_label_beside_it(self):
        for name, component in self.schema["components"]["schemas"].items():
            properties = component.get("properties", {})
            for field, schema in properties.items():
                words = self.words(schema)
                if words and field not in ("qualifier", "rows", "columns"):
                    with self.subTest(component=name, field=field):
                        self.assertIn(f"{field}_label", properties)

    def test_every_reference_has_a_url(self):
        for name, component in self.schema["components"]["schemas"].items():
            properties = component.get("properties", {})
            for slug, url in [
                ("slug", "url"),
                ("study", "url"),
                ("review", "url"),
                ("control", "control_url"),
                ("property", "property_url"),
            ]:
                if properties.get(slug, {}).get("type"):
                    with self.subTest(component=name, field=slug):
                        self.assertIn(url, properties)

    def words(self, schema):
        """The words of a fixed list that a field may hold."""
        for one in schema.get("oneOf") or schema.get("allOf") or [schema]:
            name = one.get("$ref", "").rpartition("/")[2]
            words = self.schema["components"]["schemas"].get(name, one).get("enum")
            if words:
                return words
        return []

    def test_every_word_has_a_name_for_constants(self):
        def enums(node):
            if isinstance(node, dict):
                if isinstance(node.get("enum"), list):
                    yield node
                for name, inner in node.items():
                    if name != "examples":
                        yield from enums(inner)
            elif isinstance(node, list):
                for inner in node:
                    yield from enums(inner)

        for schema in enums(self.schema):
            names = schema["x-enum-varnames"]
            self.assertEqual(len(names), len(schema["enum"]))
            self.assertEqual(len(set(names)), len(names))
            self.assertTrue(all(map(str.isidentifier, names)), names)

    def test_every_operation_says_what_can_go_wrong(self):
        for path, operations in self.schema["paths"].items():
            with self.subTest(path):
                self.assertLessEqual(
                    {"200", "400", "404", "405", "429", "500", "503"},
                    set(operations["get"]["responses"]),
                )

    def test_numbers_of_pages_and_of_tests_have_bounds(self):
        def bounds(path, name, *keys):
            parameters = self.schema["paths"][path]["get"]["parameters"]
            [schema] = [p["schema"] for p in parameters if p["name"] == name]
            return [schema[key] for key in keys]

        for path in ("/api/v1/coatings/", "/api/v1/planner/", "/api/v1/search/"):
            size = bounds(path, "page_size", "minimum", "maximum", "default")
            self.assertEqual(size, [1, 1000, 50])
            self.assertEqual(bounds(path, "page", "minimum", "default"), [1, 1])
        tests = bounds("/api/v1/comparability/", "test", "minItems", "maxItems")
        self.assertEqual(tests, [2, 8])

    def test_the_format_stands_where_it_is_taken(self):
        for path, operations in self.schema["paths"].items():
            operation = operations["get"]
            formats = [
                parameter["schema"]["enum"]
                for parameter in operation["parameters"]
                if parameter["name"] == "format"
            ]
            number = len(operation["responses"]["200"]["content"])
            with self.subTest(path):
                self.assertEqual(
                    [len(names) for names in formats], [number][: number > 1]
                )

    def test_citations_as_json_are_an_array(self):
        content = self.schema["paths"]["/api/v1/coatings/"]["get"]["responses"]["200"][
            "content"
        ]
        csl = content["application/vnd.citationstyles.csl+json"]["schema"]
        self.assertEqual(csl["type"], "array")

    def test_every_tag_is_described_and_every_operation_summed_up(self):
        described = {tag["name"]: tag["description"] for tag in self.schema["tags"]}
        summaries = set()
        for operations in self.schema["paths"].values():
            [tag] = operations["get"]["tags"]
            self.assertTrue(described[tag])
            summaries.add(operations["get"]["summary"])
        self.assertEqual(len(summaries), len(self.schema["paths"]))
        self.assertIn("One cycling test", summaries)
        self.assertIn("All cycling tests", summaries)


class ExampleTests(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        load_literature()

    def test_examples_are_what_the_api_answers(self):
        answers = {
            name: {"request": example["request"], "answer": self.ask(example)}
            for name, example in read_examples().items()
        }
        if "WRITE_EXAMPLES" in os.environ:
            text = json.dumps(answers, indent=1, ensure_ascii=False)
            EXAMPLES.write_text(f"{text}\n", "utf-8")
        self.assertEqual(read_examples(), answers, "Run: make openapi")

    def ask(self, example):
        headers = {"Host": "127.0.0.1:8000", "X-Request-ID": "example"}
        answer = self.client.get(example["request"], headers=headers)
        return answer.json()

    def test_every_operation_has_an_example(self):
        schema = self.client.get("/api/v1/schema/").json()
        for path, operations in schema["paths"].items():
            with self.subTest(path):
                content = operations["get"]["responses"]["200"]["content"]
                answer = content["application/json"]["examples"]["answer"]["value"]
                if "results" in answer:
                    self.assertTrue(answer["results"])


class DocumentationTests(BrowserTestCase):
    def test_documentation_can_be_read_and_tried(self):
        create_material("TiO2")
        self.page.goto("/api/docs/")
        operation = self.page.locator("#operations-materials-materials_list")
        operation.click()
        operation.get_by_text("Elements. All of them").wait_for()
        operation.get_by_role("button", name="Try it out").click()
        operation.get_by_role("button", name="Execute").click()
        answer = operation.locator(".live-responses-table")
        answer.get_by_text("TiO2").first.wait_for()
        self.assertEqual(self.page.title(), "API · ASEI DB")
        self.assertTrue(self.page.get_by_label("Search everything").is_visible())
