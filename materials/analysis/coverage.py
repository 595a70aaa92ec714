"""Which films were put on what: counts, and how well the best coating did.

The matrix crosses film materials (or their classes) with substrates (or theirs). Its
empty cells are what nobody has published yet.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, TextChoices

from literature.choices import StudyStatus
from materials.choices import (
    ElectrodeRole,
    GainKind,
    HostFamily,
    MaterialClass,
    SubstrateClass,
)
from materials.models import Coating, Gain, Material, Substrate

#: What a row or a column can be, and where a coating has it.
_PATHS = {
    "material": "process__material",
    "material_class": "process__material__material_class",
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
    """The matrix: `cells[i][j]` belongs to `rows[i]` and `columns[j]`."""

    rows: tuple
    columns: tuple
    cells: tuple

    def values(self, name):
        """The matrix of one value of the cells: coatings, studies or uplift."""
        return [[getattr(cell, name) for cell in row] for row in self.cells]


def coverage(
    coatings, rows="material", columns="substrate", value="coatings", named=None
):
    """The `Coverage` of a queryset of published coatings: one value of its cells.

    Where columns are roles or families, substrates without one are left out.
    `named` maps "material", "substrate" and their classes to what must have a row or a
    column though it may be empty: Material and Substrate objects or class names. The
    number of queries does not depend on the coatings.
    """
    coatings = coatings.order_by()
    if columns in ("electrode_role", "host_family"):
        coatings = coatings.exclude(**{_PATHS[columns]: ""})
    paths = (_PATHS[rows], _PATHS[columns])
    counts = _by_cell(coatings.values_list(*paths).annotate(Count("pk")))
    asked = {"studies": _studies, "uplift": _gains}.get(value)
    numbers = asked(coatings, paths) if asked else {}
    named = named or {}
    row_keys, row_headings = _headings(
        rows, {row for row, _ in counts}, coatings.values(paths[0]), named
    )
    column_keys, column_headings = _headings(
        columns, {column for _, column in counts}, coatings.values(paths[1]), named
    )
    cells = tuple(
        tuple(
            Cell(
                counts.get((row, column), 0),
                **({value: numbers[row, column]} if (row, column) in numbers else {}),
            )
            for column in column_keys
        )
        for row in row_keys
    )
    return Coverage(row_headings, column_headings, cells)


def _by_cell(rows):
    return {(row, column): number for row, column, number in rows}


def _studies(coatings, paths):
    """The number of studies by cell."""
    works = Coating.studies.through.objects.filter(
        coating=OuterRef("pk"), study__status=StudyStatus.PUBLISHED
    )
    cited = coatings.filter(studies__status=StudyStatus.PUBLISHED)
    uncited = coatings.filter(~Exists(works))
    studies = defaultdict(set)
    for rows in (
        cited.values_list(*paths, "studies"),
        uncited.values_list(*paths, "source"),
    ):
        for row, column, study in rows.distinct():
            studies[row, column].add(study)
    return {cell: len(found) for cell, found in studies.items()}


def _gains(coatings, paths):
    """The best gain by cell, percentage points."""
    gains = Gain.objects.ranked().filter(
        kind=GainKind.CAPACITY_RETENTION,
        change_min__isnull=False,
        coating__in=coatings.values("pk"),
    )
    cells = gains.order_by().values_list(*(f"coating__{path}" for path in paths))
    return _by_cell(cells.annotate(Max("change_min")))


def _headings(kind, keys, query, named):
    """Keys in the order in which they are shown, and their headings.

    `query` is the subquery that finds the keys, to which `named` adds.
    """
    wanted = {getattr(item, "pk", item) for item in named.get(kind) or []}
    keys = keys | wanted
    if kind in ("material", "substrate"):
        model = Material if kind == "material" else Substrate
        found = model.objects.filter(Q(pk__in=query) | Q(pk__in=wanted))
        headings = {item.pk: Heading(item.slug, item.name) for item in found}
    else:
        headings = {
            choice.value: Heading(choice.value, str(choice.label))
            for choice in _CLASSES[kind]
            if choice in keys
        }
    if None in keys:
        headings[None] = Heading(None, "Various substrates")
    return tuple(headings), tuple(headings.values())
