"""Quantities as the literature prints them: parsed here, printed here, nowhere else.

A quantity is a lowest and a highest value (equal for a single value), a qualifier
and the text as reported. `parse` reads `140`, `~1 Å`, `85–115 °C`, `>99 %`, `RT`,
`3.6–5 × 10−8 S cm−1`, `10−8 to 10−6`, `C/5`; `str(quantity)` prints it back.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

QUALIFIERS = ("=", "~", "<", "≤", ">", "≥")
MAX_LENGTH = 100  # characters of a quantity as reported
ROOM_TEMPERATURE = Decimal(25)  # °C


class QuantityError(ValueError):
    """A text that is no quantity of the wanted unit; the message says why."""


@dataclass(frozen=True)
class Unit:
    """A unit that fields own.

    * `symbol`: as stored and as the API gives it, e.g. `S/cm`
    * `printed`: in running text, e.g. `S cm⁻¹`
    * `suffix`: end of a column's name, e.g. `s_per_cm`
    * `kind`: what it measures; units of one kind convert into each other
    * `above`: every value lies above this (absolute zero)
    """

    symbol: str
    printed: str
    suffix: str
    kind: str
    above: float | None = None

    def __str__(self):
        return self.symbol


UNITS = {
    unit.symbol: unit
    for unit in (
        Unit("°C", "°C", "celsius", "temperature", above=-273.15),
        Unit("K", "K", "kelvin", "temperature", above=0.0),
        Unit("nm", "nm", "nm", "length"),
        Unit("Å", "Å", "angstrom", "length"),
        Unit("µm", "µm", "um", "length"),
        Unit("Å/cycle", "Å per cycle", "angstrom", "growth per cycle"),
        Unit("S/cm", "S cm⁻¹", "s_per_cm", "conductivity"),
        Unit("eV", "eV", "ev", "energy"),
        Unit("Ω·cm²", "Ω cm²", "ohm_cm2", "area resistance"),
        Unit("V", "V", "v", "voltage"),
        Unit("mV", "mV", "mv", "voltage"),
        Unit("%", "%", "percent", "share"),
        Unit("at.%", "at.%", "atomic_percent", "atomic share"),
        Unit("×", "×", "times", "ratio"),
        Unit("", "", "", "number"),
        Unit("cycles", "cycles", "cycles", "count of cycles"),
        Unit("Torr", "Torr", "torr", "pressure"),
        Unit("s", "s", "s", "time"),
        Unit("h", "h", "h", "time"),
        Unit("C", "C", "", "C-rate"),
        Unit("mA/cm²", "mA cm⁻²", "ma_per_cm2", "areal current"),
        Unit("mA/g", "mA g⁻¹", "ma_per_g", "specific current"),
        Unit("mAh/cm²", "mAh cm⁻²", "mah_per_cm2", "areal capacity"),
        Unit("mAh/g", "mAh g⁻¹", "mah_per_g", "specific capacity"),
    )
}

_LENGTHS = {"nm": "1", "Å": "0.1", "um": "1000", "pm": "0.001"}

# What may be typed, by kind: spelling (see `_plain`) → size in the kind's own base.
_SPELLINGS = {
    "temperature": {"°C": "1", "degC": "1", "oC": "1", "C": "1", "K": "1"},
    "length": _LENGTHS | {"mm": "1000000"},
    "growth per cycle": _LENGTHS
    | {f"{unit}/cycle": size for unit, size in _LENGTHS.items()},
    "conductivity": {"S/cm": "1", "mS/cm": "0.001", "uS/cm": "0.000001", "S/m": "0.01"},
    "energy": {"eV": "1", "meV": "0.001"},
    "area resistance": {"Ω·cm2": "1", "Ω cm2": "1", "ohm·cm2": "1", "ohm cm2": "1"},
    "voltage": {"V": "1", "mV": "0.001"},
    "share": {"%": "1", "percent": "1"},
    "atomic share": {"at.%": "1", "at. %": "1", "at%": "1", "at %": "1"},
    "ratio": {"×": "1", "x": "1", "-fold": "1", "fold": "1", "times": "1"},
    "number": {"": "1"},
    "count of cycles": {"cycles": "1", "cycle": "1"},
    "pressure": {
        "Torr": "133.32236842105263",
        "torr": "133.32236842105263",
        "mTorr": "0.13332236842105263",
        "mbar": "100",
        "Pa": "1",
    },
    "time": {"s": "1", "sec": "1", "ms": "0.001", "min": "60", "h": "3600"},
    "C-rate": {"C": "1"},
    "areal current": {
        "mA/cm2": "1",
        "uA/cm2": "0.001",
        "A/cm2": "1000",
        "A/m2": "0.1",
        "mA/m2": "0.0001",
    },
    "specific current": {"mA/g": "1", "A/g": "1000", "uA/g": "0.001", "A/kg": "1"},
    "areal capacity": {"mAh/cm2": "1", "uAh/cm2": "0.001", "Ah/m2": "0.1"},
    "specific capacity": {"mAh/g": "1", "Ah/g": "1000", "Ah/kg": "1"},
}
_ZERO_KELVIN = Decimal("273.15")
_PRESSURE_DIGITS = 4  # of a pressure in another unit; sources state fewer

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
_TO_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_NBSP = "\N{NO-BREAK SPACE}"

_MANTISSA = r"[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_EXPONENT = r"\s*\^\s*(?:\([+-]?\d{1,3}\)|\{[+-]?\d{1,3}\}|[+-]?\d{1,3})"
_LOST_EXPONENT = r"\s*-\s*\d{1,3}"  # PDF text: the superscript of 10⁻⁸ gone
_TIMES_TEN = rf"\s*[×x*·]\s*10(?:{_EXPONENT}|{_LOST_EXPONENT})"
_SEPARATOR = r"\s*(?:-|\.{2,3}|±|\+/-|\bto\b)\s*"
_ROOM_TEMPERATURE = r"(?:RT|r\.\s?t\.|room[ -]temperature|room temp\.?)"


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
    def sort_value(self):
        """The number it is sorted by: the minimum, else the maximum."""
        return self.maximum if self.minimum is None else self.minimum

    def __str__(self):
        return _print(self)


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


def _plain(text):
    """`text` with one kind of dash, space and micro sign, and units as in `S/cm`."""
    text = re.sub(
        "[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+", lambda run: "^" + run[0].translate(_SUPERSCRIPTS), text
    )
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[‐‑‒–—―−]", "-", text).replace("μ", "u").replace("⋅", "·")
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\bper (?=cm|m|g|kg|cycle)", "/", text)
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
        number = rf"{_ROOM_TEMPERATURE}|{number}"
    elif kind == "C-rate":
        number = rf"C/\d+(?:\.\d+)?|{number}"
    unit = "|".join(
        re.escape(spelling)
        for spelling in sorted(_SPELLINGS[kind], key=len, reverse=True)
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
    if match["separator"].strip() not in ("±", "+/-"):
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
    return re.fullmatch(_ROOM_TEMPERATURE, number) is not None


def _value(number, spelling, own, reported):
    if _is_rt(number):
        return _convert(ROOM_TEMPERATURE, "°C", own, reported)
    return _convert(_decimal(number) * _size(spelling, own), spelling, own, reported)


def _size(spelling, own):
    """How many of the kind's base unit one `spelling` is."""
    return Decimal(_SPELLINGS[own.kind][spelling or _plain(own.symbol)])


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
    if re.match(_ROOM_TEMPERATURE, body) and own.kind != "temperature":
        return f"“{reported}” is a temperature; this is kept in {own_unit}."
    for kind in _SPELLINGS:
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


