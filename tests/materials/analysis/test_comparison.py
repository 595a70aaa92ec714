from django.test import TestCase

from materials.analysis.comparison import Agreement, compare
from materials.choices import ComparabilityVerdict
from tests.factories import create_cycling_test, create_substrate


class ComparisonTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.silicon = create_substrate("Si")
        cls.graphite = create_substrate("Graphite")

    def compare(self, *tests):
        """Compare tests made of these fields, on silicon unless they say else."""
        return compare(
            create_cycling_test(**{"electrode": self.silicon} | fields)
            for fields in tests
        )

    def agreement(self, name, *values):
        comparability = self.compare(*({name: value} for value in values))
        return next(
            condition.agreement
            for condition in comparability.conditions
            if condition.name == name
        )

    def test_quantities_agree_when_they_say_the_same(self):
        for values, expected in [
            (["0.5C", "C/2"], Agreement.AGREES),
            (["~0.5C", "0.5C"], Agreement.AGREES),
            (["0.5C", "~0.5C"], Agreement.AGREES),
            (["0.5C", "1C"], Agreement.DIFFERS),
            (["0.5C", ""], Agreement.NOT_REPORTED),
            (["0.5C", "", "1C"], Agreement.DIFFERS),
            (["", ""], Agreement.NOT_REPORTED),
            ([">1C", "1C"], Agreement.DIFFERS),
            ([">1C", ">1C"], Agreement.AGREES),
        ]:
            with self.subTest(values):
                self.assertEqual(self.agreement("c_rate", *values), expected)
        self.assertEqual(self.agreement("temperature", "RT", "25 °C"), Agreement.AGREES)
        self.assertEqual(
            self.agreement("voltage_window", "3–4.3 V", "3–4.5 V"), Agreement.DIFFERS
        )

    def test_texts_agree_but_for_case_spaces_and_subscripts(self):
        self.assertEqual(
            self.agreement("electrolyte", "1 M LiPF6 in EC", "1 M  lipf₆ IN EC"),
            Agreement.AGREES,
        )
        self.assertEqual(
            self.agreement("electrolyte", "1.0 M LiPF6", "10 M LiPF6"),
            Agreement.DIFFERS,
        )

    def test_a_cell_type_that_is_not_reported_does_not_differ(self):
        for values, expected in [
            (["half", ""], Agreement.NOT_REPORTED),
            (["", ""], Agreement.NOT_REPORTED),
            (["half", "full"], Agreement.DIFFERS),
        ]:
            with self.subTest(values):
                self.assertEqual(self.agreement("cell_type", *values), expected)

    def test_cells_of_another_ion_differ(self):
        same = {"electrolyte": "LP30", "c_rate": "1C"}
        comparability = self.compare(
            same | {"charge_carrier": "li"}, same | {"charge_carrier": "na"}
        )
        self.assertEqual(str(comparability), "Differs in charge carrier")
        values = {c.name: c.values for c in comparability.conditions}
        self.assertEqual(values["charge_carrier"], ("Li⁺", "Na⁺"))
        self.assertEqual(
            self.agreement("charge_carrier", "li", ""), Agreement.NOT_REPORTED
        )

    def test_same_rate_and_electrolyte_make_tests_comparable(self):
        same = {"electrolyte": "LP30", "current_density_ma_per_g": "100"}
        comparability = self.compare(same, same | {"temperature": "25"})
        self.assertEqual(comparability.verdict, ComparabilityVerdict.COMPARABLE)
        self.assertEqual(str(comparability), "Comparable")
        self.assertIn("temperature", comparability.not_reported)

    def test_too_little_reported_is_said(self):
        comparability = self.compare({"c_rate": "1C"}, {"c_rate": "1C"})
        self.assertEqual(
            comparability.verdict, ComparabilityVerdict.NOT_ENOUGH_REPORTED
        )
        self.assertEqual(str(comparability), "Not enough known: electrolyte")
        comparability = self.compare({"c_rate": "1C"}, {})
        self.assertEqual(str(comparability), "Not enough known: electrolyte, rate")

    def test_what_differs_is_named(self):
        same = {"electrolyte": "LP30", "c_rate": "1C"}
        comparability = self.compare(
            same, same | {"electrode": self.graphite, "cell_type": "full"}
        )
        self.assertEqual(comparability.verdict, ComparabilityVerdict.DIFFERS)
        self.assertEqual(str(comparability), "Differs in electrode, cell type")

    def test_values_stand_in_the_order_of_the_tests(self):
        conditions = self.compare(
            {"electrolyte": "A"}, {}, {"electrolyte": "C"}
        ).conditions
        electrolyte = next(c for c in conditions if c.name == "electrolyte")
        self.assertEqual(electrolyte.values, ("A", None, "C"))
