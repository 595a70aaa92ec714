"""How studies ran processes."""

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
    MaterialReferenceSerializer,
    PrecursorReferenceSerializer,
    ProcessReferenceSerializer,
)
from materials.choices import (
    Activation,
    Crystallinity,
    DepositedOn,
    GrowthMode,
    PhaseState,
    Reactor,
)
from materials.models import Recipe, RecipeStep

#: What both coatings and recipes give of how a film was grown.
GROWTH = (
    "activation",
    "reactor",
    "deposited_on",
    "deposition_temperature",
    "anneal_temperature",
    "anneal_time",
    "anneal_atmosphere",
    "crystallinity",
    "phase",
    "phase_state",
)


class GrowthSerializer(ReadOnly, serializers.ModelSerializer):
    """How a film was grown in one piece of work, and what came of it."""

    activation = WordField(Activation.choices)
    reactor = WordField(Reactor.choices)
    deposited_on = WordField(DepositedOn.choices)
    deposition_temperature = QuantitySerializer(allow_null=True)
    anneal_temperature = QuantitySerializer(allow_null=True)
    anneal_time = QuantitySerializer(allow_null=True)
    crystallinity = WordField(Crystallinity.choices)
    phase_state = WordField(PhaseState.choices)


class RecipeStepSerializer(ReadOnly, serializers.ModelSerializer):
    """What a recipe fed into the reactor in one step of the cycle.

    * `step`: place in the cycle, from 1
    * `pulse`: how long the precursor flows, s
    * `purge`: how long it is swept out, s
    * `wait`: how long it stays in the closed reactor, s
    * `plasma_time`: s; `plasma_power`: W
    * `carrier_flow`: flow of its carrier gas, sccm
    * `source_temperature`: at which it was kept, °C
    """

    step = serializers.IntegerField(source="position")
    precursor = PrecursorReferenceSerializer()
    pulse = QuantitySerializer(allow_null=True)
    purge = QuantitySerializer(allow_null=True)
    wait = QuantitySerializer(allow_null=True)
    plasma_time = QuantitySerializer(allow_null=True)
    plasma_power = QuantitySerializer(allow_null=True)
    carrier_flow = QuantitySerializer(allow_null=True)
    source_temperature = QuantitySerializer(allow_null=True)

    class Meta:
        model = RecipeStep
        fields = [
            "step",
            "precursor",
            "pulse",
            "purge",
            "wait",
            "plasma_time",
            "plasma_power",
            "carrier_flow",
            "source_temperature",
        ]


_NAMED = ("slug", "url", "page")
_STATED = (
    *GROWTH,
    "pressure",
    "growth_mode",
    "steps",
    "studies",
    "source",
    "notes",
    "disputed",
)


class ProcessRecipeSerializer(GrowthSerializer):
    """How one study ran a process: its temperature and what it fed in each step.

    What is not reported is `null`, or empty for a text.

    * `activation`: what drives the surface reactions
    * `reactor`: where it is no chamber with pulses in time
    * `deposited_on`: whether a battery material was coated as powder or as electrode
    * `deposition_temperature`, `anneal_temperature`: °C; `anneal_time`: h
    * `anneal_atmosphere`: gas or vacuum
    * `pressure`: in the reactor, Torr
    * `growth_mode`: whether the surface reactions end by themselves
    * `crystallinity`, `phase`: of the film; `phase_state` says when they were found
    * `studies`: the primary works, where the source cites them
    """

    url = APIURLField("recipe")
    page = PageURLField()
    pressure = QuantitySerializer(allow_null=True)
    growth_mode = WordField(GrowthMode.choices)
    steps = RecipeStepSerializer(many=True)
    studies = CitedStudySerializer(many=True)
    source = SourceSerializer()
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = Recipe
        fields = [*_NAMED, *_STATED]


class RecipeSerializer(ProcessRecipeSerializer):
    __doc__ = ProcessRecipeSerializer.__doc__

    material = MaterialReferenceSerializer(source="process.material")
    process = ProcessReferenceSerializer()

    class Meta(ProcessRecipeSerializer.Meta):
        fields = [*_NAMED, "material", "process", *_STATED]
