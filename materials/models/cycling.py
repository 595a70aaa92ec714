"""How coated and bare electrodes cycled."""

from typing import NamedTuple

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from asei_db.lib.addresses import address_of
from asei_db.lib.fields import QuantityField, quantity_fields
from asei_db.lib.quantities import Quantity
from asei_db.lib.search import CodePoint, SearchTextField
from literature.models import Sourced
from literature.recorded import Recorded
from materials.choices import CellFormat, CellType, ChargeCarrier
from materials.models.coatings import Coating
from materials.models.substrates import Substrate
from materials.querysets import CyclingTestQuerySet

#: What a cell is, and how it is run: the conditions of a test, as they are shown.
_BUILD = ("cell_format", "mass_loading", "lithium_thickness", "np_ratio")
CELL = ("electrode", "cell_type", "charge_carrier", "counter_electrode", *_BUILD)
RATES = (
    "c_rate",
    "charge_c_rate",
    "discharge_c_rate",
    "current_density_ma_per_cm2",
    "current_density_ma_per_g",
)
RUN = (
    "electrolyte",
    "electrolyte_additive",
    "electrolyte_volume",
    *RATES,
    "areal_capacity",
    "capacity_basis",
    "temperature",
    "voltage_window",
)
CONDITIONS = (*CELL, *RUN)
#: How far a test went.
OUTCOMES = ("cycles_run", "time_run", "failure_cycles", "failure_time")


class Condition(NamedTuple):
    """A condition of a test: a text, a `Quantity`, or None where it is not reported."""

    name: str
    label: str
    value: str | Quantity | None


