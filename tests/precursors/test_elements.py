"""How elements are named in filters, on pages and in the API."""

from django.test import TestCase

from tests.factories import create_element, create_material, create_precursor


class ElementsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        lithium, fluorine, aluminum, oxygen = (
            create_element(symbol, number)
            for symbol, number in (("Li", 3), ("F", 9), ("Al", 13), ("O", 8))
        )
        create_element("Hf", 72)
        create_material("LiF", [lithium, fluorine])
        create_material("AlF3", [aluminum, fluorine])
        create_material("Al2O3", [aluminum, oxygen])
        create_precursor("TMA", [aluminum])

    def found(self, **query):
        answer = self.client.get("/api/v1/materials/", query)
        self.assertEqual(answer.status_code, 200, answer.content)
        return {item["name"] for item in answer.json()["results"]}

    def test_elements_are_named_by_symbols_or_names_in_any_case(self):
        for text in ("Li,F", "li f", "Li F", "lithium, Fluorine", "LITHIUM f"):
            with self.subTest(text):
                self.assertEqual(self.found(elements=text), {"LiF"})

    def test_british_names_are_understood(self):
        self.assertEqual(self.found(elements="aluminium"), {"AlF3", "Al2O3"})

    def test_pages_understand_the_same(self):
        page = self.client.get("/materials/", {"elements": "lithium f"})
        self.assertContains(page, "LiF")
        self.assertEqual(page.context["count"], 1)

    def test_any_all_and_none_combine(self):
        for query, names in (
            ({"elements_any": "li o"}, {"LiF", "Al2O3"}),
            ({"elements": "F", "elements_any": "Li,O"}, {"LiF"}),
            ({"elements_any": "Li,Al", "elements_exclude": "oxygen"}, {"LiF", "AlF3"}),
        ):
            with self.subTest(query):
                self.assertEqual(self.found(**query), names)

    def test_formula_is_not_taken_for_an_element(self):
        for text in ("HF", "LIF", "Unobtainium"):
            with self.subTest(text):
                answer = self.client.get("/api/v1/materials/", {"elements": text})
                self.assertEqual(answer.status_code, 400)
                self.assertIn(text, answer.json()["errors"][0]["message"])

    def test_empty_and_hostile_names_are_refused(self):
        for text in ("", "Li,,F", " ", "Li\0", "a" * 201, "Li " * 30 + "F" * 300):
            for name in ("elements", "elements_any", "elements_exclude"):
                with self.subTest(text=text[:10], name=name):
                    answer = self.client.get("/api/v1/precursors/", {name: text})
                    self.assertEqual(answer.status_code, 400)
