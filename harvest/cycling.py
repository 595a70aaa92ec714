"""What a harvest says of one cycling test: its conditions, its points, its notes."""

import re
from collections import defaultdict

from harvest.fields import CURRENTS
from harvest.origins import Count, Text

_AT_RATE = "Capacity at this rate; its cycle is not stated."
#: The fields whose values are points: the column, and where they stand.
_POINTS = {
    "initial_capacity": ("specific_capacity", "first"),
    "final_capacity": ("specific_capacity", "last"),
    "retention_percent": ("capacity_retention", "last"),
    "capacity_loss_percent": ("capacity_retention", "last"),
    "coulombic_efficiency_percent": ("coulombic_efficiency", "last"),
    "overpotential_initial_mv": ("overpotential", "first"),
    "overpotential_mv": ("overpotential", "last"),
    "rate_capacity": ("specific_capacity", "not stated"),
    "specific_capacity": ("specific_capacity", "not stated"),
}
_CONDITIONS = {
    "c_rate": "c_rate",
    "charge_c_rate": "charge_c_rate",
    "discharge_c_rate": "discharge_c_rate",
    "mass_loading": "mass_loading_mg_cm2",
}
_LIVES = {
    "cycles_run": "cycles",
    "time_run": "lifetime_h",
    "failure_cycles": "failure_onset_cycles",
    "failure_time": "failure_onset_h",
}
#: What a specific capacity is one gram of, by its unit.
_BASES = {"mAh/g(Li2S)": "Li2S"}


def conditions(entry, cell):
    """The conditions of a test as printed, by field; what is not stated is left out."""
    stated = {name: text for name, text in cell.items() if name != "substrate"}
    stated |= _electrolyte(entry["electrolyte"] or cell.get("electrolyte") or "")
    stated |= {name: entry.quantity(field) for name, field in _CONDITIONS.items()}
    if entry.current:
        stated[CURRENTS[entry["current_density_unit"]][0]] = entry.current
    if not _is_areal_result(entry):
        stated["areal_capacity"] = entry.quantity("areal_capacity_mah_cm2")
    stated["capacity_basis"] = _BASES.get(entry["capacity_unit"])
    stated["temperature"] = entry.temperature
    stated["voltage_window"] = entry.quantity("voltage_window_v")
    return {name: text for name, text in stated.items() if text}


def _electrolyte(text):
    """An electrolyte, and its additive: “… with 5 vol% FEC”."""
    parts = re.fullmatch(r"(.+?) with (\d[\d.]* ?(?:vol|wt|mol)?\.?-? ?% .+)", text)
    if not parts:
        return {"electrolyte": text}
    return {"electrolyte": parts[1], "electrolyte_additive": parts[2]}


def points(entry):
    """The points of a test, without a cycle where none is stated, and what is said
    without a value that a point can hold.
    """
    rows = defaultdict(dict)
    last = (None, entry.count("cycles"))
    for name, (column, place) in _POINTS.items():
        if entry[name] is None:
            continue
        is_first = place == "first" or (
            name == "coulombic_efficiency_percent"
            and entry["coulombic_efficiency_note"] == "initial"
        )
        first = Count(1, [entry.origin(name)])
        at = (
            (None, last[1] if last[1] == 1 else first)
            if is_first
            else last
            if place == "last"
            else (None, None)
        )
        if _is_average(entry, name) and last[1]:
            at = (first, last[1])
        row = rows[at]
        if entry["capacity_unit"] == "Ah/cm3" and column == "specific_capacity":
            _remark(row, entry.sentence("Capacity: {} Ah/cm³.", name))
            continue
        row[column] = (
            _kept(entry, row)
            if name == "capacity_loss_percent"
            else entry.quantity(name)
        )
        if name == "rate_capacity":
            _remark(row, _AT_RATE)
    if _is_areal_result(entry):
        rows[None, None]["areal_capacity"] = entry.quantity("areal_capacity_mah_cm2")
        if entry["c_rate"] is not None:
            _remark(rows[None, None], _AT_RATE)
    is_bound = entry["cycles"] and entry.sign("cycles") != "="
    if last in rows and is_bound:
        _remark(rows[last], entry.sentence("After {} cycles.", "cycles"))
    said = [row["remark"] for row in rows.values() if row.keys() == {"remark"}]
    return [
        ({"first_cycle": first} if first else {})
        | ({"cycle_number": at} if at else {})
        | row
        for (first, at), row in rows.items()
        if row.keys() != {"remark"}
    ], said


def lives(entry):
    """How long a cell ran: its hours, its cycles where no point or only a bound stands
    for them, and when it began to fail.
    """
    stated = {name: entry.quantity(field) for name, field in _LIVES.items()}
    if _is_reached(entry):
        del stated["cycles_run"]
    return {name: text for name, text in stated.items() if text}


def is_in_words(entry):
    """Whether neither a test nor those it is compared with have a result in numbers."""
    compared = [
        other
        for other in entry.of_study
        if entry["pair"] and other["pair"] == entry["pair"]
    ]
    return not any(map(_has_result, [entry, *compared]))


def _has_result(entry):
    values, said = points(entry)
    return bool(values or said or lives(entry))


def notes(entry):
    """What else is said of a test."""
    said = [f"Cell: {entry['cell']}."] if entry["cell"] else []
    if entry["deposition_temperature_c"] is not None and not entry["material"]:
        said.append(entry.sentence("Deposited at {} °C.", "deposition_temperature_c"))
    if (entry["temperature_note"] or "").startswith("elevated"):
        said.append("At elevated temperature; the abstract does not say which.")
    if entry["value_stated"] is False:
        which = "the bare control" if entry.is_bare else "the coated electrode"
        said.append(f"The source prints no number for {which}.")
    return said


def distinction(entry):
    """What sets a test apart from the others of its coating."""
    stated = [
        (entry["cell"] or "")[:24],
        entry.plain("c_rate"),
        entry.current
        and entry.plain("current_density", CURRENTS[entry["current_density_unit"]][1]),
        entry.plain("temperature_k") or entry.plain("temperature_c") or entry.room,
        f"{entry['cycles']} cycles" if entry["cycles"] else None,
        entry.plain("lifetime_h"),
    ]
    return "-".join(filter(None, stated)) or "cycling"


def _kept(entry, row):
    """The retention that a loss leaves."""
    loss = entry.number("capacity_loss_percent")
    _remark(
        row,
        entry.sentence("The source prints a loss of {} %.", "capacity_loss_percent"),
    )
    return Text(f"{100 - entry['capacity_loss_percent']:g} %", loss.origins)


def _is_average(entry, name):
    is_efficiency = name == "coulombic_efficiency_percent"
    return is_efficiency and entry["coulombic_efficiency_note"] == "average"


def _is_reached(entry):
    """Whether a value is of the very last cycle."""
    is_stated = any(
        entry[name] is not None
        for name, (_, place) in _POINTS.items()
        if place == "last"
    )
    return is_stated and entry.sign("cycles") == "="


def _remark(row, text):
    before = row.get("remark", "")
    origins = [*getattr(before, "origins", ()), *getattr(text, "origins", ())]
    row["remark"] = Text(f"{before} {text}".strip(), origins)


def _is_areal_result(entry):
    is_stated = entry["areal_capacity_mah_cm2"] is not None
    return is_stated and entry["areal_capacity_is"] == "measured"
