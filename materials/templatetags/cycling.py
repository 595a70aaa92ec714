"""What a row of a cycling test shows of its rates and of its points."""

from django import template

register = template.Library()

VALUES = {
    "specific_capacity": "",
    "capacity_retention": " of the capacity",
    "coulombic_efficiency": " coulombic efficiency",
    "overpotential": " overpotential",
}


@register.filter
def rates(test):
    """The reported ones of C-rate, current density and specific current."""
    quantities = (
        test.c_rate,
        test.current_density_ma_per_cm2,
        test.current_density_ma_per_g,
    )
    return [quantity for quantity in quantities if quantity is not None]


@register.filter
def values(point):
    """The point's values in words: "93 % of the capacity, 99.8 % coulombic …"."""
    return ", ".join(
        f"{getattr(point, name)}{words}"
        for name, words in VALUES.items()
        if getattr(point, name) is not None
    )


@register.filter
def columns(points):
    """Names of the values, and `remark`, that at least one of the points has."""
    return [
        name
        for name in (*VALUES, "remark")
        if any(getattr(point, name) not in (None, "") for point in points)
    ]
