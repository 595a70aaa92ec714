"""What can be measured: each property with its unit, meaning and bounds."""

from dataclasses import dataclass

from django.db.models import TextChoices

#: What a property can be measured on: fields of a measurement.
MATERIAL = ("material",)
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
            MATERIAL,
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
