"""What materials, substrates and methods can be searched, filtered and sorted by."""

from asei_db.lib.filters import (
    ChoicesFilter,
    ObjectsFilter,
    OrderByFilter,
    QuantityRangeFilter,
    SearchFilter,
    StrictFilterSet,
)
from literature.entries import listed
from literature.filters import SourceFilter, StudiesFilter, WithoutFilter
from materials.choices import (
    DepositionMethod,
    ElectrodeRole,
    HostFamily,
    MaterialClass,
    MethodCategory,
    Mimicry,
    SeiConstituent,
    SubstrateClass,
)
from materials.entries import (
    CharacterizationMethodEntry,
    MaterialEntry,
    SubstrateEntry,
)
from materials.models import (
    Material,
    Substrate,
)
from precursors.filters import (
    AnyElementsFilter,
    ElementsFilter,
    WithoutElementsFilter,
)
from precursors.models import Precursor


class MaterialFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Name, formula, synonym.")
    elements = ElementsFilter()
    elements_any = AnyElementsFilter()
    elements_exclude = WithoutElementsFilter()
    material_class = ChoicesFilter(choices=MaterialClass.choices, label="Class")
    material_class_exclude = ChoicesFilter(
        "material_class",
        choices=MaterialClass.choices,
        exclude=True,
        label="Without class",
    )
    method = ChoicesFilter(
        choices=DepositionMethod.choices,
        label="Method",
    )
    method_exclude = ChoicesFilter(
        "method",
        choices=DepositionMethod.choices,
        exclude=True,
        label="Without method",
        help_text="Of none of its processes.",
    )
    precursor = ObjectsFilter(
        queryset=listed(Precursor),
        conjoined=True,
        label="Precursor",
        help_text="All of them, each in some process of the material.",
    )
    precursor_exclude = WithoutFilter(
        "precursor",
        Precursor,
        "Without precursor",
        help_text="In none of its processes.",
    )
    substrate = ObjectsFilter(
        queryset=listed(Substrate),
        label="Substrate",
    )
    sei_constituent = ChoicesFilter(
        choices=SeiConstituent.choices,
        label="Mimics, in a natural SEI",
        help_text="Any of them.",
    )
    creates_sei_constituent = ChoicesFilter(
        choices=SeiConstituent.choices,
        label="Creates, in a natural SEI",
        help_text="Any of them.",
    )
    mimicry = ChoicesFilter(
        choices=Mimicry.choices,
        label="Degree of mimicry",
        help_text="How closely it mimics a natural SEI.",
    )
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter({"name": "name", "material_class": "material_class"})

    class Meta:
        model = MaterialEntry
        fields = []


class SubstrateFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Name, acronym, formula, synonym.")
    substrate_class = ChoicesFilter(choices=SubstrateClass.choices, label="Class")
    electrode_role = ChoicesFilter(
        choices=ElectrodeRole.choices, label="Electrode role", may_lack=True
    )
    host_family = ChoicesFilter(
        choices=HostFamily.choices, label="Host family", may_lack=True
    )
    elements = ElementsFilter()
    elements_any = AnyElementsFilter()
    elements_exclude = WithoutElementsFilter()
    material = ObjectsFilter(
        queryset=listed(Material),
        label="Coated with",
    )
    thermal_limit_celsius = QuantityRangeFilter(
        "thermal_limit", "Thermal limit", unit="°C"
    )
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
        model = SubstrateEntry
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
        model = CharacterizationMethodEntry
        fields = []
