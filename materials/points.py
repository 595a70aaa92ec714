"""Reads and prints what a cycling test had reached.

A point a line, "cycle 200: retention 80 %, efficiency >99 %" or "500 h: overpotential
20 mV", of averages "cycles 1–500: efficiency 99 %", or columns pasted from a
spreadsheet below a line that names them, such as "cycle", "time (h)", "retention (%)".
`parse_points` reads both, `print_points` prints lines.
"""

import csv
import re
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import QuantityError, parse
from asei_db.lib.typed import plain_dashes, visible
from materials.models.cycling import CyclingPoint

MOST_LINES = 20_000
MOST_CHARACTERS = 1_000_000
MOST_COMPLAINTS = 20  # that are listed; of more it is said how many there are

_QUANTITIES = quantity_fields(CyclingPoint)
_FIELDS = {
    **{quantity.verbose_name: name for name, quantity in _QUANTITIES.items()},
    **{quantity.short_name: name for name, quantity in _QUANTITIES.items()},
    "ce": "coulombic_efficiency",
}
_NAMES = "|".join(sorted(_FIELDS, key=len, reverse=True))
_SHORT_NAMES = ", ".join(quantity.short_name for quantity in _QUANTITIES.values())

# What lines are made of.
_VALUE = re.compile(
    rf"(?P<name>{_NAMES})\b(?:[\s:=]|of\b)*(?P<value>.+)", re.IGNORECASE
)
_BETWEEN_VALUES = re.compile(
    rf"\s*(?:[,;&]|\band\b)\s*(?=(?:{_NAMES})\b)", re.IGNORECASE
)
_REMARK = re.compile(r"(?:^\s*|\s*[,;]\s*)remark\b[\s:]*", re.IGNORECASE)
_NO_CYCLE = "cycle not stated"
_CYCLES = re.compile(
    r"(?:cycles\s+)?(?P<first>[\d, ]+?)\s*(?:-|to)\s*(?P<last>[\d, ]+?)(?:\s+cycles)?",
    re.IGNORECASE,
)
_CYCLE = re.compile(
    r"cycles?\s*(?:no\.?|number|[#№])?\s*(?P<number>.+)"
    r"|(?P<count>.+?)(?:\s*cycles|(?:st|nd|rd|th)?\s+cycle)",
    re.IGNORECASE,
)
_FULL_WIDTH = str.maketrans("：，；", ":,;")

# What the first line of a table names: "Cycle No.", "t / h", "Retention (%)".
_UNIT = r"\s*(?:[(\[](?P<unit>[^)\]]*)[)\]]|[/,]\s*(?P<unit_behind>.+)|(?P<percent>%))?"
_CYCLE_COLUMN = re.compile(r"cycles?\s*(?:no\.?|number|index|[#№n])?", re.IGNORECASE)
_TIME_COLUMN = re.compile(rf"(?:time|t){_UNIT}|(?P<hours>hours?|hrs?|h)", re.IGNORECASE)
_VALUE_COLUMN = re.compile(rf"(?P<name>{_NAMES}){_UNIT}", re.IGNORECASE)

_MOST_CYCLES = 10**9
_LEAST_SURE_SHARE = 1.5  # a bare 0.8 may be 80 %, a bare 1.5 is none of 150 %


