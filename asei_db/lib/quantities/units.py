"""The units that values are kept in, and how they may be typed.

A spelling is not listed but made: `_KINDS` says what a kind of unit is a product of
(a conductivity is siemens by meter), `_ATOMS` how each factor is written, with which
SI prefixes, and `_product` how factors are joined: `mS cm-1`, `mS/cm`, `mScm^-1`,
`mS·cm-1`, `millisiemens per centimeter`. All of it is what `spelling.plain` leaves.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import product


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

    def __str__(self) -> str:
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
        Unit("Ω", "Ω", "ohm", "resistance"),
        Unit("µΩ·cm", "µΩ cm", "uohm_cm", "resistivity"),
        Unit("V", "V", "v", "voltage"),
        Unit("mV", "mV", "mv", "voltage"),
        Unit("%", "%", "percent", "share"),
        Unit("points", "points", "points", "share gained"),
        Unit("at.%", "at.%", "atomic_percent", "atomic share"),
        Unit("g/cm³", "g cm⁻³", "g_per_cm3", "density"),
        Unit("mg/cm²", "mg cm⁻²", "mg_per_cm2", "areal mass"),
        Unit("ng/cm²/cycle", "ng cm⁻² per cycle", "ng_per_cm2", "mass per cycle"),
        Unit("cm²/s", "cm² s⁻¹", "cm2_per_s", "diffusivity"),
        Unit("µL", "µL", "ul", "volume"),
        Unit("×", "×", "times", "ratio"),
        Unit("", "", "", "number"),
        Unit("cycles", "cycles", "cycles", "count of cycles"),
        Unit("Torr", "Torr", "torr", "pressure"),
        Unit("s", "s", "s", "time"),
        Unit("h", "h", "h", "time"),
        Unit("W", "W", "w", "power"),
        Unit("sccm", "sccm", "sccm", "gas flow"),
        Unit("C", "C", "", "C-rate"),
        Unit("mA/cm²", "mA cm⁻²", "ma_per_cm2", "areal current"),
        Unit("mA/g", "mA g⁻¹", "ma_per_g", "specific current"),
        Unit("mAh/cm²", "mAh cm⁻²", "mah_per_cm2", "areal capacity"),
        Unit("mAh/g", "mAh g⁻¹", "mah_per_g", "specific capacity"),
    )
}

#: What 0 °C is in the base of temperatures.
ZERO_CELSIUS = Decimal("273.15")
#: Kinds whose units do not convert into each other by round numbers, and by what share
#: a converted number may be rounded.
INEXACT = {"pressure": Decimal("1e-4"), "energy": Decimal("5e-3")}

# Prefix: the letter as typed, its word, its power of ten. Only the case of m and M
# (and of letters that would be another prefix) changes a size.
_PREFIXES = {
    "": ("", "", 0),
    "p": ("p", "pico", -12),
    "n": ("[nN]", "nano", -9),
    "u": ("[uU]", "micro", -6),
    "m": ("m", "milli", -3),
    "c": ("[cC]", "centi", -2),
    "h": ("h", "hecto", 2),
    "k": ("[kK]", "kilo", 3),
    "M": ("M", "mega", 6),
}


def _prefixed(
    prefixes: list[str], symbols: str, words: str, size: str = "1"
) -> dict[str, Decimal]:
    """Patterns of a unit with each of `prefixes`, with their sizes."""
    sizes = {}
    for prefix in prefixes:
        letter, word, power = _PREFIXES[prefix]
        pattern = rf"{letter}(?i:{symbols})|(?i:{word}[ -]?(?:{words}))"
        sizes[pattern] = Decimal(size).scaleb(power)
    return sizes


_TORR = "133.32236842105263"
_METERS = "met(?:er|re)s?"

# Factor of a unit: pattern of a spelling → its size in the base of its kind.
_ATOMS = {
    "ampere": _prefixed(["", "p", "n", "u", "m"], "A|amps?", "amp(?:ere)?s?"),
    "atomic percent": {
        r"(?i:at(?:\.|oms?|omic)?[ .-]*(?:%|per ?cents?|pct))": Decimal(1)
    },
    "C": {r"(?i:C(?:[ -]?rates?)?)": Decimal(1)},
    "cycle": {
        r"(?i:(?:(?:ALD|MLD|ALD/MLD|deposition)[ -])?(?:cycles?|cyc|cy))": Decimal(1)
    },
    "cycles": {r"(?i:cycles?|cyc|cy)": Decimal(1)},
    "electronvolt": _prefixed(["", "m"], "eV", "electron[ -]?volts?"),
    "fold": {r"(?i:×|x|folds?|times)": Decimal(1)},
    "gram": _prefixed(["", "n", "u", "m", "k"], "g", "grams?"),
    "hour": {r"(?i:h|hrs?|hours?)": Decimal(3600)},
    "joule": _prefixed(["", "k"], "J", "joules?", "0.00001036426965627"),
    "length": {
        **_prefixed(["p", "n", "u", "m", "c"], "m", _METERS, "1000000000"),
        r"(?i:microns?)": Decimal(1000),
        r"A ?°|° ?A|A|[Åå]|(?i:[aåÅ]ngstr[oöÖ]ms?|ang)": Decimal("0.1"),
    },
    "meter": _prefixed(["", "u", "m", "c"], "m", _METERS),
    "liter": _prefixed(["", "u", "m"], "L", "lit(?:er|re)s?"),
    "mole": {r"(?i:mol|moles?)": Decimal(1)},
    "number": {"": Decimal(1)},
    "ohm": _prefixed(["", "u", "m", "k", "M"], "Ω|ohms?", "ohms?"),
    "percent": {r"%|(?i:per ?cents?|pct)": Decimal(1), "‰": Decimal("0.1")},
    "point": {r"%|(?i:(?:%|per ?cent(?:age)?)?[ -]?points?|pp)": Decimal(1)},
    "pressure": {
        **_prefixed(["", "u", "m", "h", "k", "M"], "Pa", "pascals?"),
        **_prefixed(["", "u", "m", "k"], "bars?", "bars?", "100000"),
        **_prefixed(["", "u", "m"], "torrs?", "torrs?", _TORR),
        r"(?i:mm ?Hg)": Decimal(_TORR),
        r"(?i:atm|atmospheres?)": Decimal(101325),
    },
    "second": {r"(?i:s|secs?|seconds?)": Decimal(1)},
    "flow": {
        r"(?i:sccm|(?:std|standard) ?cm3 ?(?:/ ?|per )min(?:ute)?)": Decimal(1),
        r"(?i:sl(?:p?m)|(?:std|standard) ?L ?(?:/ ?|per )min(?:ute)?)": Decimal(1000),
    },
    "siemens": _prefixed(["", "p", "n", "u", "m"], "S|mhos?", "siemens"),
    "temperature": {
        r"(?i:(?:°|deg(?:ree)?s?\.?) ?(?:C|celsius|centigrade)?|oC|C|celsius)": Decimal(
            1
        ),
        # Kelvins are as large, and counted from elsewhere: see `zero`.
        r"(?i:(?:°|deg(?:ree)?s?\.?)? ?(?:K|kelvins?))": Decimal(1),
    },
    "time": {
        **_prefixed(["", "n", "u", "m"], "s|secs?", "sec(?:ond)?s?"),
        r"(?i:mins?|minutes?)": Decimal(60),
        r"(?i:h|hrs?|hours?)": Decimal(3600),
        r"(?i:d|days?)": Decimal(86400),
        r"(?i:wks?|weeks?)": Decimal(604800),
    },
    "volt": _prefixed(["", "u", "m", "k", "M"], "V", "volts?"),
    "watt": _prefixed(["", "m", "k"], "W", "watts?"),
}

_Product = tuple[tuple[str, int], ...]  # factors with their powers

_KINDS: dict[str, tuple[_Product, ...]] = {
    "temperature": ((("temperature", 1),),),
    "length": ((("length", 1),),),
    "growth per cycle": ((("length", 1), ("cycle", -1)), (("length", 1),)),
    "conductivity": (
        (("siemens", 1), ("meter", -1)),
        (("ohm", -1), ("meter", -1)),
    ),
    "energy": ((("electronvolt", 1),), (("joule", 1), ("mole", -1))),
    "area resistance": ((("ohm", 1), ("meter", 2)),),
    "resistance": ((("ohm", 1),),),
    "resistivity": ((("ohm", 1), ("meter", 1)),),
    "density": ((("gram", 1), ("meter", -3)),),
    "areal mass": ((("gram", 1), ("meter", -2)),),
    "mass per cycle": (
        (("gram", 1), ("meter", -2), ("cycle", -1)),
        (("gram", 1), ("meter", -2)),
    ),
    "diffusivity": ((("meter", 2), ("second", -1)),),
    "volume": ((("liter", 1),),),
    "voltage": ((("volt", 1),),),
    "share": ((("percent", 1),),),
    "share gained": ((("point", 1),),),
    "atomic share": ((("atomic percent", 1),),),
    "ratio": ((("fold", 1),),),
    "number": ((("number", 1),),),
    "count of cycles": ((("cycles", 1),),),
    "pressure": ((("pressure", 1),),),
    "time": ((("time", 1),),),
    "power": ((("watt", 1),),),
    "gas flow": ((("flow", 1),),),
    "C-rate": ((("C", 1),),),
    "areal current": ((("ampere", 1), ("meter", -2)),),
    "specific current": ((("ampere", 1), ("gram", -1)),),
    "areal capacity": ((("ampere", 1), ("hour", 1), ("meter", -2)),),
    "specific capacity": ((("ampere", 1), ("hour", 1), ("gram", -1)),),
}
KINDS = tuple(_KINDS)


@cache
def pattern(kind: str) -> str:
    """A regular expression, without groups, of every spelling of a kind's units."""
    unions = {name: f"(?:{'|'.join(sizes)})" for name, sizes in _ATOMS.items()}
    return "|".join(
        _product([(unions[name], power) for name, power in factors])
        for factors in _KINDS[kind]
    )


