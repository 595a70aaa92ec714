"""Words that films, substrates, processes and tests can take."""

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


class ReviewCategory(TextChoices):
    """Which of the review's tables a coating belongs to."""

    PROTECTIVE_BARRIER = "protective_barrier", "Protective barrier"
    ALKALI_CONTAINING_ASEI = "alkali_containing_asei", "Alkali-containing ASEI"
    PROSPECTIVE_ASEI = "prospective_asei", "Prospective ASEI"


class CellType(TextChoices):
    HALF = "half", "Half cell"
    FULL = "full", "Full cell"
    SYMMETRIC = "symmetric", "Symmetric cell"
    OTHER = "other", "Other"


class ChargeCarrier(TextChoices):
    LITHIUM = "li", "Li⁺"
    SODIUM = "na", "Na⁺"
    POTASSIUM = "k", "K⁺"
    ZINC = "zn", "Zn²⁺"


class Property(TextChoices):
    """Measured properties; `_PROPERTIES` gives their units and definitions.

    An improvement is what the source itself says that the coating gained; what the
    values of coated and bare tests tell is computed in `materials.analysis.uplift`.
    """

    IONIC_CONDUCTIVITY = "ionic_conductivity", "Ionic conductivity"
    ELECTRONIC_CONDUCTIVITY = "electronic_conductivity", "Electronic conductivity"
    ACTIVATION_ENERGY = "activation_energy", "Activation energy"
    INTERFACIAL_RESISTANCE = "interfacial_resistance", "Interfacial resistance"
    SEI_THICKNESS = "sei_thickness", "SEI thickness"
    GROWTH_PER_CYCLE = "growth_per_cycle", "Growth per cycle"
    FILM_THICKNESS = "film_thickness", "Film thickness"
    DEPOSITION_TEMPERATURE = "deposition_temperature", "Deposition temperature"
    REFRACTIVE_INDEX = "refractive_index", "Refractive index"
    LITHIUM_CONTENT = "lithium_content", "Lithium content"
    NITROGEN_CONTENT = "nitrogen_content", "Nitrogen content"
    STABILITY_WINDOW = "stability_window", "Stability window"
    COULOMBIC_EFFICIENCY = "coulombic_efficiency", "Coulombic efficiency"
    LIFETIME_IMPROVEMENT = "lifetime_improvement", "Lifetime improvement"
    CAPACITY_IMPROVEMENT = "capacity_improvement", "Capacity improvement"
    RETENTION_IMPROVEMENT = "retention_improvement", "Retention improvement"
    EFFICIENCY_IMPROVEMENT = "efficiency_improvement", "Efficiency improvement"
    LITHIUM_LOSS_REDUCTION = "lithium_loss_reduction", "Reduction of lithium loss"
    MELTING_POINT = "melting_point", "Melting point"
    BOILING_POINT = "boiling_point", "Boiling point"
    DECOMPOSITION_TEMPERATURE = (
        "decomposition_temperature",
        "Decomposition temperature",
    )
    VAPOR_PRESSURE = "vapor_pressure", "Vapor pressure"

    @property
    def unit(self):
        """The unit in which the property is stored, e.g. "S/cm"; "" if none."""
        return _PROPERTIES[self][0]

    @property
    def definition(self):
        return _PROPERTIES[self][1]

    @property
    def lowest(self):
        """No value can be below; None where the unit alone bounds it."""
        return _BOUNDS.get(self, (None, None))[0]

    @property
    def highest(self):
        """No value can be above; None for no limit."""
        return _BOUNDS.get(self, (None, None))[1]

    @property
    def usual(self):
        """The lowest and the highest value that needs no second look."""
        return _USUAL.get(self, (None, None))


