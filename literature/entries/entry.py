"""Entries, and what filters ask of them."""

from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import ClassVar

from django.db import connection, models, transaction
from django.db.models import (
    Count,
    Exists,
    Expression,
    F,
    Func,
    Max,
    Min,
    OrderBy,
    OuterRef,
    Q,
)
from django.db.models.functions import Cast
from django.db.models.lookups import In
from django.db.models.sql.datastructures import BaseTable

from asei_db.lib import deriving
from asei_db.lib.findable import Findable
from asei_db.lib.statements import given_keys
from literature.entries.several import EntryManager, Several, Span, Tag
from literature.entries.tables import Table
from literature.kinds import Kind
from literature.search_entries import Search

_MANY = 2000  # so many rows are not sorted for the sake of a page of them


class _OrderedTable(BaseTable):
    """A table that SQLite reads in the order of an index.

    What filters ask for stands at the index's end, so that rows that are passed by are
    not looked up.
    """

    def __init__(self, table_name, alias, index):
        super().__init__(table_name, alias)
        self.index = index

    def as_sql(self, compiler, connection):
        sql, parameters = super().as_sql(compiler, connection)
        return f"{sql} INDEXED BY {connection.ops.quote_name(self.index)}", parameters


class _EitherWay(Expression):
    """A condition that the database is asked for in one of two ways.

    `among` lists the keys of all that meet it, as is best for counts; `beside` looks
    for each row, as is best for the few of a page that is read in order.
    """

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, among, beside):
        super().__init__()
        self.ways = [among, beside]

    def get_source_expressions(self):
        return self.ways

    def set_source_expressions(self, expressions):
        self.ways = expressions

    def as_sql(self, compiler, connection):
        is_walked = getattr(compiler.query, "is_walked", False)
        return compiler.compile(self.ways[is_walked])


def _either_way(found):
    """The condition that an entry has one of some tags or spans."""
    among = In(F("pk"), found.values("key").query)
    return Q(_EitherWay(among, Exists(found.filter(key=OuterRef("pk")))))


class _Sorted(Func):
    """A column by which SQLite sorts what it found, whatever index is in that order."""

    template = "+%(expressions)s"
    arity = 1


def _sorted(ordering):
    """An ordering, its first column `_Sorted`."""
    first, *others = ordering
    if isinstance(first, str):
        name = first.removeprefix("-")
        first = OrderBy(F(name), descending=name != first)
    first = first.copy()
    first.expression = _Sorted(first.expression)
    return [first, *others]


class EntryQuerySet(models.QuerySet):
    """Entries; once they are counted, a page of many is read in the usual order.

    Few are sorted.

    SQLite would find all of many by the index of a filter, and sort them, for a page;
    for few, it would read all entries in order.
    """

    _counted = None  # how many there are, where it is known

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
        if (self._counted or 0) < _MANY or connection.vendor != "sqlite":
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
        if self._counted is None:
            self.count()
        return self.along(index)

    def __getitem__(self, page):
        query = self.query
        is_usual = query.default_ordering and not (query.order_by or query.combinator)
        if (
            not is_usual
            or not isinstance(page, slice)
            or self._result_cache is not None
        ):
            return super().__getitem__(page)
        rows = self.along(self.model._meta.indexes[0].name)
        if rows is not self:
            rows.query.is_walked = True
        elif self._counted is not None and connection.vendor == "sqlite":
            rows = self.order_by(*_sorted(self.model._meta.ordering))
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
        return _either_way(found)

    @classmethod
    def lacking(cls, name):
        if name not in cls.tags:
            return super().lacking(name)
        return ~_either_way(cls._several(Tag, cls.tags[name]))

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
            return _either_way(found)
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
        keys = given_keys()
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
