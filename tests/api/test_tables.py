import csv
import json
from io import StringIO

from django.test import TestCase

from api.urls import router
from asei_db.lib.spreadsheets import to_csv, unguarded
from tests.api.tables import items, text_of
from tests.curated import load_literature
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
        cls.study = study = create_study()
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
        return list(csv.DictReader(StringIO(text_of(response))))

    def test_a_selection_comes_as_one_table_with_units_and_sources(self):
        [row] = self.rows("coatings", thickness_nm_max="5")
        self.assertEqual(row["slug"], "thin")
        self.assertEqual(row["material.name"], "Al2O3")
        self.assertEqual(row["process.precursors.acronym"], '["TMA", "H2O"]')
        self.assertEqual(row["thickness.as_reported"], "<3 nm")
        self.assertEqual(row["thickness.min"], "")
        self.assertEqual(row["thickness.max"], "3.0")
        self.assertEqual(row["thickness.unit"], "nm")
        self.assertEqual(row["source.locator"], "Table 2")
        self.assertEqual(row["studies.slug"], f'["{self.study.slug}"]')
        self.assertEqual(row["disputed"], "false")

    def test_drafts_are_left_out_and_columns_do_not_depend_on_the_rows(self):
        rows = self.rows("coatings")
        self.assertEqual({row["slug"] for row in rows}, {"thin", "thick"})
        nothing = self.client.get("/api/v1/coatings/?format=csv&q=nowhere")
        header = text_of(nothing).strip().split(",")
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

    def test_what_is_no_list_says_that_it_is_no_table(self):
        response = self.client.get("/api/v1/comparability/?format=csv")
        self.assertEqual(response.status_code, 400)
        [error] = response.json()["errors"]
        self.assertIn("Valid: json.", error["message"])

    def test_a_table_is_named_for_what_it_holds(self):
        for path, query in [
            ("coatings", {}),
            ("coverage", {}),
            ("planner", {"substrate_temperature_limit_celsius": 200}),
            ("properties", {}),
            ("search", {"q": "TMA"}),
        ]:
            response = self.client.get(f"/api/v1/{path}/", query | {"format": "csv"})
            self.assertRegex(
                response.headers["Content-Disposition"],
                rf'^attachment; filename="asei_{path}_\d+_\d{{4}}-\d\d-\d\d\.csv"$',
            )

    def test_what_a_spreadsheet_would_run_is_guarded(self):
        for text in ("=1+1", "+x", " =", "--", "＝1", "＋x", "－x", "＠x", "-20 °C"):
            with self.subTest(text):
                self.assertEqual(to_csv([[text]]).decode(), f"'{text}\r\n")

    def test_numbers_are_no_formulas(self):
        for text in ("-20", "-33.5", "+5", "-.5", "-2e-8", "1", "-1E+5"):
            with self.subTest(text):
                self.assertEqual(to_csv([[text]]).decode(), f"{text}\r\n")

    def test_every_text_can_be_had_back(self):
        for text in ("=1", "'=1", "''-20", "'x", "'", "'-20", "-20", "", "a\r\nb", "="):
            with self.subTest(text):
                [[cell]] = csv.reader(StringIO(to_csv([[text]]).decode(), newline=""))
                self.assertEqual(unguarded(cell), text)

    def test_truth_is_written_as_in_json(self):
        self.assertEqual(to_csv([[True, False, None]]).decode(), "true,false,\r\n")

    def test_equal_numbers_and_lists_are_written_each_as_it_is(self):
        line = [1, 1.0, True, [1], [1.0], [True], [["a"], None], ("a",), ["a"], []]
        [cells] = csv.reader(StringIO(to_csv([line]).decode()))
        self.assertEqual(cells[:3], ["1", "1.0", "true"])
        self.assertEqual(cells[3:], [json.dumps(value) for value in line[3:]])

    def test_a_lone_sign_is_no_formula(self):
        signs = ["=", "+", "-", "@"]
        self.assertEqual(to_csv([signs]).decode().strip(), ",".join(signs))

    def test_qualifiers_are_those_of_the_json(self):
        items = self.client.get("/api/v1/coatings/").json()["results"]
        self.assertEqual(
            {row["slug"]: row["thickness.qualifier"] for row in self.rows("coatings")},
            {item["slug"]: item["thickness"]["qualifier"] for item in items},
        )


