from django.core.exceptions import ValidationError
from django.test import SimpleTestCase

from materials.characterization import parse_characterization
from materials.models import CharacterizationMethod

NAMES = {
    "EIS": "electrochemical impedance spectroscopy",
    "XRD": "X-ray diffraction",
    "TOF-SIMS": "time-of-flight secondary-ion mass spectrometry",
}
METHODS = [
    CharacterizationMethod(
        acronym=acronym, variants=variants, name=NAMES.get(acronym, acronym)
    )
    for acronym, variants in [
        ("Cyc", []),
        ("EIS", []),
        ("FIB", ["(FIB-)SEM", "FIB-SEM"]),
        ("SEM", ["FE-SEM", "(FIB-)SEM", "FIB-SEM"]),
        ("TEM", ["STEM", "(S)TEM", "(BF)/(HR)TEM"]),
        ("XRD", ["GI-XRD"]),
        ("TOF-SIMS", []),
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

    def names(self, text):
        return [name for name, _, _ in self.read(text)]

    def test_other_separators_part_what_is_no_name_as_a_whole(self):
        for text in (
            "Cyc; EIS; SEM",
            "Cyc / EIS / SEM",
            "Cyc & EIS and SEM",
            "Cyc，EIS、SEM",
            "Cyc\nEIS\r\nSEM",
            "Cyc/EIS, SEM;",
            "Cyc, EIS,, and SEM".replace(",, and", " and"),
        ):
            with self.subTest(text):
                self.assertEqual(self.names(text), ["Cyc", "EIS", "SEM"])
        self.assertEqual(self.names("(BF)/(HR)TEM/XRD"), ["TEM", "XRD"])
        for text in ("FIB, SEM", "FIB/SEM", "FIB & SEM"):  # two, not a “FIB-SEM”
            self.assertEqual(self.names(text), ["FIB", "SEM"])
        self.assertEqual(
            self.read("Cyc (a; b/c and d) & EIS"),
            [("Cyc", "Cyc", "a; b/c and d"), ("EIS", "EIS", "")],
        )

    def test_full_names_count_and_spaces_are_hyphens(self):
        for text, method in [
            ("X-ray Diffraction", "XRD"),
            ("X ray diffraction (grazing)", "XRD"),
            ("ToF SIMS", "TOF-SIMS"),
            ("TOFSIMS", "TOF-SIMS"),
            ("FE SEM", "SEM"),
        ]:
            with self.subTest(text):
                self.assertEqual([one for one, _, _ in self.read(text)], [method])

    def test_a_method_that_stands_twice_is_listed_once_with_both_remarks(self):
        self.assertEqual(self.names("EIS, XRD, EIS, eis"), ["EIS", "XRD"])
        self.assertEqual(
            self.read("SEM (surface), Cyc, SEM (cross section), SEM (surface)"),
            [("SEM", "SEM", "surface; cross section"), ("Cyc", "Cyc", "")],
        )
        self.assertEqual(len(self.read("SEM, FE-SEM")), 2)  # two printed names
        self.assertEqual(self.names("XRD, X-ray diffraction, xrd (b)"), ["XRD"])

    def test_an_and_behind_a_comma_belongs_to_it(self):
        for text in ("XRD, EIS, and Cyc", "XRD; EIS; & Cyc", "XRD, EIS,\nand Cyc"):
            with self.subTest(text):
                self.assertEqual(self.names(text), ["XRD", "EIS", "Cyc"])

    def test_the_first_unknown_part_is_named(self):
        for text in ("XRD, magic, tricks", "XRD/magic", "XRD and magic (a, b)"):
            with (
                self.subTest(text),
                self.assertRaisesMessage(
                    ValidationError, "No characterization method is called “magic”."
                ),
            ):
                self.read(text)
        for text in ("(", ")", "-", "\0", "()", "*" * 300, "S" + "-" * 200 + "EM"):
            with self.subTest(text), self.assertRaises(ValidationError):
                self.read(text)

    def test_various_and_nothing_hold_no_method(self):
        for text in ("(Various)", "various", "", "  "):
            with self.subTest(text):
                self.assertEqual(self.read(text), [])

    def test_an_unknown_method_is_named_with_the_nearest(self):
        with self.assertRaisesMessage(ValidationError, "“EIX”. Did you mean EIS?"):
            self.read("Cyc, EIX")
        with self.assertRaisesMessage(
            ValidationError, "“in situ XRD”. Did you mean XRD (in situ)? Or add it"
        ):
            self.read("Cyc, in situ XRD")
        with self.assertRaisesMessage(ValidationError, "“Zzz”."):
            self.read("Zzz")
