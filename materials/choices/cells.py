"""Words that substrates, electrodes and cells can take."""

from django.db.models import TextChoices


class SubstrateClass(TextChoices):
    ALKALI_METAL = "alkali_metal", "Alkali metal"
    SILICON = "silicon", "Silicon"
    CARBON = "carbon", "Carbon"
    CATHODE = "cathode", "Cathode"
    SOLID_ELECTROLYTE = "solid_electrolyte", "Solid electrolyte"
    INERT = "inert", "Inert or model surface"
    OTHER = "other", "Other"


class ElectrodeRole(TextChoices):
    """What a substrate is in a cell, as the studies use it."""

    CATHODE = "cathode", "Cathode"
    ANODE = "anode", "Anode"
    METAL_ANODE = "metal_anode", "Metal anode"
    SOLID_ELECTROLYTE = "solid_electrolyte", "Solid electrolyte"
    SEPARATOR = "separator", "Separator"
    CURRENT_COLLECTOR = "current_collector", "Current collector"
    MODEL_SURFACE = "model_surface", "Model surface"


class HostFamily(TextChoices):
    """The family of active materials or electrolytes to which a substrate belongs."""

    NMC = "nmc", "NMC"
    NCA = "nca", "NCA"
    LI_RICH = "li_rich", "Li-rich layered oxide"
    LINIO2 = "linio2", "LiNiO2"
    LCO = "lco", "LCO"
    LMO = "lmo", "LMO"
    LNMO = "lnmo", "LNMO"
    LFP = "lfp", "LFP"
    NA_LAYERED = "na_layered", "Na layered oxide"
    VANADIUM_OXIDE = "vanadium_oxide", "Vanadium oxide"
    SULFUR = "sulfur", "Sulfur or Li2S"
    OXYGEN = "oxygen", "Oxygen or air"
    ORGANIC = "organic", "Organic"
    LITHIUM = "lithium", "Li"
    SODIUM = "sodium", "Na"
    POTASSIUM = "potassium", "K"
    ZINC = "zinc", "Zn"
    GRAPHITE = "graphite", "Graphite"
    CARBON = "carbon", "Other carbon"
    SILICON = "silicon", "Si"
    GERMANIUM = "germanium", "Ge"
    TIN = "tin", "Sn"
    LTO = "lto", "LTO"
    TITANIUM_OXIDE = "titanium_oxide", "Titanium oxide"
    TIN_OXIDE = "tin_oxide", "Tin oxide"
    METAL_OXIDE = "metal_oxide", "Other metal oxide"
    METAL_SULFIDE = "metal_sulfide", "Metal sulfide"
    GARNET = "garnet", "Garnet (LLZO)"
    SULFIDE_ELECTROLYTE = "sulfide_electrolyte", "Sulfide electrolyte"
    NASICON = "nasicon", "NASICON (LATP, LAGP)"
    POLYMER = "polymer", "Polymer"
    COPPER = "copper", "Cu"


class CellType(TextChoices):
    HALF = "half", "Half cell"
    FULL = "full", "Full cell"
    SYMMETRIC = "symmetric", "Symmetric cell"
    OTHER = "other", "Other"


class CellFormat(TextChoices):
    COIN = "coin", "Coin cell"
    POUCH = "pouch", "Pouch cell"
    SWAGELOK = "swagelok", "Swagelok cell"
    OTHER = "other", "Other"


class ChargeCarrier(TextChoices):
    LITHIUM = "li", "Li⁺"
    SODIUM = "na", "Na⁺"
    POTASSIUM = "k", "K⁺"
    ZINC = "zn", "Zn²⁺"
