"""Films, what they grow on, how they grow, and how the coated cells cycled."""

from materials.models.coatings import CharacterizationUse, Coating
from materials.models.cycling import CyclingPoint, CyclingTest
from materials.models.findings import Finding
from materials.models.gains import Gain
from materials.models.measurements import PropertyMeasurement
from materials.models.methods import CharacterizationMethod
from materials.models.needs import Evidence, Need, PrecursorNeeds, ProcessNeeds
from materials.models.processes import DepositionProcess, Material, ProcessStep
from materials.models.recipes import Recipe, RecipeStep
from materials.models.sei import SeiRelation
from materials.models.substrates import Substrate

__all__ = [
    "CharacterizationMethod",
    "CharacterizationUse",
    "Coating",
    "CyclingPoint",
    "CyclingTest",
    "DepositionProcess",
    "Evidence",
    "Finding",
    "Gain",
    "Material",
    "Need",
    "PrecursorNeeds",
    "ProcessNeeds",
    "ProcessStep",
    "PropertyMeasurement",
    "Recipe",
    "RecipeStep",
    "SeiRelation",
    "Substrate",
]
