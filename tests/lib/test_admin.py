from django.test import SimpleTestCase, TestCase

from asei_db.lib.admin import LinesField
from asei_db.lib.slugs import unique_slug
from materials.models import Material
from tests.factories import create_material


class LinesFieldTests(SimpleTestCase):
    def test_a_list_is_typed_one_item_a_line(self):
        field = LinesField(required=False)
        self.assertEqual(
            field.prepare_value(["Li–HQ", "lithicone"]), "Li–HQ\nlithicone"
        )
        self.assertEqual(
            field.clean(" Li–HQ \r\n\r\nlithicone\r\n"), ["Li–HQ", "lithicone"]
        )
        self.assertEqual(field.clean(""), [])

    def test_other_line_ends_are_no_change(self):
        field = LinesField(required=False)
        self.assertFalse(field.has_changed(["a", "b"], "a\r\nb\r\n"))
        self.assertFalse(field.has_changed(None, ""))
        self.assertTrue(field.has_changed(["a", "b"], "b\r\na"))


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

    def test_a_slug_is_never_empty_nor_too_long(self):
        self.assertEqual(unique_slug(Material, "–"), "material")
        create_material(slug=unique_slug(Material, "x" * 500))
        again = unique_slug(Material, "x" * 500)
        self.assertTrue(again.endswith("x-2"))
        self.assertLessEqual(len(again), 80)
