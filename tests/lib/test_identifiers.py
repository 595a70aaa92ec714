from django.core.exceptions import ValidationError
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from asei_db.lib.identifiers import (
    doi_url,
    normalize_cas_number,
    normalize_doi,
    validate_cas_number,
    validate_doi,
)

DOI = "10.1039/d5dt00526d"
SICI = "10.1002/(sici)1099-1727(199821)14:1<3::aid-sdr140>3.0.co;2-k"


class DOITests(SimpleTestCase):
    def assert_read(self, spellings, doi=DOI):
        for text in spellings:
            with self.subTest(text):
                self.assertEqual(normalize_doi(text), doi)
                validate_doi(text)

    def test_prefixes_and_addresses_are_no_part_of_it(self):
        self.assert_read(
            [
                "10.1039/D5DT00526D",
                "https://doi.org/10.1039/d5dt00526d",
                "http://dx.doi.org/10.1039/d5dt00526d",
                "https://www.doi.org/10.1039/D5DT00526D",
                "doi.org/10.1039/D5DT00526D",
                "doi: 10.1039/d5dt00526d ",
                "DOI 10.1039/D5DT00526D",
                "DOI No. 10.1039/D5DT00526D",
                "https://doi.org/doi:10.1039/D5DT00526D",
                "DOI: https://doi.org/10.1039/D5DT00526D",
                "info:doi/10.1039/d5dt00526d",
                "urn:doi:10.1039/d5dt00526d",
                "https://pubs.rsc.org/doi/10.1039/D5DT00526D",
                "https://onlinelibrary.wiley.com/doi/abs/10.1039/D5DT00526D",
                "https://link.springer.com/article/10.1039/D5DT00526D",
                "https://doi-org.proxy.example.edu/10.1039/D5DT00526D",
                "https://example.org/find?doi=10.1039/D5DT00526D&lang=en",
                "https%3A%2F%2Fdoi.org%2F10.1039%2Fd5dt00526d",
            ]
        )

    def test_what_an_address_says_behind_it_is_no_part_of_it(self):
        self.assert_read(
            [
                "https://doi.org/10.1039/d5dt00526d?utm_source=x#abs",
                "https://doi.org/10.1039/d5dt00526d#citeas",
                "https://doi.org/10.1039/d5dt00526d/",
                "10.1039/d5dt00526d?utm_source=x",
                "https://example.org/doi/10.1039/d5dt00526d/full",
                "https://example.org/doi/10.1039/d5dt00526d/abstract;jsessionid=1",
                "https://example.org/doi/suppl/10.1039/d5dt00526d/suppl_file/si.pdf",
                "https://example.org/content/pdf/10.1039/d5dt00526d.pdf",
                "https://example.org/article/10.1039/d5dt00526d/meta",
            ]
        )
        preprint = "https://example.org/content/10.1101/2020.01.01.123456v2.full.pdf"
        self.assert_read(["10.1039/a.pdf"], "10.1039/a.pdf")
        self.assert_read([preprint], "10.1101/2020.01.01.123456")
        self.assert_read(["10.26434/chemrxiv-2021-a-v2"], "10.26434/chemrxiv-2021-a-v2")

    def test_punctuation_and_brackets_around_it_go(self):
        self.assert_read(
            [
                "10.1039/d5dt00526d.",
                "10.1039/d5dt00526d,",
                "10.1039/d5dt00526d;",
                "10.1039/d5dt00526d).",
                "(10.1039/d5dt00526d)",
                "<10.1039/d5dt00526d>",
                "<https://doi.org/10.1039/d5dt00526d>.",
                "“10.1039/d5dt00526d”",
                "[doi:10.1039/d5dt00526d]",
                "doi = {10.1039/d5dt00526d},",
            ]
        )
        for doi in ("10.1016/0304-3959(96)02994-6", "10.1016/s0022-0728(97)"):
            self.assert_read([doi, f"({doi})", f"{doi}."], doi)

    def test_what_cannot_be_seen_and_typographic_signs_make_no_other_doi(self):
        self.assert_read(
            [
                "10.1039/d5dt00526d\u200b",
                "\ufeff10.1039/d5dt\u00ad00526d",
                "\u202a10.1039/d5dt00526d\u202c",
                "１０．１０３９／ｄ５ｄｔ００５２６ｄ",
                "10.1039⁄d5dt00526d",
            ]
        )
        nature = "10.1038/s41586-020-2649-2"
        self.assert_read([nature.replace("-", dash) for dash in "‐‑–−－"], nature)

    def test_percent_codes_and_entities_are_decoded(self):
        code = SICI.replace("<", "%3C").replace(">", "%3e")
        entity = SICI.replace("<", "&lt;").replace(">", "&gt;")
        self.assert_read([f"https://doi.org/{code}", code, entity, SICI], SICI)
        self.assert_read(["10.1039%2fd5dt00526d", "10.1039/%64%35dt00526d"])
        number_sign = "10.1002/(sici)1(1)1:1<1::aid-a1>3.0.co;2-#"
        self.assert_read(
            [f"https://doi.org/{number_sign}", number_sign.replace("#", "%23")],
            number_sign,
        )

    def test_the_signs_of_old_dois_stay(self):
        for doi in (
            SICI,
            "10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2",
            "10.1890/0012-9658(2006)87[2645:alawfs]2.0.co;2",
            "10.1002/1521-3773(2001)40:6<::aid-anie9>3.0.co;2-c",
            "10.1000/456#789",
            "10.1000.10/123",
        ):
            self.assert_read([doi, doi.upper()], doi)

    def test_what_is_no_doi_is_refused_with_an_example(self):
        for text in (
            "d5dt00526d",
            "10.1039",
            "10.1039/",
            "https://example.org/10.1039/x y",
            "https://www.example.com/science/article/pii/S0013468620300001",
            "see Smith 10.1039/d5dt00526d",
            "210.1039/d5dt00526d",
            "10.1039/d5dt00526d (2025)",
            "10.1039/d5dt…",
            "10.1039/d5dtс",  # a Cyrillic letter
            "",
        ):
            with (
                self.subTest(text),
                self.assertRaisesMessage(ValidationError, "looks like 10.1039"),
            ):
                validate_doi(text)

    def test_two_dois_in_one_field_are_refused(self):
        for text in (
            "10.1093/nar/gks1195;10.1093/nar/gky1033",
            "10.1093/nar/gks1195, 10.1093/nar/gky1033",
            "10.1093/nar/gks1195 and doi:10.1093/nar/gky1033",
            "https://doi.org/10.1093/nar/gks1195?doi=10.1093/nar/gky1033",
        ):
            with (
                self.subTest(text),
                self.assertRaisesMessage(ValidationError, "holds 2 DOIs"),
            ):
                validate_doi(text)

    def test_signs_that_no_doi_has_are_refused_by_name(self):
        for sign in '\\<>"{}':
            text = f"10.1039/a{sign}b"
            with self.subTest(text):
                with self.assertRaises(ValidationError) as caught:
                    validate_doi(text)
                [message] = caught.exception.messages
                self.assertIn(f"“{sign}” does not belong", message)
        for text in ("10.1039/<script>", "10.1039/<1>{2}", "10.1039/a<1><2>"):
            with self.subTest(text), self.assertRaises(ValidationError):
                validate_doi(text)

    def test_its_address_codes_what_an_address_cannot_hold(self):
        self.assertEqual(doi_url(""), "")
        self.assertEqual(doi_url(DOI), f"https://doi.org/{DOI}")
        address = doi_url(f"{SICI}#")
        self.assertIn("14:1%3C3::aid-sdr140%3E3.0.co;2-k%23", address)
        self.assertEqual(normalize_doi(address), f"{SICI}#")

    def test_what_holds_none_or_two_is_looked_up_in_lower_case(self):
        self.assertEqual(normalize_doi("No DOI"), "no doi")
        self.assertEqual(normalize_doi("10.1039/A 10.1039/B"), "10.1039/a 10.1039/b")

    def test_an_error_is_a_sentence_with_the_text(self):
        for text, sentence in [
            ("x", "“x” is no DOI; a DOI looks like 10.1039/d5dt00526d."),
            ("10.1039/a,10.1039/b", "“10.1039/a,10.1039/b” holds 2 DOIs; give one."),
            ("10.1039/a}b", "“10.1039/a}b” is no DOI: “}” does not belong there."),
        ]:
            with self.assertRaises(ValidationError) as caught:
                validate_doi(text)
            self.assertEqual(caught.exception.messages, [sentence])
            self.assertEqual(caught.exception.code, "doi")


