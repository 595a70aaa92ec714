"""The API's views: each is a queryset, a serializer and a filter set.

Their docstrings become the API's documentation.
"""

from types import SimpleNamespace

from django.http import (
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import resolve, reverse
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from api.filters import EverythingFilter, StrictFilterBackend
from api.formats import (
    CitableMixin,
    CoverageCSVRenderer,
    DocumentsMixin,
    TableMixin,
    page_of,
)
from api.pagination import NumberedPages, WalkedPages
from api.problems import Missing
from api.schema import QuestionSchema
from api.serializers import (
    CharacterizationMethodSerializer,
    CoatingSerializer,
    ComparabilitySerializer,
    ConsensusSerializer,
    CoverageSerializer,
    CyclingTestSerializer,
    DepositionProcessSerializer,
    ElementSerializer,
    FindingSerializer,
    MatchSerializer,
    MaterialSerializer,
    PlanSerializer,
    PrecursorSerializer,
    PropertyMeasurementSerializer,
    PropertySerializer,
    RecipeSerializer,
    StudySerializer,
    SubstrateSerializer,
)
from asei_db.lib.filters import guidance, nearest
from asei_db.lib.filters.form_fields import keys_near, short
from literature import documents
from literature.filters import StudyFilter
from literature.kinds import Kind
from literature.models import Study
from materials.dictionary import entries
from materials.filters import (
    CharacterizationMethodFilter,
    CoatingFilter,
    CyclingTestFilter,
    DepositionProcessFilter,
    FindingFilter,
    MaterialFilter,
    PropertyMeasurementFilter,
    RecipeFilter,
    SubstrateFilter,
)
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingTest,
    DepositionProcess,
    Finding,
    Material,
    ProcessNeeds,
    PropertyMeasurement,
    Recipe,
    Substrate,
)
from materials.questions import (
    FEWEST_TESTS,
    MOST_TESTS,
    ComparisonQuestion,
    ConsensusQuestion,
    CoverageQuestion,
    PlannerQuestion,
)
from materials.search import Matches
from precursors.filters import ElementFilter, PrecursorFilter
from precursors.models import Element, Precursor


class ReadView:
    """Mixin for views that only answer questions.

    OPTIONS says so in every format: the methods stand in the header Allow. Answers do
    not vary by the header Accept, which nobody asks.
    """

    @property
    def default_response_headers(self):
        headers = super().default_response_headers
        return {name: headers[name] for name in headers if name != "Vary"}

    def options(self, request, *args, **kwargs):
        response = HttpResponse(status=204)
        del response.headers["Content-Type"]
        return response


class ParameterlessView(ReadView):
    """Mixin for views that take no parameter but `format`."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        StrictFilterBackend().filter_queryset(request, Study.objects.none(), self)


class Resource(ReadView, DocumentsMixin, ReadOnlyModelViewSet):
    """Published records, each answered by its document."""

    lookup_field = "slug"
    lookup_value_converter = "slug"
    pagination_class = WalkedPages

    def list(self, request):
        entries = self.filter_queryset(self.get_queryset())
        entries = entries.select_related(None).prefetch_related(None)
        keys = entries.values_list("pk", flat=True)
        chosen = request.accepted_renderer
        if getattr(chosen, "is_whole", False):
            parts = documents.in_parts(self.kind, keys, self.site)
            return chosen.answer(parts, self.serializer_class)
        page = documents.read(self.kind, self.paginate_queryset(keys), self.site)
        head = self.get_paginated_response([]).data
        return HttpResponse(page_of(head, page), content_type=chosen.media_type)

    def retrieve(self, request, slug):
        self.filter_queryset(self.get_queryset())  # refuses parameters
        body = documents.find(self.kind, slug, self.site)
        if body is None:
            raise self.missing(slug)
        chosen = request.accepted_renderer
        if getattr(chosen, "is_whole", False):
            return chosen.answer([[body]], self.serializer_class)
        return HttpResponse(body, content_type=chosen.media_type)

    def missing(self, slug):
        """That there is no such item."""
        rows = self.get_queryset().prefetch_related(None)
        return missing(slug, keys_near(rows, self.lookup_field, [slug]))

    @property
    def kind(self):
        return Kind.of(self.queryset.model)

    @property
    def site(self):
        """The address of the site, as it was asked: "https://db.example.org"."""
        return self.request.build_absolute_uri("/")[:-1]


def missing(slug, slugs):
    """That there is no such item; names the nearest of the public `slugs`."""
    near = nearest(slug, slugs)
    hint = f" {guidance(near, None)}" if near else ""
    return Missing(f"There is no “{short(slug)}” here.{hint}", near)


class CitableResource(CitableMixin, Resource):
    pass


class StudyViewSet(CitableResource):
    """Publications: those that report values, and the reviews that cite them."""

    queryset = Study.objects.published().for_list()
    serializer_class = StudySerializer
    filterset_class = StudyFilter

    def retrieve(self, request, slug):
        try:
            return super().retrieve(request, slug=slug)
        except Missing:
            kept = Study.objects.published().merged_from(slug)
            if kept is None:
                raise
            query = request.GET.urlencode()
            address = reverse("api:study-detail", args=[kept.slug])
            return HttpResponsePermanentRedirect(
                f"{address}?{query}" if query else address
            )


class PrecursorViewSet(CitableResource):
    """Chemicals that are fed into the reactor, plasmas and co-reactants included."""

    queryset = Precursor.objects.published().for_list()
    serializer_class = PrecursorSerializer
    filterset_class = PrecursorFilter


class ElementViewSet(Resource):
    """Chemical elements; an item's slug is its symbol."""

    queryset = Element.objects.published()
    serializer_class = ElementSerializer
    filterset_class = ElementFilter
    lookup_field = "symbol"
    lookup_url_kwarg = "slug"


