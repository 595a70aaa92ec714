"""Words that films can take, and how they are grown."""

from django.db.models import TextChoices


class MaterialClass(TextChoices):
    OXIDE = "oxide", "Oxide"
    OXYNITRIDE = "oxynitride", "Oxynitride"
    NITRIDE = "nitride", "Nitride"
    PHOSPHATE = "phosphate", "Phosphate"
    FLUORIDE = "fluoride", "Fluoride"
    SULFIDE = "sulfide", "Sulfide"
    CARBONATE = "carbonate", "Carbonate"
    BORATE_CARBONATE = "borate_carbonate", "Borate–carbonate"
    SILICATE = "silicate", "Silicate"
    HYDRIDE = "hydride", "Hydride"
    HYDROXIDE = "hydroxide", "Hydroxide"
    METAL = "metal", "Metal"
    METAL_ORGANIC = "metal_organic", "Metal–organic hybrid"
    ORGANIC = "organic", "Organic film"
    COMPOSITE = "composite", "Composite or laminate"


class DepositionMethod(TextChoices):
    ALD = "ald", "ALD"
    MLD = "mld", "MLD"
    ALD_MLD = "ald_mld", "ALD/MLD"


class Activation(TextChoices):
    """What drives the surface reactions."""

    THERMAL = "thermal", "Thermal"
    PLASMA = "plasma", "Plasma-enhanced"


class Reactor(TextChoices):
    """Reactors that differ from a chamber with pulses in time."""

    SPATIAL = "spatial", "Spatial"
    ROLL_TO_ROLL = "roll_to_roll", "Roll-to-roll"
    POWDER_BED = "powder_bed", "Powder bed or fluidized bed"


class DepositedOn(TextChoices):
    """In which state a battery material was coated."""

    POWDER = "powder", "Powder"
    ASSEMBLED_ELECTRODE = "assembled_electrode", "Assembled electrode"


class Crystallinity(TextChoices):
    AMORPHOUS = "amorphous", "Amorphous"
    NEARLY_AMORPHOUS = "nearly_amorphous", "Nearly amorphous"
    CRYSTALLINE = "crystalline", "Crystalline"


class PhaseState(TextChoices):
    """When crystallinity and phase of a film were found."""

    AS_DEPOSITED = "as_deposited", "As deposited"
    ANNEALED = "annealed", "After annealing"


class GrowthMode(TextChoices):
    """Whether the surface reactions end by themselves."""

    SATURATING = "saturating", "Saturating"
    CVD_COMPONENT = "cvd_component", "With a CVD-like component"
    NOT_SELF_LIMITED = "not_self_limited", "Not self-limited"


class ReviewCategory(TextChoices):
    """Which of the review's tables a coating belongs to."""

    PROTECTIVE_BARRIER = "protective_barrier", "Protective barrier"
    ALKALI_CONTAINING_ASEI = "alkali_containing_asei", "Alkali-containing ASEI"
    PROSPECTIVE_ASEI = "prospective_asei", "Prospective ASEI"


class SeiLayer(TextChoices):
    INNER = "inner", "Inner, denser layer"
    OUTER = "outer", "Outer, more porous layer"


class SeiConstituent(TextChoices):
    """Constituents of the interphases that form by themselves: value, layer, label.

    They and their layers are those that the review (10.1039/d5dt00526d) names in its
    sections “SEI layer characteristics”, “Protective barrier coatings” and “Prospective
    ASEI materials by ALD/MLD”: inorganic lithium salts in the inner layer, organic ones
    (R is an organic moiety) in the outer. Of NaF it says no layer.
    """

    def __new__(cls, value, layer):
        member = str.__new__(cls, value)
        member._value_ = value
        member.layer = layer
        return member

    LIF = "lif", SeiLayer.INNER, "LiF"
    LI2O = "li2o", SeiLayer.INNER, "Li2O"
    LI2CO3 = "li2co3", SeiLayer.INNER, "Li2CO3"
    NAF = "naf", None, "NaF"
    ROLI = "roli", SeiLayer.OUTER, "ROLi"
    ROCO2LI = "roco2li", SeiLayer.OUTER, "ROCO₂Li"
    RCOOLI = "rcooli", SeiLayer.OUTER, "RCOOLi"
    LITHIUM_ETHYLENE_CARBONATE = (
        "lithium_ethylene_carbonate",
        SeiLayer.OUTER,  # one of the ROCO2Li
        "Lithium ethylene carbonate",
    )


class SeiRole(TextChoices):
    """What a film is to a natural SEI."""

    MIMICS = "mimics", "Mimics"
    CREATES = "creates", "Creates"
    DOES_NOT_MIMIC = "does_not_mimic", "Does not specifically mimic"


class Mimicry(TextChoices):
    """How closely a film mimics a natural SEI, from the least to the most.

    These are the steps that the review (10.1039/d5dt00526d) takes in words, in its
    section “Prospective ASEI materials by ALD/MLD”; its Fig. 1 draws them.
    """

    METAL_ORGANIC = "metal_organic", "As a metal–organic film"
    ALKALI_METAL = "alkali_metal", "Closer: holds the charge-carrying alkali metal"
    CARBONATE = "carbonate", "Closest: holds carbonate too"
