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
* Of more coatings, recipes or measurements than `MOST_READ`, that many are weighed.
"""

import builtins
from collections import Counter, defaultdict
from collections.abc import Hashable
from copy import copy
from dataclasses import dataclass, replace
from math import log10
from statistics import median, quantiles

from django.db.models import TextChoices

from asei_db.lib import keeping
from asei_db.lib.plurals import number_of
from asei_db.lib.quantities import Quantity, span
from asei_db.lib.strips import strip
from literature.gathering import gather
from materials.analysis.values import (
    LOGARITHMIC,
    TEMPERATURE_TOLERANCE,
    ConsensusValue,
    subjects_of,
    values_of,
    values_of_one,
)
from materials.choices import Property
from precursors.models import Element

#: From so many studies on, median and quartiles are given.
MEDIAN_FROM = 3
QUARTILES_FROM = 4
ROOM_CELSIUS = 25
#: What is chosen, and not found.
CONDITIONS = (
    Property.DEPOSITION_TEMPERATURE,
    Property.FILM_THICKNESS,
    Property.ASPECT_RATIO,
)
#: Of how many values of one property an answer lists.
MOST_VALUES, FEWEST_VALUES = 100, 3


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
class Consensus:
    """The values of one property, lowest first, and what the counted ones say.

    `element` is what an atomic content is of. `celsius` is the temperature of the
    counted values, None where they state none. The numbers are in the unit of the
    property and None unless there are three studies; `lower_quartile` and
    `upper_quartile` need four. `minimum` and `maximum` are the outermost ends of the
    counted values. A condition has no number but its `span`.

    `values` are at most as many as were asked for, evenly from the lowest to the
    highest; `value_count` is the number of all. All else is of all: `study_count`, of
    how many studies the counted values are, which is the votes, and `reasons`, the
    (`Reason`, number of values) of those that are left out.
    """

    property: Property  # hides the built-in of that name
    element: Element | None
    values: tuple
    value_count: int
    study_count: int
    reasons: list
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
    def strip(self):
        """The values on a common axis, of powers of ten for conductivities."""
        return strip(
            [(value.quantity, value.record) for value in self.values],
            left_out=[value.reason and value.reason.label for value in self.values],
            is_logarithmic=self.property.unit in LOGARITHMIC,
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
        elif self.study_count:
            sentences = [f"Values of {studies}{self._where}, too few for a median."]
        else:
            sentences = []
        if left_out := sum(count for _, count in self.reasons):
            whys = [reason.of(count) for reason, count in self.reasons]
            number = number_of(left_out, "value")
            sentences.append(f"{number} shown, not counted: {', '.join(whys)}.")
        return " ".join(sentences)

    @builtins.property
    def _where(self):
        if self.celsius is None:
            return ""
        return f" at {Quantity(self.celsius, self.celsius, unit='°C')}"

    def _print(self, low, high=None):
        digits = 3 if self.property.unit in LOGARITHMIC else 4
        high = low if high is None else high
        low, high = (float(f"{end:.{digits}g}") for end in (low, high))
        return str(Quantity(low, high, unit=self.property.unit))


def consensuses(processes, measurements, most=MOST_VALUES):
    """The `Consensus` of each property that these rows give values of two studies of.

    An atomic content has one for each element, an atomic ratio for each condition. The
    rows, published ones, are querysets or lists. Each consensus lists `most` values.
    """
    found = weighed(values_of(processes, measurements), most)
    complete(found)
    return found


def weighed_of(revision, record, most, in_all):
    """As `weighed`, of a published material or process; kept for the revision."""
    found = keeping.kept(
        revision,
        (type(record), record.pk, most, in_all),
        lambda: weighed(values_of_one(record), most, in_all),
    )
    # What `complete` fetches for a page stands on values of its own.
    return [replace(one, values=tuple(map(copy, one.values))) for one in found]


def weighed(values, most=MOST_VALUES, in_all=None):
    """As `consensuses`, of values, which are left to `complete`.

    Where they would list more than `in_all` values together, each lists fewer.
    """
    found = defaultdict(list)
    for value in values:
        is_ratio = value.of_property == Property.ATOMIC_RATIO
        condition = value.condition if is_ratio else ""
        found[value.of_property, value.symbol, condition].append(value)
    properties = {one.value: one for one in Property}
    order = {name: place for place, name in enumerate(properties)}
    comparable = sorted(
        ((key, values) for key, values in found.items() if _compares(values)),
        key=lambda item: (order[item[0][0]], str(item[0][1])),
    )
    if in_all and sum(min(most, len(values)) for _, values in comparable) > in_all:
        most = max(FEWEST_VALUES, in_all // len(comparable))
    return [
        _consensus(properties[name], symbol, values, most)
        for (name, symbol, _), values in comparable
    ]


def complete(consensuses, *sections, known=None):
    """Fetch what is shown of the values' studies and subjects, and of `sections`."""
    known = {} if known is None else known
    values = [value for consensus in consensuses for value in consensus.values]
    subjects = subjects_of(values, known)
    gather(*sections, values, subjects=subjects, known=known)


