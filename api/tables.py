"""Items of the JSON as rows of a table."""

import json
from itertools import groupby
from json.encoder import encode_basestring
from operator import itemgetter

from rest_framework.serializers import BaseSerializer

_encode = json.JSONEncoder(ensure_ascii=False).encode


class Table:
    """The table of items of a serializer: `columns` and, of each item, `cells`.

    What is nested has a column for each of its fields, `thickness.min`. So has what
    there may be many of, `studies.doi`, whose cells are JSON arrays with one value for
    each: `["10.1/a", null]`. So are those of plain lists, `notes`. A cell is empty for
    `null` and for an empty text; a text field is never `null`.
    """

    def __init__(self, serializer):
        self.columns, self._values = _read_by(serializer)

    def cells(self, item):
        """What stands in the columns of an item."""
        return [
            _as_json(value) if isinstance(value, list) else value
            for value in self._values(item)
        ]


def _as_json(value):
    """What `json.dumps` gives; most values are lists of a few texts."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is list:
        return f"[{', '.join(map(_as_json, value))}]"
    if value is None:
        return "null"
    return str(value) if kind is int else _encode(value)


def _read_by(serializer):
    """The columns of a serializer, and a function that lists their values in an item.

    Below a list, each value is a list.
    """
    columns, parts = [], []
    for is_nested, fields in groupby(serializer.fields.items(), _is_nested):
        if not is_nested:
            names = [name for name, _ in fields]
            columns += names
            parts.append((None, itemgetter(*names, names[0]), None))
            continue
        for name, field in fields:
            below, values = _read_by(getattr(field, "child", field))
            columns += [f"{name}.{column}" for column in below]
            parts.append((name, values, [None] * len(below)))

    def values_of(item):
        found = []
        for name, values, empty in parts:
            if name is None:
                found += values(item)
                del found[-1]  # the first again, so that there always are several
                continue
            value = item[name]
            if value is None:
                found += empty
            elif isinstance(value, list):
                found += map(list, zip(*map(values, value), strict=True))
                if not value:
                    found += ([] for _ in empty)
            else:
                found += values(value)
        return found

    return columns, values_of


def _is_nested(field):
    return isinstance(getattr(field[1], "child", field[1]), BaseSerializer)
