"""The pages that belong to no app: home, search over everything, and errors."""

from bisect import bisect_right
from dataclasses import dataclass

from django import forms
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import HttpResponseServerError, QueryDict
from django.shortcuts import redirect, render
from django.template import loader
from django.urls import reverse
from django.views.generic import TemplateView

from asei_db.lib import keeping
from asei_db.lib.filters import MAX_VALUE_LENGTH, SearchField
from asei_db.lib.plurals import number_of
from literature.choices import Reading
from literature.models import Study
from materials.filters import (
    CoatingFilter,
    CyclingTestFilter,
    FindingFilter,
    PropertyMeasurementFilter,
)
from materials.models import Material
from materials.search import (
    address_of_identifier,
    count_everything,
    search_everything,
    suggestions,
)
from materials.views import gain_map
from precursors.filters import PrecursorFilter
from precursors.models import Element, Precursor

LATEST = 8  # studies on the home page
_TOO_LARGE = {
    "title": "The form is too large",
    "message": (
        "It has more text, or more fields, than one page can take. Go back, take some "
        "rows or pasted lines away, save, and add them afterwards."
    ),
}


class HomeView(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        known = keeping.kept(keeping.revision(self.request), ("home",), what_is_known)
        return super().get_context_data(**known, **kwargs)


def what_is_known():
    """What the home page shows of the published data."""
    studies = Study.objects.published().filter(year__isnull=False)
    latest = studies.for_list().order_by(TruncDate("created").desc(), "-year", "slug")
    return {
        "counts": count_everything(),
        "elements": periodic_table(),
        "questions": [found for one in QUESTIONS if (found := one.answered())],
        "gains": gain_map(),
        "latest_studies": list(latest[:LATEST]),
        "years": studies_by_year(studies),
    }


@dataclass(frozen=True)
class Question:
    """A question that a list answers, with the words for how many rows it finds."""

    text: str
    list_name: str
    filterset: type
    query: str
    one: str
    several: str

    def answered(self):
        """Text, address and number of the answer in words; None without any answer."""
        found = self.filterset(QueryDict(self.query))
        if found.errors or not found.number:  # it may name what is not recorded
            return None
        url = f"{reverse(self.list_name)}?{self.query}"
        return self.text, url, number_of(found.number, self.one, self.several)


QUESTIONS = (
    Question(
        "What did coatings gain over the bare electrode?",
        "materials:cycling-list",
        CyclingTestFilter,
        "has_gain=true&order_by=-retention_gain_points",
        "test with a known gain",
        "tests with a known gain",
    ),
    Question(
        "Which precursors sublime below 60 °C?",
        "precursors:precursor-list",
        PrecursorFilter,
        "sublimation_temperature_celsius_max=60",
        "precursor",
        "precursors",
    ),
    Question(
        "Which films thinner than 10 nm were put on cathodes?",
        "materials:coating-list",
        CoatingFilter,
        "electrode_role=cathode&thickness_nm_max=10",
        "coating",
        "coatings",
    ),
    Question(
        "What was put on Li metal?",
        "materials:coating-list",
        CoatingFilter,
        "substrate=li-metal",
        "coating",
        "coatings",
    ),
    Question(
        "Which films with Li conduct better than 10⁻⁸ S cm⁻¹?",
        "materials:measurement-list",
        PropertyMeasurementFilter,
        "property=ionic_conductivity&value_min=1e-8&elements=Li",
        "measurement",
        "measurements",
    ),
    Question(
        "Which films stand air and moisture?",
        "materials:finding-list",
        FindingFilter,
        "aspect=air_stability",
        "finding",
        "findings",
    ),
)


def studies_by_year(studies):
    """(year, number of studies, share of the largest number in percent) from the first
    year of the studies to the last."""
    numbers = dict(studies.order_by().values_list("year").annotate(Count("pk")))
    if not numbers:
        return []
    most = max(numbers.values())
    return [
        (year, numbers.get(year, 0), round(100 * numbers.get(year, 0) / most))
        for year in range(min(numbers), max(numbers) + 1)
    ]


_READINGS = {
    Reading.DIGITIZED: "Measured in a plot; it may be off by the width of a mark.",
    Reading.COMPUTED: "Computed here from values that the source states.",
    Reading.ASSUMED: "The source takes it for granted and did not measure it.",
    Reading.INFERRED: "The text of the source can be read in more than one way.",
}


class HelpView(TemplateView):
    template_name = "help.html"
    extra_context = {
        "readings": [(reading.label, words) for reading, words in _READINGS.items()]
    }


class SearchForm(forms.Form):
    q = SearchField(
        max_length=MAX_VALUE_LENGTH, required=False, label="Search everything"
    )


class SearchView(TemplateView):
    template_name = "search.html"

    def get(self, request):
        form = SearchForm(request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        if address := address_of_identifier(text):
            return redirect(address)
        as_typed = "as_typed" in request.GET
        everything, instead = search_everything(text, as_typed=as_typed)
        context = {
            "form": form,
            "text": text,
            "instead": instead,
            "searched": instead or text,
            "found": everything.read_lines(),
        }
        return self.render_to_response(context, status=200 if form.is_valid() else 400)


class SuggestionsView(TemplateView):
    """The closest records to what is typed so far; none for what cannot be searched."""

    template_name = "includes/suggestions.html"

    def get(self, request):
        form = SearchForm(request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        return self.render_to_response({"lines": suggestions(text)})


_LEVELS = (1, 3, 6, 12, 24)  # where the shades of the periodic table begin


def periodic_table():
    """Every element with its place, and the public materials and precursors with it.

    `level` is its shade by the number of materials, from 1 to 5; 0 without any.
    What is public has an entry. Lanthanides and actinides stand in rows of their own
    below, from column 3.
    """
    materials, precursors = (
        dict(
            model.objects.filter(entry__isnull=False)
            .order_by()
            .values_list("elements__symbol")
            .annotate(Count("pk"))
        )
        for model in (Material, Precursor)
    )
    return [
        {
            "element": element,
            "column": element.group or 3 + (element.atomic_number - 57) % 32,
            "row": element.period if element.group else element.period + 2,
            "materials": (number := materials.get(element.symbol, 0)),
            "precursors": precursors.get(element.symbol, 0),
            "level": bisect_right(_LEVELS, number),
        }
        for element in Element.objects.all()
    ]


def bad_request(request, exception):
    """Says what is wrong, where the exception was raised to be read by people."""
    context, status = {}, 400
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        context, status = _TOO_LARGE, 413
    elif isinstance(exception, BadRequest):
        context = {"message": str(exception)}
    return render(request, "errors/400.html", context, status=status)


def permission_denied(request, exception):
    return render(request, "errors/403.html", status=403)


def page_not_found(request, exception):
    return render(request, "errors/404.html", status=404)


def overloaded(request):
    """The page for a question that took the database too long."""
    return render(request, "errors/503.html", status=503)


def server_error(request):
    """The page for what should not happen: no query, no context."""
    return HttpResponseServerError(loader.render_to_string("errors/500.html"))
