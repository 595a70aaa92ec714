"""What a harvest says of one cycling test: its conditions, its points, its notes."""

from collections import defaultdict

from harvest.reading import CURRENTS

_AT_RATE = "Capacity at this rate; its cycle is not stated."
#: The fields whose values are points: the column, and where they stand.
_POINTS = {
    "initial_capacity": ("specific_capacity", "first"),
    "final_capacity": ("specific_capacity", "last"),
    "retention_percent": ("capacity_retention", "last"),
    "coulombic_efficiency_percent": ("coulombic_efficiency", "last"),
    "rate_capacity": ("specific_capacity", "not stated"),
    "specific_capacity": ("specific_capacity", "not stated"),
}
_LIVES = {"cycles_run": "cycles", "time_run": "lifetime_h"}


def conditions(entry, cell):
    """The conditions of a test as printed, by field; what is not stated is left out."""
    current, unit = CURRENTS.get(entry["current_density_unit"], (None, None))
    stated = {name: text for name, text in cell.items() if name != "substrate"}
    stated["electrolyte"] = entry["electrolyte"] or cell.get("electrolyte")
    stated["c_rate"] = entry.quantity("c_rate")
    if current:
        stated[current] = entry.quantity("current_density", unit)
    if not _is_areal_result(entry):
        stated["areal_capacity"] = entry.quantity("areal_capacity_mah_cm2")
    stated["temperature"] = entry.temperature
    stated["voltage_window"] = entry.quantity("voltage_window_v")
    return {name: text for name, text in stated.items() if text}


def points(entry):
    """The points of a test, without a cycle where none is stated, and what is said
    without a value that a point can hold.
    """
    rows = defaultdict(dict)
    last = entry["cycles"]
    for name, (column, place) in _POINTS.items():
        if entry[name] is None:
            continue
        is_first = place == "first" or entry["coulombic_efficiency_note"] == "initial"
        row = rows[1 if is_first else last if place == "last" else None]
        if entry["capacity_unit"] == "Ah/cm3":
            _remark(row, f"Capacity: {entry.number(name)} Ah/cm³.")
            continue
        row[column] = entry.quantity(name)
        if name == "rate_capacity":
            _remark(row, _AT_RATE)
        if entry["capacity_unit"] == "mAh/g(Li2S)" and column == "specific_capacity":
            _remark(row, "Per gram of Li2S.")
    if _is_areal_result(entry):
        rows[None]["areal_capacity"] = entry.quantity("areal_capacity_mah_cm2")
        if entry["c_rate"] is not None:
            _remark(rows[None], _AT_RATE)
    _say_of_last(entry, rows)
    said = [row["remark"] for row in rows.values() if row.keys() == {"remark"}]
    return [
        ({"cycle_number": at} if at else {}) | row
        for at, row in rows.items()
        if row.keys() != {"remark"}
    ], said


def lives(entry):
    """How long a cell ran: its hours, and its cycles where no point or only a bound
    stands for them.
    """
    stated = {name: entry.quantity(field) for name, field in _LIVES.items()}
    if _is_reached(entry):
        del stated["cycles_run"]
    return {name: text for name, text in stated.items() if text}


def notes(entry):
    """What else is said of a test."""
    said = [f"Cell: {entry['cell']}."] if entry["cell"] else []
    if entry["deposition_temperature_c"] is not None:
        said.append(f"Deposited at {entry.number('deposition_temperature_c')} °C.")
    if (entry["temperature_note"] or "").startswith("elevated"):
        said.append("At elevated temperature; the abstract does not say which.")
    if entry["value_stated"] is False:
        which = "the bare control" if entry.is_bare else "the coated electrode"
        said.append(f"The source prints no number for {which}.")
    return said


def distinction(entry):
    """What sets a test apart from the others of its coating."""
    current = CURRENTS.get(entry["current_density_unit"])
    stated = [
        (entry["cell"] or "")[:24],
        entry.quantity("c_rate"),
        entry.quantity("current_density", current[1]) if current else None,
        entry.temperature,
        f"{entry['cycles']} cycles" if entry["cycles"] else None,
        entry.quantity("lifetime_h"),
    ]
    return "-".join(filter(None, stated)) or "cycling"


def _say_of_last(entry, rows):
    last = entry["cycles"]
    if not last or entry["value_stated"] is False:
        return
    if last not in rows:
        return
    if entry.sign("cycles") != "=":
        _remark(rows[last], f"After {entry.number('cycles')} cycles.")
    if entry["coulombic_efficiency_note"] == "average":
        _remark(rows[last], "Average coulombic efficiency.")


def _is_reached(entry):
    """Whether a value is of the very last cycle."""
    is_stated = any(
        entry[name] is not None
        for name, (_, place) in _POINTS.items()
        if place == "last"
    )
    return is_stated and entry.sign("cycles") == "="


def _remark(row, text):
    row["remark"] = f"{row.get('remark', '')} {text}".strip()


def _is_areal_result(entry):
    is_stated = entry["areal_capacity_mah_cm2"] is not None
    return is_stated and entry["areal_capacity_is"] == "measured"
