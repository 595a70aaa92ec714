"""What one record says of another that it refers to."""

from rest_framework import serializers

from api.serializers.fields import APIURLField, ReadOnly, WordField
from materials.choices import ElectrodeRole, HostFamily
from materials.models import (
    Coating,
    DepositionProcess,
    Material,
    ProcessStep,
    Recipe,
    Substrate,
)
from precursors.models import Precursor


class MaterialReferenceSerializer(ReadOnly, serializers.ModelSerializer):
    """A material, by slug and name."""

    url = APIURLField("material")

    class Meta:
        model = Material
        fields = ["slug", "url", "name"]


class SubstrateReferenceSerializer(ReadOnly, serializers.ModelSerializer):
    """A substrate, by slug and name; its role and family are `null` if not known."""

    url = APIURLField("substrate")
    electrode_role = WordField(ElectrodeRole.choices)
    host_family = WordField(HostFamily.choices)

    class Meta:
        model = Substrate
        fields = [
            "slug",
            "url",
            "name",
            "acronym",
            "substrate_class",
            "electrode_role",
            "host_family",
        ]


class ProcessStepSerializer(ReadOnly, serializers.ModelSerializer):
    """One precursor pulse in the cycle of a process.

    * `slug`, `url`, `acronym`: the precursor's; `acronym` is its name where it has none
    * `step`: place in the cycle, from 1
    * `optional`: some sources leave the step out
    """

    slug = serializers.SlugField(source="precursor.slug")
    url = APIURLField("precursor", source="precursor.slug")
    acronym = serializers.CharField(source="precursor.label")
    step = serializers.IntegerField(source="position")
    optional = serializers.BooleanField(source="is_optional")

    class Meta:
        model = ProcessStep
        fields = ["slug", "url", "acronym", "step", "optional"]


class ProcessReferenceSerializer(ReadOnly, serializers.ModelSerializer):
    """A deposition process, by slug and precursors in order."""

    url = APIURLField("process")
    precursors = ProcessStepSerializer(source="steps", many=True)

    class Meta:
        model = DepositionProcess
        fields = ["slug", "url", "precursors"]


class RecipeReferenceSerializer(ReadOnly, serializers.ModelSerializer):
    """A recipe, by slug."""

    url = APIURLField("recipe")

    class Meta:
        model = Recipe
        fields = ["slug", "url"]


class CoatingReferenceSerializer(ReadOnly, serializers.ModelSerializer):
    """A coating, by slug, material, process and substrate."""

    url = APIURLField("coating")
    material = MaterialReferenceSerializer()
    process = ProcessReferenceSerializer()
    substrate = SubstrateReferenceSerializer(allow_null=True)

    class Meta:
        model = Coating
        fields = ["slug", "url", "material", "process", "substrate"]


class PrecursorReferenceSerializer(ReadOnly, serializers.ModelSerializer):
    """A precursor, by slug and acronym; `acronym` is its name where it has none."""

    url = APIURLField("precursor")
    acronym = serializers.CharField(source="label")

    class Meta:
        model = Precursor
        fields = ["slug", "url", "acronym"]
