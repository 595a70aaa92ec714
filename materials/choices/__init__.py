"""Words that films, substrates, processes and tests can take."""

from materials.choices.cells import (
    CellFormat,
    CellType,
    ChargeCarrier,
    ElectrodeRole,
    HostFamily,
    SubstrateClass,
)
from materials.choices.families import FilmFamily
from materials.choices.films import (
    Activation,
    Crystallinity,
    DepositedOn,
    DepositionMethod,
    GrowthMode,
    MaterialClass,
    Mimicry,
    PhaseState,
    Reactor,
    ReviewCategory,
    SeiConstituent,
    SeiLayer,
    SeiRole,
)
from materials.choices.findings import (
    Aspect,
    Direction,
    Limit,
    MethodCategory,
)
from materials.choices.gains import (
    ComparabilityVerdict,
    GainKind,
    Missing,
)
from materials.choices.properties import (
    Declared,
    Property,
)

__all__ = [
    "Activation",
    "Aspect",
    "CellFormat",
    "CellType",
    "ChargeCarrier",
    "ComparabilityVerdict",
    "Crystallinity",
    "Declared",
    "DepositedOn",
    "DepositionMethod",
    "Direction",
    "ElectrodeRole",
    "FilmFamily",
    "GainKind",
    "GrowthMode",
    "HostFamily",
    "Limit",
    "MaterialClass",
    "MethodCategory",
    "Mimicry",
    "Missing",
    "PhaseState",
    "Property",
    "Reactor",
    "ReviewCategory",
    "SeiConstituent",
    "SeiLayer",
    "SeiRole",
    "SubstrateClass",
]
