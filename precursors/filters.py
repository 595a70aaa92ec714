"""What precursors and elements can be searched, filtered and sorted by."""

from asei_db.lib.filters import (
    ChoicesFilter,
    ExactFilter,
    IntegerRangeFilter,
    ObjectsFilter,
    OrderByFilter,
    QuantityRangeFilter,
    SearchFilter,
    StrictFilterSet,
)
from asei_db.lib.identifiers import normalize_cas_number, validate_cas_number
from asei_db.lib.nomenclature import symbol_of
from asei_db.lib.typed import visible
from literature.entries import listed
from literature.filters import SourceFilter, StudiesFilter
from literature.querysets import related
from precursors.choices import PhysicalState, PrecursorClass
from precursors.entries import PrecursorEntry
from precursors.models import Element


class ElementsFilter(ObjectsFilter):
    """Rows that contain all of the named elements: `elements=Li,F`.

    `li f` and `lithium, Fluorine` name the same; see `symbol_of`.
    """

    def __init__(self, field_name="elements", **kwargs):
        super().__init__(
            field_name,
            **{
                "to_field_name": "symbol",
                "queryset": Element.objects.all(),
                "conjoined": True,
                "label": "Elements",
                "help_text": "All of them: Li,F finds what contains both.",
            }
            | kwargs,
        )

    def apart(self, text):
        parts = visible(text).split(",")
        # An empty part stays one, and is refused.
        return [symbol_of(word) for part in parts for word in part.split() or [part]]


class AnyElementsFilter(ElementsFilter):
    """Rows that contain any of the named elements: `elements_any=Al,Zr`."""

    def __init__(self, field_name="elements", **kwargs):
        super().__init__(
            field_name,
            **{
                "conjoined": False,
                "label": "Any of the elements",
                "help_text": "At least one of them.",
            }
            | kwargs,
        )


class WithoutElementsFilter(ElementsFilter):
    """Rows that contain none of the named elements: `elements_exclude=O`."""

    def __init__(self, field_name="elements", **kwargs):
        super().__init__(
            field_name,
            **{
                "conjoined": False,
                "exclude": True,
                "label": "Without elements",
                "help_text": "None of them.",
            }
            | kwargs,
        )


class PrecursorFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Acronym, name, formula, CAS number.")
    precursor_class = ChoicesFilter(choices=PrecursorClass.choices, label="Class")
    sublimation_temperature_celsius = QuantityRangeFilter(
        "sublimation_temperatures",
        "Sublimation temperature",
        unit="°C",
        help_text="The typical one; where none is called typical, any reported one.",
    )
    elements = ElementsFilter()
    elements_any = AnyElementsFilter()
    elements_exclude = WithoutElementsFilter()
    cas_number = ExactFilter(
        normalize=normalize_cas_number,
        validators=[validate_cas_number],
        label="CAS number",
    )
    material = ObjectsFilter(
        queryset=listed(related(Element, "materials").model),
        label="Material it grows",
    )
    physical_state = ChoicesFilter(
        choices=PhysicalState.choices, label="State at room temperature", may_lack=True
    )
    study = StudiesFilter()
    source = SourceFilter()
    order_by = OrderByFilter(
        {
            "acronym": "acronym",
            "name": "name",
            "precursor_class": "precursor_class",
            "sublimation_temperature_celsius": "sublimation_temperature",
            "melting_point_celsius": "melting_point",
        },
        labels={
            "sublimation_temperature_celsius": "Sublimation temperature",
            "melting_point_celsius": "Melting point",
        },
    )

    class Meta:
        model = PrecursorEntry
        fields = []


class ElementFilter(StrictFilterSet):
    symbol = ElementsFilter(method="named", label="Symbol", help_text="Any of them.")
    atomic_number = IntegerRangeFilter(label="Atomic number")
    order_by = OrderByFilter(
        {"atomic_number": "atomic_number", "symbol": "symbol", "name": "name_sort_key"}
    )

    class Meta:
        model = Element
        fields = []

    def named(self, queryset, name, elements):
        chosen = [element.pk for element in elements]
        return queryset.filter(pk__in=chosen) if chosen else queryset
