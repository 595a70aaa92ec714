"""Films, what they grow on, how they are characterized, and how they grow."""

from rest_framework import serializers

from api.serializers.fields import (
    APIURLField,
    DisputedField,
    NotesField,
    PageURLField,
    ReadOnly,
    ReferencesField,
    TextListField,
    WordField,
)
from api.serializers.literature import CitedStudySerializer, SourceSerializer
from api.serializers.quantities import QuantitySerializer
from api.serializers.recipes import ProcessRecipeSerializer
from api.serializers.references import (
    MaterialReferenceSerializer,
    ProcessStepSerializer,
)
from asei_db.lib.quantities import QUALIFIERS
from materials.choices import (
    DepositionMethod,
    ElectrodeRole,
    HostFamily,
    Mimicry,
    SeiConstituent,
    SeiLayer,
)
from materials.models import (
    CharacterizationMethod,
    DepositionProcess,
    Material,
    SeiRelation,
    Substrate,
)


class ProcessLinkSerializer(ReadOnly, serializers.ModelSerializer):
    """A deposition process, by slug."""

    url = APIURLField("process")

    class Meta:
        model = DepositionProcess
        fields = ["slug", "url"]


class SeiRelationSerializer(ReadOnly, serializers.ModelSerializer):
    """What one study says that a film is to a natural SEI.

    * `role`: it mimics the constituent, creates it, or does not mimic
    * `constituent`: `null` where the study speaks of the natural SEI as a whole
    * `layer`: of a natural SEI, in which the constituent stands; `null` if not known
    * `mimicry`: how closely the film mimics; `null` where the source does not say
    * `studies`: the primary works, where the source cites them
    """

    constituent = WordField(SeiConstituent.choices)
    layer = WordField(SeiLayer.choices)
    mimicry = WordField(Mimicry.choices)
    studies = CitedStudySerializer(many=True)
    source = SourceSerializer()
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = SeiRelation
        fields = [
            "role",
            "constituent",
            "layer",
            "mimicry",
            "studies",
            "source",
            "notes",
            "disputed",
        ]


class MaterialSerializer(ReadOnly, serializers.ModelSerializer):
    """One film material.

    * `formula`: empty where there is none
    * `elements`: symbols, by atomic number
    * `is_stoichiometric`: `null` where not known
    * `sei_constituents`: what studies say that it is to natural interphases
    * `processes`: those that grow it, the first 100 of `process_count`
    * `source`: where the record was read; `null` while that study is not published
    """

    url = APIURLField("material")
    page = PageURLField()
    synonyms = TextListField()
    elements = ReferencesField("symbol", many=True, read_only=True)
    sei_constituents = SeiRelationSerializer(source="sei_relations", many=True)
    processes = ProcessLinkSerializer(source="first_processes", many=True)
    process_count = serializers.IntegerField()
    source = SourceSerializer(allow_null=True)
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = Material
        fields = [
            "slug",
            "url",
            "page",
            "name",
            "synonyms",
            "formula",
            "material_class",
            "elements",
            "is_stoichiometric",
            "sei_constituents",
            "processes",
            "process_count",
            "source",
            "notes",
            "disputed",
        ]


class SubstrateSerializer(ReadOnly, serializers.ModelSerializer):
    """One electrode, solid electrolyte or model surface that films grow on.

    * `acronym`: as the field calls it, e.g. NMC811; empty where there is none
    * `electrode_role`: what it is in the cells of the studies; `null` if in none
    * `host_family`: of active materials and electrolytes; `null` if it is neither
    * `formula`: empty where there is none
    * `elements`: symbols, by atomic number
    * `thermal_limit`: highest temperature that it stands, °C; `thermal_limit_source`
      says where that comes from
    * `source`: where the record was read; `null` while that study is not published
    """

    url = APIURLField("substrate")
    page = PageURLField()
    synonyms = TextListField()
    electrode_role = WordField(ElectrodeRole.choices)
    host_family = WordField(HostFamily.choices)
    elements = ReferencesField("symbol", many=True, read_only=True)
    thermal_limit = QuantitySerializer(allow_null=True)
    source = SourceSerializer(allow_null=True)
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = Substrate
        fields = [
            "slug",
            "url",
            "page",
            "name",
            "acronym",
            "synonyms",
            "substrate_class",
            "electrode_role",
            "host_family",
            "formula",
            "elements",
            "thermal_limit",
            "thermal_limit_source",
            "source",
            "notes",
            "disputed",
        ]


