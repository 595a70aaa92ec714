"""How formulas look in names and in prose."""

import html as markup
import re
import unicodedata

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from asei_db.lib.formulas import (
    text_to_html,
    text_to_latex,
    to_html,
    to_latex,
    to_text,
)
from tests.lib.formulas.texts import any_text, formula_like

#: `_` and `^` with the sign or the bracket behind them stand for sub and sup.
NAMES = {
    "Al2O3": "Al_2O_3",
    "TiO₂": "TiO_2",
    "LiOtBu": "LiO^tBu",
    "LiPxOyNz": "LiP_xO_yN_z",
    "Ti3C2Tx": "Ti_3C_2T_x",
    "LiNi1–x–yMnxCoyO2": "LiNi_{1−x−y}Mn_xCo_yO_2",
    "LiMn1.5Ni0.5O4": "LiMn_{1.5}Ni_{0.5}O_4",
    "Li–HQ": "Li–HQ",
    "Li2O–Li–HQ": "Li_2O–Li–HQ",
    "Li3BO3–Li2CO3": "Li_3BO_3–Li_2CO_3",
    "N2/H2": "N_2/H_2",
    "O2 plasma": "O_2 plasma",
    "P2-Na0.5MnO2": "P2-Na_{0.5}MnO_2",
    "P2-NaxCoO2": "P2-Na_xCoO_2",
    "NMC811": "NMC811",
    "xLi2MnO3·(1−x)LiMO2": "xLi_2MnO_3·(1−x)LiMO_2",
    "tBuN=Ta(NEt2)3": "^tBuN=Ta(NEt_2)_3",
    "La(iPrAMD)3": "La(^iPrAMD)_3",
    "LiNi1-xMxO2": "LiNi_{1−x}M_xO_2",
    "Li2MSiO4": "Li_2MSiO_4",
    "(Ba,Sr)TiO3": "(Ba,Sr)TiO_3",
    "(La,Sr)(Co,Fe)O3": "(La,Sr)(Co,Fe)O_3",
    "TiO2,ZrO2": "TiO_2,ZrO_2",
    "Al203": "Al203",
    "Si(100)": "Si(100)",
    "Li3P04": "Li3P04",
    "Al2\u200bO3": "Al_2O_3",
    "Ａｌ２Ｏ３": "Ａｌ_2Ｏ_3",
    # Unicode's subscripts
    "Li₁₊ₓAlₓTi₂₋ₓ(PO₄)₃": "Li_{1+x}Al_xTi_{2−x}(PO_4)_3",
    "LiNi₀.₈Mn₀.₁Co₀.₁O₂": "LiNi_{0.8}Mn_{0.1}Co_{0.1}O_2",
    "CoO₃₋δ": "CoO_{3−δ}",
    "LiNi₁₋ₓ₋yO₂": "LiNi_{1−x−y}O_2",
    "CₙH₂ₙ₊₂": "C_nH_{2n+2}",
    "(C₂H₄O)ₙ": "(C_2H_4O)_n",
    "Na₂⁄₃MnO₂": "Na_{2/3}MnO_2",
    "WO₃₋ᵧ": "WO_{3−γ}",
    "Li₂Sₙ": "Li_2S_n",
    "Fooₓ": "Fooₓ",
    # charges
    "SO42−": "SO_4^{2−}",
    "SO42-": "SO_4^{2−}",
    "SO₄²⁻": "SO_4^{2−}",
    "SO₄2−": "SO_4^{2−}",
    "SO4²−": "SO_4^{2−}",
    "SO4^2-": "SO_4^{2−}",
    "SO4^{2−}": "SO_4^{2−}",
    "SO4(2-)": "SO_4^{2−}",
    "Mg2+": "Mg^{2+}",
    "Mg2⁺": "Mg^{2+}",
    "Li(+)": "Li^+",
    "NO3−": "NO_3^−",
    "PF6-": "PF_6^−",
    "[PF6]-": "[PF_6]^−",
    "TFSI−": "TFSI^−",
    "FSI−": "FSI^−",
    "[Ni(NH3)6]2+": "[Ni(NH_3)_6]^{2+}",
    "[Fe(CN)6]4-": "[Fe(CN)_6]^{4−}",
    "Fe(CN)63−": "Fe(CN)_6^{3−}",
    "Al(OH)4−": "Al(OH)_4^−",
    "Hg22+": "Hg_2^{2+}",
    "B12H122−": "B_{12}H_{12}^{2−}",
    "Li7P3S11−": "Li_7P_3S_{11}^−",
    "I3−": "I_3^−",
    "I5+": "I^{5+}",
    "Li4Ti5O12−": "Li_4Ti_5O_{12}^−",
    "Ti(IV)Cl4": "Ti(IV)Cl_4",
    "C60−": "C_{60}^−",
    "Ca2O35- y": "Ca_2O_{35}- y",
    "Ca2O93- y": "Ca_2O_{93}- y",
    "x [ZnCl4]2- y": "x [ZnCl_4]^{2−} y",
    "O2- y": "O_2- y",
    "O2−": "O^{2−}",
    "O2-": "O^{2−}",
    "N2+": "N_2^+",
    "Fe3+/Fe2+": "Fe^{3+}/Fe^{2+}",
    "[Fe(CN)6]3−/4−": "[Fe(CN)_6]^{3−/4−}",
    "Ni3+/4+": "Ni^{3+/4+}",
    "Zn2+/H+": "Zn^{2+}/H^+",
    "Al3+-doped": "Al^{3+}-doped",
    "Ca+2": "Ca+2",
    "SiO2-": "SiO_2-",
    "LiOtBu+ H2O": "LiO^tBu+ H_2O",
    # coefficients and joints
    "CaSO4·2H2O": "CaSO_4·2H_2O",
    "CaSO4·½H2O": "CaSO_4·½H_2O",
    "0.7Li2S·0.3P2S5": "0.7Li_2S·0.3P_2S_5",
    "(1−x)Li3PS4-xLiI": "(1−x)Li_3PS_4-xLiI",
    "xLi2S-(100-x)P2S5": "xLi_2S-(100-x)P_2S_5",
    "V2O5·nH2O": "V_2O_5·nH_2O",
    "MgSO4∙7H2O": "MgSO_4∙7H_2O",
    "LiCoO2@Al2O3/ZnO": "LiCoO_2@Al_2O_3/ZnO",
    "Ge@G@TiO2": "Ge@G@TiO_2",
    "Al2O3/2 nm": "Al_2O_3/2 nm",
    "CaCl2.2H2O": "CaCl_2.2H_2O",
    "CaCl2.2 H2O": "CaCl_2.2 H_2O",
    "33.3Li2O·66.7B2O3": "33.3Li_2O·66.7B_2O_3",
    "2.2 H2O": "2.2 H_2O",
    "Ce(NO3)3.6H2O": "Ce(NO_3)_3.6H_2O",
    "LiMn1.5Ni0.5O3.9": "LiMn_{1.5}Ni_{0.5}O_{3.9}",
    "Li2.0SiO2.9": "Li_{2.0}SiO_{2.9}",
    "CaO1.5H2O": "CaO1.5H2O",
    # ligands and groups
    "Hf(mmp)4": "Hf(mmp)_4",
    "Hf(some-thing)4": "Hf(some-thing)_4",
    "Zr(Cp)(tBuDAD)(OiPr)": "Zr(Cp)(tBuDAD)(O^iPr)",
    "(mmp)4": "(mmp)4",
    "Ti(OiPr)4": "Ti(O^iPr)_4",
    "Ti(O-iPr)4": "Ti(O-^iPr)_4",
    "Ti(OPri)4": "Ti(OPr^i)_4",
    "Ti(OPrⁱ)4": "Ti(OPr^i)_4",
    "Ti(O^iPr)4": "Ti(O^iPr)_4",
    "LiO-t-Bu": "LiO-t-Bu",
    "Al(OsBu)3": "Al(O^sBu)_3",
    "Cp*Ti(OMe)3": "Cp*Ti(OMe)_3",
    "Al_2O_3": "Al_2O_3",
    # names and words are none
    "Lin, X.": "Lin, X.",
    "On the conformality": "On the conformality",
    "10.1016/S0040-6090(03)00533-9": "10.1016/S0040-6090(03)00533-9",
    "Zr(NMe2)4q": "Zr(NMe2)4q",
    "CaSO4·1½H2O": "CaSO_4·1½H2O",
    "㎅2": "㎅2",
    "<b>LiF</b>": "&lt;b&gt;LiF&lt;/b&gt;",
    'H2O"><i>': "H2O&quot;&gt;&lt;i&gt;",
}

