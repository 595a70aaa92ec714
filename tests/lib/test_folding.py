from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from asei_db.lib.folding import fold, search, search_condition, searchable
from tests.lib.models import Film, LibraryTestCase, Substrate, create_film


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

    @given(st.text())
    def test_any_text_folds_once_and_for_all(self, text):
        self.assertEqual(fold(fold(text)), fold(text))
        for word in fold(text).split():
            self.assertIn(f" {word} ", searchable(text))


class SearchTests(LibraryTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.hybrid = create_film("Li–HQ", synonyms=["lithium quinone"])
        cls.oxide = create_film("Al2O3", synonyms=["aluminium oxide", "alumina"])
        silicon = Substrate.objects.create(slug="si", name="Si(100)")
        gold = Substrate.objects.create(slug="au", name="gold foil")
        cls.oxide.substrates.set([silicon, gold])

    def found(self, text):
        condition = search_condition(text, "search_text")
        return [film.name for film in Film.objects.filter(condition).order_by("pk")]

    def test_dashes_subscripts_and_case_do_not_matter(self):
        for text in ("li-hq", "LiHQ", "li hq", "HQ", "Li–HQ", "quinone LiHQ"):
            with self.subTest(text):
                self.assertEqual(self.found(text), ["Li–HQ"])
        for text in ("al₂o₃", "aluminum", "Aluminium Oxide", "lumin"):
            with self.subTest(text):
                self.assertEqual(self.found(text), ["Al2O3"])

    def test_short_words_match_only_where_a_word_begins(self):
        self.assertEqual(self.found("al"), ["Al2O3"])
        self.assertEqual(self.found("o3"), [])

    def test_every_word_must_match(self):
        self.assertEqual(self.found("alumina quinone"), [])

    def test_blank_text_finds_all_and_mere_signs_nothing(self):
        self.assertEqual(len(self.found("  ")), 2)
        for text in ("%", "_", "'", '"', "\\", "–"):
            with self.subTest(text):
                self.assertEqual(self.found(text), [])

    def test_words_may_match_in_different_related_rows_and_find_a_row_once(self):
        columns = ("search_text", "substrates__search_text")
        for text in ("gold si(100)", "foil alumina", "al"):
            with self.subTest(text):
                self.assertEqual(
                    list(search(Film.objects.all(), text, *columns)), [self.oxide]
                )
