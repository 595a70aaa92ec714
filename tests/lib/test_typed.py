import string
from unittest import TestCase

from asei_db.lib.typed import (
    DASHES,
    hidden_sign,
    one_line,
    plain_dashes,
    settled,
    visible,
    without_marks,
)


class TypedTests(TestCase):
    def test_signs_of_no_width_go(self):
        self.assertEqual(visible("\ufeffAl2\u200bO\u00ad3\u202e"), "Al2O3")

    def test_signs_that_show_nothing_go_but_not_those_that_turn_text(self):
        marks = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2062\ufeff"
        self.assertEqual(without_marks(f"a{marks}b\u202e"), "ab\u202e")

    def test_hidden_signs_are_those_of_control_and_format(self):
        for sign in "\0\x1b\x7f\x85\u202e\u2066\u2028\ud800":
            self.assertEqual(hidden_sign(f"a\n\r\tb{sign}\x07"), sign)
        self.assertEqual(hidden_sign("Two\u00a0lines\r\n\tof α-Al₂O₃\u2009"), "")

    def test_a_change_is_made_until_nothing_changes(self):
        self.assertEqual(settled(lambda text: text.replace("aa", "a"), "aaaab"), "ab")

    def test_white_space_of_any_kind_is_one_space(self):
        self.assertEqual(
            one_line(" Two\u2009\u00a0spaces\n  and a line\u200b "),
            "Two spaces and a line",
        )

    def test_every_dash_is_a_hyphen(self):
        self.assertEqual(plain_dashes(f"a{DASHES}b"), f"a{'-' * len(DASHES)}b")

    def test_no_other_sign_is_a_dash(self):
        text = f"{string.printable}·•_~∼→′"
        self.assertEqual(plain_dashes(text), text)
