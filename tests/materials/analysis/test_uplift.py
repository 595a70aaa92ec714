from django.test import TestCase

from materials.analysis.uplift import uplift
from materials.models import CyclingTest
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_study,
    create_substrate,
)


def retention(**by_cycle):
    """Points from `c1="100"`."""
    return [
        {"cycle_number": int(cycle[1:]), "capacity_retention": text}
        for cycle, text in by_cycle.items()
    ]


def plain(text):
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


class UpliftTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study()
        cls.electrode = create_substrate("Graphite")
        cls.coating = create_coating(substrate=cls.electrode, source=cls.study)

    def pair(self, coated, bare, *, control_study=None, **fields):
        """The coated test of two with these points, as lists give it."""
        same = {"electrode": self.electrode, "source": self.study}
        control = create_cycling_test(
            bare, **same | {"source": control_study or self.study}
        )
        test = create_cycling_test(
            coated, coating=self.coating, control=control, **same | fields
        )
        return CyclingTest.objects.published().for_list().get(pk=test.pk)

    def assert_retention(self, coated, bare, expected, cycle=None):
        """`expected` is (qualifier, min, max) in percentage points, or None."""
        found = uplift(self.pair(retention(**coated), retention(**bare)))
        change = found and found.capacity_retention
        if expected is None:
            self.assertIsNone(change)
            return None
        quantity = change.change
        self.assertEqual(
            (quantity.qualifier, quantity.minimum, quantity.maximum), expected
        )
        self.assertEqual(quantity.unit, "percentage points")
        if cycle:
            self.assertEqual(change.cycle_number, cycle)
        return change

    def test_retentions_stated_at_the_same_cycle_are_subtracted(self):
        change = self.assert_retention(
            {"c200": "88"}, {"c200": "71.3"}, ("=", 16.7, 16.7), 200
        )
        self.assertFalse(change.is_interpolated)
        self.assertEqual(change.coated.quantity.as_reported, "88")
        self.assertEqual(
            str(change).replace("\xa0", " "),
            "+16.7 percentage points at cycle 200 (88 % against 71.3 %)",
        )

    def test_the_largest_cycle_that_both_reach_counts(self):
        change = self.assert_retention(
            {"c100": "95", "c300": "90"},
            {"c100": "90", "c500": "50"},
            ("=", 20, 20),
            300,
        )
        self.assertEqual(change.bare.quantity.minimum, 70)
        self.assertTrue(change.bare.is_interpolated)
        self.assertFalse(change.coated.is_interpolated)

    def test_a_value_between_two_points_lies_on_the_line_between_them(self):
        change = self.assert_retention(
            {"c200": "90"}, {"c100": "90", "c500": "50"}, ("=", 10, 10), 200
        )
        self.assertEqual(change.bare.quantity.minimum, 80)
        change = self.assert_retention(
            {"c200": "90"}, {"c100": "88–92", "c500": "~40–60"}, ("~", 6, 14), 200
        )
        change = self.assert_retention(
            {"c200": "90"}, {"c100": "~88–92", "c500": "40–60"}, ("~", 6, 14), 200
        )
        bare = change.bare.quantity
        self.assertEqual((bare.minimum, bare.maximum), (76, 84))
        self.assertIn(", interpolated)", str(change))
        change = self.assert_retention(
            {"c100": "95", "c300": "85"}, {"c200": "80"}, ("=", 10, 10), 200
        )
        self.assertIn("(90 % against 80 %, interpolated)", plain(change))

    def test_nothing_is_extrapolated(self):
        self.assert_retention({"c200": "90"}, {"c100": "80"}, None)
        self.assert_retention(
            {"c10": "99", "c100": "95"}, {"c200": "80", "c300": "70"}, None
        )

    def test_nothing_is_interpolated_from_an_open_end(self):
        self.assert_retention({"c200": "90"}, {"c100": ">90", "c300": "50"}, None)
        self.assert_retention(
            {"c200": "90"}, {"c100": "90", "c150": ">80", "c300": "50"}, None
        )

    def test_a_loss_stays_a_loss(self):
        self.assert_retention({"c50": "60"}, {"c50": "75"}, ("=", -15, -15))

    def test_bounds_give_bounds(self):
        for coated, bare, expected in [
            (">90", "80", (">", 10, None)),
            ("≥90", "80", ("≥", 10, None)),
            ("90", "<50", (">", 40, None)),
            ("90", "≤50", ("≥", 40, None)),
            ("<90", "80", ("<", None, 10)),
            ("90", ">80", ("<", None, 10)),
            (">90", "<50", (">", 40, None)),
            (">90", ">80", None),
            ("<90", "<80", None),
            ("≥90", "<50", (">", 40, None)),
            ("≥90", "≤50", ("≥", 40, None)),
            (">90", "≤50", (">", 40, None)),
            ("≤90", "80", ("≤", None, 10)),
            ("90", "≥80", ("≤", None, 10)),
            ("≤90", ">80", ("<", None, 10)),
            ("<90", "≥80", ("<", None, 10)),
            ("~90", "80", ("~", 10, 10)),
            ("90", "~80", ("~", 10, 10)),
            ("85–90", "80", ("=", 5, 10)),
            ("85–90", "70–80", ("=", 5, 20)),
        ]:
            with self.subTest(coated=coated, bare=bare):
                self.assert_retention({"c100": coated}, {"c100": bare}, expected)

    def test_an_average_is_compared_with_one_over_the_same_cycles(self):
        def average(first, last, text):
            return {
                "first_cycle": first,
                "cycle_number": last,
                "coulombic_efficiency": text,
            }

        at_500 = {"cycle_number": 500, "coulombic_efficiency": "98 %"}
        for coated, bare, expected in [
            ([average(1, 500, ">99 %")], [average(1, 500, "95 %")], (">", 4, 1, 500)),
            ([average(1, 500, "99 %")], [average(1, 400, "95 %")], None),
            ([average(1, 500, "99 %")], [at_500], None),
            ([average(1, 500, "99 %"), at_500], [at_500], ("=", 0, None, 500)),
            (
                [average(1, 9, "97 %"), average(1, 50, "99 %"), average(2, 50, "9 %")],
                [average(1, 9, "95 %"), average(1, 50, "98 %")],
                ("=", 1, 1, 50),
            ),
        ]:
            with self.subTest(expected):
                found = uplift(self.pair(coated, bare))
                change = found and found.coulombic_efficiency
                told = change and (
                    change.change.qualifier,
                    change.change.minimum,
                    change.first_cycle,
                    change.cycle_number,
                )
                self.assertEqual(told, expected)
        self.assertEqual(change.place, "over cycles 1–50")

    def test_a_life_is_not_read_from_averages(self):
        points = retention(c1="100", c100="90")
        average = {"first_cycle": 1, "cycle_number": 200, "capacity_retention": "70 %"}
        found = uplift(self.pair([*points, average], retention(c1="100", c100="80")))
        self.assertIsNone(found.cycles_to_80_percent)

    def test_nothing_is_computed_from_the_end_of_a_series(self):
        for text in ("up to 85 %", "as low as 85 %"):
            pair = self.pair(retention(c100=text), retention(c100="60"))
            self.assertIsNone(uplift(pair))
        rate = [{"specific_capacity": "up to 150"}], [{"specific_capacity": "100"}]
        self.assertIsNone(uplift(self.pair(*rate)))
        self.assertIsNotNone(
            uplift(self.pair(retention(c100="≥85"), retention(c100="60")))
        )

    def test_a_cycle_with_contradicting_statements_is_left_out(self):
        points = [*retention(c100="90"), *retention(c100="80"), *retention(c50="99")]
        found = uplift(self.pair(points, retention(c50="95", c100="70")))
        self.assertEqual(found.capacity_retention.cycle_number, 50)

    def test_efficiency_is_subtracted_and_capacities_are_divided(self):
        coated = [
            {
                "cycle_number": 10,
                "coulombic_efficiency": "99.5",
                "specific_capacity": "150",
            }
        ]
        bare = [
            {
                "cycle_number": 10,
                "coulombic_efficiency": "98.0",
                "specific_capacity": "100",
            }
        ]
        found = uplift(self.pair(coated, bare))
        self.assertIsNone(found.capacity_retention)
        self.assertEqual(found.coulombic_efficiency.change.minimum, 1.5)
        self.assertEqual(found.specific_capacity.change.minimum, 1.5)
        self.assertEqual(found.specific_capacity.change.unit, "")
        self.assertIn("1.5 times, +50 % at cycle 10", str(found.specific_capacity))

    def test_all_that_changed_is_listed_with_retention_first(self):
        coated, bare = (
            [
                {
                    "cycle_number": 10,
                    "areal_capacity": capacity,
                    "coulombic_efficiency": "99",
                    "overpotential": "30",
                    "capacity_retention": percent,
                }
            ]
            for capacity, percent in (("2", "90"), ("1", "80"))
        )
        changes = uplift(self.pair(coated, bare)).changes
        self.assertEqual(
            [(label, change.number) for label, change in changes],
            [
                ("capacity retention", "+10 percentage points"),
                ("areal capacity", "2 times, +100 %"),
                ("coulombic efficiency", "0 percentage points"),
                ("overpotential (lower is better)", "1 times, +0 %"),
            ],
        )

    def test_overpotentials_are_divided_and_less_is_better(self):
        coated = [{"cycle_number": 100, "overpotential": "17"}]
        for bare, expected in [
            ("50", "0.34 times, −66 % at cycle 100 (17 mV against 50 mV)"),
            (">50", "<0.34 times at cycle 100 (17 mV against >50 mV)"),
        ]:
            with self.subTest(bare):
                control = [{"cycle_number": 100, "overpotential": bare}]
                found = uplift(self.pair(coated, control))
                [(label, change)] = found.changes
                self.assertEqual(label, "overpotential (lower is better)")
                self.assertEqual(plain(change), expected)
                self.assertEqual(found.overpotential, change)

    def test_pages_and_api_say_that_less_overpotential_is_better(self):
        coated, bare = (
            [{"cycle_number": 100, "overpotential": text}] for text in ("17", "50")
        )
        test = self.pair(coated, bare)
        listed = self.client.get("/cycling/", {"has_control": True})
        self.assertContains(listed, "× overpotential (lower is better)")
        self.assertContains(listed, ">× 0.34</a>")
        self.assertNotContains(listed, "dumbbell loss")
        page = self.client.get(test.get_absolute_url())
        self.assertContains(page, "Overpotential (lower is better):")
        item = self.client.get(f"/api/v1/cycling-tests/{test.slug}/").json()
        change = item["uplift"]["overpotential"]["change"]
        self.assertEqual(
            change, {"qualifier": "=", "min": 0.34, "max": 0.34, "unit": ""}
        )

    def test_overpotentials_are_compared_at_the_same_cycle_alone(self):
        for coated, bare in [({}, {}), ({"cycle_number": 1}, {}), ({"time_h": 1},) * 2]:
            pair = ([where | {"overpotential": "17"}] for where in (coated, bare))
            with self.subTest(coated=coated, bare=bare):
                self.assertIsNone(uplift(self.pair(*pair)))

    def test_rate_tests_state_one_capacity_without_a_cycle(self):
        for name, coated, bare in [
            ("specific_capacity", "133", "38"),
            ("areal_capacity", "0.2", "~0.08"),
        ]:
            with self.subTest(name):
                pair = self.pair([{name: coated}], [{name: bare}])
                found = getattr(uplift(pair), name)
                self.assertEqual(found.change.minimum, {"38": 3.5, "~0.08": 2.5}[bare])
                self.assertRegex(str(found), r"at a cycle not stated \(.+ against ")
                self.assertNotIn("interpolated", str(found))
                self.assertIsNone(found.cycle_number)

    def test_a_capacity_without_a_cycle_is_not_compared_with_another_place(self):
        alone = [{"specific_capacity": "133"}]
        for bare in (
            [{"cycle_number": 9, "specific_capacity": "38"}],
            [{"specific_capacity": "38"}, {"specific_capacity": "40"}],
            [{"time_h": 2, "specific_capacity": "38"}],
        ):
            with self.subTest(bare):
                self.assertIsNone(uplift(self.pair(alone, bare)))
                self.assertIsNone(uplift(self.pair(bare, alone)))

    def test_retention_without_a_cycle_is_not_compared(self):
        alone = [{"capacity_retention": "90"}]
        self.assertIsNone(uplift(self.pair(alone, alone)))

    def test_a_capacity_of_zero_divides_nothing(self):
        coated = [{"cycle_number": 1, "specific_capacity": "150"}]
        bare = [{"cycle_number": 1, "specific_capacity": "0"}]
        self.assertIsNone(uplift(self.pair(coated, bare)))

    def test_hours_are_no_cycles(self):
        coated = [{"time_h": 100, "overpotential": "20", "coulombic_efficiency": "99"}]
        self.assertIsNone(uplift(self.pair(coated, coated)))

    def test_cycles_to_80_percent_are_stated_or_between_two_points(self):
        found = uplift(
            self.pair(
                retention(c1="100", c500="80"),
                retention(c1="100", c100="90", c200="70", c300="60"),
            )
        ).cycles_to_80_percent
        self.assertEqual((found.coated.cycle, found.bare.cycle), (500, 150))
        self.assertFalse(found.coated.is_interpolated)
        self.assertTrue(found.bare.is_interpolated)
        self.assertEqual(found.ratio.minimum, 3.333)
        self.assertEqual(
            str(found),
            "3.33 times the cycles to 80 % (500 against 150, interpolated)",
        )

    def test_either_test_may_have_its_80_percent_between_two_points(self):
        for first, last in (("~90", "70"), ("90", "~70")):
            found = uplift(
                self.pair(retention(c100=first, c200=last), retention(c100="80"))
            ).cycles_to_80_percent
            self.assertEqual(
                str(found),
                "~1.5 times the cycles to 80 % (150 against 100, interpolated)",
            )

    def test_what_is_above_80_percent_for_sure_decides_nothing(self):
        for above in (">80", "85–90"):
            found = uplift(
                self.pair(retention(c200=above, c500="80"), retention(c100="80"))
            ).cycles_to_80_percent
            self.assertEqual(found.coated.cycle, 500)

    def test_the_80_percent_lie_where_the_line_between_two_points_falls_to_them(self):
        found = uplift(
            self.pair(retention(c400="80"), retention(c100="90", c200="40"))
        ).cycles_to_80_percent
        self.assertEqual(found.bare.cycle, 120)

    def test_changes_are_printed_with_their_sign_and_to_three_digits(self):
        def capacities(coated, bare):
            points = (
                [{"cycle_number": 5, "specific_capacity": text}]
                for text in (coated, bare)
            )
            return uplift(self.pair(*points)).specific_capacity.number

        for coated, bare, number in (
            ("172", "100", "1.72 times, +72 %"),
            ("50", "100", "0.5 times, −50 %"),
            ("100", "100", "1 times, +0 %"),
            ("99", "100", "0.99 times, −1 %"),
            ("200", "~150", "~1.33 times, +33 %"),
            ("150–200", "100", "1.5–2 times"),
            (">150", "100", ">1.5 times"),
        ):
            with self.subTest(coated=coated, bare=bare):
                self.assertEqual(capacities(coated, bare), number)
        for coated, bare, number in (
            ("~90", "80", "~+10 percentage points"),
            ("70", "80", "−10 percentage points"),
            ("80.5", "80", "+0.5 percentage points"),
            ("80", "80", "0 percentage points"),
            ("80", "80.5", "−0.5 percentage points"),
            (">90", "80", ">10 percentage points"),
        ):
            with self.subTest(coated=coated, bare=bare):
                pair = self.pair(retention(c5=coated), retention(c5=bare))
                self.assertEqual(uplift(pair).capacity_retention.number, number)

    def test_cycles_to_80_percent_need_both_to_get_there(self):
        bare = {"c1": "100", "c100": "60"}
        for coated in (
            {"c1": "100", "c500": "85"},  # still above
            {"c500": "70"},  # below, but since when?
            {"c1": "100", "c200": "<85", "c500": "70"},  # perhaps before cycle 200
            {"c1": "100", "c200": ">85", "c500": "70"},  # no line from an open end
            {"c1": "100", "c200": "75–85", "c500": "70"},
            {"c1": "100", "c200": "75–85", "c500": "80"},  # perhaps before cycle 200
        ):
            with self.subTest(coated):
                found = uplift(self.pair(retention(**coated), retention(**bare)))
                self.assertIsNone(found and found.cycles_to_80_percent)

    def test_about_80_percent_is_about(self):
        found = uplift(
            self.pair(retention(c400="~80"), retention(c100="80"))
        ).cycles_to_80_percent
        self.assertEqual((found.ratio.qualifier, found.ratio.minimum), ("~", 4))
        self.assertEqual(str(found), "~4 times the cycles to 80 % (400 against 100)")

    def test_disputed_tests_and_other_studies_give_none(self):
        points = retention(c100="90")
        self.assertIsNone(uplift(self.pair(points, points, disputed=True)))
        test = self.pair(points, points)
        CyclingTest.objects.filter(pk=test.control.pk).update(disputed=True)
        test = CyclingTest.objects.for_list().get(pk=test.pk)
        self.assertIsNone(uplift(test))
        self.assertIsNone(
            uplift(self.pair(points, points, control_study=create_study()))
        )
        hidden = create_study(status="draft")
        self.assertIsNone(uplift(self.pair(points, points, control_study=hidden)))
        alone = create_cycling_test(points, electrode=self.electrode)
        self.assertIsNone(uplift(alone))

    def test_conditions_that_differ_from_the_controls_are_named(self):
        found = uplift(
            self.pair(retention(c9="90"), retention(c9="80"), electrolyte="LP30")
        )
        self.assertTrue(found.is_ranked)
        test = self.pair(retention(c9="90"), retention(c9="80"), c_rate="1C")
        test.control.c_rate = "2C"
        found = uplift(test)
        self.assertFalse(found.is_ranked)
        self.assertEqual(str(found.comparability), "Differs in C-rate")
