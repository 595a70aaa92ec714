"""All published values of one property of a process or material, and their middle.

* A study has one vote: the middle of its counted values. From three votes on there are
  a median and a spread, from four on quartiles too. A series of one study shows how its
  conditions differ, not on what studies agree.
* Only like values are counted: those of the one temperature (± 5 °C) and the one
  condition that most studies report. What states none is alike too.
* Counted are single values, `~` values and ranges (by their middle). The others are
  listed with the `Reason` why they are not: disputed values, bounds such as `<10⁻⁸`,
  ends of a series (“up to …”), and what a review sums up: what it gives for several
  works, or for none that it names.
* Conditions, which somebody chose, have a span and no median: the deposition
  temperature, the thickness of the film, the feature that it covers.
* Conductivities, diffusion coefficients and resistivities differ by powers of ten:
  middles, median and quartiles are geometric.
* What a process itself says of its deposition temperature and growth per cycle counts
  beside the measurements, and so do the temperatures of its recipes and coatings.
* The same value of the same study counts once, though two sources may give it.
"""

import builtins
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from math import log10, sqrt
from statistics import median, quantiles

from django.db.models import TextChoices

from asei_db.lib.folding import fold
from asei_db.lib.plurals import number_of
from asei_db.lib.quantities import Quantity, span
from asei_db.lib.strips import strip
from literature.choices import StudyKind
from literature.models import Sourced
from materials.choices import Property
from materials.models import PropertyMeasurement
from precursors.models import Element

#: From so many studies on, median and quartiles are given.
MEDIAN_FROM = 3
QUARTILES_FROM = 4
#: °C on either side, within which values are of one temperature.
TEMPERATURE_TOLERANCE = 5
ROOM_CELSIUS = 25
#: What is chosen, and not found.
CONDITIONS = (
    Property.DEPOSITION_TEMPERATURE,
    Property.FILM_THICKNESS,
    Property.ASPECT_RATIO,
)
_PROCESS_FIELDS = {
    Property.DEPOSITION_TEMPERATURE: "deposition_temperature",
    Property.GROWTH_PER_CYCLE: "growth_per_cycle",
}
_LOGARITHMIC = ("S/cm", "cm²/s", "µΩ·cm")


class Reason(TextChoices):
    """Why a value is listed and not counted."""

    DISPUTED = "disputed", "disputed"
    LIMIT = "limit", "end of a series"
    BOUND = "bound", "bound"
    SUMMARY = "summary", "summed up by a review"
    OTHER_TEMPERATURE = "other_temperature", "at another temperature"
    SEVERAL_TEMPERATURES = "several_temperatures", "of several temperatures"
    NO_TEMPERATURE = "no_temperature", "at no stated temperature"
    OTHER_CONDITION = "other_condition", "under another condition"

    def of(self, count):
        """ "1 bound", "2 bounds", "2 at another temperature"."""
        nouns = {Reason.BOUND: "bounds", Reason.LIMIT: "ends of a series"}
        return number_of(count, self.label, nouns.get(self, self.label))


@dataclass(frozen=True)
class ConsensusValue:
    """One published value, in the unit of the property.

    `record` holds it, and with it source, locator, notes and primary studies;
    `reason` is why median and spread leave it out, None where they do not.
    """

    quantity: Quantity
    record: Sourced
    reason: Reason | None = None

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
        return self.reason is None

    @property
    def midpoint(self):
        """Middle of a value with both ends."""
        if _is_logarithmic(self.quantity.unit):
            return sqrt(self.low) * sqrt(self.high)
        return (self.low + self.high) / 2

    @property
    def celsius(self):
        """The temperature at which it was measured; None if not one, or not stated."""
        temperature = self.temperature
        if temperature is None or temperature.is_open:
            return None
        middle = (temperature.lowest + temperature.highest) / 2
        is_one = temperature.highest - middle <= TEMPERATURE_TOLERANCE
        return middle if is_one else None

    @property
    def condition(self):
        """Its further condition, so that two spellings are one."""
        return fold(getattr(self.record, "condition", ""))

    @property
    def temperature(self):
        """At which it was measured; None where its record states none."""
        return getattr(self.record, "temperature", None)

    @property
    def measurement(self):
        """The slug of the measurement that holds it; None if no measurement does."""
        record = self.record
        return record.slug if isinstance(record, PropertyMeasurement) else None

    @property
    def source(self):
        return self.record.source

    @property
    def source_id(self):
        return self.record.source_id

    @property
    def locator(self):
        return self.record.locator

    @property
    def reading(self):
        return self.record.reading

    @property
    def works(self):
        """The published primary works."""
        return self.record.works

    @property
    def studies(self):
        """The primary studies, else the source."""
        return self.works or [self.source]

    @property
    def study_label(self):
        return "; ".join(study.label for study in self.studies)


