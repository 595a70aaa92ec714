"""Items of the JSON as rows of a table."""

from copy import copy
from functools import cache
from itertools import groupby
from operator import itemgetter

from rest_framework.serializers import BaseSerializer

from api.problems import Refused, error
from asei_db.lib.filters import guidance, nearest
from asei_db.lib.filters.form_fields import short

_MOST_REFUSED = 5  # unknown columns that an answer explains


class Table:
    """The table of a serializer's items: `columns` and, of each item, `cells`.

    What is nested has a column for each of its fields, `thickness.min`. So has what
    there may be many of, `studies.doi`, whose cells are lists with one value for each,
    as a tuple. So are those of plain lists, `notes`. A cell is empty for
    `null` and for an empty text; a text field is never `null`.
    """

    def __init__(self, serializer_class):
        self.columns, self.cells = _read_by(serializer_class())

    def of(self, names):
        """The table with some of its columns, in the order of `names`.

        A name stands for what it holds, too: `thickness` for `thickness.min` and all
        others of it. `Refused`, naming the valid ones, where there is no such column.
        """
        valid = [*dict.fromkeys(part for one in self.columns for part in _heads(one))]
        if unknown := [name for name in names if name not in valid]:
            raise Refused([_unknown(name, valid) for name in unknown[:_MOST_REFUSED]])
        places = dict.fromkeys(
            place
            for name in names
            for place, column in enumerate(self.columns)
            if column == name or column.startswith(f"{name}.")
        )
        chosen = copy(self)
        chosen.columns = [self.columns[place] for place in places]
        chosen.cells = lambda item: _at(self.cells(item), places)
        return chosen


table_of = cache(Table)


def _heads(column):
    """`a`, `a.b` and `a.b.c` of a column `a.b.c`."""
    parts = column.split(".")
    return [".".join(parts[: end + 1]) for end in range(len(parts))]


def _at(row, places):
    row = list(row)
    return [row[place] for place in places]


def _unknown(name, valid):
    near = nearest(name, valid)
    message = f"There is no column “{short(name)}”. {guidance(near, valid, True)}"
    return error(message, "unknown_value", "columns", near, valid)


def _read_by(serializer):
    """The columns of a serializer, and a function that lists their values in an item.

    Below a list, each value is a tuple.
    """
    columns, parts = [], []
    for is_nested, fields in groupby(serializer.fields.items(), _is_nested):
        if not is_nested:
            names = [name for name, _ in fields]
            columns += names
            parts.append((None, _getter(names), None))
            continue
        for name, field in fields:
            below, values = _read_by(getattr(field, "child", field))
            columns += [f"{name}.{column}" for column in below]
            parts.append((name, values, [None] * len(below)))
    if all(name is None for name, *_ in parts):
        return columns, parts[0][1]

    def values_of(item):
        found = []
        for name, values, empty in parts:
            if name is None:
                found += values(item)
                continue
            value = item[name]
            if value is None:
                found += empty
            elif isinstance(value, list):
                found += (
                    zip(*map(values, value), strict=True)
                    if value
                    else [()] * len(empty)
                )
            else:
                found += values(value)
        return found

    return columns, values_of


def _getter(names):
    """Lists the values of an item under some names."""
    if len(names) == 1:
        return lambda item: [item[names[0]]]
    return itemgetter(*names)


def _is_nested(field):
    return isinstance(getattr(field[1], "child", field[1]), BaseSerializer)
