from django.core.exceptions import ValidationError
from django.test import TestCase

from materials.models import CyclingPoint
from materials.points import parse_points, print_points


class PointsTests(TestCase):
    def test_a_line_is_a_cycle_or_an_hour_with_its_values(self):
        first, second = parse_points(
            "cycle 200: retention 80 %, efficiency >99 %\n\n"
            "500 h: overpotential 20 mV; remark stable, capacity not given\n"
        )
        self.assertEqual(first.cycle_number, 200)
        self.assertEqual(first.capacity_retention_min_percent, 80)
        self.assertEqual(first.coulombic_efficiency_min_percent, 99)
        self.assertIsNone(first.coulombic_efficiency_max_percent)
        self.assertEqual(second.time_h, 500)
        self.assertEqual(second.overpotential_min_mv, 20)
        self.assertEqual(second.remark, "stable, capacity not given")

    def test_other_spellings_are_understood(self):
        (point,) = parse_points("Cycle 1: CE 99.5, specific capacity: 1,200 mAh/g")
        self.assertEqual(point.coulombic_efficiency_as_reported, "99.5")
        self.assertEqual(point.specific_capacity_min_mah_per_g, 1200)
        (point,) = parse_points("cycle 1: areal capacity 20.23 µAh/cm², capacity 9")
        self.assertEqual(point.areal_capacity_min_mah_per_cm2, 0.02023)
        self.assertEqual(point.specific_capacity_min_mah_per_g, 9)
        (point,) = parse_points("30 min: overpotential 0.02 V")
        self.assertEqual(point.time_h, 0.5)
        self.assertEqual(point.overpotential_min_mv, 20)

    def test_what_is_printed_reads_as_the_same(self):
        points = [
            CyclingPoint(cycle_number=3, specific_capacity="~1,200", remark="a, b"),
            CyclingPoint(time_h=0.1, overpotential="20–30 mV"),
            CyclingPoint(specific_capacity="23 mAh/g", remark="at 40C"),
            CyclingPoint(areal_capacity="4.65", specific_capacity="203"),
            CyclingPoint(
                time_h=1200.0, capacity_retention="80", coulombic_efficiency=">99 %"
            ),
        ]
        text = print_points(points)
        self.assertEqual(print_points(parse_points(text)), text)
        for point, same in zip(points, parse_points(text), strict=True):
            for field in CyclingPoint._meta.concrete_fields:
                self.assertEqual(
                    getattr(point, field.attname), getattr(same, field.attname)
                )

    def test_a_line_that_cannot_be_read_is_named(self):
        for line, message in [
            ("retention 80 %", "names no point"),
            ("200: retention 80 %", "Is 200 a cycle or a time?"),
            ("cycle x: retention 80 %", "neither a cycle nor a time"),
            (f"cycle {'9' * 5000}: retention 80 %", "neither a cycle nor a time"),
            ("cycle 0: retention 80 %", "greater than or equal to 1"),
            ("cycle 99999999999: retention 80 %", "neither a cycle nor a time"),
            (">5 h: retention 80 %", "no single time"),
            ("5–6 h: retention 80 %", "no single time"),
            ("cycle 2:", "at least one value"),
            ("cycle 2: remark nothing", "at least one value"),
            ("cycle 2: 80 %", "no value of a point"),
            ("cycle 2: retention 80 %, retention 81 %", "given twice"),
            ("cycle 2: retention 80 mV", "retention: “80 mV” is in mV"),
            ("cycle 2: efficiency -3 %", "efficiency: "),
        ]:
            with self.subTest(line[:40]):
                with self.assertRaises(ValidationError) as caught:
                    parse_points(f"cycle 1: retention 99 %\n{line}")
                for text in caught.exception.messages:
                    self.assertTrue(text.startswith("Line 2: "), text)
                self.assertIn(message, " ".join(caught.exception.messages))
