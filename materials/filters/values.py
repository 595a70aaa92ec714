"""What measurements, tests and findings can be searched, filtered and sorted by."""

from django.utils.functional import cached_property

from asei_db.lib.filters import (
    ChoicesFilter,
    IntegerRangeFilter,
    ObjectsFilter,
    OrderByFilter,
    QuantityRangeFilter,
    RefusedError,
    SearchFilter,
    StrictFilterSet,
    YesNoFilter,
)
from literature.entries import listed
from literature.filters import SourceFilter, StudiesFilter, WithoutFilter
from materials.choices import (
    Aspect,
    CellFormat,
    CellType,
    ChargeCarrier,
    ComparabilityVerdict,
    Direction,
    ElectrodeRole,
    HostFamily,
    Limit,
    MaterialClass,
    Property,
    SubstrateClass,
)
from materials.entries import (
    CyclingTestEntry,
    FindingEntry,
    PropertyMeasurementEntry,
)
from materials.models import (
    Coating,
    DepositionProcess,
    Material,
    Recipe,
    Substrate,
)
from precursors.filters import (
    AnyElementsFilter,
    ElementsFilter,
    WithoutElementsFilter,
)
from precursors.models import Element, Precursor


class PropertyMeasurementFilter(StrictFilterSet):
    q = SearchFilter(
        label="Search", help_text="Property, film, substrate, precursor, study."
    )
    property = ChoicesFilter(choices=Property.choices, label="Property")
    element = ObjectsFilter(
        queryset=lambda request: Element.objects.all(),
        to_field_name="symbol",
        label="Content of element",
    )
    elements = ElementsFilter(label="Film elements")
    elements_any = AnyElementsFilter(label="Any of the film elements")
    elements_exclude = WithoutElementsFilter(label="Without film elements")
    material = ObjectsFilter(
        queryset=listed(Material),
        label="Material",
        help_text="Measured on it, on its processes or on its coatings.",
    )
    process = ObjectsFilter(
        queryset=listed(DepositionProcess),
        label="Process",
        help_text="Measured on it or on its coatings.",
    )
    recipe = ObjectsFilter(
        queryset=listed(Recipe),
        label="Recipe",
        help_text="By which the measured film was grown.",
    )
    coating = ObjectsFilter(queryset=listed(Coating), label="Coating")
    substrate = ObjectsFilter(queryset=listed(Substrate), label="Bare substrate")
    precursor = ObjectsFilter(queryset=listed(Precursor), label="Precursor")
    precursor_exclude = WithoutFilter("precursor", Precursor, "Without precursor")
    temperature_celsius = QuantityRangeFilter(
        "temperature",
        "At",
        unit="°C",
        help_text="At which it was measured; a growth per cycle, deposited.",
    )
    wavelength_nm = QuantityRangeFilter(
        "wavelength", "Wavelength", unit="nm", help_text="Of a refractive index."
    )
    value = QuantityRangeFilter("value", "Value", unit=None)
    value_limit = ChoicesFilter(
        choices=Limit.choices,
        label="Limit of a series",
        help_text="Values printed as “up to …” or “as low as …”.",
    )
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {"property": "property", "value": "value"},
        labels={"value": "Value, of one property"},
        inside={"value": "property"},
    )

    class Meta:
        model = PropertyMeasurementEntry
        fields = []

    def unit_of(self, declared, data):
        if declared.name != "value":
            return declared.unit
        units = {Property(name).unit for name in data.get("property") or []}
        return units.pop() if len(units) == 1 else None

    @cached_property
    def unit(self):
        """The unit of the properties that are asked for; None if there is no one."""
        named = {} if "property" in self.errors else self.form.cleaned_data
        return self.unit_of(self.declared_ranges["value"], named)

    def offers_order(self, name):
        return name.removeprefix("-") != "value" or self.unit is not None

    def check(self, form, data):
        units = {Property(name).unit for name in data["property"]}
        if len(units) == 1:
            return
        message = (
            f"Values in {', '.join(sorted(units - {''}))} do not compare: name "
            "properties of one unit."
            if units
            else "Name the property first: values of different units do not compare."
        )
        bounds = ["value", *(f"value_{part}" for part in ("min", "max", "match"))]
        asked = [name for name in bounds if data[name] not in (None, "")]
        if {"value", "-value"} & {*data["order_by"].split(",")}:
            asked.append("order_by")
        for name in asked:
            form.add_error(name, RefusedError(message, "without_unit"))


class CyclingTestFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Film, electrode, electrolyte, study.")
    material = ObjectsFilter(queryset=listed(Material), label="Material")
    coating = ObjectsFilter(queryset=listed(Coating), label="Coating")
    electrode = ObjectsFilter(queryset=listed(Substrate), label="Electrode")
    electrode_class = ChoicesFilter(
        choices=SubstrateClass.choices,
        label="Electrode class",
    )
    electrode_role = ChoicesFilter(
        choices=ElectrodeRole.choices,
        label="Electrode role",
        may_lack=True,
    )
    host_family = ChoicesFilter(
        choices=HostFamily.choices, label="Host family", may_lack=True
    )
    cell_type = ChoicesFilter(
        choices=CellType.choices, label="Cell type", may_lack=True
    )
    charge_carrier = ChoicesFilter(
        choices=ChargeCarrier.choices, label="Charge carrier", may_lack=True
    )
    cell_format = ChoicesFilter(
        choices=CellFormat.choices, label="Cell format", may_lack=True
    )
    has_control = YesNoFilter(label="Has an uncoated control")
    has_gain = YesNoFilter(label="Gain over its control can be computed")
    comparability = ChoicesFilter(
        choices=ComparabilityVerdict.choices,
        label="Comparability with its control",
        help_text="Of tests with a computable gain.",
    )
    retention_gain_points = QuantityRangeFilter(
        "retention_gain", "Δ capacity retention", unit="points"
    )
    capacity_times = QuantityRangeFilter(
        "capacity_gain", "Capacity, coated / uncoated", unit="×"
    )
    efficiency_gain_points = QuantityRangeFilter(
        "efficiency_gain", "Δ coulombic efficiency", unit="points"
    )
    life_times = QuantityRangeFilter(
        "life_gain", "Cycles to 80 % retention, coated / uncoated", unit="×"
    )
    mass_loading_mg_per_cm2 = QuantityRangeFilter(
        "mass_loading", "Mass loading", unit="mg/cm²"
    )
    np_ratio = QuantityRangeFilter("np_ratio", "N/P ratio", unit="")
    lithium_thickness_um = QuantityRangeFilter(
        "lithium_thickness", "Thickness of the metal anode", unit="µm"
    )
    electrolyte_volume_ul = QuantityRangeFilter(
        "electrolyte_volume", "Electrolyte volume", unit="µL"
    )
    c_rate = QuantityRangeFilter("c_rate", "C-rate", unit="C")
    charge_c_rate = QuantityRangeFilter("charge_c_rate", "C-rate of charge", unit="C")
    discharge_c_rate = QuantityRangeFilter(
        "discharge_c_rate", "C-rate of discharge", unit="C"
    )
    current_density_ma_per_cm2 = QuantityRangeFilter(
        "current_density_ma_per_cm2", "Current density", unit="mA/cm²"
    )
    current_density_ma_per_g = QuantityRangeFilter(
        "current_density_ma_per_g", "Specific current", unit="mA/g"
    )
    cycles_run = QuantityRangeFilter("cycles_run", "Cycles run", unit="cycles")
    time_run_h = QuantityRangeFilter("time_run", "Time run", unit="h")
    failure_cycles = QuantityRangeFilter(
        "failure_cycles", "Failure from cycle", unit="cycles"
    )
    failure_time_h = QuantityRangeFilter("failure_time", "Failure from hour", unit="h")
    study = StudiesFilter()
    source = SourceFilter()
    year = IntegerRangeFilter(label="Study year")
    order_by = OrderByFilter(
        {
            "material": "material_name",
            "electrode": "electrode_name",
            "cell_type": "cell_type",
            "c_rate": "c_rate",
            "current_density_ma_per_cm2": "current_density_ma_per_cm2",
            "current_density_ma_per_g": "current_density_ma_per_g",
            "cycles_run": "cycles_run",
            "time_run_h": "time_run",
            "retention_gain_points": "retention_gain",
            "capacity_times": "capacity_gain",
            "efficiency_gain_points": "efficiency_gain",
            "life_times": "life_gain",
            "year": "year",
        }
    )

    class Meta:
        model = CyclingTestEntry
        fields = []


class FindingFilter(StrictFilterSet):
    q = SearchFilter(
        label="Search", help_text="Statement, aspect, film, substrate, study."
    )
    aspect = ChoicesFilter(choices=Aspect.choices, label="Aspect")
    direction = ChoicesFilter(choices=Direction.choices, label="Direction")
    material_class = ChoicesFilter(
        choices=MaterialClass.choices, label="Material class"
    )
    material_class_exclude = ChoicesFilter(
        "material_class",
        choices=MaterialClass.choices,
        exclude=True,
        label="Without material class",
    )
    material = ObjectsFilter(
        queryset=listed(Material),
        label="Material",
        help_text="Found of it, of its processes or of its coatings.",
    )
    elements = ElementsFilter(label="Film elements")
    elements_any = AnyElementsFilter(label="Any of the film elements")
    elements_exclude = WithoutElementsFilter(label="Without film elements")
    process = ObjectsFilter(
        queryset=listed(DepositionProcess),
        label="Process",
        help_text="Found of it or of its coatings.",
    )
    coating = ObjectsFilter(queryset=listed(Coating), label="Coating")
    substrate = ObjectsFilter(
        queryset=listed(Substrate),
        label="Substrate",
        help_text="Found of it bare, or of a coating on it.",
    )
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {
            "aspect": "aspect",
            "direction": "direction",
            "subject": "subject",
        }
    )

    class Meta:
        model = FindingEntry
        fields = []
