"""Measured properties, and what each property means."""

from rest_framework import serializers

from api.serializers.fields import (
    APIURLField,
    DisputedField,
    NotesField,
    PageURLField,
    ReadOnly,
    WordField,
)
from api.serializers.literature import CitedStudySerializer, SourceSerializer
from api.serializers.quantities import QuantitySerializer
from api.serializers.references import (
    CoatingReferenceSerializer,
    MaterialReferenceSerializer,
    PrecursorReferenceSerializer,
    ProcessReferenceSerializer,
    RecipeReferenceSerializer,
    SubstrateReferenceSerializer,
)
from materials.choices import Limit
from materials.models import PropertyMeasurement


class PropertyMeasurementSerializer(ReadOnly, serializers.ModelSerializer):
    """One value of one property of a film, a bare substrate or a precursor.

    * `property`: see `/api/v1/properties/`, which defines it and its unit;
      `property_url` is its item there
    * `element`: symbol of the element whose content an atomic content is, else `null`
    * `quantity`: the value
    * `value_limit`: `highest` where the source prints "up to", `lowest` where it prints
      "as low as": an end that a series of values reached, and no typical value; `null`
      elsewhere
    * `temperature`: at which it was measured, °C; of a growth per cycle, the deposition
      temperature
    * `wavelength`: of the light, nm, where a refractive index was measured
    * `condition`: under which else the value holds; may be empty
    * `process`, `coating`, `substrate`, `precursor`: what was measured; the others are
      `null`. All four are `null` for a film of which only the material is named
    * `material`: the measured film, whether or not its process or coating is named;
      `null` for a bare substrate and a precursor
    * `recipe`: by which the measured film was grown; `null` where not known
    * `control`, `control_url`: slug and address of the measurement of the bare
      substrate in the same study
    * `studies`: the primary works, where the source cites them
    * `disputed`: the value is disputed and left out of rankings
    """

    url = APIURLField("measurement")
    page = PageURLField()
    element = serializers.CharField(source="element.symbol", allow_null=True)
    quantity = QuantitySerializer(source="value")
    value_limit = WordField(Limit.choices)
    temperature = QuantitySerializer(allow_null=True)
    wavelength = QuantitySerializer(allow_null=True)
    property_url = APIURLField("property", source="property")
    material = MaterialReferenceSerializer(source="film", allow_null=True)
    process = ProcessReferenceSerializer(allow_null=True)
    coating = CoatingReferenceSerializer(allow_null=True)
    substrate = SubstrateReferenceSerializer(allow_null=True)
    precursor = PrecursorReferenceSerializer(allow_null=True)
    recipe = RecipeReferenceSerializer(allow_null=True)
    control = serializers.SlugField(source="control.slug", allow_null=True)
    control_url = APIURLField("measurement", source="control.slug", allow_null=True)
    studies = CitedStudySerializer(many=True)
    source = SourceSerializer()
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = PropertyMeasurement
        fields = [
            "slug",
            "url",
            "page",
            "property",
            "property_url",
            "element",
            "quantity",
            "value_limit",
            "temperature",
            "wavelength",
            "condition",
            "material",
            "process",
            "coating",
            "substrate",
            "precursor",
            "recipe",
            "control",
            "control_url",
            "studies",
            "source",
            "notes",
            "disputed",
        ]


class PlaceSerializer(ReadOnly, serializers.Serializer):
    """Where the API gives a quantity.

    * `field`: its path inside an item; empty where it is the item itself
    """

    resource = serializers.CharField()
    field = serializers.CharField()


class PropertySerializer(ReadOnly, serializers.Serializer):
    """One quantity: its definition, its unit, and where the API gives it.

    * `page`: always `null`: values stand on the pages of what they are about
    * `unit`: in which `min` and `max` are given; may be empty
    * `shape`: `quantity` (`as_reported`, unless it is computed, `qualifier`, `min`,
      `max`, `unit`), or, of a thing that is defined here too, `record` or `word`. A
      field that is named for its unit, `time_h`, is a plain number
    * `iri`: of a term of another vocabulary that means the same, or `null`
    * `measured_on`: what it is measured on, as measurements name it
    * `used_in`: the fields that hold it; of measurements and the consensus, those with
      its `property`, of the comparability, those with its `name`, and of the planner,
      those with its `subject`
    * `measurement_count`: number of measurements in the database
    """

    slug = serializers.CharField()
    url = APIURLField("property")
    page = serializers.URLField(allow_null=True)
    name = serializers.CharField()
    definition = serializers.CharField()
    unit = serializers.CharField()
    shape = serializers.CharField()
    iri = serializers.URLField(allow_null=True)
    measured_on = serializers.ListField(child=serializers.CharField())
    used_in = PlaceSerializer(many=True)
    measurement_count = serializers.IntegerField()
