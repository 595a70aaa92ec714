"""Reads quantities as the literature prints them."""

import re
import unicodedata
from decimal import Decimal
from functools import cache

from asei_db.lib.quantities.printing import ROOM_CELSIUS, ROOM_TEMPERATURE, Quantity
from asei_db.lib.quantities.units import SPELLINGS, UNITS

MAX_LENGTH = 100  # characters of a quantity as reported

_ZERO_KELVIN = Decimal("273.15")
_PRESSURE_DIGITS = 3  # of a pressure in another unit; sources state fewer
_SIGNS = {
    "=": "=",
    **dict.fromkeys(
        ("~", "≈", "∼", "≃", "≅", "c.", "ca.", "ca", "circa", "about", "around"), "~"
    ),
    **dict.fromkeys(("approx.", "approx", "approximately", "roughly", "near"), "~"),
    **dict.fromkeys(("almost", "nearly"), "~"),
    **dict.fromkeys(("<", "below", "under", "less than"), "<"),
    **dict.fromkeys((">", "above", "over", "more than"), ">"),
    **dict.fromkeys(("≤", "⩽", "≦", "<=", "=<", "up to", "at most"), "≤"),
    **dict.fromkeys(("≥", "⩾", "≧", ">=", "=>", "at least"), "≥"),
}

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")

_MANTISSA = r"[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_EXPONENT = r"\s*\^\s*(?:\([+-]?\d{1,3}\)|\{[+-]?\d{1,3}\}|[+-]?\d{1,3})"
_LOST_EXPONENT = r"\s*-\s*\d{1,3}"  # PDF text: the superscript of 10⁻⁸ gone
_TIMES_TEN = rf"\s*[×x*·]\s*10(?:{_EXPONENT}|{_LOST_EXPONENT})"
_SPREADS = ("±", "+/-")
_SEPARATOR = r"\s*(?:-|\.{2,3}|±|\+/-|\bto\b)\s*"


class QuantityError(ValueError):
    """A text that is no quantity of the wanted unit; the message says why."""


def parse(text, unit):
    """The `Quantity` that `text` states, in `unit` (a symbol of `UNITS`).

    A bare number is in `unit`; units of the same kind are converted without noise.
    Raises `QuantityError` with a sentence for people.
    """
    try:
        own = UNITS[unit]
    except KeyError:
        raise QuantityError(f"“{unit}” is no unit that values are kept in.") from None
    reported = text.strip()
    if not reported:
        raise QuantityError("Nothing was given.")
    if len(reported) > MAX_LENGTH:
        raise QuantityError(f"The text is longer than {MAX_LENGTH} characters.")
    plain = _plain(reported)
    sign, body = _split_sign(plain)
    match = _pattern(own.kind).fullmatch(body)
    if match is None:
        raise QuantityError(_complaint(reported, body, own))
    low, high = _bounds(match, own, reported)
    is_range = match["second"] is not None
    if is_range and sign not in "=~":
        raise QuantityError(
            f"“{reported}” joins “{sign}” to a range; give the range alone, or one "
            f"number after the sign."
        )
    if low > high:
        raise QuantityError(
            f"“{reported}” is a range that goes down; write the lower value first, "
            f"or 10^-8 for a power of ten."
        )
    return Quantity(
        minimum=None if sign in "<≤" else low,
        maximum=None if sign in ">≥" else high,
        qualifier=sign,
        as_reported=reported,
        unit=own.symbol,
    )


