"""What a row of a cycling test shows of its points, and of its gain."""

from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from asei_db.lib.addresses import address_of_page
from asei_db.lib.fields import quantity_fields
from asei_db.lib.templatetags.science import chemical_text, quantity
from materials.analysis.dumbbells import KINDS, best_of, gains_of
from materials.analysis.gains import stored_uplift
from materials.analysis.plots import cycling_plot, with_controls
from materials.models import CyclingPoint

register = template.Library()

_FIELDS = quantity_fields(CyclingPoint)
#: Words behind a value, where they are not its name: the unit says which capacity.
_WORDS = {
    "specific_capacity": "",
    "areal_capacity": "",
    "capacity_retention": " retained",
}


@register.filter
def values(point):
    """The point's values in words: "93 % retained, 99.8 % coulombic …"."""
    return ", ".join(
        f"{value}{_WORDS.get(name, f' {field.verbose_name}')}"
        for name, field in _FIELDS.items()
        if (value := getattr(point, name)) is not None
    )


@register.filter
def last_point(test):
    """The point at the largest cycle or time, one without either if there is no other,
    None without any."""
    points = list(test.points.all())
    placed = [point for point in points if point.is_placed]
    return next(reversed(placed or points), None)


@register.filter
def columns(points):
    """The `QuantityField`s that at least one of the points states."""
    return [
        field
        for name, field in _FIELDS.items()
        if any(getattr(point, name) is not None for point in points)
    ]


@register.filter
def cells(point, columns):
    """(field, quantity or None) of the point in each of some `columns`."""
    return [(field, getattr(point, field.name)) for field in columns]


@register.filter
def have_remarks(points):
    """Whether one of the points has a remark."""
    return any(point.remark for point in points)


@register.filter
def plot(tests):
    """The `CyclingPlot` of tests of `for_list()` and their controls.

    None where it would show one value alone.
    """
    plot = cycling_plot(with_controls(tests), is_numbered=False)
    return plot if plot and len(plot.marks) > 1 else None


@register.filter
def gain(test):
    """The `Uplift` of a test of `for_list()` over its control, None without any."""
    return stored_uplift(test)


@register.simple_tag(takes_context=True)
def gains(context, tests):
    """The `Gains` of tests of `for_list()`: of a list, with those that it asks for."""
    query = context["request"].GET
    orders = query.get("order_by", "").replace("-", "").split(",")
    asked = {name.removesuffix("_min").removesuffix("_max") for name in query}
    return gains_of(tests, {*orders, *asked} & {kind.order for kind in KINDS})


_CELL = (
    '<td data-label="{}" class="number gain"><svg class="dumbbell{}{}" width="56" '
    'height="12" role="img" aria-label="{}"><line x1="{}%" x2="{}%" y1="6" y2="6" />'
    '<circle class="bare" cx="{}%" cy="6" r="3.5" />'
    '<circle class="coated" cx="{}%" cy="6" r="3.5" /></svg> <a href="{}">{}</a>{}</td>'
)


@register.simple_tag
def gain_cells(gains, test):
    """The cells of a test in the columns of `Gains`: what control and coated reached.

    A tag, since templates would take four times as long for them as for the row.
    """
    cells = [
        gain_cell(kind, dumbbells[test.pk], test)
        if test.pk in dumbbells
        else mark_safe("<td></td>")
        for kind, dumbbells in gains.columns
    ]
    return mark_safe("".join(cells))  # noqa: S308 (each is escaped)


@register.simple_tag
def gain_cell(kind, drawn, test):
    """The cell of one `Dumbbell` of a test."""
    place = drawn.place
    return format_html(
        _CELL,
        kind.label,
        " loss" if drawn.is_loss else "",
        " open" if drawn.is_open else "",
        drawn.gain,
        drawn.bare,
        drawn.coated,
        drawn.bare,
        drawn.coated,
        comparison_url(test),
        drawn.number,
        format_html('<span class="source">{}</span>', place) if place else "",
    )


@register.simple_tag
def best_gains(tests):
    """(`Kind`, best test, its `Dumbbell`, range of all in words) of tests of
    `for_list()`: of each kind of gain that one of them has."""
    return best_of(tests)


@register.simple_tag
def with_control(tests):
    """Those of some tests of `for_list()` that have a published control."""
    return [test for test in tests if test.control]


@register.simple_tag
def with_gain(tests):
    """Those of some tests of `for_list()` of which a gain can be computed."""
    return [test for test in tests if stored_uplift(test)]


@register.filter
def comparison_url(test):
    """The page that sets a test beside its control, "" where it has none."""
    if test.control is None:
        return ""
    query = urlencode({"test": [test.slug, test.control.slug]}, doseq=True)
    return f"{address_of_page('materials:compare')}?{query}"


@register.filter
def as_condition(value):
    """A condition of a test: a text, a quantity or, empty, None."""
    return chemical_text(value) if isinstance(value, str) else quantity(value)
