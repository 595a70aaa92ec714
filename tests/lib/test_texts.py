from django.core.exceptions import ValidationError
from django.test import TestCase

from literature.models import Study
from precursors.models import Precursor
from tests.factories import create_study


class NormalizedFieldTests(TestCase):
    def test_a_text_has_its_one_spelling_once_validated_or_saved(self):
        typed = {"doi": "doi:10.1039/ABC.", "title": "Li<sub>2</sub>O", "pages": "1-5"}
        plain = {"doi": "10.1039/abc", "title": "Li2O", "pages": "1–5"}
        study = Study(slug="s", **typed)
        study.full_clean()
        self.assertEqual({name: getattr(study, name) for name in plain}, plain)
        study = create_study(**typed)
        self.assertEqual({name: getattr(study, name) for name in plain}, plain)
        study.refresh_from_db()
        self.assertEqual({name: getattr(study, name) for name in plain}, plain)

    def test_any_spelling_finds_it(self):
        study = create_study(doi="10.1039/abc")
        found = Study.objects.filter(doi="https://doi.org/10.1039/ABC#abs")
        self.assertEqual(list(found), [study])

    def test_a_list_has_the_spelling_in_each_of_its_texts(self):
        study = create_study(authors=["<b>Noether</b>, E.", "Curie，M."])
        self.assertEqual(study.authors, ["Noether, E.", "Curie, M."])
        study.refresh_from_db()
        self.assertEqual(study.authors, ["Noether, E.", "Curie, M."])

    def test_what_is_no_list_of_texts_is_refused(self):
        for authors in ("Noether, E.", 7, ["Noether, E.", 7], [""]):
            with self.subTest(authors), self.assertRaises(ValidationError) as caught:
                Study(slug="s", authors=authors).full_clean()
            self.assertEqual(
                caught.exception.message_dict,
                {"authors": ["Give a list of texts, none of them empty."]},
            )

    def test_the_length_is_that_of_the_one_spelling(self):
        study = Study(slug="s", title="<i>" * 200 + "x" * 500 + "</i>" * 200)
        study.full_clean()
        study.title += "x"
        with self.assertRaisesMessage(ValidationError, "at most 500 characters"):
            study.full_clean()

    def test_forms_take_what_gets_short_enough(self):
        for model, name in (
            (Study, "title"),
            (Study, "doi"),
            (Precursor, "cas_number"),
        ):
            self.assertIsNone(model._meta.get_field(name).formfield().max_length)


class HiddenSignTests(TestCase):
    def refused(self, **fields):
        with self.assertRaises(ValidationError) as caught:
            Study(**{"slug": "s"} | fields).full_clean()
        return caught.exception.message_dict

    def test_the_error_names_the_sign_and_where_it_stands(self):
        self.assertEqual(
            self.refused(notes="Checked.\u202e", title="\x07Lithium"),
            {
                "notes": [
                    "Behind “Checked.” stands a sign that cannot be seen, U+202E "
                    "(right-to-left override); delete it."
                ],
                "title": [
                    "At the beginning stands a sign that cannot be seen, U+0007 (a "
                    "control character); delete it."
                ],
            },
        )

    def test_each_text_of_a_list_is_looked_at(self):
        with self.assertRaises(ValidationError) as caught:
            Precursor(synonyms=["TMA", "AlMe3\u2066"]).full_clean()
        [message] = caught.exception.message_dict["synonyms"]
        self.assertIn("Behind “AlMe3” stands", message)

    def test_of_a_long_text_the_error_repeats_the_end_before_the_sign(self):
        [message] = self.refused(notes=f"{'x' * 9}{'0123456789' * 2}\0")["notes"]
        self.assertIn("Behind “01234567890123456789” stands", message)
        with self.assertRaises(ValidationError) as caught:
            Study(slug="s", notes="\0").full_clean()
        self.assertEqual(caught.exception.error_dict["notes"][0].code, "hidden")

    def test_a_field_that_is_not_validated_is_left_as_it_is(self):
        study = Study(slug="s", notes="Ch\u00adecked\0")
        study.full_clean(exclude={"notes"})
        self.assertEqual(study.notes, "Ch\u00adecked\0")

    def test_they_are_told_beside_the_other_errors(self):
        errors = self.refused(notes="\0", year=1066, authors=["J. Doe\u2066"])
        self.assertEqual(errors.keys(), {"notes", "year", "authors"})

    def test_signs_of_no_width_go_from_every_text(self):
        study = Study(
            slug="s", notes="Ch\u00adecked\ufeff", authors=["Cu\u200brie, M."]
        )
        study.full_clean()
        self.assertEqual(study.notes, "Checked")
        self.assertEqual(study.authors, ["Curie, M."])
        precursor = Precursor(synonyms=["Al\u200bMe3", "TMA", 5])
        with self.assertRaises(ValidationError) as caught:
            precursor.full_clean()
        self.assertEqual(precursor.synonyms, ["AlMe3", "TMA", 5])
        self.assertIn("synonyms", caught.exception.message_dict)

    def test_a_text_where_a_list_belongs_is_refused_as_it_is(self):
        precursor = Precursor(synonyms={"AlMe3": "TMA"})
        with self.assertRaises(ValidationError) as caught:
            precursor.full_clean()
        self.assertEqual(precursor.synonyms, {"AlMe3": "TMA"})
        self.assertIn("synonyms", caught.exception.message_dict)

    def test_lines_and_typographic_spaces_stay(self):
        study = Study(slug="s", notes="One.\nTwo:\u00a05\u2009nm.\r\n\tThree.")
        study.full_clean()
        self.assertEqual(study.note_list, ["One.", "Two:\u00a05\u2009nm.", "\tThree."])
