from asei_db.lib.search import containing
from tests.lib.models import Film, LibraryTestCase, Substrate, create_film


class SearchTests(LibraryTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.hybrid = create_film("Li–HQ", synonyms=["lithium quinone"])
        cls.oxide = create_film("Al2O3", synonyms=["aluminium oxide", "alumina"])
        silicon = Substrate.objects.create(slug="si", name="Si(100)")
        gold = Substrate.objects.create(slug="au", name="gold foil")
        cls.oxide.substrates.set([silicon, gold])

    def found(self, text):
        films = Film.objects.filter(containing(text, "search_text"))
        return [film.name for film in films.order_by("pk")]

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
        self.assertEqual(self.found("ino"), ["Li–HQ"])

    def test_what_is_not_given_has_no_words(self):
        self.assertIsNone(self.oxide.year)
        self.assertNotIn("none", self.oxide.search_text)
        self.assertEqual(Substrate.objects.create(slug="x", name="–").search_text, "")

    def test_the_sort_key_follows_the_name(self):
        film = create_film("Åse–Ül")
        self.assertEqual(film.name_sort_key, "ase-ul")
        film.name = "Zr"
        film.save()
        film.refresh_from_db()
        self.assertEqual(film.name_sort_key, "zr")

    def test_every_word_must_match(self):
        self.assertEqual(self.found("alumina quinone"), [])

    def test_blank_text_finds_all_and_mere_signs_nothing(self):
        self.assertEqual(len(self.found("  ")), 2)
        for text in ("%", "_", "'", '"', "\\", "–"):
            with self.subTest(text):
                self.assertEqual(self.found(text), [])

    def test_words_may_match_in_different_related_rows_and_find_a_row_once(self):
        for text in ("gold si(100)", "foil alumina", "al"):
            with self.subTest(text):
                self.assertEqual(self.found(text), ["Al2O3"])
