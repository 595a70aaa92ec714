"""What films, processes, coatings and tests can be searched, filtered and sorted by.

One filter set a model serves its page and its API.
"""

from materials.filters.catalog import (
    CharacterizationMethodFilter,
    MaterialFilter,
    SubstrateFilter,
)
from materials.filters.growth import (
    CoatingFilter,
    DepositionProcessFilter,
    RecipeFilter,
)
from materials.filters.values import (
    CyclingTestFilter,
    FindingFilter,
    PropertyMeasurementFilter,
)

__all__ = [
    "CharacterizationMethodFilter",
    "CoatingFilter",
    "CyclingTestFilter",
    "DepositionProcessFilter",
    "FindingFilter",
    "MaterialFilter",
    "PropertyMeasurementFilter",
    "RecipeFilter",
    "SubstrateFilter",
]
