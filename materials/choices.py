"""Words that films, substrates, processes and tests can take."""

from dataclasses import dataclass

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


class MethodCategory(TextChoices):
    ELECTROCHEMISTRY = "electrochemistry", "Electrochemistry"
    MICROSCOPY = "microscopy", "Microscopy and imaging"
    DIFFRACTION = "diffraction", "Diffraction and reflectometry"
    SPECTROSCOPY = "spectroscopy", "Spectroscopy"
    ION_BEAM = "ion_beam", "Ion-beam analysis"
    MASS_SPECTROMETRY = "mass_spectrometry", "Mass spectrometry and plasma"
    MECHANICAL = "mechanical", "Mechanical testing"
    GROWTH = "growth", "Growth and thickness"


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


class Limit(TextChoices):
    """Which end of a series of values a value is, as its source says."""

    HIGHEST = "highest", "Highest of a series (“up to”)"
    LOWEST = "lowest", "Lowest of a series (“as low as”)"


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


class Aspect(TextChoices):
    """What a finding is about: a behavior of a film, its growth, or its cells."""

    AIR_STABILITY = "air_stability", "Stability in air and moisture"
    THERMAL_STABILITY = "thermal_stability", "Thermal stability"
    VOLTAGE_STABILITY = "voltage_stability", "Electrochemical stability"
    DENDRITES = "dendrites", "Dendrites"
    WETTABILITY = "wettability", "Wettability"
    CONFORMALITY = "conformality", "Conformality"
    GROWTH = "growth", "Growth"
    CRYSTALLINITY = "crystallinity", "Crystallinity"
    COMPOSITION = "composition", "Composition"
    MECHANICAL = "mechanical", "Mechanical properties"
    SEI_THICKNESS = "sei_thickness", "SEI thickness"
    SEI_COMPOSITION = "sei_composition", "SEI composition"
    SIDE_REACTIONS = "side_reactions", "Side reactions"
    GAS = "gas", "Gas evolution"
    METAL_DISSOLUTION = "metal_dissolution", "Metal dissolution"
    IMPEDANCE = "impedance", "Impedance"
    ION_TRANSPORT = "ion_transport", "Ion transport"
    CAPACITY = "capacity", "Capacity"
    CAPACITY_RETENTION = "capacity_retention", "Capacity retention"
    CYCLE_LIFE = "cycle_life", "Cycle life"
    RATE_CAPABILITY = "rate_capability", "Rate capability"
    COULOMBIC_EFFICIENCY = "coulombic_efficiency", "Coulombic efficiency"
    OVERPOTENTIAL = "overpotential", "Overpotential"
    PLATING = "plating", "Plating and stripping"
    VOLUME_CHANGE = "volume_change", "Volume change"
    SAFETY = "safety", "Safety"
    SELF_DISCHARGE = "self_discharge", "Self-discharge"
    NATURAL_SEI = "natural_sei", "Natural SEI"
    OTHER = "other", "Other"


class Direction(TextChoices):
    """What a finding says of its subject, beside what it is compared with."""

    BETTER = "better", "Better"
    WORSE = "worse", "Worse"
    NO_DIFFERENCE = "no_difference", "No difference"
    OBSERVED = "observed", "Observed"

    @property
    def sign(self):
        return dict(zip(Direction, "+−=•", strict=True))[self]


#: What a property can be measured on: fields of a measurement.
FILM = ("material", "process", "coating")
SURFACE = (*FILM, "substrate")
PRECURSOR = ("precursor",)


@dataclass(frozen=True)
class Declared:
    """What is declared of a property.

    * `unit`: in which it is stored, e.g. "S/cm"; "" if none
    * `subjects`: what it is measured on
    * `lowest`, `highest`: bounds that no value can pass, None where there is none; an
      improvement may be a loss, of all there is
    * `usual`: bounds beyond which a value is rare and needs a second look
    * `names`: a further field without which a value says nothing, "element"; "" if none
    """

    unit: str
    definition: str
    subjects: tuple[str, ...]
    lowest: float | None = None
    highest: float | None = None
    usual: tuple[float | None, float | None] = (None, None)
    names: str = ""


