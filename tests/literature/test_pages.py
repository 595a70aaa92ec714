from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from literature.pages import plain_pages, split_pages


class PagesTests(SimpleTestCase):
    def test_any_dash_between_two_page_numbers_is_a_range(self):
        for dash in ["-", "–", "—", "−", "‐", "‑", "－", " – ", "--"]:
            with self.subTest(dash):
                self.assertEqual(split_pages(f"1{dash}5"), ("1", "5"))
                self.assertEqual(plain_pages(f"1{dash}5"), "1–5")

    def test_letters_before_both_numbers_are_those_of_a_range(self):
        for text, pages in [
            ("A259–A263", ("A259", "A263")),
            ("A259–63", ("A259", "63")),
            ("1234–41", ("1234", "41")),
            ("12A–15A", ("12A", "15A")),
            ("xi–xv", ("xi", "xv")),
            ("5–5", ("5", "5")),
            ("pages 639 to 645", ("639", "645")),
        ]:
            with self.subTest(text):
                self.assertEqual(split_pages(text), pages)

    def test_what_is_no_pair_of_numbers_stays_whole(self):
        for text in (
            "e2201320",
            "A259",
            "X1",
            "01A106",
            "eaao3170",
            "035401-1",
            "163106-3",
            "G1-H5",
            "503–492",
            "1–5, 9",
            "in press",
            "10 pp",
            "",
        ):
            with self.subTest(text):
                self.assertEqual(split_pages(text), (text, ""))
                self.assertEqual(plain_pages(text), text)

    def test_words_before_it_go(self):
        for text, plain in [
            ("pp. 1–5", "1–5"),
            ("pp1-5.", "1–5"),
            ("p. 5", "5"),
            ("Pages 1–5", "1–5"),
            ("Article 12345", "12345"),
            ("Art. No. e123", "e123"),
            ("Article number: 045401", "045401"),
            ("P123", "P123"),
            ("2201320 (1 of 10)", "2201320"),
            ("045401 (12 pp.)", "045401"),
        ]:
            with self.subTest(text):
                self.assertEqual(plain_pages(text), plain)

    @given(st.text() | st.text("pp. Art 15–-A"))
    def test_the_one_spelling_stays(self, text):
        plain = plain_pages(text)
        self.assertEqual(plain_pages(plain), plain)