def _print(quantity):
    unit = UNITS.get(quantity.unit)
    low, high = quantity.minimum, quantity.maximum
    sign = "" if quantity.qualifier == "=" else quantity.qualifier
    ends = [end for end in (low, high) if end is not None]
    if len(ends) == 2 and low == high:
        ends.pop()
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
    return f"{sign}{numbers}{_NBSP}{unit.printed.replace(' ', _NBSP)}"


def _is_room(value, quantity):
    return (
        quantity.unit == "°C"
        and value == float(ROOM_TEMPERATURE)
        and re.search(rf"(?<!\w){_ROOM_TEMPERATURE}", quantity.as_reported) is not None
    )


def _print_range(low, high, unit):
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


def _split(value, scientific=False):
    """Digits and power of ten (None for plain notation) of a float."""
    number = Decimal(repr(float(value))).normalize()
    if number == 0:
        return "0", None
    power = number.adjusted()
    if scientific or not -3 <= power < 6:
        number = number.scaleb(-power)
    else:
        power = None
    return f"{number:f}".replace("-", "−"), power


def _join(digits, power):
    if power is None:
        return digits
    if digits in ("1", "−1"):
        return digits[:-1] + _power(power)
    return f"{digits}{_NBSP}×{_NBSP}{_power(power)}"


def _power(exponent):
    return "10" + str(exponent).translate(_TO_SUPERSCRIPTS)
