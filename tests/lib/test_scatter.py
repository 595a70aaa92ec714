"""Where values stand that are drawn by two quantities."""

import re

from django.test import SimpleTestCase

from asei_db.lib.axes import axis
from asei_db.lib.quantities import parse
from asei_db.lib.scatter import Group, Point, scatter

OXIDE, FLUORIDE = Group("class-oxide", "Oxide"), Group("class-fluoride", "Fluoride")


def point(x, y, **fields):
    """A point at a temperature, or of a strip, with a growth per cycle."""
    defaults = {"group": OXIDE, "shape": "ald", "url": "/a/", "title": "A"}
    at = None if x is None else parse(x, "°C")
    return Point(at, parse(y, "Å/cycle"), **defaults | fields)


def marks(*points, **options):
    """The marks of all points, in the order in which they are drawn."""
    drawn = scatter(points, **options).marks
    return [mark for _, text in drawn for mark in re.findall("<a .*?</a>", text)]


def places(*points):
    """(x, y) of the mark of each point, in percent from the upper left."""
    found = (re.search('mark-.*? x="(.*?)%" y="(.*?)%"', one) for one in marks(*points))
    return [(float(one[1]), float(one[2])) for one in found]


class AxisTests(SimpleTestCase):
    def test_numbers_over_three_powers_of_ten_stand_on_a_logarithmic_axis(self):
        self.assertTrue(axis([1e-9, 1e-6], None).is_logarithmic)
        self.assertFalse(axis([2e-9, 1e-6], None).is_logarithmic)

    def test_numbers_that_are_not_above_zero_stand_on_a_linear_axis(self):
        for lowest in (0, -1):
            self.assertFalse(axis([lowest, 1000], None).is_logarithmic)
            self.assertFalse(axis([lowest, 1000], True).is_logarithmic)


class ScatterTests(SimpleTestCase):
    def test_higher_values_stand_further_right_and_up(self):
        self.assertEqual(
            places(point("100", "1"), point("300", "2"), point("200", "1.5")),
            [(8, 92), (92, 8), (50, 50)],
        )

    def test_ranges_are_bars_with_their_mark_in_the_middle(self):
        first, second, _ = marks(
            point("100–200", "1"), point("150", "1–2"), point("300", "3")
        )
        self.assertIn('<line class="bar" x1="8.0%" x2="50.0%" y1="92.0%"', first)
        self.assertIn('href="#mark-ald" x="29.0%" y="92.0%"', first)
        self.assertIn('x1="29.0%" x2="29.0%" y1="50.0%" y2="92.0%"', second)

    def test_bounds_are_arrows_to_where_the_value_may_be(self):
        found = marks(
            point("<100", "1"),
            point("≥300", "1"),
            point("200", "<2"),
            point("200", ">1"),
        )
        self.assertEqual(
            [re.findall("#arrow-(\\w+)", mark) for mark in found],
            [["left"], ["right"], ["down"], ["up"]],
        )

    def test_what_is_about_so_much_is_hollow(self):
        about, exact = marks(point("200", "~1"), point("200", "2"))
        self.assertIn('class="about"', about)
        self.assertNotIn('class="about"', exact)

    def test_equal_points_are_moved_apart_the_same_way_each_time(self):
        equal = [point("200", "1") for _ in range(3)]
        moved = [re.findall("translate.(.*?)[)]", mark) for mark in marks(*equal)]
        self.assertEqual(moved[0], [])
        self.assertNotEqual(moved[1], moved[2])
        self.assertEqual(marks(*equal), marks(*equal))

    def test_point_names_its_value_and_leads_to_its_record(self):
        [mark] = marks(point("200", "1", url="/x/?a=1&b=2", title="<A> & B"))
        self.assertIn('<a href="/x/?a=1&amp;b=2"', mark)
        self.assertIn("<title>&lt;A&gt; &amp; B</title>", mark)

    def test_groups_stand_in_the_order_of_their_points(self):
        drawn = scatter(
            [point("1", "1", group=FLUORIDE), point("2", "1"), point("3", "2")]
        )
        self.assertEqual(drawn.groups, [(OXIDE, 2), (FLUORIDE, 1)])
        self.assertEqual(
            [style for style, _ in drawn.marks], [OXIDE.style, FLUORIDE.style]
        )

    def test_strip_has_a_row_for_each_group(self):
        drawn = scatter(
            [point(None, "1"), point(None, "2"), point(None, "1", group=FLUORIDE)]
        )
        self.assertEqual(drawn.rows, {OXIDE: 25, FLUORIDE: 75})
        self.assertIsNone(drawn.x)
        self.assertEqual(places(*drawn.points), [(8, 25), (92, 25), (8, 75)])

    def test_legend_knows_what_is_drawn(self):
        drawn = scatter([point("~100", ">1"), point("100–200", "1", is_disputed=True)])
        self.assertEqual(
            drawn.kinds, {"value", "range", "at_least", "about", "disputed"}
        )
