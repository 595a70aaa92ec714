"""Selections as Excel workbooks, and with some of their columns."""

import csv
from io import BytesIO, StringIO
from unittest.mock import patch

from django.test import TestCase
from openpyxl import load_workbook

from tests.factories import create_coating, create_study


class WorkbookTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        study = create_study()
        cls.coating = create_coating(
            slug="thin", thickness="3.5 nm", notes="=1+1", source=study
        )
        create_coating(slug="thick", thickness="20 nm", notes="#N/A", source=study)
        create_coating(slug="hidden", source=create_study(status="draft"))

    def book(self, path="coatings/", **query):
        response = self.client.get(f"/api/v1/{path}", query | {"format": "xlsx"})
        self.assertEqual(response.status_code, 200)
        body = b"".join(response) if response.streaming else response.content
        return load_workbook(BytesIO(body))

    def rows(self, **query):
        head, *rows = self.book(**query)["Data"].iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]

    def errors(self, **query):
        response = self.client.get("/api/v1/coatings/", query)
        self.assertEqual(response.status_code, 400)
        return response.json()["errors"]

    def test_numbers_are_numbers(self):
        found = {row["slug"]: row["thickness.min"] for row in self.rows()}
        self.assertEqual(found, {"thin": 3.5, "thick": 20})

    def test_workbook_has_the_selection_alone(self):
        [row] = self.rows(thickness_nm_max=10)
        self.assertEqual(row["slug"], "thin")

    def test_no_text_is_a_formula_or_an_error(self):
        sheet = self.book(columns="slug,notes")["Data"]
        cells = {cell.value: cell.data_type for row in sheet for cell in row}
        self.assertNotIn("f", cells.values())
        self.assertNotIn("e", cells.values())
        self.assertIn("=1+1", "".join(map(str, cells)))

    def test_workbook_says_where_it_is_from(self):
        sheet = self.book(method="ald")["About"]
        about = dict(sheet.iter_rows(values_only=True))
        self.assertIn("/api/v1/coatings/?method=ald", about["Query"])
        self.assertIsInstance(about["Data version"], int)
        self.assertRegex(about["Date"], r"^\d{4}-\d\d-\d\d$")
        self.assertIn("creativecommons.org", about["License"])
        self.assertIn(about["Date"], about["Citation"])

    def test_item_and_what_is_no_record_are_workbooks_too(self):
        for path in (f"coatings/{self.coating.slug}/", "properties/"):
            with self.subTest(path):
                self.assertGreater(self.book(path)["Data"].max_row, 1)

    def test_too_many_rows_are_refused_with_a_way_out(self):
        with patch("api.formats.MOST_ROWS", 1):
            [error] = self.errors(format="xlsx")
        self.assertEqual(error["suggestion"], "csv")

    def test_chosen_columns_come_in_their_order(self):
        for query in (
            {"columns": "thickness,slug"},
            {"columns": ["thickness", "slug"]},
        ):
            response = self.client.get("/api/v1/coatings/", query | {"format": "csv"})
            text = b"".join(response).decode()
            head = next(csv.reader(StringIO(text)))
            self.assertEqual(head[-1], "slug")
            self.assertTrue(all(name.startswith("thickness.") for name in head[:-1]))
        self.assertEqual(list(self.rows(columns="slug")[0]), ["slug"])

    def test_unknown_columns_are_refused_naming_the_valid_ones(self):
        for name in ("slugs", "=1+1", "x" * 3000, "thickness."):
            for chosen in ("csv", "xlsx"):
                with self.subTest(name[:10], format=chosen):
                    [error] = self.errors(format=chosen, columns=f"slug,{name}")
                    self.assertEqual(error["param"], "columns")
                    self.assertIn("slug", error["valid"])
                    self.assertLess(len(error["message"]), 5000)

    def test_empty_and_hostile_columns_are_refused(self):
        for text in ("", "slug,", "a\0", ",".join(["slug"] * 101)):
            with self.subTest(text[:10]):
                [error] = self.errors(format="csv", columns=text)
                self.assertEqual(error["param"], "columns")

    def test_columns_are_of_tables_alone(self):
        [error] = self.errors(columns="slug")
        self.assertEqual(error["code"], "unknown_parameter")

    def test_page_offers_the_columns_without_a_script(self):
        page = self.client.get("/coatings/?method=ald")
        self.assertContains(page, 'name="columns" value="thickness"')
        self.assertContains(page, '<input type="hidden" name="method" value="ald">')
