from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from asei_db.lib.fields import quantity_fields
from materials.models import CyclingPoint
from materials.points import parse_points, print_points
from tests.factories import create_cycling_test


def refusal(text):
    """The messages with which a text of points is refused."""
    try:
        points = parse_points(text)
    except ValidationError as error:
        return error.messages
    raise AssertionError(f"It is read as {print_points(points)}")


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

    def test_averages_stand_over_their_cycles(self):
        for text in (
            "cycles 1–500: efficiency 99 %",
            "Cycles 1 to 500: CE 99 %",
            "1-500 cycles: efficiency 99 %",
        ):
            [point] = parse_points(text)
            with self.subTest(text):
                self.assertEqual((point.first_cycle, point.cycle_number), (1, 500))
                self.assertTrue(point.is_average)
                self.assertEqual(str(point), "cycles 1–500")

    def test_an_average_and_a_value_of_its_last_cycle_are_two_points(self):
        average, last = parse_points(
            "cycles 1–500: efficiency 99 %\ncycle 500: efficiency 98 %"
        )
        self.assertEqual([average.is_average, last.is_average], [True, False])

    def test_an_average_begins_before_its_last_cycle(self):
        self.assertEqual(
            refusal("cycles 500–500: efficiency 99 %"),
            ["Line 1: “cycles 500–500” does not begin before its last cycle."],
        )
        test = create_cycling_test([{"cycle_number": 5, "overpotential": "9 mV"}])
        with self.assertRaises(IntegrityError), transaction.atomic():
            test.points.update(first_cycle=5)

    def test_what_is_printed_reads_as_the_same(self):
        points = [
            CyclingPoint(first_cycle=1, cycle_number=500, coulombic_efficiency="99 %"),
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

    def test_cycles_and_times_are_read_as_quantities_are(self):
        for when, printed in (
            ("cycle 1,000", "cycle 1000"),
            ("Cycle 1 000", "cycle 1000"),
            ("cycles 10", "cycle 10"),
            ("cycle no. 10", "cycle 10"),
            ("cycle #10", "cycle 10"),
            ("10 cycles", "cycle 10"),
            ("after 10 cycles", "cycle 10"),
            ("10th cycle", "cycle 10"),
            ("500 hours", "500 h"),
            ("after 500 hrs", "500 h"),
            ("20 days", "480 h"),
            ("90 minutes", "1.5 h"),
        ):
            with self.subTest(when):
                (point,) = parse_points(f"{when}: retention 80 %")
                self.assertEqual(print_points([point]), f"{printed}: retention 80 %")

    def test_full_width_signs_are_plain_ones_but_in_a_remark(self):
        (point,) = parse_points("cycle 10：retention 80 %，CE ＞99 ％；remark a：b")
        self.assertEqual(point.capacity_retention_min_percent, 80)
        self.assertEqual(point.coulombic_efficiency_min_percent, 99)
        self.assertEqual(point.remark, "a：b")

    def test_values_may_be_joined_by_and(self):
        (point,) = parse_points("cycle 10: retention of 80 % and CE = 99 %")
        self.assertEqual(
            print_points([point]), "cycle 10: retention 80 %, efficiency 99 %"
        )

    def test_a_share_says_that_it_is_in_percent(self):
        for value, readings in (
            ("0.8", "80\xa0% or 0.8\xa0%"),
            ("~0.57", "~57\xa0% or ~0.57\xa0%"),
            (">0.998", ">99.8\xa0% or >0.998\xa0%"),
            ("0.8–1.2", "80–120\xa0% or 0.8–1.2\xa0%"),
            ("1", "100\xa0% or 1\xa0%"),
        ):
            for name in ("retention", "efficiency"):
                with self.subTest(value):
                    (message,) = refusal(f"cycle 10: {name} {value}")
                    self.assertIn(f"{name}: “{value}” is {readings}?", message)
        for value in ("0.8 %", "0.8 percent", "0", "1.5", "80", "0 %"):
            (point,) = parse_points(f"cycle 10: retention {value}")
            self.assertEqual(point.capacity_retention_as_reported, value)
        parse_points("cycle 10: overpotential 0.8")

    def test_a_cycle_has_one_value_over_all_lines(self):
        for other in ("81 %", "80 %"):
            self.assertEqual(
                refusal(
                    f"cycle 10: retention 80 %\n\n10 cycles: retention {other}\n"
                    f"5 h: CE 99 %\n5 hours: CE {other}"
                ),
                [
                    "Line 3: line 1 gives the retention at cycle 10 already.",
                    "Line 5: line 4 gives the efficiency at 5 h already.",
                ],
            )
        self.assertEqual(
            len(parse_points("cycle 1: retention 80 %\ncycle 1: CE 99 %")), 2
        )
        not_stated = "cycle not stated: retention 80 %\ncycle not stated: retention 8 %"
        self.assertEqual(len(parse_points(not_stated)), 2)

    def test_columns_of_a_spreadsheet_are_points(self):
        for text, printed in (
            (
                "cycle\tretention (%)\n10\t98.5\n20\t97",
                "cycle 10: retention 98.5 %\ncycle 20: retention 97 %",
            ),
            (
                "Cycle;Capacity (mAh/g);CE (%)\n1;150;99.5\n2;;\n3;149.2;>99",
                "cycle 1: capacity 150 mAh/g, efficiency 99.5 %\n"
                "cycle 3: capacity 149.2 mAh/g, efficiency >99 %",
            ),
            (
                'Cycle number,"Specific capacity / mAh g-1",Remark\n1,"1,200","a, b"',
                "cycle 1: capacity 1,200 mAh g-1, remark a, b",
            ),
            ("t [min]\toverpotential [V]\n90\t0.02", "1.5 h: overpotential 0.02 V"),
            ("Hours\tOverpotential\n5.5\t20", "5.5 h: overpotential 20"),
            ("retention %\tCycle No.\n98 %\t10.0\n", "cycle 10: retention 98 %"),
            (
                "\ufeffcycle\tareal capacity\n1\t2 mAh/cm2",
                "cycle 1: areal capacity 2 mAh/cm2",
            ),
        ):
            with self.subTest(text):
                self.assertEqual(print_points(parse_points(text)), printed)

    def test_what_is_wrong_in_a_table_is_said(self):
        for text, message in (
            ("10\t98.5", "Line 1: “10\t98.5” names no point; begin with “cycle 200:”"),
            ("cycle\tcolor\n1\tred", "Line 1: “color” is no column of points"),
            ("time\tretention (%)\n1\t98", "Line 1: In which unit is “time”?"),
            ("cycle\ttime (h)\tretention\n1\t1\t98", "Line 1: Name one column with"),
            ("cycle\tCE\tefficiency\n1\t98\t98", "Line 1: Two columns hold the coul"),
            (
                "cycle\tCE (%)\n1\t98,5",
                "Line 2: efficiency: “98,5” has a decimal",
            ),
            ("cycle\tCE (%)\n\t98", "Line 2: The cell of its cycle or time is empty."),
            ("cycle\tCE (%)\n1\t98\t5", "Line 2: There are more cells than columns."),
            ("cycle\tCE (%)\n1.5\t98", "Line 2: “1.5” is neither a cycle nor a time"),
            (
                "cycle\tCE\n1\t0.98",
                "Line 2: efficiency: “0.98” is 98\xa0% or 0.",
            ),
            ("cycle\tCE (%)\n1\t98\n1\t98", "Line 3: line 2 gives the efficiency"),
            ("cycle\tCE (mV)\n1\t98", "Line 2: efficiency: “98 mV” is in mV"),
        ):
            with self.subTest(text):
                (found,) = refusal(text)
                self.assertTrue(found.startswith(message), found)

    def test_too_much_is_refused_at_once(self):
        self.assertEqual(
            refusal("cycle 1: CE 99 %\n" * 20_001),
            [
                "These are 20,001 lines with 340,017 characters; at most 20,000 lines "
                "with 1,000,000 characters can be read."
            ],
        )
        self.assertIn("1,000,001 characters", refusal("x" * 1_000_001)[0])
        messages = refusal("x\n" * 20_000)
        self.assertEqual(len(messages), 21)
        self.assertTrue(messages[19].startswith("Line 20: "))
        self.assertEqual(messages[20], "And 19,980 more like these.")

    def test_points_are_validated_without_a_query(self):
        rows = "\n".join(f"{n}\t{100 - n / 100} %\t>99" for n in range(1, 1001))
        with self.assertNumQueries(0):
            points = parse_points(f"cycle\tretention\tCE (%)\n{rows}")
        self.assertEqual(len(points), 1000)
        test = create_cycling_test()
        for point in points:
            point.test = test
        CyclingPoint.objects.bulk_create(points)
        self.assertEqual(
            test.points.get(cycle_number=250).capacity_retention_min_percent, 97.5
        )

    def test_what_the_database_forbids_is_refused_here(self):
        # Of the constraints of a point: what breaks each, and what is said of it.
        broken = {
            "cycle_or_time": ({"cycle_number": 1, "time_h": 1.0}, None),
            "cycle_positive": ({"cycle_number": 0}, "cycle 0: retention 80 %"),
            "average_in_order": (
                {"first_cycle": 2, "cycle_number": 2},
                "cycles 2–1: retention 80 %",
            ),
            "time_not_negative": ({"time_h": -1.0}, "-1 h: retention 80 %"),
            "value_given": ({"capacity_retention": ""}, "cycle 1:"),
        }
        for name, field in quantity_fields(CyclingPoint).items():
            broken |= {
                f"{name}_bounded": (None, f"cycle 1: {field.short_name} -1"),
                f"{name}_ordered": (None, f"cycle 1: {field.short_name} 6–5"),
                f"{name}_reported": (None, f"cycle 1: {field.short_name} x"),
            }
        self.assertEqual(
            {
                constraint.name.removeprefix("materials_cyclingpoint_")
                for constraint in CyclingPoint._meta.constraints
            },
            set(broken),
        )
        test = create_cycling_test()
        for name, (values, line) in broken.items():
            with self.subTest(name):
                if line:
                    self.assertEqual(len(refusal(line)), 1)
                if values:
                    with self.assertRaises(IntegrityError), transaction.atomic():
                        CyclingPoint(
                            test=test, **{"capacity_retention": "80"} | values
                        ).save()

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
            ("cycle 5–6: retention 80 %", "neither a cycle nor a time"),
            ("cycle ~5: retention 80 %", "neither a cycle nor a time"),
            ("cycle 2.5: retention 80 %", "neither a cycle nor a time"),
            ("cycle 1.000: retention 80 %", "point before three digits; write 1,000"),
            ("1,5 h: overpotential 20 mV", "“1,5 h” has a decimal comma"),
            ("cycle 2: retention n.d.", "leave the field empty"),
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
