import csv
from io import StringIO

from django.test import TestCase

from asei_db.lib.spreadsheets import to_csv
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_precursor,
    create_process,
    create_study,
)


class TableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        study = create_study()
        process = create_process(
            create_material("Al2O3", source=study),
            [create_precursor("TMA"), create_precursor("H2O")],
            source=study,
        )
        cls.coating = create_coating(
            process, [study], slug="thin", thickness="<3 nm", source=study
        )
        create_coating(process, slug="thick", thickness="20", source=study)
        create_coating(process, slug="hidden", source=create_study(status="draft"))
        bare = create_cycling_test(
            slug="bare",
            source=study,
            points=[{"cycle_number": 100, "capacity_retention": "60 %"}],
        )
        create_cycling_test(
            slug="coated",
            source=study,
            electrode=bare.electrode,
            coating=cls.coating,
            control=bare,
            points=[{"cycle_number": 100, "capacity_retention": "85 %"}],
        )

    def rows(self, path, **query):
        response = self.client.get(f"/api/v1/{path}/", query | {"format": "csv"})
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response["Content-Type"], "text/csv; charset=utf-8")
        self.assertIn("attachment", response["Content-Disposition"])
        return list(csv.DictReader(StringIO(response.content.decode())))

    def test_a_selection_comes_as_one_table_with_units_and_sources(self):
        [row] = self.rows("coatings", thickness_nm_max="5")
        self.assertEqual(row["slug"], "thin")
        self.assertEqual(row["material.name"], "Al2O3")
        self.assertEqual(row["process.precursors"], "TMA; H2O")
        self.assertEqual(row["thickness.as_reported"], "<3 nm")
        self.assertEqual(row["thickness.min"], "")
        self.assertEqual(row["thickness.max"], "3.0")
        self.assertEqual(row["thickness.unit"], "nm")
        self.assertEqual(row["source.locator"], "Table 2")
        self.assertTrue(row["studies"])

    def test_drafts_are_left_out_and_columns_do_not_depend_on_the_rows(self):
        rows = self.rows("coatings")
        self.assertEqual({row["slug"] for row in rows}, {"thin", "thick"})
        nothing = self.client.get("/api/v1/coatings/?format=csv&q=nowhere")
        header = nothing.content.decode().strip().split(",")
        self.assertEqual(header, list(rows[0]))

    def test_the_gain_over_the_control_has_columns(self):
        [row] = self.rows("cycling-tests", has_control="true")
        self.assertEqual(row["uplift.capacity_retention.change.min"], "25.0")
        self.assertEqual(row["uplift.capacity_retention.cycle_number"], "100")

    def test_urls_are_those_of_the_json(self):
        for path in ("coatings", "cycling-tests", "studies"):
            items = self.client.get(f"/api/v1/{path}/").json()["results"]
            self.assertEqual(
                [(row["url"], row["page"]) for row in self.rows(path)],
                [(item["url"], item["page"]) for item in items],
            )

    def test_an_item_is_a_table_of_one_row(self):
        [row] = self.rows("coatings/thin")
        self.assertEqual(row["slug"], "thin")

    def test_pages_are_refused_as_there_are_none(self):
        for data_format in ("csv", "bib", "ris", "csl-json"):
            query = {"format": data_format, "page": 2, "page_size": 9, "methd": "ald"}
            response = self.client.get("/api/v1/coatings/", query)
            self.assertEqual(response.status_code, 400)
            errors = {one["param"]: one["message"] for one in response.json()["errors"]}
            whole = f"format={data_format} gives the whole selection, without pages."
            self.assertEqual((errors["page"], errors["page_size"]), (whole, whole))
            self.assertIn("Did you mean “method”?", errors["methd"])

    def test_what_is_no_list_of_records_says_that_it_is_no_table(self):
        for name in ("planner", "properties", "search"):
            response = self.client.get(f"/api/v1/{name}/?format=csv")
            self.assertEqual(response.status_code, 400)
            [error] = response.json()["errors"]
            self.assertIn("Valid: json.", error["message"])

    def test_what_a_spreadsheet_would_run_is_guarded(self):
        text = to_csv([["=1+1", "+x", -3, None, "a", " =", "--"]]).decode()
        self.assertEqual(text.strip(), "'=1+1,'+x,-3,,a,' =,'--")

    def test_a_lone_sign_is_no_formula(self):
        signs = ["=", "+", "-", "@"]
        self.assertEqual(to_csv([signs]).decode().strip(), ",".join(signs))

    def test_qualifiers_are_those_of_the_json(self):
        items = self.client.get("/api/v1/coatings/").json()["results"]
        self.assertEqual(
            {row["slug"]: row["thickness.qualifier"] for row in self.rows("coatings")},
            {item["slug"]: item["thickness"]["qualifier"] for item in items},
        )
