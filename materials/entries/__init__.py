"""How lists find films, processes, coatings and tests: a table for each kind."""

from materials.entries.catalog import (
    CharacterizationMethodEntry,
    MaterialEntry,
    SubstrateEntry,
)
from materials.entries.growth import (
    CoatingEntry,
    DepositionProcessEntry,
    RecipeEntry,
)
from materials.entries.values import (
    CyclingTestEntry,
    FindingEntry,
    PropertyMeasurementEntry,
)

ENTRIES = (
    DepositionProcessEntry,
    RecipeEntry,
    CoatingEntry,
    CyclingTestEntry,
    PropertyMeasurementEntry,
    FindingEntry,
    MaterialEntry,
    SubstrateEntry,
    CharacterizationMethodEntry,
)

__all__ = [
    "ENTRIES",
    "CharacterizationMethodEntry",
    "CoatingEntry",
    "CyclingTestEntry",
    "DepositionProcessEntry",
    "FindingEntry",
    "MaterialEntry",
    "PropertyMeasurementEntry",
    "RecipeEntry",
    "SubstrateEntry",
]