class CASNumberTests(SimpleTestCase):
    def test_every_spelling_of_a_number_becomes_one(self):
        for text in (
            "97-93-8",
            "0097-93-8",
            "97–93–8",
            "97 − 93 − 8",
            "９７-９３-８",
            "٩٧-٩٣-٨",
            "97-93-8\u200b",
            "CAS 97-93-8",
            "CAS No. 97-93-8.",
            "CAS-No.: 97-93-8",
            "CASRN 97-93-8",
            "CAS Registry Number: 97-93-8",
            "[97-93-8]",
            "(CAS: 97-93-8);",
        ):
            with self.subTest(text):
                self.assertEqual(normalize_cas_number(text), "97-93-8")
                validate_cas_number(text)

    def test_true_numbers_pass(self):
        for number in ("75-24-1", "7732-18-5", "1907-33-1", "50-00-0"):
            validate_cas_number(number)
            self.assertEqual(normalize_cas_number(number), number)

    def test_a_wrong_check_digit_is_refused_with_the_right_one(self):
        with self.assertRaisesMessage(ValidationError, "it should be 1"):
            validate_cas_number("75-24-2")

    def test_an_error_is_a_sentence_with_the_text(self):
        for text, sentence in [
            ("x", "“x” is no CAS number; one looks like 75-24-1."),
            (
                "75-24-2",
                "The check digit of CAS number 75-24-2 is wrong: it should be 1.",
            ),
        ]:
            with self.assertRaises(ValidationError) as caught:
                validate_cas_number(text)
            self.assertEqual(caught.exception.messages, [sentence])
            self.assertEqual(caught.exception.code, "cas")

    def test_a_wrong_shape_is_refused_with_an_example(self):
        for text in (
            "75241",
            "75-24-",
            "a-24-1",
            "75-24-11",
            "00-00-0",
            "75-24-1; 97-93-8",
            "CAS",
            "",
        ):
            with (
                self.subTest(text),
                self.assertRaisesMessage(ValidationError, "looks like 75-24-1"),
            ):
                validate_cas_number(text)


class AnyTextTests(SimpleTestCase):
    @given(st.text() | st.text("10.39/%25&lt;CAS -–#?()<>٩").map("10.1039/".__add__))
    def test_the_one_spelling_stays_and_nothing_but_an_error_is_raised(self, text):
        for normalize, validate in (
            (normalize_doi, validate_doi),
            (normalize_cas_number, validate_cas_number),
        ):
            spelling = normalize(text)
            self.assertEqual(normalize(spelling), spelling)
            try:
                validate(text)
            except ValidationError:
                continue
            validate(spelling)
