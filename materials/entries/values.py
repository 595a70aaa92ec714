"""How lists find cycling tests, measurements and findings."""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from asei_db.lib.findable import Through
from literature.entries import (
    Bounds,
    Code,
    Entry,
    Number,
    Reference,
    Text,
    Yes,
    closed_bounds,
    record_of,
    reporters,
)
from literature.models import Study
from materials.choices import GainKind
from materials.entries.growth import MATERIALS, SUBSTRATES
from materials.models import (
    Coating,
    CyclingTest,
    DepositionProcess,
    Finding,
    Gain,
    Material,
    PropertyMeasurement,
    Recipe,
    Substrate,
)
from precursors.models import Element, Precursor


def _is_compared():
    """Whether the control of a test is published."""
    controls = CyclingTest.objects.published()
    return Exists(controls.filter(pk=OuterRef("control")))


#: Lookups from a test to all that its gains are made of.
GAIN_READS = Gain.objects.all().made_of


def _gains(*kinds):
    """The gains of a test that are shown of some kinds, the first kind first."""
    gains = Gain._base_manager.filter(test=OuterRef("pk"), is_headline=True)
    gains = gains.filter(kind__in=kinds) if kinds else gains.exclude(kind="")
    order = [Case(When(kind=kind, then=n), default=9) for n, kind in enumerate(kinds)]
    return gains.order_by(*order)


class _GainBounds:
    """The two columns of a gain's closed bounds, and the number that sorts it."""

    def __init__(self, *kinds):
        self.kinds = kinds

    def contribute_to_class(self, cls, name):
        change = [f"change_{end}" for end in ("min", "max", "qualifier")]
        low, high = closed_bounds(*change)
        sorts = Coalesce(*change[:2])
        for column, value in (
            (f"{name}_low", low),
            (f"{name}_high", high),
            (name, sorts),
        ):
            gains = _gains(*self.kinds).annotate(value=value).values("value")
            cls.add_to_class(column, Number(Subquery(gains[:1]), GAIN_READS))


class CyclingTestEntry(Entry):
    """A published cycling test."""

    record = record_of(CyclingTest)
    coating = Reference(Coating, "coating")
    material = Reference(Material, "coating__process__material")
    electrode = Reference(Substrate, "electrode")
    study = Reference(Study, "study")
    source = Reference(Study, "source")
    slug = Code("slug")
    material_name = Text("coating__process__material__name_sort_key")
    electrode_name = Text("electrode__name_sort_key")
    cell_type = Code("cell_type")
    charge_carrier = Code("charge_carrier")
    cell_format = Code("cell_format")
    has_control = Yes(
        _is_compared(),
        reads=("control__source", "control__study", "control__coating__source"),
    )
    mass_loading = Bounds("mass_loading")
    np_ratio = Bounds("np_ratio")
    lithium_thickness = Bounds("lithium_thickness")
    electrolyte_volume = Bounds("electrolyte_volume")
    c_rate = Bounds("c_rate", sorted_by=True)
    charge_c_rate = Bounds("charge_c_rate")
    discharge_c_rate = Bounds("discharge_c_rate")
    current_density_ma_per_cm2 = Bounds("current_density_ma_per_cm2", sorted_by=True)
    current_density_ma_per_g = Bounds("current_density_ma_per_g", sorted_by=True)
    cycles_run = Bounds("cycles_run", sorted_by=True)
    time_run = Bounds("time_run", sorted_by=True)
    failure_cycles = Bounds("failure_cycles")
    failure_time = Bounds("failure_time")
    year = Number("study__year")
    # What the coating changed, in percentage points or times.
    has_gain = Yes(Exists(_gains()), GAIN_READS)
    comparability = Code(Subquery(_gains().values("comparability")[:1]), GAIN_READS)
    retention_gain = _GainBounds(GainKind.CAPACITY_RETENTION)
    capacity_gain = _GainBounds(GainKind.SPECIFIC_CAPACITY, GainKind.AREAL_CAPACITY)
    efficiency_gain = _GainBounds(GainKind.COULOMBIC_EFFICIENCY)
    life_gain = _GainBounds(GainKind.LIFE)

    facets = (
        "cell_type",
        "charge_carrier",
        "cell_format",
        "comparability",
        "has_control",
        "has_gain",
    )
    through = {
        "electrode_class": Through("electrode", SUBSTRATES, "substrate_class"),
        "electrode_role": Through("electrode", SUBSTRATES, "electrode_role"),
        "host_family": Through("electrode", SUBSTRATES, "host_family"),
    }

    class Meta:
        ordering = ["slug", "pk"]
        indexes = [
            # The list as usual, passing by what a filter leaves out.
            models.Index(
                fields=["slug", "record", "material", "electrode", "study"],
                name="cyclingentry_order",
            ),
            # How many of a selection have each of the facets, from the index alone.
            models.Index(
                fields=[
                    "cell_type",
                    "charge_carrier",
                    "cell_format",
                    "comparability",
                    "has_control",
                    "has_gain",
                    "electrode",
                    "material",
                ],
                name="cyclingentry_facets",
            ),
            # Those of one of these in that order.
            *(
                models.Index(
                    fields=[name, "slug", "record"], name=f"cyclingentry_of_{name}"
                )
                for name in ("material", "electrode")
            ),
            # Those of one of these, and how many each has.
            *(
                models.Index(fields=[name], name=f"cyclingentry_{name}")
                for name in (
                    "coating",
                    "study",
                    "source",
                    "cell_type",
                    "charge_carrier",
                    "cell_format",
                )
            ),
        ]


