"""Reads quantities as the literature prints them.

`grammar.plain` brings a text to one spelling, `words` takes the words around the
numbers away, `grammar.match` finds the parts of what is left, `numbers.ends` its ends.
"""

import re
from dataclasses import dataclass

from asei_db.lib.quantities import grammar, units, words
from asei_db.lib.quantities.errors import QuantityError, advice, unread
from asei_db.lib.quantities.numbers import ends
from asei_db.lib.quantities.printing import ROOM_TEMPERATURE, Quantity
from asei_db.lib.quantities.units import UNITS, Unit
from asei_db.lib.typed import visible

MAX_LENGTH = 100  # characters of a quantity as reported

_ROUNDED_KELVIN = 0.5


def parse(text: str, unit: str) -> Quantity:
    """The `Quantity` that `text` states, in `unit` (a symbol of `UNITS`).

    A bare number is in `unit`; units of the same kind are converted without noise.
    Raises `QuantityError` with a sentence for people: always where a text has two
    readings, which it then names.
    """
    try:
        own = UNITS[unit]
    except KeyError:
        raise QuantityError(f"“{unit}” is no unit that values are kept in.") from None
    reported = visible(text).strip()
    if not reported:
        raise QuantityError("Nothing was given.")
    if len(reported) > MAX_LENGTH:
        raise QuantityError(f"The text is longer than {MAX_LENGTH} characters.")
    if re.search("\\d\N{SOFT HYPHEN}\\d", text):
        raise QuantityError(
            f"“{reported}” has a hyphen between its digits that is not shown; is it a "
            "range, or one number? Type it anew."
        )
    return _quantity(_read(grammar.plain(reported, own), own, reported), own, reported)


def is_printed_otherwise(quantity: Quantity) -> bool:
    """Whether the source printed other numbers than `str` does: 323 K, C/5, 6 ± 1.

    Spellings of the same unit, dashes, powers of ten, zeros and words such as RT,
    hours or twofold make no difference.
    """
    own = UNITS.get(quantity.unit)
    if own is None or not quantity.as_reported:
        return False
    try:
        text = grammar.plain(quantity.as_reported, own)
        reading = _read(text, own, quantity.as_reported, as_own=True)
    except QuantityError:
        return True
    if reading.is_spread:
        return True
    if reading.fractions:
        printed = str(quantity)
        return any(fraction not in printed for fraction in reading.fractions)
    same = _quantity(reading, own, quantity.as_reported)
    return (same.minimum, same.maximum) != (quantity.minimum, quantity.maximum)


@dataclass(frozen=True)
class _Reading:
    """What a text states: a sign, and both ends in the own unit."""

    sign: str
    low: float
    high: float
    is_spread: bool = False
    fractions: tuple[str, ...] = ()


def _quantity(reading: _Reading, own: Unit, reported: str) -> Quantity:
    return Quantity(
        minimum=None if reading.sign in "<≤" else reading.low,
        maximum=None if reading.sign in ">≥" else reading.high,
        qualifier=reading.sign,
        as_reported=reported,
        unit=own.symbol,
    )


def _read(text: str, own: Unit, reported: str, as_own: bool = False) -> _Reading:
    """What a plain text states; with `as_own` as if all units were the own one."""
    if not text or words.is_nothing(text):
        raise QuantityError(
            f"“{reported}” gives no value; leave the field empty where nothing is "
            "reported."
        )
    if own.kind == "count of cycles" and re.search(r"\d\.\d{3}(?!\d| ?[×xX·eE])", text):
        raise QuantityError(
            f"“{reported}” has a point before three digits; write 1,000 for thousands, "
            "and whole numbers without a point."
        )
    reading = _read_alone(text, own, reported, as_own)
    if reading is None:
        reading = _read_repeated(text, own, reported, as_own)
    if reading is None:
        raise QuantityError(_complaint(text, own, reported))
    return reading


