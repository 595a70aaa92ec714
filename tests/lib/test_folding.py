from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from asei_db.lib.folding import fold, searchable, sort_key


class FoldTests(SimpleTestCase):
    def test_spellings_of_the_same_fold_to_the_same(self):
        for spellings in (
            ("TiO₂", "TiO2", "tio2"),
            ("Li–HQ", "li-hq", "LiHQ", "LI−HQ"),
            ("γ-Al2O3", "gamma-Al2O3", "Γ-Al₂O₃"),
            ("trimethylaluminium", "Trimethylaluminum"),
            ("sulphur", "sulfur"),
            ("Jürgen Østby", "jurgen ostby"),
            ("PO(OMe)3", "PO[OMe]₃"),
            ("Nat. Commun.", "nat commun"),
            ("Å", "Å", "a"),
        ):
            with self.subTest(spellings):
                self.assertEqual(len({fold(text) for text in spellings}), 1)

    def test_a_doi_folds_to_the_same_with_and_without_its_resolver(self):
        for text in (
            "https://doi.org/10.1039/D5DT00526D",
            "http://dx.doi.org/10.1039/d5dt00526d",
            "doi.org/10.1039/d5dt00526d",
            "doi:10.1039/d5dt00526d",
            "DOI: 10.1039/d5dt00526d",
        ):
            self.assertEqual(fold(text), fold("10.1039/d5dt00526d"))

    def test_search_text_holds_words_joined_and_split(self):
        self.assertEqual(searchable("Li–HQ"), " lihq li hq ")
        self.assertEqual(
            searchable("LiOtBu/Li–HMDS, LiOtBu"), " liotbu lihmds li hmds "
        )
        self.assertEqual(searchable(" – "), "")

    def test_other_signs_part_words(self):
        self.assertEqual(fold("LiF_film/Cu, 50%"), "lif film cu 50")

    @given(st.text())
    def test_any_text_folds_once_and_for_all(self, text):
        self.assertEqual(fold(fold(text)), fold(text))
        for word in fold(text).split():
            self.assertIn(f" {word} ", searchable(text))

    def test_a_sort_key_has_neither_case_nor_accents(self):
        for text, key in (
            ("Åse–Ül", "ase-ul"),
            ("γ-Al₂O₃", "gamma-al2o3"),
            ("Straße  8", "strasse 8"),
            ("Ørsted", "orsted"),
            ("", ""),
        ):
            with self.subTest(text):
                self.assertEqual(sort_key(text), key)
