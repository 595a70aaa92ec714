"""Entries, and what filters ask of them."""

from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import ClassVar

from django.db import connection, models, transaction
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Cast
from django.db.models.sql.datastructures import BaseTable

from asei_db.lib import deriving
from asei_db.lib.findable import Findable
from asei_db.lib.kept import keys_of
from literature.entries.several import EntryManager, Several, Span, Tag
from literature.entries.tables import Table
from literature.kinds import Kind
from literature.search_entries import Search

_MANY = 2000  # so many rows are not sorted for the sake of a page of them


class _OrderedTable(BaseTable):
    """A table that SQLite reads in the order of an index."""

    def __init__(self, table_name, alias, index):
        super().__init__(table_name, alias)
        self.index = index

    def as_sql(self, compiler, connection):
        sql, parameters = super().as_sql(compiler, connection)
        return f"{sql} INDEXED BY {connection.ops.quote_name(self.index)}", parameters


class EntryQuerySet(models.QuerySet):
    """Entries; once they are counted, pages of many are read in the usual order.

    SQLite would find all of them by the index of a filter, and sort them, for a page.
    """

    _counted = 0

    def count(self):
        self._counted = super().count()
        return self._counted

    def of_so_many(self, number):
        """The rows, which were counted before."""
        rows = self._chain()
        rows._counted = number
        return rows

    def _clone(self):
        clone = super()._clone()
        clone._counted = self._counted
        return clone

    def along(self, index):
        """The rows as SQLite reads them along an index, where they are many."""
        if self._counted < _MANY or connection.vendor != "sqlite":
            return self
        rows = self._chain()
        alias = rows.query.get_initial_alias()
        table = rows.query.alias_map[alias]
        rows.query.alias_map[alias] = _OrderedTable(
            table.table_name, table.table_alias, index
        )
        return rows

    def counted_along(self, index):
        """As `along`, of rows that are counted now if they were not yet."""
        if not self._counted:
            self.count()
        return self.along(index)

    def __getitem__(self, page):
        query = self.query
        is_usual = query.default_ordering and not (query.order_by or query.combinator)
        rows = self
        if is_usual and isinstance(page, slice) and self._result_cache is None:
            rows = self.along(self.model._meta.indexes[0].name)
        return super(EntryQuerySet, rows).__getitem__(page)

    def search(self, text):
        """Entries of the records that `text` finds."""
        return self.filter(self.found_by(text))

    def found_by(self, text):
        """The condition of `search()`; few records are named by it, as they are now."""
        return Search(text).condition(self.model.kind())


@dataclass(frozen=True)
class ReportedBy:
    """Entries of records that studies share, by who reported anything about them."""

    model: type[models.Model]

    def condition(self, studies):
        return Q(pk__in=self.model.objects.reported_by(studies).order_by().values("pk"))


