"""Counts and coefficients: numbers, fractions, and sums with variables (`1−x`)."""

import re
from fractions import Fraction

SIGN = "[+−-]"
_ISOMER = r"-?(?:Pr|Bu|Am)"
_VARIABLE = rf"(?:[xyzwmδεξ](?![a-z](?!{_ISOMER}))|n(?!{_ISOMER}|[a-z]))"
_NUMBER = r"\d+(?:\.\d+)?"
_FRACTION = r"\d+/[1-9]\d*(?!\d| ?[a-zµμ])"  # "Al2O3/2 nm" is a layer upon a layer
_TERM = rf"(?:{_NUMBER})?{_VARIABLE}(?:/[1-9]\d*)?"
_DELTA = rf"(?:{SIGN}d(?:elta)?(?!\w))?"  # δ on a keyboard
_VARIABLE_SUM = (
    rf"(?:{_NUMBER}(?={SIGN}\d*\.?\d*{_VARIABLE})|{_TERM})(?:{SIGN}{_TERM})*"
)
COUNT = re.compile(
    r"_\{[\w.+/()−-]{1,30}\}|_[\dnxyz]"  # on the line below
    rf"|\((?:{_VARIABLE_SUM}|{_FRACTION})\)"
    rf"|\d*[nm]{SIGN}\d+(?![\d./])"  # CnH2n+2
    rf"|(?:{_TERM}|{_FRACTION}|{_NUMBER})(?:{SIGN}{_TERM})*{_DELTA}"
)
COEFFICIENT = re.compile(
    rf"(?:\({_VARIABLE_SUM}\)|{_FRACTION}|{_NUMBER}[xyzn]?|[xyz]|n(?!{_ISOMER}))"
    rf" ?(?=[A-Z(\[])|{_NUMBER} ?(?=[nits]{_ISOMER}|[a-z])"
)


def plain(count):
    """A count without the marks of its place."""
    return count.strip("_{}")


def number(count):
    """A count as a Fraction, 1 for none; None if it is no number."""
    text = plain(count).strip("()") or "1"
    return Fraction(text) if re.fullmatch(rf"{_FRACTION}|{_NUMBER}", text) else None


def begins_with_zero(count):
    """Whether a count looks like the letter O: "04", "0", but not "0.4"."""
    return bool(re.match(r"0(?!\.)", plain(count)))
