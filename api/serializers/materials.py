"""Films, what they grow on, how they grow, and how the coated cells cycled."""

from rest_framework import serializers

from api.serializers.comparison import UpliftSerializer
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
from api.serializers.precursors import PrecursorReferenceSerializer
from api.serializers.quantities import QuantitySerializer
from materials.choices import CellType, DepositionMethod, ReviewCategory
from materials.models import (
    CharacterizationMethod,
    CharacterizationUse,
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    Material,
    ProcessStep,
    PropertyMeasurement,
    Substrate,
)

# What one record says of another that it refers to


class MaterialReferenceSerializer(ReadOnly, serializers.ModelSerializer):
    """A material, by slug and name."""

    class Meta:
        model = Material
        fields = ["slug", "name"]


class SubstrateReferenceSerializer(ReadOnly, serializers.ModelSerializer):
    """A substrate, by slug and name."""

    class Meta:
        model = Substrate
        fields = ["slug", "name", "substrate_class"]


class ProcessStepSerializer(ReadOnly, serializers.ModelSerializer):
    """One precursor pulse in the cycle of a process.

    * `slug`, `acronym`: the precursor's; `acronym` is its name where it has none
    * `step`: place in the cycle, from 1
    * `optional`: some sources leave the step out
    """

    slug = serializers.SlugField(source="precursor.slug")
    acronym = serializers.CharField(source="precursor.label")
    step = serializers.IntegerField(source="position")
    optional = serializers.BooleanField(source="is_optional")

    class Meta:
        model = ProcessStep
        fields = ["slug", "acronym", "step", "optional"]


class ProcessReferenceSerializer(ReadOnly, serializers.ModelSerializer):
    """A deposition process, by slug and precursors in order."""

    precursors = ProcessStepSerializer(source="steps", many=True)

    class Meta:
        model = DepositionProcess
        fields = ["slug", "precursors"]


class CoatingReferenceSerializer(ReadOnly, serializers.ModelSerializer):
    """A coating, by slug, material, process and substrate."""

    material = MaterialReferenceSerializer()
    process = ProcessReferenceSerializer()
    substrate = SubstrateReferenceSerializer(allow_null=True)

    class Meta:
        model = Coating
        fields = ["slug", "material", "process", "substrate"]


# The records themselves


class MaterialSerializer(ReadOnly, serializers.ModelSerializer):
    """One film material.

    * `formula`: empty where there is none
    * `elements`: symbols, by atomic number
    * `is_stoichiometric`: `null` where not known
    * `sei_constituents`: constituents of natural interphases that it mimics
    * `processes`: slugs of the processes that grow it
    * `source`: where the record was read; `null` while that study is not published
    """

    url = APIURLField("material")
    page = PageURLField()
    synonyms = TextListField()
    elements = ReferencesField("symbol", many=True, read_only=True)
    sei_constituents = TextListField()
    processes = ReferencesField("slug", many=True, read_only=True)
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
            "source",
            "notes",
            "disputed",
        ]


class SubstrateSerializer(ReadOnly, serializers.ModelSerializer):
    """One electrode, solid electrolyte or model surface that films grow on.

    * `formula`: empty where there is none
    * `elements`: symbols, by atomic number
    * `thermal_limit`: highest temperature that it stands, °C; `thermal_limit_source`
      says where that comes from
    * `source`: where the record was read; `null` while that study is not published
    """

    url = APIURLField("substrate")
    page = PageURLField()
    synonyms = TextListField()
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
            "synonyms",
            "substrate_class",
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