class WholeTableTests(TestCase):
    """Every table of the whole literature, against the JSON."""

    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        load_literature()
        cls.schema = cls.client_class().get("/api/v1/schema/").json()

    def item_schema(self, path):
        operation = self.schema["paths"][path]["get"]
        content = operation["responses"]["200"]["content"]["application/json"]
        components = self.schema["components"]["schemas"]
        schema = components[content["schema"]["$ref"].rpartition("/")[2]]
        if "results" in schema["properties"]:
            schema = schema["properties"]["results"]["items"]
        return schema, components

    def all_items(self, url, query):
        found = []
        answer = self.client.get(url, query | {"page_size": 1000}).json()
        found += answer["results"]
        while answer["next"]:
            answer = self.client.get(answer["next"]).json()
            found += answer["results"]
        return found

    def test_no_list_says_less_as_a_table(self):
        queries = {
            "planner": {
                "source_temperature_limit_celsius": 60,
                "substrate": "na-metal",
            },
            "consensus": {"material": "lipxoynz"},
            "search": {"q": "li"},
        }
        lists = set(self.client.get("/api/v1/").json())
        for name in lists - {"comparability", "coverage", "docs", "schema"}:
            with self.subTest(name):
                url, query = f"/api/v1/{name}/", queries.get(name, {})
                table = self.client.get(url, query | {"format": "csv"})
                self.assertEqual(table.status_code, 200)
                expected = self.all_items(url, query)
                self.assertTrue(expected)
                schema, components = self.item_schema(url)
                found = items(text_of(table), schema, components)
                for one, other in zip(found, expected, strict=True):
                    self.assertEqual(one, other)

    def test_no_item_says_less_as_a_table(self):
        for name, _, _ in router.registry:
            with self.subTest(name):
                [item] = self.client.get(f"/api/v1/{name}/?page_size=1").json()[
                    "results"
                ]
                table = self.client.get(item["url"], {"format": "csv"})
                schema, components = self.item_schema(f"/api/v1/{name}/{{slug}}/")
                found = items(text_of(table), schema, components)
                self.assertEqual(list(found), [item])

    def test_the_coverage_map_says_no_less_as_a_table(self):
        for query in [
            {},
            {"value": "uplift", "rows": "material_class"},
            {"columns": "substrate_class", "value": "studies"},
        ]:
            with self.subTest(query):
                answer = self.client.get("/api/v1/coverage/", query).json()
                table = self.client.get("/api/v1/coverage/", query | {"format": "csv"})
                header, *cells = csv.reader(StringIO(table.content.decode()))
                axes = answer["axes"]
                self.assertEqual(
                    header,
                    [
                        f"{axes['rows']}.key",
                        f"{axes['rows']}.label",
                        f"{axes['columns']}.key",
                        f"{axes['columns']}.label",
                        axes["value"],
                    ],
                )
                expected = [
                    [*row.values(), *column.values(), value]
                    for row, line in zip(answer["rows"], answer["cells"], strict=True)
                    for column, value in zip(answer["columns"], line, strict=True)
                ]
                for cell, parts in zip(cells, expected, strict=True):
                    parts = ["" if part is None else str(part) for part in parts]
                    self.assertEqual([*map(unguarded, cell)], parts)

    def test_every_primary_work_stands_in_the_table(self):
        dois = {
            study["doi"]
            for coating in self.all_items("/api/v1/coatings/", {})
            for study in coating["studies"]
            if study["doi"]
        }
        table = text_of(self.client.get("/api/v1/coatings/?format=csv"))
        rows = csv.DictReader(StringIO(table))
        found = {doi for row in rows for doi in json.loads(row["studies.doi"]) if doi}
        self.assertEqual(found, dois)
        self.assertGreater(len(dois), 30)
