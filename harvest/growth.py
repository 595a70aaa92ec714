"""What a harvest says of how a film was grown: of coatings, and of recipes."""

from harvest.fields import NOT_NAMED
from harvest.origins import Text
from harvest.reading import SkippedError

#: Fields of a harvest that hold a value for single steps, and those of a step.
_OF_STEPS = {
    "pulse_s": "pulse",
    "purge_s": "purge",
    "reaction_wait_s": "wait",
    "plasma_exposure_s": "plasma_time",
    "plasma_power_w": "plasma_power",
    "carrier_flow_sccm": "carrier_flow",
    "source_temperature_c": "source_temperature",
}
_OF_PLASMA = ("plasma_exposure_s", "plasma_power_w")
#: Fields of the growth that a remark may state outright.
_STATED = ("activation", "reactor", "deposited_on", "phase", "phase_state")


def conditions(entry, words):
    """How a film was grown, and its order: the fields of a coating or recipe that a
    record states.
    """
    technique = words["techniques"].get(entry["technique"]) or {}
    crystallinity = words["crystallinities"].get(entry["crystallinity"]) or {}
    stated = {name: of for name, of in technique.items() if name != "named"}
    if any("plasma" in (name or "") for name in entry["precursor_acronyms"] or []):
        stated["activation"] = "plasma"
    stated["deposition_temperature"] = entry.quantity("deposition_temperature_c")
    for name, text in (words["anneals"].get(entry["anneal"]) or {}).items():
        stated[name] = Text(text, [entry.origin("anneal")])
    stated |= crystallinity
    stated |= {name: entry[name] for name in _STATED if entry[name]}
    return {name: value for name, value in stated.items() if value}


def of_recipe(entry, words, order, find):
    """The conditions of a recipe, and its steps by their place in the cycle.

    `order` is the precursors of the process, `find` the look-up of a name. Raises
    SkippedError if a value belongs to none of them.
    """
    stated = conditions(entry, words)
    mode = words["growth_modes"].get(entry["growth_mode"])
    stated |= {"growth_mode": mode} if mode else {}
    if pressure := entry.quantity("pressure_torr"):
        stated["pressure"] = pressure
    steps = {}
    for field, column in _OF_STEPS.items():
        for part in entry.parts(field):
            place = _place(part, order, find)
            value = entry.quantity(f"{field}.{part}")
            steps.setdefault(place, {})[column] = value
        if (value := entry.quantity(field)) is not None:
            steps.setdefault(_usual_place(field, order), {})[column] = value
    return stated, steps


def has_steps(entry):
    return any(entry.parts(field) or entry[field] is not None for field in _OF_STEPS)


def unnamed_technique(entry, words):
    """What a technique says beyond the fields, in a note: a list."""
    technique = entry["technique"]
    known = words["techniques"].get(technique, {}) if technique else {"named": False}
    if technique == NOT_NAMED or known.get("named") is False:
        return []
    return [f"Technique: {technique}."]


def unnamed_words(entry, words):
    """What the words for order and treatment say beyond the fields: a list of notes."""
    said = []
    if entry["crystallinity"] and not words["crystallinities"].get(
        entry["crystallinity"]
    ):
        said.append(f"The film is {entry['crystallinity']}.")
    if entry["anneal"] and not words["anneals"].get(entry["anneal"]):
        said.append(f"Annealing: {entry['anneal']}.")
    return said


def _place(part, order, find):
    """The place of a step, counted from 1, by its number or the precursor's name."""
    if part.isdigit():
        place = int(part)
    elif part.endswith(" precursor"):
        place = 1
    else:
        slug = find("precursors", part)
        place = order.index(slug) + 1 if slug in order else 0
    if not 1 <= place <= len(order):
        raise SkippedError(f"the process has no step for “{part}”")
    return place


def _usual_place(field, order):
    """The step that a value without a name is of: the plasma, else the first one."""
    if field not in _OF_PLASMA:
        return 1
    plasmas = [place for place, slug in enumerate(order, 1) if slug.endswith("plasma")]
    if len(plasmas) != 1:
        raise SkippedError("not one plasma is named")
    return plasmas[0]