class DepositionProcessSerializer(ReadOnly, serializers.ModelSerializer):
    """One ALD or MLD chemistry: the precursors of a cycle, in order, and its film.

    * `method`: ALD, MLD or ALD/MLD; `null` where the source does not name it
    * `is_complete`: `false` where the source names only some of the precursors, or none
    * `deposition_temperature`: °C
    * `growth_per_cycle`: thickness gained per cycle, Å/cycle
    * `studies`: the primary works, where the source cites them
    * `source`: where the record was read; `null` while that study is not published
    """

    url = APIURLField("process")
    page = PageURLField()
    material = MaterialReferenceSerializer()
    method = WordField(DepositionMethod.labels, source="get_method_display")
    precursors = ProcessStepSerializer(source="steps", many=True)
    deposition_temperature = QuantitySerializer(
        source="stated.deposition_temperature", allow_null=True
    )
    growth_per_cycle = QuantitySerializer(
        source="stated.growth_per_cycle", allow_null=True
    )
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
            "studies",
            "source",
            "notes",
            "disputed",
        ]


class CharacterizationUseSerializer(ReadOnly, serializers.ModelSerializer):
    """One method that was used on a coating.

    * `acronym`, `slug`: the method's
    * `as_reported`: the variant as printed, e.g. FE-SEM
    * `remark`: e.g. "initial lithiation only"; mostly empty
    """

    acronym = serializers.CharField(source="method.acronym")
    slug = serializers.SlugField(source="method.slug")

    class Meta:
        model = CharacterizationUse
        fields = ["acronym", "as_reported", "slug", "remark"]


class CoatingSerializer(ReadOnly, serializers.ModelSerializer):
    """One film on one substrate in one piece of work: a row of a table.

    * `method`: ALD, MLD or ALD/MLD; `null` where the source does not name it
    * `substrate`: `null` where the source says "various"
    * `substrate_preparation`: of the substrate or electrode, as printed
    * `thickness`: nm
    * `deposition_cycle_count`: number of ALD or MLD cycles
    * `studies`: the primary works, where the source cites them
    * `review_category`: which of the review's tables it stands in; `null` for none
    * `material_as_reported`, `precursors_as_reported`, `substrate_as_reported`,
      `characterization_as_reported`: the cells as printed, errors included
    """

    url = APIURLField("coating")
    page = PageURLField()
    material = MaterialReferenceSerializer()
    method = WordField(DepositionMethod.labels, source="process.get_method_display")
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


class PropertyMeasurementSerializer(ReadOnly, serializers.ModelSerializer):
    """One value of one property of a film, a bare substrate or a precursor.

    * `property`: see `/api/v1/properties/`, which defines it and its unit
    * `quantity`: the value
    * `temperature`: at which it was measured, °C
    * `material`, `process`, `coating`, `substrate`, `precursor`: what was measured; the
      other four are `null`
    * `control`: slug of the measurement of the bare substrate in the same study
    * `studies`: the primary works, where the source cites them
    * `disputed`: the value is disputed and left out of rankings
    """

    url = APIURLField("measurement")
    page = PageURLField()
    quantity = QuantitySerializer(source="value")
    temperature = QuantitySerializer(allow_null=True)
    material = MaterialReferenceSerializer(allow_null=True)
    process = ProcessReferenceSerializer(allow_null=True)
    coating = CoatingReferenceSerializer(allow_null=True)
    substrate = SubstrateReferenceSerializer(allow_null=True)
    precursor = PrecursorReferenceSerializer(allow_null=True)
    control = serializers.SlugField(source="control.slug", allow_null=True)
    studies = CitedStudySerializer(many=True)
    source = SourceSerializer()
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = PropertyMeasurement
        fields = [
            "slug",
            "url",
            "page",
            "property",
            "quantity",
            "temperature",
            "material",
            "process",
            "coating",
            "substrate",
            "precursor",
            "control",
            "studies",
            "source",
            "notes",
            "disputed",
        ]


class PropertySerializer(ReadOnly, serializers.Serializer):
    """One measured property: its definition, and the unit of its values.

    * `page`: always `null`: measurements stand on the pages of what was measured
    * `measurement_count`: number of measurements in the database
    """

    slug = serializers.CharField()
    url = APIURLField("property")
    page = serializers.URLField(allow_null=True)
    name = serializers.CharField()
    definition = serializers.CharField()
    unit = serializers.CharField()
    measurement_count = serializers.IntegerField()