@cache
def size(kind: str, spelling: str) -> Decimal:
    """How many of the kind's base unit one `spelling` (that `pattern` matches) is."""
    for compiled, number in sizes(kind):
        if compiled.fullmatch(spelling):
            return number
    raise ValueError(f"“{spelling}” is no unit of {kind}.")


def zero(kind: str, spelling: str) -> Decimal:
    """Where the scale of a unit begins, in the kind's base unit."""
    if kind != "temperature" or re.search("(?i)k", spelling):
        return Decimal(0)
    return ZERO_CELSIUS


@cache
def sizes(kind: str) -> tuple[tuple[re.Pattern[str], Decimal], ...]:
    """Every unit of a kind, as its pattern and its size in the kind's base unit."""
    found = []
    for factors in _KINDS[kind]:
        for choice in product(*(_ATOMS[name].items() for name, _ in factors)):
            patterns, number = [], Decimal(1)
            for (spelling, one), (_, power) in zip(choice, factors, strict=True):
                patterns.append((f"(?:{spelling})", power))
                number *= one**power
            found.append((re.compile(_product(patterns), re.ASCII), number))
    return tuple(found)


_JOINT = r" ?[·.×-]? ?"
_PER = r" ?(?:/|\bper\b) ?"


def _product(factors: list[tuple[str, int]]) -> str:
    """The pattern of factors with their powers, in this order."""
    first, power = factors[0]
    if power < 0:  # Ω-1 cm-1 or (Ω cm)-1
        inverse = _product([(factor, -power) for factor, power in factors])
        each = _JOINT.join(factor + _exponent(power) for factor, power in factors)
        return rf"{each}|\({inverse}\){_exponent(-1)}"
    joined = first + _exponent(power)
    for factor, power in factors[1:]:
        raised = f"{_JOINT}{factor}{_exponent(power)}"
        if power < 0:
            raised = f"(?:{_PER}{factor}{_exponent(-power)}|{raised})"
        joined += raised
    return joined


def _exponent(power: int) -> str:
    sign = "- ?" if power < 0 else ""  # cm − 2
    return "" if power == 1 else rf" ?\^?{sign}{abs(power)}(?!\d)"
