"""What a row of a cycling test shows of its points, and of its gain."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from asei_db.lib.templatetags.lists import or_not_reported
from asei_db.lib.templatetags.science import chemical_text, quantity
from materials.analysis.plots import cycling_plot, with_controls
from materials.analysis.uplift import uplift

register = template.Library()

VALUES = {
    "specific_capacity": "",
    "areal_capacity": "",
    "capacity_retention": " of the capacity",
    "coulombic_efficiency": " coulombic efficiency",
    "overpotential": " overpotential",
}


_GAINS = (
    "capacity_retention",
    "specific_capacity",
    "areal_capacity",
    "coulombic_efficiency",
)


@register.filter
def values(point):
    """The point's values in words: "93 % of the capacity, 99.8 % coulombic …"."""
    return ", ".join(
        f"{getattr(point, name)}{words}"
        for name, words in VALUES.items()
        if getattr(point, name) is not None
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
    """Names of the values, and `remark`, that at least one of the points has."""
    return [
        name
        for name in (*VALUES, "remark")
        if any(getattr(point, name) not in (None, "") for point in points)
    ]


@register.filter
def plot(tests):
    """The `CyclingPlot` of tests of `for_list()` and their controls, or None."""
    return cycling_plot(with_controls(tests), is_numbered=False)


@register.filter
def gain(test):
    """The `Uplift` of a test of `for_list()` over its control, None without any."""
    return uplift(test)


@register.filter
def main_gain(uplift):
    """The first of what an `Uplift` tells: `number`, "+12 percentage points", `words`,
    "capacity retention at cycle 200"."""
    for name in _GAINS:
        if change := getattr(uplift, name):
            words = f"{name.replace('_', ' ')} {change.place}"
            return {"number": change.number, "words": words}
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
    """A condition of a test: a text, a quantity or None."""
    if value is None or isinstance(value, str):
        return or_not_reported(chemical_text(value))
    return quantity(value)
