"""Gains as they are drawn in tables: bare ○—● coated, on one axis for each column."""

from dataclasses import dataclass, replace
from math import log

from asei_db.lib.quantities import Quantity
from materials.analysis.gains import stored_uplift
from materials.analysis.uplift import PERCENTAGE_POINTS, Change, LifeRatio

ENOUGH = 0.2  # of the tests have a gain that has a column
EDGE = 8  # percent of the axis at both ends, where the marks have their place


@dataclass(frozen=True)
class Kind:
    """A column of gains.

    * `order`: the name by which lists sort and filter it, "" where they do not
    * `names`: what an `Uplift` calls it; the first that a test has is shown
    """

    order: str
    label: str
    names: tuple[str, ...]
    lower_is_better: bool = False


KINDS = (
    Kind("retention_gain_points", "Δ retention (points)", ("capacity_retention",)),
    Kind("capacity_times", "× capacity", ("specific_capacity", "areal_capacity")),
    Kind("efficiency_gain_points", "Δ efficiency (points)", ("coulombic_efficiency",)),
    Kind("life_times", "× life", ("cycles_to_80_percent",)),
    Kind("", "× overpotential (lower is better)", ("overpotential",), True),
)


@dataclass(frozen=True)
class Dumbbell:
    """A gain and where it is drawn.

    `bare` and `coated` are in percent of the axis; `is_open` says that an end of the
    gain is not known, `is_loss` that the coated cell surely did worse.
    """

    gain: Change | LifeRatio
    bare: float
    coated: float
    lower_is_better: bool = False

    @property
    def quantity(self):
        return _quantity(self.gain)

    @property
    def is_open(self):
        return None in (self.quantity.minimum, self.quantity.maximum)

    @property
    def is_loss(self):
        none = 0 if self.quantity.unit == PERCENTAGE_POINTS else 1
        lowest, highest = self.quantity.minimum, self.quantity.maximum
        if self.lower_is_better:
            return lowest is not None and lowest > none
        return highest is not None and highest < none

    @property
    def number(self):
        """ "+16.7" percentage points, or "× 1.72"."""
        if self.quantity.unit == PERCENTAGE_POINTS:
            return self.gain.number.removesuffix(f" {PERCENTAGE_POINTS}")
        shown = replace(
            self.quantity,
            minimum=_rounded(self.quantity.minimum),
            maximum=_rounded(self.quantity.maximum),
        )
        return f"× {shown}"

    @property
    def place(self):
        """ "cycle 200", "cycles 1–500", "to 80 %", "" where it is not stated."""
        if isinstance(self.gain, LifeRatio):
            place = "to 80 %"
        elif self.gain.cycle_number is None:
            return ""
        else:
            place = self.gain.place.removeprefix("at ").removeprefix("over ")
        return f"{place}, interpolated" if self.gain.is_interpolated else place


@dataclass(frozen=True)
class Gains:
    """The columns of gains of some tests.

    * `columns`: (`Kind`, `Dumbbell`s by the test's key). Each has one axis: of
      percentages as they are, else of coated / bare, as a logarithm
    * `left_out`: (`Kind`, number of tests) of those that so few have that a column of
      them would be empty
    """

    columns: list
    left_out: list


def gains_of(tests, asked=()):
    """The `Gains` of tests of `for_list()`; no query.

    `asked` has the `order` of kinds that are shown however few have them.
    """
    uplifts = {test.pk: found for test in tests if (found := stored_uplift(test))}
    found = Gains([], [])
    for kind in KINDS:
        gains = {
            key: gain
            for key, uplift in uplifts.items()
            if (gain := _gain(uplift, kind.names))
        }
        if gains and (kind.order in asked or len(gains) >= len(tests) * ENOUGH):
            found.columns.append((kind, _drawn(gains, kind.lower_is_better)))
        elif gains:
            found.left_out.append((kind, len(gains)))
    return found


def best_of(tests):
    """(`Kind`, test, its `Dumbbell`, worst to best in words) of each kind of gain that
    tests of `for_list()` have, the best of it; "" where it is the only one; no query.
    """
    by_key = {test.pk: test for test in tests}
    found = []
    for kind, drawn in gains_of(by_key.values(), {one.order for one in KINDS}).columns:
        middles = {key: _middle(one.quantity) for key, one in drawn.items()}
        in_order = sorted(
            middles, key=middles.__getitem__, reverse=not kind.lower_is_better
        )
        best, worst = drawn[in_order[0]], drawn[in_order[-1]]
        spread = "" if best is worst else f"{worst.number} to {best.number}"
        found.append((kind, by_key[in_order[0]], best, spread))
    return found


def _drawn(gains, lower_is_better):
    ends = {key: _ends(gain) for key, gain in gains.items()}
    numbers = [number for pair in ends.values() for number in pair]
    low, span = min(numbers), (max(numbers) - min(numbers)) or 1
    return {
        key: Dumbbell(
            gains[key],
            _place(bare, low, span),
            _place(coated, low, span),
            lower_is_better,
        )
        for key, (bare, coated) in ends.items()
    }


def _gain(uplift, names):
    return next((gain for name in names if (gain := getattr(uplift, name))), None)


def _quantity(gain):
    return gain.ratio if isinstance(gain, LifeRatio) else gain.change


def _ends(gain):
    """Where bare and coated stand, before they are put on an axis."""
    quantity = _quantity(gain)
    if quantity.unit == PERCENTAGE_POINTS:
        return _middle(gain.bare.quantity), _middle(gain.coated.quantity)
    return 0.0, log(max(_middle(quantity), 1e-9))


def _rounded(number):
    """To three digits, however small: no ratio is shown as none."""
    return None if number is None else float(f"{number:.3g}")


def _middle(quantity: Quantity):
    return sum(quantity.ends) / len(quantity.ends)


def _place(number, low, span):
    return round(EDGE + (number - low) / span * (100 - 2 * EDGE), 1)
