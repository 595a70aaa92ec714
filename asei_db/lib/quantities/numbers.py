"""The numbers of a quantity: from the parts that the grammar found to its two ends."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from asei_db.lib.quantities import spelling, units
from asei_db.lib.quantities.errors import QuantityError, unread
from asei_db.lib.quantities.grammar import MANTISSA, TIMES_TEN, UNSIGNED
from asei_db.lib.quantities.printing import ROOM_CELSIUS, ROOM_TEMPERATURE
from asei_db.lib.quantities.units import Unit

_INEXACT_DIGITS = 3  # of a pressure in another unit, at least


def ends(
    match: re.Match[str], own: Unit, reported: str, as_own: bool
) -> tuple[float, float]:
    """The lowest and highest value of a match of the grammar, in the unit `own`.

    With `as_own` as if all numbers were in that unit. Raises `QuantityError`.
    """
    if _is_muddled(match):
        raise QuantityError(unread(reported, own))
    typed = match["first_unit"], match["unit"]
    first_unit, second_unit = (
        None if as_own else one or other for one, other in (typed, typed[::-1])
    )
    first, second = _with_shared_power(match)
    middle, scale = _value(first, first_unit, own)
    if match["second"]:
        last, last_scale = _value(second, second_unit, own)
        return (
            scale.convert(middle, first, reported),
            last_scale.convert(last, second, reported),
        )
    down = up = _uncertainty(first)
    if match["percent"]:
        down = up = abs(middle) * _decimal(second) / 100
    elif match["spread"]:
        down = up = _decimal(second) * _Scale(own, second_unit).size / scale.size
    elif match["off"]:
        offs = dict(_OFF.findall(match["off"]))
        down, up = _decimal(offs["-"]), _decimal(offs["+"])
    low = scale.convert(middle - down, first, reported)
    if not down and not up:
        return low, low
    return low, scale.convert(middle + up, first, reported)


def _is_muddled(match: re.Match[str]) -> bool:
    """Whether a match is of parts that make no sense together."""
    first, second = match["first"], match["second"]
    has_spread = bool(match["spread"] or match["off"])
    if not second and not has_spread:
        is_room_in_units = _is_room(first) and match["first_unit"]
        return bool(match["open"] or is_room_in_units)
    if "(" in first + (second or "") or (has_spread and _is_room(first)):
        return True
    bare = [
        bool(re.fullmatch(MANTISSA, number or ""))
        for number in (first, second or match["spread"])
    ]
    if match["shared"]:
        return not all(bare)
    # Of 2.3 × 10⁻⁷ ± 0.2: does the power belong to the spread?
    is_absolute = has_spread and not match["percent"]
    return is_absolute and not bare[0] and (bare[1] or not match["spread"])


def _with_shared_power(match: re.Match[str]) -> tuple[str, str]:
    """Both numbers with the power of ten that belongs to both: 3.6–5 × 10⁻⁸."""
    first, second = match["first"], match["second"] or match["spread"] or ""
    if shared := match["shared"]:
        return first + shared, second if match["percent"] else second + shared
    power = re.fullmatch(rf"{MANTISSA}({TIMES_TEN})", second)
    if power and not match["first_unit"] and re.fullmatch(MANTISSA, first):
        first += power[1]
    return first, second


@dataclass(frozen=True)
class _Scale:
    """How numbers in a spelling of a unit (None: the own one) become its own."""

    own: Unit
    spelling: str | None

    @property
    def size(self) -> Decimal:
        return units.size(self.own.kind, self.spelling or _own_spelling(self.own))

    def convert(self, number: Decimal, printed: str, reported: str) -> float:
        """`number`, which was `printed` so, as a float in the own unit."""
        own_spelling = _own_spelling(self.own)
        own_size = units.size(self.own.kind, own_spelling)
        zero = units.zero(self.own.kind, self.spelling or own_spelling)
        base = number * self.size
        if zero != (own_zero := units.zero(self.own.kind, own_spelling)):
            base += zero - own_zero
        value = base / own_size
        ratio = (self.size / own_size).normalize()
        if self.own.kind in units.INEXACT and ratio.as_tuple().digits != (1,):
            digits = len(re.sub(r"\D", "", _split_power(printed)[0]).strip("0"))
            value = _rounded(value, digits, units.INEXACT[self.own.kind])
        rounded = float(value)
        if rounded in (float("inf"), float("-inf")) or (rounded == 0) != (base == 0):
            raise QuantityError(
                f"“{reported}” lies outside the numbers that can be kept."
            )
        return rounded + 0.0  # no negative zero


def _rounded(value: Decimal, digits: int, share: Decimal) -> Decimal:
    """`value` to the fewest digits, from `digits`, that change it by at most `share`.

    1 mbar is 0.75 Torr, not 0.7500616…; 1.5 mbar is 1.125.
    """
    digits = max(_INEXACT_DIGITS, digits)
    rounded = Decimal(f"{value:.{digits}g}")
    is_right = abs(rounded - value) <= share * abs(value)
    return rounded if is_right else _rounded(value, digits + 1, share)


@cache
def _own_spelling(own: Unit) -> str:
    return spelling.plain(own.symbol)


def _is_room(number: str) -> bool:
    return re.fullmatch(ROOM_TEMPERATURE, number) is not None


def _value(number: str, unit: str | None, own: Unit) -> tuple[Decimal, _Scale]:
    """A number as printed, and the scale that it is printed in."""
    if _is_room(number):
        return ROOM_CELSIUS, _Scale(own, "°C")
    return _decimal(number), _Scale(own, unit)


_OFF = re.compile(rf"([+-]) *({UNSIGNED})", re.ASCII)
_TEN = re.compile(r"(?:(.*?) ?[×xX·] ?|([+-]?) ?)10 ?(?:\^ ?([+-]? ?\d+)|(- ?\d+))")
_LETTER_E = re.compile(r"(.*?) ?[eE] ?([+-]?\d+)")


def _split_power(number: str) -> tuple[str, int]:
    """Digits, and the power of ten, of a number as printed: “3.5 × 10^-8”."""
    number = re.sub(r"\(\d+\)", "", number)
    if ten := _TEN.fullmatch(number):
        digits, sign, power, lost_power = ten.groups()
        exponent = (power or lost_power).replace(" ", "")
        return re.sub("[ ,']", "", digits or f"{sign}1"), int(exponent)
    exponential = _LETTER_E.fullmatch(number)
    digits, exponent = exponential.groups() if exponential else (number, "0")
    return re.sub("[ ,']", "", digits), int(exponent)


def _decimal(number: str) -> Decimal:
    """The exact value of a number as printed, without its uncertainty in brackets."""
    if "/" in number:  # C/5, 1/10
        over, under = re.findall(r"[\d.]+|[cC](?= ?/)", number)
        if not Decimal(under):
            raise QuantityError(f"“{number}” divides by zero.")
        return (Decimal(1) if over in "cC" else Decimal(over)) / Decimal(under)
    digits, power = _split_power(number)
    return Decimal(f"{digits}e{power}")


def _uncertainty(number: str) -> Decimal:
    """What a bracket gives in the last digits: 0.04 × 10⁻⁷ of “2.31(4) × 10^-7”."""
    bracket = re.search(r"\((\d+)\)", number)
    if bracket is None:
        return Decimal(0)
    digits, power = _split_power(number)
    return Decimal(f"{bracket[1]}e{power - len(digits.partition('.')[2])}")
