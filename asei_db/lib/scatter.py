"""Where values stand that are drawn by two quantities, or by one and a word.

This is geometry alone, in percent of the drawing, so that text and marks keep their
size on any screen; `includes/plot.html` draws it.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from math import cos, sin, sqrt

from django.utils.html import escape
from django.utils.safestring import mark_safe

from asei_db.lib.axes import Axis, axis
from asei_db.lib.quantities import Quantity

_STEP = 3.5  # pixels between marks of equal values
_TURN = 2.4  # radians, the golden angle: no mark covers another
_MOST_MOVED = 100  # marks of equal values, beyond which they cover each other
_ROW = 64  # pixels of a strip for each group


@dataclass(frozen=True)
class Group:
    """Points of one color: its class of style, and what the legend calls it."""

    style: str
    label: str


@dataclass(frozen=True)
class Point:
    """A value of `y` and what it stands at, with the record that it leads to.

    * `x`: a quantity; None where the group is what it is drawn by
    * `group`: decides the color
    * `shape`: the name of a mark, see `includes/plot.html`
    * `title`: says it in words
    """

    x: Quantity | None
    y: Quantity
    group: Group
    shape: str
    url: str
    title: str
    is_disputed: bool = False


@dataclass(frozen=True)
class Scatter:
    """Points on two axes, or in a row for each group where `x` is None.

    The quantity of a strip lies on the horizontal axis, which is `y` all the same.
    """

    points: list
    x: Axis | None
    y: Axis
    rows: dict = field(default_factory=dict)

    @cached_property
    def groups(self):
        """The groups with the number of their points, those with most first."""
        counts = Counter(point.group for point in self.points)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0].label))

    @property
    def height(self):
        """Of a strip, in pixels."""
        return _ROW * len(self.rows)

    @property
    def up(self):
        """The ticks of `y`, from the top."""
        return [(round(100 - place, 2), label) for place, label in self.y.ticks]

    @cached_property
    def shapes(self):
        return sorted({point.shape for point in self.points})

    @cached_property
    def kinds(self):
        """How values are drawn: those of `Quantity.kind`, "about" and "disputed"."""
        found = {one.kind for one in self._quantities}
        if any(one.qualifier == "~" for one in self._quantities):
            found.add("about")
        if any(point.is_disputed for point in self.points):
            found.add("disputed")
        return found

    @property
    def _quantities(self):
        return [
            one
            for point in self.points
            for one in (point.x, point.y)
            if one is not None
        ]

    @cached_property
    def marks(self):
        """(style, marks) of each group."""
        drawn = {group.style: [] for group, _ in self.groups}
        taken = Counter()
        for point in self.points:
            drawn[point.group.style].append(self._link(point, taken))
        # All that is no number is escaped where it is written.
        return [(style, mark_safe("".join(drawn[style]))) for style in drawn]  # noqa: S308

    def _link(self, point, taken):
        if self.x is None:
            arrows = [(point.y, "left", "right")]
            left, right = _ends(point.y, self.y)
            top = bottom = self.rows[point.group]
        else:
            arrows = [(point.x, "left", "right"), (point.y, "down", "up")]
            left, right = _ends(point.x, self.x)
            bottom, top = (round(100 - end, 2) for end in _ends(point.y, self.y))
        x, y = round((left + right) / 2, 2), round((top + bottom) / 2, 2)
        moved = _moved(taken[x, y])
        taken[x, y] += 1
        marks = ""
        if left != right:
            marks += (
                f'<line class="bar" x1="{left}%" x2="{right}%" y1="{y}%" y2="{y}%"/>'
            )
        if top != bottom:
            marks += (
                f'<line class="bar" x1="{x}%" x2="{x}%" y1="{top}%" y2="{bottom}%"/>'
            )
        about = ""
        for quantity, below, above in arrows:
            if quantity.is_open:
                way = below if quantity.minimum is None else above
                marks += f'<use href="#arrow-{way}" x="{x}%" y="{y}%"/>'
            if quantity.qualifier == "~":
                about = ' class="about"'
        marks += f'<use href="#mark-{point.shape}" x="{x}%" y="{y}%"{about}{moved}/>'
        disputed = ' class="disputed-mark"' if point.is_disputed else ""
        return (
            f'<a href="{escape(point.url)}" tabindex="-1"{disputed}>'
            f"<title>{escape(point.title)}</title>{marks}</a>"
        )


def scatter(points, scales=(None, None)):
    """The `Scatter` of points, at least one; `scales` as `axis()` takes them, x first.

    Without `x` it is a strip: a row for each group, those with most points on top.
    """
    points = list(points)
    y = axis((end for point in points for end in point.y.ends), scales[1])
    if points[0].x is not None:
        x = axis((end for point in points for end in point.x.ends), scales[0])
        return Scatter(points, x, y)
    drawn = Scatter(points, None, y)
    step = 100 / len(drawn.groups)
    for number, (group, _) in enumerate(drawn.groups):
        drawn.rows[group] = round((number + 0.5) * step, 2)
    return drawn


def _ends(quantity, on):
    return on.percent(quantity.lowest), on.percent(quantity.highest)


def _moved(number):
    """How far the mark of a value is moved that so many drawn ones are equal to."""
    if not number:
        return ""
    number = number % _MOST_MOVED
    distance, angle = _STEP * sqrt(number), _TURN * number
    right, down = round(distance * cos(angle), 1), round(distance * sin(angle), 1)
    return f' transform="translate({right} {down})"'
