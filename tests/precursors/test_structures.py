"""Structures that follow from a SMILES, and how they are served."""

import re
from unittest import mock

from django.core.exceptions import ValidationError
from django.test import SimpleTestCase, TestCase

from precursors.models import Precursor
from precursors.structures import (
    StructureError,
    check_formula,
    draw,
    inchi_key,
    molecular_formula,
)
from tests.factories import create_precursor, create_study

TTIP = "CC(C)[O-].CC(C)[O-].CC(C)[O-].CC(C)[O-].[Ti+4]"
#: Known InChIKeys, from PubChem.
KEYS = {
    "C[Al](C)C": "JLTRXTDYQLMHGR-UHFFFAOYSA-N",
    "C(CO)O": "LYCAIKOWRPUZTN-UHFFFAOYSA-N",
    "[Cl-].[Cl-].[Cl-].[Cl-].[Ti+4]": "XJDNKRIXUMDJCW-UHFFFAOYSA-J",
    TTIP: "VXUYXOFXAQZZMF-UHFFFAOYSA-N",
}
#: Neutral aluminum and oxygen with one bond more than valence rules know.
ADDUCT = "C[Al](C)(C)O(C)C"
#: A SMILES for each formula.
AGREEING = {
    "Ti(OiPr)4": TTIP,
    "LiOtBu": "[Li+].CC(C)(C)[O-]",
    "LiO-t-Bu": "[Li+].CC(C)(C)[O-]",
    "Na": "[Na+]",
    "SO42−": "[O-]S(=O)(=O)[O-]",
    "Mg2+": "[Mg+2]",
    "CaCl2.2H2O": "O.O.[Ca+2].[Cl-].[Cl-]",
    "CaSO4·½H2O": "O.[Ca+2].[Ca+2]" + 2 * ".[O-]S(=O)(=O)[O-]",
    "Mg(EtCp)2": "CC[C-]1C=CC=C1.CC[C-]1C=CC=C1.[Mg+2]",
    "Mn(CpMe)2": "C[C-]1C=CC=C1.C[C-]1C=CC=C1.[Mn+2]",
    "Cp*Ti(OMe)3": "C[C-]1C(C)=C(C)C(C)=C1C" + 3 * ".C[O-]" + ".[Ti+4]",
}
NO_SMILES = ["", " ", "CCC(", "C1CC", "xx", "C\0C", "C C", "*", "C>>C", "O." * 150]
BACKGROUNDS = ["#ffffff", "#fbf8f2", "#14161a", "#191714"]


def contrast(one, other):
    """Contrast ratio of two colors by WCAG 2."""

    def luminance(color):
        channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


class DrawingTests(SimpleTestCase):
    def test_a_drawing_is_small_and_always_the_same(self):
        self.assertEqual(draw(TTIP), draw(TTIP))
        self.assertLess(len(draw(TTIP)), 4000)

    def test_a_drawing_holds_paths_and_nothing_that_could_act_or_load(self):
        for smiles in [*KEYS, ADDUCT, "c1ccccc1O", "C[C@H](N)O", "[Li+].CC(C)(C)[O-]"]:
            with self.subTest(smiles):
                svg = draw(smiles)
                self.assertEqual(set(re.findall(r"<([\w:]+)", svg)), {"svg", "path"})
                self.assertEqual(svg.count("://"), 1)  # the namespace
                self.assertNotIn("style", svg)
                names = set(re.findall(r'([\w-]+)="', svg))
                self.assertLessEqual(
                    names,
                    {"xmlns", "width", "height", "viewBox", "d", "fill", "stroke"}
                    | {"stroke-width", "stroke-dasharray"},
                )

    def test_every_color_is_seen_on_light_and_on_dark(self):
        every_color = "NC(O)C(F)C(Cl)C(Br)C(I)C[Si](C)(C)COP(=S)(OC)B(C)C"
        colors = set(re.findall(r"#[0-9a-f]{6}", draw(every_color)))
        self.assertGreaterEqual(len(colors), 8)
        for color in colors:
            for background in BACKGROUNDS:
                with self.subTest(f"{color} on {background}"):
                    self.assertGreaterEqual(contrast(color, background), 3)

    def test_ligands_are_bound_to_a_metal_that_is_written_as_an_ion(self):
        bound = draw("CC(C)O[Ti](OC(C)C)(OC(C)C)OC(C)C")
        widths = [re.search(r'width="(\d+)"', svg)[1] for svg in (draw(TTIP), bound)]
        self.assertEqual(*widths)

    def test_more_bonds_than_rules_know_are_drawn_as_written(self):
        self.assertIn("<path", draw(ADDUCT))
        self.assertEqual(molecular_formula(ADDUCT), "C5H15AlO")
        self.assertEqual(inchi_key(ADDUCT), "")

    def test_what_is_no_smiles_is_refused(self):
        for text in NO_SMILES:
            for derive in (draw, inchi_key, molecular_formula):
                with self.subTest(text=text), self.assertRaises(StructureError):
                    derive(text)

    def test_inchi_keys_are_those_of_the_databases(self):
        for smiles, key in KEYS.items():
            self.assertEqual(inchi_key(smiles), key)


