"""Where the values of one property stand on a common axis."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from asei_db.lib.axes import axis
from asei_db.lib.quantities import Quantity

_BAR = '<line class="bar" x1="{}%" x2="{}%" y1="50%" y2="50%" />'
_SHAPES = {
    "at_least": mark_safe('<path class="bound" d="M0 -5v10M0 0h26m-6 -5l6 5l-6 5" />'),
    "at_most": mark_safe('<path class="bound" d="M0 -5v10M0 0h-26m6 -5l-6 5l6 5" />'),
    "value": mark_safe('<circle r="5" />'),
}


@dataclass(frozen=True)
class StripRow:
    """A value and the record that holds it.

    `start` and `end` are its ends in percent of the axis, the same where one is known.
    `kind` is "value", "range", "at_least" or "at_most"; `left_out` says why the median
    does not count it, None where it does.
    """

    quantity: Quantity
    record: object
    start: float
    end: float
    kind: str
    left_out: str | None

    @property
    def mark(self):
        """Its mark on the axis: a dot, a bar of a range, an open arrow of a bound."""
        if self.kind == "range":
            return format_html(_BAR, self.start, self.end)
        shape = _SHAPES[self.kind]
        return format_html(
            '<svg x="{}%" y="50%" overflow="visible">{}</svg>', self.start, shape
        )


@dataclass(frozen=True)
class Strip:
    """Rows in the order given; `ticks` are (percent, label); `median` in percent."""

    rows: tuple
    ticks: tuple
    median: float | None

    @cached_property
    def grid(self):
        """The lines of ticks and median, behind the marks of each row."""
        line = '<line class="{}" x1="{}%" x2="{}%" y1="0" y2="100%" />'
        places = [("grid", place, place) for place, _ in self.ticks]
        if self.median is not None:
            places.append(("median", self.median, self.median))
        return format_html_join("", line, places)


def strip(values, *, left_out=None, is_logarithmic=False, median=None):
    """The `Strip` of (quantity, record); None without any.

    `left_out` says of each value why it is not counted, None where it is.

    An axis of powers of ten needs numbers above zero, and is linear with others.
    """
    values = list(values)
    if not values:
        return None
    reasons = left_out or [None] * len(values)
    drawn = axis(
        (end for quantity, _ in values for end in quantity.ends), is_logarithmic
    )
    return Strip(
        tuple(
            StripRow(
                quantity,
                record,
                drawn.percent(quantity.lowest),
                drawn.percent(quantity.highest),
                quantity.kind,
                why,
            )
            for (quantity, record), why in zip(values, reasons, strict=True)
        ),
        drawn.ticks,
        None if median is None else drawn.percent(median),
    )
