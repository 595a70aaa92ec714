"""What precursors and processes need, derived from what is published and counts."""

from collections import defaultdict
from math import inf
from typing import NamedTuple

from django.db.models import F, Max, Value

from asei_db.lib.deriving import Derivation, batches, replace_rows
from asei_db.lib.quantities import Quantity
from asei_db.lib.statements import Kept
from literature.choices import StudyStatus
from materials.analysis.planner import bounds
from materials.analysis.planner.bounds import Bounds
from materials.choices import Property
from materials.models import (
    Coating,
    DepositionProcess,
    Evidence,
    Need,
    PrecursorNeeds,
    ProcessNeeds,
    ProcessStep,
    PropertyMeasurement,
    Recipe,
)
from precursors.models import Precursor, SublimationTemperature

_SOURCE = tuple(
    f"source_{name}_celsius" for name in ("feasible", "possible", "unknown")
)
_DEPOSITION = Bounds._fields


_NO, _YES = Value(False), Value(True)
_TEMPERATURE = DepositionProcess.deposition_temperature.columns
_OF_PROCESS = (
    "process_id",
    *_SOURCE,
    "material_id",
    "material_name",
    "is_chemistry_known",
    "has_required_steps",
    *(f"deposition_{name}_celsius" for name in _DEPOSITION),
)


_PRECURSORS = Kept.by(
    Precursor._base_manager.order_by(),
    columns=["pk", "precursor_class", "physical_state"],
)
_PROCESSES = Kept.by(
    DepositionProcess.objects.published().order_by(),
    columns=["pk", "material", "material__name_sort_key", "is_complete"],
)
_STEPS = Kept.by(ProcessStep._base_manager.order_by(), "process", ["process"])
_REQUIRED = Kept.by(
    ProcessStep._base_manager.order_by().filter(is_optional=False).values("process"),
    "process",
    ["process", *(Max(f"precursor__summed_needs__{name}") for name in _SOURCE)],
)


def write_precursors(keys):
    """Derive what the precursors with some keys need; of how many that changed."""
    needs = _of_precursors(keys)
    changed = set(_replace("precursor_id", keys, needs))
    rows = {}
    for key, kind, state in _PRECURSORS.among(keys):
        source = bounds.of_precursor(kind, state, _judged(needs[key]))
        rows[key] = [(key, source.feasible, source.possible, source.unknown)]
    moved = replace_rows(PrecursorNeeds, ("precursor_id", *_SOURCE), keys, rows)
    users = ProcessNeeds._base_manager.filter(process__steps__precursor__in=moved)
    for some in batches(set(users.order_by().values_list("pk", flat=True))):
        write_processes(some)
    return len(changed.union(moved))


def write_processes(keys):
    """Derive what the processes with some keys need; of how many that changed."""
    needs = _of_processes(keys)
    with_steps = {key for (key,) in _STEPS.among(keys)}
    sources = {key: source for key, *source in _REQUIRED.among(keys)}
    rows = {}
    for key, material, name, is_complete in _PROCESSES.among(keys):
        deposition = bounds.of_deposition(_judged(needs[key]))
        rows[key] = [
            (
                key,
                *sources.get(key, [-inf] * len(_SOURCE)),
                material,
                name,
                is_complete and key in with_steps,
                key in sources,
                *deposition,
            )
        ]
    changed = set(_replace("process_id", keys, {key: needs[key] for key in rows}))
    return len(changed.union(replace_rows(ProcessNeeds, _OF_PROCESS, keys, rows)))


class _Found(NamedTuple):
    """A needed temperature as it was found; see `Need`."""

    is_typical: bool
    as_reported: str
    min_celsius: float | None
    max_celsius: float | None
    qualifier: str
    reading: str
    evidence: str
    evidence_key: int


_ByKey = defaultdict[int, dict[tuple, _Found]]


def _judged(needs):
    """What `bounds` ask of `_Found`s: quantities, and whether they are typical."""
    return [
        (
            Quantity(one.min_celsius, one.max_celsius, one.qualifier, unit="°C"),
            one.is_typical,
        )
        for one in needs
    ]


def _replace(owner, keys, needs):
    rows = {
        key: [(key, place, *one) for place, one in enumerate(found)]
        for key, found in needs.items()
    }
    return replace_rows(Need, (owner, "position", *_Found._fields), keys, rows)


def _of_precursors(keys):
    """The `_Found`s of each precursor, those that say the same once."""
    found: _ByKey = defaultdict(dict)
    _collect(found, Evidence.SUBLIMATION_TEMPERATURE, _SUBLIMATION.among(keys))
    return _listed(found)


def _of_processes(keys):
    """The `_Found`s of each process, those that say the same once.

    What the process states, its recipes, its coatings; else what its studies report of
    its material.
    """
    found: _ByKey = defaultdict(dict)
    for evidence, stated in _STATED.items():
        _collect(found, evidence, stated.among(keys))
    if others := [key for key in keys if key not in found]:
        measured = PropertyMeasurement.objects.counted().filter(
            property=Property.DEPOSITION_TEMPERATURE,
            studies__status=StudyStatus.PUBLISHED,
            studies__processes__in=others,
            studies__processes__material=F("material"),
        )
        value = PropertyMeasurement.value.columns  # always reported
        columns = _columns("studies__processes", value)
        _collect(found, Evidence.MEASUREMENT, measured.values_list(*columns))
    return _listed(found)


def _columns(owner, quantity, is_typical=_NO):
    return [F(owner), is_typical, *quantity, "reading", "pk"]


def _stating(rows, owner, quantity, is_typical=_NO):
    """The rows of some owners that state a quantity."""
    rows = rows.exclude(**{quantity.as_reported: ""})
    return Kept.by(rows, owner, _columns(owner, quantity, is_typical))


_SUBLIMATION = _stating(
    SublimationTemperature.objects.counted().order_by("-is_typical", "pk"),
    "precursor",
    SublimationTemperature.temperature.columns,
    F("is_typical"),
)
_STATED = {
    Evidence.PROCESS: _stating(
        DepositionProcess.objects.counted(), "pk", _TEMPERATURE, _YES
    ),
    Evidence.RECIPE: _stating(
        Recipe.objects.counted().by_study(), "process", _TEMPERATURE
    ),
    Evidence.COATING: _stating(Coating.objects.counted(), "process", _TEMPERATURE),
}


def _collect(found, evidence, rows):
    """Add `_Found`s of rows of `_columns`, by owner and what they say."""
    for key, typical, text, low, high, qualifier, reading, record in rows:
        one = _Found(
            typical, text, low, high, qualifier, reading, evidence.value, record
        )
        found[key].setdefault((low, high, qualifier), one)


def _listed(found):
    return defaultdict(list, {key: list(ones.values()) for key, ones in found.items()})


PRECURSOR_NEEDS = Derivation(
    "needs of precursors",
    Precursor,
    ("sublimation_temperatures__source",),
    write_precursors,
)
PROCESS_NEEDS = Derivation(
    "needs of processes",
    DepositionProcess,
    (
        *DepositionProcess.objects.all().published_reads,
        "material",
        "steps",
        "recipes__source",
        "coatings__source",
        # Of its material, where a study of the process reports it.
        "studies__measurements__source",
    ),
    write_processes,
)
