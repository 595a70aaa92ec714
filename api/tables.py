"""Items of the JSON as rows of a table."""

import json

from rest_framework.serializers import BaseSerializer

_encode = json.JSONEncoder(ensure_ascii=False).encode  # soon done with a text


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
    if kind is list:
        return f"[{', '.join(map(_as_json, value))}]"
    if value is None:
        return "null"
    return str(value) if kind is int else _encode(value)


def _read_by(serializer):
    """The columns of a serializer, and a function that lists their values in an item.

    Below a list, each value is a list.
    """
    columns, fields = [], []
    for name, field in serializer.fields.items():
        nested = getattr(field, "child", field)
        if isinstance(nested, BaseSerializer):
            below, values = _read_by(nested)
            columns += [f"{name}.{column}" for column in below]
            fields.append((name, values, [None] * len(below)))
        else:
            columns.append(name)
            fields.append((name, None, [None]))

    def values_of(item):
        found = []
        for name, nested, empty in fields:
            value = item[name]
            if nested is None:
                found.append(value)
            elif value is None:
                found += empty
            elif isinstance(value, list):
                found += map(list, zip(*map(nested, value), strict=True))
                if not value:
                    found += ([] for _ in empty)
            else:
                found += nested(value)
        return found

    return columns, values_of
