"""Reads a harvest: its entries, their quantities, their words."""

import codecs
import json
from dataclasses import dataclass
from decimal import Decimal
from math import isclose, nan

from django.utils.text import capfirst

from asei_db.lib.quantities import Quantity, QuantityError, parse

SIGNS = {"<=": "≤", ">=": "≥"}  # as typed
#: The technique of a study whose deposition method is not named in what was read.
NOT_NAMED = "not named"
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

#: The fields that are quantities, and their units.
UNITS = {
    "activation_energy_ev": "eV",
    "areal_capacity_mah_cm2": "mAh/cm²",
    "boiling_point_c": "°C",
    "c_rate": "C",
    "coulombic_efficiency_gain_percent": "%",
    "coulombic_efficiency_percent": "%",
    "cycles": "cycles",
    "decomposition_temperature_c": "°C",
    "deposition_temperature_c": "°C",
    "electronic_conductivity_s_cm": "S/cm",
    "final_capacity": "mAh/g",
    "gpc_angstrom": "Å",
    "improvement_over_control_percent": "%",
    "initial_capacity": "mAh/g",
    "interfacial_resistance_ohm_cm2": "Ω·cm²",
    "ionic_conductivity_s_cm": "S/cm",
    "lifetime_h": "h",
    "lithium_atomic_percent": "at.%",
    "melting_point_c": "°C",
    "nitrogen_atomic_percent": "at.%",
    "nitrogen_atomic_percent_max": "at.%",
    "rate_capacity": "mAh/g",
    "refractive_index": "",
    "retention_percent": "%",
    "source_temperature_c": "°C",
    "specific_capacity": "mAh/g",
    "stability_window_v_vs_li": "V",
    "stability_window_v_vs_na": "V",
    "temperature_c": "°C",
    "temperature_k": "K",
    "thickness_nm": "nm",
    "vapour_pressure_torr": "Torr",
    "vapour_pressure_torr_25c": "Torr",
    "voltage_window_v": "V",
}
#: The units of a current density: the field of a test that holds it, and its unit.
CURRENTS = {
    "mA/cm2": ("current_density_ma_per_cm2", "mA/cm²"),
    "mA/g": ("current_density_ma_per_g", "mA/g"),
}
UNCERTAINTIES = {
    "coulombic_efficiency_percent": "coulombic_efficiency_uncertainty_percent",
    "ionic_conductivity_s_cm": "ionic_conductivity_uncertainty_s_cm",
}

#: What is said of values that have no field of their own.
WORDS = {
    "plasma_power_w": "plasma power {} W",
    "capacity_decay_percent_per_cycle": "capacity decay {} % per cycle",
    "production_rate_m_min": "production rate {} m/min",
    "upper_cutoff_v_vs_li": "upper cutoff {} V vs Li/Li+",
    "line_temperature_c": "supply line at {} °C",
}

COUNTS = ("ald_cycles", "cycles")


class HarvestError(ValueError):
    """A harvest makes no sense; the message names line and field."""


class SkippedError(Exception):
    """A record is not taken; the message says why."""


