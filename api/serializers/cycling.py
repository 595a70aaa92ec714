"""Cycling tests: conditions, points, gains."""

from rest_framework import serializers

from api.serializers.comparison import UpliftSerializer
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
    CoatingReferenceSerializer,
    SubstrateReferenceSerializer,
)
from materials.choices import CellFormat, CellType, ChargeCarrier
from materials.models import CyclingPoint, CyclingTest


class CyclingConditionsSerializer(ReadOnly, serializers.ModelSerializer):
    """The conditions of a galvanostatic test.

    * `cell_type`, `cell_format`, `cell_count`: `null` where not known
    * `counter_electrode`, `electrolyte`, `electrolyte_additive`, `capacity_basis`:
      empty where not known
    * `charge_carrier`: the ion that moves between the electrodes; `null` where the
      source does not say
    * `mass_loading`: active material on the electrode, mg/cm²
    * `lithium_thickness`: of the metal anode that was put in, µm
    * `np_ratio`: capacity of the negative per that of the positive electrode
    * `cell_count`: like cells that stand behind the values
    * `electrolyte_volume`: µL
    * `c_rate`: 1 C is a full charge or discharge in one hour; `charge_c_rate` and
      `discharge_c_rate` where the source parts them
    * `current_density_ma_per_cm2`, `current_density_ma_per_g`: mA/cm², mA/g
    * `areal_capacity`: charge moved per area, mAh/cm²
    * `capacity_basis`: what specific capacities are per gram of
    * `temperature`: °C
    * `voltage_window`: V
    """

    cell_type = WordField(CellType.choices)
    cell_format = WordField(CellFormat.choices)
    charge_carrier = WordField(ChargeCarrier.choices)
    mass_loading = QuantitySerializer(allow_null=True)
    lithium_thickness = QuantitySerializer(allow_null=True)
    np_ratio = QuantitySerializer(allow_null=True)
    electrolyte_volume = QuantitySerializer(allow_null=True)
    c_rate = QuantitySerializer(allow_null=True)
    charge_c_rate = QuantitySerializer(allow_null=True)
    discharge_c_rate = QuantitySerializer(allow_null=True)
    current_density_ma_per_cm2 = QuantitySerializer(allow_null=True)
    current_density_ma_per_g = QuantitySerializer(allow_null=True)
    areal_capacity = QuantitySerializer(allow_null=True)
    temperature = QuantitySerializer(allow_null=True)
    voltage_window = QuantitySerializer(allow_null=True)

    class Meta:
        model = CyclingTest
        fields = [
            "cell_type",
            "cell_format",
            "charge_carrier",
            "counter_electrode",
            "mass_loading",
            "lithium_thickness",
            "np_ratio",
            "cell_count",
            "electrolyte",
            "electrolyte_additive",
            "electrolyte_volume",
            "c_rate",
            "charge_c_rate",
            "discharge_c_rate",
            "current_density_ma_per_cm2",
            "current_density_ma_per_g",
            "areal_capacity",
            "capacity_basis",
            "temperature",
            "voltage_window",
        ]


class CyclingPointSerializer(ReadOnly, serializers.ModelSerializer):
    """What a test had reached at one cycle, or at one hour of plating and stripping.

    * `cycle_number`: from 1; `null` where `time_h`, in hours, is given instead, or
      where the source states neither
    * `first_cycle`: `null`, or the values are averages over the cycles from this one to
      `cycle_number`
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
            "first_cycle",
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
    * `cycles_run`, `time_run`: how many cycles and hours the cell ran; a bound where it
      had not failed by then
    * `failure_cycles`, `failure_time`: from which cycle or hour it failed
    * `control`, `control_url`: slug and address of the test of the uncoated electrode
      in the same study
    * `uplift`: what the coating gained over the control; `null` where nothing says
    * `study`: the work that cycled the cell
    """

    url = APIURLField("cycling-test")
    page = PageURLField()
    coating = CoatingReferenceSerializer(allow_null=True)
    electrode = SubstrateReferenceSerializer()
    conditions = CyclingConditionsSerializer(source="*")
    points = CyclingPointSerializer(many=True)
    cycles_run = QuantitySerializer(allow_null=True)
    time_run = QuantitySerializer(allow_null=True)
    failure_cycles = QuantitySerializer(allow_null=True)
    failure_time = QuantitySerializer(allow_null=True)
    control = serializers.SlugField(source="control.slug", allow_null=True)
    control_url = APIURLField("cycling-test", source="control.slug", allow_null=True)
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
            "cycles_run",
            "time_run",
            "failure_cycles",
            "failure_time",
            "control",
            "control_url",
            "uplift",
            "study",
            "source",
            "notes",
            "disputed",
        ]