def parse_points(text):
    """List the unsaved `CyclingPoint`s that `text` states, validated but for `test`.

    A line is "cycle N", "cycles M–N" (averages over them), a time or "cycle not
    stated", a colon, and values by name
    (capacity, areal capacity, retention, efficiency, overpotential), then, if need be,
    "remark" and a sentence. Below a first line that names columns, parted by tabs,
    semicolons or commas, each line is a row: its numbers are in the units of the
    columns, an empty cell is not reported, a row without values is left out.

    Asks nothing of the database: once they have their `test`, the points can be saved
    by `bulk_create`. Raises ValidationError with a message for each line that cannot
    be read (for the first 20 and how many there are more) or that gives a value which
    an earlier line gives for the same cycle, or with one message if there is too much.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES or len(text) > MOST_CHARACTERS:
        raise ValidationError(
            f"These are {len(lines):,} lines with {len(text):,} characters; at most "
            f"{MOST_LINES:,} lines with {MOST_CHARACTERS:,} characters can be read.",
            code="point",
        )
    numbered = [
        (number, line)
        for number, line in enumerate(map(visible, lines), start=1)
        if line.strip()
    ]
    columns = None
    if numbered and (columns := _parse_header(*numbered[0])):
        del numbered[0]
    points, complaints, given = [], [], {}
    for number, line in numbered:
        try:
            point = _parse_row(line, columns) if columns else _parse_line(line)
            if point is not None:
                _check_first(point, number, given)
                points.append(point)
        except ValidationError as error:
            complaints += [f"Line {number}: {message}" for message in error.messages]
    if len(complaints) > MOST_COMPLAINTS:
        more = len(complaints) - MOST_COMPLAINTS
        complaints[MOST_COMPLAINTS:] = [f"And {more:,} more like these."]
    if complaints:
        raise ValidationError([ValidationError(c, code="point") for c in complaints])
    return points


def print_points(points):
    """The lines that `parse_points` reads as `points`."""
    return "\n".join(map(_print_point, points))


# --- A line


def _parse_line(line):
    plain = line.translate(_FULL_WIDTH)
    when, colon, values = plain.partition(":")
    if not colon:
        raise ValidationError(
            f"“{line.strip()}” names no point; begin with “cycle 200:” or “500 h:”, or "
            "name the columns in the first line, as “cycle” and “retention (%)”."
        )
    point = CyclingPoint(**_parse_when(when.strip()))
    if remark := _REMARK.search(values):
        values = values[: remark.start()]
        point.remark = line[len(when) + 1 + remark.end() :].strip()
    for item in filter(None, _BETWEEN_VALUES.split(values.strip(" ,;"))):
        match = _VALUE.fullmatch(item.strip())
        if match is None:
            raise ValidationError(
                f"“{item}” is no value of a point; write a name and a number: "
                f"{_SHORT_NAMES}."
            )
        _set(point, match["name"], match["value"].strip())
    _validate(point)
    return point


def _parse_when(text):
    if text.lower() == _NO_CYCLE:
        return {}
    if text.isdigit():
        raise ValidationError(
            f"Is {text} a cycle or a time? Write “cycle {text}” or “{text} h”."
        )
    text = re.sub(r"(?i)^(?:after|at)\s+", "", text)
    if "cycles" in text.lower() and (match := _CYCLES.fullmatch(plain_dashes(text))):
        first, last = _parse_cycle(match["first"]), _parse_cycle(match["last"])
        if first >= last:
            raise ValidationError(f"“{text}” does not begin before its last cycle.")
        return {"first_cycle": first, "cycle_number": last}
    if match := _CYCLE.fullmatch(text):
        return {"cycle_number": _parse_cycle(match["number"] or match["count"])}
    return {"time_h": _parse_time(text)}


def _parse_cycle(text):
    number = _single(text, "cycles")
    if number is None or not number.is_integer() or number >= _MOST_CYCLES:
        raise ValidationError(
            f"“{text[:40]}” is neither a cycle nor a time; write “cycle 200” or "
            "“500 h”."
        )
    return int(number)


def _parse_time(text):
    time = _single(text, "h")
    if time is None:
        raise ValidationError(
            f"“{text[:40]}” is neither a cycle nor a time, or no single time; write "
            "“cycle 200” or “500 h”."
        )
    return time


def _single(text, unit):
    """The number of a text that states one number, else None.

    Raises ValidationError where the sign within a number has two meanings.
    """
    try:
        quantity = parse(text, unit)
    except QuantityError as error:
        if re.search(r"\d[.,]\d", text):
            raise ValidationError(str(error)) from error
        return None
    is_single = quantity.qualifier == "=" and quantity.kind == "value"
    return quantity.minimum if is_single else None


# --- A table


@dataclass(frozen=True)
class _Columns:
    """What the columns of a table hold: names of fields, and units of numbers."""

    separator: str
    fields: list[str]
    units: list[str]

    def cells(self, line):
        """The cells of a line, without the spaces around them."""
        try:
            [cells] = csv.reader([line], delimiter=self.separator)
        except (csv.Error, ValueError) as error:
            raise ValidationError(f"“{line[:40]}” is no row of a table.") from error
        return [cell.strip() for cell in cells]


def _parse_header(number, line):
    """The `_Columns` that a first line names, None if it names none."""
    try:
        return _columns(line)
    except ValidationError as error:
        raise ValidationError(f"Line {number}: {error.message}", "point") from error


def _columns(line):
    separator = next((sign for sign in "\t;," if sign in line), None)
    if separator is None:
        return None
    names = _Columns(separator, [], []).cells(line)
    columns = [_parse_column(name) for name in names]
    places = [column for column in columns if column and column[0] in _PLACES]
    if not places:
        return None
    if len(places) > 1:
        raise ValidationError("Name one column with the cycle or the time, not both.")
    for name, column in zip(names, columns, strict=True):
        if column is None:
            raise ValidationError(
                f"“{name}” is no column of points; those are cycle, time (h), "
                f"{_SHORT_NAMES} and remark."
            )
    fields, units = zip(*columns, strict=True)
    for field in fields:
        if fields.count(field) > 1:
            raise ValidationError(f"Two columns hold the {field.replace('_', ' ')}.")
    return _Columns(separator, fields, units)


_PLACES = ("cycle_number", "time_h")


def _parse_column(name):
    """The field that a column holds, and the unit of its numbers; None if none."""
    if _CYCLE_COLUMN.fullmatch(name):
        return "cycle_number", ""
    if match := _TIME_COLUMN.fullmatch(name):
        unit = "h" if match["hours"] else _unit(match)
        if not unit:
            raise ValidationError(f"In which unit is “{name}”? Write “time (h)”.")
        return "time_h", unit
    if match := _VALUE_COLUMN.fullmatch(name):
        return _FIELDS[match["name"].lower()], _unit(match)
    return ("remark", "") if name.lower() == "remark" else None


def _unit(match):
    return (match["unit"] or match["unit_behind"] or match["percent"] or "").strip()


def _parse_row(line, columns):
    """The point of a row, None where it has no value."""
    cells = columns.cells(line)
    if any(cells[len(columns.fields) :]):
        raise ValidationError("There are more cells than columns.")
    point = CyclingPoint()
    for cell, field, unit in zip(cells, columns.fields, columns.units, strict=False):
        text = f"{cell} {unit}" if unit and _is_bare(cell) else cell
        if not cell:
            continue
        if field == "cycle_number":
            point.cycle_number = _parse_cycle(text)
        elif field == "time_h":
            point.time_h = _parse_time(text)
        elif field == "remark":
            point.remark = cell
        else:
            _set(point, _QUANTITIES[field].short_name, text)
    if not any(getattr(point, quantity.columns.as_reported) for quantity in _values()):
        return None
    if point.cycle_number is None and point.time_h is None:
        raise ValidationError("The cell of its cycle or time is empty.")
    _validate(point)
    return point


# --- What holds for both


def _values():
    return _QUANTITIES.values()


def _is_bare(text):
    """Whether a text is a quantity without a unit."""
    if re.fullmatch(r"[\d.]+", text):
        return True
    try:
        parse(text, "")
    except QuantityError:
        return False
    return True


def _set(point, name, text):
    column = _QUANTITIES[_FIELDS[name.lower()]].columns.as_reported
    if getattr(point, column):
        raise ValidationError(f"“{name}” is given twice.")
    setattr(point, column, text)


def _validate(point):
    """Raise ValidationError unless the point can be saved.

    Not by `full_clean`: that asks the database of each constraint. What they forbid
    is checked here and by the fields.
    """
    try:
        point.clean_fields(exclude=["test"])
    except ValidationError as error:
        raise ValidationError(
            [
                f"{_label(field)}{message}"
                for field, messages in error.message_dict.items()
                for message in messages
            ]
        ) from error
    given = [name for name in _QUANTITIES if getattr(point, name) is not None]
    if not given:
        raise ValidationError("Give at least one value at this point.")
    for name in given:
        _check_share(_QUANTITIES[name], getattr(point, name))


def _check_share(field, value):
    """Refuse 0.8 without its unit, which may be a share of one."""
    if field.unit != "%" or not 0 < value.highest < _LEAST_SURE_SHARE:
        return
    if _is_bare(value.as_reported):
        ends = (
            None if end is None else round(end * 100, 9)
            for end in (value.minimum, value.maximum)
        )
        percent = replace(value, **dict(zip(("minimum", "maximum"), ends, strict=True)))
        raise ValidationError(
            f"{field.short_name}: “{value.as_reported}” is {percent} or {value}? "
            "Write the number with %."
        )


def _check_first(point, number, given):
    """Refuse a value that an earlier line gives for the same cycle or time."""
    if point.cycle_number is None and point.time_h is None:
        return
    for name, field in _QUANTITIES.items():
        if getattr(point, name) is not None:
            key = point.first_cycle, point.cycle_number, point.time_h, name
            if (first := given.setdefault(key, number)) != number:
                raise ValidationError(
                    f"line {first} gives the {field.short_name} at {point} already."
                )


def _label(column):
    for field in _values():
        if field.columns.as_reported == column:
            return f"{field.short_name}: "
    return f"{column.replace('_', ' ')}: "


def _print_point(point):
    if point.cycle_number is not None:
        when = str(point)
    elif point.time_h is not None:
        when = f"{point.time_h!r} h".replace(".0 h", " h")
    else:
        when = _NO_CYCLE
    values = [
        f"{field.short_name} {value}"
        for field in _values()
        if (value := getattr(point, field.columns.as_reported))
    ]
    if point.remark:
        values.append(f"remark {' '.join(point.remark.split())}")
    return f"{when}: {', '.join(values)}"