class CyclingTest(Sourced):
    """The conditions of one galvanostatic test of one cell."""

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Public and stable: never change it."
    )
    study = models.ForeignKey(
        "literature.Study",
        models.PROTECT,
        related_name="cycling_tests",
        help_text="The work that cycled the cell.",
    )
    coating = models.ForeignKey(
        Coating,
        models.PROTECT,
        related_name="cycling_tests",
        null=True,
        blank=True,
        help_text="Empty for an uncoated control.",
    )
    electrode = models.ForeignKey(
        Substrate,
        models.PROTECT,
        related_name="cycling_tests",
        help_text="The electrode under test.",
    )
    cell_type = models.CharField(max_length=10, choices=CellType, blank=True)
    charge_carrier = models.CharField(
        max_length=10,
        choices=ChargeCarrier,
        blank=True,
        help_text="The ion that moves between the electrodes, where the source says.",
    )
    counter_electrode = models.CharField(max_length=120, blank=True)
    cell_format = models.CharField(
        max_length=10, choices=CellFormat, blank=True, help_text="What it is built in."
    )
    electrolyte = models.CharField(max_length=200, blank=True)
    electrolyte_additive = models.CharField(
        max_length=120, blank=True, help_text="As printed, e.g. 2 wt% LiNO3."
    )
    electrolyte_volume = QuantityField(
        "µL", "electrolyte volume", above=0, usual=(None, 10_000)
    )
    mass_loading = QuantityField(
        "mg/cm²",
        "mass loading",
        above=0,
        usual=(None, 200),
        help_text="Of active material on the electrode.",
    )
    lithium_thickness = QuantityField(
        "µm",
        "thickness of the metal anode",
        above=0,
        usual=(None, 5000),
        help_text="Of the lithium (or sodium, zinc …) that was put in.",
    )
    np_ratio = QuantityField(
        "",
        "N/P ratio",
        above=0,
        usual=(None, 100),
        help_text="Capacity of the negative per that of the positive electrode.",
    )
    cell_count = models.PositiveIntegerField(
        "number of cells",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
        help_text="Like cells that stand behind the values.",
    )
    capacity_basis = models.CharField(
        "basis of specific capacity",
        max_length=120,
        blank=True,
        help_text="Per gram of what: Li2S, sulfur, active material, whole electrode.",
    )
    c_rate = QuantityField("C", "C-rate", above=0, usual=(None, 100))
    charge_c_rate = QuantityField(
        "C",
        "C-rate of charge",
        above=0,
        usual=(None, 100),
        help_text="Where charge and discharge differ, e.g. 0.5C.",
    )
    discharge_c_rate = QuantityField(
        "C", "C-rate of discharge", above=0, usual=(None, 100)
    )
    current_density_ma_per_cm2 = QuantityField(
        "mA/cm²", "current density", above=0, usual=(None, 200)
    )
    current_density_ma_per_g = QuantityField(
        "mA/g", "specific current", above=0, usual=(None, 50_000)
    )
    areal_capacity = QuantityField(
        "mAh/cm²", "areal capacity", above=0, usual=(None, 100)
    )
    temperature = QuantityField("°C", "temperature", above=-273.15, usual=(-80, 200))
    voltage_window = QuantityField("V", "voltage window", usual=(-2, 10))
    cycles_run = QuantityField(
        "cycles",
        "cycles run",
        above=0,
        usual=(None, 100_000),
        help_text="Cycles that the cell is said to have run, e.g. >300.",
    )
    time_run = QuantityField(
        "h",
        "time run",
        above=0,
        usual=(None, 50_000),
        help_text="Hours of plating and stripping it is said to have run, e.g. >500.",
    )
    failure_cycles = QuantityField(
        "cycles",
        "failure from cycle",
        above=0,
        usual=(None, 100_000),
        help_text="At which the cell began to fail: short circuit, sudden loss.",
    )
    failure_time = QuantityField(
        "h", "failure from hour", above=0, usual=(None, 50_000)
    )
    control = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="coated_tests",
        null=True,
        blank=True,
        help_text="The test of the uncoated electrode in the same study.",
    )
    # A test whose study is a draft is one itself: there is no text of drafts.
    search_text = SearchTextField(
        "electrolyte",
        "electrolyte_additive",
        related=["coating__process__material", "electrode", "study"],
    )

    objects = CyclingTestQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = [CodePoint("slug"), "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(cell_type__in=["", *CellType.values]),
                name="materials_cyclingtest_cell_type_known",
            ),
            models.CheckConstraint(
                condition=Q(charge_carrier__in=["", *ChargeCarrier.values]),
                name="materials_cyclingtest_charge_carrier_known",
            ),
            models.CheckConstraint(
                condition=Q(cell_format__in=["", *CellFormat.values]),
                name="materials_cyclingtest_cell_format_known",
            ),
            models.CheckConstraint(
                condition=Q(cell_count__isnull=True) | Q(cell_count__gte=1),
                name="materials_cyclingtest_cell_count_positive",
                violation_error_message="Cells are counted from 1.",
            ),
            models.CheckConstraint(
                condition=Q(control__isnull=True) | ~Q(control=F("id")),
                name="materials_cyclingtest_not_its_own_control",
                violation_error_message="A test cannot be its own control.",
            ),
            models.CheckConstraint(
                condition=Q(control__isnull=True) | Q(coating__isnull=False),
                name="materials_cyclingtest_control_needs_coating",
                violation_error_message="Only a coated test has a control.",
            ),
        ]

    def __str__(self):
        return self.label

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return address_of("materials:cycling-detail", self.slug)

    @property
    def label(self):
        """ "Li–HQ on Li metal" or "Bare Li metal"."""
        return self.coating.label if self.coating else f"Bare {self.electrode.name}"

    @property
    def cell(self):
        """ "Na⁺ half cell", "Half cell" or "Na⁺ cell"; "" if not reported."""
        kind, carrier = self.get_cell_type_display(), self.get_charge_carrier_display()
        if not carrier:
            return kind
        is_stated = self.cell_type not in ("", CellType.OTHER)
        return f"{carrier} {kind.lower() if is_stated else 'cell'}"

    def condition(self, name):
        """The `Condition` of one of `CONDITIONS` or `OUTCOMES`."""
        if name in (quantities := quantity_fields(CyclingTest)):
            return Condition(name, quantities[name].verbose_name, getattr(self, name))
        field = self._meta.get_field(name)
        if field.choices:
            text = getattr(self, f"get_{name}_display")()
        else:
            text = str(getattr(self, name))
        return Condition(name, field.verbose_name, text or None)

    @property
    def reported_conditions(self):
        """How the cell is built and run: the `Condition`s beside `cell` that it has."""
        return [one for one in self._conditions() if one.value is not None]

    @property
    def conditions_not_reported(self):
        """The `Condition`s without a value."""
        return [one for one in self._conditions() if one.value is None]

    def _conditions(self):
        return [self.condition(name) for name in (*_BUILD, *RUN)]

    @property
    def has_life(self):
        """Whether it is reported how far it ran or when it failed."""
        return any(getattr(self, name) is not None for name in OUTCOMES)

    @property
    def outcomes(self):
        """How far it ran and when it failed: the `Condition`s that are reported."""
        outcomes = [self.condition(name) for name in OUTCOMES]
        return [one for one in outcomes if one.value is not None]

    @property
    def rates(self):
        """The reported ones of C-rate, current density and specific current."""
        quantities = (getattr(self, name) for name in RATES)
        return [quantity for quantity in quantities if quantity is not None]

    @property
    def full_label(self):
        """The label, how thick the coating is, and what the cell moves.

        "Al2O3 on Si, 10 ALD cycles, Na⁺ cell".
        """
        amount = self.coating.amount if self.coating else ""
        carrier = self.get_charge_carrier_display()
        cell = f"{carrier} cell" if carrier else ""
        return ", ".join(filter(None, [self.label, amount, cell]))