PROSE = {
    "Si3N4-passivated Si(100)": "Si_3N_4-passivated Si(100)",
    "calcined Ni(OH)2 + LiOH": "calcined Ni(OH)_2 + LiOH",
    "NH3 plasma (N2/H2).": "NH_3 plasma (N_2/H_2).",
    "LiOtBu and H2O": "LiO^tBu and H_2O",
    "“Ti2O3-coated”": "“Ti_2O_3-coated”",
    "1 M LiPF6 in EC:DEC": "1 M LiPF_6 in EC:DEC",
    "O2 on O3-NaMnO2": "O_2 on O3-NaMnO_2",
    "2H-MoS2 and γ-Al2O3": "2H-MoS_2 and γ-Al_2O_3",
    "a < b & c": "a &lt; b &amp; c",
    "The effect of SO42− ions": "The effect of SO_4^{2−} ions",
    "Why PO43− and PO43- matter": "Why PO_4^{3−} and PO_4^{3−} matter",
    "TiO2- and Al2O3-coated": "TiO_2- and Al_2O_3-coated",
    "NO3-based, NO3− and NO3-": "NO_3-based, NO_3^− and NO_3^−",
    "4.3 V vs. Li/Li+.": "4.3 V vs. Li/Li^+.",
    "Li+ conduction by V5+ or H+": "Li^+ conduction by V^{5+} or H^+",
    "OH− and I−, F− and S2−": "OH^− and I^−, F^− and S^{2−}",
    "C60− and W6+, Y3+, U4+ or K+": "C_{60}^− and W^{6+}, Y^{3+}, U^{4+} or K^+",
    "Al(OR)3": "Al(OR)_3",
    "a film of LiPxOyNz": "a film of LiP_xO_yN_z",
    "NH4+ and H3O+ and B⁺": "NH_4^+ and H_3O^+ and B^+",
    "C₆₀ and O₂": "C_{60} and O_2",
    "Core-shell TiO2@Fe2O3": "Core-shell TiO_2@Fe_2O_3",
    "0.7Li2S·0.3P2S5 glass": "0.7Li_2S·0.3P_2S_5 glass",
    "Al2O3's growth": "Al_2O_3&#x27;s growth",
    "Hf(mmp)4 with O3": "Hf(mmp)_4 with O_3",
    "mixed (Ni,Co)3O4 (TiO2,ZrO2)": "mixed (Ni,Co)_3O_4 (TiO_2,ZrO_2)",
    "O3-type NaMnO2, P2/O3 and O3/P2 stackings": "O3-type NaMnO_2, P2/O3 and O3/P2 "
    "stackings",
    "TiO2(110) and Al2O3(0001)": "TiO_2(110) and Al_2O_3(0001)",
    "Li‖LiCoO2 and LiFePO4∥Li": "Li‖LiCoO_2 and LiFePO_4∥Li",
    "LiMO2 (M = Ni, Co)": "LiMO_2 (M = Ni, Co)",
    "Al2O3.The next": "Al_2O_3.The next",
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
    "SOC80, SOC50",
    "four of (mmp)4",
    "R-3m, P21/c, C2/m, I41/amd, P6_3/mmc",
    "P2 stacking",
    "In 2015, Li and Son",
    "Si(100)",
    "Sample P04 cycled at 1C",
    "C++, grade B+, C2+ products, N2+ and CD4+ cells",
    "P2VP, P4VP, B2B, H1N1",
    "Tin, Six, Box-type, Cox, New",
    "Al(L)3, NO+, CO+",
    "10⁻⁸ S cm⁻¹, 5 cm²",
    "⁷Li NMR",
    "می‌خواهم 👩‍🔬",
)


