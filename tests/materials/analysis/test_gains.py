"""Stored gains: what they hold, and that they are what the rules give."""

from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from asei_db.lib import deriving
from materials.analysis import gains
from materials.analysis.gains import stored_uplift
from materials.analysis.uplift import CHANGED, uplift
from materials.choices import GainKind, Missing
from materials.models import CyclingPoint, CyclingTest, Gain
from tests.curated import load_literature
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_study,
    create_substrate,
)


def stored():
    """All stored gains without their keys."""
    return list(Gain.objects.order_by("test", "pk").values_list(*gains._COLUMNS))


def from_scratch():
    """All gains as they are derived in an empty table."""
    Gain.objects.all().delete()
    gains.write(list(CyclingTest.objects.values_list("pk", flat=True)))
    return stored()


def at(cycle, **values):
    return {"cycle_number": cycle} | values


class GainTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study()
        cls.electrode = create_substrate("Graphite", source=cls.study)
        cls.coating = create_coating(substrate=cls.electrode, source=cls.study)

    def cycle(self, points, **fields):
        same = {"electrode": self.electrode, "source": self.study}
        return create_cycling_test(points, **same | fields)

    def pair(self, coated, bare, **fields):
        control = self.cycle(bare)
        return self.cycle(coated, coating=self.coating, control=control, **fields)

    def test_each_shared_cycle_average_and_capacity_has_its_row(self):
        test = self.pair(
            [
                at(10, capacity_retention="99", specific_capacity="150"),
                at(100, capacity_retention="~90"),
                at(100, first_cycle=1, coulombic_efficiency="99.9"),
                {"specific_capacity": "140"},
            ],
            [
                at(10, capacity_retention="98"),
                at(50, capacity_retention="90"),
                at(100, capacity_retention="<80"),
                at(100, first_cycle=1, coulombic_efficiency="99.5"),
                {"specific_capacity": "70"},
            ],
        )
        rows = test.gains.order_by("pk").values_list(
            "kind",
            "first_cycle",
            "cycle_number",
            "is_headline",
            "change_min",
            "change_max",
            "change_qualifier",
            "change_unit",
            "ratio_min",
            "coated_is_interpolated",
        )
        points = "percentage points"
        self.assertEqual(
            list(rows),
            [
                *[
                    ("capacity_retention", None, *row)
                    for row in [
                        (100, True, 10.0, None, ">", points, 1.125, False),
                        (50, False, 5.0, 5.0, "~", points, 1.056, True),
                        (10, False, 1.0, 1.0, "=", points, 1.01, False),
                    ]
                ],
                ("specific_capacity", None, None, True, 2.0, 2.0, "=", "", 2.0, False),
                (
                    *("coulombic_efficiency", 1, 100, True, 0.4, 0.4, "=", points),
                    *(1.004, False),
                ),
            ],
        )

    def test_lives_are_compared_in_cycles(self):
        test = self.pair(
            [at(100, capacity_retention="90"), at(400, capacity_retention="~80")],
            [at(10, capacity_retention="90"), at(210, capacity_retention="70")],
        )
        life = test.gains.get(kind=GainKind.LIFE)
        self.assertEqual(
            (life.coated_min, life.coated_qualifier, life.coated_is_interpolated),
            (400, "~", False),
        )
        self.assertEqual((life.bare_max, life.bare_is_interpolated), (110, True))
        self.assertEqual((life.change_min, life.ratio_max), (3.636, 3.636))

    def test_of_each_kind_the_gain_that_is_shown_is_the_headline(self):
        test = self.pair(
            [at(1, overpotential="20"), at(9, overpotential="30")],
            [at(1, overpotential="40"), at(9, overpotential="50")],
        )
        (headline,) = Gain.objects.headlines()
        shown = uplift(CyclingTest.objects.for_list().get(pk=test.pk)).overpotential
        self.assertEqual(headline.cycle_number, shown.cycle_number)
        self.assertEqual(headline.change_min, shown.change.minimum)

    def test_rankings_take_no_other_conditions_and_no_disputed_coating(self):
        points = [at(9, capacity_retention="90")], [at(9, capacity_retention="80")]
        same = self.pair(*points)
        self.pair(*points, electrode=create_substrate("Si", source=self.study))
        self.assertEqual([gain.test for gain in Gain.objects.ranked()], [same])
        self.assertEqual(
            set(Gain.objects.values_list("comparability", flat=True)),
            {"not_enough_reported", "differs"},
        )
        self.coating.disputed = True
        self.coating.save()
        self.assertFalse(Gain.objects.ranked().exists())

    def test_what_is_missing_for_a_gain_is_named(self):
        value = [at(9, capacity_retention="90")]
        hidden = self.cycle(value, source=create_study(status="draft"))
        other = self.cycle(value, source=create_study())
        for missing, test in [
            (
                Missing.CONTROL,
                self.cycle(value, coating=self.coating),
            ),
            (
                Missing.PUBLISHED_CONTROL,
                self.cycle(value, coating=self.coating, control=hidden),
            ),
            (
                Missing.SAME_STUDY,
                self.cycle(value, coating=self.coating, control=other),
            ),
            (Missing.UNDISPUTED, self.pair(value, value, disputed=True)),
            (Missing.VALUES, self.pair([], value)),
            (
                Missing.CONTROL_VALUES,
                self.pair(value, [at(9, capacity_retention="up to 99")]),
            ),
            (
                Missing.SHARED_QUANTITY,
                self.pair(value, [at(9, overpotential="10")]),
            ),
            (
                Missing.SHARED_CYCLE,
                self.pair(value, [at(8, capacity_retention="90")]),
            ),
            (
                Missing.BOUNDS,
                self.pair(
                    [at(9, capacity_retention=">90")], [at(9, capacity_retention=">80")]
                ),
            ),
        ]:
            with self.subTest(missing):
                (gain,) = test.gains.all()
                self.assertEqual((gain.kind, gain.missing), ("", missing))
                self.assertEqual(str(gain), missing.label)
                listed = CyclingTest.objects.for_list().get(pk=test.pk)
                self.assertIsNone(stored_uplift(listed))

    def test_bare_tests_and_drafts_have_none(self):
        value = [at(9, capacity_retention="90")]
        self.cycle(value)
        self.cycle(value, coating=self.coating, source=create_study(status="draft"))
        self.assertEqual(stored(), [])

    def test_a_listed_test_gives_its_stored_gains_without_a_query(self):
        test = self.pair(
            [at(10, capacity_retention="99")], [at(10, capacity_retention="95")]
        )
        test = CyclingTest.objects.for_list().get(pk=test.pk)
        with self.assertNumQueries(0):
            self.assertEqual(stored_uplift(test).capacity_retention.change.minimum, 4)

    def test_queries_do_not_grow_with_the_tests(self):
        for _ in range(3):
            self.pair(
                [at(10, capacity_retention="99")], [at(10, capacity_retention="95")]
            )
        Gain.objects.all().delete()
        keys = list(CyclingTest.objects.values_list("pk", flat=True))
        # Tests; controls; points; what is stored; the new rows.
        with self.assertNumQueries(5):
            self.assertEqual(gains.write(keys), 3)
        # Nothing changed.
        with self.assertNumQueries(4):
            self.assertEqual(gains.write(keys), 0)


class CuratedGainTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_literature()

    def test_stored_gains_are_those_that_the_rules_give_each_test(self):
        tests = CyclingTest.objects.published().for_list()
        found = 0
        for test in tests.filter(coating__isnull=False):
            computed, kept = uplift(test), stored_uplift(test)
            with self.subTest(test.slug):
                if computed is None:
                    self.assertIsNone(kept)
                    self.assertTrue(test.gains.get().missing)
                    continue
                found += 1
                for name in (*CHANGED, "cycles_to_80_percent"):
                    self.assertEqual(getattr(kept, name), getattr(computed, name))
                verdicts = {gain.comparability for gain in test.gains.all()}
                self.assertEqual(verdicts, {computed.comparability.verdict})
        self.assertGreater(found, 50)

    def test_they_are_what_a_computation_from_scratch_gives(self):
        before = stored()
        self.assertEqual(before, from_scratch())


_TEXTS = st.sampled_from(["", "95", "~90", ">85", "<80", "70–75", "up to 99", "80"])
_POINTS = st.lists(
    st.tuples(st.sampled_from([None, 1, 10, 100]), _TEXTS, _TEXTS), max_size=4
)


class EditedGainTests(HypothesisTestCase):
    """Whatever is edited, what is stored is what a computation from scratch gives."""

    def build(self):
        self.study, self.draft = create_study(), create_study(status="draft")
        self.electrodes = [create_substrate(source=self.study) for _ in range(2)]
        self.coating = create_coating(substrate=self.electrodes[0], source=self.study)
        self.tests = []
        for coating in (None, None, self.coating, self.coating):
            control = self.tests[0] if coating else None
            self.tests.append(
                create_cycling_test(
                    [at(10, capacity_retention="90")],
                    coating=coating,
                    control=control,
                    electrode=self.electrodes[0],
                    source=self.study,
                )
            )

    @given(data=st.data())
    @settings(max_examples=8, deadline=None)
    def test_after_edits(self, data):
        with deriving.batch():
            self.build()
        edits = {
            "points": self.edit_points,
            "test": self.edit_test,
            "coating": self.edit_coating,
            "study": self.edit_study,
            "delete": self.delete_test,
            "electrode": self.rename_electrode,
        }
        for name in data.draw(st.lists(st.sampled_from(sorted(edits)), max_size=6)):
            edits[name](data.draw)
        kept = stored()
        self.assertEqual(kept, from_scratch())

    def edit_points(self, draw):
        test = draw(st.sampled_from(self.tests))
        test.points.all().delete()
        for cycle, retention, capacity in draw(_POINTS):
            if retention or capacity:
                CyclingPoint.objects.create(
                    test=test,
                    cycle_number=cycle,
                    capacity_retention=retention,
                    specific_capacity=capacity,
                )

    def edit_test(self, draw):
        test = draw(st.sampled_from(self.tests))
        test.disputed = draw(st.booleans())
        test.electrolyte = draw(st.sampled_from(["", "LP30", "lp30", "LP57"]))
        test.c_rate = draw(st.sampled_from(["", "1C", "C/2"]))
        if test.coating_id:
            test.control = draw(st.sampled_from([None, *self.tests[:2]]))
        test.study = draw(st.sampled_from([self.study, self.draft]))
        test.save()

    def edit_coating(self, draw):
        self.coating.disputed = draw(st.booleans())
        self.coating.source = draw(st.sampled_from([self.study, self.draft]))
        self.coating.save()

    def edit_study(self, draw):
        study = draw(st.sampled_from([self.study, self.draft]))
        study.status = draw(st.sampled_from(["draft", "published"]))
        study.save()

    def rename_electrode(self, draw):
        test = draw(st.sampled_from(self.tests))
        test.electrode = draw(st.sampled_from(self.electrodes))
        test.save()

    def delete_test(self, draw):
        if self.tests[-1].coating_id:
            self.tests.pop().delete()
