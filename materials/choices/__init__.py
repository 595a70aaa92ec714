"""Words that films, substrates, processes and tests can take."""

from materials.choices.cells import (
    CellFormat,
    CellType,
    ChargeCarrier,
    ElectrodeRole,
    HostFamily,
    SubstrateClass,
)
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
    "Crystallinity",
    "Declared",
    "DepositedOn",
    "DepositionMethod",
    "Direction",
    "ElectrodeRole",
    "GrowthMode",
    "HostFamily",
    "Limit",
    "MaterialClass",
    "MethodCategory",
    "Mimicry",
    "PhaseState",
    "Property",
    "Reactor",
    "ReviewCategory",
    "SeiConstituent",
    "SeiLayer",
    "SeiRole",
    "SubstrateClass",
]
