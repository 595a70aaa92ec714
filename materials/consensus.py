"""All published values of one property of a process or material, and their middle.

* Counted are single values, `~` values and ranges (by their middle: the geometric one
  of conductivities, which differ by powers of ten). Bounds such as `<10⁻⁸` and disputed
  values are listed and never counted.
* What a process itself says of its deposition temperature and growth per cycle counts
  beside the measurements.
* The same value of the same study counts once, though two sources may give it.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import median, quantiles

from django.db.models import Q

from asei_db.lib.quantities import Quantity
from materials.choices import Property
from materials.models import DepositionProcess, PropertyMeasurement

#: From so many values on, quartiles are given.
QUARTILES_FROM = 4
_PROCESS_FIELDS = {
    Property.DEPOSITION_TEMPERATURE: "deposition_temperature",
    Property.GROWTH_PER_CYCLE: "growth_per_cycle",
}


@dataclass(frozen=True)
class ConsensusValue:
    """One published value, in the unit of the property.

    `record` is the `PropertyMeasurement` or `DepositionProcess` that holds it, and
    with it source, locator, notes and primary studies.
    """

    quantity: Quantity
    record: PropertyMeasurement | DepositionProcess

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
        return not self.disputed and None not in (self.low, self.high)

    @property
    def midpoint(self):
        """Middle of a counted value."""
        if self.quantity.unit == "S/cm":
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
        return list(self.record.studies.all()) or [self.source]

    @property
    def study_label(self):
        return "; ".join(study.label for study in self.studies)


@dataclass(frozen=True)
class Consensus:
    """The values of one property, lowest first, and what the counted ones say.

    The numbers are in the unit of the property and None without a counted value;
    `lower_quartile` and `upper_quartile` need four. `minimum` and `maximum` are the
    outermost ends of the counted values.
    """

    property: Property
    values: tuple
    median: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None

    @property
    def counted(self):
        return [value for value in self.values if value.is_counted]

    @property
    def left_out(self):
        return [value for value in self.values if not value.is_counted]


def consensus(of_property, subject):
    """The `Consensus` on a property of a published process or material.

    Of a material, measurements on its processes and coatings count too; of a process,
    those on its coatings. The number of queries does not depend on the values.
    """
    of_property = Property(of_property)
    found = {}
    for value in [
        *_stated_by_processes(of_property, subject),
        *_measured(of_property, subject),
    ]:
        studies = frozenset(study.pk for study in value.studies)
        found.setdefault((value.quantity, value.disputed, studies), value)
    values = sorted(found.values(), key=lambda value: value.quantity.sort_value)
    return Consensus(of_property, tuple(values), **_statistics(values))


def _stated_by_processes(of_property, subject):
    name = _PROCESS_FIELDS.get(of_property)
    if name is None:
        return []
    if isinstance(subject, DepositionProcess):
        condition = Q(pk=subject.pk)
    else:
        condition = Q(material=subject)
    columns = getattr(DepositionProcess, name).columns
    processes = (
        DepositionProcess.objects.published()
        .for_list()
        .filter(condition)
        .exclude(**{columns.as_reported: ""})
    )
    return [
        ConsensusValue(getattr(process, name), process)
        for process in processes
        if process.stated
    ]


def _measured(of_property, subject):
    if isinstance(subject, DepositionProcess):
        condition = Q(process=subject) | Q(coating__process=subject)
    else:
        condition = (
            Q(material=subject)
            | Q(process__material=subject)
            | Q(coating__process__material=subject)
        )
    measurements = PropertyMeasurement.objects.published().for_list()
    return [
        ConsensusValue(measurement.value, measurement)
        for measurement in measurements.filter(condition, property=of_property)
    ]


def _statistics(values):
    counted = [value for value in values if value.is_counted]
    if not counted:
        return {}
    middles = [value.midpoint for value in counted]
    numbers = {
        "median": median(middles),
        "minimum": min(value.low for value in counted),
        "maximum": max(value.high for value in counted),
    }
    if len(middles) >= QUARTILES_FROM:
        lower, _, upper = quantiles(middles, method="inclusive")
        numbers |= {"lower_quartile": lower, "upper_quartile": upper}
    return numbers
