from django.test import TestCase

from asei_db.lib.slugs import slug_text, unique_slug
from materials.models import Material
from tests.factories import create_material


class SlugTests(TestCase):
    def test_a_slug_is_made_of_its_parts_and_taken_by_nobody_else(self):
        self.assertEqual(
            unique_slug(Material, "Li–HQ", "Hämäläinen"), "li-hq-hamalainen"
        )
        self.assertEqual(
            unique_slug(Material, "Østergård", "Łukasiewicz"), "ostergard-lukasiewicz"
        )
        create_material("Film", slug="li-hq")
        create_material("Other film", slug="li-hq-2")
        self.assertEqual(unique_slug(Material, "Li–HQ"), "li-hq-3")

    def test_the_record_itself_does_not_take_its_slug_away(self):
        film = create_material("Film", slug="li-hq")
        self.assertEqual(unique_slug(Material, "Li–HQ", pk=film.pk), "li-hq")
        self.assertEqual(unique_slug(Material, "Li–HQ", pk=film.pk + 1), "li-hq-2")

    def test_a_slug_is_never_empty_nor_too_long(self):
        self.assertEqual(unique_slug(Material, "–"), "material")
        create_material(slug=unique_slug(Material, "x" * 500))
        again = unique_slug(Material, "x" * 500)
        self.assertTrue(again.endswith("x-2"))
        self.assertEqual(len(again), 80 - len("-9999") + len("-2"))
        self.assertEqual(unique_slug(Material, "y" * 74, "z"), "y" * 74)

    def test_letters_that_have_no_accent_to_lose_are_spelled_out(self):
        self.assertEqual(slug_text("Þórðarson", "Đặng"), "thordarson-dang")

    def test_a_slug_always_has_a_letter(self):
        self.assertEqual(unique_slug(Material, "王", 2020), "material-2020")
        self.assertEqual(slug_text("王", 2020), "")
        self.assertEqual(slug_text("王 a", 2020), "a-2020")

    def test_dashes_slashes_and_plus_signs_part_words(self):
        self.assertEqual(slug_text("a_b+c/d‐e−f"), "a-b-c-d-e-f")
