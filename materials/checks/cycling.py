"""Checks of cycling tests."""

from collections import defaultdict

from django.db.models import F, Q

from asei_db.lib.fields import quantity_fields, unusual
from asei_db.lib.quantities import Quantity
from literature.checks import Severity, check
from materials.analysis.comparison import compare
from materials.checks.amounts import about, is_above_100
from materials.models import CyclingPoint, CyclingTest

CAPACITY_TOLERANCE = 0.1
_OF_ANOTHER_CYCLE = "the retention is that of"  # in a note, as harvests have it


@check(Severity.ERROR, CyclingTest, related=["points"])
def efficiency_is_at_most_100_percent(test):
    """A coulombic efficiency is at most 100 %."""
    for point in test.points.all():
        if is_above_100(point.coulombic_efficiency):
            yield (
                f"The coulombic efficiency at {point} is {point.coulombic_efficiency}."
            )


@check(Severity.WARNING, CyclingTest, related=["points"])
def retention_times_initial_is_final_capacity(test):
    """Retention × the first capacity is the capacity at that cycle, within 10 %."""
    if _OF_ANOTHER_CYCLE in test.notes.lower():
        return
    first = None
    for point in test.points.all():
        capacity, retention = point.specific_capacity, point.capacity_retention
        if capacity is None or point.cycle_number is None or point.is_average:
            continue
        if first is None:
            first = (point, capacity)
        elif retention is not None:
            expected = _product(first[1], retention)
            if not about(expected, capacity, CAPACITY_TOLERANCE):
                yield (
                    f"{retention} of the {first[1]} at {first[0]} would be {expected}, "
                    f"but the capacity at {point} is {capacity}."
                )


@check(Severity.WARNING, CyclingTest, related=["points"])
def each_cycle_has_one_value(test):
    """No two statements of one test differ at the same cycle or hour."""
    stated = defaultdict(set)
    for point in test.points.all():
        if point.cycle_number is None and point.time_h is None:
            continue
        for name in quantity_fields(CyclingPoint):
            if (quantity := getattr(point, name)) is not None:
                stated[str(point), name].add(quantity)
    for (place, name), quantities in stated.items():
        if len(quantities) > 1:
            numbers = " and ".join(sorted(map(str, quantities)))
            yield (
                f"The {name.replace('_', ' ')} at {place} is {numbers}; no gain over "
                f"the control is computed from them."
            )


@check(
    Severity.ERROR,
    CyclingTest,
    where=Q(control__isnull=False),
    related=["control"],
)
def control_is_bare_and_of_the_same_study(test):
    """A control has no coating, and the study is the test's."""
    if test.control is None:
        return
    if test.control.coating_id is not None:
        yield f"Its control {test.control.slug} has a coating."
    if test.control.study_id != test.study_id:
        yield f"Its control {test.control.slug} belongs to another study."


@check(
    Severity.WARNING,
    CyclingTest,
    where=Q(control__isnull=False),
    related=["electrode", "control__electrode"],
)
def control_has_the_same_conditions(test):
    """A control was cycled under the conditions of the test."""
    if test.control is None:
        return
    comparability = compare([test, test.control])
    if comparability.differing:
        differing = ", ".join(comparability.differing)
        yield f"Its control {test.control.slug} differs in {differing}."


@check(Severity.WARNING, CyclingTest, where=Q(notes=""), related=["points"])
def cycling_is_of_a_usual_size(test):
    """Conditions and values of a test are of sizes that occur, or a note says more."""
    if not test.notes:
        yield from (sentence for _, sentence in unusual(test))
        for point in test.points.all():
            for column, sentence in unusual(point):
                if not column.startswith("coulombic_efficiency"):
                    yield f"At {point}: {sentence}"


@check(
    Severity.WARNING,
    CyclingTest,
    where=Q(notes="") & ~Q(coating__substrate=F("electrode")),
    related=["coating__substrate", "electrode"],
)
def coated_electrode_is_the_one_tested(test):
    """A coated electrode is the substrate of its coating, or a note says more."""
    if not test.notes and test.coating and test.coating.substrate:
        yield from other_electrode(test.coating.substrate, test.electrode)


def other_electrode(substrate, electrode):
    """A sentence where a film on `substrate` is tested on another `electrode`."""
    if substrate != electrode:
        yield f"The coating is on {substrate}, but the electrode is {electrode}."


def _product(capacity, retention):
    """The capacity that is left, mAh/g."""

    def end(one, other):
        return None if one is None or other is None else round(one * other / 100, 9)

    low = end(capacity.minimum, retention.minimum)
    high = end(capacity.maximum, retention.maximum)
    if low is not None and high is not None:
        return Quantity(low, high, "~", unit=capacity.unit)
    # A bound gives a bound; of two opposite ones nothing is left.
    return Quantity(low, high, "≤" if low is None else "≥", unit=capacity.unit)


@check(
    Severity.WARNING,
    CyclingTest,
    where=Q(coating__isnull=True, notes=""),
    known=lambda: {*CyclingTest.objects.values_list("control", flat=True)},
)
def bare_test_has_a_partner(test, controls):
    """A bare cell is the control of a coated one, or a note says what it is for."""
    if test.coating_id is None and not test.notes and test.pk not in controls():
        yield "No coated test names it as its control."
