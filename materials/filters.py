"""What films, processes, coatings and tests can be searched, filtered and sorted by.

One filter set a model serves its page and its API.
"""

from django.db.models import Case, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Least
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
from literature.models import Study
from materials.choices import (
    Aspect,
    CellFormat,
    CellType,
    ChargeCarrier,
    DepositionMethod,
    Direction,
    ElectrodeRole,
    HostFamily,
    Limit,
    MaterialClass,
    MethodCategory,
    Mimicry,
    Property,
    ReviewCategory,
    SeiConstituent,
    SeiRole,
    SubstrateClass,
)
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingTest,
    DepositionProcess,
    Finding,
    Material,
    PropertyMeasurement,
    SeiRelation,
    Substrate,
)
from precursors.filters import ElementsFilter, WithoutElementsFilter
from precursors.models import Element, Precursor


def _published(model):
    return lambda request: model.objects.published()


def _through(path, model):
    """A condition that the rows at `path`, of `model`, are published."""
    return Q(**{f"{path}__in": model.objects.published()})


def _stated(path="pk"):
    """A condition that what the process at `path` states of itself counts."""
    return Q(**{f"{path}__in": DepositionProcess.objects.counted()})


def _measured(of_property, path="measurements"):
    """A further path of a `QuantityRangeFilter`: measurements that count."""
    where = Q(
        **{
            f"{path}__in": PropertyMeasurement.objects.of_growth(),
            f"{path}__property": of_property,
        }
    )
    return (f"{path}__value", where)


def _reported_order(of_property):
    """A property of processes to sort by: the stated value, else the lowest measured.

    Of those that count; NULL where none does.
    """
    columns = getattr(DepositionProcess, of_property).columns
    stated = Coalesce(columns.minimum, columns.maximum)
    on_process, on_coating = (
        Subquery(
            PropertyMeasurement.objects.of_growth()
            .filter(property=of_property, **{path: OuterRef("pk")})
            .annotate(number=Coalesce("value_min", "value_max"))
            .order_by("number")
            .values("number")[:1]
        )
        for path in ("process", "coating__process")
    )
    # SQLite's least of a number and NULL is NULL.
    lowest = Least(Coalesce(on_process, on_coating), Coalesce(on_coating, on_process))
    return Coalesce(Case(When(_stated(), then=stated)), lowest)


class SeiFilter(ChoicesFilter):
    """Films that a study says to mimic, or to create, any of some SEI constituents.

    `path` leads to the relations of the film; what is disputed does not count.
    """

    def __init__(self, path, role, **kwargs):
        relations = SeiRelation.objects.counted().filter(role=role, constituent__gt="")
        super().__init__(
            f"{path}__constituent",
            choices=SeiConstituent.choices,
            where=Q(**{f"{path}__in": relations}),
            **kwargs,
        )


class MaterialFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Name, formula, synonym.")
    elements = ElementsFilter()
    elements_exclude = WithoutElementsFilter()
    material_class = ChoicesFilter(choices=MaterialClass.choices, label="Class")
    method = ChoicesFilter(
        "processes__method",
        where=_through("processes", DepositionProcess),
        choices=DepositionMethod.choices,
        label="Method",
    )
    precursor = ObjectsFilter(
        "processes__steps__precursor",
        queryset=_published(Precursor),
        where=_through("processes", DepositionProcess),
        conjoined=True,
        label="Precursor",
        help_text="All of them, each in some process of the material.",
    )
    substrate = ObjectsFilter(
        "processes__coatings__substrate",
        queryset=_published(Substrate),
        where=_through("processes__coatings", Coating),
        label="Substrate",
    )
    sei_constituent = SeiFilter(
        "sei_relations",
        SeiRole.MIMICS,
        label="Mimics, in a natural SEI",
        help_text="Any of them.",
    )
    creates_sei_constituent = SeiFilter(
        "sei_relations",
        SeiRole.CREATES,
        label="Creates, in a natural SEI",
        help_text="Any of them.",
    )
    mimicry = ChoicesFilter(
        "sei_relations__mimicry",
        choices=Mimicry.choices,
        where=Q(sei_relations__in=SeiRelation.objects.counted().filter(mimicry__gt="")),
        label="Degree of mimicry",
        help_text="How closely it mimics a natural SEI.",
    )
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter({"name": "name", "material_class": "material_class"})

    class Meta:
        model = Material
        fields = []


class SubstrateFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Name, acronym, formula, synonym.")
    substrate_class = ChoicesFilter(choices=SubstrateClass.choices, label="Class")
    electrode_role = ChoicesFilter(
        choices=ElectrodeRole.choices, label="Electrode role"
    )
    host_family = ChoicesFilter(choices=HostFamily.choices, label="Host family")
    elements = ElementsFilter()
    elements_exclude = WithoutElementsFilter()
    material = ObjectsFilter(
        "coatings__process__material",
        queryset=_published(Material),
        where=_through("coatings", Coating),
        label="Coated with",
    )
    thermal_limit_celsius = QuantityRangeFilter("thermal_limit", "Thermal limit (°C)")
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {
            "name": "name",
            "substrate_class": "substrate_class",
            "electrode_role": "electrode_role",
            "host_family": "host_family",
            "thermal_limit_celsius": "thermal_limit",
        }
    )

    class Meta:
        model = Substrate
        fields = []


class CharacterizationMethodFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Acronym, name, variant.")
    category = ChoicesFilter(choices=MethodCategory.choices, label="Category")
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {"acronym": "acronym", "name": "name", "category": "category"}
    )

    class Meta:
        model = CharacterizationMethod
        fields = []


class DepositionProcessFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Film, precursor, study.")
    method = ChoicesFilter(choices=DepositionMethod.choices, label="Method")
    material = ObjectsFilter(queryset=_published(Material), label="Material")
    material_class = ChoicesFilter(
        "material__material_class",
        choices=MaterialClass.choices,
        label="Material class",
    )
    elements = ElementsFilter("material__elements")
    elements_exclude = WithoutElementsFilter("material__elements")
    precursor = ObjectsFilter(
        "steps__precursor",
        queryset=_published(Precursor),
        conjoined=True,
        label="Precursor",
        help_text="All of them.",
    )
    deposition_temperature_celsius = QuantityRangeFilter(
        "deposition_temperature",
        "Deposition temperature (°C)",
        where=_stated(),
        also=[
            _measured(Property.DEPOSITION_TEMPERATURE),
            _measured(Property.DEPOSITION_TEMPERATURE, "coatings__measurements"),
        ],
        help_text="Of the process itself, or any measured one that is not disputed.",
    )
    growth_per_cycle_angstrom = QuantityRangeFilter(
        "growth_per_cycle",
        "Growth per cycle (Å)",
        where=_stated(),
        also=[
            _measured(Property.GROWTH_PER_CYCLE),
            _measured(Property.GROWTH_PER_CYCLE, "coatings__measurements"),
        ],
        help_text="Of the process itself, or any measured one that is not disputed.",
    )
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {
            "material": "material__name",
            "method": "method",
            "deposition_temperature_celsius": _reported_order(
                Property.DEPOSITION_TEMPERATURE
            ),
            "growth_per_cycle_angstrom": _reported_order(Property.GROWTH_PER_CYCLE),
        }
    )

    class Meta:
        model = DepositionProcess
        fields = []


