from django.test import SimpleTestCase

from asei_db.lib.admin import LinesField


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