def _compares(values):
    """Whether values of one property are of two studies, or one is and a review's."""
    first = values[0].votes
    return any(value.votes != first for value in values)


def _consensus(of_property, symbol, values, most):
    found: dict[Hashable, ConsensusValue] = {}
    for value in values:
        place = (value.celsius, value.condition)
        quantity = value.quantity
        key = (quantity, value.disputed, quantity.limit, place, value.votes)
        found.setdefault(key, value)
    values = sorted(found.values(), key=lambda value: value.quantity.sort_value)
    for value in values:
        value.reason = _reason(value)
    if of_property in CONDITIONS:
        for value in values:
            value.reason = _shown(value)
        numbers = {"span": _span(values)}
    else:
        celsius = _leave_out_unlike(values)
        counted = [value for value in values if value.is_counted]
        numbers = {"celsius": celsius, **_statistics(counted)}
    counts = Counter(value.reason for value in values)
    return Consensus(
        of_property,
        Element(symbol=symbol) if symbol else None,
        tuple(_evenly(values, most)),
        len(values),
        len(_studies(value for value in values if value.is_counted)),
        [(reason, counts[reason]) for reason in Reason if counts[reason]],
        **numbers,
    )


def _evenly(values, most):
    """At most so many of some values, from the first to the last in equal steps."""
    if len(values) <= most:
        return values
    last = len(values) - 1
    return [values[round(place * last / (most - 1))] for place in range(most)]


def _reason(value):
    """Why a value counts nowhere, None if it does where it is alike."""
    if not value.counts:
        return Reason.DISPUTED
    if value.quantity.limit:
        return Reason.LIMIT
    if value.quantity.is_open:
        return Reason.BOUND
    is_of_one_work = len(value.work_keys) == 1
    return Reason.SUMMARY if value.is_of_review and not is_of_one_work else None


def _shown(value):
    """Why a span leaves a value out: what a review sums up was done by somebody."""
    kept = (Reason.SUMMARY, Reason.LIMIT)
    return None if value.reason in kept else value.reason


def _span(values):
    counted = [value.quantity for value in values if value.is_counted]
    return span(counted) if counted else None


def _leave_out_unlike(values):
    """Count of the values only like ones; gives the temperature of these, or None."""
    counted = [value for value in values if value.is_counted]
    by_condition = defaultdict(list)
    for value in counted:
        by_condition[value.condition].append(value)
    condition = max(
        sorted(by_condition), key=lambda one: _weight(by_condition[one]), default=""
    )
    for value in counted:
        if value.condition != condition:
            value.reason = Reason.OTHER_CONDITION
    counted = by_condition[condition]
    celsius = _most_reported_temperature(counted)
    for value in counted:
        if not _is_at(value, celsius):
            value.reason = _elsewhere(value)
    return celsius


def _most_reported_temperature(values):
    """That around which most studies report; of equal ones, that nearest to 25 °C.

    None where more state none.
    """
    without = [value for value in values if value.temperature is None]
    placed = sorted(
        (value for value in values if value.celsius is not None),
        key=lambda value: value.celsius,
    )
    weights = {}
    votes: Counter[int] = Counter()  # of those around a temperature, none with zero
    first = end = 0
    for celsius in dict.fromkeys(value.celsius for value in placed):
        while end < len(placed) and _is_at(placed[end], celsius):
            votes.update(placed[end].votes)
            end += 1
        while not _is_at(placed[first], celsius):
            for study in placed[first].votes:
                votes[study] -= 1
                if not votes[study]:
                    del votes[study]
            first += 1
        weights[celsius] = (len(votes), end - first)
    best, weight = None, _weight(without)
    by_nearness = sorted(weights, key=lambda one: (abs(one - ROOM_CELSIUS), one))
    if by_nearness:
        nearest = max(by_nearness, key=weights.__getitem__)
        if weights[nearest] >= weight:
            best = nearest
    return best


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
        for study in value.votes:
            of_studies[study].append(value.midpoint)
    if len(of_studies) < MEDIAN_FROM:
        return {}
    lowest = min(value.low for value in counted)
    is_scaled = counted[0].quantity.unit in LOGARITHMIC and lowest > 0
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
    return {study for value in values for study in value.votes}


def _power_of_ten(exponent):
    """That of log10(3e-8) is 3e-8."""
    return _without_noise(10**exponent)


def _without_noise(number):
    """A number without the noise of binary fractions: 1.075, not 1.0750000000000002."""
    return float(f"{number:.9g}")
