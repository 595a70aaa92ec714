"""What studies agree on of one property."""

from rest_framework import serializers

from api.serializers.fields import APIURLField, PageURLField, ReadOnly, WordField
from api.serializers.literature import CitedStudySerializer, SourceSerializer
from api.serializers.quantities import ComputedSerializer, QuantitySerializer
from materials.analysis.consensus import Reason
from materials.choices import Property


class ConsensusValueSerializer(ReadOnly, serializers.Serializer):
    """One published value among those of its property.

    * `counted`: whether median and spread include it; `reason` says why not, and is
      `null` where they do
    * `temperature`: at which it was measured
    * `measurement`, `measurement_url`: `null` where a process, recipe or coating states
      the value itself; `page` leads to either
    """

    quantity = QuantitySerializer()
    counted = serializers.BooleanField(source="is_counted")
    reason = WordField(Reason.choices)
    temperature = QuantitySerializer(allow_null=True)
    measurement = serializers.SlugField(allow_null=True)
    measurement_url = APIURLField("measurement", source="measurement", allow_null=True)
    page = PageURLField(source="record.get_absolute_url")
    studies = CitedStudySerializer(many=True)
    source = SourceSerializer()


class ConsensusSerializer(ReadOnly, serializers.Serializer):
    """All published values of one property, and their middle.

    Each study has one vote: the middle of its values. Counted are values of the one
    temperature (± 5 °C) and condition that most studies report, and no bounds, ends of
    a series, disputed values, or sums that a review gives of several works.

    * `element`: of an atomic content; `null` elsewhere
    * `summary`: what follows, in a sentence or two
    * `study_count`: of how many studies the counted values are
    * `temperature_celsius`: of the counted values; `null` where they state none
    * `median`, `minimum`, `maximum`: in `unit`; `null` below three studies.
      `lower_quartile`, `upper_quartile`: below four
    * `span`: of what is chosen, such as a deposition temperature, which has no median;
      `null` elsewhere
    * `values`: lowest first; of more than 100, so many, evenly from the lowest to the
      highest. `value_count` is the number of all; what stands above is of all
    """

    property = serializers.ChoiceField([(one.value, one.label) for one in Property])
    property_url = APIURLField("property", source="property")
    element = serializers.CharField(source="element.symbol", allow_null=True)
    unit = serializers.CharField(source="property.unit")
    summary = serializers.CharField(source="__str__")
    study_count = serializers.IntegerField()
    temperature_celsius = serializers.FloatField(source="celsius", allow_null=True)
    median = serializers.FloatField(allow_null=True)
    minimum = serializers.FloatField(allow_null=True)
    maximum = serializers.FloatField(allow_null=True)
    lower_quartile = serializers.FloatField(allow_null=True)
    upper_quartile = serializers.FloatField(allow_null=True)
    span = ComputedSerializer(allow_null=True)
    value_count = serializers.IntegerField()
    values = ConsensusValueSerializer(many=True)