@dataclass(frozen=True)
class Consensus:
    """The values of one property, lowest first, and what the counted ones say.

    `element` is what an atomic content is of. `celsius` is the temperature of the
    counted values, None where they state none. The numbers are in the unit of the
    property and None unless there are three studies; `lower_quartile` and
    `upper_quartile` need four. `minimum` and `maximum` are the outermost ends of the
    counted values. A condition has no number but its `span`.
    """

    property: Property  # hides the built-in of that name
    element: Element | None
    values: tuple
    celsius: float | None = None
    median: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    span: Quantity | None = None

    @builtins.property
    def name(self):
        """ "Growth per cycle", "Atomic content of Li"."""
        name = str(self.property.label)
        return f"{name} of {self.element.symbol}" if self.element else name

    @builtins.property
    def counted(self):
        return [value for value in self.values if value.is_counted]

    @builtins.property
    def left_out(self):
        return [value for value in self.values if not value.is_counted]

    @builtins.property
    def study_count(self):
        """Of how many studies the counted values are: the votes."""
        return len(_studies(self.counted))

    @builtins.property
    def reasons(self):
        """(`Reason`, number of values) of those that are left out."""
        counts = [
            (reason, sum(value.reason == reason for value in self.values))
            for reason in Reason
        ]
        return [(reason, count) for reason, count in counts if count]

    @builtins.property
    def strip(self):
        """The values on a common axis, of powers of ten for conductivities."""
        return strip(
            [(value.quantity, value.record) for value in self.values],
            left_out=[value.reason and value.reason.label for value in self.values],
            is_logarithmic=_is_logarithmic(self.property.unit),
            median=self.median,
        )

    def __str__(self):
        """ "Median of 5 studies at 25 °C: 1.12 Å per cycle. Spread: 1–1.34 Å …"."""
        studies = number_of(self.study_count, "study", "studies")
        if self.property in CONDITIONS:
            sentences = ["What is chosen has no median."]
            if self.span is not None:
                sentences.insert(0, f"Span of {studies}: {self.span}.")
        elif self.median is not None:
            middle = self._print(self.median)
            sentences = [
                f"Median of {studies}{self._where}, one vote each: {middle}.",
                f"Spread: {self._print(self.minimum, self.maximum)}.",
            ]
            if self.lower_quartile is not None:
                half = self._print(self.lower_quartile, self.upper_quartile)
                sentences.append(f"Middle half: {half}.")
        elif self.counted:
            sentences = [f"Values of {studies}{self._where}, too few for a median."]
        else:
            sentences = []
        if left_out := self.left_out:
            whys = [reason.of(count) for reason, count in self.reasons]
            number = number_of(len(left_out), "value")
            sentences.append(f"{number} shown, not counted: {', '.join(whys)}.")
        return " ".join(sentences)

    @builtins.property
    def _where(self):
        if self.celsius is None:
            return ""
        return f" at {Quantity(self.celsius, self.celsius, unit='°C')}"

    def _print(self, low, high=None):
        digits = 3 if _is_logarithmic(self.property.unit) else 4
        high = low if high is None else high
        low, high = (float(f"{end:.{digits}g}") for end in (low, high))
        return str(Quantity(low, high, unit=self.property.unit))


def consensuses(processes, measurements):
    """The `Consensus` of each property that these rows give values of two studies of.

    An atomic content has one for each element, an atomic ratio for each condition.
    Without a query, of rows of `for_list()`.
    """
    found = defaultdict(list)
    for process in processes:
        for of_property, name in _PROCESS_FIELDS.items():
            quantity = getattr(process, name)
            if process.stated and quantity is not None:
                found[of_property, None, ""].append(ConsensusValue(quantity, process))
        found[Property.DEPOSITION_TEMPERATURE, None, ""] += [
            ConsensusValue(*run) for run in process.runs
        ]
    properties = {of_property.value: of_property for of_property in Property}
    for row in measurements:
        of_property = properties[row.property]
        value = ConsensusValue(row.value, row)
        is_ratio = of_property == Property.ATOMIC_RATIO
        condition = value.condition if is_ratio else ""
        found[of_property, row.element, condition].append(value)
    order = {of_property: place for place, of_property in enumerate(Property)}
    made = [
        _consensus(of_property, element, values)
        for (of_property, element, _), values in sorted(
            found.items(), key=lambda item: (order[item[0][0]], str(item[0][1]))
        )
    ]
    return [consensus for consensus in made if _compares(consensus.values)]


