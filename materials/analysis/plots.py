"""Plots of cycling tests: what is drawn where, and as what Bokeh's script draws it.

A statement without a place on the axis is listed, not drawn, and nothing is drawn that
no source states: the line between two points of a test only guides the eye.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from math import nan

from bokeh.embed import json_item
from bokeh.models import BasicTicker, ColumnDataSource, DataRange1d, HoverTool
from bokeh.models.annotations import Legend, LegendItem
from bokeh.plotting import figure
from django.db.models import prefetch_related_objects
from django.utils.text import capfirst

from asei_db.lib.fields import quantity_fields
from asei_db.lib.formulas import to_text
from asei_db.lib.plurals import number_of
from asei_db.lib.quantities import UNITS, Quantity
from materials.models import CyclingPoint, CyclingTest

#: What can be drawn, by the word in the address: retention before all others.
VALUES = {
    field.short_name.replace(" ", "_"): name
    for name, field in sorted(
        quantity_fields(CyclingPoint).items(),
        key=lambda item: item[0] != "capacity_retention",
    )
}
AXES = {"cycle_number": "Cycle", "time_h": "Time (h)"}
#: More tests than this differ in color as coated and bare only.
MOST_COLORS = 8
#: Each stands out, 3 to 1, on the light and on the dark ground of the site.
COLORS = (
    "#2f7ebc",
    "#c8641e",
    "#2e8b57",
    "#c2477f",
    "#8468c0",
    "#9a7428",
    "#16889a",
    "#7d7d7d",
)
MARKERS = (
    "circle",
    "square",
    "diamond",
    "hex",
    "star",
    "square_pin",
    "circle_dot",
    "square_dot",
)
HEIGHT, LEGEND_ROW_HEIGHT = 380, 22  # pixels


@dataclass(frozen=True)
class Mark:
    """One statement in a plot.

    `kind` is "value", "range", "at_least" (`>`, `≥`), "at_most" (`<`, `≤`), or
    "average" of the cycles from `first` to `x`; `x` is a cycle or a time in hours.
    """

    test: CyclingTest
    point: CyclingPoint
    x: float
    quantity: Quantity

    @property
    def kind(self):
        return "average" if self.point.is_average else self.quantity.kind

    @property
    def first(self):
        """Where it begins: an average at its first cycle, all else at `x`."""
        return self.point.first_cycle if self.point.is_average else self.x

    @property
    def bounds(self):
        """The lowest and the highest value, twice the same where one is known."""
        return self.quantity.lowest, self.quantity.highest


@dataclass(frozen=True)
class Series:
    """An entry of the legend: the marks of a test, or of all coated or bare ones."""

    name: str
    marks: list
    color: str
    marker: str

    @property
    def is_bare(self):
        return self.marks[0].test.coating_id is None


@dataclass(frozen=True)
class CyclingPlot:
    """The statements of cycling tests about one quantity, over cycles or hours.

    `left_out` are the (test, point) that have no place on the axis. The tests of the
    legend are numbered as in the list if `is_numbered`.
    """

    tests: tuple
    is_numbered: bool
    value: str
    axis: str
    marks: tuple
    left_out: tuple

    @property
    def title(self):
        """ "Capacity retention (%)"."""
        unit = UNITS[self.marks[0].quantity.unit].printed
        return f"{name_of(self.value)} ({unit})"

    @property
    def axis_name(self):
        """ "Cycle" or "Time"."""
        return AXES[self.axis].split(" ")[0]

    @property
    def description(self):
        """The plot in words."""
        statements = number_of(len(self.marks), "statement")
        tests = number_of(len({mark.test.pk for mark in self.marks}), "cycling test")
        what = f"{name_of(self.value)} by {self.axis_name.lower()}"
        return f"{what}: {statements} of {tests}."

    @property
    def json(self):
        """What `Bokeh.embed.embed_item` draws: the same each time for the same plot."""
        item = _with_ids_by_place(json_item(_figure(self)), {})
        return item | {"root_id": item["doc"]["roots"][0]["id"]}


def name_of(value):
    """ "Capacity retention"."""
    return capfirst(quantity_fields(CyclingPoint)[VALUES[value]].verbose_name)


def stated_values(tests):
    """How many points of the tests state each of `VALUES`, without those of none."""
    counts = {
        value: sum(
            getattr(point, name) is not None
            for test in tests
            for point in test.points.all()
        )
        for value, name in VALUES.items()
    }
    return {value: count for value, count in counts.items() if count}


def cycling_plot(tests, value=None, *, is_numbered=True):
    """The `CyclingPlot` of tests with their points; None if nothing can be drawn.

    By default of the first of `VALUES` that more than one point states, else any
    states; over cycles, unless only hours are stated.
    """
    tests = tuple(tests)
    placed = Counter(
        (name, axis)
        for test in tests
        for point in test.points.all()
        for name in ([value] if value else VALUES)
        for axis in AXES
        if getattr(point, axis) is not None and getattr(point, VALUES[name]) is not None
    )
    if not placed:
        return None
    order = [(name, axis) for name in VALUES for axis in AXES]
    value, axis = max(placed, key=lambda key: (placed[key] > 1, -order.index(key)))
    marks, left_out = [], []
    for test in tests:
        for point in test.points.all():
            quantity = getattr(point, VALUES[value])
            if quantity is None:
                continue
            if (x := getattr(point, axis)) is None:
                left_out.append((test, point))
            else:
                marks.append(Mark(test, point, x, quantity))
    return CyclingPlot(tests, is_numbered, value, axis, tuple(marks), tuple(left_out))


def with_controls(tests):
    """The tests and, after each coated one, its control, without repetition.

    One query at most: for the points of the controls.
    """
    controls = {test.control.pk: test.control for test in tests if test.control}
    prefetch_related_objects(list(controls.values()), "points")
    found = {}
    for test in tests:
        found[test.pk] = test
        if test.control is not None:
            control = controls[test.control.pk]
            if control.study_id == test.study_id:
                control.study = test.study  # which was fetched with its citations
            found.setdefault(control.pk, control)
    return list(found.values())


def _series(plot):
    """The `Series` of a plot: one a test, of many tests the coated and the bare."""
    marked = {id(mark.test) for mark in plot.marks}
    drawn = [test for test in plot.tests if id(test) in marked]
    if len(drawn) > MOST_COLORS:
        named = [
            ("Coated", [mark for mark in plot.marks if mark.test.coating_id]),
            ("Bare control", [mark for mark in plot.marks if not mark.test.coating_id]),
        ]
    else:
        names = _numbered(plot.tests) if plot.is_numbered else _names(drawn)
        named = [
            (name, [mark for mark in plot.marks if mark.test is test])
            for test, name in names
        ]
    looks = zip(COLORS, MARKERS, strict=True)
    return [
        Series(name, marks, *look)
        for (name, marks), look in zip(named, looks, strict=False)
        if marks
    ]


def _numbered(tests):
    """(test, name) of each test, by its number in the tables below the plot."""
    for number, test in enumerate(tests, start=1):
        yield test, f"{number}  {to_text(test.full_label)}"


def _names(tests):
    """(test, name) of each test, with as much as it takes to name each."""
    details = [
        (
            test.coating.amount if test.coating else "",
            test.study.short_label,
            test.get_charge_carrier_display(),
            str(next(iter(test.rates), "")),
            str(test.temperature or ""),
        )
        for test in tests
    ]
    differs = [len(set(column)) > 1 for column in zip(*details, strict=True)]
    for test, parts in zip(tests, details, strict=True):
        kept = [part for part, keep in zip(parts, differs, strict=True) if keep]
        disputed = "disputed" if test.disputed else ""
        yield test, ", ".join(filter(None, [to_text(test.label), *kept, disputed]))


def _figure(plot):
    series = _series(plot)
    canvas = figure(
        sizing_mode="stretch_width",
        height=HEIGHT + LEGEND_ROW_HEIGHT * len(series),
        x_axis_label=AXES[plot.axis],
        y_axis_label=plot.title,
        x_range=DataRange1d(start=0, range_padding=0.12),
        y_range=DataRange1d(default_span=10, range_padding=0.12),
        tools="pan,box_zoom,wheel_zoom,reset,save",
        active_drag=None,  # a finger on the plot scrolls the page
        toolbar_location="above",
        background_fill_color=None,
        border_fill_color=None,
    )
    canvas.toolbar.logo = None
    canvas.axis.axis_label_text_font_style = "normal"
    if plot.axis == "cycle_number":
        canvas.xaxis.ticker = BasicTicker(min_interval=1, num_minor_ticks=0)
    items = [LegendItem(label=s.name, renderers=_draw(canvas, s)) for s in series]
    canvas.add_tools(
        HoverTool(
            renderers=[renderer for item in items for renderer in item.renderers],
            tooltips=[
                ("Test", "@test"),
                ("At", "@at"),
                (name_of(plot.value), "@printed"),
                ("Source", "@source"),
            ],
        )
    )
    legend = Legend(
        items=items,
        click_policy="hide",
        background_fill_color=None,
        border_line_color=None,
        label_text_font_size="12px",
        location="left",
        padding=0,  # type: ignore[arg-type]  # whose stub knows no number
        spacing=2,
    )
    canvas.add_layout(legend, "below")
    return canvas


def _with_ids_by_place(item, known):
    """A part of Bokeh's JSON whose ids, `known` as new by old, count from its top.

    Bokeh's own count on through all that the process has drawn.
    """
    if isinstance(item, list):
        return [_with_ids_by_place(part, known) for part in item]
    if not isinstance(item, dict):
        return item
    if "id" in item:
        item = item | {"id": known.setdefault(item["id"], f"p{len(known) + 1}")}
    return {name: _with_ids_by_place(part, known) for name, part in item.items()}


def _draw(canvas, series):
    """Draw the marks as what they are stated as; list their renderers."""
    renderers = []
    joined = []
    for _, of_test in groupby(series.marks, key=lambda mark: mark.test):
        values = [mark for mark in of_test if mark.kind == "value"]
        if len(values) > 1:
            joined += [*values, None]
    if joined:
        # One for all tests, with gaps: Bokeh takes long for each renderer.
        line = canvas.line(
            "x",
            "low",
            source=_source(joined[:-1]),
            line_color=series.color,
            line_dash="dashed" if series.is_bare else "solid",
        )
        renderers.append(line)
    look = {"line_color": series.color, "line_width": 2}
    filled = {"fill_color": None if series.is_bare else series.color}
    for kind in ("value", "range", "at_least", "at_most", "average"):
        marks = [mark for mark in series.marks if mark.kind == kind]
        if not marks:
            continue
        source = _source(marks)
        if kind == "range":
            bar = look | {"line_width": 5, "line_alpha": 0.5 if series.is_bare else 1}
            renderer = canvas.segment("x", "low", "x", "high", source=source, **bar)
        elif kind == "average":
            # Over all its cycles; of a range a band, of one value a line.
            band = look | {"fill_color": series.color, "fill_alpha": 0.15}
            band |= {"line_dash": "dotted" if series.is_bare else "solid"}
            ends = {"left": "first", "right": "x", "bottom": "low", "top": "high"}
            renderer = canvas.quad(**ends, source=source, **band)
        else:
            # Without a fill, and away from the bound that is all that is known.
            arrow = {"at_least": "triangle", "at_most": "inverted_triangle"}.get(kind)
            renderer = canvas.scatter(
                "x",
                "low",
                source=source,
                marker=arrow or series.marker,
                size=11,
                **look | ({"fill_color": None} if arrow else filled),
            )
        renderers.append(renderer)
    return renderers


def _source(marks):
    """What is drawn and shown of marks; None is a gap in a line."""
    rows = [
        (
            mark.x,
            mark.first,
            *mark.bounds,
            to_text(mark.test.full_label),
            str(mark.point),
            str(mark.quantity),
            f"{mark.test.study.short_label} ({mark.test.locator})",
        )
        if mark
        else (nan, nan, nan, nan, "", "", "", "")
        for mark in marks
    ]
    names = ("x", "first", "low", "high", "test", "at", "printed", "source")
    columns = map(list, zip(*rows, strict=True))
    return ColumnDataSource(dict(zip(names, columns, strict=True)))
