"""What lists plot: which numbers of their records stand beside each other.

A point is one `Value`, the outcome, at another, its condition. The condition is one of
the record, step or point itself; else of the recipe or the film that a measurement or
test names; else the only one that the same study reports of the same process. Where
several could be meant, there is no point. So nothing is paired that two studies report,
but for what is known of a precursor.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db.models import Case, Count, F, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from asei_db.lib import plotted
from asei_db.lib.formulas import to_text
from asei_db.lib.key_lists import among
from asei_db.lib.plotted import MOST, NOTHING, Axis, Found
from asei_db.lib.quantities import UNITS, Quantity
from asei_db.lib.scatter import Group, Point
from literature.kinds import Kind
from literature.models import Study
from materials.choices import DepositionMethod, FilmFamily, Property
from materials.dictionary import entries
from materials.entries import PropertyMeasurementEntry
from materials.models import (
    Coating,
    CyclingTest,
    DepositionProcess,
    Material,
    PropertyMeasurement,
)
from materials.values import Value
from precursors.choices import PrecursorClass
from precursors.models import Precursor

# In the order of cause and effect: of two, the later is the outcome.
_REACHED = ("cycle_number", "time_hours")  # columns of `Value` itself
_STEPS = (
    "source_temperature",
    "pulse",
    "wait",
    "purge",
    "plasma_time",
    "plasma_power",
    "carrier_flow",
)
_GROWN = (
    "deposition_temperature",
    "reactor_pressure",
    *_STEPS,
    "anneal_temperature",
    "anneal_time",
)
_MEASURED_AT = ("measurement_temperature", "wavelength")
_CELL = (
    "cell_temperature",
    "mass_loading",
    "np_ratio",
    "lithium_thickness",
    "electrolyte_volume",
    "voltage_window",
    "current_density_ma_per_cm2",
    "current_density_ma_per_g",
    "c_rate",
    "charge_c_rate",
    "discharge_c_rate",
)
_CYCLED = (
    "cycles_run",
    "time_run",
    "failure_cycles",
    "failure_time",
    "specific_capacity",
    "areal_capacity",
    "overpotential",
    "coulombic_efficiency",
    "capacity_retention",
)
_THICKNESS = ("film_thickness",)


def _measured(subject):
    """What is measured of a subject and of nothing that is among the conditions."""
    return tuple(
        one.value
        for one in Property
        if subject in one.declared.subjects and one.value not in {*_GROWN, *_THICKNESS}
    )


_OF_FILM = _measured("process")
#: Of these, the temperature of the measurement is that of the deposition.
_AS_DEPOSITED = (Property.GROWTH_PER_CYCLE,)
#: What is measured at a temperature that matters.
_AT_TEMPERATURE = (
    Property.IONIC_CONDUCTIVITY,
    Property.ELECTRONIC_CONDUCTIVITY,
    Property.RESISTIVITY,
    Property.DIFFUSION_COEFFICIENT,
    Property.VAPOR_PRESSURE,
)


#: What is called otherwise where it stands among its like.
_NAMES = {
    "cell_temperature": "Cell temperature",
    "measurement_temperature": "Temperature of the measurement",
    "reactor_pressure": "Reactor pressure",
}
_IN_NAMES = ("cycles", "C")  # units that names say already


def _axis(entry):
    name = _NAMES.get(entry.slug, entry.name)
    unit = "" if entry.unit in _IN_NAMES else entry.unit
    return Axis(name, UNITS[unit].printed if unit in UNITS else unit)


_AXES = {
    "cycle_number": Axis("Cycle"),
    "time_hours": Axis("Time", "h"),
} | {one.slug: _axis(one) for one in entries() if one.shape == "quantity"}
#: The recipe by which a measured film was grown.
_RECIPE = Case(
    When(
        kind=Kind.MEASUREMENT,
        then=Subquery(
            PropertyMeasurementEntry.objects.filter(pk=OuterRef("key")).values("recipe")
        ),
    )
)
_DETAILS = (
    "pk",
    "as_reported",
    "qualifier",
    "minimum",
    "maximum",
    "unit",
    "disputed",
    "study_id",
    "material_name",
    "material_class",
    "method",
    "substrate_name",
    "precursor_name",
    "precursor_full_name",
    "precursor_class",
    "symbol",
    "coating_slug",
    "process_slug",
    "material_slug",
    "substrate_slug",
    "precursor_slug",
    "test_slug",
)


def _of_recipe(at):
    return at.filter(kind=Kind.RECIPE, key=OuterRef("grown_by"))


def _of_coating(at):
    return at.filter(kind=Kind.COATING, key=OuterRef("coating"))


def _of_film(at):
    return at.filter(coating=OuterRef("coating"))


def _of_work(at):
    return at.filter(process=OuterRef("process"), study=OuterRef("study"))


def _of_precursor(at):
    return at.filter(precursor=OuterRef("precursor"))


_OF_ONE_WORK = (_of_recipe, _of_coating, _of_film, _of_work)


@dataclass(frozen=True)
class ValuePlot(plotted.Plot):
    """What a list plots.

    * `names`: of its axes, conditions first
    * `column`: of `Value`, that names a record of the list; "" for those of the
      list's `kind`, which hold the values themselves
    * `urls`: the kinds of record that a point leads to, of which the first counts that
      the value is about
    * `links`: from a value to those of what it names, see `_paired`
    * `usual`: what stands across
    * `is_by_precursor`: whether the class of precursors decides the color
    """

    names: tuple[str, ...]
    default: str
    column: str = ""
    kind: Kind | None = None
    urls: tuple[str, ...] = ()
    links: tuple = ()
    usual: str = NOTHING
    is_by_precursor: bool = False

    only_x = frozenset(_REACHED)
    shapes = dict(DepositionMethod.choices) | {"other": "other"}

    @cached_property
    def axes(self):
        return {name: _AXES[name] for name in dict.fromkeys(self.names)}

    def usual_x(self, y):
        if y in _AT_TEMPERATURE and "measurement_temperature" in self.axes:
            return "measurement_temperature"
        if y in _CYCLED[4:] and "cycle_number" in self.axes:
            return "cycle_number"
        return self.usual

    def found(self, entries, x, y):
        ordered = [name for name in self.axes if name in (x, y)]
        outcome = ordered[-1]
        rows = self._rows(entries, outcome)
        if x != NOTHING:
            pairs = _paired(rows, outcome, ordered[0], self.links)
        else:
            pairs = rows.annotate(condition=F("pk"))
        keys = pairs.order_by("kind", "key", "pk").values_list("pk", "condition")
        keys = list(keys[: MOST + 1])
        is_cut = len(keys) > MOST
        points = self._points(keys[:MOST], x, outcome == y)
        of = MOST if is_cut else rows.count()
        return Found(points, of, outcome, ordered[0], is_cut)

    def _rows(self, entries, outcome):
        """The values of a quantity of the records of a list."""
        rows = Value.objects.filter(quantity=outcome)
        column = self.column or "key"
        rows = (
            rows.filter(**{f"{column}__isnull": False})
            if self.column
            else rows.filter(kind=self.kind)
        )
        if entries.query.where:
            rows = rows.filter(**{f"{column}__in": entries.order_by().values("pk")})
        return rows

    def _points(self, keys, x, is_upward):
        """The points of (key of the outcome, key or number of the condition)."""
        is_reached = x in _REACHED
        wanted = {key for key, _ in keys}
        if not is_reached:
            wanted.update(other for _, other in keys)
        rows = {row.pk: row for row in _details(wanted)}
        names = _names({rows[key].study_id for key, _ in keys})
        points = []
        for key, other in keys:
            row = rows[key]
            if (url := self._url(row)) is None:
                continue
            outcome, said = _quantity(row)
            condition, is_disputed = None, row.disputed
            if is_reached:
                condition = Quantity(other, other)
                said += f" at {_AXES[x].name.lower()} {condition}"
            elif x != NOTHING:
                condition, words = _quantity(rows[other])
                said += f", {words}"
                is_disputed |= rows[other].disputed
            upward, across = (outcome, condition) if is_upward else (condition, outcome)
            points.append(
                Point(
                    across,
                    upward,
                    self._group(row),
                    (not self.is_by_precursor and row.method) or "other",
                    url,
                    f"{_subject(row)}: {said}; {names[row.study_id]}",
                    is_disputed,
                )
            )
        return points

    def _group(self, row):
        """What decides the color of a point: the family of its film."""
        if row.material_class and not self.is_by_precursor:
            return _family(row.material_class)
        if row.precursor_class:
            label = PrecursorClass(row.precursor_class).label
            return Group(f"precursor-{row.precursor_class}", label)
        return Group("bare", "Without a film")

    def _url(self, row):
        for name in self.urls:
            if slug := getattr(row, f"{name}_slug"):
                return f"{_before_slug(name)}{slug}/"
        return None


def _paired(rows, outcome, condition, links):
    """The values with the key of what they stand at, or its number, as `condition`."""
    if condition in _REACHED:
        known = rows.filter(**{f"{condition}__isnull": False})
        return known.annotate(condition=F(condition))
    at = Value.objects.filter(quantity=condition)
    own = at
    if condition == "deposition_temperature" and outcome in _AS_DEPOSITED:
        own = Value.objects.filter(quantity__in=(condition, "measurement_temperature"))
    parts = Q(part=OuterRef("part")) | Q(part__isnull=True)
    found = [own.filter(parts, kind=OuterRef("kind"), key=OuterRef("key"))]
    if condition not in _MEASURED_AT:
        rows = rows.annotate(grown_by=_RECIPE)
        found += [link(at) for link in links]
    lone = [_lone(one) for one in found]
    condition = Coalesce(*lone) if lone[1:] else lone[0]
    return rows.annotate(condition=condition).filter(condition__isnull=False)


def _lone(values):
    """The key of the only one of values of one quantity; NULL of several."""
    alike = values.order_by().values("quantity")
    counted = alike.annotate(number=Count("pk"), one=Min("pk"))
    return Subquery(counted.filter(number=1).values("one")[:1])


def _details(keys):
    """Values with what is said of them beside their numbers."""
    return (
        Value.objects.filter(pk__in=among(keys))
        .order_by()
        .annotate(
            material_name=F("material__name"),
            material_class=F("material__material_class"),
            method=F("process__method"),
            substrate_name=F("substrate__name"),
            precursor_name=F("precursor__acronym"),
            precursor_full_name=F("precursor__name"),
            precursor_class=F("precursor__precursor_class"),
            symbol=F("element__symbol"),
            coating_slug=F("coating__slug"),
            process_slug=F("process__slug"),
            material_slug=F("material__slug"),
            substrate_slug=F("substrate__slug"),
            precursor_slug=F("precursor__slug"),
            test_slug=Subquery(
                CyclingTest.objects.filter(
                    pk=OuterRef("key"), entry__isnull=False
                ).values("slug")
            ),
        )
        .values_list(*_DETAILS, named=True)
    )


def _quantity(row):
    """The quantity of a value, and its words."""
    return _printed(row.minimum, row.maximum, row.qualifier, row.as_reported, row.unit)


@lru_cache(maxsize=4096)
def _printed(*columns):
    quantity = Quantity(*columns)
    return quantity, str(quantity)


@lru_cache
def _family(material_class):
    family = FilmFamily.of(material_class)
    return Group(f"class-{family}", family.label)


def _names(keys):
    """What studies are called, by key; few need their citations for that."""
    columns = ("slug", "title", "authors", "journal", "year", "volume", "pages")
    studies = Study.objects.only(*columns).in_bulk(keys)
    nameless = [
        key
        for key, one in studies.items()
        if not (one.title or one.journal or (one.authors and one.year))
    ]
    if nameless:
        studies |= Study.objects.for_list().in_bulk(nameless)
    return {key: study.short_label for key, study in studies.items()}


def _subject(row):
    """ "Al2O3 on Li metal", "Li metal", "TMA": what a value is of, in plain text."""
    names = [row.material_name, row.substrate_name]
    film = to_text(" on ".join(filter(None, names)))
    subject = film or row.precursor_name or row.precursor_full_name
    return f"{subject}, {row.symbol}" if row.symbol else subject


@lru_cache
def _before_slug(name):
    """The address of a page of a kind of record, up to its slug."""
    app = "precursors" if name == "precursor" else "materials"
    place = "cycling" if name == "test" else name
    return reverse(f"{app}:{place}-detail", args=["-"]).removesuffix("-/")


#: By model of the records of a list.
PLOTS = {
    Coating: ValuePlot(
        (*_REACHED, *_GROWN, *_MEASURED_AT, *_THICKNESS, *_OF_FILM, *_CYCLED),
        "film_thickness",
        "coating",
        urls=("coating",),
        links=_OF_ONE_WORK,
        usual="deposition_temperature",
    ),
    PropertyMeasurement: ValuePlot(
        (*_GROWN, *_MEASURED_AT, *_THICKNESS, *_OF_FILM, *_measured("precursor")),
        "growth_per_cycle",
        kind=Kind.MEASUREMENT,
        urls=("coating", "process", "material", "substrate", "precursor"),
        links=_OF_ONE_WORK,
        usual="deposition_temperature",
    ),
    CyclingTest: ValuePlot(
        (*_REACHED, *_CELL, *_GROWN, *_THICKNESS, *_CYCLED),
        "capacity_retention",
        kind=Kind.CYCLING_TEST,
        urls=("test",),
        links=(_of_coating, _of_film, _of_work),
        usual="c_rate",
    ),
    DepositionProcess: ValuePlot(
        (*_GROWN, *_MEASURED_AT, *_THICKNESS, *_OF_FILM),
        "growth_per_cycle",
        "process",
        urls=("process",),
        links=_OF_ONE_WORK,
        usual="deposition_temperature",
    ),
    Material: ValuePlot(
        (*_GROWN, *_MEASURED_AT, *_THICKNESS, *_OF_FILM),
        "growth_per_cycle",
        "material",
        urls=("material",),
        links=_OF_ONE_WORK,
        usual="deposition_temperature",
    ),
    Precursor: ValuePlot(
        (*_MEASURED_AT, *_measured("precursor"), "source_temperature"),
        "source_temperature",
        "precursor",
        urls=("precursor",),
        links=(_of_precursor,),
        is_by_precursor=True,
    ),
}
