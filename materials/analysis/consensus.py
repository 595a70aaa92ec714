"""All published values of one property of a process or material, and their middle.

* Counted are single values, `~` values and ranges (by their middle). Bounds such as
  `<10⁻⁸` and disputed values are listed and never counted.
* Conductivities differ by powers of ten: middles, median and quartiles are geometric.
* Median and spread need three counted values, not all of one study: a series of one
  study shows how its conditions differ, not on what studies agree.
* What a process itself says of its deposition temperature and growth per cycle counts
  beside the measurements, and so do the temperatures of its recipes and coatings.
* The same value of the same study counts once, though two sources may give it.
"""

import builtins
from collections.abc import Hashable
from dataclasses import dataclass
from math import log10, sqrt
from statistics import median, quantiles

from asei_db.lib.plurals import number_of
from asei_db.lib.quantities import Quantity
from asei_db.lib.strips import strip
from materials.choices import Property
from materials.models import Coating, DepositionProcess, PropertyMeasurement, Recipe

#: From so many values on, median and quartiles are given.
MEDIAN_FROM = 3
QUARTILES_FROM = 4
_PROCESS_FIELDS = {
    Property.DEPOSITION_TEMPERATURE: "deposition_temperature",
    Property.GROWTH_PER_CYCLE: "growth_per_cycle",
}


@dataclass(frozen=True)
class ConsensusValue:
    """One published value, in the unit of the property.

    `record` is what holds it, and with it source, locator, notes and primary studies.
    """

    quantity: Quantity
    record: PropertyMeasurement | DepositionProcess | Recipe | Coating

    @property
    def low(self):
        return self.quantity.minimum

    @property
    def high(self):
        return self.quantity.maximum

    @property
    def qualifier(self):
        return self.quantity.qualifier

    @property
    def disputed(self):
        return self.record.disputed

    @property
    def is_counted(self):
        """Whether median and spread include it."""
        return self.record.counts and None not in (self.low, self.high)

    @property
    def midpoint(self):
        """Middle of a counted value."""
        if _is_logarithmic(self.quantity.unit):
            return sqrt(self.low) * sqrt(self.high)
        return (self.low + self.high) / 2

    @property
    def source(self):
        return self.record.source

    @property
    def locator(self):
        return self.record.locator

    @property
    def studies(self):
        """The primary studies, else the source."""
        return self.record.works or [self.source]

    @property
    def study_label(self):
        return "; ".join(study.label for study in self.studies)


@dataclass(frozen=True)
class Consensus:
    """The values of one property, lowest first, and what the counted ones say.

    The numbers are in the unit of the property and None unless there are three counted
    values of two studies; `lower_quartile` and `upper_quartile` need four values.
    `minimum` and `maximum` are the outermost ends of the counted values.
    """

    property: Property  # hides the built-in of that name
    values: tuple
    median: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None

    @builtins.property
    def counted(self):
        return [value for value in self.values if value.is_counted]

    @builtins.property
    def left_out(self):
        return [value for value in self.values if not value.is_counted]

    @builtins.property
    def strip(self):
        """The values on a common axis, of powers of ten for conductivities."""
        return strip(
            [(value.quantity, value.record) for value in self.values],
            is_logarithmic=_is_logarithmic(self.property.unit),
            median=self.median,
        )

    def __str__(self):
        """ "Median of 5 values: 1.12 Å per cycle; they lie between 1 and 1.34 …"."""
        sentences = []
        if self.median is not None:
            of = number_of(len(self.counted), "value")
            middle = f"Median of {of}: {self._print(self.median)}."
            spread = f"Spread: {self._print(self.minimum, self.maximum)}."
            sentences += [middle, spread]
            if self.lower_quartile is not None:
                half = self._print(self.lower_quartile, self.upper_quartile)
                sentences.append(f"Middle half: {half}.")
        elif len(_studies(self.counted)) == 1:
            which = "All counted" if self.left_out else "All"
            sentences.append(f"{which} values are of one study.")
        elif self.counted:
            few = number_of(len(self.counted), "value")
            sentences.append(f"{few}, too few for a median.")
        disputed = sum(value.disputed for value in self.left_out)
        bounds = len(self.left_out) - disputed
        kinds = ((bounds, "bound"), (disputed, "disputed value"))
        if left_out := " and ".join(number_of(*kind) for kind in kinds if kind[0]):
            sentences.append(f"{left_out} shown, not counted.")
        return " ".join(sentences)

    def _print(self, low, high=None):
        digits = 3 if _is_logarithmic(self.property.unit) else 4
        high = low if high is None else high
        low, high = (float(f"{end:.{digits}g}") for end in (low, high))
        return str(Quantity(low, high, unit=self.property.unit))


def consensuses(processes, measurements):
    """The `Consensus` of each property that these published rows give two values of.

    Without a query, of rows of `for_list()`.
    """
    found = (
        _consensus(
            of_property,
            processes,
            [row for row in measurements if row.property == of_property],
        )
        for of_property in Property
    )
    return [consensus for consensus in found if len(consensus.values) > 1]


def _consensus(of_property, processes, measurements):
    values = [ConsensusValue(row.value, row) for row in measurements]
    if name := _PROCESS_FIELDS.get(of_property):
        values = [
            *(
                ConsensusValue(getattr(process, name), process)
                for process in processes
                if process.stated and getattr(process, name) is not None
            ),
            *values,
        ]
    if of_property == Property.DEPOSITION_TEMPERATURE:
        values += [ConsensusValue(*run) for one in processes for run in one.runs]
    found: dict[Hashable, ConsensusValue] = {}
    for value in values:
        studies = frozenset(study.pk for study in value.studies)
        found.setdefault((value.quantity, value.disputed, studies), value)
    values = sorted(found.values(), key=lambda value: value.quantity.sort_value)
    return Consensus(of_property, tuple(values), **_statistics(values))


def _statistics(values):
    counted = [value for value in values if value.is_counted]
    if len(counted) < MEDIAN_FROM or len(_studies(counted)) < 2:
        return {}
    middles = [value.midpoint for value in counted]
    is_scaled = _is_logarithmic(counted[0].quantity.unit) and min(middles) > 0
    if is_scaled:
        middles = [log10(middle) for middle in middles]
    unscaled = _power_of_ten if is_scaled else float
    numbers = {
        "median": unscaled(median(middles)),
        "minimum": min(value.low for value in counted),
        "maximum": max(value.high for value in counted),
    }
    if len(middles) >= QUARTILES_FROM:
        lower, _, upper = map(unscaled, quantiles(middles, method="inclusive"))
        numbers |= {"lower_quartile": lower, "upper_quartile": upper}
    return numbers


def _studies(values):
    return {study.pk for value in values for study in value.studies}


def _is_logarithmic(unit):
    return unit == "S/cm"


def _power_of_ten(exponent):
    """Without the noise of binary fractions: that of log10(3e-8) is 3e-8."""
    return float(f"{10**exponent:.9g}")
