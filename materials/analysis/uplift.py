"""What a coating changed: a coated cycling test against its bare control.

Computed here and nowhere else:

* A coated test is compared with its control alone: the bare test of the same study.
  Neither may be disputed.
* Values are compared at the same cycle. Where one test states none there, its value is
  interpolated linearly between the two neighboring points, never beyond the first or
  the last, and never from or to an open end such as `>99 %`.
* Bounds give bounds: `>90 %` against `80 %` is a change of more than 10 percentage
  points. Where neither end is bounded (`>90 %` against `>80 %`), there is no change.
* An average over cycles is no value at any of them: it is compared with the average
  over the same cycles alone, and only where no cycle has both values.
* The end of a series, “up to 85 %”, is no value of one cell, and not compared.
* Two statements of one test that contradict each other at a cycle are left out.
* Capacity retention is never computed from capacities: sources count it from different
  cycles. Tests that state capacities only are compared by their ratio.
* Rate tests state a capacity without a cycle. Where test and control each state one
  such capacity, the two are compared.
* Of overpotentials the ratio is given too. It is the one number that is better when it
  is lower: it says so, and no ranking and no map of gains takes it.
* Hours of plating and stripping are not compared with cycles.

What this gives for every published test is stored in `Gain`; see
`materials.analysis.gains`.
"""

from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import Quantity
from materials.analysis.comparison import compare
from materials.choices import ComparabilityVerdict
from materials.models import CyclingPoint, CyclingTest

PERCENTAGE_POINTS = "percentage points"
END_OF_LIFE_PERCENT = 80
_DIGITS = 3  # decimals of a computed number; sources state fewer


@dataclass(frozen=True)
class Value:
    """What a test had reached at a cycle; its unit is the quantity's (%, mAh/g)."""

    quantity: Quantity
    is_interpolated: bool


@dataclass(frozen=True)
class Change:
    """A coated test against its control at one cycle, None where neither states it.

    `change` is coated − bare in percentage points, or coated / bare without unit. With
    a `first_cycle` the values are averages over the cycles from that to `cycle_number`.
    """

    cycle_number: int | None
    coated: Value
    bare: Value
    change: Quantity
    first_cycle: int | None = None

    @property
    def is_interpolated(self):
        return self.coated.is_interpolated or self.bare.is_interpolated

    @property
    def place(self):
        """ "at cycle 200", "over cycles 1–500"."""
        if self.first_cycle is not None:
            return f"over cycles {self.first_cycle}–{self.cycle_number}"
        if self.cycle_number is None:
            return "at a cycle not stated"
        return f"at cycle {self.cycle_number}"

    @property
    def number(self):
        """ "+16.7 percentage points", or "1.72 times, +72 %"."""
        change = self.change
        if change.unit != PERCENTAGE_POINTS:
            return _print_ratio(change)
        number = str(change)
        if change.qualifier in "=~" and (change.minimum or 0) > 0:
            sign = change.qualifier.strip("=")
            number = f"{sign}+{number.removeprefix(sign)}"
        return f"{number} {PERCENTAGE_POINTS}"

    def __str__(self):
        """ "+16.7 percentage points at cycle 200 (88 % against 71.3 %)"."""
        values = f"{self.coated.quantity} against {self.bare.quantity}"
        hint = ", interpolated" if self.is_interpolated else ""
        return f"{self.number} {self.place} ({values}{hint})"


@dataclass(frozen=True)
class EndOfLife:
    """The cycle at which the capacity retention of a test reaches 80 %."""

    cycle: float
    is_interpolated: bool
    is_approximate: bool


@dataclass(frozen=True)
class LifeRatio:
    """Cycles to 80 % capacity retention: coated / bare, without unit."""

    coated: EndOfLife
    bare: EndOfLife
    ratio: Quantity

    @property
    def is_interpolated(self):
        return self.coated.is_interpolated or self.bare.is_interpolated

    @property
    def number(self):
        """ "2.5 times"."""
        return _times(self.ratio)

    def __str__(self):
        """ "2.5 times the cycles to 80 % (500 against 200)"."""
        cycles = f"{self.coated.cycle:.0f} against {self.bare.cycle:.0f}"
        hint = ", interpolated" if self.is_interpolated else ""
        return f"{self.number} the cycles to {END_OF_LIFE_PERCENT} % ({cycles}{hint})"


