from django.core.exceptions import ValidationError
from django.test import TestCase

from materials.chemistry import get_or_create_process, parse_steps, set_steps
from materials.models import DepositionProcess
from tests.factories import (
    create_material,
    create_precursor,
    create_process,
    create_study,
)


class StepsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.source = create_study()
        for acronym, formula, name, slug in [
            ("LiOtBu", "LiOtBu", "lithium tert-butoxide", "liotbu"),
            ("EG", "C2H6O2", "ethylene glycol", "eg"),
            ("CO2", "CO2", "carbon dioxide", "co2"),
            ("B(OiPr)3", "B(OiPr)3", "triisopropyl borate", "triisopropyl-borate"),
            ("DEPA", "PO(NH2)(OEt)2", "diethyl phosphoramidate", "depa"),
            ("", "C9H23NO3Si", "(3-aminopropyl)triethoxysilane", "aps"),
            ("O2 plasma", "O2", "oxygen plasma", "o2-plasma"),
            ("O2", "O2", "oxygen", "o2"),
        ]:
            create_precursor(
                acronym, formula=formula, name=name, slug=slug, source=cls.source
            )

    def read(self, text):
        return [(p.slug, is_optional) for p, is_optional in parse_steps(text)]

    def test_steps_come_in_order_and_brackets_make_one_optional(self):
        self.assertEqual(
            self.read("LiOtBu + EG + (CO2)"),
            [("liotbu", False), ("eg", False), ("co2", True)],
        )

    def test_brackets_of_a_formula_or_name_are_no_option(self):
        self.assertEqual(
            self.read("B(OiPr)3+PO(NH2)(OEt)2 + (3-aminopropyl)triethoxysilane"),
            [("triisopropyl-borate", False), ("depa", False), ("aps", False)],
        )
        self.assertEqual(
            self.read("(B(OiPr)3) + EG"), [("triisopropyl-borate", True), ("eg", False)]
        )

    def test_slug_acronym_formula_and_name_are_known_in_any_spelling(self):
        for text in ("aps", "c9h23no3si", "Ethylene-Glycol", "lioᵗbu", "o2-PLASMA"):
            with self.subTest(text):
                self.assertEqual(len(self.read(text)), 1)

    def test_synonyms_and_written_out_groups_are_known(self):
        create_precursor(
            "TMA",
            formula="AlMe3",
            name="trimethylaluminum",
            synonyms=["AlMe3 (99 %)"],
            source=self.source,
        )
        create_precursor("LTB", synonyms=["LiO-tBu"], source=self.source)
        for text, slug in [
            ("Al(CH3)3", "tma"),
            ("trimethylaluminium", "tma"),
            ("AlMe₃", "tma"),
            ("lio-tbu", "liotbu"),  # an acronym goes before a synonym
            ("LTB", "ltb"),
        ]:
            with self.subTest(text):
                self.assertEqual(self.read(text), [(slug, False)])

    def assert_hinted(self, text, hint):
        with self.assertRaises(ValidationError) as raised:
            self.read(text)
        self.assertIn(hint, " ".join(raised.exception.messages))

    def test_a_formula_of_the_same_atoms_is_offered_but_not_taken(self):
        create_precursor("TTIP", formula="Ti(OiPr)4", source=self.source)
        # It may be the propoxide.
        self.assert_hinted("Ti(OC3H7)4 + EG", "Did you mean TTIP? Or add it under")

    def test_a_digit_that_looks_like_a_letter_is_weighed(self):
        for acronym in ("H2O", "H2S", "TiCl4", "TiF4"):
            create_precursor(acronym, source=self.source)
        for typed, meant in [
            ("H20", "H2O"),
            ("C02", "CO2"),
            ("TiC14", "TiCl4"),
            ("TiCI4", "TiCl4"),
            ("02", "O2"),
        ]:
            with self.subTest(typed):
                self.assert_hinted(typed, f"Did you mean {meant}? Or add it under")

    def test_a_star_is_a_plasma_or_is_refused(self):
        for text in ("O2*", "*O2", "O₂ *", "O2 plasma*", "oxygen*", "O2∗"):
            with self.subTest(text):
                self.assertEqual(self.read(text), [("o2-plasma", False)])
        self.assertEqual(
            self.read("LiOtBu + (O2*)"), [("liotbu", False), ("o2-plasma", True)]
        )
        self.assert_hinted("CO2*", "means a plasma, and none of CO2 is recorded")

    def test_signs_that_show_nothing_and_wide_ones_change_no_name(self):
        for text in ("L\u200bi\u00adOtBu + EG", "\ufeffLiOtBu ＋ EG"):
            with self.subTest(text):
                self.assertEqual(self.read(text), [("liotbu", False), ("eg", False)])

    def test_a_sign_that_folding_drops_changes_no_meaning(self):
        for text in ("O2′", "O2'", "O2•", "O2·", "O2-", "E/G", "EG?", "O2**"):
            with self.subTest(text):
                self.assert_hinted(text, "under Precursors")

    def test_a_formula_of_two_precursors_names_neither(self):
        create_precursor("GL1", formula="C2H6O2", name="another", source=self.source)
        self.assert_hinted("C2H6O2", "may be EG (ethylene glycol) or GL1 (another)")

    def test_the_formula_of_a_plasma_is_not_its_name(self):
        create_precursor(
            "N2 plasma",
            slug="n2-plasma",
            formula="N2",
            precursor_class="plasma",
            source=self.source,
        )
        self.assert_hinted("N2", "No precursor is called “N2”.")

    def test_what_no_cycle_can_be_is_refused(self):
        self.assert_hinted("EG + EG", "EG is fed twice in a row")
        self.assert_hinted("EG + (ethylene glycol) + O2", "EG is fed twice in a row")
        self.assert_hinted("(EG) + (O2)", "All steps are optional")
        self.assert_hinted("EG ++ O2", "A step is empty")
        self.assertEqual(len(self.read("O2 + EG + O2 + LiOtBu")), 4)

    def test_an_acronym_wins_over_the_same_formula(self):
        self.assertEqual(self.read("O2"), [("o2", False)])

    def test_an_unknown_precursor_is_named_with_the_nearest(self):
        with self.assertRaisesMessage(
            ValidationError, "No precursor is called “LiOtBo”. Did you mean LiOtBu?"
        ):
            self.read("LiOtBo + EG")

    def test_a_missing_step_is_refused(self):
        for text in ("", "LiOtBu +", "LiOtBu + () + EG"):
            with self.subTest(text), self.assertRaises(ValidationError):
                self.read(text)

    def test_setting_steps_replaces_them_or_leaves_all_as_it_was(self):
        process = create_process(source=self.source)
        set_steps(process, "LiOtBu + EG + (CO2)")
        with self.assertRaises(ValidationError):
            set_steps(process, "LiOtBu + XX")
        self.assertEqual(process.chemistry, "LiOtBu + EG + (CO2)")
        set_steps(process, "LiOtBu + EG")
        self.assertEqual(process.chemistry, "LiOtBu + EG")

    def test_a_process_with_the_very_same_steps_is_found(self):
        material = create_material("Li–EG", source=self.source)
        wanted = (material, "ald_mld", "LiOtBu + EG", self.source, "Table 4")
        process, created = get_or_create_process(*wanted)
        self.assertTrue(created)
        self.assertEqual(process.slug, "li-eg-ald-mld-liotbu-eg")
        self.assertEqual(get_or_create_process(*wanted), (process, False))

    def test_an_optional_step_or_another_order_makes_another_process(self):
        material = create_material("Li–EG", source=self.source)
        slugs = [
            get_or_create_process(material, "ald_mld", text, self.source, "p. 1")[
                0
            ].slug
            for text in ("LiOtBu + EG + CO2", "LiOtBu + EG + (CO2)", "EG + LiOtBu")
        ]
        self.assertEqual(
            slugs,
            [
                "li-eg-ald-mld-liotbu-eg-co2",
                "li-eg-ald-mld-liotbu-eg-co2-2",
                "li-eg-ald-mld-eg-liotbu",
            ],
        )

    def test_nothing_is_created_for_an_unknown_precursor(self):
        material = create_material(source=self.source)
        with self.assertRaises(ValidationError):
            get_or_create_process(material, "ald", "LiOtBu + XX", self.source, "p. 1")
        self.assertFalse(DepositionProcess.objects.exists())