class MaterialViewSet(CitableResource):
    """Film materials."""

    queryset = Material.objects.published().for_list()
    serializer_class = MaterialSerializer
    filterset_class = MaterialFilter


class SubstrateViewSet(CitableResource):
    """Electrodes, solid electrolytes and model surfaces that films grow on."""

    queryset = Substrate.objects.published().for_list()
    serializer_class = SubstrateSerializer
    filterset_class = SubstrateFilter


class CharacterizationMethodViewSet(CitableResource):
    """Methods by which films and coated electrodes are characterized."""

    queryset = CharacterizationMethod.objects.published().for_list()
    serializer_class = CharacterizationMethodSerializer
    filterset_class = CharacterizationMethodFilter


class DepositionProcessViewSet(CitableResource):
    """ALD and MLD chemistries: the precursors of a cycle, in order, and their film."""

    queryset = DepositionProcess.objects.published().for_list().with_recipe_steps()
    serializer_class = DepositionProcessSerializer
    filterset_class = DepositionProcessFilter


class RecipeViewSet(CitableResource):
    """How single studies ran processes: temperature, technique, steps of a cycle."""

    queryset = Recipe.objects.published().for_list()
    serializer_class = RecipeSerializer
    filterset_class = RecipeFilter


class CoatingViewSet(CitableResource):
    """Films on substrates: the rows of the literature's tables."""

    queryset = Coating.objects.published().for_list()
    serializer_class = CoatingSerializer
    filterset_class = CoatingFilter


class CyclingTestViewSet(CitableResource):
    """Galvanostatic tests of coated and bare electrodes, with what they reached."""

    queryset = CyclingTest.objects.published().for_list()
    serializer_class = CyclingTestSerializer
    filterset_class = CyclingTestFilter


class PropertyMeasurementViewSet(CitableResource):
    """Measured properties of films, bare substrates and precursors."""

    queryset = PropertyMeasurement.objects.published().for_list()
    serializer_class = PropertyMeasurementSerializer
    filterset_class = PropertyMeasurementFilter


class FindingViewSet(CitableResource):
    """What studies conclude without a number: better, worse, no different, observed."""

    queryset = Finding.objects.published().for_list()
    serializer_class = FindingSerializer
    filterset_class = FindingFilter


RESOURCES = [
    StudyViewSet,
    PrecursorViewSet,
    ElementViewSet,
    MaterialViewSet,
    SubstrateViewSet,
    CharacterizationMethodViewSet,
    DepositionProcessViewSet,
    RecipeViewSet,
    CoatingViewSet,
    CyclingTestViewSet,
    PropertyMeasurementViewSet,
    FindingViewSet,
]


class PropertyViewSet(ReadView, TableMixin, GenericViewSet):
    """The dictionary: every quantity with its definition, unit, and where it stands."""

    queryset = PropertyMeasurement.objects.published()
    serializer_class = PropertySerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"

    def list(self, request):
        entries = self._entries()
        page = self.paginate_queryset(entries)
        if page is None:
            return Response(self.get_serializer(entries, many=True).data)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request, slug):
        entries = {entry.slug: entry for entry in self._entries()}
        if slug not in entries:
            raise missing(slug, entries)
        return Response(self.get_serializer(entries[slug]).data)

    def _entries(self):
        counts = self.filter_queryset(self.get_queryset()).count_by_property()
        return [
            SimpleNamespace(
                **vars(entry), page=None, measurement_count=counts.get(entry.slug, 0)
            )
            for entry in entries()
        ]


class SearchView(ReadView, TableMixin, ListAPIView):
    """One search over everything, the closest records and their kinds first."""

    basename = "search"
    detail = False
    queryset = Study.objects.none()
    serializer_class = MatchSerializer
    filterset_class = EverythingFilter

    def filter_queryset(self, queryset):
        super().filter_queryset(queryset)  # refuses bad parameters
        return Matches(self.request.query_params["q"])