def is_printed_otherwise(quantity):
    """Whether the source printed other numbers than `str` does: 323 K, C/5, 6 ± 1.

    Units, dashes, powers of ten, zeros and words such as RT make no difference.
    """
    own = UNITS.get(quantity.unit)
    if own is None:
        return False
    sign, body = _split_sign(_plain(quantity.as_reported))
    match = _pattern(own.kind).fullmatch(body)
    if match is None:
        return False
    if match["separator"] and match["separator"].strip() in _SPREADS:
        return True
    fractions = re.findall(r"C/[\d.]+", body)
    if fractions:
        return any(fraction not in str(quantity) for fraction in fractions)
    # As if the numbers were in the own unit.
    unitless = match.groupdict() | {"first_unit": None, "unit": None}
    try:
        low, high = _bounds(unitless, own, quantity.as_reported)
    except QuantityError:
        return True
    return (quantity.minimum, quantity.maximum) != (
        None if sign in "<≤" else low,
        None if sign in ">≥" else high,
    )


def _plain(text):
    """`text` with one kind of dash, space and micro sign, and units as in `S/cm`."""
    text = re.sub(
        "[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+", lambda run: "^" + run[0].translate(_SUPERSCRIPTS), text
    )
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[‐‑‒–—―−]", "-", text).replace("μ", "u").replace("⋅", "·")
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\bper (?=cm|m|g|kg|cycle)", "/", text)
    text = re.sub(r"(Ω|\bohm)\^?-1(?!\d)", "S", text)
    # "S cm-1" and "S·cm^-1" become "S/cm"; "mA h g-1" becomes "mAh/g".
    text = re.sub(
        r"[ ·]*\b(cm|m|g|kg|cycle)\s?\^?\(?-([12])\)?(?!\d)",
        lambda unit: f"/{unit[1]}{unit[2] if unit[2] != '1' else ''}",
        text,
    )
    text = re.sub(r"\b(cm|m)\^2", r"\g<1>2", text)
    text = re.sub(r"\s?/\s?(?=[a-z])", "/", text)
    text = re.sub(r"([mu]?A)[ ·]h\b", r"\1h", text)
    return re.sub(r"(°|º|deg\.?) (?=C)", r"\1", text)


def _split_sign(plain):
    for spelling in sorted(_SIGNS, key=len, reverse=True):
        if plain.lower().startswith(spelling):
            rest = plain[len(spelling) :]
            if not spelling[-1].isalpha() or not rest[:1].isalpha():
                return _SIGNS[spelling], rest.strip()
    return "=", plain


@cache
def _pattern(kind):
    number = rf"{_MANTISSA}(?:[eE][+-]?\d{{1,3}}|{_TIMES_TEN})?|[+-]?10{_EXPONENT}"
    if kind == "conductivity":
        number = rf"10{_LOST_EXPONENT}(?!\d)|{number}"
    elif kind == "temperature":
        number = rf"{ROOM_TEMPERATURE}|{number}"
    elif kind == "C-rate":
        number = rf"C/\d+(?:\.\d+)?|{number}"
    unit = "|".join(
        re.escape(spelling)
        for spelling in sorted(SPELLINGS[kind], key=len, reverse=True)
    )
    return re.compile(
        rf"(?P<open>\(\s*)?(?P<first>{number})(?:\s*(?P<first_unit>{unit}))?"
        rf"(?:(?P<separator>{_SEPARATOR})(?P<second>{number})(?(open)\s*\)))?"
        rf"(?P<shared>{_TIMES_TEN})?(?:\s*(?P<unit>{unit}))?"
    )


def _bounds(match, own, reported):
    """The lowest and highest value of a match, in the unit `own`."""
    first, second, shared = match["first"], match["second"], match["shared"]
    units = [match["first_unit"], match["unit"]]
    if second is None:
        if match["open"] or shared or all(units) or (_is_rt(first) and any(units)):
            raise QuantityError(_complaint(reported, reported, own))
        value = _value(first, units[0] or units[1], own, reported)
        return value, value
    # "3.6–5 × 10⁻⁸": the power belongs to both numbers.
    power = re.fullmatch(rf"({_MANTISSA})({_TIMES_TEN})", second)
    if shared:
        if not all(re.fullmatch(_MANTISSA, number) for number in (first, second)):
            raise QuantityError(_complaint(reported, reported, own))
        first, second = first + shared, second + shared
    elif power and re.fullmatch(_MANTISSA, first) and not units[0]:
        first += power[2]
    first_unit, second_unit = units[0] or units[1], units[1] or units[0]
    if match["separator"].strip() not in _SPREADS:
        return (
            _value(first, first_unit, own, reported),
            _value(second, second_unit, own, reported),
        )
    if _is_rt(first) or _is_rt(second) or second.startswith("-"):
        raise QuantityError(_complaint(reported, reported, own))
    middle = _decimal(first) * _size(first_unit, own)
    spread = _decimal(second) * _size(second_unit, own)
    return (
        _convert(middle - spread, first_unit, own, reported),
        _convert(middle + spread, first_unit, own, reported),
    )


