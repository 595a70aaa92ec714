"""What precursors and processes need, derived from what is published and counts."""

from collections import defaultdict
from math import inf
from typing import NamedTuple

from django.db.models import F, Max, Value

from asei_db.lib.deriving import Derivation, batches, replace_rows
from asei_db.lib.quantities import Quantity
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


def write_precursors(keys):
    """Derive what the precursors with some keys need; of how many that changed."""
    needs = _of_precursors(keys)
    changed = set(_replace("precursor_id", keys, needs))
    rows = {}
    precursors = Precursor._base_manager.filter(pk__in=keys).order_by()
    for key, kind, state in precursors.values_list(
        "pk", "precursor_class", "physical_state"
    ):
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
    published = DepositionProcess.objects.published().filter(pk__in=keys).order_by()
    steps = ProcessStep._base_manager.filter(process__in=keys).order_by()
    with_steps = set(steps.values_list("process", flat=True))
    greatest = [Max(f"precursor__summed_needs__{name}") for name in _SOURCE]
    required = steps.filter(is_optional=False).values_list("process")
    sources = {key: source for key, *source in required.annotate(*greatest)}
    rows = {}
    for key, material, name, is_complete in published.values_list(
        "pk", "material", "material__name_sort_key", "is_complete"
    ):
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
    temperatures = SublimationTemperature.objects.counted().filter(precursor__in=keys)
    _collect(
        found,
        Evidence.SUBLIMATION_TEMPERATURE,
        temperatures.order_by("-is_typical", "pk"),
        "precursor",
        SublimationTemperature.temperature.columns,
        F("is_typical"),
    )
    return _listed(found)


def _of_processes(keys):
    """The `_Found`s of each process, those that say the same once.

    What the process states, its recipes, its coatings; else what its studies report of
    its material.
    """
    found: _ByKey = defaultdict(dict)
    own = DepositionProcess.objects.counted().filter(pk__in=keys)
    _collect(found, Evidence.PROCESS, own, "pk", _TEMPERATURE, _YES)
    for evidence, runs in (
        (Evidence.RECIPE, Recipe.objects.counted().by_study()),
        (Evidence.COATING, Coating.objects.counted()),
    ):
        _collect(
            found, evidence, runs.filter(process__in=keys), "process", _TEMPERATURE
        )
    others = [key for key in keys if key not in found]
    measured = PropertyMeasurement.objects.counted().filter(
        property=Property.DEPOSITION_TEMPERATURE,
        studies__status=StudyStatus.PUBLISHED,
        studies__processes__in=others,
        studies__processes__material=F("material"),
    )
    _collect(
        found,
        Evidence.MEASUREMENT,
        measured,
        "studies__processes",
        PropertyMeasurement.value.columns,
    )
    return _listed(found)


def _collect(found, evidence, rows, owner, columns, is_typical=_NO):
    """Add `_Found`s of the rows that state something, by owner and what they say."""
    rows = rows.exclude(**{columns.as_reported: ""}).annotate(
        _owner=F(owner), _is_typical=is_typical
    )
    for key, typical, text, low, high, qualifier, reading, record in rows.values_list(
        "_owner", "_is_typical", *columns, "reading", "pk"
    ):
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
