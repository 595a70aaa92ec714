"""Which record holds which number of a harvest, and of which line a number comes."""

import re
from collections import defaultdict
from typing import NamedTuple

from asei_db.lib.fields import quantity_fields
from harvest.merging import name_of
from harvest.origins import leaves
from materials.models import (
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    PropertyMeasurement,
    Recipe,
    RecipeStep,
)
from precursors.models import SublimationTemperature

_MODELS = {
    "processes": [DepositionProcess],
    "recipes": [Recipe, RecipeStep],
    "coatings": [Coating],
    "measurements": [PropertyMeasurement],
    "cycling-tests": [CyclingTest, CyclingPoint],
    "sublimation-temperatures": [SublimationTemperature],
}
_COUNTS = ("deposition_cycle_count", "first_cycle", "cycle_number", "cell_count")


class Held(NamedTuple):
    """Where a number stands: a file, its record, the field, what is printed there."""

    table: str
    record: str
    field: str
    value: object

    def __str__(self):
        return f"`{self.table}.yaml`, {self.record}, {self.field}: {self.value}"


def held(draft, known):
    """By line and field of the taken entries, the `Held` of the number it states.

    `known` is the records in the files by table and name; what they do not hold, though
    it was drafted, is left out.
    """
    found = {
        (entry.line, field): [] for entry in draft.entries for field in entry.numbers()
    }
    for table, rows in draft.records.items():
        for row in rows.values():
            name = name_of(row)
            in_file = {
                (field, _plain(value))
                for field, value in _values(known[table].get(name, {}))
            }
            for path, value in leaves(row):
                field = _field(path)
                for origin in value.origins:
                    if origin.place in found and (field, _plain(value)) in in_file:
                        where = Held(table, name, field, value)
                        found[origin.place].append(where)
    return found


def sources(drafts, known):
    """By `Held` of every number in the files, the (harvest, line) it was made of.

    `drafts` are the `Draft`s of harvests by name.
    """
    made = defaultdict(set)
    for harvest, draft in drafts.items():
        for table, rows in draft.records.items():
            for row in rows.values():
                for path, value in leaves(row):
                    key = Held(table, name_of(row), _field(path), str(value))
                    made[key] |= {(harvest, origin.line) for origin in value.origins}
    return {
        where: sorted(made.get(where, ()))
        for table, models in _MODELS.items()
        for name, row in known[table].items()
        for where in _numbers(table, name, row, models)
    }


def _numbers(table, name, row, models):
    names = {*_COUNTS, *(field for model in models for field in quantity_fields(model))}
    for field, value in _values(row):
        if field in names:
            yield Held(table, name, field, value)


def _values(row, path=()):
    """Pairs of a field and a value, as text, of a record and its parts."""
    if isinstance(row, dict):
        for name, value in row.items():
            yield from _values(value, (*path, name))
    elif isinstance(row, list):
        for value in row:
            yield from _values(value, path)
    else:
        yield _field(path), str(row)


def _plain(text):
    """The numbers of a text, whatever their spelling; else the text."""
    return tuple(re.findall(r"\d+(?:\.\d+)?", str(text))) or str(text)


def _field(path):
    """The last name of a path through records, parts and lists."""
    return next(name for name in reversed(path) if isinstance(name, str))
