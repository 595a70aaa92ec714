"""The units that values are kept in, and how they may be typed."""

from dataclasses import dataclass


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
SPELLINGS = {
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
