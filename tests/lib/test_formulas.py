from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from asei_db.lib.formulas import (
    FormulaError,
    elements,
    text_to_html,
    to_html,
    to_text,
)

ELEMENTS = {
    "Al2O3": "Al O",
    "TiO₂": "Ti O",
    "PO(OMe)3": "P O C H",
    "LiOtBu": "Li O C H",
    "LiN(SiMe3)2": "Li N Si C H",
    "Ti(OiPr)4": "Ti O C H",
    "P(NMe2)3": "P N C H",
    "PO(NH2)(OEt)2": "P O N H C",
    "ZnEt2": "Zn C H",
    "Si(NHsBu)H3": "Si N H C",
    "Cu(hfac)2": "Cu C H F O",
    "Li10GeP2S12": "Li Ge P S",
    "LiMn1.5Ni0.5O4": "Li Mn Ni O",
    "P2-Na2/3Ni1/3Mn2/3O2": "Na Ni Mn O",
    "Li3BO3–Li2CO3": "Li B O C",
    "LiOH·H2O": "Li O H",
    "N2/H2": "N H",
    "[NH4]2SO4": "N H S O",
    "LiPON": "Li P O N",
}

NO_FORMULAS = {
    "Li–HQ": "give the elements explicitly",
    "Li–VC": "give the elements explicitly",
    "Al–EG": "give the elements explicitly",
    "TMA": "give the elements explicitly",
    "NMC811": "give the elements explicitly",
    "D2O": "give the elements explicitly",
    "O2 plasma": "give the elements explicitly",
    "LiPxOyNz": "counts that are not numbers",
    "Ti3C2Tx": "counts that are not numbers",
    "Li1+xAlxTi2−x(PO4)3": "counts that are not numbers",
    "Al(OH": "not a plain chemical formula",
    "Al)": "not a plain chemical formula",
    "Al()": "not a plain chemical formula",
    "Si(100)": "not a plain chemical formula",
    "": "Nothing was given",
    "Al" * 101: "at most 200",
}

HTML = {
    "Al2O3": "Al<sub>2</sub>O<sub>3</sub>",
    "TiO₂": "TiO<sub>2</sub>",
    "LiOtBu": "LiO<sup>t</sup>Bu",
    "Ti(OiPr)4": "Ti(O<sup>i</sup>Pr)<sub>4</sub>",
    "LiPxOyNz": "LiP<sub>x</sub>O<sub>y</sub>N<sub>z</sub>",
    "Ti3C2Tx": "Ti<sub>3</sub>C<sub>2</sub>T<sub>x</sub>",
    "LiNi1–x–yMnxCoyO2": (
        "LiNi<sub>1−x−y</sub>Mn<sub>x</sub>Co<sub>y</sub>O<sub>2</sub>"
    ),
    "LiMn1.5Ni0.5O4": "LiMn<sub>1.5</sub>Ni<sub>0.5</sub>O<sub>4</sub>",
    "Li–HQ": "Li–HQ",
    "Li2O–Li–HQ": "Li<sub>2</sub>O–Li–HQ",
    "Li3BO3–Li2CO3": "Li<sub>3</sub>BO<sub>3</sub>–Li<sub>2</sub>CO<sub>3</sub>",
    "N2/H2": "N<sub>2</sub>/H<sub>2</sub>",
    "O2 plasma": "O<sub>2</sub> plasma",
    "P2-Na0.5MnO2": "P2-Na<sub>0.5</sub>MnO<sub>2</sub>",
    "NMC811": "NMC811",
    "<b>LiF</b>": "&lt;b&gt;LiF&lt;/b&gt;",
    'H2O"><i>': "H2O&quot;&gt;&lt;i&gt;",
}

PROSE = {
    "Si3N4-passivated Si(100)": "Si<sub>3</sub>N<sub>4</sub>-passivated Si(100)",
    "calcined Ni(OH)2 + LiOH": "calcined Ni(OH)<sub>2</sub> + LiOH",
    "NH3 plasma (N2/H2).": ("NH<sub>3</sub> plasma (N<sub>2</sub>/H<sub>2</sub>)."),
    "LiOtBu and H2O": "LiO<sup>t</sup>Bu and H<sub>2</sub>O",
    "“Ti2O3-coated”": "“Ti<sub>2</sub>O<sub>3</sub>-coated”",
    "1 M LiPF6 in EC:DEC": "1 M LiPF<sub>6</sub> in EC:DEC",
    "O2 on O3-NaMnO2": "O<sub>2</sub> on O3-NaMnO<sub>2</sub>",
    "a < b & c": "a &lt; b &amp; c",
}

LEFT_ALONE = (
    "Fig. 7d",
    "4C",
    "Table 3",
    "Table S2",
    "NMC811",
    "C-rate",
    "CR2032",
    "LP30",
    "SOC80",
    "R-3m, P21/c, C2/m",
    "P2 stacking",
    "In 2015, Li and Son",
    "Si(100)",
)


class ElementTests(SimpleTestCase):
    def test_elements_of_real_formulas(self):
        for formula, symbols in ELEMENTS.items():
            with self.subTest(formula):
                self.assertEqual(elements(formula), symbols.split())

    def test_what_is_no_real_formula_is_refused_with_the_reason(self):
        for text, reason in NO_FORMULAS.items():
            with self.subTest(text), self.assertRaisesMessage(FormulaError, reason):
                elements(text)

    @given(
        st.lists(
            st.sampled_from(
                ["Li", "C", "O", "tBu", "Me", "0.5", "1/3", *"T()[]02xn.-–/·+& "]
            )
        ).map("".join)
    )
    def test_any_text_has_elements_or_is_refused(self, text):
        try:
            symbols = elements(text)
        except FormulaError:
            return
        self.assertLessEqual(set(symbols), {"Li", "C", "O", "H"})


class PrintTests(SimpleTestCase):
    def test_formulas_have_true_subscripts(self):
        for formula, html in HTML.items():
            with self.subTest(formula):
                self.assertEqual(to_html(formula), html)

    def test_titles_have_unicode_subscripts(self):
        self.assertEqual(to_text("LiPxO4"), "LiPₓO₄")
        self.assertEqual(to_text("LiOtBu <x>"), "LiOᵗBu <x>")

    def test_prose_has_subscripts_where_a_word_is_surely_a_formula(self):
        for prose, html in PROSE.items():
            with self.subTest(prose):
                self.assertEqual(text_to_html(prose), html)
        for prose in LEFT_ALONE:
            with self.subTest(prose):
                self.assertEqual(text_to_html(prose), prose)

    @given(st.text())
    def test_markup_is_always_escaped(self, text):
        for print_ in (to_html, text_to_html):
            html = print_(f"{text}<script>{text}&")
            self.assertNotIn("<script", html)
            self.assertIn("&lt;script&gt;", html)
