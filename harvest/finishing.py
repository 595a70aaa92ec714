"""What is said of records once all of a harvest are drafted."""

from collections import defaultdict

from harvest.fields import COUNTS, CURRENTS, PARTS, UNITS
from harvest.joining import say
from harvest.origins import Text, leaves
from literature.choices import SPELLED_BY_US

_NAMES = {
    "ald_cycles": "ALD cycles",
    "mass_loading_mg_cm2": "mass loading",
    "c_rate": "C-rate",
    "charge_c_rate": "C-rate of charge",
    "discharge_c_rate": "C-rate of discharge",
    "current_density_ma_per_cm2": "current density",
    "current_density_ma_per_g": "specific current",
}
_NOTED = (
    "recipes",
    "coatings",
    "measurements",
    "cycling-tests",
    "sublimation-temperatures",
)


def finish(files, entries, about):
    """Put into notes what no field holds, and which quantities are spelled by us.

    `about` has file and key of a record for each entry. Lists the lines and fields of
    numbers that cannot be said, as their units are not known.
    """
    held = {
        origin.place
        for rows in files.values()
        for _, value in leaves(list(rows.values()))
        for origin in value.origins
    }
    unsaid = []
    for entry in entries:
        table, key = about[entry.place] or (None, None)
        left = [name for name in entry.numbers() if (entry.line, name) not in held]
        sayable = [name for name in left if table and _unit(entry, name) is not None]
        unsaid += [(entry.line, name) for name in left if name not in sayable]
        if sayable:
            said = ", ".join(_stated(entry, name) for name in sayable)
            of = [entry.number(name) for name in sayable]
            origins = [origin for number in of for origin in number.origins]
            note = Text(f"Also stated: {said}.", origins)
            say(files[table][key], [note])
        held |= {(entry.line, name) for name in sayable}
    for table in _NOTED:
        for record in files[table].values():
            _say_spelled(record)
    return unsaid


def lacking(files, base):
    """By process of the review, the studies whose values it has and does not list."""
    found = defaultdict(list)
    coatings = base["coatings"] | files["coatings"]
    for table in ("recipes", "measurements", "coatings"):
        for row in files[table].values():
            process = row.get("process")
            if "coating" in row:
                process = coatings[row["coating"]]["process"]
            listed = base["processes"].get(process, {}).get("studies", [])
            known = found[process] if process in base["processes"] else listed
            for study in row.get("studies") or [row["source"]]:
                if process in base["processes"] and study not in (*listed, *known):
                    known.append(study)
    return {process: studies for process, studies in found.items() if studies}


def _say_spelled(record):
    spelled = [path for path, value in leaves(record) if value.is_spelled]
    names = [
        next(name for name in reversed(path) if isinstance(name, str))
        for path in spelled
    ]
    if names:
        words = dict.fromkeys(
            _NAMES.get(name, name.replace("_", " ")) for name in names
        )
        say(record, [f"{SPELLED_BY_US} {', '.join(words)}."])


def _stated(entry, field):
    """A number without a field of its own, with its name and unit."""
    if field.endswith("c_rate"):
        return f"{_words(field)} {entry.quantity(field)}"
    return f"{_words(field)} {entry.number(field)} {_unit(entry, field)}".strip()


def _words(field):
    """The name of a field without its unit: "voltage window"."""
    if field in _NAMES:
        return _NAMES[field]
    stem, _, part = field.partition(".")
    endings = ("_v", "_c", "_nm", "_h", "_percent", "_angstrom", "_mah_cm2", "_s", "_w")
    for ending in endings:
        stem = stem.removesuffix(ending)
    return " ".join(filter(None, [stem.replace("_", " "), part]))


def _unit(entry, field):
    if field == "current_density":
        return CURRENTS[entry["current_density_unit"]][1]
    if field in COUNTS:
        return ""
    return UNITS.get(field, PARTS.get(field.split(".")[0]))
