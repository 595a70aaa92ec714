"""Where values stand on a common axis."""

from django.test import SimpleTestCase

from asei_db.lib.quantities import parse
from asei_db.lib.strips import strip


def on_axis(*texts, unit="°C", **options):
    return strip([(parse(text, unit), text) for text in texts], **options)


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

    def test_ticks_are_round_numbers_on_the_axis(self):
        ticks = on_axis("60", "140").ticks
        self.assertEqual(
            [label for _, label in ticks], ["60", "80", "100", "120", "140"]
        )
        self.assertEqual((ticks[0][0], ticks[-1][0]), (8, 92))
        labels = [label for _, label in on_axis("0.07", "0.82", unit="Å/cycle").ticks]
        self.assertEqual(labels, ["0.2", "0.4", "0.6", "0.8"])

    def test_conductivities_stand_by_powers_of_ten(self):
        found = on_axis(
            "10−10", "10−8", "10−6", unit="S/cm", is_logarithmic=True, median=1e-8
        )
        self.assertEqual([row.start for row in found.rows], [8, 50, 92])
        self.assertEqual(found.median, 50)
        self.assertIn((50, "10⁻⁸"), found.ticks)

    def test_conductivities_close_together_have_ticks_too(self):
        found = on_axis("1.73e-8", "3.3e-8", unit="S/cm", is_logarithmic=True)
        labels = [label for _, label in found.ticks]
        self.assertIn("2\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10⁻⁸", labels)
        self.assertGreater(len(labels), 2)

    def test_many_powers_of_ten_have_few_ticks(self):
        found = on_axis("1e-14", "1", unit="S/cm", is_logarithmic=True)
        self.assertLessEqual(len(found.ticks), 8)
