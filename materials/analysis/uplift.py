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
"""

from bisect import bisect
from dataclasses import dataclass

from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import Quantity
from materials.analysis.comparison import Comparability, ComparabilityVerdict, compare
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
    comparability: Comparability
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

    @property
    def is_ranked(self):
        """Whether no reported condition differs between the test and its control."""
        return self.comparability.verdict != ComparabilityVerdict.DIFFERS


def uplift(test):
    """The `Uplift` of a coated test, None where there is none.

    No query for tests of `CyclingTest.objects.for_list()`, whose control is None
    unless it is published.
    """
    control = test.control
    if (
        control is None
        or test.disputed
        or control.disputed
        or test.study_id != control.study_id
    ):
        return None
    numbers = {name: next(_changes(test, control, name), None) for name in CHANGED} | {
        "cycles_to_80_percent": _life_ratio(test, control)
    }
    if not any(numbers.values()):
        return None
    return Uplift(test, control, compare([test, control]), **numbers)


def _label(name):
    label = quantity_fields(CyclingPoint)[name].verbose_name
    return f"{label} (lower is better)" if name in _LOWER_IS_BETTER else label


def _changes(test, control, name):
    """The changes from the largest shared cycle down to the smallest, then averages."""
    coated_curve, bare_curve = _curve(test, name), _curve(control, name)
    for cycle in sorted(coated_curve.keys() | bare_curve.keys(), reverse=True):
        coated, bare = _at(coated_curve, cycle), _at(bare_curve, cycle)
        if coated and bare:
            change = CHANGED[name](coated.quantity, bare.quantity)
            if change:
                yield Change(cycle, coated, bare, change)
    coated_spans, bare_spans = _averages(test, name), _averages(control, name)
    for last, first in sorted(coated_spans.keys() & bare_spans.keys(), reverse=True):
        values = coated_spans[last, first], bare_spans[last, first]
        if change := CHANGED[name](*values):
            coated, bare = (Value(one, is_interpolated=False) for one in values)
            yield Change(last, coated, bare, change, first)
    if name in _CAPACITIES:
        coated, bare = _without_cycle(test, name), _without_cycle(control, name)
        if coated and bare and (change := _ratio(coated.quantity, bare.quantity)):
            yield Change(None, coated, bare, change)


def _without_cycle(test, name):
    """The one value that a test states without saying when, None if not one."""
    stated = {
        getattr(point, name)
        for point in test.points.all()
        if point.cycle_number is None and point.time_h is None
    }
    stated = {one for one in stated if one is not None and not one.limit}
    return Value(stated.pop(), is_interpolated=False) if len(stated) == 1 else None


def _curve(test, name):
    """What a test states of a quantity, by cycle in order."""
    return _stated(
        test, name, lambda point: point.cycle_number and not point.is_average
    )


def _averages(test, name):
    """The averages of a quantity that a test states, by last and first cycle."""
    return _stated(test, name, lambda point: point.is_average)


def _stated(test, name, is_wanted):
    """What the wanted points of a test state of a quantity, by cycle in order.

    Without ends of series, and without what two points state otherwise.
    """
    stated: dict[int | tuple[int, int], set[Quantity]] = {}
    for point in test.points.all():
        quantity = getattr(point, name)
        if quantity is None or quantity.limit or not is_wanted(point):
            continue
        last = point.cycle_number
        place = (last, point.first_cycle) if point.is_average else last
        stated.setdefault(place, set()).add(quantity)
    return {
        place: values.pop()
        for place, values in sorted(stated.items())
        if len(values) == 1
    }


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


def _difference(coated, bare):
    return _bounded(coated, bare, lambda a, b: a - b, PERCENTAGE_POINTS)


def _ratio(coated, bare):
    return _bounded(coated, bare, lambda a, b: a / b if b else None, "")


#: How a quantity is compared, by its unit.
_CHANGE_IN = {"%": _difference, "mAh/g": _ratio, "mAh/cm²": _ratio, "mV": _ratio}
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


def _life_ratio(test, control):
    coated, bare = _end_of_life(test), _end_of_life(control)
    if coated is None or bare is None:
        return None
    ratio = _round(coated.cycle / bare.cycle)
    about = "~" if coated.is_approximate or bare.is_approximate else "="
    return LifeRatio(coated, bare, Quantity(ratio, ratio, about))


def _end_of_life(test):
    """Where the stated points of a test first pass 80 %, None if they do not say."""
    before = None
    for cycle, value in _curve(test, "capacity_retention").items():
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
