"""Elements and precursors."""

from django.urls import reverse
from rest_framework import serializers

from api.serializers.fields import (
    APIURLField,
    DisputedField,
    IdentifierField,
    NotesField,
    PageURLField,
    ReadOnly,
    ReferencesField,
    TextListField,
    WordField,
)
from api.serializers.literature import CitedStudySerializer, SourceSerializer
from api.serializers.quantities import QuantitySerializer
from asei_db.lib.quantities import QUALIFIERS
from precursors.choices import PhysicalState
from precursors.models import Element, Precursor, SublimationTemperature


class ElementPageURLField(PageURLField):
    """Absolute URL of the page with the materials that hold the element."""

    def to_representation(self, symbol):
        materials = reverse("materials:material-list", query={"elements": symbol})
        return super().to_representation(materials)


class ElementSerializer(ReadOnly, serializers.ModelSerializer):
    """One chemical element.

    * `slug`: its symbol
    * `group`: 1–18; `null` for lanthanides and actinides
    """

    slug = serializers.SlugField(source="symbol")
    url = APIURLField("element", source="symbol")
    page = ElementPageURLField(source="symbol")

    class Meta:
        model = Element
        fields = [
            "slug",
            "url",
            "page",
            "symbol",
            "name",
            "atomic_number",
            "group",
            "period",
        ]


class SublimationTemperatureSerializer(ReadOnly, serializers.ModelSerializer):
    """One temperature, °C, at which a source kept or evaporated a precursor.

    * `as_reported`, `qualifier`, `min`, `max`, `unit`: as in `Quantity`
    * `is_typical`: the one that lists show
    * `studies`: the primary works, where the source cites them
    """

    as_reported = serializers.CharField(source="temperature.as_reported")
    qualifier = serializers.ChoiceField(QUALIFIERS, source="temperature.qualifier")
    min = serializers.FloatField(source="temperature.minimum", allow_null=True)
    max = serializers.FloatField(source="temperature.maximum", allow_null=True)
    unit = serializers.CharField(source="temperature.unit")
    studies = CitedStudySerializer(many=True)
    source = SourceSerializer()
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = SublimationTemperature
        fields = [
            "as_reported",
            "qualifier",
            "min",
            "max",
            "unit",
            "is_typical",
            "studies",
            "source",
            "notes",
            "disputed",
        ]


class PrecursorSerializer(ReadOnly, serializers.ModelSerializer):
    """One chemical that is fed into the reactor, plasmas and co-reactants included.

    * `acronym`, `formula`: empty where there is none
    * `elements`: symbols, by atomic number
    * `physical_state`: at 25 °C; `null` where not known
    * `cas_number`, `smiles`, `inchi_key`, `pubchem_cid`: `null` where not established;
      `identifiers_source` says where they come from
    * `structure`: URL of the drawing, SVG; `null` where there is no SMILES
    * `melting_point_celsius`: °C
    * `is_air_sensitive`, `is_moisture_sensitive`: `null` where not known
    * `sublimation_temperature`: the typical temperature, °C, at which a source kept or
      evaporated the precursor; `sublimation_temperatures`: all of them
    * `source`: where the record was read; `null` while that study is not published
    """

    url = APIURLField("precursor")
    page = PageURLField()
    synonyms = TextListField()
    elements = ReferencesField("symbol", many=True, read_only=True)
    physical_state = WordField(PhysicalState.choices)
    cas_number = IdentifierField()
    smiles = IdentifierField()
    inchi_key = IdentifierField()
    structure = PageURLField(source="get_structure_url", allow_null=True)
    sublimation_temperature = QuantitySerializer(
        source="typical_sublimation_temperature.temperature", allow_null=True
    )
    sublimation_temperatures = SublimationTemperatureSerializer(many=True)
    source = SourceSerializer(allow_null=True)
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = Precursor
        fields = [
            "slug",
            "url",
            "page",
            "acronym",
            "name",
            "synonyms",
            "formula",
            "elements",
            "precursor_class",
            "physical_state",
            "cas_number",
            "smiles",
            "inchi_key",
            "structure",
            "pubchem_cid",
            "identifiers_source",
            "melting_point_celsius",
            "melting_point_source",
            "is_air_sensitive",
            "is_moisture_sensitive",
            "sublimation_temperature",
            "sublimation_temperatures",
            "source",
            "notes",
            "disputed",
        ]