class Property(TextChoices):
    """Measured properties: value, what is `Declared`, label.

    An improvement is what the source itself says that the coating gained; what the
    values of coated and bare tests say is computed in `materials.analysis.uplift`.
    """

    def __new__(cls, value, declared):
        member = str.__new__(cls, value)
        member._value_ = value
        member.declared = declared
        return member

    IONIC_CONDUCTIVITY = (
        "ionic_conductivity",
        Declared(
            "S/cm",
            "Charge carried by ions through the film, per length and field.",
            FILM,
            lowest=0,
            usual=(1e-14, 1),
        ),
        "Ionic conductivity",
    )
    ELECTRONIC_CONDUCTIVITY = (
        "electronic_conductivity",
        Declared(
            "S/cm",
            "Charge carried by electrons through the film, per length and field.",
            FILM,
            lowest=0,
            usual=(1e-14, 1),
        ),
        "Electronic conductivity",
    )
    ACTIVATION_ENERGY = (
        "activation_energy",
        Declared(
            "eV",
            "Energy barrier of ionic conduction, from its dependence on temperature.",
            FILM,
            lowest=0,
            usual=(None, 3),
        ),
        "Activation energy",
    )
    INTERFACIAL_RESISTANCE = (
        "interfacial_resistance",
        Declared(
            "Ω·cm²",
            "Resistance of the interface between two solids, times its area.",
            SURFACE,
            lowest=0,
        ),
        "Interfacial resistance",
    )
    SEI_THICKNESS = (
        "sei_thickness",
        Declared(
            "nm",
            "Thickness of the interphase that formed on the electrode in the cell.",
            SURFACE,
            lowest=0,
            usual=(None, 10_000),
        ),
        "SEI thickness",
    )
    GROWTH_PER_CYCLE = (
        "growth_per_cycle",
        Declared(
            "Å/cycle",
            "Film thickness gained per deposition cycle.",
            FILM,
            lowest=0,
            usual=(None, 100),
        ),
        "Growth per cycle",
    )
    FILM_THICKNESS = (
        "film_thickness",
        Declared(
            "nm",
            "Thickness of the deposited film.",
            FILM,
            lowest=0,
            usual=(None, 10_000),
        ),
        "Film thickness",
    )
    DEPOSITION_TEMPERATURE = (
        "deposition_temperature",
        Declared(
            "°C",
            "Temperature of the substrate while the film grows.",
            FILM,
            usual=(0, 800),
        ),
        "Deposition temperature",
    )
    REFRACTIVE_INDEX = (
        "refractive_index",
        Declared(
            "",
            "Speed of light in vacuum divided by that in the film.",
            FILM,
            lowest=0,
            usual=(1, 5),
        ),
        "Refractive index",
    )
    ATOMIC_CONTENT = (
        "atomic_content",
        Declared(
            "at.%",
            "Share of one element among the film's atoms.",
            FILM,
            lowest=0,
            highest=100,
            names="element",
        ),
        "Atomic content",
    )
    ATOMIC_RATIO = (
        "atomic_ratio",
        Declared(
            "",
            "Number of atoms of one element per atom of another; the condition "
            "names both.",
            FILM,
            lowest=0,
            usual=(None, 100),
        ),
        "Atomic ratio",
    )
    DENSITY = (
        "density",
        Declared(
            "g/cm³",
            "Mass of the film per volume.",
            FILM,
            lowest=0,
            usual=(0.5, 23),
        ),
        "Density",
    )
    ROUGHNESS = (
        "roughness",
        Declared(
            "nm",
            "Root-mean-square height of the film's surface.",
            FILM,
            lowest=0,
            usual=(None, 1000),
        ),
        "Roughness",
    )
    STEP_COVERAGE = (
        "step_coverage",
        Declared(
            "%",
            "Thickness of the film at the bottom of a feature divided by that at "
            "its top.",
            FILM,
            lowest=0,
            usual=(None, 120),
        ),
        "Step coverage",
    )
    ASPECT_RATIO = (
        "aspect_ratio",
        Declared(
            "",
            "Depth or height of a feature that the film covers divided by its width.",
            FILM,
            lowest=0,
            usual=(None, 10_000),
        ),
        "Aspect ratio",
    )
    MASS_GAIN_PER_CYCLE = (
        "mass_gain_per_cycle",
        Declared(
            "ng/cm²/cycle",
            "Mass gained per area and deposition cycle, as a quartz crystal weighs it.",
            FILM,
            usual=(0, 1000),
        ),
        "Mass gain per cycle",
    )
    GROWTH_PER_SUPERCYCLE = (
        "growth_per_supercycle",
        Declared(
            "Å/cycle",
            "Film thickness gained per supercycle of a process that repeats "
            "several cycles.",
            FILM,
            lowest=0,
            usual=(None, 500),
        ),
        "Growth per supercycle",
    )
    CYCLES_TO_CRYSTALLIZE = (
        "cycles_to_crystallize",
        Declared(
            "cycles",
            "Deposition cycles after which the growing film turns crystalline.",
            FILM,
            lowest=1,
            usual=(None, 10_000),
        ),
        "Cycles to crystallize",
    )
    RESISTIVITY = (
        "resistivity",
        Declared(
            "µΩ·cm",
            "Electrical resistance of the film, times its section, per length.",
            FILM,
            lowest=0,
        ),
        "Electrical resistivity",
    )
    DIFFUSION_COEFFICIENT = (
        "diffusion_coefficient",
        Declared(
            "cm²/s",
            "How fast ions spread in the film or electrode: squared distance per time.",
            SURFACE,
            lowest=0,
            usual=(None, 1e-3),
        ),
        "Diffusion coefficient",
    )
    CHARGE_TRANSFER_RESISTANCE = (
        "charge_transfer_resistance",
        Declared(
            "Ω",
            "Resistance of a cell to the passage of charge from the electrode "
            "into the electrolyte.",
            SURFACE,
            lowest=0,
        ),
        "Charge-transfer resistance",
    )
    SURFACE_FILM_RESISTANCE = (
        "surface_film_resistance",
        Declared(
            "Ω",
            "Resistance of a cell that lies in the film on its electrode.",
            SURFACE,
            lowest=0,
        ),
        "Surface-film resistance",
    )
    CRITICAL_CURRENT_DENSITY = (
        "critical_current_density",
        Declared(
            "mA/cm²",
            "Highest current density at which a metal anode cycles without a "
            "short circuit.",
            SURFACE,
            lowest=0,
            usual=(None, 100),
        ),
        "Critical current density",
    )
    NUCLEATION_OVERPOTENTIAL = (
        "nucleation_overpotential",
        Declared(
            "mV",
            "Overpotential that the first nuclei of a plated metal need.",
            SURFACE,
            lowest=0,
            usual=(None, 2000),
        ),
        "Nucleation overpotential",
    )
    COATING_REMAINING = (
        "coating_remaining",
        Declared(
            "%",
            "Share of the film that is still there after what the condition names.",
            FILM,
            lowest=0,
            highest=100,
        ),
        "Coating remaining",
    )
    CAPACITY_RECOVERY = (
        "capacity_recovery",
        Declared(
            "%",
            "Capacity that a cell regains after what the condition names, per "
            "that before.",
            SURFACE,
            lowest=0,
            usual=(None, 110),
        ),
        "Capacity recovery",
    )
    VOLTAGE_RETENTION = (
        "voltage_retention",
        Declared(
            "%",
            "Mean voltage of a cell after the cycles that the condition names, "
            "per that before.",
            SURFACE,
            lowest=0,
            usual=(None, 110),
        ),
        "Voltage retention",
    )
    STABILITY_WINDOW = (
        "stability_window",
        Declared(
            "V",
            "Potentials against the alkali metal in which the film is not decomposed.",
            FILM,
            usual=(-2, 10),
        ),
        "Stability window",
    )
    COULOMBIC_EFFICIENCY = (
        "coulombic_efficiency",
        Declared(
            "%",
            "Charge drawn from a cell per charge put in, where no cycle is stated.",
            FILM,
            lowest=0,
            usual=(None, 100),
        ),
        "Coulombic efficiency",
    )
    LIFETIME_IMPROVEMENT = (
        "lifetime_improvement",
        Declared(
            "×",
            "Lifetime of the coated cell divided by that of the bare one, as stated.",
            FILM,
            lowest=0,
        ),
        "Lifetime improvement",
    )
    CAPACITY_IMPROVEMENT = (
        "capacity_improvement",
        Declared(
            "%",
            "By how much the coating raised the capacity over the bare one's, as "
            "stated.",
            FILM,
            lowest=-100,
        ),
        "Capacity improvement",
    )
    RETENTION_IMPROVEMENT = (
        "retention_improvement",
        Declared(
            "%",
            "By how much the coating raised the capacity retention over the bare "
            "one's, as stated.",
            FILM,
            lowest=-100,
        ),
        "Retention improvement",
    )
    RETENTION_FACTOR = (
        "retention_factor",
        Declared(
            "×",
            "Capacity retention of the coated cell divided by that of the bare "
            "one, as stated.",
            FILM,
            lowest=0,
        ),
        "Retention factor",
    )
    EFFICIENCY_IMPROVEMENT = (
        "efficiency_improvement",
        Declared(
            "%",
            "By how much the coating raised the coulombic efficiency over the bare "
            "one's, as stated.",
            FILM,
            lowest=-100,
        ),
        "Efficiency improvement",
    )
    LITHIUM_LOSS_REDUCTION = (
        "lithium_loss_reduction",
        Declared(
            "%",
            "By how much the coating lowered the lithium lost to the interphase, as "
            "stated.",
            FILM,
            highest=100,
        ),
        "Reduction of lithium loss",
    )
    RESISTANCE_REDUCTION = (
        "resistance_reduction",
        Declared(
            "%",
            "By how much the coating lowered the interfacial resistance, as stated.",
            FILM,
            highest=100,
        ),
        "Reduction of resistance",
    )
    MELTING_POINT = (
        "melting_point",
        Declared(
            "°C",
            "Temperature at which a precursor melts.",
            PRECURSOR,
            usual=(-260, 1000),
        ),
        "Melting point",
    )
    BOILING_POINT = (
        "boiling_point",
        Declared(
            "°C",
            "Temperature at which a precursor boils.",
            PRECURSOR,
            usual=(-260, 1500),
        ),
        "Boiling point",
    )
    DECOMPOSITION_TEMPERATURE = (
        "decomposition_temperature",
        Declared(
            "°C",
            "Temperature from which a precursor decomposes.",
            PRECURSOR,
            usual=(0, 1000),
        ),
        "Decomposition temperature",
    )
    VAPOR_PRESSURE = (
        "vapor_pressure",
        Declared(
            "Torr",
            "Pressure of a precursor's vapor over it, at the temperature given.",
            PRECURSOR,
            lowest=0,
        ),
        "Vapor pressure",
    )

    @property
    def unit(self):
        """The unit in which the property is stored, e.g. "S/cm"; "" if none."""
        return self.declared.unit

    @property
    def definition(self):
        return self.declared.definition

    @property
    def lowest(self):
        """No value can be below; None where the unit alone bounds it."""
        return self.declared.lowest

    @property
    def highest(self):
        """No value can be above; None for no limit."""
        return self.declared.highest

    @property
    def names(self):
        """A field that a value names too: "element"; "" if none."""
        return self.declared.names

    @property
    def usual(self):
        """The lowest and the highest value that needs no second look."""
        return self.declared.usual


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