class CoatingFilter(StrictFilterSet):
    q = SearchFilter(
        label="Search",
        help_text="Film, precursor, substrate, preparation, method, study.",
    )
    material = ObjectsFilter(
        "process__material", queryset=_published(Material), label="Material"
    )
    material_class = ChoicesFilter(
        "process__material__material_class",
        choices=MaterialClass.choices,
        label="Material class",
    )
    sei_constituent = SeiFilter(
        "process__material__sei_relations",
        SeiRole.MIMICS,
        label="Mimics, in a natural SEI",
        help_text="Any of them.",
    )
    elements = ElementsFilter("process__material__elements", label="Film elements")
    elements_exclude = WithoutElementsFilter(
        "process__material__elements", label="Without film elements"
    )
    substrate = ObjectsFilter(queryset=_published(Substrate), label="Substrate")
    substrate_class = ChoicesFilter(
        "substrate__substrate_class",
        choices=SubstrateClass.choices,
        label="Substrate class",
    )
    electrode_role = ChoicesFilter(
        "substrate__electrode_role",
        choices=ElectrodeRole.choices,
        label="Electrode role",
    )
    host_family = ChoicesFilter(
        "substrate__host_family", choices=HostFamily.choices, label="Host family"
    )
    various_substrates = YesNoFilter(
        "substrate",
        lookup_expr="isnull",
        label="Various substrates",
        help_text="Whether the source names no substrate, but “various”.",
    )
    precursor = ObjectsFilter(
        "process__steps__precursor",
        queryset=_published(Precursor),
        conjoined=True,
        label="Precursor",
        help_text="All of them.",
    )
    method = ChoicesFilter(
        "process__method", choices=DepositionMethod.choices, label="Method"
    )
    characterization_method = ObjectsFilter(
        "characterization_uses__method",
        queryset=_published(CharacterizationMethod),
        conjoined=True,
        label="Characterization method",
        help_text="All of them.",
    )
    review_category = ChoicesFilter(
        choices=ReviewCategory.choices, label="Review category"
    )
    deposition_temperature_celsius = QuantityRangeFilter(
        "process__deposition_temperature",
        "Deposition temperature (°C)",
        where=_stated("process"),
        also=[
            _measured(Property.DEPOSITION_TEMPERATURE, "process__measurements"),
            _measured(Property.DEPOSITION_TEMPERATURE),
        ],
        help_text=(
            "Of the process itself, or any measured of it or of the coating, that is "
            "not disputed."
        ),
    )
    thickness_nm = QuantityRangeFilter("thickness", "Thickness (nm)")
    process = ObjectsFilter(queryset=_published(DepositionProcess), label="Process")
    study = StudiesFilter()
    source = SourceFilter()
    year = IntegerRangeFilter(
        "studies__year",
        "Study year",
        where=_through("studies", Study),
        also=[("source__year", Coating.objects.is_by_source())],
    )
    order_by = OrderByFilter(
        {
            "material": "process__material__name",
            "substrate": "substrate__name",
            "method": "process__method",
            "thickness_nm": "thickness",
            "review_category": "review_category",
        },
        labels={"thickness_nm": "Thickness"},
    )

    class Meta:
        model = Coating
        fields = []


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
        queryset=_published(Material),
        method="measured_of_material",
        label="Material",
        help_text="Measured on it, on its processes or on its coatings.",
    )
    process = ObjectsFilter(
        queryset=_published(DepositionProcess),
        method="measured_of_process",
        label="Process",
        help_text="Measured on it or on its coatings.",
    )
    coating = ObjectsFilter(queryset=_published(Coating), label="Coating")
    substrate = ObjectsFilter(queryset=_published(Substrate), label="Bare substrate")
    precursor = ObjectsFilter(queryset=_published(Precursor), label="Precursor")
    temperature_celsius = QuantityRangeFilter(
        "temperature",
        "At (°C)",
        help_text="At which it was measured; a growth per cycle, deposited.",
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
        "coating__process__material", queryset=_published(Material), label="Material"
    )
    coating = ObjectsFilter(queryset=_published(Coating), label="Coating")
    electrode = ObjectsFilter(queryset=_published(Substrate), label="Electrode")
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
        queryset=_published(Material),
        method="found_of_material",
        label="Material",
        help_text="Found of it, of its processes or of its coatings.",
    )
    elements = _FilmElementsFilter(label="Film elements")
    elements_exclude = _WithoutFilmElementsFilter(label="Without film elements")
    process = ObjectsFilter(
        queryset=_published(DepositionProcess),
        method="found_of_process",
        label="Process",
        help_text="Found of it or of its coatings.",
    )
    coating = ObjectsFilter(queryset=_published(Coating), label="Coating")
    substrate = ObjectsFilter(
        queryset=_published(Substrate),
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