@dataclass(frozen=True)
class Uplift:
    """What a coated test gained over its control; None where nothing can be said.

    Of each quantity, the change at the largest cycle at which both are known:
    `capacity_retention` and `coulombic_efficiency` in percentage points,
    `specific_capacity`, `areal_capacity` and `overpotential` as ratios;
    `cycles_to_80_percent` is a ratio of cycles. Of the overpotential, less is better.
    """

    test: CyclingTest
    control: CyclingTest
    capacity_retention: Change | None
    coulombic_efficiency: Change | None
    specific_capacity: Change | None
    areal_capacity: Change | None
    overpotential: Change | None
    cycles_to_80_percent: LifeRatio | None

    @property
    def changes(self):
        """(label, `Change`) of each quantity that is known, the most telling first."""
        return [
            (_label(name), change)
            for name in CHANGED
            if (change := getattr(self, name))
        ]

    @cached_property
    def comparability(self):
        """The `Comparability` of the test and its control."""
        return compare([self.test, self.control])

    @property
    def is_ranked(self):
        """Whether no reported condition differs between the test and its control."""
        return self.comparability.verdict != ComparabilityVerdict.DIFFERS


class Course(NamedTuple):
    """What a test states of the compared quantities: by name, what it states where.

    Without ends of series, and without what two points state otherwise.
    """

    curves: dict[str, dict[int, Quantity]]  # by cycle, in order
    averages: dict[str, dict[tuple[int, int], Quantity]]  # by last and first cycle
    without_cycle: dict[str, Quantity]  # the one value of which it is not said when

    @property
    def names(self):
        """The quantities of which it states anything."""
        return self.curves.keys() | self.averages.keys() | self.without_cycle.keys()


def uplift(test):
    """The `Uplift` of a coated test, None where there is none.

    The control counts as it was fetched: with tests of `for_list()`, if published.
    """
    control = test.control
    if (
        control is None
        or test.disputed
        or control.disputed
        or test.study_id != control.study_id
    ):
        return None
    coated, bare = _course_of(test), _course_of(control)
    numbers = {name: next(changes(coated, bare, name), None) for name in CHANGED} | {
        "cycles_to_80_percent": life_ratio(coated, bare)
    }
    if not any(numbers.values()):
        return None
    return Uplift(test, control, **numbers)