class Entry(Findable, models.Model):
    """A published record as lists find it; a subclass has a `record`.

    * `tags`, `spans`: what it may have several of, by the name for filters
    * `through`: what it has by way of other rows
    * `facet_tags`: tags with few values, which lists count
    """

    tags: ClassVar[dict[str, Several]] = {}
    facet_tags: ClassVar[tuple[str, ...]] = ()
    spans: ClassVar[dict[str, Several]] = {}

    objects = EntryManager.from_queryset(EntryQuerySet)()

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.record)

    @classmethod
    def record_model(cls):
        return cls._meta.get_field("record").related_model

    @classmethod
    def kind(cls):
        return Kind.of(cls.record_model())

    # What filters ask

    @classmethod
    def having(cls, name, values):
        if name not in cls.tags:
            return super().having(name, values)
        texts = [
            value
            if hasattr(value, "resolve_expression")
            else str(getattr(value, "pk", value))
            for value in values
        ]
        found = cls._several(Tag, cls.tags[name]).filter(value__in=texts)
        return Q(pk__in=found.values("key"))

    @classmethod
    def lacking(cls, name):
        if name not in cls.tags:
            return super().lacking(name)
        return ~Q(pk__in=cls._several(Tag, cls.tags[name]).values("key"))

    @classmethod
    def between(cls, name, low, high, within=False):
        """A condition: an entry's value of a name meets the bounds, None for no bound.

        It lies in them, if only in part; with `within`, wholly.
        """
        lowest, highest = ("low", "high") if within else ("high", "low")
        ends = {f"{lowest}__gte": low, f"{highest}__lte": high}
        ends = {end: bound for end, bound in ends.items() if bound is not None}
        if name in cls.spans:
            found = cls._several(Span, cls.spans[name]).filter(**ends)
            return Q(pk__in=found.values("key"))
        if f"{name}_low" not in {field.name for field in cls._meta.concrete_fields}:
            ends = {end.partition("__")[2]: bound for end, bound in ends.items()}
            return Q(**{f"{name}__{end}": bound for end, bound in ends.items()})
        return Q(**{f"{name}_{end}": bound for end, bound in ends.items()})

    @classmethod
    def beside(cls, rows, name, low, high):
        """The highest value of a name below `low` and the lowest above `high`.

        None where there is none, or no such bound.
        """
        ends = ("low", "high")
        if name in cls.spans:
            keys = rows.order_by().values("pk")
            rows = cls._several(Span, cls.spans[name]).filter(key__in=keys)
        elif f"{name}_low" in {field.name for field in cls._meta.concrete_fields}:
            ends = (f"{name}_low", f"{name}_high")
        else:
            ends = (name, name)
        below = {} if low is None else {f"{ends[1]}__lt": low}
        above = {} if high is None else {f"{ends[0]}__gt": high}
        found = rows.order_by().aggregate(
            below=Max(ends[1], filter=Q(**below)), above=Min(ends[0], filter=Q(**above))
        )
        return (found["below"] if below else None, found["above"] if above else None)

    @classmethod
    def facet(cls, rows, name):
        if name not in cls.tags:
            return super().facet(rows, name)
        kept = rows.__dict__.setdefault("_tags", {})
        if name not in kept:
            names, tags = cls._tags_beside(rows, name)
            kept |= {one: {} for one in names.values()}
            counts = tags.values_list("name", "value").annotate(count=Count("*"))
            for number, value, count in counts.order_by():
                kept[names[number]][value] = count
        return kept[name]

    @classmethod
    def number_having(cls, rows, name):
        if name not in cls.tags:
            return super().number_having(rows, name)
        kept = rows.__dict__.setdefault("_tagged", {})
        if name not in kept:
            names, tags = cls._tags_beside(rows, name)
            kept |= dict.fromkeys(names.values(), 0)
            counts = tags.values_list("name").annotate(
                count=Count("key", distinct=True)
            )
            kept |= {names[number]: count for number, count in counts.order_by()}
        return kept[name]

    @classmethod
    def _tags_beside(cls, rows, name):
        """The tags of some rows that are counted with those of a name, and their names.

        The names are by their number.
        """
        together = cls.facet_tags if name in cls.facet_tags else (name,)
        names = {cls.tags[one].name.value: one for one in together}
        tags = Tag.objects.filter(kind=cls.kind(), name__in=names)
        if rows.query.where:
            tags = tags.filter(key__in=rows.order_by().values("pk"))
        return names, tags

    @classmethod
    def most(cls, name, number):
        if name not in cls.tags:
            return super().most(name, number)
        counts = cls.facet(cls.objects.all(), name)
        return [int(key) for key in nlargest(number, counts, key=counts.get)]

    @classmethod
    def reporters(cls, entries):
        """The keys of the studies that reported some entries, as a subquery.

        None where entries do not say it.
        """
        if "study" in cls.tags:
            rows = cls._several(Tag, cls.tags["study"])
            if entries.query.where:
                rows = rows.filter(key__in=entries.order_by().values("pk"))
            keys = rows.annotate(study=Cast("value", models.BigIntegerField()))
            return keys.values("study")
        if any(field.name == "study" for field in cls._meta.concrete_fields):
            return entries.order_by().values("study")
        return None

    @classmethod
    def _several(cls, model, several):
        return model.objects.filter(kind=cls.kind(), name=several.name)

    # Deriving

    @classmethod
    def derivation(cls):
        """What keeps the entries current."""
        model = cls.record_model()
        lookups = [*model.objects.all().published_reads]
        for field in cls._meta.concrete_fields:
            lookups += getattr(field, "reads", ())
        for several in (*cls.tags.values(), *cls.spans.values()):
            lookups += several.reads
        reads = {_relations(model, lookup) for lookup in lookups} - {""}
        name = f"entries of {model._meta.label}"
        return deriving.Derivation(name, model, tuple(sorted(reads)), cls.write)

    @classmethod
    def write(cls, keys):
        """Write anew what is derived of the records with these keys; how many changed.

        That of records that are gone, or not public, is removed.
        """
        keys = list(keys)
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            entries, *others = cls._tables(connection.vendor)
            stored = entries.stored(cursor, keys)
            if not stored:  # and so nothing in the others
                inserted = entries.insert(cursor, keys)
                for table in others if inserted else ():
                    table.insert(cursor, keys)
                return inserted
            changed = entries.update(cursor, keys, stored)
            for table in others:
                changed |= table.update(cursor, keys)
        return len(changed)

    @classmethod
    @cache
    def _tables(cls, vendor):
        """The tables that are written, the entries first."""
        keys = keys_of(vendor)
        model = cls.record_model()
        rows = model.objects.published().filter(pk__in=keys).order_by()
        fields = cls._meta.concrete_fields
        sources = {
            f"to_{field.name}": field.expression(model)
            for field in fields
            if field.name != "record"
        }
        tables = [
            Table(
                cls,
                [field.column for field in fields],
                [rows.annotate(**sources).values_list("pk", *sources)],
            )
        ]
        listed = model._base_manager.filter(entry__isnull=False, pk__in=keys).order_by()
        for of_entry, columns, declared in (
            (Tag, ["key", "value"], cls.tags),
            (Span, ["key", "low", "high"], cls.spans),
        ):
            for several in declared.values():
                constants = {"kind": cls.kind().value, "name": several.name.value}
                found = several.rows(listed)
                tables.append(Table(of_entry, columns, found, constants))
        return tables


def listed(model):
    """What gives the records of a model that a filter may name: the published ones."""
    return lambda request: model.objects.filter(entry__isnull=False)


def _relations(model, lookup):
    """The part of a lookup that leads from row to row."""
    names = []
    for name in lookup.split("__"):
        fields = {field.name: field for field in model._meta.get_fields()}
        if name not in fields or not fields[name].is_relation:
            break
        names.append(name)
        model = fields[name].related_model
    return "__".join(names)