def _compares(values):
    """Whether values of one property are of two studies, or one is and a review's."""
    return len({tuple(study.pk for study in value.studies) for value in values}) > 1


def _consensus(of_property, element, values):
    found: dict[Hashable, ConsensusValue] = {}
    for value in values:
        studies = frozenset(study.pk for study in value.studies)
        place = (value.celsius, value.condition)
        key = (value.quantity, value.disputed, value.quantity.limit, place, studies)
        found.setdefault(key, value)
    values = sorted(found.values(), key=lambda value: value.quantity.sort_value)
    values = [replace(value, reason=_reason(value)) for value in values]
    if of_property in CONDITIONS:
        values = [replace(value, reason=_shown(value)) for value in values]
        return Consensus(of_property, element, tuple(values), span=_span(values))
    values, celsius = _alike(values)
    numbers = _statistics([value for value in values if value.is_counted])
    return Consensus(of_property, element, tuple(values), celsius, **numbers)


def _reason(value):
    """Why a value counts nowhere, None if it does where it is alike."""
    if not value.record.counts:
        return Reason.DISPUTED
    if value.quantity.limit:
        return Reason.LIMIT
    if value.quantity.is_open:
        return Reason.BOUND
    is_review = value.source.kind == StudyKind.REVIEW
    is_of_one_work = len(value.works) == 1
    return Reason.SUMMARY if is_review and not is_of_one_work else None


def _shown(value):
    """Why a span leaves a value out: what a review sums up was done by somebody."""
    kept = (Reason.SUMMARY, Reason.LIMIT)
    return None if value.reason in kept else value.reason


def _span(values):
    counted = [value.quantity for value in values if value.is_counted]
    return span(counted) if counted else None


def _alike(values):
    """The values, counted of them only like ones, and the temperature of these."""
    counted = [value for value in values if value.is_counted]
    conditions = {value.condition for value in counted}
    condition = max(
        sorted(conditions),
        key=lambda one: _weight(v for v in counted if v.condition == one),
        default="",
    )
    values = [
        replace(value, reason=Reason.OTHER_CONDITION)
        if value.is_counted and value.condition != condition
        else value
        for value in values
    ]
    counted = [value for value in values if value.is_counted]
    temperatures = sorted(
        {value.celsius for value in counted if value.celsius is not None},
        key=lambda one: (abs(one - ROOM_CELSIUS), one),
    )
    celsius = max(
        [*temperatures, None],
        key=lambda one: _weight(v for v in counted if _is_at(v, one)),
    )
    return [
        replace(value, reason=_elsewhere(value))
        if value.is_counted and not _is_at(value, celsius)
        else value
        for value in values
    ], celsius


def _weight(values):
    """How much there is to say of values: their studies, then their number."""
    values = list(values)
    return len(_studies(values)), len(values)


def _is_at(value, celsius):
    """Whether a value is of a temperature; of None if it states none."""
    if celsius is None:
        return value.temperature is None
    own = value.celsius
    return own is not None and abs(own - celsius) <= TEMPERATURE_TOLERANCE


def _elsewhere(value):
    if value.temperature is None:
        return Reason.NO_TEMPERATURE
    is_one = value.celsius is not None
    return Reason.OTHER_TEMPERATURE if is_one else Reason.SEVERAL_TEMPERATURES


def _statistics(counted):
    """Median and spread of counted values, by the votes of their studies."""
    of_studies = defaultdict(list)
    for value in counted:
        for study in value.studies:
            of_studies[study.pk].append(value.midpoint)
    if len(of_studies) < MEDIAN_FROM:
        return {}
    lowest = min(value.low for value in counted)
    is_scaled = _is_logarithmic(counted[0].quantity.unit) and lowest > 0
    scaled = log10 if is_scaled else float
    unscaled = _power_of_ten if is_scaled else _without_noise
    votes = [median(map(scaled, middles)) for middles in of_studies.values()]
    numbers = {
        "median": unscaled(median(votes)),
        "minimum": lowest,
        "maximum": max(value.high for value in counted),
    }
    if len(votes) >= QUARTILES_FROM:
        lower, _, upper = map(unscaled, quantiles(votes, method="inclusive"))
        numbers |= {"lower_quartile": lower, "upper_quartile": upper}
    return numbers


def _studies(values):
    return {study.pk for value in values for study in value.studies}


def _is_logarithmic(unit):
    return unit in _LOGARITHMIC


def _power_of_ten(exponent):
    """That of log10(3e-8) is 3e-8."""
    return _without_noise(10**exponent)


def _without_noise(number):
    """A number without the noise of binary fractions: 1.075, not 1.0750000000000002."""
    return float(f"{number:.9g}")
