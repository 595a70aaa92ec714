"""Reads a harvest: its entries, their quantities, their words."""

import codecs
import json
from dataclasses import dataclass, field
from decimal import Decimal
from math import isclose, nan

from django.utils.text import capfirst

from asei_db.lib.quantities import Quantity, QuantityError, parse
from harvest import printed
from harvest.fields import (
    CURRENTS,
    LIMITS,
    PARTS,
    SIGNS,
    TWICE,
    UNCERTAINTIES,
    UNITS,
    WORDS,
)
from harvest.origins import Count, Origin, Text

_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


class HarvestError(ValueError):
    """A harvest makes no sense; the message names line and field."""


class SkippedError(Exception):
    """A record is not taken; the message says why."""


@dataclass(frozen=True)
class Entry:
    """One record of a harvest, and the line on which it stands.

    * `values`: by field, of which those in `PARTS` are apart once `in_parts` made them
    * `of_study`: all entries of its study, whose quotes may print its values too
    """

    line: int
    values: dict
    of_study: list = field(default_factory=list, compare=False, repr=False)

    def __getitem__(self, field):
        return self.values.get(field)

    @property
    def place(self):
        """What tells it from all others: its line, and which part of it it is."""
        return self.line, id(self.values)

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
        if "room temperature" not in (self["temperature_note"] or ""):
            return None
        return Text("RT", [self.origin("temperature_note")])

    @property
    def temperature(self):
        """The temperature of a measurement or test, or None."""
        kelvin, celsius = self.quantity("temperature_k"), self.quantity("temperature_c")
        if kelvin and celsius:
            return kelvin.joined(celsius)
        return kelvin or celsius or self.room

    @property
    def current(self):
        """The current density, or None."""
        _, unit, _ = CURRENTS.get(self["current_density_unit"], (None, None, None))
        return self.quantity("current_density", unit) if unit else None

    def parts(self, stem):
        """The parts of a field in `PARTS` that have a value: ["Li", "C"]."""
        start = f"{stem}."
        return [
            name.removeprefix(start)
            for name in self.values
            if name[: len(start)] == start
        ]

    def sign(self, field):
        sign = self._said_of_sign(field)
        return LIMITS.get(sign) or SIGNS.get(sign, sign)

    def _said_of_sign(self, field):
        signs = self["qualifiers"] or {}
        return signs.get(field) or signs.get(field.split(".")[0], "=")

    def number(self, field):
        """The value of a field in a sentence: "~13", "0–5.3"; None if there is none."""
        if self[field] is None:
            return None
        low, high = _ends(self[field])
        numbers = f"{low:g}" if low == high else f"{low:g}–{high:g}"
        text = self.sign(field).replace("=", "") + numbers
        return Text(text, self._origins(field))

    def sentence(self, words, *fields):
        """`words` with the numbers of some fields in their places."""
        numbers = [self.number(field) for field in fields]
        origins = [origin for number in numbers for origin in number.origins]
        return Text(words.format(*numbers), origins)

    def count(self, field):
        """The value of a field that counts, or None."""
        value = self[field]
        return None if value is None else Count(value, self._origins(field))

    def _origins(self, field):
        fields = [field]
        if self[spread := _uncertainty_of(field)] is not None:
            fields.append(spread)
        return list(map(self.origin, fields))

    def origin(self, field):
        """The `Origin` of what was made of a field."""
        value = self[field]
        return Origin(
            self.line, field, tuple(value) if isinstance(value, list) else value
        )

    def quantity(self, field, unit=None):
        """The value of a field as its source prints it, or None.

        What no quote of the study prints is spelled by us: `Text.is_spelled`.
        """
        if self[field] is None:
            return None
        unit = unit or _unit_of(field)
        text, origins = self.plain(field, unit), self._origins(field)
        if as_printed := (self["printed"] or {}).get(field):
            return Text(self._as_printed(field, as_printed, unit), origins)
        found = self._in_quotes(field, unit)
        if found is None and (spread := self[_uncertainty_of(field)]):
            text = _with_spread(_ends(self[field])[0], spread, unit)
        limit = self._said_of_sign(field)
        if found is None and limit in LIMITS:
            text = f"{limit} {text.lstrip('≤≥')}"
        try:
            parse(found or text, unit)
        except QuantityError as error:
            raise HarvestError(f"line {self.line}, {field}: {error}") from error
        return Text(found or text, origins, is_spelled=found is None)

    def plain(self, field, unit=None):
        """The value of a field in our own spelling, for slugs; None if it has none."""
        if self[field] is None:
            return None
        if as_printed := (self["printed"] or {}).get(field):
            return as_printed
        given_in = self._given_in(field)
        if given_in:
            return f"{self.number(field)} {given_in}"
        text = str(self._wanted(field, unit or _unit_of(field)))
        return text.replace("\N{NO-BREAK SPACE}", " ")

    def _given_in(self, field):
        is_current = field == "current_density" and self["current_density_unit"]
        return CURRENTS[self["current_density_unit"]][2] if is_current else None

    def _wanted(self, field, unit):
        low, high = _ends(self[field])
        sign = self.sign(field)
        minimum = None if sign in "<≤" else low
        maximum = None if sign in ">≥" else high
        return Quantity(minimum, maximum, sign, unit=unit)

    def _in_quotes(self, field, unit):
        """How a quote of the study prints a value, its own first; None if none does."""
        low, high = _ends(self[field])
        factor = 1000 if self._given_in(field) else 1
        wanted = printed.Wanted(
            *(end * factor for end in (low, high)),
            sign=self.sign(field),
            unit=unit,
            step=factor * 10.0 ** Decimal(repr(low)).normalize().as_tuple().exponent,
            spread=self[_uncertainty_of(field)] or 0,
        )
        alike = [
            entry
            for entry in self.of_study
            if entry[field] == self[field] and entry.sign(field) == self.sign(field)
        ]
        for entry in (self, *alike):
            if found := printed.find(entry["quote"] or "", wanted):
                return found
        return printed.find(self["note"] or "", wanted, in_another_unit=True)

    def _as_printed(self, field, as_printed, unit):
        """`as_printed`, which must say what the harvest does. Raises HarvestError.

        The end of a series, “up to 5”, is a plain number in the harvest.
        """
        said, own = parse(as_printed, unit), self._wanted(field, unit)
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
            text = self.values | {"printed": None}
            text = Entry(self.line, text).plain(field, unit)
            raise HarvestError(
                f"line {self.line}, {field}: {as_printed} is not {text}."
            )
        return as_printed

    def words(self):
        """The one sentence on the values that have no field, if any: a list."""
        said = [
            self.sentence(words, field)
            for field, words in WORDS.items()
            if self[field] is not None
        ]
        if not said:
            return []
        origins = [origin for text in said for origin in text.origins]
        return [Text(capfirst("; ".join(said)) + ".", origins)]

    def numbers(self):
        """The fields with numbers: what the harvest states in figures."""
        return [name for name, value in self.values.items() if _is_stated(value)]


