from django.core.exceptions import ValidationError
from django.test import SimpleTestCase

from materials.characterization import parse_characterization
from materials.models import CharacterizationMethod

METHODS = [
    CharacterizationMethod(acronym=acronym, variants=variants)
    for acronym, variants in [
        ("Cyc", []),
        ("EIS", []),
        ("FIB", ["(FIB-)SEM", "FIB-SEM"]),
        ("SEM", ["FE-SEM", "(FIB-)SEM", "FIB-SEM"]),
        ("TEM", ["STEM", "(S)TEM", "(BF)/(HR)TEM"]),
        ("XRD", ["GI-XRD"]),
    ]
]


class ParseCharacterizationTests(SimpleTestCase):
    def read(self, text):
        return [
            (method.acronym, name, remark)
            for method, name, remark in parse_characterization(text, METHODS)
        ]

    def test_a_cell_gives_its_methods_in_order_as_printed(self):
        self.assertEqual(
            self.read("Cyc, EIS, FE-SEM, (S)TEM"),
            [
                ("Cyc", "Cyc", ""),
                ("EIS", "EIS", ""),
                ("SEM", "FE-SEM", ""),
                ("TEM", "(S)TEM", ""),
            ],
        )

    def test_a_variant_of_two_methods_stands_for_both(self):
        self.assertEqual(
            self.read("(FIB-)SEM"),
            [("FIB", "(FIB-)SEM", ""), ("SEM", "(FIB-)SEM", "")],
        )

    def test_a_remark_in_brackets_is_kept_apart(self):
        self.assertEqual(
            self.read("Cyc (initial lithiation only), FIB, (BF)/(HR)TEM"),
            [
                ("Cyc", "Cyc", "initial lithiation only"),
                ("FIB", "FIB", ""),
                ("TEM", "(BF)/(HR)TEM", ""),
            ],
        )

    def test_a_comma_in_brackets_parts_no_methods(self):
        self.assertEqual(
            self.read("Cyc (half cell, 0.2C), EIS"),
            [("Cyc", "Cyc", "half cell, 0.2C"), ("EIS", "EIS", "")],
        )

    def test_case_and_dashes_do_not_matter(self):
        self.assertEqual(self.read("GIXRD, fe–sem")[0][0], "XRD")

    def test_various_and_nothing_hold_no_method(self):
        for text in ("(Various)", "various", "", "  "):
            with self.subTest(text):
                self.assertEqual(self.read(text), [])

    def test_an_unknown_method_is_named_with_the_nearest(self):
        with self.assertRaisesMessage(ValidationError, "“EIX”. Did you mean EIS?"):
            self.read("Cyc, EIX")
        with self.assertRaisesMessage(ValidationError, "“Zzz”."):
            self.read("Zzz")
