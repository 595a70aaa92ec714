"""What studies conclude without a number."""

from rest_framework import serializers

from api.serializers.fields import (
    APIURLField,
    DisputedField,
    NotesField,
    PageURLField,
    ReadOnly,
)
from api.serializers.literature import CitedStudySerializer, SourceSerializer
from api.serializers.references import (
    CoatingReferenceSerializer,
    MaterialReferenceSerializer,
    ProcessReferenceSerializer,
    SubstrateReferenceSerializer,
)
from materials.models import Finding


class FindingSerializer(ReadOnly, serializers.ModelSerializer):
    """What a study concludes of a film or a bare substrate, without a number.

    * `aspect`: what it is about
    * `direction`: `better` or `worse` than what it is compared with, `no_difference`
      from it, or `observed`, where nothing is compared
    * `compared_with`: in words; empty where nothing is, or the source does not say
    * `statement`: one sentence in the words of this database
    * `process`, `coating`, `substrate`: what it was found of; the others are `null`.
      All three are `null` for a film of which only the material is named
    * `material`: the film, whether or not its process or coating is named; `null` for
      a bare substrate
    * `studies`: the primary works, where the source cites them
    """

    url = APIURLField("finding")
    page = PageURLField()
    material = MaterialReferenceSerializer(source="film", allow_null=True)
    process = ProcessReferenceSerializer(allow_null=True)
    coating = CoatingReferenceSerializer(allow_null=True)
    substrate = SubstrateReferenceSerializer(allow_null=True)
    studies = CitedStudySerializer(many=True)
    source = SourceSerializer()
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = Finding
        fields = [
            "slug",
            "url",
            "page",
            "aspect",
            "direction",
            "compared_with",
            "statement",
            "material",
            "process",
            "coating",
            "substrate",
            "studies",
            "source",
            "notes",
            "disputed",
        ]
