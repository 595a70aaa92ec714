from unittest import TestCase

from asei_db.lib.typed import DASHES, one_line, plain_dashes, visible


class TypedTests(TestCase):
    def test_signs_of_no_width_go(self):
        self.assertEqual(visible("\ufeffAl2\u200bO\u00ad3\u202e"), "Al2O3")

    def test_white_space_of_any_kind_is_one_space(self):
        self.assertEqual(
            one_line(" Two\u2009\u00a0spaces\n  and a line\u200b "),
            "Two spaces and a line",
        )

    def test_every_dash_is_a_hyphen(self):
        self.assertEqual(plain_dashes(f"a{DASHES}b"), f"a{'-' * len(DASHES)}b")
