"""Rows that filters find by their columns, or by way of other rows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from heapq import nlargest
from typing import ClassVar

from django.db import models
from django.db.models import Count, Q

from asei_db.lib.filters.paths import having


def counts_by(rows, column):
    """How many rows there are with each value of a column; a queryset is asked once.

    The columns of its model's `facets` are counted together, along an index of all of
    them where there is one; without it, if no index counts the column alone. There are
    fewer of their combinations than rows.
    """
    kept = rows.__dict__.setdefault("_counts_by", {})
    if column in kept:
        return kept[column]
    facets = getattr(rows.model, "facets", ())
    index = _index_of(rows.model, facets)
    if column in facets and (
        index or rows.query.where or not _index_of(rows.model, (column,))
    ):
        along = rows.counted_along(index) if index and rows.query.where else rows
        counts = along.order_by().values_list(*facets).annotate(count=Count("*"))
        kept |= {name: Counter() for name in facets}
        for *values, count in counts:
            for name, value in zip(facets, values, strict=True):
                kept[name][value] += count
        for name in facets:
            del kept[name][None]
    else:
        known = rows.order_by().filter(**{f"{column}__isnull": False})
        kept[column] = dict(known.values_list(column).annotate(count=Count("*")))
    return kept[column]


def _index_of(model, columns):
    """The name of the index that begins with some columns, if there is one."""
    for index in model._meta.indexes:
        if tuple(index.fields[: len(columns)]) == columns:
            return index.name
    return None


@dataclass(frozen=True)
class Through:
    """What an entry has by way of other rows.

    The entry's `column` is among the `back` of those rows, of records or entries, that
    have the values of `name`: a coating has the elements of its material. `find` gives
    the rows.
    """

    column: str
    find: Callable[[], models.QuerySet]
    name: str
    back: str = "pk"

    @property
    def rows(self):
        return self.find().order_by()

    def condition(self, values):
        rows = self.rows
        rows = rows.filter(having(rows.model, self.name, values))
        return Q(**{f"{self.column}__in": rows.values(self.back)})

    def lacking(self):
        """That an entry has nothing of the name, a code of those rows."""
        rows = self.rows.filter(**{self.name: ""})
        lacks = Q(**{f"{self.column}__in": rows.values(self.back)})
        return lacks | Q(**{f"{self.column}__isnull": True})

    def facet(self, entries, others=()):
        """How many of the entries have each value: counted by key, then by its values.

        So few rows are sorted: a base has fewer materials than coatings. What `others`
        read of the same rows is read with it, once for a queryset.
        """
        if self.column == "pk" and self.back != "pk" and not others:
            return self._counted(entries)
        counts = counts_by(entries, self.column)
        kept = entries.__dict__.setdefault("_values", {})
        if self not in kept:
            kept |= self._values(others)
        found = Counter()
        for key, value in kept[self]:
            found[value] += counts.get(key, 0)
        return {value: count for value, count in found.items() if count}

    def _counted(self, entries):
        """How many of the entries have each of the objects of a name."""
        rows = self.rows.exclude(**{f"{self.name}__isnull": True})
        if entries.query.where:
            keys = entries.order_by().values("pk")
            rows = rows.filter(**{f"{self.back}__in": keys})
        counts = rows.values_list(self.name)
        return dict(counts.annotate(count=Count(self.back, distinct=True)))

    def _values(self, others):
        """(key, value) of all rows for each of those that are columns of theirs."""
        rows = self.rows
        columns = {
            field.name for field in rows.model._meta.fields if not field.is_relation
        }
        if self.back != "pk" or self.name not in columns:
            rows = rows.exclude(**{f"{self.name}__isnull": True})
            return {self: rows.values_list(self.back, self.name).distinct()}
        alike = [
            one
            for one in {self, *others}
            if (one.find, one.back) == (self.find, "pk") and one.name in columns
        ]
        found = rows.values_list("pk", *(one.name for one in alike))
        return {
            one: [(row[0], row[place]) for row in found if row[place] is not None]
            for place, one in enumerate(alike, start=1)
        }


class Findable:
    """Rows that filters find by their columns, and `through` other rows, by name."""

    through: ClassVar[dict[str, Through]] = {}
    #: Columns with few values, which lists count.
    facets: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def having(cls, name, values):
        """A condition: a row has any of some values, or objects, of a name."""
        if name in cls.through:
            return cls.through[name].condition(values)
        return Q(**{f"{name}__in": values})

    @classmethod
    def facet(cls, rows, name):
        """How many of the rows have each value of a name, as a dict."""
        if name in cls.through:
            through = cls.through[name]
            others = [
                one
                for one in cls.through.values()
                if isinstance(one, Through)
                and one is not through
                and one.column == getattr(through, "column", None)
            ]
            return through.facet(rows, others)
        return counts_by(rows, name)

    @classmethod
    def lacking(cls, name):
        """A condition: a row has nothing of a name."""
        if name in cls.through:
            return cls.through[name].lacking()
        return Q(**{f"{name}__isnull": True})

    @classmethod
    def number_having(cls, rows, name):
        """How many of the rows have anything of a name."""
        counts = cls.facet(rows, name)
        return sum(count for value, count in counts.items() if value != "")

    @classmethod
    def most(cls, name, number):
        """The keys of the objects of a name that most rows have, in that order.

        None where the table does not know.
        """
        if name in cls.through:
            through = cls.through[name]
            if issubclass(through.rows.model, Findable):
                return through.rows.model.most(through.name, number)
            counts = counts_by(through.rows, through.name)
        elif name in {one.name for one in cls._meta.fields}:
            counts = counts_by(cls.objects.all(), name)
        else:
            return []
        return nlargest(number, counts, key=counts.get)