def _read_alone(
    text: str, own: Unit, reported: str, as_own: bool = False
) -> _Reading | None:
    """What a text states that is a quantity and nothing else, None if it is not."""
    is_announced, body = words.split_range_words(text)
    sign, body = words.split_sign(body)
    if sign == "~":  # ~80 to ~120
        body = re.sub(r"(-|\bto\b) ?[~≈] ?", r"\1 ", body)
    match = grammar.match(body, own)
    if match is None:
        return None
    is_range = any(match[group] for group in ("second", "spread", "off"))
    if is_range and sign not in "=~":
        raise QuantityError(
            f"“{reported}” joins “{sign}” to a range; give the range alone, or one "
            f"number after the sign."
        )
    if is_announced and not match["second"]:
        raise QuantityError(
            f"“{reported}” begins a range and does not end it; write both ends, or "
            "≥ before the lowest."
        )
    low, high = ends(match, own, reported, as_own)
    if low > high and not as_own:
        raise QuantityError(
            f"“{reported}” is a range that goes down; write the lower value first, "
            f"or 10^-8 for a power of ten."
        )
    fractions = [
        number for number in (match["first"], match["second"]) if "/" in (number or "")
    ]
    return _Reading(
        sign,
        low,
        high,
        is_spread=any(match[group] for group in ("spread", "off"))
        or "(" in match["first"],
        fractions=tuple(re.sub(" |-?rate", "", one).upper() for one in fractions),
    )


def _read_repeated(
    text: str, own: Unit, reported: str, as_own: bool
) -> _Reading | None:
    """A value that a bracket repeats, “RT (25 °C)”; None if there is no bracket."""
    parts = re.fullmatch(r"(.+?) ?\(([^()]+)\)", text)
    if parts is None:
        return None
    first, second = (
        _read_alone(part, own, reported, as_own) for part in parts.groups()
    )
    if first is None or second is None:
        return None
    # 298 K stands for 298.15 K beside its degrees.
    is_rounded = own.kind == "temperature" and ("K" in parts[1]) != ("K" in parts[2])
    tolerance = _ROUNDED_KELVIN if is_rounded else 0
    if any(
        abs(one - other) > tolerance
        for one, other in ((first.low, second.low), (first.high, second.high))
    ):
        one, other = (_quantity(part, own, "") for part in (first, second))
        raise QuantityError(
            f"“{reported}” gives two values, {one} and {other}; write one of them, or "
            "± before a spread."
        )
    return first


# --- What is said of a text that is not read


def _complaint(text: str, own: Unit, reported: str) -> str:
    """What is wrong with a plain text that does not parse, and what would be right."""
    sign, body = words.split_sign(words.split_range_words(text)[1])
    own_unit = own.printed or "numbers without a unit"
    if re.search(r"\d,\d", body) and not re.search(r"[1-9]\d{0,2},\d{3}(?!\d)", body):
        return f"“{reported}” has a decimal comma; write a decimal point."
    if own.kind != "temperature" and re.match(rf"{ROOM_TEMPERATURE}\b", body):
        return f"“{reported}” is a temperature; this is kept in {own_unit}."
    second_sign, rest = words.split_sign(body)
    if re.match("[<>≤≥~=]", body) or (
        sign != "=" and (second_sign, rest) != ("=", body)
    ):
        return f"“{reported}” has more than one sign before the number. {advice(own)}"
    if other_unit := _other_unit(body, own):
        return f"“{reported}” is in {other_unit}, which does not convert to {own_unit}."
    for head, condition in words.split_condition(text):
        if (value := _value_alone(head, own)) is not None:
            return (
                f"“{reported}”: the condition has a field of its own, or goes into the "
                f"notes: “{condition}”. Without it, {value} is read."
            )
    if re.search(r"(?i)\b(nan|inf|infinity)\b|∞", body):
        return f"“{reported}” is not a finite number. {advice(own)}"
    if _SEVERAL.search(body):
        return f"“{reported}” gives several values; give one value or a range."
    return unread(reported, own)


def _other_unit(body: str, own: Unit) -> str | None:
    """The unit of a quantity of another kind, as typed."""
    for kind in units.KINDS:
        if kind != own.kind and (match := grammar.pattern(kind).fullmatch(body)):
            typed: str | None = match["unit"] or match["first_unit"]
            if typed and typed.lower() != own.symbol.lower():
                return typed
    return None


_SEVERAL = re.compile(
    r"(?i)\d[^\d,;&/]{0,20}(?:[,;&/]|\band\b|\bor\b)\D{0,9}(?<![a-z^-])\d"
)


def _value_alone(text: str, own: Unit) -> Quantity | None:
    """The quantity that a plain text states, None if it states none."""
    try:
        reading = _read_alone(text, own, text)
    except QuantityError:
        return None
    return None if reading is None else _quantity(reading, own, text)