def in_parts(values):
    """Values with those in `PARTS` apart: {"pulse_s.TMA": 1, "purge_s.2": 30}.

    A sign of an element that has a number, “<1”, is a value of the composition too.
    """
    apart = {}
    signs = dict(values.get("qualifiers") or {})
    for name, value in values.items():
        by_part = name in PARTS or name in UNCERTAINTIES.values()
        if by_part and isinstance(value, dict):
            apart |= {f"{name}.{part}": one for part, one in value.items()}
        elif name in ("pulse_s", "purge_s", "reaction_wait_s") and isinstance(
            value, list
        ):
            apart |= {f"{name}.{step}": one for step, one in enumerate(value, 1)}
        else:
            apart[name] = value
    for name, sign in list(signs.items()):
        number = sign.lstrip("<≤=~>")
        if number and sign not in LIMITS:
            del signs[name]
            name = f"composition_at_percent.{name}"
            apart[name], signs[name] = float(number), sign.removesuffix(number)
    for name, element in TWICE.items():
        part = f"composition_at_percent.{element}"
        if name in apart and apart.get(part) == apart[name]:
            del apart[name]
            if name in signs:
                signs[part] = signs.pop(name)
    return apart | ({"qualifiers": signs} if signs else {})


def _unit_of(field):
    return UNITS.get(field) or PARTS.get(field.split(".")[0], "")


def _uncertainty_of(field):
    stem, _, part = field.partition(".")
    name = UNCERTAINTIES.get(stem)
    return f"{name}.{part}" if name and part else name


def _is_stated(value):
    numbers = value if isinstance(value, list) else [value]
    return bool(numbers) and all(map(_is_number, numbers))


def is_value(name):
    """Whether a field of a harvest holds a number, or belongs to one."""
    names = {*UNITS, *PARTS, *WORDS, "current_density", "current_density_unit"}
    return name in names or name.split(".")[0] in PARTS


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
