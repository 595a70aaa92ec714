from django.core.exceptions import ValidationError
from django.test import SimpleTestCase

from asei_db.lib.identifiers import normalize_doi, validate_cas_number, validate_doi


class DOITests(SimpleTestCase):
    def test_every_spelling_of_a_doi_becomes_one(self):
        for text in (
            "10.1039/D5DT00526D",
            "https://doi.org/10.1039/d5dt00526d",
            "http://dx.doi.org/10.1039/d5dt00526d",
            "doi: 10.1039/d5dt00526d ",
        ):
            with self.subTest(text):
                self.assertEqual(normalize_doi(text), "10.1039/d5dt00526d")

    def test_what_is_no_doi_is_refused_with_an_example(self):
        for text in ("d5dt00526d", "10.1039", "https://example.org/10.1039/x y"):
            with (
                self.subTest(text),
                self.assertRaisesMessage(ValidationError, "looks like 10.1039"),
            ):
                validate_doi(text)


class CASNumberTests(SimpleTestCase):
    def test_true_numbers_pass(self):
        for number in ("75-24-1", "7732-18-5", "1907-33-1"):
            validate_cas_number(number)

    def test_a_wrong_check_digit_is_refused_with_the_right_one(self):
        with self.assertRaisesMessage(ValidationError, "it should be 1"):
            validate_cas_number("75-24-2")

    def test_a_wrong_shape_is_refused_with_an_example(self):
        for text in ("75241", "75-24-", "a-24-1", "75-24-11"):
            with (
                self.subTest(text),
                self.assertRaisesMessage(ValidationError, "looks like 75-24-1"),
            ):
                validate_cas_number(text)
