"""Reads the API's CSV tables back, as a script would that has its schema."""

import csv
import json
from io import StringIO

from asei_db.lib.spreadsheets import unguarded


def text_of(response):
    """The text of an answer, streamed or not."""
    return b"".join(response).decode()


def items(text, schema, components):
    """The items of a table as the API gives them in JSON.

    `schema` is that of an item; the cells of a list are JSON arrays of one length, and
    an empty cell is `null`, or an empty text where the schema has no `null`.
    """
    for row in csv.DictReader(StringIO(text)):
        cells = {tuple(name.split(".")): unguarded(row[name]) for name in row}
        yield _value(cells, schema, components)


def _value(cells, schema, components):
    schema, nullable = _resolved(schema, components)
    if nullable and all(cell in (None, "") for cell in cells.values()):
        return None
    if schema["type"] == "object":
        return {
            name: _value(_below(cells, name), field, components)
            for name, field in schema["properties"].items()
        }
    if schema["type"] == "array":
        lists = {
            path: json.loads(cell) if isinstance(cell, str) else cell
            for path, cell in cells.items()
        }
        return [
            _value(dict(zip(lists, one, strict=True)), schema["items"], components)
            for one in zip(*lists.values(), strict=True)
        ]
    return _scalar(cells[()], schema["type"])


def _resolved(schema, components):
    """The schema of what is there, and whether it may be `null`."""
    one, *other = schema.get("oneOf") or schema.get("allOf") or [schema]
    if "$ref" in one:
        one = components[one["$ref"].rpartition("/")[2]]
    kind, *null = one["type"] if isinstance(one["type"], list) else [one["type"]]
    return one | {"type": kind}, bool(null or other)


def _below(cells, name):
    return {path[1:]: cell for path, cell in cells.items() if path[0] == name}


def _scalar(cell, kind):
    if kind == "string" or not isinstance(cell, str):
        return cell
    return {"true": True, "false": False}[cell] if kind == "boolean" else float(cell)
