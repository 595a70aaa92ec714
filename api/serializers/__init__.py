"""What the API says of each record; every serializer lists its fields by hand."""

from api.serializers.analysis import CoverageSerializer, PlanSerializer
from api.serializers.coatings import CoatingSerializer
from api.serializers.comparison import ComparabilitySerializer
from api.serializers.consensus import ConsensusSerializer
from api.serializers.cycling import CyclingTestSerializer
from api.serializers.findings import FindingSerializer
from api.serializers.literature import StudySerializer
from api.serializers.materials import (
    CharacterizationMethodSerializer,
    DepositionProcessSerializer,
    MaterialSerializer,
    SubstrateSerializer,
)
from api.serializers.measurements import (
    PropertyMeasurementSerializer,
    PropertySerializer,
)
from api.serializers.precursors import ElementSerializer, PrecursorSerializer
from api.serializers.recipes import RecipeSerializer
from api.serializers.search import MatchSerializer

__all__ = [
    "CharacterizationMethodSerializer",
    "CoatingSerializer",
    "ComparabilitySerializer",
    "ConsensusSerializer",
    "CoverageSerializer",
    "CyclingTestSerializer",
    "DepositionProcessSerializer",
    "ElementSerializer",
    "FindingSerializer",
    "MatchSerializer",
    "MaterialSerializer",
    "PlanSerializer",
    "PrecursorSerializer",
    "PropertyMeasurementSerializer",
    "PropertySerializer",
    "RecipeSerializer",
    "StudySerializer",
    "SubstrateSerializer",
]
