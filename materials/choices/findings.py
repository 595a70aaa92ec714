"""Words of what was found, and by which methods."""

from django.db.models import TextChoices


class MethodCategory(TextChoices):
    ELECTROCHEMISTRY = "electrochemistry", "Electrochemistry"
    MICROSCOPY = "microscopy", "Microscopy and imaging"
    DIFFRACTION = "diffraction", "Diffraction and reflectometry"
    SPECTROSCOPY = "spectroscopy", "Spectroscopy"
    ION_BEAM = "ion_beam", "Ion-beam analysis"
    MASS_SPECTROMETRY = "mass_spectrometry", "Mass spectrometry and plasma"
    MECHANICAL = "mechanical", "Mechanical testing"
    GROWTH = "growth", "Growth and thickness"


class Limit(TextChoices):
    """Which end of a series of values a value is, as its source says."""

    HIGHEST = "highest", "Highest of a series (“up to”)"
    LOWEST = "lowest", "Lowest of a series (“as low as”)"


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
