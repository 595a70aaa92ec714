"""Pages of materials, substrates, methods, processes, coatings, tests and analyses."""

from materials.views.compare import CompareView
from materials.views.findings import FindingListView
from materials.views.measurements import MeasurementListView
from materials.views.questions import ExploreView, PlannerView, gain_map
from materials.views.records import (
    CoatingDetailView,
    CoatingListView,
    CyclingDetailView,
    CyclingListView,
    MaterialDetailView,
    MaterialListView,
    MethodDetailView,
    MethodListView,
    ProcessDetailView,
    ProcessListView,
    ReviewTableView,
    ShoppingListView,
    SubstrateDetailView,
    SubstrateListView,
)

__all__ = [
    "CoatingDetailView",
    "CoatingListView",
    "CompareView",
    "CyclingDetailView",
    "CyclingListView",
    "ExploreView",
    "FindingListView",
    "MaterialDetailView",
    "MaterialListView",
    "MeasurementListView",
    "MethodDetailView",
    "MethodListView",
    "PlannerView",
    "ProcessDetailView",
    "ProcessListView",
    "ReviewTableView",
    "ShoppingListView",
    "SubstrateDetailView",
    "SubstrateListView",
    "gain_map",
]