def _is_rt(number):
    return re.fullmatch(ROOM_TEMPERATURE, number) is not None


def _value(number, spelling, own, reported):
    if _is_rt(number):
        return _convert(ROOM_CELSIUS, "°C", own, reported)
    return _convert(_decimal(number) * _size(spelling, own), spelling, own, reported)


def _size(spelling, own):
    """How many of the kind's base unit one `spelling` is."""
    return Decimal(SPELLINGS[own.kind][spelling or _plain(own.symbol)])


def _convert(base, spelling, own, reported):
    """A value in the kind's base unit as a float in the unit `own`."""
    if own.kind == "temperature":
        kelvin = (spelling or own.symbol) == "K"
        if kelvin and own.symbol != "K":
            base -= _ZERO_KELVIN
        elif not kelvin and own.symbol == "K":
            base += _ZERO_KELVIN
    value = base / _size(None, own)
    if own.kind == "pressure" and _size(spelling, own) != _size(None, own):
        value = Decimal(f"{value:.{_PRESSURE_DIGITS}g}")  # 1 mbar is 0.7500616… Torr
    value = float(value)
    if value in (float("inf"), float("-inf")) or (value == 0) != (base == 0):
        raise QuantityError(f"“{reported}” lies outside the numbers that can be kept.")
    return value + 0.0  # no negative zero


def _decimal(number):
    """The exact value of a number as printed."""
    if number.startswith("C/"):
        divisor = Decimal(number[2:])
        if not divisor:
            raise QuantityError(f"“{number}” divides by zero.")
        return 1 / divisor
    digits = re.sub(r"[\s,(){}^]", "", number)
    mantissa, times, power = re.fullmatch("(?:(.*)([×x*·]))?(.*)", digits).groups()
    if times or "^" in number or re.fullmatch(r"10-\d+", power):
        sign, exponent = re.fullmatch("([+-]?)10(.*)", power).groups()
        return Decimal(f"{sign}{mantissa or 1}e{exponent}")
    return Decimal(power)


def _complaint(reported, body, own):
    """What is wrong with a text that does not parse, and what would be right."""
    own_unit = own.printed or "numbers without a unit"
    examples = f"Write it like 140, 85–115, ~1, >99 or 3.5 × 10⁻⁸, in {own_unit}."
    if re.search(r"\d,\d", body) and not re.search(r"\d,\d{3}(?!\d)|\d\.\d", body):
        return f"“{reported}” has a decimal comma; write a decimal point."
    if re.match(ROOM_TEMPERATURE, body) and own.kind != "temperature":
        return f"“{reported}” is a temperature; this is kept in {own_unit}."
    for kind in SPELLINGS:
        if kind != own.kind and (other := _pattern(kind).fullmatch(body)):
            spelling = other["unit"] or other["first_unit"]
            if spelling:
                return (
                    f"“{reported}” is in {spelling}, which does not convert to "
                    f"{own_unit}."
                )
    if re.search(r"(?i)\b(nan|inf|infinity)\b|∞", body):
        return f"“{reported}” is not a finite number. {examples}"
    if re.match(r"[<>≤≥~=]", body):
        return f"“{reported}” has more than one sign before the number. {examples}"
    return f"“{reported}” is no quantity that can be read. {examples}"
