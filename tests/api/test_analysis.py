"""Uplift, comparability, consensus, coverage and planner over the API."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
    create_temperature,
)

HOST = "http://testserver"


class AnalysisTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        review = create_study(slug="review", kind="review")
        study = create_study(slug="primary")
        create_citation(review, 43, study)
        sourced = {"source": review}
        liotbu = create_precursor("LiOtBu", **sourced)
        create_temperature(liotbu, "140", [study], **sourced)
        ozone = create_precursor("O3", physical_state="gas", **sourced)
        process = create_process(
            create_material("LiF", material_class="fluoride", **sourced),
            [liotbu, ozone],
            slug="lif-ald",
            deposition_temperature="130–230 °C",
            **sourced,
        )
        cls.lithium = create_substrate("Li metal", substrate_class="alkali_metal")
        create_coating(process, substrate=create_substrate("Si"), **sourced)
        coating = create_coating(process, [study], substrate=cls.lithium, **sourced)
        same = {"electrode": cls.lithium, "source": study, "electrolyte": "LP30"}
        bare = create_cycling_test(
            [
                {"cycle_number": 1, "capacity_retention": "100"},
                {"cycle_number": 200, "capacity_retention": "60"},
            ],
            slug="bare",
            c_rate="1C",
            **same,
        )
        create_cycling_test(
            [
                {"cycle_number": 1, "capacity_retention": "100"},
                {"cycle_number": 150, "capacity_retention": ">90 %"},
                {"cycle_number": 300, "capacity_retention": "80"},
            ],
            slug="coated",
            coating=coating,
            control=bare,
            c_rate="1C",
            **same,
        )

    def get(self, path, **query):
        response = self.client.get(f"/api/v1/{path}/", query)
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()

    def refuse(self, path, **query):
        response = self.client.get(f"/api/v1/{path}/", query)
        self.assertEqual(response.status_code, 400, response.content)
        errors = response.json()["errors"]
        return {error["param"]: [error["message"]] for error in errors}

    def test_a_cycling_test_says_what_its_coating_gained(self):
        found = self.get("cycling-tests/coated")["uplift"]
        self.assertEqual(found["control"], "bare")
        self.assertEqual(
            found["capacity_retention"],
            {
                "cycle_number": 150,
                "first_cycle": None,
                "change": {
                    "qualifier": ">",
                    "min": 19.95,
                    "max": None,
                    "unit": "percentage points",
                },
                "coated": {
                    "qualifier": ">",
                    "min": 90.0,
                    "max": None,
                    "unit": "%",
                    "interpolated": False,
                },
                "bare": {
                    "qualifier": "=",
                    "min": 70.05,
                    "max": 70.05,
                    "unit": "%",
                    "interpolated": True,
                },
            },
        )
        self.assertIsNone(found["coulombic_efficiency"])
        self.assertEqual(
            found["cycles_to_80_percent"]["bare"],
            {"cycle": 100.5, "interpolated": True},
        )
        self.assertEqual(found["cycles_to_80_percent"]["coated"]["cycle"], 300)
        self.assertEqual(found["comparability"]["verdict"], "comparable")
        self.assertIsNone(self.get("cycling-tests/bare")["uplift"])

    def test_comparability_lists_the_conditions_of_each_test(self):
        create_cycling_test(slug="other", electrode=self.lithium, c_rate="2C")
        answer = self.get("comparability", test=["coated", "other", "bare"])
        self.assertEqual(
            [test["slug"] for test in answer["tests"]], ["coated", "other", "bare"]
        )
        self.assertEqual(
            answer["tests"][0],
            {
                "slug": "coated",
                "url": f"{HOST}/api/v1/cycling-tests/coated/",
                "page": f"{HOST}/cycling/coated/",
                "label": "LiF on Li metal",
            },
        )
        self.assertEqual(answer["verdict"], "differs")
        self.assertEqual(answer["summary"], "Differs in C-rate")
        self.assertIn("electrolyte", answer["not_reported"])
        conditions = {item["name"]: item for item in answer["conditions"]}
        rate = conditions["c_rate"]
        self.assertEqual(rate["agreement"], "differs")
        self.assertEqual(
            [value["quantity"]["min"] for value in rate["values"]], [1, 2, 1]
        )
        electrolyte = conditions["electrolyte"]["values"]
        self.assertEqual(electrolyte[0], {"text": "LP30", "quantity": None})
        self.assertEqual(electrolyte[1], {"text": None, "quantity": None})

    def test_from_2_to_8_tests_are_compared(self):
        self.assertIn("2 to 8", self.refuse("comparability")["test"][0])
        self.assertIn("2 to 8", self.refuse("comparability", test="bare")["test"][0])
        self.assertIn("coated", self.refuse("comparability", test="coted")["test"][0])
        self.assertIn("tests", self.refuse("comparability", tests="bare"))

    def test_comparability_takes_as_many_queries_for_two_as_for_three(self):
        create_cycling_test(slug="other", electrode=self.lithium)
        # The named tests; the same with coatings, electrodes and sources; points;
        # controls; gains; steps; precursors; studies; their citations.
        with self.assertNumQueries(9):
            self.get("comparability", test=["coated", "bare"])
        with self.assertNumQueries(9):
            self.get("comparability", test=["coated", "bare", "other"])

    def test_coverage_crosses_films_and_substrates(self):
        answer = self.get("coverage")
        self.assertEqual(
            answer,
            {
                "axes": {
                    "rows": "material",
                    "columns": "substrate",
                    "value": "coatings",
                    "value_label": "Number of coatings",
                },
                "rows": [{"key": "lif", "label": "LiF"}],
                "columns": [
                    {"key": "li-metal", "label": "Li metal"},
                    {"key": "si", "label": "Si"},
                ],
                "rows_left_out": 0,
                "columns_left_out": 0,
                "cells": [[1, 1]],
            },
        )
        answer = self.get("coverage", value="uplift", rows="material_class")
        self.assertEqual(answer["cells"], [[19.95, None]])
        self.assertEqual(answer["rows"], [{"key": "fluoride", "label": "Fluoride"}])
        answer = self.get("coverage", substrate="si", value="studies")
        self.assertEqual(answer["cells"], [[1]])

    def test_coverage_is_a_table_too(self):
        response = self.client.get("/api/v1/coverage/", {"format": "csv"})
        self.assertEqual(response.headers["Content-Type"], "text/csv; charset=utf-8")
        self.assertEqual(
            response.content.decode().splitlines(),
            [
                "material.key,material.label,substrate.key,substrate.label,coatings",
                "lif,LiF,li-metal,Li metal,1",
                "lif,LiF,si,Si,1",
            ],
        )
        response = self.client.get(
            "/api/v1/coverage/", {"format": "csv", "value": "uplift"}
        )
        self.assertIn("lif,LiF,si,Si,\r\n", response.content.decode())

    def test_coverage_refuses_what_it_does_not_know(self):
        self.assertIn(
            "Valid: coatings, studies, uplift.",
            self.refuse("coverage", value="best")["value"][0],
        )
        self.assertIn("subtrate", self.refuse("coverage", subtrate="si"))
        self.assertIn("order_by", self.refuse("coverage", order_by="material"))
        self.assertIn("format", self.refuse("coverage", format="xml"))

    def test_the_consensus_says_of_how_many_studies_it_is_and_what_is_left_out(self):
        film = create_material("Li–HQ")
        process = create_process(film, slug="li-hq", growth_per_cycle="9 Å")
        for number, text in enumerate(("1 Å", "2 Å", "up to 4 Å", "1.5 Å"), start=1):
            create_measurement(
                slug=f"growth-{number}",
                process=process,
                property="growth_per_cycle",
                value=text,
                temperature="RT",
            )
        for query in ({"material": "li-hq"}, {"process": "li-hq"}):
            answer = self.get("consensus", **query)
            [found] = answer["results"]
            self.assertEqual(answer["count"], 1)
            self.assertEqual(
                (found["property"], found["property_label"], found["unit"]),
                ("growth_per_cycle", "Growth per cycle", "Å/cycle"),
            )
            self.assertEqual(
                (found["median"], found["minimum"], found["maximum"]), (1.5, 1, 2)
            )
            self.assertEqual(
                (found["study_count"], found["temperature_celsius"]), (3, 25)
            )
            self.assertIsNone(found["span"])
            self.assertIn("Median of 3 studies at 25", found["summary"])
            self.assertEqual(
                [
                    (value["measurement"], value["counted"], value["reason"])
                    for value in found["values"]
                ],
                [
                    ("growth-1", True, None),
                    ("growth-4", True, None),
                    ("growth-2", True, None),
                    ("growth-3", False, "limit"),
                    (None, False, "no_temperature"),
                ],
            )
            self.assertEqual(found["values"][3]["reason_label"], "end of a series")
            self.assertEqual(found["values"][4]["page"], f"{HOST}/processes/li-hq/")
        query = {"material": "li-hq", "property": "density"}
        self.assertEqual(self.get("consensus", **query)["results"], [])
        refusals = [{}, {"material": "li-hq", "process": "li-hq"}]
        refusals.append({"material": "li-hq,lif"})
        for query in refusals:
            self.assertIn("Name one", self.refuse("consensus", **query)["material"][0])

    def test_the_consensus_asks_no_more_for_more_values(self):
        film = create_material("Li–HQ")
        process = create_process(film, slug="li-hq")

        def add(count):
            for _ in range(count):
                create_measurement(
                    process=process,
                    value="1e-8",
                    temperature="RT",
                    studies=[create_study()],
                )

        add(2)
        with CaptureQueriesContext(connection) as captured:
            self.get("consensus", material="li-hq")
        add(4)
        with self.assertNumQueries(len(captured)):
            self.get("consensus", material="li-hq")

    def test_the_planner_gives_verdict_and_reasons(self):
        answer = self.get("planner", source_temperature_limit_celsius=120)
        self.assertEqual(answer["count"], 1)
        (found,) = answer["results"]
        self.assertEqual(found["slug"], "lif-ald")
        self.assertEqual(found["url"], f"{HOST}/api/v1/processes/lif-ald/")
        self.assertEqual(found["page"], f"{HOST}/processes/lif-ald/")
        self.assertEqual(found["material"]["slug"], "lif")
        self.assertEqual(found["verdict"], "not_feasible")
        self.assertEqual(
            [reason.replace("\xa0", " ") for reason in found["reasons"]],
            ["LiOtBu needs 140 °C, your limit is 120 °C (Table 1, ref. 43)"],
        )
        check = found["checks"][0]
        self.assertEqual(check["subject"], "source_temperature")
        self.assertEqual(check["precursor"]["slug"], "liotbu")
        self.assertEqual(check["limit_celsius"], 120)
        self.assertEqual(check["needed"]["min"], 140)
        self.assertEqual(check["source"]["study"], "review")
        self.assertIsNone(found["checks"][1]["needed"])

    def test_the_planner_takes_all_its_limits_at_once(self):
        answer = self.get(
            "planner",
            source_temperature_limit_celsius=150,
            substrate_temperature_limit_celsius=125,
            precursor=["liotbu", "o3"],
            material_class="fluoride",
        )
        self.assertEqual([row["verdict"] for row in answer["results"]], ["marginal"])

    def test_the_planner_refuses_what_it_does_not_know(self):
        for query, name in [
            ({}, "source_temperature_limit_celsius"),
            ({"source_temperature_limit": 3}, "source_temperature_limit"),
            ({"substrate": ["si", "li-metal"]}, "substrate"),
            ({"precursor": "liotb"}, "precursor"),
        ]:
            with self.subTest(query):
                self.assertEqual(list(self.refuse("planner", **query)), [name])
