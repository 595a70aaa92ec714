"""Addresses of the REST API and of its documentation."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from api import viewsets

app_name = "api"

ANALYSES = {
    "comparability": viewsets.ComparabilityView,
    "consensus": viewsets.ConsensusView,
    "coverage": viewsets.CoverageView,
    "planner": viewsets.PlannerView,
}

router = SimpleRouter(use_regex_path=False)
router.register("studies", viewsets.StudyViewSet, "study")
router.register("precursors", viewsets.PrecursorViewSet, "precursor")
router.register("materials", viewsets.MaterialViewSet, "material")
router.register("substrates", viewsets.SubstrateViewSet, "substrate")
router.register(
    "characterization-methods",
    viewsets.CharacterizationMethodViewSet,
    "characterization-method",
)
router.register("processes", viewsets.DepositionProcessViewSet, "process")
router.register("recipes", viewsets.RecipeViewSet, "recipe")
router.register("coatings", viewsets.CoatingViewSet, "coating")
router.register("cycling-tests", viewsets.CyclingTestViewSet, "cycling-test")
router.register("measurements", viewsets.PropertyMeasurementViewSet, "measurement")
router.register("findings", viewsets.FindingViewSet, "finding")
router.register("properties", viewsets.PropertyViewSet, "property")
router.register("elements", viewsets.ElementViewSet, "element")

VIEWS = {name: f"{basename}-list" for name, _, basename in router.registry} | {
    name: name for name in [*ANALYSES, "search", "schema", "docs"]
}

urlpatterns = [
    path("", viewsets.StartView.as_view(), name="start"),
    path("docs/", viewsets.DocsView.as_view(), name="docs"),
    path("v1/", viewsets.RootView.as_view(views=VIEWS), name="root"),
    *(
        path(f"v1/{name}/", view.as_view(), name=name)
        for name, view in ANALYSES.items()
    ),
    path("v1/search/", viewsets.SearchView.as_view(), name="search"),
    path("v1/schema/", viewsets.SchemaView.as_view(), name="schema"),
    path("v1/", include(router.urls)),
    # Without a name: it is no address that can be asked for.
    re_path(r"^[\s\S]*$", viewsets.NotFoundView.as_view(views=VIEWS)),
]