class CyclingConditionsSerializer(ReadOnly, serializers.ModelSerializer):
    """The conditions of a galvanostatic test.

    * `cell_type`: `null` where not reported; `counter_electrode`, `electrolyte`: empty
    * `c_rate`: 1 C is a full charge or discharge in one hour
    * `current_density_ma_per_cm2`, `current_density_ma_per_g`: mA/cm², mA/g
    * `areal_capacity`: charge moved per area, mAh/cm²
    * `temperature`: °C
    * `voltage_window`: V
    """

    cell_type = WordField(CellType.choices)
    c_rate = QuantitySerializer(allow_null=True)
    current_density_ma_per_cm2 = QuantitySerializer(allow_null=True)
    current_density_ma_per_g = QuantitySerializer(allow_null=True)
    areal_capacity = QuantitySerializer(allow_null=True)
    temperature = QuantitySerializer(allow_null=True)
    voltage_window = QuantitySerializer(allow_null=True)

    class Meta:
        model = CyclingTest
        fields = [
            "cell_type",
            "counter_electrode",
            "electrolyte",
            "c_rate",
            "current_density_ma_per_cm2",
            "current_density_ma_per_g",
            "areal_capacity",
            "temperature",
            "voltage_window",
        ]


class CyclingPointSerializer(ReadOnly, serializers.ModelSerializer):
    """What a test had reached at one cycle, or at one hour of plating and stripping.

    * `cycle_number`: from 1; `null` where `time_h`, in hours, is given instead, or
      where the source states neither
    * `specific_capacity`, `areal_capacity`: mAh/g, mAh/cm²
    * `capacity_retention`, `coulombic_efficiency`: %
    * `overpotential`: mV
    """

    specific_capacity = QuantitySerializer(allow_null=True)
    areal_capacity = QuantitySerializer(allow_null=True)
    capacity_retention = QuantitySerializer(allow_null=True)
    coulombic_efficiency = QuantitySerializer(allow_null=True)
    overpotential = QuantitySerializer(allow_null=True)

    class Meta:
        model = CyclingPoint
        fields = [
            "cycle_number",
            "time_h",
            "specific_capacity",
            "areal_capacity",
            "capacity_retention",
            "coulombic_efficiency",
            "overpotential",
            "remark",
        ]


class CyclingTestSerializer(ReadOnly, serializers.ModelSerializer):
    """One galvanostatic test of one cell.

    * `coating`: `null` for an uncoated control
    * `electrode`: the electrode under test
    * `points`: what it had reached, in order of cycles and hours
    * `cycle_life`, `lifetime`: how many cycles and hours the cell ran; a bound where it
      had not failed by then
    * `control`: slug of the test of the uncoated electrode in the same study
    * `uplift`: what the coating gained over the control; `null` where nothing tells
    * `study`: the work that cycled the cell
    """

    url = APIURLField("cycling-test")
    page = PageURLField()
    coating = CoatingReferenceSerializer(allow_null=True)
    electrode = SubstrateReferenceSerializer()
    conditions = CyclingConditionsSerializer(source="*")
    points = CyclingPointSerializer(many=True)
    cycle_life = QuantitySerializer(allow_null=True)
    lifetime = QuantitySerializer(allow_null=True)
    control = serializers.SlugField(source="control.slug", allow_null=True)
    uplift = UpliftSerializer(allow_null=True)
    study = CitedStudySerializer()
    source = SourceSerializer()
    notes = NotesField()
    disputed = DisputedField()

    class Meta:
        model = CyclingTest
        fields = [
            "slug",
            "url",
            "page",
            "coating",
            "electrode",
            "conditions",
            "points",
            "cycle_life",
            "lifetime",
            "control",
            "uplift",
            "study",
            "source",
            "notes",
            "disputed",
        ]
