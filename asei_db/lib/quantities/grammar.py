"""The grammar of quantities: what numbers, units and signs make one.

It reads the plain text of a quantity of a kind (`plain`) from which `words` has taken
the words around the numbers.
"""

import re
from functools import cache

from asei_db.lib.quantities import spelling, units
from asei_db.lib.quantities.printing import ROOM_TEMPERATURE
from asei_db.lib.quantities.units import Unit


def plain(reported: str, own: Unit) -> str:
    """The plain text of a quantity of the kind of `own`."""
    if own.kind == "temperature":  # a raised zero for the ring of °C
        reported = re.sub(r"⁰(?= ?[CK]\b)", "°", reported)
    elif own.kind == "ratio":
        reported = re.sub(r"(?i)^(?:by )?(?:a )?factor of ", "", reported)
    text = spelling.plain(reported)
    if own.kind == "ratio":
        text = _WORDS.sub(lambda word: _NUMBER_WORDS[word[0].lower()], text)
    elif own.symbol == "V":
        text = _ALKALI_METAL.sub("", text).strip()
    return text


_NUMBER_WORDS = {
    **dict.fromkeys(["twice", "two"], "2"),
    **dict.fromkeys(["thrice", "three"], "3"),
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
}
_WORDS = re.compile(
    r"(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten)(?=[ -]?(?:fold|times)\b)"
    r"|\b(?:twice|thrice)\b"
)

# The electrode that volts of alkali cells are counted from: vs. Li/Li+, vs Na+/Na.
_ALKALI_METAL = re.compile(
    r" ?\(? ?\b(?i:vs\b\.?|versus|against) ?(?P<metal>Li|Na|K)(?:0|\^0)?"
    r"(?: ?\^?\+)?(?: ?/ ?(?P=metal)(?:0|\^0)?)?(?: ?\^?\+)?(?: metal)? ?\)?(?![\w+/])"
)

UNSIGNED = (
    r"(?:[1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+|(?:'\d{3})+)(?!\d)(?:\.\d+)?"
    r"|\d+(?:\.\d+)?|\.\d+)"
)
MANTISSA = rf"(?:[+-] ?)?{UNSIGNED}"
_UNCERTAIN = r"(?:\(\d{1,9}\))?"  # of the last digits: 12.3(4)
_EXPONENT = r" ?\^ ?[+-]? ?\d{1,3}"
_LOST_EXPONENT = r" ?- ?\d{1,3}"  # PDF text: the superscript of 10⁻⁸ gone
TIMES_TEN = rf" ?[×xX·] ?10(?:{_EXPONENT}|{_LOST_EXPONENT})"
_SCALED = rf"(?: ?[eE] ?[+-]?\d{{1,3}}|{TIMES_TEN})"
# 10−8 without its superscript: exponents that occur, and no space as in a range. A
# pressure of 10–12 Torr is a range; one that goes down is none.
_LOST_POWERS = {
    "conductivity": r"10-(?:[1-9]|1[0-4])(?![\d.])",
    "pressure": r"10-[1-9](?![\d.])",
}
# With a prefix, but for that of mbar, nobody writes powers of ten: “10–20 mS cm⁻¹”.
_UNIT_OF_POWERS = re.compile(r"(?i)$|s|mho|\(?(?:Ω|ohm)|m?bar|torr|pa|mm ?hg|atm")
_NUMBER = (
    rf"(?:[+-] ?)?10{_EXPONENT}"
    rf"|{MANTISSA}{_UNCERTAIN}(?:{_SCALED}{_UNCERTAIN})?"
)
_FRACTION = r"[cC] ?/ ?\d+(?:\.\d+)?(?:[ -]rate)?|\d+ ?/ ?\d+"
_RANGE_SIGN = r"-|\.{2,3}|~|÷|\b(?:up )?to\b|\bthrough\b"


@cache
def pattern(kind: str, lost_powers: bool = True) -> re.Pattern[str]:
    """The grammar: a number, a range or a number with its spread, and units.

    A power of ten may be shared: `(5.1 ± 0.3) × 10-8`, `3.6-5 × 10-8`. The groups are
    `first` and `second` (ends of a range), `spread` or `off` (`+0.1/-0.2`), `percent`
    (the spread is one of the value), `shared`, `first_unit` and `unit`.
    """
    number, between = _NUMBER, _RANGE_SIGN
    if kind in _LOST_POWERS and lost_powers:
        number = f"{_LOST_POWERS[kind]}|{number}"
    elif kind == "temperature":
        number = f"{ROOM_TEMPERATURE}|{number}"
    elif kind == "C-rate":
        number = f"{_FRACTION}|{number}"
        between = between.replace("|÷", "")
    unit = units.pattern(kind)
    percent = "(?P<percent> ?%)?" if "share" not in kind else "(?P<percent>(?!))?"
    up, down = (rf"{sign} *{UNSIGNED}" for sign in (r"\+", "-"))
    return re.compile(
        r"(?P<open>\( *)?"
        + ("(?:[×xX] ?)?" if kind == "ratio" else "")
        + rf"(?P<first>{number})(?: *-?(?P<first_unit>{unit}))?"
        + rf"(?:(?: *(?:{between}) *(?P<second>{number})"
        + rf"| *± *(?P<spread>{UNSIGNED}{_SCALED}?){percent}"
        + rf"| *(?P<off>{up} *[/,]? *{down}|{down} *[/,]? *{up}))"
        + r"(?(open) *\))"
        + rf"(?P<shared>{TIMES_TEN})?(?: *-?(?P<unit>{unit}))?)?",
        re.ASCII,
    )


def match(text: str, own: Unit) -> re.Match[str] | None:
    """The parts of a plain text (see `pattern`), None if it is no quantity."""
    found = pattern(own.kind).fullmatch(text)
    if found is None or own.kind not in _LOST_POWERS:
        return found
    numbers = [found["first"], found["second"] or ""]
    if any(re.fullmatch(_LOST_POWERS[own.kind], number) for number in numbers):
        unit = found["first_unit"] or found["unit"] or ""
        if not _UNIT_OF_POWERS.match(unit):
            return pattern(own.kind, lost_powers=False).fullmatch(text)
    return found
