"""Reads and prints what a cycling test had reached, one point a line.

"cycle 200: retention 80 %, efficiency >99 %" or "500 h: overpotential 20 mV".
"""

import re

from django.core.exceptions import ValidationError

from asei_db.lib.quantities import QuantityError, parse
from materials.models.cycling import CyclingPoint

_QUANTITIES = {
    "specific_capacity": "capacity",
    "areal_capacity": "areal capacity",
    "capacity_retention": "retention",
    "coulombic_efficiency": "efficiency",
    "overpotential": "overpotential",
}
_FIELDS = {
    **{name: field for field, name in _QUANTITIES.items()},
    **{field.replace("_", " "): field for field in _QUANTITIES},
    "ce": "coulombic_efficiency",
}
_NAMES = "|".join(sorted(_FIELDS, key=len, reverse=True))
_VALUE = re.compile(rf"(?P<name>{_NAMES})\b[\s:=]*(?P<value>.+)", re.IGNORECASE)
_BETWEEN_VALUES = re.compile(rf"\s*[,;]\s*(?=(?:{_NAMES})\b)", re.IGNORECASE)
_REMARK = re.compile(r"(?:^|\s*[,;]\s*)remark\b[\s:]*", re.IGNORECASE)
_NO_CYCLE = "cycle not stated"
_CYCLE = re.compile(r"cycle\s*(\d{1,9})", re.IGNORECASE)


def parse_points(text):
    """List the unsaved `CyclingPoint`s that the lines of `text` state.

    A line is "cycle N", a time or "cycle not stated", a colon, and values by name
    (capacity, areal capacity, retention, efficiency, overpotential), then, if need be,
    "remark" and a sentence. Raises ValidationError with one message for each line that
    cannot be read.
    """
    points, complaints = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            points.append(_parse_point(line.strip()))
        except ValidationError as error:
            complaints += [f"Line {number}: {message}" for message in error.messages]
    if complaints:
        raise ValidationError([ValidationError(c, code="point") for c in complaints])
    return points


def print_points(points):
    """The lines that `parse_points` reads as `points`."""
    return "\n".join(map(_print_point, points))


def _parse_point(line):
    when, colon, values = line.partition(":")
    if not colon:
        raise ValidationError(
            f"“{line}” names no point; begin with “cycle 200:” or “500 h:”."
        )
    point = CyclingPoint(**_parse_when(when.strip()))
    values, *remark = _REMARK.split(values.strip(), maxsplit=1)
    point.remark = "".join(remark).strip()
    for item in filter(None, _BETWEEN_VALUES.split(values)):
        match = _VALUE.fullmatch(item)
        if match is None:
            raise ValidationError(
                f"“{item}” is no value of a point; write capacity, areal capacity, "
                "retention, efficiency or overpotential and its number."
            )
        column = f"{_FIELDS[match['name'].lower()]}_as_reported"
        if getattr(point, column):
            raise ValidationError(f"“{match['name']}” is given twice.")
        setattr(point, column, match["value"].strip())
    _validate(point)
    return point


def _parse_when(text):
    if match := _CYCLE.fullmatch(text):
        return {"cycle_number": int(match[1])}
    if text.lower() == _NO_CYCLE:
        return {}
    if text.isdigit():
        raise ValidationError(
            f"Is {text} a cycle or a time? Write “cycle {text}” or “{text} h”."
        )
    try:
        time = parse(text, "h")
    except QuantityError as error:
        raise ValidationError(
            f"“{text}” is neither a cycle nor a time; write “cycle 200” or “500 h”."
        ) from error
    if time.qualifier != "=" or time.minimum != time.maximum:
        raise ValidationError(f"“{text}” is no single time, such as “500 h”.")
    return {"time_h": time.minimum}


def _validate(point):
    try:
        # All but the constraints, for which Django asks the database one by one.
        point.clean_fields(exclude=["test"])
        point.clean()
    except ValidationError as error:
        raise ValidationError(
            [
                f"{_label(field)}{message}"
                for field, messages in _by_field(error).items()
                for message in messages
            ]
        ) from error


def _by_field(error):
    return (getattr(error, "error_dict", None) and error.message_dict) or {
        "__all__": error.messages
    }


def _label(column):
    if column == "__all__":
        return ""
    field = column.removesuffix("_as_reported")
    return f"{_QUANTITIES.get(field, field.replace('_', ' '))}: "


def _print_point(point):
    if point.cycle_number is not None:
        when = f"cycle {point.cycle_number}"
    elif point.time_h is not None:
        when = f"{point.time_h!r} h".replace(".0 h", " h")
    else:
        when = _NO_CYCLE
    values = [
        f"{name} {value}"
        for field, name in _QUANTITIES.items()
        if (value := getattr(point, f"{field}_as_reported"))
    ]
    if point.remark:
        values.append(f"remark {' '.join(point.remark.split())}")
    return f"{when}: {', '.join(values)}"
