"""Kinds of chemicals that are fed into a reactor."""

from django.db.models import TextChoices


class PrecursorClass(TextChoices):
    METAL = "metal", "Metal precursor"
    NONMETAL = "nonmetal", "Nonmetal precursor"
    ORGANIC = "organic", "Organic precursor"
    CO_REACTANT = "co_reactant", "Co-reactant"
    PLASMA = "plasma", "Plasma"


class PhysicalState(TextChoices):
    """State at room temperature."""

    SOLID = "solid", "Solid"
    LIQUID = "liquid", "Liquid"
    GAS = "gas", "Gas"
