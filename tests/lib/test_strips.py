"""Where values stand on a common axis."""

from django.test import SimpleTestCase

from asei_db.lib.quantities import parse
from asei_db.lib.strips import strip


def on_axis(*texts, unit="°C", **options):
    return strip([(parse(text, unit), text) for text in texts], **options)


def labels(*texts, **options):
    """The labels of the ticks, in plain spaces."""
    ticks = on_axis(*texts, **options).ticks
    return [label.replace("\N{NO-BREAK SPACE}", " ") for _, label in ticks]


def conductivities(*texts):
    return labels(*texts, unit="S/cm", is_logarithmic=True)


class StripTests(SimpleTestCase):
    def test_no_value_is_no_strip(self):
        self.assertIsNone(strip([]))

    def test_rows_keep_their_order_and_stand_between_the_margins(self):
        rows = on_axis("140", "85–115", "60").rows
        self.assertEqual([row.record for row in rows], ["140", "85–115", "60"])
        self.assertEqual(
            [(row.kind, row.start, row.end) for row in rows],
            [("value", 92, 92), ("range", 34.25, 65.75), ("value", 8, 8)],
        )

    def test_bounds_stand_where_they_are_known(self):
        above, below = on_axis(">100", "<300").rows
        self.assertEqual((above.kind, above.start, above.end), ("at_least", 8, 8))
        self.assertEqual((below.kind, below.start, below.end), ("at_most", 92, 92))

    def test_a_single_value_stands_in_the_middle(self):
        for text in ("25", "RT", "0", "-10"):
            (row,) = on_axis(text).rows
            self.assertEqual(row.start, 50, text)

    def test_around_a_single_value_a_quarter_of_it_is_shown(self):
        self.assertEqual(labels("100"), ["80", "90", "100", "110", "120"])
        self.assertEqual(on_axis("100").ticks[0], (16.4, "80"))
        self.assertEqual(labels("-10"), ["−12", "−11", "−10", "−9", "−8"])
        self.assertEqual(labels("0"), ["−1", "−0.5", "0", "0.5", "1"])
        self.assertEqual(conductivities("1e-8"), ["10⁻⁹", "10⁻⁸", "10⁻⁷"])

    def test_places_are_given_to_a_hundredth_of_a_percent(self):
        rows = on_axis("0", "1", "9").rows
        self.assertEqual([row.start for row in rows], [8, 17.33, 92])

    def test_ticks_are_round_numbers_on_the_axis(self):
        ticks = on_axis("60", "140").ticks
        self.assertEqual(
            [label for _, label in ticks], ["60", "80", "100", "120", "140"]
        )
        self.assertEqual((ticks[0][0], ticks[-1][0]), (8, 92))
        self.assertEqual(
            labels("0.07", "0.82", unit="Å/cycle"), ["0.2", "0.4", "0.6", "0.8"]
        )

    def test_ticks_are_multiples_of_1_2_or_5_and_at_most_seven(self):
        for low, high, expected in (
            ("0", "588", "0 100 200 300 400 500 600"),
            ("0", "580", "0 100 200 300 400 500 600"),
            ("0", "84", "0 20 40 60 80"),
            ("0", "176", "0 50 100 150"),
            ("0", "412", "0 100 200 300 400"),
            ("-10", "10", "−10 −5 0 5 10"),
        ):
            with self.subTest(high=high):
                self.assertEqual(labels(low, high), expected.split())

    def test_a_tick_has_room_for_its_label(self):
        self.assertEqual(on_axis("3", "87").ticks[0], (5, "0"))
        self.assertEqual(on_axis("4", "88").ticks[0], (24, "20"))
        self.assertEqual(on_axis("13", "97").ticks[-1], (95, "100"))
        self.assertEqual(on_axis("12", "96").ticks[-1], (76, "80"))

    def test_conductivities_stand_by_powers_of_ten(self):
        found = on_axis(
            "10−10", "10−8", "10−6", unit="S/cm", is_logarithmic=True, median=1e-8
        )
        self.assertEqual([row.start for row in found.rows], [8, 50, 92])
        self.assertEqual(found.median, 50)
        self.assertIn((50, "10⁻⁸"), found.ticks)

    def test_conductivities_close_together_have_ticks_too(self):
        self.assertEqual(conductivities("1e-8", "1e-7"), ["10⁻⁸", "10⁻⁷"])
        self.assertEqual(
            conductivities("3e-9", "3e-8"),
            [
                "5 × 10⁻⁹",
                "10⁻⁸",
                "1.5 × 10⁻⁸",
                "2 × 10⁻⁸",
                "2.5 × 10⁻⁸",
                "3 × 10⁻⁸",
            ],
        )
        self.assertEqual(
            conductivities("1.73e-8", "3.3e-8"), ["2 × 10⁻⁸", "2.5 × 10⁻⁸", "3 × 10⁻⁸"]
        )

    def test_a_conductivity_of_zero_makes_the_axis_linear(self):
        self.assertEqual(
            conductivities("0", "1e-8"),
            ["0", "2 × 10⁻⁹", "4 × 10⁻⁹", "6 × 10⁻⁹", "8 × 10⁻⁹", "10⁻⁸"],
        )

    def test_many_powers_of_ten_have_few_ticks(self):
        self.assertEqual(
            conductivities("1e-14", "1"), ["10⁻¹²", "10⁻⁹", "10⁻⁶", "0.001", "1"]
        )
