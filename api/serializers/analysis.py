"""The coverage map and the planner."""

from rest_framework import serializers

from api.serializers.fields import APIURLField, PageURLField, ReadOnly
from api.serializers.literature import SourceSerializer
from api.serializers.quantities import QuantitySerializer
from api.serializers.references import (
    MaterialReferenceSerializer,
    PrecursorReferenceSerializer,
    ProcessReferenceSerializer,
)
from materials.analysis.coverage import CELL_VALUES, COLUMNS, ROWS
from materials.analysis.planner import Subject, Verdict


class HeadingSerializer(ReadOnly, serializers.Serializer):
    """A row or a column of the coverage map.

    * `key`: slug of the material or substrate, or a class; `null` for the column of
      coatings whose source says "various substrates"
    """

    key = serializers.CharField(allow_null=True)
    label = serializers.CharField()


class CoverageAxesSerializer(ReadOnly, serializers.Serializer):
    """What rows, columns and cells of the coverage map are."""

    rows = serializers.ChoiceField(ROWS)
    columns = serializers.ChoiceField(COLUMNS)
    value = serializers.ChoiceField(list(CELL_VALUES.items()))


class NumberField(serializers.FloatField):
    """A number as it is: counts stay whole."""

    def to_representation(self, value):
        return value


class CoverageSerializer(ReadOnly, serializers.Serializer):
    """Films against what they were put on.

    * `axes`: what rows, columns and cells are, as asked
    * `cells`: one list a row, one number a column. `coatings` and `studies` are counts,
      0 in an empty cell. `uplift` is the greatest gain in capacity retention over the
      uncoated control, in percentage points (at least), `null` where none is stated;
      disputed values, and tests whose conditions differ from their control's, are left
      out
    * `rows_left_out`, `columns_left_out`: how many there are beside the 200 rows and
      the 200 columns with the most coatings; filter the coatings to see those
    """

    axes = CoverageAxesSerializer()
    rows = HeadingSerializer(many=True)
    columns = HeadingSerializer(many=True)
    rows_left_out = serializers.IntegerField()
    columns_left_out = serializers.IntegerField()
    cells = serializers.ListField(
        child=serializers.ListField(child=NumberField(allow_null=True))
    )


class EvidenceSerializer(SourceSerializer):
    """Where the needed temperature was read; as of every value."""

    def get_attribute(self, check):
        evidence = check.evidence
        return None if evidence is None else super().get_attribute(evidence)


class CheckSerializer(ReadOnly, serializers.Serializer):
    """One need of a process against one limit.

    * `subject`: what was checked
    * `precursor`: `null` for the substrate temperature
    * `optional`: the step may be left out, so that the check decides nothing
    * `needed`: `null` where none is needed or known; `limit_celsius`: `null` likewise
    * `source`: where the needed temperature was read
    """

    subject = serializers.ChoiceField(Subject.choices)
    verdict = serializers.ChoiceField(Verdict.choices)
    reason = serializers.CharField()
    precursor = PrecursorReferenceSerializer(allow_null=True)
    optional = serializers.BooleanField(source="is_optional")
    needed = QuantitySerializer(allow_null=True)
    limit_celsius = serializers.FloatField(source="limit.minimum", allow_null=True)
    source = EvidenceSerializer(allow_null=True)


class PlanSerializer(ReadOnly, serializers.Serializer):
    """Whether a process can be run within the given limits.

    * `slug`, `url`, `page`: the process's
    * `verdict`: the worst of the checks. `marginal` is up to 10 °C too much, or not
      sure; `unknown` is never counted as feasible
    * `reasons`: sentences, each with the source of the number
    * `notes`: what optional steps would need
    * `checks`: all of them
    """

    slug = serializers.SlugField()
    url = APIURLField("process")
    page = PageURLField()
    material = MaterialReferenceSerializer(source="process.material")
    process = ProcessReferenceSerializer()
    verdict = serializers.ChoiceField(Verdict.choices)
    reasons = serializers.ListField(child=serializers.CharField())
    notes = serializers.ListField(child=serializers.CharField())
    checks = CheckSerializer(many=True)
