"""How many atoms of each element a molecule has."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from asei_db.lib.formulas import FormulaError, composition
from tests.lib.formulas.texts import any_text, formula_like

ATOMS = {
    "Ti(OiPr)4": {"Ti": 1, "O": 4, "C": 12, "H": 28},
    "[Al(CH3)3]2": {"Al": 2, "C": 6, "H": 18},
    "Na2/3MnO2": {"Na": 0.6667, "Mn": 1, "O": 2},
    "Na(2/3)MnO2": {"Na": 0.6667, "Mn": 1, "O": 2},
    "LiNi0.8O2": {"Li": 1, "Ni": 0.8, "O": 2},
    "Li₂O": {"Li": 2, "O": 1},
    "Li0.0CoO2": {"Co": 1, "O": 2},
    "SO42−": {"S": 1, "O": 4},
    # adducts
    "CaCl2.2H2O": {"Ca": 1, "Cl": 2, "H": 4, "O": 2},
    "CuSO4·5H2O": {"Cu": 1, "S": 1, "O": 9, "H": 10},
    "CaSO4·½H2O": {"Ca": 1, "S": 1, "O": 4.5, "H": 1},
    "CaSO4.1/2H2O": {"Ca": 1, "S": 1, "O": 4.5, "H": 1},
    "LiI.30H2O": {"Li": 1, "I": 1, "O": 30, "H": 60},
    "KAl(SO4)2.24H2O": {"K": 1, "Al": 1, "S": 2, "O": 32, "H": 48},
    "LiCl2.25H2O": {"Li": 1, "Cl": 2.25, "O": 1, "H": 2},
    "0.7Li2S·0.3P2S5": {"Li": 1.4, "S": 2.2, "P": 0.6},
    # ligands
    "Ga(thd)3": {"Ga": 1, "C": 33, "H": 57, "O": 6},
    "Hf(mmp)4": {"Hf": 1, "C": 20, "H": 44, "O": 8},
    "Cu(dmap)2": {"Cu": 1, "C": 10, "H": 24, "N": 2, "O": 2},
    "Pd(PtBu3)2": {"Pd": 1, "P": 2, "C": 24, "H": 54},
    "LiO-t-Bu": {"Li": 1, "O": 1, "C": 4, "H": 9},
    "Nb(OtAm)5": {"Nb": 1, "O": 5, "C": 25, "H": 55},
    "nBuLi": {"C": 4, "H": 9, "Li": 1},
    "LiTFSI": {"Li": 1, "C": 2, "F": 6, "N": 1, "O": 4, "S": 2},
    # a group on a ring takes the place of a hydrogen
    "MgCp2": {"Mg": 1, "C": 10, "H": 10},
    "Mg(EtCp)2": {"Mg": 1, "C": 14, "H": 18},
    "Mg(CpEt)2": {"Mg": 1, "C": 14, "H": 18},
    "Mg(Et-Cp)2": {"Mg": 1, "C": 14, "H": 18},
    "La(iPrCp)3": {"La": 1, "C": 24, "H": 33},
    "La(i-PrCp)3": {"La": 1, "C": 24, "H": 33},
    "Sr(iPr3Cp)2": {"Sr": 1, "C": 28, "H": 46},
    "Ba(Me5Cp)2": {"Ba": 1, "C": 20, "H": 30},
    "Cp*2Ba": {"Ba": 1, "C": 20, "H": 30},
    "Ti(CpMe5)(OMe)3": {"Ti": 1, "C": 13, "H": 24, "O": 3},
    "MeCpPtMe3": {"Pt": 1, "C": 9, "H": 16},
    "CpMePtMe3": {"Pt": 1, "C": 9, "H": 16},
    "HfCpMe(NMe2)3": {"Hf": 1, "C": 12, "H": 25, "N": 3},
    "ZrCpCp*Cl2": {"Zr": 1, "C": 15, "H": 20, "Cl": 2},
    "Zr(N-tBu)(S-iPr)2": {"Zr": 1, "N": 1, "S": 2, "C": 10, "H": 23},
    "Cp2HfMe2": {"Hf": 1, "C": 12, "H": 16},
    "LiEtCp": {"Li": 1, "C": 7, "H": 9},
}
UNKNOWN = {
    "Al2O3–ZnO": "not one molecule",
    "Al2O3@LiCoO2": "not one molecule",
    "TiO2–MeOH": "not one molecule",
    "Al–tBuOH": "not one molecule",
    "(Ba,Sr)TiO3": "“(Ba,Sr)TiO3” has a comma: how much is there of each?",
    "LiPxOyNz": "“LiPxOyNz” has counts that are not numbers",
    "CaSO4·1½H2O": "not a plain chemical formula",
    "V2O5·nH2O": "“V2O5·nH2O” has counts that are not numbers",
    "Co(iPr-amd)2": "atoms of amd",
    "Al(OR)3": "atoms of (OR)",
    "Ti3C2Tx": "atoms of T",
    # groups that may be on the ring or on the metal
    "HfMe2Cp2": "Which groups of “HfMe2Cp2” are on the ring?",
    "PtMe3Cp": "on the ring?",
    "EtCp2Mg": "on the ring?",
    "ZrCp(Me)3": "on the ring?",
    "ZrCp(Me)3Cl": "on the ring?",
    "(Me)CpLi": "on the ring?",
    "Zr(Me)Cp": "on the ring?",
    "Li(SiMe3Cp)": "on the ring?",
    "Li(Me3SiCp)": "on the ring?",
    "(Me6Cp)Li": "on the ring?",
    "(MexCp)Li": "counts that are not numbers",
    "TMA": "give the elements explicitly",
}


class CompositionTests(SimpleTestCase):
    def test_atoms_are_counted_through_groups_brackets_and_adducts(self):
        for formula, atoms in ATOMS.items():
            with self.subTest(formula):
                self.assertEqual(composition(formula), atoms)

    def test_whole_numbers_of_atoms_are_whole(self):
        self.assertEqual(str(composition("Li1.50O2")), "{'Li': 1.5, 'O': 2}")

    def test_what_cannot_be_counted_is_refused_with_the_reason(self):
        for formula, reason in UNKNOWN.items():
            with self.subTest(formula), self.assertRaisesMessage(FormulaError, reason):
                composition(formula)

    @given(st.one_of(formula_like(), any_text()))
    def test_any_text_is_counted_or_refused(self, text):
        try:
            atoms = composition(text)
        except FormulaError:
            return
        self.assertTrue(all(count > 0 for count in atoms.values()))
