"""What the search over everything finds."""

from django.urls import reverse
from rest_framework import serializers

from api.serializers.fields import PageURLField, ReadOnly
from literature.models import Study
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingTest,
    DepositionProcess,
    Material,
    PropertyMeasurement,
    Substrate,
)
from precursors.models import Precursor

KIND_NAMES = {
    CharacterizationMethod: "characterization-method",
    Coating: "coating",
    CyclingTest: "cycling-test",
    DepositionProcess: "process",
    Material: "material",
    PropertyMeasurement: "measurement",
    Precursor: "precursor",
    Study: "study",
    Substrate: "substrate",
}


class MatchSerializer(ReadOnly, serializers.Serializer):
    """One record of any kind that the search found.

    * `kind`: e.g. `coating`, `characterization-method`
    * `label`: the record in one line
    """

    kind = serializers.SerializerMethodField()
    slug = serializers.SlugField()
    url = serializers.SerializerMethodField()
    page = PageURLField()
    label = serializers.CharField(source="*")

    def get_kind(self, record) -> str:
        return KIND_NAMES[type(record)]

    def get_url(self, record) -> str:
        path = reverse(f"api:{self.get_kind(record)}-detail", args=[record.slug])
        return self.context["request"].build_absolute_uri(path)
