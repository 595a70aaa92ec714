"""Which films were put on what: counts, and how well the best coating did.

The matrix crosses film materials (or their classes) with substrates (or theirs). Its
empty cells are what nobody has published yet.
"""

import operator
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, TextChoices

from asei_db.lib.deriving import flush
from literature.entries import Name, Tag
from literature.kinds import Kind
from materials.choices import (
    ElectrodeRole,
    GainKind,
    HostFamily,
    MaterialClass,
    SubstrateClass,
)
from materials.models import Gain, Material, Substrate

#: What a row or a column can be, and where a `CoatingEntry` has it.
_PATHS = {
    "material": "material",
    "material_class": "material__material_class",
    "substrate": "substrate",
    "substrate_class": "substrate__substrate_class",
    "electrode_role": "substrate__electrode_role",
    "host_family": "substrate__host_family",
}
ROWS = ("material", "material_class")
COLUMNS = ("substrate", "substrate_class", "electrode_role", "host_family")
_CLASSES: dict[str, type[TextChoices]] = {
    "material_class": MaterialClass,
    "substrate_class": SubstrateClass,
    "electrode_role": ElectrodeRole,
    "host_family": HostFamily,
}
#: What a cell can show; None in a cell is "not known".
CELL_VALUES = {
    "coatings": "Number of coatings",
    "studies": "Number of studies",
    "uplift": "Best gain in capacity retention (percentage points)",
}


@dataclass(frozen=True)
class Heading:
    """A row or a column; `key` is a slug or class, None for "various substrates"."""

    key: str | None
    label: str


@dataclass(frozen=True)
class Cell:
    """The coatings of one row on one column; of the other values the one asked for.

    * `studies`: the published studies that reported them; the source if it names none
    * `uplift`: the greatest gain in capacity retention over a control, at least, in
      percentage points; None where no test states one. Disputed coatings and tests, and
      tests whose conditions differ from their control's, are left out
    """

    coatings: int = 0
    studies: int = 0
    uplift: float | None = None


@dataclass(frozen=True)
class Coverage:
    """The matrix: `cells[i][j]` belongs to `rows[i]` and `columns[j]`.

    `rows_left_out` and `columns_left_out` are how many there are beside these.
    """

    rows: tuple
    columns: tuple
    cells: tuple
    rows_left_out: int = 0
    columns_left_out: int = 0

    def values(self, name):
        """The matrix of one value of the cells: coatings, studies or uplift."""
        return [[getattr(cell, name) for cell in row] for row in self.cells]


def coverage(
    entries,
    rows="material",
    columns="substrate",
    value="coatings",
    named=None,
    most=None,
    fullest=None,
):
    """The `Coverage` of a queryset of `CoatingEntry`: one value of its cells.

    Where columns are roles or families, substrates without one are left out.
    `named` maps "material", "substrate" and their classes to what must have a row or a
    column though it may be empty: Material and Substrate objects or class names.
    There are `most` rows and as many columns at most, those with the most coatings;
    half of it, again and again, where more than `fullest` cells have any. Counts are
    one query, and so is another value, beside those for classes or headings.
    """
    entries = entries.order_by()
    groups = [_groups(kind) for kind in (rows, columns)]
    pairs = entries.values_list("material", "substrate").annotate(Count("pk"))
    counts = _folded(pairs, groups, operator.add)
    row_axis, column_axis = _axes(counts, (rows, columns), named or {}, most, fullest)
    numbers = {}
    if value == "uplift":
        numbers = _folded(_gains(entries), groups, max)
    elif value == "studies":
        numbers = _studies(entries, (_PATHS[rows], _PATHS[columns]))
    cells = tuple(
        tuple(
            Cell(
                counts.get((row, column), 0),
                **({value: numbers[row, column]} if (row, column) in numbers else {}),
            )
            for column in column_axis.headings
        )
        for row in row_axis.headings
    )
    return Coverage(
        tuple(row_axis.headings.values()),
        tuple(column_axis.headings.values()),
        cells,
        row_axis.left_out,
        column_axis.left_out,
    )


