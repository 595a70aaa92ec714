"""What is said of a text that is no quantity."""

from asei_db.lib.quantities.units import Unit


class QuantityError(ValueError):
    """A text that is no quantity of the wanted unit; the message says why."""


def unread(reported: str, own: Unit) -> str:
    """That a text cannot be read, and how a quantity in `own` is written."""
    return f"“{reported}” is no quantity that can be read. {advice(own)}"


def advice(own: Unit) -> str:
    """How a quantity in the unit `own` is written."""
    own_unit = own.printed or "numbers without a unit"
    return f"Write it like 140, 85–115, ~1, >99 or 3.5 × 10⁻⁸, in {own_unit}."