_FILM = ("material", "process__material", "coating__process__material")
_PROCESS = ("process", "coating__process")


class PropertyMeasurementEntry(Entry):
    """A published measurement.

    Material and process are also those of the coating that it is about.
    """

    record = record_of(PropertyMeasurement)
    property = Code("property")
    element = Reference(Element, "element")
    material = Reference(Material, _FILM)
    process = Reference(DepositionProcess, _PROCESS)
    recipe = Reference(Recipe, "recipe")
    coating = Reference(Coating, "coating")
    substrate = Reference(Substrate, "substrate")
    precursor = Reference(Precursor, "precursor")
    source = Reference(Study, "source")
    temperature = Bounds("temperature")
    wavelength = Bounds("wavelength")
    value = Bounds("value", sorted_by=True)
    value_limit = Code("value_limit")

    facets = ("property", "value_limit")
    tags = {"study": reporters()}
    through = {"elements": Through("material", MATERIALS, "elements")}

    class Meta:
        ordering = ["property", "pk"]
        indexes = [
            # The list as usual, how many there are of each property.
            models.Index(fields=["property", "record"], name="measuremententry_order"),
            # The values of a property in their order.
            models.Index(fields=["property", "value"], name="measuremententry_value"),
            # Those of one of these, and how many each has.
            *(
                models.Index(
                    fields=[name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"measuremententry_{name}",
                )
                for name in (
                    "element",
                    "material",
                    "process",
                    "recipe",
                    "coating",
                    "substrate",
                    "precursor",
                    "source",
                    "value_limit",
                )
            ),
        ]


class FindingEntry(Entry):
    """A published finding.

    Material, process and substrate are also those of the coating that it is about.
    """

    record = record_of(Finding)
    aspect = Code("aspect")
    direction = Code("direction")
    slug = Code("slug")
    material = Reference(Material, _FILM)
    process = Reference(DepositionProcess, _PROCESS)
    coating = Reference(Coating, "coating")
    substrate = Reference(Substrate, ("substrate", "coating__substrate"))
    source = Reference(Study, "source")
    subject = Text(
        (
            *(f"{path}__name_sort_key" for path in _FILM),
            "substrate__name_sort_key",
        )
    )

    facets = ("aspect", "direction")
    tags = {"study": reporters()}
    through = {
        "elements": Through("material", MATERIALS, "elements"),
        "material_class": Through("material", MATERIALS, "material_class"),
    }

    class Meta:
        ordering = ["aspect", "slug", "pk"]
        indexes = [
            # The list as usual, passing by what a filter leaves out.
            models.Index(
                fields=["aspect", "slug", "record"], name="findingentry_order"
            ),
            # Those of one of these, and how many each has.
            *(
                models.Index(
                    fields=[name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"findingentry_{name}",
                )
                for name in (
                    "direction",
                    "material",
                    "process",
                    "coating",
                    "substrate",
                    "source",
                )
            ),
        ]
