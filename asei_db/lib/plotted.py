"""Lists that show their selection as a table or as a plot of two quantities."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.urls import reverse

from asei_db.lib.filters.form_fields import ChoiceField, RefusedError
from asei_db.lib.scatter import scatter

NOTHING = "none"  # what the horizontal axis shows of a strip
FEWEST = 3  # points of a chart; of fewer, the values alone are a strip
MOST = 1000  # points that are drawn

VIEWS = (("table", "Table"), ("plot", "Plot"))
#: Names of the scales, and whether each axis is logarithmic; None if its numbers say.
_SCALES = {
    "auto": (None, None),
    "linear": (False, False),
    "log_x": (True, False),
    "log_y": (False, True),
    "log": (True, True),
}
SCALES = (
    ("auto", "as the values span"),
    ("linear", "linear"),
    ("log_x", "logarithmic across"),
    ("log_y", "logarithmic up"),
    ("log", "both logarithmic"),
)

#: By model of the records, what lists of them can plot.
_PLOTS = {}


def register(model, plot):
    """Have lists of a model show a `Plot`, which apps above may make."""
    _PLOTS[model] = plot


@dataclass(frozen=True)
class Axis:
    """What an axis shows: "Growth per cycle" in "Å per cycle"; "" without a unit."""

    name: str
    unit: str = ""

    def __str__(self):
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class Found:
    """What a plot draws of a selection.

    * `of`: how many values of `outcome` there are, each of which stands at one of
      `condition`, if that is known; both are names of axes
    * `is_cut`: whether there are more than the `MOST` points
    """

    points: list = field(default_factory=list)
    of: int = 0
    outcome: str = ""
    condition: str = ""
    is_cut: bool = False


class Plot:
    """What can be plotted of the records of a list.

    * `axes`: an `Axis` by its name in the address, in the order in which they are
      offered; `only_x`: those that stand on the horizontal axis alone
    * `default`: what is upward, unless another is asked for
    * `shapes`: what marks mean, by their name
    """

    axes: dict[str, Axis] = {}
    only_x: frozenset = frozenset()
    default = ""
    shapes: dict[str, str] = {}

    def usual_x(self, y):
        """What stands across where only `y` is asked for; `NOTHING` for a strip."""
        raise NotImplementedError

    def found(self, entries, x, y):
        """What is `Found` of the records of some entries; `x` may be `NOTHING`."""
        raise NotImplementedError


class PlottedListMixin:
    """A list page that shows the same selection as a plot, with `view=plot`.

    * `map_url_name`: of a page that shows the same selection as a map
    """

    map_url_name = None
    other_parameters = ("page", "view", "x", "y", "scale")

    @property
    def plot(self):
        return _PLOTS[self.queryset.model]

    @property
    def is_plot(self):
        return self.shown["view"] == "plot" and not self.errors

    def usual_y(self):
        return self.plot.default

    def display_errors(self):
        """Read what is asked of the plot as `shown`; what is wrong with it."""
        axes = [(name, axis.name) for name, axis in self.plot.axes.items()]
        upward = [choice for choice in axes if choice[0] not in self.plot.only_x]
        self.choices = {
            "view": VIEWS,
            "y": upward,
            "x": [(NOTHING, "nothing: by class"), *axes],
            "scale": SCALES,
        }
        given, errors, self.shown = self.filterset.form.data, {}, {}
        for name, choices in self.choices.items():
            field = ChoiceField(choices=choices, required=False)
            try:
                self.shown[name] = field.clean(given.get(name))
            except ValidationError as error:
                errors[name] = error.messages
                self.shown[name] = ""
        shown = self.shown
        shown["y"] = shown["y"] or self.usual_y()
        if not shown["x"]:
            usual = self.plot.usual_x(shown["y"])
            shown["x"] = NOTHING if usual == shown["y"] else usual
        if shown["x"] == shown["y"]:
            same = RefusedError("Both axes show the same quantity.", "same")
            errors["x"] = same.messages
        return errors

    def paginate_queryset(self, queryset, page_size):
        """No rows where a plot is shown, only how many there are."""
        if not self.is_plot:
            return super().paginate_queryset(queryset, page_size)
        paginator = self.get_paginator(queryset, page_size)
        return paginator, paginator._get_page([], 1, paginator), [], False

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        query = self.clean_query()
        context |= {
            "tabs": self.tabs(query),
            "is_plot": self.is_plot,
            "plot_fields": [
                (name, query.get(name, "")) for name in self.other_parameters[1:]
            ],
        }
        return context | self.drawn(query) if self.is_plot else context

    def tabs(self, query):
        """(label, address, whether it is shown) of each view."""
        found = []
        for view, label in VIEWS:
            other = query.copy()
            other.pop("view", None)
            if view == "plot":
                other["view"] = view
            url = self.address(self.request.path, other, without="page")
            found.append((label, url, view == (self.shown["view"] or "table")))
        if self.map_url_name:
            of_map = query.copy()
            for name in (*self.other_parameters, *self.display_parameters):
                of_map.pop(name, None)
            url = self.address(reverse(self.map_url_name), of_map)
            found.append(("Map", url, False))
        return found

    def drawn(self, query):
        """The plot of the selection, with what its form offers and keeps."""
        x, y = self.shown["x"], self.shown["y"]
        scales = _SCALES[self.shown["scale"] or "auto"]
        found = self.plot.found(self.filterset.qs, x, y)
        too_few = (
            len(found.points) if x != NOTHING and len(found.points) < FEWEST else None
        )
        if too_few is not None:
            found = self.plot.found(self.filterset.qs, NOTHING, y)
        drawn = scatter(found.points, scales) if found.points else None
        return {
            "plot": drawn,
            "shapes": self.shapes(drawn),
            "found": found,
            "too_few": too_few,
            "missing": found.of - len(found.points),
            "outcome": self.plot.axes[found.outcome].name,
            "condition": self.plot.axes[found.condition].name,
            "linear": self.linear(drawn, scales),
            "x_axis": self.plot.axes.get(x),
            "y_axis": self.plot.axes[y],
            "axis_choices": [
                (name, label, self.choices[name], self.shown[name])
                for name, label in (
                    ("y", "Quantity"),
                    ("x", "Against"),
                    ("scale", "Scale"),
                )
            ],
            "kept_fields": [
                (name, value)
                for name, values in query.lists()
                for value in values
                if name not in ("x", "y", "scale", "page")
            ],
        }

    def linear(self, drawn, scales):
        """What was to be logarithmic and has a value of zero or less."""
        axes = zip(
            ("x", "y"), (drawn.x, drawn.y) if drawn else (), scales, strict=False
        )
        return [
            self.plot.axes[self.shown[name]].name
            for name, axis, is_asked in axes
            if axis and is_asked and not axis.is_logarithmic
        ]

    def shapes(self, drawn):
        """(name, words) of the marks in a drawing, where they differ."""
        names = drawn.shapes if drawn else []
        return [(name, self.plot.shapes[name]) for name in names] if names[1:] else []
