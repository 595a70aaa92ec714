"""What measurements, tests and findings can be searched, filtered and sorted by."""

from django.db.models import Q
from django.db.models.functions import Coalesce
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
from literature.filters import SourceFilter, StudiesFilter
from materials.choices import (
    Aspect,
    CellFormat,
    CellType,
    ChargeCarrier,
    Direction,
    ElectrodeRole,
    HostFamily,
    Limit,
    MaterialClass,
    Property,
    SubstrateClass,
)
from materials.filters.conditions import published
from materials.models import (
    Coating,
    CyclingTest,
    DepositionProcess,
    Finding,
    Material,
    PropertyMeasurement,
    Recipe,
    Substrate,
)
from precursors.filters import ElementsFilter, WithoutElementsFilter
from precursors.models import Element, Precursor


class _OfFilmsMixin:
    """Of measurements and findings: the elements of the film that they are about."""

    def condition(self, model, items):
        films = Material.objects.filter(elements__in=items)
        found = model.objects.of_material(films)
        return Q(pk__in=found.order_by().values("pk"))


class _FilmElementsFilter(_OfFilmsMixin, ElementsFilter):
    pass


class _WithoutFilmElementsFilter(_OfFilmsMixin, WithoutElementsFilter):
    pass


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
    elements = _FilmElementsFilter(label="Film elements")
    elements_exclude = _WithoutFilmElementsFilter(label="Without film elements")
    material = ObjectsFilter(
        queryset=published(Material),
        method="measured_of_material",
        label="Material",
        help_text="Measured on it, on its processes or on its coatings.",
    )
    process = ObjectsFilter(
        queryset=published(DepositionProcess),
        method="measured_of_process",
        label="Process",
        help_text="Measured on it or on its coatings.",
    )
    recipe = ObjectsFilter(
        queryset=published(Recipe),
        label="Recipe",
        help_text="By which the measured film was grown.",
    )
    coating = ObjectsFilter(queryset=published(Coating), label="Coating")
    substrate = ObjectsFilter(queryset=published(Substrate), label="Bare substrate")
    precursor = ObjectsFilter(queryset=published(Precursor), label="Precursor")
    temperature_celsius = QuantityRangeFilter(
        "temperature",
        "At (°C)",
        help_text="At which it was measured; a growth per cycle, deposited.",
    )
    wavelength_nm = QuantityRangeFilter(
        "wavelength", "Wavelength (nm)", help_text="Of a refractive index."
    )
    value = QuantityRangeFilter("value", "Value (in the property's unit)")
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
        model = PropertyMeasurement
        fields = []

    @cached_property
    def unit(self):
        """The unit of the properties that are asked for; None if there is no one."""
        named = [] if "property" in self.errors else self.form.cleaned_data["property"]
        units = {Property(name).unit for name in named}
        return units.pop() if len(units) == 1 else None

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
        bounds = [f"value_{part}" for part in ("min", "max", "match")]
        asked = [name for name in bounds if data[name] not in (None, "")]
        if {"value", "-value"} & {*data["order_by"].split(",")}:
            asked.append("order_by")
        for name in asked:
            form.add_error(name, RefusedError(message, "without_unit"))

    def measured_of_material(self, queryset, name, materials):
        return queryset.of_material(materials) if materials else queryset

    def measured_of_process(self, queryset, name, processes):
        return queryset.of_process(processes) if processes else queryset


class CyclingTestFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Film, electrode, electrolyte, study.")
    material = ObjectsFilter(
        "coating__process__material", queryset=published(Material), label="Material"
    )
    coating = ObjectsFilter(queryset=published(Coating), label="Coating")
    electrode = ObjectsFilter(queryset=published(Substrate), label="Electrode")
    electrode_class = ChoicesFilter(
        "electrode__substrate_class",
        choices=SubstrateClass.choices,
        label="Electrode class",
    )
    electrode_role = ChoicesFilter(
        "electrode__electrode_role",
        choices=ElectrodeRole.choices,
        label="Electrode role",
    )
    host_family = ChoicesFilter(
        "electrode__host_family", choices=HostFamily.choices, label="Host family"
    )
    cell_type = ChoicesFilter(choices=CellType.choices, label="Cell type")
    charge_carrier = ChoicesFilter(
        choices=ChargeCarrier.choices, label="Charge carrier"
    )
    cell_format = ChoicesFilter(choices=CellFormat.choices, label="Cell format")
    has_control = YesNoFilter(
        method="with_control", label="Compared with its uncoated control"
    )
    mass_loading_mg_per_cm2 = QuantityRangeFilter(
        "mass_loading", "Mass loading (mg/cm²)"
    )
    np_ratio = QuantityRangeFilter("np_ratio", "N/P ratio")
    lithium_thickness_um = QuantityRangeFilter(
        "lithium_thickness", "Thickness of the metal anode (µm)"
    )
    electrolyte_volume_ul = QuantityRangeFilter(
        "electrolyte_volume", "Electrolyte volume (µL)"
    )
    c_rate = QuantityRangeFilter("c_rate", "C-rate")
    charge_c_rate = QuantityRangeFilter("charge_c_rate", "C-rate of charge")
    discharge_c_rate = QuantityRangeFilter("discharge_c_rate", "C-rate of discharge")
    current_density_ma_per_cm2 = QuantityRangeFilter(
        "current_density_ma_per_cm2", "Current density (mA/cm²)"
    )
    current_density_ma_per_g = QuantityRangeFilter(
        "current_density_ma_per_g", "Specific current (mA/g)"
    )
    cycles_run = QuantityRangeFilter("cycles_run", "Cycles run")
    time_run_h = QuantityRangeFilter("time_run", "Time run (h)")
    failure_cycles = QuantityRangeFilter("failure_cycles", "Failure from cycle")
    failure_time_h = QuantityRangeFilter("failure_time", "Failure from hour (h)")
    study = StudiesFilter()
    source = SourceFilter()
    year = IntegerRangeFilter("study__year", "Study year")
    order_by = OrderByFilter(
        {
            "material": "coating__process__material__name",
            "electrode": "electrode__name",
            "cell_type": "cell_type",
            "c_rate": "c_rate",
            "current_density_ma_per_cm2": "current_density_ma_per_cm2",
            "current_density_ma_per_g": "current_density_ma_per_g",
            "cycles_run": "cycles_run",
            "time_run_h": "time_run",
            "year": "study__year",
        }
    )

    class Meta:
        model = CyclingTest
        fields = []

    def with_control(self, queryset, name, value):
        if value is None:
            return queryset
        condition = Q(control__in=CyclingTest.objects.published())
        return queryset.filter(condition if value else ~condition)


class FindingFilter(StrictFilterSet):
    """Of findings as `for_list` gives them."""

    q = SearchFilter(
        label="Search", help_text="Statement, aspect, film, substrate, study."
    )
    aspect = ChoicesFilter(choices=Aspect.choices, label="Aspect")
    direction = ChoicesFilter(choices=Direction.choices, label="Direction")
    material_class = ChoicesFilter(
        "film_class", choices=MaterialClass.choices, label="Material class"
    )
    material = ObjectsFilter(
        queryset=published(Material),
        method="found_of_material",
        label="Material",
        help_text="Found of it, of its processes or of its coatings.",
    )
    elements = _FilmElementsFilter(label="Film elements")
    elements_exclude = _WithoutFilmElementsFilter(label="Without film elements")
    process = ObjectsFilter(
        queryset=published(DepositionProcess),
        method="found_of_process",
        label="Process",
        help_text="Found of it or of its coatings.",
    )
    coating = ObjectsFilter(queryset=published(Coating), label="Coating")
    substrate = ObjectsFilter(
        queryset=published(Substrate),
        method="found_of_substrate",
        label="Substrate",
        help_text="Found of it bare, or of a coating on it.",
    )
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {
            "aspect": "aspect",
            "direction": "direction",
            "subject": Coalesce(
                "material__name_sort_key",
                "process__material__name_sort_key",
                "coating__process__material__name_sort_key",
                "substrate__name_sort_key",
            ),
        }
    )

    class Meta:
        model = Finding
        fields = []

    def found_of_material(self, queryset, name, materials):
        return queryset.of_material(materials) if materials else queryset

    def found_of_process(self, queryset, name, processes):
        return queryset.of_process(processes) if processes else queryset

    def found_of_substrate(self, queryset, name, substrates):
        return queryset.of_substrate(substrates) if substrates else queryset
