"""Finds in a quote how a value is printed there.

What is found is one part of the quote, with the sign before the number and the unit
behind it where they stand there, and is read by the reader of quantities as the wanted
value. Nothing is put together: a number whose unit stands at the end of a list, or over
a column, is found bare.
"""

import html
import re
from dataclasses import dataclass
from functools import cache
from math import isclose

from asei_db.lib.quantities import UNITS, QuantityError, is_printed_otherwise, parse
from asei_db.lib.quantities import units as spellings
from asei_db.lib.quantities.spelling import plain

_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d.])\d+(?:\.\d+)?")
_TEX = [
    (r"\\dot *\{ *\\mathrm *\{ *A *\} *\}|\\dot *\{ *A *\}|\\AA", "Å"),
    (r"\^ ?\{? ?\\circ ?\}?", "°"),
    (r"\\sim ?", "~"),
    (r"\\pm ?", "± "),
    (r"\\times ?", "× "),
    (r"(?<=\d)~(?=\\)", " "),  # a space that does not break
    (r"\^ ?\{ ?- ?(\d) ?\}", r"-\1"),
    (r"\\(?:mathrm|mathbf|text|dot)|[${}]", ""),
]
#: How many signs before and behind a number may belong to it.
_BEFORE, _BEHIND = 26, 48
_UNIT_LENGTH = 14
_SIGNS = "~∼≈≃<>≤≥"
_SPREAD = re.compile(r"±|\+ ?/ ?[-−]")


@dataclass(frozen=True)
class Wanted:
    """A value as a harvest gives it: both ends in `unit`, and its sign.

    `step` is one of its last decimal place; `spread` its uncertainty, if stated.
    """

    low: float
    high: float
    sign: str
    unit: str
    step: float
    spread: float = 0

    def is_said_by(self, text):
        """Whether `text` is this value."""
        try:
            read = parse(text, self.unit)
        except QuantityError:
            return False
        if read.qualifier != self.sign:
            return False
        low, high = read.lowest, read.highest
        if _SPREAD.search(text):
            spread = (high - low) / 2
            low = high = (low + high) / 2
            if self.spread and not isclose(spread, self.spread, rel_tol=1e-6):
                return False
        elif self.spread:
            return False
        allowed = 0.5001 * self.step if _is_converted(text, self.unit) else 0
        return all(
            isclose(end, own, rel_tol=1e-9, abs_tol=allowed)
            for end, own in ((low, self.low), (high, self.high))
        )


def _is_converted(text, unit):
    """Whether a text gives a value in other numbers than ours: C/3, 800 Å."""
    is_fraction = UNITS[unit].kind == "C-rate" and "/" in text
    return is_fraction or is_printed_otherwise(parse(text, unit))


@cache
def plain_text(quote):
    """A quote without the typesetting of the copy in which it was read."""
    text = re.sub("</?[a-z]+>", "", html.unescape(quote))
    if "\\" in text:
        for pattern, sign in _TEX:
            text = re.sub(pattern, sign, text)
    text = re.sub(r"\b10 ([-−–])(?=\d{1,2}\b)", r"10\1", text)  # superscripts that
    text = re.sub(r"(?<=[a-zA-Z]) ([-−–])(?=\d\b)", r"\1", text)  # copies set apart
    return " ".join(text.split())


@cache
def find(quote, wanted, in_another_unit=False):
    """The part of a quote that says `wanted`, or None: with a unit if there is one.

    With `in_another_unit` only if it is printed in other numbers than ours.
    """
    found, quote = {}, plain_text(quote)
    for number in _NUMBER.finditer(quote):
        if not _may_be(number, quote, wanted):
            continue
        for text in _parts(quote, number, wanted):
            if text in found or not wanted.is_said_by(text):
                continue
            if not in_another_unit or _is_converted(text, wanted.unit):
                has_unit = _ends_in_unit(text, wanted.unit)
                found[text] = (
                    has_unit,
                    _SPREAD.search(text) is not None,
                    wanted.sign != "=" or not text[0].isalpha(),
                    len(text) if has_unit else -len(text),
                )
    return max(found, key=found.get, default=None)


def _may_be(number, quote, wanted):
    """Whether a number may be one of the wanted ones in some unit, by its digits."""
    if _digits(number[0]) in {_digits(repr(wanted.low)), _digits(repr(wanted.high))}:
        return True
    kind = UNITS[wanted.unit].kind
    if kind == "C-rate":
        return quote[: number.start()].rstrip().endswith("/")
    return kind == "temperature" and "K" in quote[number.end() : number.end() + 9]


def _digits(text):
    mantissa = text.lower().split("e")[0].replace(",", "").replace(".", "")
    return mantissa.strip("0") or "0"


def _parts(quote, number, wanted):
    """The parts of a quote around a number that may be a quantity."""
    start, end = number.span()
    before, behind = max(0, start - _BEFORE), quote[end : end + _BEHIND]
    words = r"\(|\b[cC] ?/" if wanted.sign == "=" else rf"[({_SIGNS}]|\b[a-z]"
    if wanted.low != wanted.high:
        words = rf"[({_SIGNS}]|\b(?:from|between|within)\b"
    elif wanted.sign == "=" and re.search(rf"[{_SIGNS}] ?$", quote[:start]):
        return  # it is no plain value
    starts = [before + m.start() for m in re.finditer(words, quote[before:start])]
    stops = {end + match.end() for match in re.finditer(r"[\w%)°℃²³⁻¹]", behind)}
    for first in (start, *starts):
        for last in (end, *stops):
            if _is_within_a_word(quote[last - 1 : last + 2]):
                continue
            text = quote[first:last]
            if _ends_in_unit(text, wanted.unit) or not _has_other_unit(
                quote[last:], wanted.unit
            ):
                yield text


def _is_within_a_word(signs):
    """Whether a part would end within a word or a number: before the last of signs."""
    is_decimal = re.match(r"\d\.\d", signs) is not None
    is_word = signs[:2].isalpha() or signs[:2].isdigit()
    return is_decimal or (is_word and len(signs) > 1)


def _ends_in_unit(text, unit):
    """Whether a unit of the kind of `unit` stands at the end of a text."""
    return _is_unit(plain(text)[-_UNIT_LENGTH:], UNITS[unit].kind)


@cache
def _is_unit(text, kind):
    pattern = spellings.pattern(kind)
    return bool(pattern) and re.search(rf"(?:{pattern})$", text) is not None


def _has_other_unit(behind, unit):
    """Whether what stands behind a bare number makes it one of another unit."""
    if unit == "at.%" and re.match(" ?%", behind):
        return False  # printed as “%” where the text says of what
    is_joined = re.match(r" ?(?:[A-Za-zµμΩÅ°℃%‰/(^×]|[-–−]\d)", behind)
    is_word = re.match(r" (?:and|or|to|for|in|at|vs|with|as|after)\b| ?\(", behind)
    return is_joined is not None and is_word is None