class _Axis(NamedTuple):
    """The headings of rows or columns by their keys in order; how many are left out."""

    headings: dict
    left_out: int


def _axes(counts, kinds, named, most, fullest):
    """The `_Axis` of rows and that of columns."""
    ranked = [
        _ranked(counts, place, named.get(kind) or ())
        for place, kind in enumerate(kinds)
    ]
    kept = [set(keys[:most]) for keys in ranked]
    while fullest and sum(a in kept[0] and b in kept[1] for a, b in counts) > fullest:
        most //= 2
        kept = [set(keys[:most]) for keys in ranked]
    return [
        _Axis(_headings(kind, keys), len(every) - len(keys))
        for kind, keys, every in zip(kinds, kept, ranked, strict=True)
    ]


def _ranked(counts, place, named):
    """The keys of one axis: those that are named, then those with most coatings."""
    totals = Counter({getattr(item, "pk", item): 0 for item in named})
    first = set(totals)
    for cell, count in counts.items():
        totals[cell[place]] += count
    return sorted(totals, key=lambda key: (key not in first, -totals[key], str(key)))


def _groups(kind):
    """What each material or substrate belongs to, by its key; None where to itself."""
    if kind in ("material", "substrate"):
        return None
    model = Material if kind in ROWS else Substrate
    return dict(model.objects.order_by().values_list("pk", kind)) | {None: None}


def _folded(pairs, groups, combine):
    """The numbers by cell, given (material, substrate, number) and their `_groups`.

    The database counts by keys alone: by what stands in other tables takes longer.
    """
    cells: dict[tuple, float] = {}
    row_of, column_of = groups
    for material, substrate, number in pairs:
        row = row_of[material] if row_of else material
        column = column_of[substrate] if column_of else substrate
        if column == "":
            continue  # has no role, or no family
        kept = cells.get((row, column))
        cells[row, column] = number if kept is None else combine(kept, number)
    return cells


def _gains(entries):
    """(material, substrate, best gain in percentage points) of each pair."""
    return _joined(
        entries,
        ("material", "substrate"),
        "MAX(joined.change_min)",
        Gain,
        "joined.kind = %s AND joined.is_headline AND joined.is_ranked "
        "AND joined.change_min IS NOT NULL AND joined.coating_id = entry.key",
        [GainKind.CAPACITY_RETENTION.value],
    )


def _studies(entries, paths):
    """The number of studies by cell."""
    rows = _joined(
        entries,
        paths,
        "COUNT(DISTINCT joined.value)",
        Tag,
        "joined.kind = %s AND joined.name = %s AND joined.key = entry.key",
        [Kind.COATING.value, Name.STUDY.value],
    )
    return {(row, column): number for row, column, number in rows}


def _joined(entries, paths, number, model, condition, parameters):
    """(row, column, number) of each cell, from the entries and another derived table.

    As SQL, since no relation of the models leads from one to the other.
    """
    try:
        selected, given = entries.values_list("pk", *paths).query.sql_with_params()
    except EmptyResultSet:
        return []
    statement = (
        f"WITH entry (key, place, other) AS ({selected}) "  # noqa: S608
        f"SELECT entry.place, entry.other, {number} "
        f"FROM entry JOIN {model._meta.db_table} joined ON {condition} "
        "GROUP BY entry.place, entry.other"
    )
    flush()
    with connection.cursor() as cursor:
        cursor.execute(statement, (*given, *parameters))
        return cursor.fetchall()


def _headings(kind, keys):
    """The heading of each key, in the order in which they are shown."""
    if kind in ("material", "substrate"):
        model = Material if kind == "material" else Substrate
        found = model.objects.filter(pk__in=keys)
        headings = {item.pk: Heading(item.slug, item.name) for item in found}
    else:
        headings = {
            choice.value: Heading(choice.value, str(choice.label))
            for choice in _CLASSES[kind]
            if choice in keys
        }
    if None in keys:
        headings[None] = Heading(None, "Various substrates")
    return headings
