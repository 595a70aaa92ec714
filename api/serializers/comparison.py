"""What a coating changed, and in which conditions cycling tests agree."""

from rest_framework import serializers

from api.serializers.fields import APIURLField, PageURLField, ReadOnly
from api.serializers.quantities import ComputedSerializer, QuantitySerializer
from asei_db.lib.quantities import QUALIFIERS, Quantity
from materials.analysis.comparison import Agreement
from materials.analysis.gains import stored_uplift
from materials.choices import ComparabilityVerdict


class ReachedSerializer(ReadOnly, serializers.Serializer):
    """What a test had reached at a cycle.

    * `qualifier`, `min`, `max`, `unit`: as of every quantity
    * `interpolated`: whether it lies on the line between two points of the test
    """

    qualifier = serializers.ChoiceField(QUALIFIERS, source="quantity.qualifier")
    min = serializers.FloatField(source="quantity.minimum", allow_null=True)
    max = serializers.FloatField(source="quantity.maximum", allow_null=True)
    unit = serializers.CharField(source="quantity.unit")
    interpolated = serializers.BooleanField(source="is_interpolated")


class ChangeSerializer(ReadOnly, serializers.Serializer):
    """A coated test against its control at one cycle.

    * `cycle_number`: `null` where neither states the cycle of its one capacity
    * `first_cycle`: `null`, or both values are averages over the cycles from this one
      to `cycle_number`
    * `change`: coated − bare in percentage points, or coated / bare
    * `coated`, `bare`: the two values that it comes from
    """

    cycle_number = serializers.IntegerField(allow_null=True)
    first_cycle = serializers.IntegerField(allow_null=True)
    change = ComputedSerializer()
    coated = ReachedSerializer()
    bare = ReachedSerializer()


class EndOfLifeSerializer(ReadOnly, serializers.Serializer):
    """The cycle at which a test falls to 80 % capacity retention.

    * `interpolated`: whether it lies between two points of the test
    """

    cycle = serializers.FloatField()
    interpolated = serializers.BooleanField(source="is_interpolated")


class LifeRatioSerializer(ReadOnly, serializers.Serializer):
    """Cycles to 80 % capacity retention: coated / bare."""

    ratio = ComputedSerializer()
    coated = EndOfLifeSerializer()
    bare = EndOfLifeSerializer()


class ComparabilitySummarySerializer(ReadOnly, serializers.Serializer):
    """Whether tests can be compared.

    * `verdict`: `comparable` if no condition differs and all report the same rate and
      electrolyte
    * `summary`: the verdict in words
    * `differing`, `not_reported`: the conditions that do, or that some test leaves out
    """

    verdict = serializers.ChoiceField(ComparabilityVerdict.choices)
    summary = serializers.CharField(source="__str__")
    differing = serializers.ListField(child=serializers.CharField())
    not_reported = serializers.ListField(child=serializers.CharField())


class UpliftSerializer(ReadOnly, serializers.Serializer):
    """What a coated test gained over its control, the bare test of the same study.

    Each number is `null` where the points of the two tests do not state it. The changes
    are those at the largest cycle at which both are known, by a point or between two.

    * `capacity_retention`, `coulombic_efficiency`: change in percentage points
    * `specific_capacity`, `areal_capacity`: ratios of capacities
    * `overpotential`: ratio of overpotentials; below 1 the coated cell is better
    * `cycles_to_80_percent`: ratio of the cycles to 80 % capacity retention
    * `comparability`: of the test and its control
    """

    control = serializers.SlugField(source="control.slug")
    control_url = APIURLField("cycling-test", source="control.slug")
    comparability = ComparabilitySummarySerializer()
    capacity_retention = ChangeSerializer(allow_null=True)
    coulombic_efficiency = ChangeSerializer(allow_null=True)
    specific_capacity = ChangeSerializer(allow_null=True)
    areal_capacity = ChangeSerializer(allow_null=True)
    overpotential = ChangeSerializer(allow_null=True)
    cycles_to_80_percent = LifeRatioSerializer(allow_null=True)

    def get_attribute(self, test):
        return stored_uplift(test)


class ComparedTestSerializer(ReadOnly, serializers.Serializer):
    """One of the compared tests; `label` says what was tested."""

    slug = serializers.SlugField()
    url = APIURLField("cycling-test")
    page = PageURLField()
    label = serializers.CharField()


class ConditionValueSerializer(ReadOnly, serializers.Serializer):
    """What one test reports of a condition: a text and, of numbers, the quantity.

    Both are `null` where it reports none.
    """

    text = serializers.CharField(allow_null=True)
    quantity = QuantitySerializer(allow_null=True)

    def to_representation(self, value):
        text = None if value is None else str(value)
        quantity = value if isinstance(value, Quantity) else None
        return super().to_representation({"text": text, "quantity": quantity})


class ConditionSerializer(ReadOnly, serializers.Serializer):
    """One condition of the compared tests.

    * `name`, `label`: of the condition, as of a cycling test, and for people
    * `agreement`: `not_reported` if some test leaves it out and the others agree
    * `values`: one for each test, in their order
    """

    name = serializers.CharField()
    label = serializers.CharField()
    agreement = serializers.ChoiceField(Agreement.choices)
    values = ConditionValueSerializer(many=True)


class ComparabilitySerializer(ComparabilitySummarySerializer):
    """In which conditions tests agree, differ, or do not say.

    * `verdict`: `comparable` if no condition differs and all report the same rate and
      electrolyte
    * `summary`: the verdict in words
    * `differing`, `not_reported`: the conditions that do, or that some test leaves out
    * `conditions`: every condition with the value of each test
    """

    tests = ComparedTestSerializer(many=True)
    conditions = ConditionSerializer(many=True)
