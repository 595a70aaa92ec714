"""Which elements a formula has, and what is refused."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from asei_db.lib.formulas import FormulaError, elements
from tests.lib.formulas.texts import any_text, formula_like

ELEMENTS = {
    "Al2O3": "Al O",
    "TiO₂": "Ti O",
    "PO(OMe)3": "P O C H",
    "LiOtBu": "Li O C H",
    "LiN(SiMe3)2": "Li N Si C H",
    "P(NMe2)3": "P N C H",
    "PO(NH2)(OEt)2": "P O N H C",
    "ZnEt2": "Zn C H",
    "Si(NHsBu)H3": "Si N H C",
    "Cu(hfac)2": "Cu C H F O",
    "Li10GeP2S12": "Li Ge P S",
    "LiMn1.5Ni0.5O4": "Li Mn Ni O",
    "[NH4]2SO4": "N H S O",
    "((((((((Al))))))))": "Al",
    "LiPON": "Li P O N",
    "BP": "B P",
    "Og": "Og",
    "Cn": "Cn",
    "Li0.0CoO2": "Co O",
    # composites, whatever joins them
    "Li3BO3–Li2CO3": "Li B O C",
    "LiOH·H2O": "Li O H",
    "N2/H2": "N H",
    "Al2O3/ZnO": "Al O Zn",
    "ZnO:Al": "Zn O Al",
    "Al2O3@LiCoO2": "Al O Li Co",
    "MgSO4∙7H2O": "Mg S O H",
    "MgSO4●7H2O": "Mg S O H",
    "MgSO4◦7H2O": "Mg S O H",
    "MgSO4ꞏ7H2O": "Mg S O H",
    "MgSO4⸱7H2O": "Mg S O H",
    "33.3Li2O·66.7B2O3": "Li O B",
    "LiOH・H2O": "Li O H",
    "CuSO4*5H2O": "Cu S O H",
    "CuSO4 x 5 H2O": "Cu S O H",
    "LiF/CO": "Li F C O",
    "LiF; HF": "Li F H",
    # coefficients
    "0.7Li2S·0.3P2S5": "Li S P",
    "0.7 Li2S·0.3 P2S5": "Li S P",
    "0.5Li2O-0.5P2O5": "Li O P",
    "(1-x)Li2S-xP2S5": "Li S P",
    "CaSO4·½H2O": "Ca S O H",
    "V2O5·nH2O": "V O H",
    "BH3·THF": "B H C O",
    "TiCl4·2THF": "Ti Cl C H O",
    # a full stop for the dot
    "CaCl2.2H2O": "Ca Cl H O",
    "CaSO4.0.5H2O": "Ca S O H",
    "CaSO4.1/2H2O": "Ca S O H",
    "V2O5.nH2O": "V O H",
    "Li2S.3P2S5": "Li S P",
    "Na2S.9H2O": "Na S H O",
    "Li2O.2B2O3": "Li O B",
    "LiMn1.5Ni0.5O3.9": "Li Mn Ni O",
    # variables
    "LiPxOyNz": "Li P O N",
    "Li1+xAlxTi2−x(PO4)3": "Li Al Ti P O",
    "Li₁₊ₓAlₓTi₂₋ₓ(PO₄)₃": "Li Al Ti P O",
    "La0.6Sr0.4CoO3−δ": "La Sr Co O",
    "YBa2Cu3O7-d": "Y Ba Cu O",
    "P2-Na2/3Ni1/3Mn2/3O2": "Na Ni Mn O",
    "CnH2n+2": "C H",
    "Li₂Sₙ": "Li S",
    "Li2Sn": "Li Sn",
    "Siₓ": "Si",
    # ions
    "SO42−": "S O",
    "[Cr(H2O)6]3+": "Cr H O",
    "TFSI−": "C F N O S",
    "Ti(IV)": "Ti",
    "Cu(I)Cl": "Cu Cl",
    # groups and ligands
    "Ti(O-iPr)4": "Ti O C H",
    "Ti(OPri)4": "Ti O C H",
    "LiO-t-Bu": "Li O C H",
    "Al(OsBu)3": "Al O C H",
    "HNiPr2": "H N C",
    "Zr(OPr)4": "Zr O C H",
    "PrO2": "Pr O",
    "Cp*TiCl3": "C H Ti Cl",
    "Co(iPr-amd)2": "Co C H N",
    "Zn(hfac)2(TMEDA)": "Zn C H F O N",
    "Ru(py)2": "Ru C H N",
    "LiFSI": "Li F N O S",
    "LiBOB": "Li B C O",
    # phases
    "γ-Al2O3": "Al O",
    "2H-MoS2": "Mo S",
    "LiF/h-BN": "Li F B N",
    # amidinates in capitals, and an imide with its double bond
    "La(iPrAMD)3": "La C H N",
    "Co(tBu2AMD)2": "Co C H N",
    "La(i-PrFMD)3": "La C H N",
    "tBuN=Ta(NEt2)3": "C H N Ta",
    # elements that share a place
    "(Ba,Sr)TiO3": "Ba Sr Ti O",
    "Li(Ni,Mn,Co)O2": "Li Ni Mn Co O",
    # zeros that are digits
    "C60": "C",
    "C20H20": "C H",
    "C10H202": "C H",
    "Li20Si5": "Li Si",
    "Si106O384": "Si O",
    # what is pasted along
    "Al2\u200bO3": "Al O",
    "\ufeffAl2O3": "Al O",
    "Al2O3.": "Al O",
    "Al2O3;": "Al O",
    "Ａｌ２Ｏ３": "Al O",
}

NO_FORMULAS = {
    "Li–HQ": "give the elements explicitly",
    "Li–VC": "give the elements explicitly",
    "Al–THF": "give the elements explicitly",
    "Al·VC": "give the elements explicitly",
    "Al–EG": "give the elements explicitly",
    "TMA": "give the elements explicitly",
    "NMC811": "give the elements explicitly",
    "Al2O3@NMC811": "give the elements explicitly",
    "D2O": "give the elements explicitly",
    "O2 plasma": "give the elements explicitly",
    "O2*": "give the elements explicitly",
    "Al2O3-": "give the elements explicitly",
    "@Al2O3": "give the elements explicitly",
    # letters that are no element
    "Ti3C2Tx": "has T, which is no element",
    "LiMxO2": "has M, which is no element",
    "Li2MSiO4": "has M, which is no element",
    "RBr": "give the elements explicitly",
    "Al(OR)3": "has (OR), which is no element",
    "Hf(xyz)4": "has (xyz), which is no element",
    # words, rates and temperatures
    "Tin": "give the elements explicitly",
    "Copy": "give the elements explicitly",
    "thd": "give the elements explicitly",
    "I41/amd": "give the elements explicitly",
    "4C": "give the elements explicitly",
    "300 K": "give the elements explicitly",
    # brackets
    "Al(OH": "not a plain chemical formula",
    "Al)": "not a plain chemical formula",
    "Al()": "not a plain chemical formula",
    "Si(100)": "not a plain chemical formula",
    "(" * 9 + "Al" + ")" * 9: "not a plain chemical formula",
    # the letter O as a zero, and zero as the letter O
    "Li3P04": "“Li3P04”: the count is 04; is the 0 an O?",
    "Al203": "the count is 203; is the 0 an O?",
    "LiMn204": "the count is 204; is the 0 an O?",
    "Li4Ti5012": "is the 0 an O?",
    "Al203@LiCoO2": "is the 0 an O?",
    "H20": "the count is 20; is the 0 an O?",
    "Li20": "is the 0 an O?",
    "CaSO4·2H20": "is the 0 an O?",
    "CaCl2.2H20": "the count is 20; is the 0 an O?",
    "LiC002": "is the 0 an O?",
    "(Ba0.6Sr04)TiO3": "is the 0 an O?",
    "02H2O": "is the 0 an O?",
    "Li0CoO2": "is the 0 an O?",
    "Li₀₄O": "is the 0 an O?",
    "LiO.5CoO2": "not a plain chemical formula",
    # a full stop with two meanings
    "Al2O3.2SiO2": "with a dot, Al2O3·2SiO2, or with a decimal point, Al2O3.2SiO2",
    "CaO1.5H2O": "with a dot, CaO1·5H2O, or with a decimal point, CaO1.5H2O",
    "": "Nothing was given",
    " \u200b": "Nothing was given",
    "Al" * 101: "at most 200",
}


class ElementTests(SimpleTestCase):
    def test_elements_of_real_formulas(self):
        for formula, symbols in ELEMENTS.items():
            with self.subTest(formula):
                self.assertEqual(elements(formula), symbols.split())

    def test_what_is_no_real_formula_is_refused_with_the_reason(self):
        for text, reason in NO_FORMULAS.items():
            with self.subTest(text), self.assertRaisesMessage(FormulaError, reason):
                elements(text)

    def test_a_refusal_names_what_was_typed(self):
        for text in ("Li–HQ", "Li₃P0₄", "Ti₃C₂Tₓ", "Al)", "4C"):
            with self.subTest(text), self.assertRaisesMessage(FormulaError, text):
                elements(text)

    def test_200_characters_are_a_formula(self):
        self.assertEqual(elements("Al" * 100), ["Al"])

    @given(st.one_of(formula_like(), any_text()))
    def test_any_text_has_elements_or_is_refused(self, text):
        try:
            symbols = elements(text)
        except FormulaError:
            return
        self.assertTrue(all(symbol.isalpha() for symbol in symbols))