def marked(notation):
    """HTML of what `NAMES` and `PROSE` write."""
    for sign, tag in (("_", "sub"), ("^", "sup")):
        notation = re.sub(
            rf"\{sign}(?:\{{([^}}]*)\}}|(.))",
            lambda found, tag=tag: f"<{tag}>{found[1] or found[2]}</{tag}>",
            notation,
        )
    return notation


def visible_signs(text):
    """Letters and digits, wherever they stand."""
    return [c for c in unicodedata.normalize("NFKC", text) if c.isalnum()]


class PrintTests(SimpleTestCase):
    def test_formulas_have_true_subscripts_and_charges(self):
        for formula, right in NAMES.items():
            with self.subTest(formula):
                self.assertEqual(to_html(formula), marked(right))

    def test_titles_have_unicode_subscripts(self):
        for formula, text in {
            "LiPxO4": "LiPₓO₄",
            "LiOtBu <x>": "LiOᵗBu <x>",
            "SO42−": "SO₄²⁻",
            "Li1-xCoO2": "Li₁₋ₓCoO₂",
            "Li+": "Li⁺",
        }.items():
            with self.subTest(formula):
                self.assertEqual(to_text(formula), text)

    def test_latex_has_true_subscripts_and_charges(self):
        for formula, text in {
            "SO42−": r"SO\textsubscript{4}\textsuperscript{2--}",
            "LiOtBu & <": r"LiO\textsuperscript{t}Bu \& \textless{}",
            "O3−δ": r"O\textsubscript{3--$\delta$}",
        }.items():
            with self.subTest(formula):
                self.assertEqual(to_latex(formula), text)
        self.assertEqual(text_to_latex("4C & TiO2_"), r"4C \& TiO2\_")
        self.assertEqual(text_to_latex("C60 & TiO2"), r"C60 \& TiO\textsubscript{2}")

    def test_prose_has_subscripts_where_a_word_is_surely_a_formula(self):
        for prose, right in PROSE.items():
            with self.subTest(prose):
                self.assertEqual(text_to_html(prose), marked(right))
        for prose in LEFT_ALONE:
            with self.subTest(prose):
                self.assertEqual(text_to_html(prose), prose)

    @given(st.text())
    def test_markup_is_always_escaped(self, text):
        for print_ in (to_html, text_to_html):
            html = print_(f"{text}<script>{text}&")
            self.assertNotIn("<script", html)
            self.assertIn("&lt;script&gt;", html)

    @given(st.one_of(formula_like(), any_text()))
    def test_no_letter_or_digit_is_lost_or_added(self, text):
        for print_ in (to_html, text_to_html):
            html = print_(text)
            shown = markup.unescape(re.sub("</?su[bp]>", "", html))
            self.assertEqual(visible_signs(shown), visible_signs(text))
        self.assertEqual(visible_signs(to_text(text)), visible_signs(text))

    @given(st.one_of(formula_like(), any_text()))
    def test_latex_prints_any_text(self, text):
        for print_ in (to_latex, text_to_latex):
            latex = print_(text)
            self.assertEqual(latex.count("{"), latex.count("}"))

    def test_long_rows_of_one_sign_are_printed_as_typed(self):
        for sign in ["(", "[", "^", "_", ".", "½", "1", "x", "O", "(O", "1.", "-"]:
            with self.subTest(sign):
                self.assertEqual(text_to_html(sign * 3000), sign * 3000)
