"""Arithmetic of quantities that checks share."""

from asei_db.lib.fields import is_above
from asei_db.lib.quantities import Quantity


def is_above_100(efficiency):
    """Whether an efficiency is surely above 100 %; "<101 %" allows for less."""
    return efficiency is not None and is_above(efficiency, 100)


def times(quantity, factor, unit):
    return Quantity(
        *(
            None if end is None else round(end * factor, 9)
            for end in (quantity.minimum, quantity.maximum)
        ),
        quantity.qualifier,
        unit=unit,
    )


def about(one, other, tolerance):
    """Whether two quantities may be the same, give or take a share of the second."""
    low, high = other.minimum, other.maximum
    return not (
        (
            one.minimum is not None
            and high is not None
            and one.minimum > high * (1 + tolerance)
        )
        or (
            one.maximum is not None
            and low is not None
            and one.maximum < low * (1 - tolerance)
        )
    )
