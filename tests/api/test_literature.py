"""A newcomer's questions, each answered by one call over the loaded literature."""

from django.core.management import call_command
from django.test import TestCase


class QuestionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_literature", verbosity=0)

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
            {"tma", "dez", "ticl4", "li-hmds", "tdmat", "hfac", "tdmap"},
        )
        for row in found:
            self.assertLessEqual(row["sublimation_temperature"]["min"], 60)

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
        found = self.get("studies", {"characterization_method": "tof-sims"})
        self.assertEqual(
            {row["citations"][0]["number"] for row in found}, {49, 52, 84, 90, 91}
        )
