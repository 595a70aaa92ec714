"""The checks of films, processes, coatings, tests and precursors, by topic."""

from materials.checks import (
    chemistry,
    cycling,
    films,
    measurements,
    names,
    physics,
    quantities,
    sources,
)
from materials.checks.amounts import is_above_100
from materials.checks.cycling import other_electrode
from materials.checks.films import SAME_COATING

__all__ = [
    "SAME_COATING",
    "chemistry",
    "cycling",
    "films",
    "is_above_100",
    "measurements",
    "names",
    "other_electrode",
    "physics",
    "quantities",
    "sources",
]
