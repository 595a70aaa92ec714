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
        self.assertEqual(self.read("(B(OiPr)3)"), [("triisopropyl-borate", True)])

    def test_slug_acronym_formula_and_name_are_known_in_any_spelling(self):
        for text in ("aps", "c9h23no3si", "Ethylene-Glycol", "lioᵗbu", "o2-PLASMA"):
            with self.subTest(text):
                self.assertEqual(len(self.read(text)), 1)

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
