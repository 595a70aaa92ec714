"""All published values of the properties of some processes, read for their consensus.

As tuples, in one statement: as model objects, those of a material that thousands of
coatings are made of would take seconds.
"""

from functools import cached_property
from math import sqrt
from typing import Any

from django.db.models import (
    BigIntegerField,
    F,
    FilteredRelation,
    FloatField,
    IntegerField,
    Q,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from asei_db.lib.folding import fold
from asei_db.lib.quantities import Quantity
from asei_db.lib.statements import Kept, given, given_keys, shown
from literature.choices import Reading, StudyKind, StudyStatus
from literature.models import Study
from materials.choices import Property
from materials.models import (
    Coating,
    DepositionProcess,
    Material,
    PropertyMeasurement,
    Recipe,
)

#: °C on either side, within which values are of one temperature.
TEMPERATURE_TOLERANCE = 5
LOGARITHMIC = ("S/cm", "cm²/s", "µΩ·cm")
#: Works of which a row of a table shows the values of a process.
MOST_REPORTERS = 3
#: Of what models values are read, in the order in which the first of like ones counts.
_MODELS = (DepositionProcess, Recipe, Coating, PropertyMeasurement)
#: Of how many coatings, recipes and measurements of a record values are read.
MOST_READ = 5000
_OF_PROCESSES = ("deposition_temperature", "growth_per_cycle")
_UNITS = {one.value: one.unit for one in Property}
_IS_PUBLISHED = Q(studies__status=StudyStatus.PUBLISHED)


class ConsensusValue:
    """One published value, in the unit of the property, and where it was read.

    * `reason` is why median and spread leave it out, None where they do not
    * `votes` are the keys of the published primary works, else of the source
    * `property` and `measurement`, its slug, are None where a process, a recipe or a
      coating states the value itself
    * `source`, `works` and `subject` are there once they are fetched
    """

    def __init__(self, row):
        (
            model, self.key, self.of_property, low, high, qualifier, as_reported,
            *temperature, self.typed_condition, self.symbol,
            self.disputed, self.source_id, source_kind, self.locator, self.reading,
            self.slug, self.material_id, self.process_id, self.coating_id, _,
        ) = row  # fmt: skip
        self.model = _MODELS[model]
        unit = _UNITS[self.of_property]
        self.quantity = Quantity(low, high, qualifier, as_reported, unit)
        self._temperature = temperature
        is_measured = self.model is PropertyMeasurement
        self.property = self.of_property if is_measured else None
        self.measurement = self.slug if is_measured else None
        self.is_of_review = source_kind == StudyKind.REVIEW
        self.work_keys: list[int] = []
        self.reason: Any = None
        self.source: Any = None
        self.works: list[Study] = []
        self.subject: Any = None

    @property
    def record(self):
        """What lists call a value's record: here, the value itself."""
        return self

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
    def counts(self):
        """Whether it speaks for what it is about; see `Sourced.counts`."""
        return not self.disputed

    @property
    def is_counted(self):
        """Whether median and spread include it."""
        return self.reason is None

    @cached_property
    def votes(self):
        return frozenset(self.work_keys) or frozenset([self.source_id])

    @property
    def midpoint(self):
        """Middle of a value with both ends."""
        if self.quantity.unit in LOGARITHMIC:
            return sqrt(self.low) * sqrt(self.high)
        return (self.low + self.high) / 2

    @cached_property
    def celsius(self):
        """The temperature at which it was measured; None if not one, or not stated."""
        temperature = self.temperature
        if temperature is None or temperature.is_open:
            return None
        middle = (temperature.lowest + temperature.highest) / 2
        is_one = temperature.highest - middle <= TEMPERATURE_TOLERANCE
        return middle if is_one else None

    @cached_property
    def condition(self):
        """Its further condition, so that two spellings are one."""
        return fold(self.typed_condition) if self.typed_condition else ""

    @cached_property
    def temperature(self):
        """At which it was measured; None where its record states none."""
        low, high, qualifier, as_reported = self._temperature
        if not as_reported:
            return None
        return Quantity(low, high, qualifier, as_reported, "°C")

    def get_absolute_url(self):
        """Where the page of its subject shows it."""
        url = self.subject.get_absolute_url()
        return f"{url}#{self.slug}" if self.measurement else url

    @property
    def stated(self):
        """It is published; see `Sourced.stated`."""
        return self

    @property
    def reporter_keys(self):
        """The keys of `reporters`, or that of the source without any."""
        is_of_several = self.model is DepositionProcess and len(self.work_keys) != 1
        return frozenset([self.source_id]) if is_of_several else self.votes

    def get_reading_display(self):
        return Reading(self.reading).label

    @property
    def reporters(self):
        """The published primary works that report it; see `DepositionProcess`."""
        if self.model is DepositionProcess and len(self.works) != 1:
            return []
        return self.works

    @property
    def studies(self):
        """The primary studies, else the source."""
        return self.works or [self.source]

    @property
    def study_label(self):
        return "; ".join(study.label for study in self.studies)


def values_of(processes, measurements):
    """The `ConsensusValue`s of some processes, and of what was measured of them.

    Both are querysets or lists of published rows. First come, process by process, what
    it states itself, and what its recipes and coatings do; then what was measured.
    """
    return _values(_read(processes, measurements))


def values_of_one(record):
    """As `values_of`, of a published material or process, with all that is of it."""
    of = _OF_MATERIAL if isinstance(record, Material) else _OF_PROCESS
    return _values(of.of(record.pk))


def _values(rows):
    found = {}
    for row in rows:
        key = row[:3]
        if key not in found:
            found[key] = ConsensusValue(row)
        if (work := row[-1]) is not None:
            found[key].work_keys.append(work)
    return sorted(found.values(), key=_place)


def subject_keys(values):
    """The keys of what values are about, by model."""
    return {
        Material: {value.material_id for value in values} - {None},
        DepositionProcess: {one.process_id for one in values if not one.coating_id},
        Coating: {value.coating_id for value in values} - {None},
    }


def subjects_of(values, known=None):
    """Give values what they are about; list the fetched coatings and processes.

    In a statement for each kind of subject. `known` are objects of the page.
    """
    known = {} if known is None else known
    for model, keys in subject_keys(values).items():
        have = known.setdefault(model, {})
        _SUBJECTS[model].among(keys - have.keys() - {None}, known)
    materials, processes, coatings = (
        known[model] for model in (Material, DepositionProcess, Coating)
    )
    for value in values:
        value.subject = (
            coatings.get(value.coating_id)
            or processes.get(value.process_id)
            or materials.get(value.material_id)
        )
        if value.model is Recipe:
            columns = Recipe.deposition_temperature.columns
            quantity = value.quantity
            printed = (
                quantity.as_reported,
                quantity.minimum,
                quantity.maximum,
                quantity.qualifier,
            )
            value.subject = Recipe(
                slug=value.slug,
                process=value.subject,
                **dict(zip(columns, printed, strict=True)),
            )
    return [*processes.values(), *coatings.values()]


def report(processes, values=None):
    """Give processes the `reports` that their rows in a table show.

    By the name of the quantity, a list of who reported it: the `ConsensusValue`s of
    each that count, first what the process states itself, and how many there are in
    all. Gives the values that have to be cited. Without `values`, those of the
    processes are read.
    """
    processes = [one for one in processes if not hasattr(one, "reports")]
    if not processes:
        return []
    if values is None:
        values = _values(_GROWN.among([process.pk for process in processes]))
    by_key = {process.pk: process for process in processes}
    found: dict[int, dict[str, dict[frozenset[int], list[ConsensusValue]]]] = {
        key: {name: {} for name in _OF_PROCESSES} for key in by_key
    }
    for value in sorted(
        values, key=lambda one: bool(one.measurement and one.coating_id)
    ):
        if (
            value.process_id in by_key
            and value.counts
            and value.of_property in _OF_PROCESSES
        ):
            groups = found[value.process_id][value.of_property]
            groups.setdefault(value.reporter_keys, []).append(value)
    shown = []
    for key, process in by_key.items():
        process.reports = {
            name: ([*groups.values()][:MOST_REPORTERS], len(groups))
            for name, groups in found[key].items()
        }
        for groups, _ in process.reports.values():
            for group in groups:
                group[0].subject = process
                shown.append(group[0])
    return shown


_SUBJECTS = {
    Material: Kept.by(shown(Material.objects.all())),
    DepositionProcess: Kept.by(shown(DepositionProcess.objects.joined())),
    Coating: Kept.by(shown(Coating.objects.joined())),
}
_OF_MATERIAL = Kept(
    lambda: _read(
        DepositionProcess.objects.published().filter(material=given()),
        PropertyMeasurement.objects.published().of_material(given()),
    )
)
_OF_PROCESS = Kept(
    lambda: _read(
        DepositionProcess.objects.filter(pk=given()),
        PropertyMeasurement.objects.published().of_process(given()),
    )
)
_GROWN = Kept(
    lambda: _read(
        DepositionProcess.objects.filter(pk__in=given_keys()),
        PropertyMeasurement.objects.of_growth().of_process(given_keys()),
    )
)


def _place(value):
    """Where a value stands among others: of like ones, the first is shown."""
    if value.model is PropertyMeasurement:
        return (1, value.of_property, 0, 0, 0, "", value.key)
    return (
        0,
        "",
        value.process_id,
        _MODELS.index(value.model),
        *_place_in_process(value),
        value.key,
    )


def _place_in_process(value):
    if value.model is Recipe:
        low = value.low
        return (value.source_id, float("inf") if low is None else low, "")
    return (0, 0, value.slug if value.model is Coating else "")


def _read(processes, measurements):
    """One tuple for each value and published primary work of it."""
    keys = _chosen(DepositionProcess, processes).order_by().values("pk")
    measured = _chosen(PropertyMeasurement, measurements)
    measured = _first(measured)
    # A process may be public through its use; a draft's values of it are not.
    own = DepositionProcess.objects.filter(
        pk__in=keys, source__status=StudyStatus.PUBLISHED
    )
    queries = [
        _rows(
            measured, "value", F("property"), subject=("material", "process", "coating")
        ),
        *(
            _rows(own, name, Value(name), subject=(_NO_KEY, "pk", _NO_KEY))
            for name in _OF_PROCESSES
        ),
        _rows(
            _first(Recipe.objects.published().filter(process__in=keys)),
            "deposition_temperature",
            Value("deposition_temperature"),
            subject=(_NO_KEY, "process", _NO_KEY),
        ),
        _rows(
            _first(Coating.objects.published().filter(process__in=keys)),
            "deposition_temperature",
            Value("deposition_temperature"),
            subject=(_NO_KEY, "process", "pk"),
        ),
    ]
    return queries[0].union(*queries[1:], all=True)


def _rows(queryset, quantity, of_property, subject):
    model = queryset.model
    columns = getattr(model, quantity).columns
    is_measured = model is PropertyMeasurement
    temperature = PropertyMeasurement.temperature.columns
    return (
        queryset.exclude(**{columns.as_reported: ""})
        .order_by()
        .annotate(work=FilteredRelation("studies", condition=_IS_PUBLISHED))
        .values_list(
            Value(_MODELS.index(model), output_field=IntegerField()),
            F("pk"),
            of_property,
            *_ends(columns),
            *(_ends(temperature) if is_measured else (_NO, _NO, _NONE, _NONE)),
            F("condition") if is_measured else _NONE,
            F("element__symbol") if is_measured else _NONE,
            F("disputed"),
            F("source_id"),
            F("source__kind"),
            F("locator"),
            F("reading"),
            F("slug"),
            *(F(one) if isinstance(one, str) else one for one in subject),
            F("work__pk"),
        )
    )


def _ends(columns):
    return (
        F(columns.minimum),
        F(columns.maximum),
        F(columns.qualifier),
        F(columns.as_reported),
    )


# With their types: PostgreSQL takes a bare NULL for a text.
_NO = Cast(Value(None), FloatField())
_NONE = Cast(Value(None), TextField())
_NO_KEY = Cast(Value(None), BigIntegerField())
_PROCESS = Coalesce("process", "coating__process")


def _chosen(model, rows):
    """Rows of a model that are given as a queryset or a list."""
    if isinstance(rows, list):
        return model.objects.filter(pk__in=[row.pk for row in rows])
    return rows


def _first(rows):
    """The first of rows, so that an answer does not grow with the base."""
    return rows.model.objects.filter(
        pk__in=rows.order_by("pk").values("pk")[:MOST_READ]
    )
