"""Pages that answer a question over all records: the coverage map and the planner."""

from bisect import bisect_right
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from asei_db.lib.plurals import number_of
from asei_db.lib.quantities import Quantity
from asei_db.lib.views import QuestionView
from literature.entries import listed
from materials.analysis.coverage import CELL_VALUES, COLUMNS, ROWS
from materials.analysis.planner import Verdict
from materials.analysis.uses import give_uses
from materials.analysis.values import report
from materials.choices import FilmFamily
from materials.models import Coating, ProcessNeeds, Substrate
from materials.questions import CoverageQuestion, PlannerQuestion
from materials.views.records import CoatingListView

#: Rows and as many columns of the map, and numbers in it, that the page shows at most.
MOST_HEADINGS, MOST_NUMBERS = 100, 600
#: With more cells than this, each is but its number and its address.
_MOST_WORDS = 1000
# Where the colors of the map begin: five of counts, and three of gains on either side
# of about none.
_COUNTS = (1, 2, 3, 5, 10)
_GAINS = (float("-inf"), -10, -5, -1, 1, 5, 10)

#: Processes of each verdict that the planner's page shows, and all that it shows where
#: verdicts are asked for. The API has all.
FIRST_PLANS, MOST_PLANS = 10, 100
# In the order in which the planner's page lists them.
_VERDICTS = (
    Verdict.FEASIBLE,
    Verdict.MARGINAL,
    Verdict.NOT_FEASIBLE,
    Verdict.UNKNOWN,
)
#: Shown with their growth and use, and not folded.
_DETAILED = (Verdict.FEASIBLE, Verdict.MARGINAL)


@dataclass(frozen=True)
class LinkedHeading:
    """A row or column as the map shows it; `url` is None where there is no more.

    `family` is the `FilmFamily` of a class of films.
    """

    label: str
    url: str | None
    family: FilmFamily | None = None


@dataclass(frozen=True)
class Cell:
    """A cell as the map shows it.

    * `text`: its number; "" where there is no coating, "–" where no test states a gain
    * `words`: the same in words, without the text
    * `level`: its color, `level-…` of `map.css`, e.g. "3", or "gain-7" of a gain; "0"
      without a number
    """

    text: str
    words: str
    level: str = "0"
    url: str | None = None


_GAIN_MAP = {
    "rows": "material_class",
    "columns": "substrate_class",
    "value": "uplift",
}


class ExploreView(QuestionView):
    queryset = Coating.objects.published()
    api_view = "api:coverage"
    filterset_class = CoverageQuestion
    defaults = {
        "rows": "material_class",
        "columns": "substrate_class",
        "value": "coatings",
    }
    main_filters = CoatingListView.main_filters
    more_filters = CoatingListView.more_filters
    display_parameters = tuple(defaults)
    template_name = "materials/explore.html"
    partial_template_name = "materials/_coverage.html"

    def get_context_data(self, **kwargs):
        form = self.filterset.form
        return super().get_context_data(
            search_field=form["q"],
            choosers=[
                (form["rows"], _choices(ROWS)),
                (form["columns"], _choices(COLUMNS)),
                (form["value"], CELL_VALUES.items()),
            ],
            **kwargs,
        )

    def answer(self):
        self.rows, self.columns, self.value = self.filterset.axes
        coverage = self.filterset.covered(MOST_HEADINGS, MOST_NUMBERS)
        cells = [cell for row in coverage.cells for cell in row]
        return {
            "axes": f"{_words(self.rows)} × {_words(self.columns)}",
            "value_label": CELL_VALUES[self.value],
            "columns": [self.heading(self.columns, one) for one in coverage.columns],
            "rows": self.by_family(
                (
                    self.heading(self.rows, row),
                    [
                        self.cell(row, column, cell)
                        for column, cell in zip(coverage.columns, values, strict=True)
                    ],
                )
                for row, values in zip(coverage.rows, coverage.cells, strict=True)
            ),
            "legend": _legend(_GAINS if self.value == "uplift" else _COUNTS),
            "is_uplift": self.value == "uplift",
            "rows_left_out": coverage.rows_left_out,
            "columns_left_out": coverage.columns_left_out,
            "is_terse": len(cells) > _MOST_WORDS,
            "coating_count": sum(cell.coatings for cell in cells),
            "cell_count": len(cells),
            "empty_count": sum(not cell.coatings for cell in cells),
            "list_url": self.coatings_url({}),
            "csv_url": self.address(
                reverse(self.api_view), self.query_with({"format": "csv"})
            ),
        }

    def by_family(self, rows):
        """The rows in their order; classes of films next to those of their family."""
        if self.rows != "material_class":
            return [*rows]
        families = [*FilmFamily]
        return sorted(rows, key=lambda row: families.index(row[0].family))

    def heading(self, axis, heading):
        """A class leads to the map of its members, a member to its page."""
        if heading.key is None:
            return LinkedHeading(heading.label, None)
        if axis in ("material", "substrate"):
            url = reverse(f"materials:{axis}-detail", args=[heading.key])
            return LinkedHeading(heading.label, url)
        zoomed = {"rows": "material"} if axis in ROWS else {"columns": "substrate"}
        query = self.query_with({axis: heading.key} | zoomed)
        url = self.address(reverse("materials:explore"), query)
        family = FilmFamily.of(heading.key) if axis == "material_class" else None
        return LinkedHeading(heading.label, url, family)

    def cell(self, row, column, cell):
        on = column.label if column.key else "various substrates"
        pair = f"{row.label} on {on}"
        if not cell.coatings:
            return Cell("", f"No coating of {pair}")
        # A film of several materials, or on several substrates, is several coatings.
        substrate = (
            {self.columns: column.key} if column.key else {"various_substrates": "true"}
        )
        url = self.coatings_url({self.rows: row.key} | substrate)
        coatings = f"{number_of(cell.coatings, 'coating')} of {pair}"
        if self.value == "coatings":
            words = coatings.split(" ", 1)[1]
            return Cell(str(cell.coatings), words, _level(_COUNTS, cell.coatings), url)
        if self.value == "studies":
            words = f"{'study' if cell.studies == 1 else 'studies'} of {pair}"
            return Cell(str(cell.studies), words, _level(_COUNTS, cell.studies), url)
        if cell.uplift is None:
            return Cell(
                "–", f"{coatings}, none with a gain that can be computed", "0", url
            )
        gain = Quantity(cell.uplift, cell.uplift)
        text = str(gain) if cell.uplift <= 0 else f"+{gain}"
        words = f"percentage points, the best of {coatings}"
        return Cell(text, words, f"gain-{_level(_GAINS, cell.uplift)}", url)

    def coatings_url(self, parameters):
        query = self.query_with(parameters)
        for name in self.display_parameters:
            query.pop(name, None)
        return self.address(reverse("materials:coating-list"), query)


