"""What a row of a cycling test shows of its points, and of its gain."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from asei_db.lib.fields import quantity_fields
from asei_db.lib.templatetags.science import chemical_text, quantity
from materials.analysis.gains import stored_uplift
from materials.analysis.plots import cycling_plot, with_controls
from materials.models import CyclingPoint

register = template.Library()

_FIELDS = quantity_fields(CyclingPoint)
#: Words behind a value, where they are not its name: the unit says which capacity.
_WORDS = {
    "specific_capacity": "",
    "areal_capacity": "",
    "capacity_retention": " of the capacity",
}


@register.filter
def values(point):
    """The point's values in words: "93 % of the capacity, 99.8 % coulombic …"."""
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
    placed = [p for p in points if p.cycle_number is not None or p.time_h is not None]
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


@register.filter
def main_gain(uplift):
    """The first of what an `Uplift` states: `number`, "+12 percentage points", `words`,
    "capacity retention at cycle 200"."""
    for label, change in uplift.changes:
        return {"number": change.number, "words": f"{label} {change.place}"}
    return {
        "number": uplift.cycles_to_80_percent.number,
        "words": "the cycles to 80 %",
    }


@register.filter
def comparison_url(test):
    """The page that sets a test beside its control, "" where it has none."""
    if test.control is None:
        return ""
    query = urlencode({"test": [test.slug, test.control.slug]}, doseq=True)
    return f"{reverse('materials:compare')}?{query}"


@register.filter
def as_condition(value):
    """A condition of a test: a text, a quantity or, empty, None."""
    return chemical_text(value) if isinstance(value, str) else quantity(value)