class CyclingPoint(Recorded):
    """What a test had reached at one cycle, or at one hour of plating and stripping.

    Without both: a value whose cycle the source does not state. With a `first_cycle`:
    averages over the cycles from that one to `cycle_number`, which no cycle had.
    """

    test = models.ForeignKey(CyclingTest, models.CASCADE, related_name="points")
    cycle_number = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)]
    )
    first_cycle = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Of an average: the first of its cycles.",
    )
    time_h = models.FloatField(
        "time (h)", null=True, blank=True, validators=[MinValueValidator(0)]
    )
    specific_capacity = QuantityField(
        "mAh/g",
        "specific capacity",
        short_name="capacity",
        lowest=0,
        usual=(None, 4200),
    )
    areal_capacity = QuantityField(
        "mAh/cm²", "areal capacity", lowest=0, usual=(None, 100)
    )
    capacity_retention = QuantityField(
        "%", "capacity retention", short_name="retention", lowest=0, usual=(None, 110)
    )
    coulombic_efficiency = QuantityField(
        "%",
        "coulombic efficiency",
        short_name="efficiency",
        lowest=0,
        usual=(None, 100),
    )
    overpotential = QuantityField("mV", "overpotential", lowest=0, usual=(None, 5000))
    remark = models.CharField(
        max_length=200, blank=True, help_text="The statement, where it says more."
    )

    class Meta:
        ordering = [
            "test",
            F("cycle_number").asc(nulls_last=True),
            F("time_h").asc(nulls_last=True),
            "pk",
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cycle_number__isnull=True) | Q(time_h__isnull=True),
                name="materials_cyclingpoint_cycle_or_time",
                violation_error_message="Give the cycle or the time, not both.",
            ),
            models.CheckConstraint(
                condition=Q(cycle_number__isnull=True) | Q(cycle_number__gte=1),
                name="materials_cyclingpoint_cycle_positive",
                violation_error_message="Cycles are counted from 1.",
            ),
            models.CheckConstraint(
                condition=Q(first_cycle__isnull=True)
                | Q(first_cycle__gte=1, first_cycle__lt=F("cycle_number")),
                name="materials_cyclingpoint_average_in_order",
                violation_error_message="An average begins before its last cycle.",
            ),
            models.CheckConstraint(
                condition=Q(time_h__isnull=True) | Q(time_h__gte=0),
                name="materials_cyclingpoint_time_not_negative",
                violation_error_message="Times are counted from 0.",
            ),
            models.CheckConstraint(
                condition=~Q(
                    specific_capacity_as_reported="",
                    areal_capacity_as_reported="",
                    capacity_retention_as_reported="",
                    coulombic_efficiency_as_reported="",
                    overpotential_as_reported="",
                ),
                name="materials_cyclingpoint_value_given",
                violation_error_message="Give at least one value at this point.",
            ),
        ]

    @property
    def is_average(self):
        """Whether its values are averages over cycles, and of no one cycle."""
        return self.first_cycle is not None

    @property
    def is_placed(self):
        """Whether it says at which cycle or time it was read."""
        return self.cycle_number is not None or self.time_h is not None

    def __str__(self):
        if self.is_average:
            return f"cycles {self.first_cycle}–{self.cycle_number}"
        if self.cycle_number is not None:
            return f"cycle {self.cycle_number}"
        return "cycle not stated" if self.time_h is None else f"{self.time_h:g} h"
