"""Tells what may be taken of a harvest, and what makes no sense."""

from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import QUALIFIERS, QuantityError, parse
from harvest.measuring import IMPROVEMENTS
from harvest.reading import (
    COUNTS,
    CURRENTS,
    SIGNS,
    UNCERTAINTIES,
    UNITS,
    WORDS,
    HarvestError,
    SkippedError,
    is_number,
)
from materials.checks import is_above_100
from materials.models import (
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    PropertyMeasurement,
)

ENTRY_KINDS = ("process", "coating", "property", "precursor", "cycling")
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
} | dict.fromkeys(_CAPACITIES, (CyclingPoint, "specific_capacity"))
_HIGHEST_RETENTION = 200  # %; some electrodes gain capacity at first
_FLAGS = ("relevant", "study_complete", "is_bare_control", "value_stated")
_TEXTS = (
    "areal_capacity_is",
    "capacity_unit",
    "cell",
    "coulombic_efficiency_note",
    "crystallinity",
    "current_density_unit",
    "electrolyte",
    "improvement_of",
    "kind",
    "material",
    "material_name",
    "note",
    "outcome",
    "pair",
    "scope",
    "substrate",
    "technique",
    "temperature_note",
    "verified",
)
_LISTS_OF_TEXT = ("characterization", "precursor_acronyms", "precursors")
_TEXTS_WITHIN = {
    "study": ("doi", "first_author", "journal", "pages", "title", "volume"),
    "source": ("doi", "where"),
}


def check_taken(entry):
    """Raise SkippedError if a record may not be published."""
    study = entry["study"]
    for refused, reason in [
        (not entry["relevant"], "not relevant"),
        (not entry["study_complete"], "its study is not established"),
        (entry["verified"] not in _VERIFIED, f"verified: {entry['verified']}"),
        (not study.get("title") or not study.get("year"), "no title or year"),
        (entry["scope"] == "active film", "active film: no coating"),
        (
            entry.is_electrode_film and entry["kind"] == "coating",
            "the film is the active electrode: no coating",
        ),
    ]:
        if refused:
            raise SkippedError(reason)


def check_values(entry):
    """Raise HarvestError, with line and field, if a value makes no sense."""
    for names, field, units in [
        (["current_density"], "current_density_unit", [*CURRENTS]),
        (_CAPACITIES, "capacity_unit", _CAPACITY_UNITS),
    ]:
        is_told = any(entry[name] is not None for name in names)
        is_known = not is_told or entry[field] in units
        _require(is_known, entry, field, f"give one of {', '.join(units)}.")
    for name in UNITS:
        held_by = _HELD_BY.get(name, (PropertyMeasurement, "value"))
        _check_bounds(entry, name, UNITS[name], *held_by)
    if entry["current_density"] is not None:
        column, unit = CURRENTS[entry["current_density_unit"]]
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
        is_sane = (quantity.maximum or quantity.minimum) <= _HIGHEST_RETENTION
        _require(is_sane, entry, name, f"it is at most {_HIGHEST_RETENTION} %.")


def check_shape(entry):
    """Raise HarvestError, with line and field, if a record is malformed."""
    _require(isinstance(entry.values, dict), entry, "record", "give a JSON object.")
    kinds = ", ".join(ENTRY_KINDS)
    _require(entry["kind"] in ENTRY_KINDS, entry, "kind", f"give one of {kinds}.")
    for name in _TEXTS:
        _require(_is_text(entry[name]), entry, name, "give text.")
    for name in _FLAGS:
        is_flag = entry[name] is None or isinstance(entry[name], bool)
        _require(is_flag, entry, name, "say true or false.")
    for name in _LISTS_OF_TEXT:
        texts = [] if entry[name] is None else entry[name]
        is_list = isinstance(texts, list) and all(isinstance(t, str) for t in texts)
        _require(is_list, entry, name, "give a list of texts.")
    for name, texts in _TEXTS_WITHIN.items():
        _require(isinstance(entry[name], dict), entry, name, "give an object.")
        for text in texts:
            is_text = _is_text(entry[name].get(text))
            _require(is_text, entry, f"{name}.{text}", "give text.")
    where = entry["source"].get("where")
    _require(where, entry, "source.where", "say where the value stands.")
    year = entry["study"].get("year")
    is_year = year is None or type(year) is int
    _require(is_year, entry, "study.year", f"“{year}” is no year.")
    words = "vocabulary.yaml tells how values are printed."
    _require(entry["printed"] is None, entry, "printed", words)
    _check_numbers(entry)
    qualifiers = {} if entry["qualifiers"] is None else entry["qualifiers"]
    _require(isinstance(qualifiers, dict), entry, "qualifiers", "give an object.")
    for name, sign in qualifiers.items():
        is_sign = isinstance(sign, str) and SIGNS.get(sign, sign) in QUALIFIERS
        _require(is_sign, entry, f"qualifiers.{name}", f"“{sign}” is no sign.")
    for name in UNITS:
        entry.quantity(name)


def _check_numbers(entry):
    for name in [*UNITS, *WORDS, *COUNTS, "current_density", *UNCERTAINTIES.values()]:
        values = entry[name] if isinstance(entry[name], list) else [entry[name]]
        _require(values, entry, name, "give a number; the list is empty.")
        _require(len(values) <= 2, entry, name, "give a number, or two for a range.")
        is_told = entry[name] is not None
        for value in values if is_told else ():
            _require(is_number(value), entry, name, f"“{value}” is no number.")
            is_count = name in COUNTS
            _require(not is_count or value >= 1, entry, name, "count from 1.")
    for name in ("cycles", *UNCERTAINTIES.values()):
        _require(not isinstance(entry[name], list), entry, name, "give one number.")


def _require(condition, entry, field, message):
    if not condition:
        raise HarvestError(f"line {entry.line}, {field}: {message}")


def _is_text(value):
    return value is None or isinstance(value, str)
