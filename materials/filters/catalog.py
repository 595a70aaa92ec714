"""What materials, substrates and methods can be searched, filtered and sorted by."""

from django.db.models import Q

from asei_db.lib.filters import (
    ChoicesFilter,
    ObjectsFilter,
    OrderByFilter,
    QuantityRangeFilter,
    SearchFilter,
    StrictFilterSet,
)
from literature.filters import SourceFilter, StudiesFilter
from materials.choices import (
    DepositionMethod,
    ElectrodeRole,
    HostFamily,
    MaterialClass,
    MethodCategory,
    Mimicry,
    SeiConstituent,
    SeiRole,
    SubstrateClass,
)
from materials.filters.conditions import published, through
from materials.models import (
    CharacterizationMethod,
    Coating,
    DepositionProcess,
    Material,
    SeiRelation,
    Substrate,
)
from precursors.filters import ElementsFilter, WithoutElementsFilter
from precursors.models import Precursor


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
        where=through("processes", DepositionProcess),
        choices=DepositionMethod.choices,
        label="Method",
    )
    precursor = ObjectsFilter(
        "processes__steps__precursor",
        queryset=published(Precursor),
        where=through("processes", DepositionProcess),
        conjoined=True,
        label="Precursor",
        help_text="All of them, each in some process of the material.",
    )
    substrate = ObjectsFilter(
        "processes__coatings__substrate",
        queryset=published(Substrate),
        where=through("processes__coatings", Coating),
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
        queryset=published(Material),
        where=through("coatings", Coating),
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
