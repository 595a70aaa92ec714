"""How many of the unit that values are kept in one of each spelling is.

Computed from SI prefixes and definitions, not from the table that is tested.
"""

from fractions import Fraction
from itertools import product

_POWERS = {"": 0, "p": -12, "n": -9, "u": -6, "m": -3, "c": -2, "h": 2, "k": 3, "M": 6}


def prefixed(prefixes, symbol):
    """The spellings of a unit with prefixes, and how many of the unit they are."""
    return {f"{p}{symbol}": Fraction(10) ** _POWERS[p] for p in prefixes}


def times(*factors):
    """The spellings of products of units, joined by spaces."""
    sizes = {}
    for choice in product(*(factor.items() for factor in factors)):
        size = Fraction(1)
        for _, one in choice:
            size *= one
        sizes[" ".join(spelling for spelling, _ in choice)] = size
    return sizes


def raised(sizes, power):
    return {f"{spelling}{power}": size**power for spelling, size in sizes.items()}


def scaled(sizes, factor):
    return {spelling: size * Fraction(factor) for spelling, size in sizes.items()}


AMPERES = prefixed(["", "p", "n", "u", "m"], "A")
METERS = prefixed(["", "u", "m", "c"], "m")
GRAMS = prefixed(["", "n", "u", "m", "k"], "g")
LITERS = prefixed(["", "u", "m"], "L")
LENGTHS = scaled(prefixed("pnumc", "m"), 10**9) | {"micron": 1000, "Å": Fraction("0.1")}
PASCALS_OF_TORR = Fraction("133.32236842105263")
VOLTS = prefixed(["", "u", "m", "k", "M"], "V")
OHMS = prefixed(["", "u", "m", "k", "M"], "ohm")
SIEMENS = prefixed(["", "p", "n", "u", "m"], "S")
PASCALS = prefixed(["", "u", "m", "h", "k", "M"], "Pa")
BARS = prefixed(["", "u", "m", "k"], "bar")
EV_OF_KJ_PER_MOL = Fraction("0.01036426965627")

ONE_OF = {
    "°C": {"°C": 1},
    "K": {"K": 1},
    "nm": LENGTHS,
    "Å": scaled(LENGTHS, 10),
    "µm": scaled(LENGTHS, "0.001"),
    "Å/cycle": scaled(LENGTHS | times(LENGTHS, {"cycle-1": 1}), 10),
    "S/cm": scaled(
        times(SIEMENS, raised(METERS, -1))
        | times(raised(OHMS, -1), raised(METERS, -1)),
        "0.01",
    ),
    "eV": prefixed(["", "m"], "eV")
    | {"kJ/mol": EV_OF_KJ_PER_MOL, "J/mol": EV_OF_KJ_PER_MOL / 1000},
    "Ω·cm²": scaled(times(OHMS, raised(METERS, 2)), 10_000),
    "Ω": OHMS,
    "µΩ·cm": scaled(times(OHMS, METERS), 10**8),
    "g/cm³": scaled(times(GRAMS, raised(METERS, -3)), Fraction(1, 10**6)),
    "mg/cm²": scaled(times(GRAMS, raised(METERS, -2)), Fraction(1, 10)),
    "ng/cm²/cycle": scaled(
        times(GRAMS, raised(METERS, -2))
        | times(GRAMS, raised(METERS, -2), {"cycle-1": 1}),
        10**5,
    ),
    "cm²/s": scaled(times(raised(METERS, 2), {"s-1": 1}), 10_000),
    "µL": scaled(LITERS, 10**6),
    "V": VOLTS,
    "mV": scaled(VOLTS, 1000),
    "%": {"%": 1, "‰": Fraction("0.1")},
    "at.%": {"at.%": 1},
    "points": {"points": 1, "percentage points": 1, "%": 1, "pp": 1},
    "×": {"×": 1},
    "": {"": 1},
    "cycles": {"cycles": 1},
    "Torr": scaled(PASCALS | scaled(BARS, 100_000), 1 / PASCALS_OF_TORR)
    | prefixed(["", "u", "m"], "Torr")
    | {"mmHg": 1, "atm": 760},
    "s": prefixed(["", "n", "u", "m"], "s")
    | {"min": 60, "h": 3600, "d": 24 * 3600, "week": 7 * 24 * 3600},
    "h": scaled(prefixed(["", "n", "u", "m"], "s"), Fraction(1, 3600))
    | {"min": Fraction(1, 60), "h": 1, "d": 24, "week": 7 * 24},
    "W": prefixed(["", "m", "k"], "W"),
    "sccm": {"sccm": 1, "std cm3/min": 1, "slm": 1000, "standard L/min": 1000},
    "C": {"C": 1},
    "mA/cm²": scaled(times(AMPERES, raised(METERS, -2)), "0.1"),
    "mA/g": scaled(times(AMPERES, raised(GRAMS, -1)), 1000),
    "mAh/cm²": scaled(times(AMPERES, {"h": 1}, raised(METERS, -2)), "0.1"),
    "mAh/g": scaled(times(AMPERES, {"h": 1}, raised(GRAMS, -1)), 1000),
}
