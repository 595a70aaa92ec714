"""Pages of precursors, and the drawings of their structures."""

from csp.constants import NONE
from csp.decorators import csp
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag
from django.views.generic import View

from asei_db.lib.plotted import PlottedListMixin
from asei_db.lib.sections import Sections
from asei_db.lib.strips import strip
from asei_db.lib.views import LinkedDetailView, RecordListView
from literature.gathering import gather
from literature.querysets import related
from precursors.filters import PrecursorFilter
from precursors.models import Precursor

ONE_YEAR = 365 * 24 * 60 * 60  # seconds


class PrecursorListView(PlottedListMixin, RecordListView):
    queryset = Precursor.objects.for_page()
    filterset_class = PrecursorFilter
    main_filters = ("sublimation_temperature_celsius", "precursor_class", "elements")
    more_filters = ("physical_state", "material")
    list_name = "precursors:precursor-list"
    api_name = "api:precursor"
    template_name = "precursors/precursor_list.html"
    table_template_name = "precursors/_precursors.html"


def _of(precursor, name):
    """The published rows of a relation from a precursor, given its key."""
    return related(Precursor, name).published().filter(precursor=precursor)


def _entries(*path):
    """The entries of the records to which a path from the steps of processes leads."""
    model = related(Precursor, "process_steps").model
    for name in path:
        model = model._meta.get_field(name).related_model
    return related(model, "entry")


def _used_by(precursor):
    """The keys of the processes that use a precursor, given its key."""
    return (
        related(Precursor, "process_steps")
        .filter(precursor=precursor)
        .order_by()
        .values("process")
    )


class PrecursorDetailView(LinkedDetailView):
    queryset = Precursor.objects.prefetch_related("elements")
    list_name = "precursors:precursor-list"
    api_name = "api:precursor"
    template_name = "precursors/precursor_detail.html"

    sections = Sections(
        temperatures=lambda key: _of(key, "sublimation_temperatures").joined(),
        recipe_steps=lambda key: _of(key, "recipe_steps").exclude(
            source_temperature_as_reported=""
        ),
        measurements=lambda key: _of(key, "measurements"),
        melting_points=lambda key: _of(key, "measurements").filter(
            property="melting_point"
        ),
        processes=lambda key: _entries("process").filter(pk__in=_used_by(key)),
        coatings=lambda key: _entries("process", "coatings").filter(
            process__in=_used_by(key)
        ),
    )

    def get_context_data(self, **kwargs):
        precursor = self.object
        shown = self.linked({"precursor": precursor.slug})
        gather([precursor], *shown.values(), known=self.known)
        return super().get_context_data(
            strip=strip([(one.temperature, one) for one in shown["temperatures"]]),
            **shown,
            **kwargs,
        )


# On its own, the drawing may do nothing; inside a page, the page's policy holds.
@method_decorator(csp({"default-src": [NONE], "sandbox": True}), name="dispatch")
class PrecursorStructureView(View):
    """A precursor's structure as an image."""

    def get(self, request, slug):
        precursor = get_object_or_404(Precursor.objects.published(), slug=slug)
        if not precursor.structure_svg:
            raise Http404("This precursor has no drawing.")
        digest = precursor.structure_digest
        response = HttpResponse(precursor.structure_svg, content_type="image/svg+xml")
        # Under the address that names the drawing, it never changes.
        if request.GET.get("v") == digest:
            patch_cache_control(response, public=True, max_age=ONE_YEAR, immutable=True)
        else:
            patch_cache_control(response, public=True, no_cache=True)
        response.headers["ETag"] = etag = quote_etag(digest)
        return get_conditional_response(request, etag=etag, response=response)
