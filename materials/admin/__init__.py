"""Curation of films, coatings and cycling tests, and of studies with all of them."""

from materials.admin.catalog import (
    CharacterizationMethodAdmin,
    MaterialAdmin,
    SeiRelationAdmin,
    SubstrateAdmin,
)
from materials.admin.parts import (
    CharacterizationUseAdmin,
    CyclingPointAdmin,
    ProcessStepAdmin,
)
from materials.admin.records import (
    CoatingAdmin,
    CyclingTestAdmin,
    DepositionProcessAdmin,
    FindingAdmin,
    PropertyMeasurementAdmin,
)
from materials.admin.studies import StudyWithRecordsAdmin

__all__ = [
    "CharacterizationMethodAdmin",
    "CharacterizationUseAdmin",
    "CoatingAdmin",
    "CyclingPointAdmin",
    "CyclingTestAdmin",
    "DepositionProcessAdmin",
    "FindingAdmin",
    "MaterialAdmin",
    "ProcessStepAdmin",
    "PropertyMeasurementAdmin",
    "SeiRelationAdmin",
    "StudyWithRecordsAdmin",
    "SubstrateAdmin",
]
