"""What processes, recipes and coatings can be searched, filtered and sorted by."""

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
from literature.entries import listed
from literature.filters import SourceFilter, StudiesFilter, WithoutFilter
from materials.choices import (
    Activation,
    Crystallinity,
    DepositedOn,
    DepositionMethod,
    ElectrodeRole,
    GrowthMode,
    HostFamily,
    MaterialClass,
    Reactor,
    ReviewCategory,
    SeiConstituent,
    SubstrateClass,
)
from materials.entries import CoatingEntry, DepositionProcessEntry, RecipeEntry
from materials.models import (
    CharacterizationMethod,
    DepositionProcess,
    Material,
    Substrate,
)
from precursors.filters import (
    AnyElementsFilter,
    ElementsFilter,
    WithoutElementsFilter,
)
from precursors.models import Precursor

_GROWN = {
    "activation": Activation,
    "reactor": Reactor,
    "deposited_on": DepositedOn,
    "crystallinity": Crystallinity,
}


def _grown(name, help_text=""):
    """A filter by a word of a closed list that says how a film was grown."""
    return ChoicesFilter(
        choices=_GROWN[name].choices,
        label=name.replace("_", " ").capitalize(),
        help_text=help_text,
        may_lack=True,
    )


def _of_step(name, label, unit, help_text="Of any step."):
    """A filter by a quantity of any step."""
    return QuantityRangeFilter(name, label, unit=unit, help_text=help_text)


_RUN = "In any recipe or coating of it that is not disputed."
_STEP = "In any step of any recipe that is not disputed."


class DepositionProcessFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Film, precursor, study.")
    method = ChoicesFilter(choices=DepositionMethod.choices, label="Method")
    method_exclude = ChoicesFilter(
        "method",
        choices=DepositionMethod.choices,
        exclude=True,
        label="Without method",
    )
    material = ObjectsFilter(queryset=listed(Material), label="Material")
    material_class = ChoicesFilter(
        choices=MaterialClass.choices,
        label="Material class",
    )
    material_class_exclude = ChoicesFilter(
        "material_class",
        choices=MaterialClass.choices,
        exclude=True,
        label="Without material class",
    )
    elements = ElementsFilter()
    elements_any = AnyElementsFilter()
    elements_exclude = WithoutElementsFilter()
    precursor = ObjectsFilter(
        queryset=listed(Precursor),
        conjoined=True,
        label="Precursor",
        help_text="All of them.",
    )
    precursor_exclude = WithoutFilter("precursor", Precursor, "Without precursor")
    deposition_temperature_celsius = QuantityRangeFilter(
        "deposition_temperature",
        "Deposition temperature",
        unit="°C",
        help_text=(
            "Of the process itself, or of any recipe or coating that is not disputed."
        ),
    )
    growth_per_cycle_angstrom = QuantityRangeFilter(
        "growth_per_cycle",
        "Growth per cycle",
        unit="Å",
        help_text="Of the process itself, or any measured one that is not disputed.",
    )
    activation = _grown("activation", _RUN)
    reactor = _grown("reactor", _RUN)
    deposited_on = _grown("deposited_on", _RUN)
    crystallinity = _grown("crystallinity", _RUN)
    pulse_s = _of_step("pulse", "Pulse", "s", _STEP)
    purge_s = _of_step("purge", "Purge", "s", _STEP)
    plasma_power_w = _of_step("plasma_power", "Plasma power", "W", _STEP)
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {
            "material": "material_name",
            "method": "method",
            "deposition_temperature_celsius": "deposition_temperature",
            "growth_per_cycle_angstrom": "growth_per_cycle",
        }
    )

    class Meta:
        model = DepositionProcessEntry
        fields = []


class RecipeFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Film, precursor, phase, study.")
    process = ObjectsFilter(queryset=listed(DepositionProcess), label="Process")
    material = ObjectsFilter(queryset=listed(Material), label="Material")
    elements = ElementsFilter(label="Film elements")
    elements_any = AnyElementsFilter(label="Any of the film elements")
    elements_exclude = WithoutElementsFilter(label="Without film elements")
    precursor = ObjectsFilter(
        queryset=listed(Precursor),
        conjoined=True,
        label="Precursor",
        help_text="All of them.",
    )
    precursor_exclude = WithoutFilter("precursor", Precursor, "Without precursor")
    method = ChoicesFilter(choices=DepositionMethod.choices, label="Method")
    method_exclude = ChoicesFilter(
        "method",
        choices=DepositionMethod.choices,
        exclude=True,
        label="Without method",
    )
    activation = _grown("activation")
    reactor = _grown("reactor")
    deposited_on = _grown("deposited_on")
    crystallinity = _grown("crystallinity")
    growth_mode = ChoicesFilter(
        choices=GrowthMode.choices, label="Growth mode", may_lack=True
    )
    deposition_temperature_celsius = QuantityRangeFilter(
        "deposition_temperature", "Deposition temperature", unit="°C"
    )
    pressure_torr = QuantityRangeFilter("pressure", "Pressure", unit="Torr")
    anneal_temperature_celsius = QuantityRangeFilter(
        "anneal_temperature", "Annealing temperature", unit="°C"
    )
    anneal_time_h = QuantityRangeFilter("anneal_time", "Annealing time", unit="h")
    pulse_s = _of_step("pulse", "Pulse", "s")
    purge_s = _of_step("purge", "Purge", "s")
    wait_s = _of_step("wait", "Wait", "s")
    plasma_time_s = _of_step("plasma_time", "Plasma time", "s")
    plasma_power_w = _of_step("plasma_power", "Plasma power", "W")
    carrier_flow_sccm = _of_step("carrier_flow", "Carrier flow", "sccm")
    source_temperature_celsius = _of_step(
        "source_temperature", "Source temperature", "°C"
    )
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {
            "material": "material_name",
            "deposition_temperature_celsius": "deposition_temperature",
        }
    )

    class Meta:
        model = RecipeEntry
        fields = []


class CoatingFilter(StrictFilterSet):
    q = SearchFilter(
        label="Search",
        help_text="Film, precursor, substrate, preparation, method, study.",
    )
    material = ObjectsFilter(queryset=listed(Material), label="Material")
    material_class = ChoicesFilter(
        choices=MaterialClass.choices, label="Material class"
    )
    material_class_exclude = ChoicesFilter(
        "material_class",
        choices=MaterialClass.choices,
        exclude=True,
        label="Without material class",
    )
    sei_constituent = ChoicesFilter(
        choices=SeiConstituent.choices,
        label="Mimics, in a natural SEI",
        help_text="Any of them.",
    )
    elements = ElementsFilter(label="Film elements")
    elements_any = AnyElementsFilter(label="Any of the film elements")
    elements_exclude = WithoutElementsFilter(label="Without film elements")
    substrate = ObjectsFilter(queryset=listed(Substrate), label="Substrate")
    substrate_exclude = WithoutFilter("substrate", Substrate, "Without substrate")
    substrate_class = ChoicesFilter(
        choices=SubstrateClass.choices, label="Substrate class"
    )
    electrode_role = ChoicesFilter(
        choices=ElectrodeRole.choices, label="Electrode role", may_lack=True
    )
    host_family = ChoicesFilter(
        choices=HostFamily.choices, label="Host family", may_lack=True
    )
    various_substrates = YesNoFilter(
        "substrate",
        lookup_expr="isnull",
        label="Various substrates",
        help_text="Whether the source names no substrate, but “various”.",
    )
    precursor = ObjectsFilter(
        queryset=listed(Precursor),
        conjoined=True,
        label="Precursor",
        help_text="All of them.",
    )
    precursor_exclude = WithoutFilter("precursor", Precursor, "Without precursor")
    method = ChoicesFilter(choices=DepositionMethod.choices, label="Method")
    method_exclude = ChoicesFilter(
        "method",
        choices=DepositionMethod.choices,
        exclude=True,
        label="Without method",
    )
    characterization_method = ObjectsFilter(
        queryset=listed(CharacterizationMethod),
        conjoined=True,
        label="Characterization method",
        help_text="All of them.",
    )
    review_category = ChoicesFilter(
        choices=ReviewCategory.choices, label="Review category", may_lack=True
    )
    deposition_temperature_celsius = QuantityRangeFilter(
        "deposition_temperature",
        "Deposition temperature",
        unit="°C",
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
        "anneal_temperature", "Annealing temperature", unit="°C"
    )
    thickness_nm = QuantityRangeFilter("thickness", "Thickness", unit="nm")
    process = ObjectsFilter(queryset=listed(DepositionProcess), label="Process")
    study = StudiesFilter()
    source = SourceFilter()
    year = IntegerRangeFilter(label="Study year")
    order_by = OrderByFilter(
        {
            "material": "material_name",
            "substrate": "substrate_name",
            "method": "method",
            "thickness_nm": "thickness",
            "review_category": "review_category",
        },
        labels={"thickness_nm": "Thickness"},
    )

    class Meta:
        model = CoatingEntry
        fields = []
