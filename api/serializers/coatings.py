"""Coatings, and the methods that were used on them."""

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
from api.serializers.recipes import GROWTH, GrowthSerializer
from api.serializers.references import (
    MaterialReferenceSerializer,
    ProcessReferenceSerializer,
    SubstrateReferenceSerializer,
)
from materials.choices import DepositionMethod, ReviewCategory
from materials.models import CharacterizationUse, Coating


class CharacterizationUseSerializer(ReadOnly, serializers.ModelSerializer):
    """One method that was used on a coating.

    * `acronym`, `slug`, `url`: the method's
    * `as_reported`: the variant as printed, e.g. FE-SEM
    * `remark`: e.g. "initial lithiation only"; mostly empty
    """

    acronym = serializers.CharField(source="method.acronym")
    slug = serializers.SlugField(source="method.slug")
    url = APIURLField("characterization-method", source="method.slug")

    class Meta:
        model = CharacterizationUse
        fields = ["acronym", "as_reported", "slug", "url", "remark"]


class CoatingSerializer(GrowthSerializer):
    """One film on one substrate in one piece of work: a row of a table.

    * `method`: `null` where the source does not name it
    * `substrate`: `null` where the source says "various"
    * `substrate_preparation`: of the substrate or electrode, as printed
    * `thickness`: nm
    * `deposition_cycle_count`: number of ALD or MLD cycles
    * `activation`: what drives the surface reactions; `null` where not reported, as
      all other words
    * `reactor`: where it is no chamber with pulses in time
    * `deposited_on`: whether a battery material was coated as powder or as electrode
    * `deposition_temperature`, `anneal_temperature`: °C; `anneal_time`: h
    * `anneal_atmosphere`: gas or vacuum
    * `crystallinity`, `phase`: of the film; `phase_state` says when they were found
    * `studies`: the primary works, where the source cites them
    * `review_category`: which of the review's tables it stands in; `null` for none
    * `material_as_reported`, `precursors_as_reported`, `substrate_as_reported`,
      `characterization_as_reported`: the cells as printed, errors included
    """

    url = APIURLField("coating")
    page = PageURLField()
    material = MaterialReferenceSerializer()
    method = WordField(DepositionMethod.choices, source="process.method")
    process = ProcessReferenceSerializer()
    substrate = SubstrateReferenceSerializer(allow_null=True)
    thickness = QuantitySerializer(allow_null=True)
    characterization_methods = CharacterizationUseSerializer(
        source="characterization_uses", many=True
    )
    studies = CitedStudySerializer(many=True)
    review_category = WordField(ReviewCategory.choices)
    notes = NotesField()
    disputed = DisputedField()
    source = SourceSerializer()

    class Meta:
        model = Coating
        fields = [
            "slug",
            "url",
            "page",
            "material",
            "method",
            "process",
            "substrate",
            "substrate_preparation",
            "thickness",
            "deposition_cycle_count",
            *GROWTH,
            "characterization_methods",
            "studies",
            "review_category",
            "material_as_reported",
            "precursors_as_reported",
            "substrate_as_reported",
            "characterization_as_reported",
            "source",
            "notes",
            "disputed",
        ]
