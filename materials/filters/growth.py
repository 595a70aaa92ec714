"""What processes, recipes and coatings can be searched, filtered and sorted by."""

from django.db.models import Case, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Least

from asei_db.lib.filters import (
    ChoicesFilter,
    IntegerRangeFilter,
    ObjectsFilter,
    OrderByFilter,
    QuantityRangeFilter,
    SearchFilter,
    StrictFilterSet,
    YesNoFilter,
)
from literature.filters import ReportedByFilter, SourceFilter, StudiesFilter
from materials.choices import (
    Activation,
    Crystallinity,
    DepositedOn,
    DepositionMethod,
    ElectrodeRole,
    GrowthMode,
    HostFamily,
    MaterialClass,
    Property,
    Reactor,
    ReviewCategory,
    SeiConstituent,
    SubstrateClass,
)
from materials.entries import CoatingEntry
from materials.filters.conditions import counted, published
from materials.models import (
    CharacterizationMethod,
    Coating,
    DepositionProcess,
    Material,
    PropertyMeasurement,
    Recipe,
    Substrate,
)
from precursors.filters import ElementsFilter, WithoutElementsFilter
from precursors.models import Precursor

_GROWN = {
    "activation": Activation,
    "reactor": Reactor,
    "deposited_on": DepositedOn,
    "crystallinity": Crystallinity,
}


def _temperature(model, path):
    """A further path of a `QuantityRangeFilter`: that of rows of `model` that count."""
    return (f"{path}__deposition_temperature", counted(model, path))


def _growth(path="measurements"):
    """A further path of a `QuantityRangeFilter`: growths per cycle that count."""
    where = Q(**{f"{path}__in": PropertyMeasurement.objects.of_growth()})
    return (f"{path}__value", where)


def _reported_order(of_property, *others):
    """A property of processes to sort by: the stated value, else the lowest of others.

    `others` are rows that count, by the path to their process and the name of their
    quantity. NULL where nothing counts.
    """
    columns = getattr(DepositionProcess, of_property).columns
    stated = Coalesce(columns.minimum, columns.maximum)
    one, other = (
        Subquery(
            rows.filter(**{path: OuterRef("pk")})
            .annotate(number=_lowest(getattr(rows.model, quantity)))
            .filter(number__isnull=False)
            .order_by("number")
            .values("number")[:1]
        )
        for rows, path, quantity in others
    )
    # SQLite's least of a number and NULL is NULL.
    lowest = Least(Coalesce(one, other), Coalesce(other, one))
    return Coalesce(Case(When(counted(DepositionProcess), then=stated)), lowest)


def _lowest(quantity):
    return Coalesce(quantity.columns.minimum, quantity.columns.maximum)


def _grown(name, method=None):
    """A filter by a word of a closed list that says how a film was grown."""
    return ChoicesFilter(
        choices=_GROWN[name].choices,
        label=name.replace("_", " ").capitalize(),
        method=method,
        help_text=(
            "In any recipe or coating of it that is not disputed." if method else ""
        ),
    )


def _of_step(name, label, recipes=""):
    """A filter by a quantity of any step of a recipe; `recipes` is the path to it."""
    return QuantityRangeFilter(
        f"{recipes}__steps__{name}" if recipes else f"steps__{name}",
        label,
        where=counted(Recipe, recipes) if recipes else None,
        help_text=(
            "In any step of any recipe that is not disputed."
            if recipes
            else "Of any step."
        ),
    )


class DepositionProcessFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Film, precursor, study.")
    method = ChoicesFilter(choices=DepositionMethod.choices, label="Method")
    material = ObjectsFilter(queryset=published(Material), label="Material")
    material_class = ChoicesFilter(
        "material__material_class",
        choices=MaterialClass.choices,
        label="Material class",
    )
    elements = ElementsFilter("material__elements")
    elements_exclude = WithoutElementsFilter("material__elements")
    precursor = ObjectsFilter(
        "steps__precursor",
        queryset=published(Precursor),
        conjoined=True,
        label="Precursor",
        help_text="All of them.",
    )
    deposition_temperature_celsius = QuantityRangeFilter(
        "deposition_temperature",
        "Deposition temperature (°C)",
        where=counted(DepositionProcess),
        also=[_temperature(Recipe, "recipes"), _temperature(Coating, "coatings")],
        help_text=(
            "Of the process itself, or of any recipe or coating that is not disputed."
        ),
    )
    growth_per_cycle_angstrom = QuantityRangeFilter(
        "growth_per_cycle",
        "Growth per cycle (Å)",
        where=counted(DepositionProcess),
        also=[_growth(), _growth("coatings__measurements")],
        help_text="Of the process itself, or any measured one that is not disputed.",
    )
    activation = _grown("activation", method="grown")
    reactor = _grown("reactor", method="grown")
    deposited_on = _grown("deposited_on", method="grown")
    crystallinity = _grown("crystallinity", method="grown")
    pulse_s = _of_step("pulse", "Pulse (s)", "recipes")
    purge_s = _of_step("purge", "Purge (s)", "recipes")
    plasma_power_w = _of_step("plasma_power", "Plasma power (W)", "recipes")
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {
            "material": "material__name",
            "method": "method",
            "deposition_temperature_celsius": _reported_order(
                Property.DEPOSITION_TEMPERATURE,
                (Recipe.objects.counted(), "process", "deposition_temperature"),
                (Coating.objects.counted(), "process", "deposition_temperature"),
            ),
            "growth_per_cycle_angstrom": _reported_order(
                Property.GROWTH_PER_CYCLE,
                (PropertyMeasurement.objects.of_growth(), "process", "value"),
                (PropertyMeasurement.objects.of_growth(), "coating__process", "value"),
            ),
        }
    )

    class Meta:
        model = DepositionProcess
        fields = []

    def grown(self, queryset, name, words):
        """Processes of which any recipe or coating that counts is so grown."""
        found = Q()
        for model in (Recipe, Coating):
            rows = model.objects.counted().filter(**{f"{name}__in": words})
            found |= Q(pk__in=rows.order_by().values("process"))
        return queryset.filter(found)


class RecipeFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Film, precursor, phase, study.")
    process = ObjectsFilter(queryset=published(DepositionProcess), label="Process")
    material = ObjectsFilter(
        "process__material", queryset=published(Material), label="Material"
    )
    elements = ElementsFilter("process__material__elements", label="Film elements")
    elements_exclude = WithoutElementsFilter(
        "process__material__elements", label="Without film elements"
    )
    precursor = ObjectsFilter(
        "process__steps__precursor",
        queryset=published(Precursor),
        conjoined=True,
        label="Precursor",
        help_text="All of them.",
    )
    method = ChoicesFilter(
        "process__method", choices=DepositionMethod.choices, label="Method"
    )
    activation = _grown("activation")
    reactor = _grown("reactor")
    deposited_on = _grown("deposited_on")
    crystallinity = _grown("crystallinity")
    growth_mode = ChoicesFilter(choices=GrowthMode.choices, label="Growth mode")
    deposition_temperature_celsius = QuantityRangeFilter(
        "deposition_temperature", "Deposition temperature (°C)"
    )
    pressure_torr = QuantityRangeFilter("pressure", "Pressure (Torr)")
    anneal_temperature_celsius = QuantityRangeFilter(
        "anneal_temperature", "Annealing temperature (°C)"
    )
    anneal_time_h = QuantityRangeFilter("anneal_time", "Annealing time (h)")
    pulse_s = _of_step("pulse", "Pulse (s)")
    purge_s = _of_step("purge", "Purge (s)")
    wait_s = _of_step("wait", "Wait (s)")
    plasma_time_s = _of_step("plasma_time", "Plasma time (s)")
    plasma_power_w = _of_step("plasma_power", "Plasma power (W)")
    carrier_flow_sccm = _of_step("carrier_flow", "Carrier flow (sccm)")
    source_temperature_celsius = _of_step(
        "source_temperature", "Source temperature (°C)"
    )
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {
            "material": "process__material__name",
            "deposition_temperature_celsius": "deposition_temperature",
        }
    )

    class Meta:
        model = Recipe
        fields = []


class CoatingFilter(StrictFilterSet):
    q = SearchFilter(
        label="Search",
        help_text="Film, precursor, substrate, preparation, method, study.",
    )
    material = ObjectsFilter(queryset=published(Material), label="Material")
    material_class = ChoicesFilter(
        choices=MaterialClass.choices, label="Material class"
    )
    sei_constituent = ChoicesFilter(
        choices=SeiConstituent.choices,
        label="Mimics, in a natural SEI",
        help_text="Any of them.",
    )
    elements = ElementsFilter(label="Film elements")
    elements_exclude = WithoutElementsFilter(label="Without film elements")
    substrate = ObjectsFilter(queryset=published(Substrate), label="Substrate")
    substrate_class = ChoicesFilter(
        choices=SubstrateClass.choices, label="Substrate class"
    )
    electrode_role = ChoicesFilter(
        choices=ElectrodeRole.choices, label="Electrode role"
    )
    host_family = ChoicesFilter(choices=HostFamily.choices, label="Host family")
    various_substrates = YesNoFilter(
        "substrate",
        lookup_expr="isnull",
        label="Various substrates",
        help_text="Whether the source names no substrate, but “various”.",
    )
    precursor = ObjectsFilter(
        queryset=published(Precursor),
        conjoined=True,
        label="Precursor",
        help_text="All of them.",
    )
    method = ChoicesFilter(choices=DepositionMethod.choices, label="Method")
    characterization_method = ObjectsFilter(
        queryset=published(CharacterizationMethod),
        conjoined=True,
        label="Characterization method",
        help_text="All of them.",
    )
    review_category = ChoicesFilter(
        choices=ReviewCategory.choices, label="Review category"
    )
    deposition_temperature_celsius = QuantityRangeFilter(
        "deposition_temperature",
        "Deposition temperature (°C)",
        help_text=(
            "Of the coating itself; where it states none, of its process or of any "
            "recipe of that, if not disputed."
        ),
    )
    activation = _grown("activation")
    reactor = _grown("reactor")
    deposited_on = _grown("deposited_on")
    crystallinity = _grown("crystallinity")
    anneal_temperature_celsius = QuantityRangeFilter(
        "anneal_temperature", "Annealing temperature (°C)"
    )
    thickness_nm = QuantityRangeFilter("thickness", "Thickness (nm)")
    process = ObjectsFilter(queryset=published(DepositionProcess), label="Process")
    study = ReportedByFilter()
    source = SourceFilter()
    year = IntegerRangeFilter(label="Study year")
    order_by = OrderByFilter(
        {
            "material": "material_name",
            "substrate": "substrate_name",
            "method": "process__method",
            "thickness_nm": "thickness",
            "review_category": "review_category",
        },
        labels={"thickness_nm": "Thickness"},
    )

    class Meta:
        model = CoatingEntry
        fields = []