def gain_map():
    """The context of `materials/_matrix.html`: the best gains by class."""
    view = ExploreView()
    data = QueryDict(urlencode(_GAIN_MAP))
    view.filterset = view.filterset_class(data, view.rows(), other_parameters=[])
    view.errors = dict(view.filterset.errors)
    return view.answer()


def _words(name):
    return name.replace("_", " ").capitalize()


def _choices(names):
    return [(name, _words(name)) for name in names]


def _level(steps, value):
    return str(bisect_right(steps, value))


def _signed(number):
    return f"+{number}" if number > 0 else str(number).replace("-", "−")


def _legend(steps):
    """(level, words) of each color."""
    words = []
    for low, above in zip(steps, [*steps[1:], None], strict=True):
        if above is None:
            more = _signed(low) if steps is _GAINS else low
            words.append(f"{more} or more")
        elif low == float("-inf"):
            words.append(f"below {_signed(above)}")
        elif steps is _COUNTS:
            words.append(str(low) if above - low == 1 else f"{low}–{above - 1}")
        else:
            words.append(f"{_signed(low)} to {_signed(above)}")
    prefix = "gain-" if steps is _GAINS else ""
    return [(f"{prefix}{level}", one) for level, one in enumerate(words, start=1)]


class PlannerView(QuestionView):
    queryset = ProcessNeeds.objects.all()
    api_view = "api:planner"
    filterset_class = PlannerQuestion
    main_filters = (
        "source_temperature_limit_celsius",
        "substrate_temperature_limit_celsius",
        "substrate",
    )
    more_filters = (
        "precursor",
        "precursor_exclude",
        "elements",
        "material_class",
        "verdict",
    )
    template_name = "materials/planner.html"
    partial_template_name = "materials/_plans.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(substrates=self.substrates(), **kwargs)

    def is_asked(self):
        return bool(self.filterset.refused or self.filterset.form.data)

    def answer(self):
        plans = self.filterset.answer
        asked = self.filterset.form.cleaned_data["verdict"]
        most = MOST_PLANS // len(asked) if asked else FIRST_PLANS
        shown = plans.first_of_each(most)
        detailed = [plan.process for one in _DETAILED for plan in shown.get(one, [])]
        report(detailed)
        give_uses(detailed)
        return {
            "groups": [
                (
                    verdict,
                    plans.counts[verdict],
                    shown.get(verdict, []),
                    verdict in _DETAILED,
                )
                for verdict in _VERDICTS
            ],
            "is_narrowed": bool(asked),
            "csv_url": self.address(
                reverse(self.api_view), self.query_with({"format": "csv"})
            ),
        }

    def substrates(self):
        """Those that may be chosen: with a known thermal limit, or chosen already."""
        chosen = self.filterset.form.data.getlist("substrate")
        return [
            (substrate, substrate.slug in chosen)
            for substrate in listed(Substrate)(self.request).filter(
                ~Q(thermal_limit_as_reported="") | Q(slug__in=chosen)
            )
        ]