class FormulaTests(SimpleTestCase):
    def test_a_formula_agrees_with_the_smiles_in_every_count(self):
        for formula, smiles in AGREEING.items():
            with self.subTest(formula):
                check_formula(smiles, formula)

    def test_what_differs_is_named(self):
        for formula, smiles, message in [
            (
                "Ti(OEt)4",
                TTIP,
                "C12H28O4Ti, not of Ti(OEt)4: it has 12 C instead of 8, 28 H instead "
                "of 20.",
            ),
            (
                "NH3",
                "O",
                "that of H2O, not of NH3: it has no N instead of 1, 2 H instead of 3, "
                "1 O instead of 0.",
            ),
            ("SO42−", "OS(=O)[O-]", "HO3S-, not of SO42−: it has 3 O instead of 4"),
            (
                "CaSO4·½H2O",
                "O",
                "has no Ca instead of 1, no S instead of 1, 1 O instead of 4.5",
            ),
            ("Mg(EtCp)2", "[Mg+2]", "Mg+2, not of Mg(EtCp)2: it has no C instead of"),
        ]:
            with (
                self.subTest(formula),
                self.assertRaisesMessage(StructureError, message),
            ):
                check_formula(smiles, formula)

    def test_elements_agree_where_atoms_cannot_be_counted(self):
        check_formula("O", "HxO", ["H", "O"])
        check_formula("O", "HxO")
        check_formula("O", "")
        check_formula("O", "water")
        for formula, symbols in [("HxN", ["N", "H"]), ("HxN", []), ("any", ["N", "H"])]:
            with (
                self.subTest(formula, symbols=symbols),
                self.assertRaisesMessage(
                    StructureError, "that of H2O, but the elements are H, N."
                ),
            ):
                check_formula("O", formula, symbols)


class PrecursorStructureTests(TestCase):
    def test_saving_a_smiles_gives_drawing_and_key(self):
        tma = create_precursor("TMA", smiles="C[Al](C)C", identifiers_source="a book")
        tma.refresh_from_db()
        self.assertEqual(tma.structure_svg, draw("C[Al](C)C"))
        self.assertEqual(tma.inchi_key, KEYS["C[Al](C)C"])
        tma.smiles = ""
        tma.save()
        self.assertEqual(tma.structure_svg, "")

    def test_without_the_libraries_that_draw_the_rest_is_kept(self):
        with mock.patch("precursors.structures._drawing", return_value=None):
            row = create_precursor(
                formula="C2H6O2", smiles="C(CO)O", identifiers_source="PubChem"
            )
        self.assertEqual(row.structure_svg, "")
        self.assertEqual(row.inchi_key, KEYS["C(CO)O"])
        page = self.client.get(row.get_absolute_url())
        self.assertNotContains(page, "structure.svg")

    def test_a_key_without_smiles_stays_as_typed(self):
        row = create_precursor(inchi_key=KEYS["C(CO)O"])
        self.assertEqual(row.inchi_key, KEYS["C(CO)O"])

    def test_a_wrong_smiles_is_told_at_its_field(self):
        for smiles, message in [
            ("C[Al](C)", "that of C2H6Al, not of AlMe3"),
            ("C[Al(", "is no SMILES"),
        ]:
            with self.subTest(smiles), self.assertRaises(ValidationError) as caught:
                create_precursor(
                    formula="AlMe3", smiles=smiles, identifiers_source="a book"
                )
            self.assertIn(message, caught.exception.message_dict["smiles"][0])


class StructureImageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.water = create_precursor("H2O", smiles="O", identifiers_source="a book")

    def test_the_image_is_an_svg_that_may_do_nothing(self):
        response = self.client.get("/precursors/h2o/structure.svg")
        self.assertEqual(response.headers["Content-Type"], "image/svg+xml")
        self.assertEqual(response.content.decode(), self.water.structure_svg)
        policy = response.headers["Content-Security-Policy"]
        self.assertEqual(set(policy.split("; ")), {"default-src 'none'", "sandbox"})
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")

    def test_its_own_address_is_kept_and_the_plain_one_asked_again(self):
        with self.assertNumQueries(1):  # the precursor
            kept = self.client.get(self.water.get_structure_url())
        self.assertIn("immutable", kept.headers["Cache-Control"])
        for query in ("", "?v=old"):
            asked = self.client.get(f"/precursors/h2o/structure.svg{query}")
            self.assertIn("no-cache", asked.headers["Cache-Control"])
        again = self.client.get(
            "/precursors/h2o/structure.svg",
            headers={"If-None-Match": asked.headers["ETag"]},
        )
        self.assertEqual((again.status_code, again.content), (304, b""))

    def test_there_is_no_image_of_a_draft_or_without_smiles(self):
        create_precursor("NONE")
        create_precursor(
            "DRAFT",
            smiles="N",
            identifiers_source="a book",
            source=create_study(status="draft"),
        )
        for slug in ("none", "draft", "missing"):
            response = self.client.get(f"/precursors/{slug}/structure.svg")
            self.assertEqual(response.status_code, 404)

    def test_the_page_shows_the_drawing_or_the_formula(self):
        page = self.client.get("/precursors/h2o/").content.decode()
        self.assertIn(self.water.get_structure_url(), page)
        create_precursor("LiF2", formula="LiF2")
        page = self.client.get("/precursors/lif2/")
        self.assertContains(page, "LiF<sub>2</sub>")
        self.assertNotContains(page, "structure.svg")
        self.assertEqual(Precursor.objects.get(slug="lif2").get_structure_url(), "")
