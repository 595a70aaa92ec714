"""What the search over everything finds."""

from django.utils.text import capfirst
from rest_framework import serializers

from api.serializers.fields import PageURLField, ReadOnly, item_url
from literature.models import Study
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingTest,
    DepositionProcess,
    Finding,
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
    Finding: "finding",
    Material: "material",
    PropertyMeasurement: "measurement",
    Precursor: "precursor",
    Study: "study",
    Substrate: "substrate",
}

KIND_LABELS = {
    name: capfirst(model._meta.verbose_name) for model, name in KIND_NAMES.items()
}


class MatchSerializer(ReadOnly, serializers.Serializer):
    """One record of any kind that the search found.

    * `kind`: e.g. `coating`, `characterization-method`
    * `label`: the record in one line
    """

    kind = serializers.ChoiceField(list(KIND_LABELS.items()))
    slug = serializers.SlugField()
    url = serializers.URLField()
    page = PageURLField(source="address")
    label = serializers.CharField()

    def to_representation(self, line):
        kind = KIND_NAMES[line.kind.model]
        url = item_url(self.context["request"], kind, line.slug)
        return super().to_representation(
            {
                "kind": kind,
                "slug": line.slug,
                "url": url,
                "address": line.address,
                "label": line.label,
            }
        )
