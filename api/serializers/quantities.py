"""The one form in which the API gives a quantity."""

from rest_framework import serializers

from api.serializers.fields import ReadOnly
from asei_db.lib.quantities import QUALIFIERS


class QuantitySerializer(ReadOnly, serializers.Serializer):
    """A value or range as the literature gives it; `null` where none is known.

    Then the source does not report it, or nobody looked: see `extent_read` of `source`.

    * `as_reported`: the text as printed in the source, e.g. "85–115 °C", "~1 Å", "RT".
      "Up to 5" and "as low as 2" are the ends of a series of values, with `≤` and `≥`
    * `qualifier`: `=`, `~` (about), `<`, `≤`, `>` or `≥`
    * `min`, `max`: lowest and highest value, in `unit`; equal for a single value;
      `null` at an open end (">99 %" has no `max`)
    * `unit`: e.g. "°C", "nm", "S/cm"
    """

    as_reported = serializers.CharField()
    qualifier = serializers.ChoiceField(QUALIFIERS)
    min = serializers.FloatField(source="minimum", allow_null=True)
    max = serializers.FloatField(source="maximum", allow_null=True)
    unit = serializers.CharField()


class ComputedSerializer(ReadOnly, serializers.Serializer):
    """A number or bounds that are computed from reported quantities.

    * `qualifier`: `=`, `~` (about), `<`, `≤`, `>` or `≥`
    * `min`, `max`: in `unit`; equal for a single number; `null` at an open end
    * `unit`: "percentage points", or empty for a ratio
    """

    qualifier = serializers.ChoiceField(QUALIFIERS)
    min = serializers.FloatField(source="minimum", allow_null=True)
    max = serializers.FloatField(source="maximum", allow_null=True)
    unit = serializers.CharField()
