"""A newcomer's questions, each answered by one call over the loaded literature."""

from django.conf import settings
from django.test import TestCase

from materials.models import Substrate
from tests.curated import load_literature


class QuestionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_literature()

    def get(self, path, query):
        response = self.client.get(f"/api/v1/{path}/", query)
        self.assertEqual(response.status_code, 200, response.content)
        answer = response.json()
        self.assertEqual(answer["count"], len(answer["results"]))
        return answer["results"]

    def test_which_precursors_sublime_below_60_degrees(self):
        found = self.get("precursors", {"sublimation_temperature_celsius_max": 60})
        self.assertEqual(
            {row["slug"] for row in found},
            {"tma", "dez", "ticl4", "li-hmds", "tdmat", "hfac", "tdmap"}
            | {"eg", "h2o", "hf"},  # none of theirs is called typical
        )
        for row in found:
            lowest = min(one["min"] for one in row["sublimation_temperatures"])
            self.assertLessEqual(lowest, 60)

    def test_what_was_put_on_lithium_with_liotbu_and_how_it_was_characterized(self):
        found = self.get("coatings", {"substrate": "li-metal", "precursor": "liotbu"})
        in_tables = [row for row in found if row["review_category"]]
        self.assertEqual(
            sorted(row["material"]["name"] for row in in_tables),
            [
                "LiF",
                "LiPxOyNz",
                "Li–GL",
                "Li–GL",
                "Li–HQ",
                "Li–HQ",
                "Li–HQ",
                "Li–TEA",
            ],
        )
        for row in in_tables:
            self.assertTrue(row["characterization_methods"])
        for row in found:
            self.assertEqual(row["substrate"]["name"], "Li metal")
            self.assertIn("liotbu", [p["slug"] for p in row["process"]["precursors"]])

    def test_which_studies_used_tof_sims(self):
        query = {"characterization_method": "tof-sims"}
        for more, numbers in (
            ({}, {49, 84}),
            ({"include_unidentified": "true"}, {49, 52, 84, 90, 91}),
        ):
            found = self.get("studies", query | more)
            self.assertEqual({row["citations"][0]["number"] for row in found}, numbers)

    def test_which_processes_run_from_60_degree_bottles_onto_sodium_and_why_not(self):
        found = self.get(
            "planner",
            {
                "source_temperature_limit_celsius": 60,
                "substrate": "na-metal",
                "page_size": 1000,
            },
        )
        plans = {row["slug"]: row for row in found}
        for slug in ("al-eg-ald-mld-tma-eg", "li-eg-ald-mld-li-hmds-eg"):
            self.assertEqual(plans[slug]["verdict"], "feasible")
        titania = plans["tio2-ald-ttip-h2o"]
        self.assertEqual(titania["verdict"], "not_feasible")
        reasons = " ".join(titania["reasons"]).replace("\xa0", " ")
        self.assertIn("TTIP needs 80 °C, your limit is 60 °C", reasons)
        carbonate = plans["li2co3-ald-liotbu-h2o-co2"]
        self.assertEqual(carbonate["verdict"], "not_feasible")
        reasons = " ".join(carbonate["reasons"]).replace("\xa0", " ")
        self.assertIn("Deposition needs 150 °C, Na metal withstands 97.8 °C", reasons)
        for row in found:
            self.assertTrue(row["reasons"], row["slug"])

    def test_which_coatings_exist_on_silicon_but_not_on_sodium_metal(self):
        silicon = Substrate.objects.filter(name__regex="^Si( |$)")
        slugs = sorted([*silicon.values_list("slug", flat=True), "na-metal"])
        answer = self.client.get(
            "/api/v1/coverage/", {"substrate": ",".join(slugs)}
        ).json()
        columns = [column["key"] for column in answer["columns"]]
        self.assertEqual(sorted(columns), slugs)
        readme = (settings.BASE_DIR / "README.md").read_text()
        for slug in slugs:
            self.assertRegex(readme, f"/coverage/.*[=,]{slug}[,`]")
        sodium = columns.index("na-metal")
        only_silicon = {
            row["label"]
            for row, cells in zip(answer["rows"], answer["cells"], strict=True)
            if not cells[sodium]
        }
        self.assertEqual(
            only_silicon,
            {
                *("AlOxNy", "Alucone", "Li2O–Li–HQ", "Li–EG", "Li–EG–CO2", "Li–HQ"),
                *("Ti–GL", "Ti–HQ", "TiN", "TiO2", "Zn–EG"),
            },
        )