class AnalysisView(ReadView, GenericAPIView):
    """A view whose filter set gives the answer, in one piece."""

    detail = False
    pagination_class = None

    @property
    def question(self):
        return StrictFilterBackend().get_valid_filterset(
            self.request, self.get_queryset(), self
        )


class ComparabilityView(AnalysisView):
    """In which conditions 2–8 cycling tests agree, differ, or do not say."""

    queryset = CyclingTest.objects.published()
    serializer_class = ComparabilitySerializer
    filterset_class = ComparisonQuestion
    schema = QuestionSchema()

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "test",
                {
                    "type": "array",
                    "items": {"type": "string"},
                    "minItems": FEWEST_TESTS,
                    "maxItems": MOST_TESTS,
                },
                required=True,
                style="form",
                explode=True,
                description=f"Cycling tests, from {FEWEST_TESTS} to {MOST_TESTS}.",
            )
        ]
    )
    def get(self, request):
        return Response(self.get_serializer(self.question.answer).data)


class CoverageView(AnalysisView):
    """Films against what they were put on, filtered as the coatings are.

    Empty cells are kept: nobody has published such a coating here. With `format=csv`,
    the same as a table with a row for each cell.
    """

    basename = "coverage"
    queryset = Coating.objects.published()
    serializer_class = CoverageSerializer
    filterset_class = CoverageQuestion
    renderer_classes = [*GenericAPIView.renderer_classes, CoverageCSVRenderer]
    schema = QuestionSchema()

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "format", enum=["json", "csv"], description="Of the answer."
            )
        ],
        responses={
            (200, "application/json"): CoverageSerializer,
            (200, "text/csv"): str,
        },
    )
    def get(self, request):
        question = self.question
        rows, columns, value = question.axes
        coverage = question.answer
        answer = {
            "axes": {"rows": rows, "columns": columns, "value": value},
            "rows": coverage.rows,
            "columns": coverage.columns,
            "rows_left_out": coverage.rows_left_out,
            "columns_left_out": coverage.columns_left_out,
            "cells": coverage.values(value),
        }
        return Response(self.get_serializer(answer).data)


class ConsensusView(TableMixin, AnalysisView, ListAPIView):
    """What studies agree on of a material or a process, property by property.

    Needs one material or one process. Gives each property of which there are two
    values, with its median, of how many studies it is, and why the other values are not
    counted.
    """

    basename = "consensus"
    pagination_class = NumberedPages
    queryset = PropertyMeasurement.objects.published()
    serializer_class = ConsensusSerializer
    filterset_class = ConsensusQuestion

    def filter_queryset(self, queryset):
        return self.question.answer


class PlannerView(TableMixin, AnalysisView, ListAPIView):
    """Which processes a laboratory can run, and why not the others.

    Needs at least one of a temperature limit, a substrate and precursors at hand. What
    is not given is not checked. The most feasible come first.
    """

    basename = "planner"
    pagination_class = NumberedPages
    queryset = ProcessNeeds.objects.all()
    serializer_class = PlanSerializer
    filterset_class = PlannerQuestion

    def filter_queryset(self, queryset):
        return self.question.answer


class RootView(ParameterlessView, APIView):
    """All there is."""

    views = {}  # what is shown → URL name

    @extend_schema(exclude=True)
    def get(self, request):
        return Response(
            {
                name: request.build_absolute_uri(reverse(f"api:{view}"))
                for name, view in self.views.items()
            }
        )


class StartView(ParameterlessView, APIView):
    """Leads to the documentation."""

    schema = None

    def get(self, request):
        return HttpResponseRedirect(reverse("api:docs"))


class NotFoundView(ReadView, APIView):
    """Answers for every address of the API that does not exist.

    One that lacks only its last slash leads there; it is asked there, not here, what
    may be done.
    """

    schema = None
    views = {}  # the last part of a known address → URL name

    def dispatch(self, request, *args, **kwargs):
        if not request.path_info.endswith("/"):
            match = resolve(f"{request.path_info}/")
            if match.url_name and request.method in ("GET", "HEAD"):
                address = request.get_full_path(force_append_slash=True)
                return HttpResponsePermanentRedirect(address)
            if match.url_name:
                return match.func(request, *match.args, **match.kwargs)
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request, *args, **kwargs):
        near = next(
            (
                found
                for part in request.path_info.split("/")[2:]
                if (found := nearest(part, self.views))
            ),
            "",
        )
        address = reverse(f"api:{self.views.get(near, 'root')}")
        raise Missing(f"There is nothing at this address; see {address}.", address)


class SchemaView(ParameterlessView, SpectacularAPIView):
    """OpenAPI schema of this API; as YAML with `format=yaml`."""

    renderer_classes = [OpenApiJsonRenderer2, OpenApiYamlRenderer2]


class DocsView(ReadView, SpectacularSwaggerView):
    """The API's documentation, to read and to try."""

    url_name = "api:schema"
    template_name = "api/docs.html"
