"""Says what may be taken of a harvest, and what makes no sense."""

import difflib
import json
from pathlib import Path

from jsonschema import Draft202012Validator

from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import QuantityError, parse
from harvest.fields import CURRENTS, PARTS, UNITS
from harvest.properties import IMPROVEMENTS
from harvest.reading import HarvestError, SkippedError
from materials.checks import is_above_100
from materials.models import (
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    PropertyMeasurement,
    Recipe,
    RecipeStep,
)

_VERIFIED = ("full-text", "abstract", "corrected")
_CAPACITIES = (
    "initial_capacity",
    "final_capacity",
    "rate_capacity",
    "specific_capacity",
)
_CAPACITY_UNITS = ("mAh/g", "mAh/g(Li2S)", "Ah/cm3")
#: By field, the quantity of a model whose bounds it keeps; others are measurements.
_HELD_BY = {
    "areal_capacity_mah_cm2": (CyclingPoint, "areal_capacity"),
    "c_rate": (CyclingTest, "c_rate"),
    "coulombic_efficiency_percent": (CyclingPoint, "coulombic_efficiency"),
    "deposition_temperature_c": (DepositionProcess, "deposition_temperature"),
    "gpc_angstrom": (DepositionProcess, "growth_per_cycle"),
    "lifetime_h": (CyclingTest, "time_run"),
    "retention_percent": (CyclingPoint, "capacity_retention"),
    "thickness_nm": (Coating, "thickness"),
    "charge_c_rate": (CyclingTest, "charge_c_rate"),
    "discharge_c_rate": (CyclingTest, "discharge_c_rate"),
    "failure_onset_cycles": (CyclingTest, "failure_cycles"),
    "failure_onset_h": (CyclingTest, "failure_time"),
    "mass_loading_mg_cm2": (CyclingTest, "mass_loading"),
    "overpotential_initial_mv": (CyclingPoint, "overpotential"),
    "overpotential_mv": (CyclingPoint, "overpotential"),
    "pressure_torr": (Recipe, "pressure"),
    "carrier_flow_sccm": (RecipeStep, "carrier_flow"),
    "plasma_exposure_s": (RecipeStep, "plasma_time"),
    "plasma_power_w": (RecipeStep, "plasma_power"),
    "pulse_s": (RecipeStep, "pulse"),
    "purge_s": (RecipeStep, "purge"),
    "reaction_wait_s": (RecipeStep, "wait"),
} | dict.fromkeys(_CAPACITIES, (CyclingPoint, "specific_capacity"))
_HIGHEST_RETENTION = 200  # %; some electrodes gain capacity at first
_SCHEMA = Draft202012Validator(
    json.loads(Path(__file__).with_name("schema.json").read_text("utf-8"))
)


def check_taken(entry):
    """Raise SkippedError if a record may not be published."""
    study = entry["study"]
    for refused, reason in [
        (not entry["relevant"], "not relevant"),
        (not entry["study_complete"], "its study is not established"),
        (entry["verified"] not in _VERIFIED, f"verified: {entry['verified']}"),
        (not study.get("title") or not study.get("year"), "no title or year"),
        (entry["scope"] == "active film", "active film: no coating"),
    ]:
        if refused:
            raise SkippedError(reason)


def check_values(entry):
    """Raise HarvestError, with line and field, if a value makes no sense."""
    for names, field, units in [
        (["current_density"], "current_density_unit", [*CURRENTS]),
        (_CAPACITIES, "capacity_unit", _CAPACITY_UNITS),
    ]:
        is_stated = any(entry[name] is not None for name in names)
        is_known = not is_stated or entry[field] in units
        _require(is_known, entry, field, f"give one of {', '.join(units)}.")
    for name in entry.values:
        stem = name.split(".")[0]
        if unit := UNITS.get(stem, PARTS.get(stem)):
            held_by = _HELD_BY.get(stem, (PropertyMeasurement, "value"))
            _check_bounds(entry, name, unit, *held_by)
    if entry["current_density"] is not None:
        column, unit, _ = CURRENTS[entry["current_density_unit"]]
        _check_bounds(entry, "current_density", unit, CyclingTest, column)
    if entry["kind"] == "precursor":
        is_one = len(entry["precursor_acronyms"] or []) == 1
        _require(is_one, entry, "precursor_acronyms", "name one precursor.")
    of = entry["improvement_of"]
    _require(of in IMPROVEMENTS, entry, "improvement_of", f"“{of}” is not known.")


def _check_bounds(entry, name, unit, model, column):
    if entry[name] is None:
        return
    quantity = parse(entry.quantity(name, unit), unit)
    try:
        quantity_fields(model)[column].check(quantity)
    except QuantityError as error:
        raise HarvestError(f"line {entry.line}, {name}: {error}") from error
    if name == "coulombic_efficiency_percent":
        _require(not is_above_100(quantity), entry, name, "it is at most 100 %.")
    if name == "retention_percent":
        is_sane = quantity.highest <= _HIGHEST_RETENTION
        _require(is_sane, entry, name, f"it is at most {_HIGHEST_RETENTION} %.")


def check_shape(entry):
    """Raise HarvestError, with line and field, if a record does not fit the schema."""
    errors = _SCHEMA.iter_errors(entry.values)
    error = min(errors, key=lambda error: str(error.absolute_path), default=None)
    if error is not None:
        raise HarvestError(f"line {entry.line}, {_explain(error)}")


def _explain(error):
    """Which field does not fit the schema, and what would."""
    place = [str(key) for key in error.absolute_path if isinstance(key, str)]
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        name = next(key for key in error.instance if key not in known)
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        return f"{'.'.join([*place, name])}: the schema has no such key.{hint}"
    if error.validator == "required":
        name = next(
            name for name in error.validator_value if name not in error.instance
        )
        return f"{'.'.join([*place, name])}: this is missing."
    field = ".".join(place) or "record"
    return f"{field}: {error.schema.get('description', 'give a JSON object.')}"


def _require(condition, entry, field, message):
    if not condition:
        raise HarvestError(f"line {entry.line}, {field}: {message}")