_PROPERTIES = {
    Property.IONIC_CONDUCTIVITY: (
        "S/cm",
        "Charge carried by ions through the film, per length and field.",
    ),
    Property.ELECTRONIC_CONDUCTIVITY: (
        "S/cm",
        "Charge carried by electrons through the film, per length and field.",
    ),
    Property.ACTIVATION_ENERGY: (
        "eV",
        "Energy barrier of ionic conduction, from its dependence on temperature.",
    ),
    Property.INTERFACIAL_RESISTANCE: (
        "Ω·cm²",
        "Resistance of the interface between two solids, times its area.",
    ),
    Property.SEI_THICKNESS: (
        "nm",
        "Thickness of the interphase that formed on the electrode in the cell.",
    ),
    Property.GROWTH_PER_CYCLE: (
        "Å/cycle",
        "Film thickness gained per deposition cycle.",
    ),
    Property.FILM_THICKNESS: ("nm", "Thickness of the deposited film."),
    Property.DEPOSITION_TEMPERATURE: (
        "°C",
        "Temperature of the substrate while the film grows.",
    ),
    Property.REFRACTIVE_INDEX: (
        "",
        "Speed of light in vacuum divided by that in the film.",
    ),
    Property.LITHIUM_CONTENT: ("at.%", "Share of lithium among the film's atoms."),
    Property.NITROGEN_CONTENT: ("at.%", "Share of nitrogen among the film's atoms."),
    Property.STABILITY_WINDOW: (
        "V",
        "Potentials against the alkali metal in which the film is not decomposed.",
    ),
    Property.COULOMBIC_EFFICIENCY: (
        "%",
        "Charge drawn from a cell per charge put in, where no cycle is stated.",
    ),
    Property.LIFETIME_IMPROVEMENT: (
        "×",
        "Lifetime of the coated cell divided by that of the bare one, as stated.",
    ),
    Property.CAPACITY_IMPROVEMENT: (
        "%",
        "By how much the coating raised the capacity over the bare one's, as stated.",
    ),
    Property.RETENTION_IMPROVEMENT: (
        "%",
        "By how much the coating raised the capacity retention over the bare one's, "
        "as stated.",
    ),
    Property.EFFICIENCY_IMPROVEMENT: (
        "%",
        "By how much the coating raised the coulombic efficiency over the bare one's, "
        "as stated.",
    ),
    Property.LITHIUM_LOSS_REDUCTION: (
        "%",
        "By how much the coating lowered the lithium lost to the interphase, as "
        "stated.",
    ),
    Property.MELTING_POINT: ("°C", "Temperature at which a precursor melts."),
    Property.BOILING_POINT: ("°C", "Temperature at which a precursor boils."),
    Property.DECOMPOSITION_TEMPERATURE: (
        "°C",
        "Temperature from which a precursor decomposes.",
    ),
    Property.VAPOR_PRESSURE: (
        "Torr",
        "Pressure of a precursor's vapor over it, at the temperature given.",
    ),
}
# Beyond these a value cannot be; an improvement may be a loss, of all there is.
_BOUNDS = {
    Property.IONIC_CONDUCTIVITY: (0, None),
    Property.ELECTRONIC_CONDUCTIVITY: (0, None),
    Property.ACTIVATION_ENERGY: (0, None),
    Property.INTERFACIAL_RESISTANCE: (0, None),
    Property.SEI_THICKNESS: (0, None),
    Property.GROWTH_PER_CYCLE: (0, None),
    Property.FILM_THICKNESS: (0, None),
    Property.REFRACTIVE_INDEX: (0, None),
    Property.LITHIUM_CONTENT: (0, 100),
    Property.NITROGEN_CONTENT: (0, 100),
    Property.COULOMBIC_EFFICIENCY: (0, None),
    Property.LIFETIME_IMPROVEMENT: (0, None),
    Property.CAPACITY_IMPROVEMENT: (-100, None),
    Property.RETENTION_IMPROVEMENT: (-100, None),
    Property.EFFICIENCY_IMPROVEMENT: (-100, None),
    Property.LITHIUM_LOSS_REDUCTION: (None, 100),
    Property.VAPOR_PRESSURE: (0, None),
}
# Beyond these a value is asked about, and needs a note.
_USUAL = {
    Property.IONIC_CONDUCTIVITY: (1e-14, 1),
    Property.ELECTRONIC_CONDUCTIVITY: (1e-14, 1),
    Property.ACTIVATION_ENERGY: (None, 3),
    Property.REFRACTIVE_INDEX: (1, 5),
    Property.STABILITY_WINDOW: (-2, 10),
    Property.COULOMBIC_EFFICIENCY: (None, 100),
}