class CharacterizationMethodSerializer(ReadOnly, serializers.ModelSerializer):
    """One characterization method.

    * `variants`: other acronyms under which it is printed, e.g. FE-SEM of SEM
    * `source`: where the record was read; `null` while that study is not published
    """

    url = APIURLField("characterization-method")
    page = PageURLField()
    variants = TextListField()
    source = SourceSerializer(allow_null=True)
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = CharacterizationMethod
        fields = [
            "slug",
            "url",
            "page",
            "acronym",
            "name",
            "category",
            "variants",
            "source",
            "notes",
            "disputed",
        ]


class ReportedSourceSerializer(SourceSerializer):
    """Where the value of a process was read; as of every value."""

    def get_attribute(self, value):
        return super().get_attribute(value.record)


class ReportedValueSerializer(ReadOnly, serializers.Serializer):
    """A quantity that was published of a process, and where it was read.

    * `as_reported`, `qualifier`, `min`, `max`, `unit`: as in `Quantity`
    """

    as_reported = serializers.CharField(source="quantity.as_reported")
    qualifier = serializers.ChoiceField(QUALIFIERS, source="quantity.qualifier")
    min = serializers.FloatField(source="quantity.minimum", allow_null=True)
    max = serializers.FloatField(source="quantity.maximum", allow_null=True)
    unit = serializers.CharField(source="quantity.unit")
    source = ReportedSourceSerializer()


class DepositionProcessSerializer(ReadOnly, serializers.ModelSerializer):
    """One ALD or MLD chemistry: the precursors of a cycle, in order, and its film.

    * `method`: `null` where the source does not name it
    * `is_complete`: `false` where the source names only some of the precursors, or none
    * `deposition_temperature`: what is said of the process itself, °C
    * `growth_per_cycle`: likewise, thickness gained per cycle, Å/cycle
    * `deposition_temperatures`, `growths_per_cycle`: what is published and not
      disputed, that of the process itself first, then those of its recipes or what
      was measured of it, then those of its coatings; of at most 100 of each kind
    * `recipes`: how single studies ran it, the first 100 of `recipe_count`
    * `disputed`: whether what is said of the process itself is disputed
    * `studies`: the primary works, where the source cites them
    * `source`: where the record was read; `null` while that study is not published
    """

    url = APIURLField("process")
    page = PageURLField()
    material = MaterialReferenceSerializer()
    method = WordField(DepositionMethod.choices)
    precursors = ProcessStepSerializer(source="steps", many=True)
    deposition_temperature = QuantitySerializer(
        source="stated.deposition_temperature", allow_null=True
    )
    growth_per_cycle = QuantitySerializer(
        source="stated.growth_per_cycle", allow_null=True
    )
    deposition_temperatures = ReportedValueSerializer(many=True)
    growths_per_cycle = ReportedValueSerializer(many=True)
    recipes = ProcessRecipeSerializer(source="published_recipes", many=True)
    recipe_count = serializers.IntegerField()
    studies = CitedStudySerializer(many=True)
    source = SourceSerializer(allow_null=True)
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = DepositionProcess
        fields = [
            "slug",
            "url",
            "page",
            "material",
            "method",
            "precursors",
            "is_complete",
            "deposition_temperature",
            "growth_per_cycle",
            "deposition_temperatures",
            "growths_per_cycle",
            "recipes",
            "recipe_count",
            "studies",
            "source",
            "notes",
            "disputed",
        ]