@dataclass(frozen=True)
class Entry:
    """One record of a harvest, and the line on which it stands."""

    line: int
    values: dict

    def __getitem__(self, field):
        return self.values.get(field)

    @property
    def is_bare(self):
        return bool(self["is_bare_control"])

    @property
    def is_electrode_film(self):
        """Whether the film is the active electrode, and no coating of one."""
        return self["scope"] == "electrode film made by ALD"

    @property
    def room(self):
        """ "RT" if the record says room temperature."""
        return "RT" if self["temperature_note"] == "room temperature" else None

    @property
    def temperature(self):
        """The temperature of a measurement or test, or None."""
        kelvin = self.quantity("temperature_k")
        return kelvin or self.quantity("temperature_c") or self.room

    def sign(self, field):
        sign = (self["qualifiers"] or {}).get(field, "=")
        return SIGNS.get(sign, sign)

    def number(self, field):
        """The value of a field in a sentence: "~13", "0–5.3"; None if there is none."""
        if self[field] is None:
            return None
        low, high = _ends(self[field])
        numbers = f"{low:g}" if low == high else f"{low:g}–{high:g}"
        return self.sign(field).replace("=", "") + numbers

    def quantity(self, field, unit=None):
        """The value of a field as a quantity in print, or None."""
        if self[field] is None:
            return None
        low, high = _ends(self[field])
        sign, unit = self.sign(field), unit or UNITS[field]
        minimum = None if sign in "<≤" else low
        maximum = None if sign in ">≥" else high
        text = str(Quantity(minimum, maximum, sign, unit=unit))
        if printed := (self["printed"] or {}).get(field):
            return self._as_printed(field, printed, text, unit)
        if spread := self[UNCERTAINTIES.get(field)]:
            text = _with_spread(low, spread, unit)
        text = text.replace("\N{NO-BREAK SPACE}", " ")
        try:
            parse(text, unit)
        except QuantityError as error:
            raise HarvestError(f"line {self.line}, {field}: {error}") from error
        return text

    def _as_printed(self, field, printed, text, unit):
        """`printed`, which must say what the harvest does. Raises HarvestError.

        The end of a series, “up to 5”, is a plain number in the harvest.
        """
        said, own = parse(printed, unit), parse(text, unit)
        if said.limit and not own.is_open:
            sign, end = said.qualifier, own.lowest if own.lowest == own.highest else nan
            low, high = (end, None) if sign == "≥" else (None, end)
            own = Quantity(low, high, sign, unit=unit)
        is_same = said.qualifier == own.qualifier and all(
            one is other if None in (one, other) else isclose(one, other, rel_tol=1e-2)
            for one, other in (
                (said.minimum, own.minimum),
                (said.maximum, own.maximum),
            )
        )
        if not is_same:
            raise HarvestError(f"line {self.line}, {field}: {printed} is not {text}.")
        return printed

    def words(self):
        """The one sentence on the values that have no field, if any: a list."""
        said = [
            words.format(self.number(field))
            for field, words in WORDS.items()
            if self[field] is not None
        ]
        return [capfirst("; ".join(said)) + "."] if said else []

    def unread(self):
        """The fields with numbers that have no place."""
        known = {
            *UNITS,
            *WORDS,
            *UNCERTAINTIES.values(),
            *COUNTS,
            "current_density",
        }
        return [
            name
            for name, value in self.values.items()
            if _is_number(value) and name not in known
        ]


def is_value(name):
    """Whether a field of a harvest holds a number, or belongs to one."""
    return name in {*UNITS, *WORDS, "current_density", "current_density_unit"}


def read(path):
    """List the entries of a harvest, not checked yet. Raises HarvestError."""
    entries = []
    text = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                values = json.loads(
                    line.decode("utf-8"),
                    object_pairs_hook=_object,
                    parse_constant=_refuse_constant,
                )
                json.dumps(values, ensure_ascii=False).encode("utf-8")
            except (ValueError, RecursionError) as error:
                raise HarvestError(
                    f"line {number}: no JSON in UTF-8: {error}"
                ) from error
            entries.append(Entry(number, values))
    if not entries:
        raise HarvestError(f"{path.name} is empty.")
    return entries


def _object(pairs):
    """A mapping in which each key stands once."""
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key “{twice}” stands twice")
    return values


def _refuse_constant(name):
    raise ValueError(f"{name} is no number")


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def _ends(value):
    numbers = value if isinstance(value, list) else [value]
    return min(numbers), max(numbers)


def _with_spread(value, spread, unit):
    """ "(6.51 ± 0.36) × 10⁻⁷ S/cm": a value with its uncertainty."""
    power = Decimal(str(value)).adjusted()
    if -3 <= power < 6:
        return f"{value:g} ± {spread:g} {unit}"
    middle, spread = (
        f"{Decimal(str(number)).scaleb(-power):f}" for number in (value, spread)
    )
    ten = "10" + str(power).translate(_SUPERSCRIPTS)
    return f"({middle} ± {spread}) × {ten} {unit}"