def course(statements):
    """The `Course` of a test whose points make some statements.

    Each is (name, first cycle, cycle, hours, quantity), as the point has them.
    """
    stated: dict[str, dict[tuple, set[Quantity]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for name, first, cycle, hours, quantity in statements:
        if hours is None and not quantity.limit:
            stated[name][cycle, None if cycle is None else first].add(quantity)
    found = Course(defaultdict(dict), defaultdict(dict), {})
    for name, places in stated.items():
        for (cycle, first), quantities in places.items():
            if len(quantities) > 1:
                continue
            (quantity,) = quantities
            if cycle is None:
                found.without_cycle[name] = quantity
            elif first is None:
                found.curves[name][cycle] = quantity
            else:
                found.averages[name][cycle, first] = quantity
    for name, curve in found.curves.items():
        found.curves[name] = dict(sorted(curve.items()))
    return found


def _course_of(test):
    return course(
        (name, point.first_cycle, point.cycle_number, point.time_h, quantity)
        for point in test.points.all()
        for name in CHANGED
        if (quantity := getattr(point, name)) is not None
    )


def _label(name):
    label = quantity_fields(CyclingPoint)[name].verbose_name
    return f"{label} (lower is better)" if name in _LOWER_IS_BETTER else label


def changes(coated, bare, name):
    """The `Change`s of a quantity between two courses, as `shared` orders them."""
    for cycle, first, one, other in shared(coated, bare, name):
        if change := CHANGED[name](one.quantity, other.quantity):
            yield Change(cycle, one, other, change, first)


def shared(coated, bare, name):
    """Where two courses both have a quantity: cycle, first cycle, and both `Value`s.

    From the largest shared cycle down to the smallest, then averages, then the one
    value of a capacity of which no cycle is stated.
    """
    curves = coated.curves.get(name, {}), bare.curves.get(name, {})
    if all(curves):
        for cycle in sorted(curves[0].keys() | curves[1].keys(), reverse=True):
            one, other = (_at(curve, cycle) for curve in curves)
            if one and other:
                yield cycle, None, one, other
    spans = coated.averages.get(name, {}), bare.averages.get(name, {})
    for last, first in sorted(spans[0].keys() & spans[1].keys(), reverse=True):
        one, other = (Value(span[last, first], is_interpolated=False) for span in spans)
        yield last, first, one, other
    stated = coated.without_cycle.get(name), bare.without_cycle.get(name)
    if name in _CAPACITIES and all(stated):
        yield None, None, *(Value(one, is_interpolated=False) for one in stated)


def _at(curve, cycle):
    if cycle in curve:
        return Value(curve[cycle], is_interpolated=False)
    cycles = list(curve)
    place = bisect(cycles, cycle)
    if place in (0, len(cycles)):
        return None
    before, after = cycles[place - 1], cycles[place]
    first, last = curve[before], curve[after]
    if _is_open(first) or _is_open(last):
        return None
    share = (cycle - before) / (after - before)
    return Value(
        Quantity(
            _round(first.minimum + share * (last.minimum - first.minimum)),
            _round(first.maximum + share * (last.maximum - first.maximum)),
            _about(first, last),
            unit=first.unit,
        ),
        is_interpolated=True,
    )


def difference(coated, bare):
    return _bounded(coated, bare, lambda a, b: a - b, PERCENTAGE_POINTS)


def ratio(coated, bare):
    return _bounded(coated, bare, lambda a, b: a / b if b else None, "")


#: How a quantity is compared, by its unit.
_CHANGE_IN = {"%": difference, "mAh/g": ratio, "mAh/cm²": ratio, "mV": ratio}
_CAPACITIES = ("specific_capacity", "areal_capacity")
_LOWER_IS_BETTER = ("overpotential",)
#: The quantities that are compared, the most telling first, and how each is.
CHANGED = {
    name: _CHANGE_IN[field.unit]
    for name, field in sorted(
        quantity_fields(CyclingPoint).items(),
        key=lambda item: item[0] != "capacity_retention",
    )
    if field.unit in _CHANGE_IN
}


def _bounded(coated, bare, combine, unit):
    """What is surely true of a combination that rises with `coated` and falls with
    `bare`; None if no bound is known."""

    def end(a, b):
        number = None if a is None or b is None else combine(a, b)
        return None if number is None else _round(number)

    low, high = end(coated.minimum, bare.maximum), end(coated.maximum, bare.minimum)
    if low is None and high is None:
        return None
    if high is None:
        strict = coated.qualifier == ">" or bare.qualifier == "<"
        qualifier = ">" if strict else "≥"
    elif low is None:
        strict = coated.qualifier == "<" or bare.qualifier == ">"
        qualifier = "<" if strict else "≤"
    else:
        qualifier = _about(coated, bare)
    return Quantity(low, high, qualifier, unit=unit)


def life_ratio(coated, bare):
    """The `LifeRatio` between two courses, None where one does not reach 80 %."""
    coated, bare = _end_of_life(coated), _end_of_life(bare)
    if coated is None or bare is None:
        return None
    times = _round(coated.cycle / bare.cycle)
    about = "~" if coated.is_approximate or bare.is_approximate else "="
    return LifeRatio(coated, bare, Quantity(times, times, about))


def _end_of_life(course):
    """Where the stated points of a test first pass 80 %, None if they do not say."""
    before = None
    for cycle, value in course.curves.get("capacity_retention", {}).items():
        if value.minimum is None:
            return None
        if value.minimum != value.maximum:
            # Above the line for sure, but from nowhere that a line could be drawn.
            if value.minimum < END_OF_LIFE_PERCENT:
                return None
            before = None
        elif value.minimum > END_OF_LIFE_PERCENT:
            before = (cycle, value)
        elif value.minimum == END_OF_LIFE_PERCENT:
            return EndOfLife(float(cycle), False, value.qualifier == "~")
        elif before is None:
            return None
        else:
            first_cycle, first = before
            share = (first.minimum - END_OF_LIFE_PERCENT) / (
                first.minimum - value.minimum
            )
            return EndOfLife(
                _round(first_cycle + share * (cycle - first_cycle)),
                True,
                _about(first, value) == "~",
            )
    return None


def _times(ratio):
    """ "1.72 times": to three digits, which are more than sources state."""
    low, high = (
        None if end is None else float(f"{end:.3g}")
        for end in (ratio.minimum, ratio.maximum)
    )
    return f"{Quantity(low, high, ratio.qualifier)} times"


def _print_ratio(ratio):
    """ "1.72 times, +72 %"."""
    number = _times(ratio)
    if ratio.minimum != ratio.maximum:
        return number
    gain = round(100 * (ratio.minimum - 1))
    sign = "−" if gain < 0 else "+"
    return f"{number}, {sign}{abs(gain)} %"


def _is_open(quantity):
    return quantity.minimum is None or quantity.maximum is None


def _about(*quantities):
    return "~" if any(quantity.qualifier == "~" for quantity in quantities) else "="


def _round(number):
    """Without the noise of binary fractions: 88 − 71.3 is 16.7."""
    return round(number, _DIGITS)
