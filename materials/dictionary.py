"""The dictionary: what each quantity of each resource means, and in which unit it is.

A quantity that is a field of a record and a property that can be measured are one entry
where they mean the same. IRIs are of terms that others have defined; where none is
known to mean the same, there is none.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.text import capfirst

from asei_db.lib.fields import quantity_fields
from materials.choices import Property
from materials.models import (
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    PropertyMeasurement,
    Recipe,
    RecipeStep,
    Substrate,
)
from precursors.models import SublimationTemperature

_ELECTROCHEMISTRY = "https://w3id.org/emmo/domain/electrochemistry#electrochemistry_"
#: What a value looks like: the object of a quantity, a record of its own, or a word.
QUANTITY, RECORD, WORD = "quantity", "record", "word"


class Place(NamedTuple):
    """Where the API gives something: "cycling-tests", "points.overpotential"."""

    resource: str
    field: str


@dataclass(frozen=True)
class Entry:
    """One thing of the dictionary.

    * `unit`: in which numbers are given, e.g. "S/cm"; "" if none
    * `shape`: "quantity" (as_reported, qualifier, min, max, unit), "record", "word"
    * `iri`: of a term of another vocabulary that means the same, or None
    * `measured_on`: the subjects of measurements that can have it
    * `used_in`: the `Place`s where it stands
    """

    slug: str
    name: str
    definition: str
    unit: str = ""
    shape: str = QUANTITY
    iri: str | None = None
    measured_on: tuple[str, ...] = ()
    used_in: tuple["Place", ...] = ()


class _Field(NamedTuple):
    """A quantity field of a model, and where the API gives it."""

    model: type
    name: str
    place: Place


def _field(model, name, resource, field=None):
    return _Field(model, name, Place(resource, field or name))


def _condition(name):
    return _field(CyclingTest, name, "cycling-tests", f"conditions.{name}")


def _outcome(name):
    return _field(CyclingTest, name, "cycling-tests")


def _grown(name):
    """Of films, and of recipes that grow them."""
    return [_field(Recipe, name, "recipes"), _field(Coating, name, "coatings")]


def _step(name):
    return _field(RecipeStep, name, "recipes", f"steps.{name}")


def _point(name):
    return _field(CyclingPoint, name, "cycling-tests", f"points.{name}")


def _changes(*names):
    return tuple(Place("cycling-tests", f"uplift.{name}.change") for name in names)


#: By slug: the fields that hold the quantity, and its definition unless it is one of
#: the measured properties, which have theirs.
FIELDS = {
    "film_thickness": (
        [_field(Coating, "thickness", "coatings")],
        "",
    ),
    "deposition_temperature": (
        [
            _field(DepositionProcess, "deposition_temperature", "processes"),
            *_grown("deposition_temperature"),
        ],
        "",
    ),
    "anneal_temperature": (
        _grown("anneal_temperature"),
        "Temperature at which a film was annealed after it was grown.",
    ),
    "anneal_time": (
        _grown("anneal_time"),
        "How long a film was annealed after it was grown.",
    ),
    "reactor_pressure": (
        [_field(Recipe, "pressure", "recipes")],
        "Pressure in the reactor while the film grows.",
    ),
    "pulse": (
        [_step("pulse")],
        "How long a precursor flows into the reactor in one step of the cycle.",
    ),
    "wait": (
        [_step("wait")],
        "How long a precursor stays in the closed reactor in one step of the cycle.",
    ),
    "purge": (
        [_step("purge")],
        "How long the reactor is swept out at the end of a step of the cycle.",
    ),
    "plasma_time": (
        [_step("plasma_time")],
        "How long a plasma burns in one step of the cycle.",
    ),
    "plasma_power": ([_step("plasma_power")], "Power that drives a plasma."),
    "carrier_flow": (
        [_step("carrier_flow")],
        "Flow of the gas that carries a precursor into the reactor.",
    ),
    "growth_per_cycle": (
        [_field(DepositionProcess, "growth_per_cycle", "processes")],
        "",
    ),
    "source_temperature": (
        [
            _field(
                SublimationTemperature,
                "temperature",
                "precursors",
                "sublimation_temperatures",
            ),
            _step("source_temperature"),
        ],
        "Temperature at which a precursor was kept for its vapor to enter the reactor.",
    ),
    "thermal_limit": (
        [_field(Substrate, "thermal_limit", "substrates")],
        "Highest temperature that an electrode or substrate stands.",
    ),
    "measurement_temperature": (
        [_field(PropertyMeasurement, "temperature", "measurements")],
        "Temperature at which a property was measured; of a growth per cycle, that of "
        "the deposition.",
    ),
    "wavelength": (
        [_field(PropertyMeasurement, "wavelength", "measurements")],
        "Wavelength of the light with which a refractive index was measured.",
    ),
    "cell_temperature": (
        [_condition("temperature")],
        "Temperature of the cell while it is cycled.",
    ),
    "electrolyte_volume": (
        [_condition("electrolyte_volume")],
        "Volume of liquid electrolyte in the cell.",
    ),
    "mass_loading": (
        [_condition("mass_loading")],
        "Mass of active material per area of the electrode.",
    ),
    "lithium_thickness": (
        [_condition("lithium_thickness")],
        "Thickness of the metal anode that was put into the cell.",
    ),
    "np_ratio": (
        [_condition("np_ratio")],
        "Areal capacity of the negative divided by that of the positive electrode.",
    ),
    "c_rate": (
        [_condition("c_rate")],
        "Current relative to that which charges or discharges the cell in one hour.",
    ),
    "charge_c_rate": (
        [_condition("charge_c_rate")],
        "C-rate of charge, where charge and discharge differ.",
    ),
    "discharge_c_rate": (
        [_condition("discharge_c_rate")],
        "C-rate of discharge, where charge and discharge differ.",
    ),
    "current_density_ma_per_cm2": (
        [_condition("current_density_ma_per_cm2")],
        "Current per area of the electrode.",
    ),
    "current_density_ma_per_g": (
        [_condition("current_density_ma_per_g")],
        "Current per mass of active material.",
    ),
    "areal_capacity": (
        [_condition("areal_capacity"), _point("areal_capacity")],
        "Charge per area of the electrode: moved in each half cycle, or reached.",
    ),
    "voltage_window": (
        [_condition("voltage_window")],
        "Lowest and highest voltage of the cell while it is cycled.",
    ),
    "cycles_run": (
        [_outcome("cycles_run")],
        "Number of cycles that the cell is said to have run.",
    ),
    "time_run": (
        [_outcome("time_run")],
        "Hours of plating and stripping that the cell is said to have run.",
    ),
    "failure_cycles": (
        [_outcome("failure_cycles")],
        "Cycle from which the cell failed.",
    ),
    "failure_time": ([_outcome("failure_time")], "Hour from which the cell failed."),
    "specific_capacity": (
        [_point("specific_capacity")],
        "Charge that the electrode gives per mass, of what the test says.",
    ),
    "capacity_retention": (
        [_point("capacity_retention")],
        "Capacity at a cycle divided by that at the first, or at one that is named.",
    ),
    "coulombic_efficiency": ([_point("coulombic_efficiency")], ""),
    "overpotential": (
        [_point("overpotential")],
        "Voltage beyond that of equilibrium which drives plating or stripping.",
    ),
}

#: By slug: where else answers give the quantity, apart from `_copies`.
_ELSEWHERE = {
    "deposition_temperature": (
        Place("processes", "deposition_temperatures"),
        Place("consensus", "span"),
        Place("planner", "checks.needed"),
    ),
    "film_thickness": (Place("consensus", "span"),),
    "aspect_ratio": (Place("consensus", "span"),),
    "growth_per_cycle": (Place("processes", "growths_per_cycle"),),
    "source_temperature": (
        Place("precursors", "sublimation_temperature"),
        Place("planner", "checks.needed"),
    ),
    "measurement_temperature": (Place("consensus", "values.temperature"),),
    "melting_point": (Place("precursors", "melting_point_celsius"),),
}

_IRIS = {
    "film_thickness": "3b938708_e7e4_4ac0_a959_9c04306302e7",
    "coulombic_efficiency": "a5962e05_466d_46a4_8951_bea59d7326e5",
    "specific_capacity": "1e3dc60d_dd6b_47d6_8161_70004fc5ee30",
    "overpotential": "1cd1d777_e67b_47eb_81f1_edac35d9f2c6",
    "ionic_conductivity": "25dabdc2_68bf_4a38_8cbe_11be017358bc",
    "c_rate": "e1fd84eb_acdb_4b2c_b90c_e899d552a3ee",
}

_OTHERS = (
    Entry(
        "time",
        "Time",
        "Hour of plating and stripping at which a cell had reached the values.",
        "h",
        used_in=(Place("cycling-tests", "points.time_h"),),
    ),
    Entry(
        "difference_from_control",
        "Difference from the control",
        "Value of the coated cell minus that of the bare one, at the same cycle.",
        "percentage points",
        used_in=_changes("capacity_retention", "coulombic_efficiency"),
    ),
    Entry(
        "ratio_to_control",
        "Ratio to the control",
        "Value of the coated cell divided by that of the bare one, at the same cycle; "
        "or the cycles that they take to 80 % capacity retention.",
        used_in=(
            *_changes("specific_capacity", "areal_capacity", "overpotential"),
            Place("cycling-tests", "uplift.cycles_to_80_percent.ratio"),
        ),
    ),
    Entry(
        "coating",
        "Coating",
        "A film on an electrode or another surface.",
        shape=RECORD,
        iri=f"{_ELECTROCHEMISTRY}09a7f560_9ddf_4c32_b067_b213eca5b0a1",
        used_in=(Place("coatings", ""),),
    ),
    Entry(
        "solid_electrolyte_interphase",
        "Solid electrolyte interphase",
        "The layer that forms on an anode from the electrolyte, and passivates it.",
        shape=RECORD,
        iri=f"{_ELECTROCHEMISTRY}ecf136cb_2584_4cb1_98b7_2d2b3d22e40d",
        used_in=(Place("materials", "sei_constituents"),),
    ),
    Entry(
        "atomic_layer_deposition",
        "Atomic layer deposition",
        "Growth of a film by pulses of precursors, each of which reacts until the "
        "surface is saturated.",
        shape=WORD,
        iri="http://purl.obolibrary.org/obo/CHMO_0001311",
        used_in=(Place("processes", "method"), Place("coatings", "method")),
    ),
)


def entries():
    """List the dictionary: measured properties, other quantities, then things."""
    found = {one.value: _of_property(one) for one in Property}
    for slug, (fields, definition) in FIELDS.items():
        places = tuple(one.place for one in fields)
        if slug in found:
            known = found[slug]
            found[slug] = replace(known, used_in=(*known.used_in, *places))
            continue
        quantity = quantity_fields(fields[0].model)[fields[0].name]
        found[slug] = Entry(
            slug,
            capfirst(quantity.verbose_name),
            definition,
            quantity.unit,
            iri=_iri(slug),
            used_in=places,
        )
    return [*map(_with_all_places, found.values()), *_OTHERS]


def _with_all_places(entry):
    copies = (copy for place in entry.used_in for copy in _copies(place, entry))
    # Several places have one copy: the comparison lists all conditions alike.
    places = (*entry.used_in, *copies, *_ELSEWHERE.get(entry.slug, ()))
    return replace(entry, used_in=tuple(dict.fromkeys(places)))


def _copies(place, entry):
    """Where what stands at a place is given again."""
    resource, field = place
    of, _, name = field.rpartition(".")
    if resource == "recipes":
        yield Place("processes", f"recipes.{field}")
    elif resource == "measurements" and {"material", "process", "coating"} & {
        *entry.measured_on
    }:
        yield Place("consensus", "values.quantity")
    elif of == "conditions":
        yield Place("comparability", "conditions.values.quantity")
    elif of == "points":
        yield from (
            Place(resource, f"uplift.{name}.{test}") for test in ("coated", "bare")
        )


def _of_property(one):
    return Entry(
        one.value,
        one.label,
        one.definition,
        one.unit,
        iri=_iri(one.value),
        measured_on=one.declared.subjects,
        used_in=(Place("measurements", "quantity"),),
    )


def _iri(slug):
    return f"{_ELECTROCHEMISTRY}{_IRIS[slug]}" if slug in _IRIS else None
