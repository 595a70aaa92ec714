"""How a value is printed in the quote of a harvest."""

from django.test import SimpleTestCase

from harvest.printed import Wanted, find


def wanted(low, unit, sign="=", *, high=None, step=0, spread=0):
    high = low if high is None else high
    return Wanted(low, high, sign, unit, step, spread)


class PrintedTests(SimpleTestCase):
    def test_a_value_is_found_as_it_is_printed(self):
        for quote, value, printed in [
            ("keeps 90% after 100 cycles", wanted(90, "%"), "90%"),
            (
                "rises to 142.6 mA h g−1 at once",
                wanted(142.6, "mAh/g"),
                "142.6 mA h g−1",
            ),
            ("of 120, 72 and 50 mA h g−1", wanted(72, "mAh/g"), "72"),
            ("Temp. (°C) | 250 | 275", wanted(275, "°C"), "275"),
            ("about 20 mV, later 50 mV", wanted(20, "mV", "~"), "about 20 mV"),
            ("a film of ∼ 0.9 nm on it", wanted(0.9, "nm", "~"), "∼ 0.9 nm"),
            ("more than 500 h without", wanted(500, "h", ">"), "more than 500 h"),
            (
                "between 250 and 300 °C",
                wanted(250, "°C", high=300),
                "between 250 and 300 °C",
            ),
            ("cycled (from 2.3−4.5 V)", wanted(2.3, "V", high=4.5), "2.3−4.5 V"),
            (
                "is 1.80± 0.02 Å /cycle at",
                wanted(1.8, "Å/cycle", spread=0.02),
                "1.80± 0.02 Å /cycle",
            ),
            ("33.4 ± 1.7 | 14.6 ± 0.8", wanted(33.4, "at.%", spread=1.7), "33.4 ± 1.7"),
            ("up to ∼13% of it is N", wanted(13, "at.%", "~"), "∼13"),
        ]:
            with self.subTest(quote):
                self.assertEqual(find(quote, value), printed)

    def test_a_value_in_another_unit_is_the_same(self):
        for quote, value, printed in [
            ("grows ~ 0.06 nm/cycle", wanted(0.6, "Å/cycle", "~"), "~ 0.06 nm/cycle"),
            ("at a rate of C/20", wanted(0.05, "C"), "C/20"),
            ("(600 - 800 K)", wanted(327, "°C", high=527, step=1), "600 - 800 K"),
            ("at 0.2 A g−1, later", wanted(200, "mA/g"), "0.2 A g−1"),
            ("a dose of 50 ms of it", wanted(0.05, "s"), "50 ms"),
        ]:
            with self.subTest(quote):
                self.assertEqual(find(quote, value), printed)
        self.assertIsNone(find("at 10 °C", wanted(10, "°C"), in_another_unit=True))
        note = "printed 800 Å; 80 nm"
        self.assertEqual(find(note, wanted(80, "nm"), in_another_unit=True), "800 Å")

    def test_the_typesetting_of_a_copy_is_left_out(self):
        tex = r"is  $0.70\dot{\mathrm{A}} /$  cycle at  $150^{\circ}\mathrm{C}$"
        self.assertEqual(find(tex, wanted(0.7, "Å/cycle")), "0.70Å / cycle")
        self.assertEqual(find(tex, wanted(150, "°C")), "150°C")
        split = "up to 10 -8 S/cm at 25°C"
        self.assertEqual(find(split, wanted(1e-8, "S/cm", "≤")), "up to 10-8 S/cm")
        self.assertEqual(find("<p>5&nbsp;nm</p>", wanted(5, "nm")), "5 nm")

    def test_nothing_is_put_together_and_no_other_value_is_taken(self):
        for quote, value in [
            (
                "about 0.5, 1, and 2 nm",
                wanted(1, "nm", "~"),
            ),  # its sign stands elsewhere
            ("cycled at 1C", wanted(1, "nm")),
            ("of 158 mAh/g", wanted(15, "mAh/g")),
            ("1.5 nm", wanted(1, "nm")),
            ("<1 nm", wanted(1, "nm")),
            ("8.2 ± 0.3 nm", wanted(8.2, "nm", spread=0.1)),
            ("", wanted(1, "nm")),
        ]:
            with self.subTest(quote):
                self.assertIsNone(find(quote, value))
