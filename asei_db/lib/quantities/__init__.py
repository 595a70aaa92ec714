"""Quantities as the literature prints them: parsed here, printed here, nowhere else.

A quantity is a lowest and a highest value (equal for a single value), a qualifier
and the text as reported. `parse` reads `140`, `~1 Å`, `85–115 °C`, `>99 %`, `RT`,
`3.6–5 × 10−8 S cm−1`, `10−8 to 10−6`, `C/5`; `str(quantity)` prints it back. A text
with two readings is refused, and so is one that says more than the quantity. “Up to 5”
and “as low as 2” are ends of a series (`Quantity.limit`) and keep their words in print.
"""

from asei_db.lib.quantities.errors import QuantityError
from asei_db.lib.quantities.parsing import MAX_LENGTH, is_printed_otherwise, parse
from asei_db.lib.quantities.printing import Quantity, span
from asei_db.lib.quantities.units import UNITS, Unit

QUALIFIERS = ("=", "~", "<", "≤", ">", "≥")

__all__ = [
    "MAX_LENGTH",
    "QUALIFIERS",
    "UNITS",
    "Quantity",
    "QuantityError",
    "Unit",
    "is_printed_otherwise",
    "parse",
    "span",
]
