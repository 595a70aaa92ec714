"""The OpenAPI schema and its page."""

from io import StringIO
from pathlib import Path

import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import TestCase

from tests.browser import BrowserTestCase
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
            thickness["allOf"], [{"$ref": "#/components/schemas/Quantity"}]
        )
        self.assertTrue(thickness["nullable"])

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
        self.assertEqual(self.page.title(), "ASEI DB API")
