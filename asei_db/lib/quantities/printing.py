"""A quantity, and how it is printed."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from asei_db.lib.quantities import spelling, words
from asei_db.lib.quantities.units import UNITS, Unit

ROOM_CELSIUS = Decimal(25)
#: How sources print that a temperature is that of the room.
ROOM_TEMPERATURE = (
    r"(?i:RT|r\.\s?t\.?|(?:room|ambient)[\s-]?temp(?:erature|\.)?|ambient)"
)

_TO_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Quantity:
    """A value or range with its unit; `None` is an open end (`>99` has no maximum).

    Two quantities are equal when they say the same, however their source printed it.
    """

    minimum: float | None
    maximum: float | None
    qualifier: str = "="
    as_reported: str = field(default="", compare=False)
    unit: str = ""

    @property
    def ends(self) -> tuple[float, ...]:
        """The ends that are known: both, equal for a single value, or one."""
        return tuple(end for end in (self.minimum, self.maximum) if end is not None)

    @property
    def lowest(self) -> float:
        """The lowest number that is known."""
        return min(self.ends)

    @property
    def highest(self) -> float:
        """The highest number that is known."""
        return max(self.ends)

    @property
    def sort_value(self) -> float:
        """The number it is sorted by: the minimum, else the maximum."""
        return self.lowest

    @property
    def is_open(self) -> bool:
        """Whether one end is not known: >99, <3."""
        return len(self.ends) < 2

    @property
    def is_range(self) -> bool:
        """Whether both ends are known and differ."""
        return self.lowest != self.highest

    @property
    def limit_words(self) -> str:
        """What calls it the end of a series: "up to", "as low as ~"; or ""."""
        if self.qualifier not in "≤≥":
            return ""
        return words.limit_words(spelling.plain(self.as_reported))

    @property
    def limit(self) -> str | None:
        """Which end of a series of values it is: "highest", "lowest", None if none.

        Of “up to 5” and “as low as 2”: a value that one of several reached, and none
        that is typical of them. “At most 5” and “≤5” are bounds, and no limits.
        """
        if not self.limit_words:
            return None
        return "highest" if self.minimum is None else "lowest"

    @property
    def kind(self) -> str:
        """How it is drawn: "value", "range", "at_least" or "at_most"."""
        if self.is_open:
            return "at_most" if self.minimum is None else "at_least"
        return "range" if self.is_range else "value"

    @property
    def printed_unit(self) -> str:
        """Its unit as it stands behind the number: "°C", "" of a number without one."""
        return UNITS[self.unit].printed.replace(" ", _NBSP) if self.unit else ""

    def __str__(self) -> str:
        return self._printed

    @cached_property
    def _printed(self) -> str:
        # A text that a form refused has no numbers; the page still names the record.
        return _print(self) if self.ends else self.as_reported


def span(quantities: list[Quantity]) -> Quantity:
    """The `Quantity` from the lowest to the highest number of some of one unit."""
    return Quantity(
        min(quantity.lowest for quantity in quantities),
        max(quantity.highest for quantity in quantities),
        unit=quantities[0].unit,
    )


def _print(quantity: Quantity) -> str:
    unit = UNITS.get(quantity.unit)
    sign = "" if quantity.qualifier == "=" else quantity.qualifier
    if printed := quantity.limit_words:
        sign = printed if printed.endswith("~") else f"{printed} "
    ends = quantity.ends if quantity.is_range else quantity.ends[:1]
    rooms = [_is_room(end, quantity) for end in ends]
    if len(ends) == 2 and not any(rooms):
        numbers = _print_range(*ends, unit)
    else:
        numbers = "–".join(
            "RT" if room else _join(*_split(end))
            for end, room in zip(ends, rooms, strict=True)
        )
    if all(rooms) or unit is None:
        return sign + numbers
    if unit.kind == "number":
        return sign + numbers
    if unit.kind == "C-rate":
        if len(numbers) > 8 and 0.001 < ends[0] < 1 and len(ends) == 1:
            divisor = round(1 / ends[0])
            if 1 / divisor == ends[0]:
                return f"{sign}C/{divisor}"
        return f"{sign}{numbers}C"
    return f"{sign}{numbers}{_NBSP}{quantity.printed_unit}"


def _is_room(value: float, quantity: Quantity) -> bool:
    return (
        quantity.unit == "°C"
        and value == float(ROOM_CELSIUS)
        and re.search(rf"(?<!\w){ROOM_TEMPERATURE}", quantity.as_reported) is not None
    )


def _print_range(low: float, high: float, unit: Unit | None) -> str:
    (low_digits, low_power), (high_digits, high_power) = _split(low), _split(high)
    if low_power is None and high_power is None:
        numbers = [low_digits, high_digits]
        shared = None
    else:
        (low_digits, low_power), (high_digits, high_power) = (
            _split(low, scientific=True),
            _split(high, scientific=True),
        )
        low_power = high_power if low == 0 else low_power
        high_power = low_power if high == 0 else high_power
        shared = low_power if low_power == high_power else None
        if shared is None:
            numbers = [_join(low_digits, low_power), _join(high_digits, high_power)]
        else:
            numbers = [low_digits, high_digits]
    # "10–20 S cm⁻¹" would read as a power of ten that lost its superscript.
    clash = unit and unit.kind == "conductivity" and numbers[0] in ("10", "−10")
    apart = clash or low < 0
    text = (f"{_NBSP}to{_NBSP}" if apart else "–").join(numbers)
    return text if shared is None else f"{text}{_NBSP}×{_NBSP}{_power(shared)}"


def _split(value: float, scientific: bool = False) -> tuple[str, int | None]:
    """Digits and power of ten (None for plain notation) of a float."""
    number = Decimal(repr(float(value))).normalize()
    if number == 0:
        return "0", None
    power: int | None = number.adjusted()
    if scientific or not -3 <= number.adjusted() < 6:
        number = number.scaleb(-number.adjusted())
    else:
        power = None
    return f"{number:f}".replace("-", "−"), power


def _join(digits: str, power: int | None) -> str:
    if power is None:
        return digits
    if digits in ("1", "−1"):
        return digits[:-1] + _power(power)
    return f"{digits}{_NBSP}×{_NBSP}{_power(power)}"


def _power(exponent: int) -> str:
    return "10" + str(exponent).translate(_TO_SUPERSCRIPTS)
