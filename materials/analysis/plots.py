"""Plots of cycling tests: what is drawn where, in which color and under which name.

A statement without a place on the axis is listed, not drawn, and nothing is drawn that
no source states: the line between two points of a test only guides the eye.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst

from asei_db.lib.fields import quantity_fields
from asei_db.lib.formulas import to_text
from asei_db.lib.plurals import number_of
from asei_db.lib.quantities import UNITS, Quantity
from materials.analysis.drawing import drawing
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

    @property
    def words(self):
        """What hovering over it says: test, at, value, source."""
        name, source = self._test_words
        return name, str(self.point), str(self.quantity), source

    @property
    def _test_words(self):
        kept = self.test.__dict__  # all marks of a test say the same
        if "_plotted" not in kept:
            source = f"{self.test.study.short_label} ({self.test.locator})"
            kept["_plotted"] = to_text(self.test.full_label), source
        return kept["_plotted"]


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
        return drawing(
            _series(self),
            value=name_of(self.value),
            x_label=AXES[self.axis],
            y_label=self.title,
            is_counted=self.axis == "cycle_number",
        )


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
