"""Entries: one narrow row for each published record, by which lists find it.

An `Entry` model declares its columns and, with each, where in the record it comes
from; `tags` and `spans` are what a record may have several of. All are derived, by one
statement a table, whenever anything that they come from changes.
"""

import json
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from typing import ClassVar

from django.db import connection, models, transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Abs, Cast, Coalesce, Lower, NullIf
from django.db.models.sql.datastructures import BaseTable
from django.utils.functional import cached_property

from asei_db.lib import deriving
from asei_db.lib.fields import PlainInMigrations, RecordKeyField
from asei_db.lib.filters.paths import having, quantity_columns
from asei_db.lib.search import CodePoint, CodePointField
from literature.choices import StudyStatus
from literature.kinds import Kind
from literature.models import ReviewCitation, Study
from literature.querysets import UNIDENTIFIED
from literature.search_entries import Search

_MANY = 2000  # so many rows are not sorted for the sake of a page of them
_KEYS = "the keys"  # stands for the keys in the parameters of a kept statement
_NEXT = 2.3e-16  # of a number: the least that makes another one of it
_SMALL = 1e-300  # the same for zero


class Name(models.IntegerChoices):
    """What tags and spans say of a record; the numbers stand in the database."""

    STUDY = 1
    CHARACTERIZATION_METHOD = 2
    YEAR = 3
    DEPOSITION_TEMPERATURE = 4
    GROWTH_PER_CYCLE = 5
    ACTIVATION = 6
    REACTOR = 7
    DEPOSITED_ON = 8
    CRYSTALLINITY = 9
    PULSE = 10
    PURGE = 11
    WAIT = 12
    PLASMA_TIME = 13
    PLASMA_POWER = 14
    CARRIER_FLOW = 15
    SOURCE_TEMPERATURE = 16
    SUBLIMATION_TEMPERATURE = 17


class EntryManager(models.Manager):
    """Entries as they are now: what is pending is written first."""

    def get_queryset(self):
        deriving.flush()
        return super().get_queryset()


class _OfEntry(models.Model):
    kind = models.PositiveSmallIntegerField()
    key = models.BigIntegerField()
    name = models.PositiveSmallIntegerField()

    objects = EntryManager()

    class Meta:
        abstract = True


class Tag(_OfEntry):
    """One of the things of a name that a published record has, as a text."""

    value = models.CharField(max_length=60)

    class Meta:
        indexes = [
            # The records that have it; how many have each.
            models.Index(
                fields=["kind", "name", "value", "key"], name="literature_tag_found"
            ),
            # Whether a record has it; those of a record, to write them anew.
            models.Index(
                fields=["kind", "key", "name", "value"], name="literature_tag_of_key"
            ),
        ]

    def __str__(self):
        return self.value


class Span(_OfEntry):
    """One of the values of a name that a published record has, as closed bounds."""

    low = models.FloatField()
    high = models.FloatField()

    class Meta:
        indexes = [
            # The records with a value in a range.
            models.Index(
                fields=["kind", "name", "low", "high", "key"],
                name="literature_span_found",
            ),
            # Whether a record has one; those of a record, to write them anew.
            models.Index(
                fields=["kind", "key", "name", "low", "high"],
                name="literature_span_of_key",
            ),
        ]

    def __str__(self):
        return f"{self.low}–{self.high}"


# Columns, each with its source


class _Derived(PlainInMigrations):
    """A column of an entry.

    `source` is a path from the record, a tuple of paths, of which the first that leads
    to something counts, or an expression on the records. `reads` are lookups of the
    rows that an expression reads.
    """

    def __init__(self, source, reads=(), **kwargs):
        self.source = source
        self.reads = reads
        if not hasattr(source, "resolve_expression"):
            self.reads = [source] if isinstance(source, str) else source
        super().__init__(**{"null": True, "editable": False} | kwargs)

    def expression(self, model):
        """What gives the column, on rows of `model`, the record's."""
        if isinstance(self.source, str):
            return F(self.source)
        return Coalesce(*self.source) if isinstance(self.source, tuple) else self.source


class Number(_Derived, models.FloatField):
    """A number; NULL where there is none."""

    plain = models.FloatField


class Yes(_Derived, models.BooleanField):
    """Whether something holds."""

    plain = models.BooleanField


class _Compared(_Derived):
    plain = CodePointField

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "asei_db.lib.search.CodePointField", args, kwargs


class Text(_Compared, CodePointField):
    """A text as it is sorted, in lower case; NULL where it is empty."""

    def expression(self, model):
        text = Lower(CodePoint(super().expression(model)))
        return NullIf(text, Value(""), output_field=models.TextField())


class Code(_Compared, CodePointField):
    """A word of a list, or a slug; NULL where there is none."""

    def expression(self, model):
        code = super().expression(model)
        return NullIf(code, Value(""), output_field=models.TextField())


class Reference(_Derived, models.ForeignKey):
    """The key of a related record, which holds it: the source protects it."""

    plain = models.ForeignKey

    def __init__(self, to, source=None, on_delete=models.DO_NOTHING, **kwargs):
        defaults = {"db_constraint": False, "db_index": False, "related_name": "+"}
        super().__init__(
            source, **{"to": to, "on_delete": on_delete} | defaults | kwargs
        )


def record_of(model):
    """The record of an entry."""
    return RecordKeyField(model, related_name="entry")


class _Bound(Number):
    """The low or the high end of a quantity; see `bounds`."""

    def __init__(self, source, end, **kwargs):
        self.end = end
        super().__init__(source, **kwargs)

    def expression(self, model):
        return bounds(model, self.source)[self.end]


class Bounds:
    """The two columns of a quantity's closed bounds: `thickness_low`, `…_high`.

    With `sorted_by=True` there is a third, `thickness`: the number by which it is
    sorted, its minimum or else its maximum.
    """

    def __init__(self, source, sorted_by=False):
        self.source = source
        self.sorted_by = sorted_by

    def contribute_to_class(self, cls, name):
        for end, word in enumerate(("low", "high")):
            cls.add_to_class(f"{name}_{word}", _Bound(self.source, end))
        if self.sorted_by:
            cls.add_to_class(name, _Sorted(self.source))


class _Sorted(Number):
    def expression(self, model):
        columns = quantity_columns(model, self.source)
        return Coalesce(columns.minimum, columns.maximum)


def bounds(model, path):
    """The ends of the quantity at `path`, as closed bounds: two expressions.

    `>99` begins just above 99; an end that is open is infinite. Both are NULL where
    nothing is reported.
    """
    _, minimum, maximum, qualifier = quantity_columns(model, path)
    above = F(minimum) + Abs(F(minimum)) * _NEXT + _SMALL
    below = F(maximum) - Abs(F(maximum)) * _NEXT - _SMALL
    low = Case(
        When(**{qualifier: ">"}, then=above),
        When(**{f"{qualifier}__in": ["<", "≤"]}, then=Value(-math.inf)),
        default=F(minimum),
        output_field=models.FloatField(),
    )
    high = Case(
        When(**{qualifier: "<"}, then=below),
        When(**{f"{qualifier}__in": [">", "≥"]}, then=Value(math.inf)),
        default=F(maximum),
        output_field=models.FloatField(),
    )
    return low, high


# What there may be several of


@dataclass(frozen=True)
class Several:
    """The tags or spans of one name.

    `rows` is a function of a queryset of published records that gives querysets of
    their keys and values, or keys, lows and highs; together they have each once.
    `reads` are lookups from the record of all that they come from.
    """

    name: Name
    rows: Callable
    reads: tuple = ()


def linked(name, path):
    """The tags that are the keys of the related rows at `path` from the record."""

    def rows(records):
        found = records.filter(**{f"{path}__isnull": False})
        return [_tagged(found, path).distinct()]

    return Several(name, rows, (path,))


def _tagged(records, path):
    value = Cast(path, models.TextField())
    return records.annotate(value=value).values_list("pk", "value")


def worded(name, *paths):
    """The tags that are words: pairs of a path from the record and a `Q` on its row."""

    def rows(records):
        for path, where in paths:
            found = records.filter(where, **{f"{path}__gt": ""})
            yield _tagged(found, path).distinct()

    return Several(name, rows, _lookups(paths))


def reporters(studies="studies"):
    """The tags of the studies that reported a value: what `reported_by` says.

    `studies` is the relation to the primary works; without one that is published, it
    is the source.
    """
    published = {f"{studies}__status": StudyStatus.PUBLISHED}

    def rows(records):
        return [
            _tagged(records.filter(**published), studies),
            _tagged(without_works(records, studies), "source"),
        ]

    return Several(Name.STUDY, rows, ("source", studies))


def without_works(records, studies="studies"):
    """The records of which no primary work is published."""
    published = {f"{studies}__status": StudyStatus.PUBLISHED}
    works = records.model._base_manager.filter(pk=OuterRef("pk"), **published)
    return records.filter(~Exists(works))


def spanned(name, *paths):
    """The spans of quantities: pairs of a path from the record and a `Q` on its row."""

    def rows(records):
        for path, where in paths:
            reported = quantity_columns(records.model, path).as_reported
            found = records.filter(where, **{f"{reported}__gt": ""})
            ends = dict(zip(("low", "high"), bounds(records.model, path), strict=True))
            yield found.annotate(**ends).values_list("pk", *ends).distinct()

    return Several(name, rows, _lookups(paths))


def _lookups(paths):
    """The lookups in pairs of a path and a `Q`."""
    found = []
    for path, where in paths:
        found += [path, *(lookup for lookup, _ in _leaves(where))]
    return tuple(found)


def _leaves(where):
    for child in where.children:
        yield from _leaves(child) if isinstance(child, Q) else [child]


# Entries


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

    @cached_property
    def _by(self):
        return {}

    def by(self, column):
        """How many there are with each value of a column; asked once."""
        if column not in self._by:
            rows = self.order_by().filter(**{f"{column}__isnull": False})
            counts = rows.values_list(column).annotate(count=Count("*"))
            self._by[column] = dict(counts)
        return self._by[column]

    def count(self):
        self._counted = super().count()
        return self._counted

    def __getitem__(self, page):
        query = self.query
        is_usual = query.default_ordering and not (query.order_by or query.combinator)
        if (
            self._counted < _MANY
            or not is_usual
            or connection.vendor != "sqlite"
            or not isinstance(page, slice)
            or self._result_cache is not None
        ):
            return super().__getitem__(page)
        rows = self._chain()
        alias = rows.query.get_initial_alias()
        table = rows.query.alias_map[alias]
        index = self.model._meta.indexes[0].name
        rows.query.alias_map[alias] = _OrderedTable(
            table.table_name, table.table_alias, index
        )
        return rows[page]

    def search(self, text):
        """Entries of the records that `text` finds."""
        return self.filter(self.found_by(text))

    def found_by(self, text):
        """The condition of `search()`; few records are named by it, as they are now."""
        return Search(text).condition(self.model.kind())


@dataclass(frozen=True)
class Through:
    """What an entry has by way of other rows.

    The entry's `column` is among the `back` of those `rows`, of records or entries,
    that have the values of `name`: a coating has the elements of its material.
    """

    column: str
    rows: models.QuerySet
    name: str
    back: str = "pk"

    def condition(self, values):
        rows = self.rows.filter(having(self.rows.model, self.name, values))
        return Q(**{f"{self.column}__in": rows.order_by().values(self.back)})

    def facet(self, entries):
        """How many of the entries have each value: counted by key, then by its values.

        So few rows are sorted: a base has fewer materials than coatings.
        """
        counts = entries.by(self.column)
        rows = self.rows.order_by().exclude(**{f"{self.name}__isnull": True})
        found = Counter()
        for key, value in rows.values_list(self.back, self.name).distinct():
            found[value] += counts.get(key, 0)
        return {value: count for value, count in found.items() if count}


@dataclass(frozen=True)
class ReportedBy:
    """Entries of records that studies share, by who reported anything about them."""

    model: type[models.Model]

    def condition(self, studies):
        return Q(pk__in=self.model.objects.reported_by(studies).order_by().values("pk"))


class Entry(models.Model):
    """A published record as lists find it; a subclass has a `record`.

    * `tags`, `spans`: what it may have several of, by the name for filters
    * `through`: what it has by way of other rows
    """

    tags: ClassVar[dict[str, Several]] = {}
    spans: ClassVar[dict[str, Several]] = {}
    through: ClassVar[dict[str, Through]] = {}

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
        """A condition: an entry has any of some values, or objects, of a name."""
        if name in cls.through:
            return cls.through[name].condition(values)
        if name in cls.tags:
            texts = [str(getattr(value, "pk", value)) for value in values]
            found = cls._several(Tag, cls.tags[name]).filter(value__in=texts)
            return Q(pk__in=found.values("key"))
        return Q(**{f"{name}__in": values})

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
    def facet(cls, entries, name):
        """How many of the entries have each value of a name, as a dict."""
        if name in cls.through:
            return cls.through[name].facet(entries)
        if name not in cls.tags:
            return entries.by(name)
        rows = cls._several(Tag, cls.tags[name])
        if entries.query.where:
            rows = rows.filter(key__in=entries.order_by().values("pk"))
        return dict(rows.values_list("value").annotate(count=Count("*")))

    @classmethod
    def most(cls, name, number):
        """The keys of the objects of a name that most records have, in that order."""
        if name in cls.through:
            through = cls.through[name]
            rows = through.rows.order_by().values_list(through.name)
            counts = dict(rows.annotate(count=Count("*")))
        else:
            counts = cls.facet(cls.objects.all(), name)
        most = nlargest(number, counts.keys() - {None}, key=counts.get)
        return [int(key) for key in most]

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
            if not entries.stored(cursor, keys):
                for table in others:
                    table.delete(cursor, keys)
                inserted = entries.insert(cursor, keys)
                for table in others if inserted else ():
                    table.insert(cursor, keys)
                return inserted
            changed = set()
            for table in (entries, *others):
                changed |= table.update(cursor, keys)
        return len(changed)

    @classmethod
    @cache
    def _tables(cls, vendor):
        """The tables that are written, the entries first."""
        keys = RawSQL(_KEY_LISTS[vendor], [_KEYS])  # noqa: S611 (constants)
        model = cls.record_model()
        rows = model.objects.published().filter(pk__in=keys).order_by()
        fields = cls._meta.concrete_fields
        sources = {
            f"to_{field.name}": field.expression(model)
            for field in fields
            if field.name != "record"
        }
        tables = [
            _Table(
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
                tables.append(_Table(of_entry, columns, found, constants))
        return tables


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


#: What gives a list of keys that is one parameter.
_KEY_LISTS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT unnest(%s::bigint[])",
}


class _Table:
    """A table of which the rows of some records are written.

    * `columns`: those that are written, the record's key first
    * `selects`: querysets that give them
    * `constants`: what its rows have in further columns, which tells them from others
    """

    def __init__(self, model, columns, selects, constants=None):
        quote = connection.ops.quote_name
        table = quote(model._meta.db_table)
        self.constants = list((constants or {}).values())
        names = [quote(name) for name in (constants or {})]
        columns = [quote(column) for column in columns]
        self.selects = [select.query.sql_with_params() for select in selects]
        self.put = f"INSERT INTO {table} ({', '.join([*columns, *names])})"
        self.values = ", ".join(["%s"] * len([*columns, *names]))
        self.extra = "".join(", %s" for _ in names)
        where = "".join(f" AND {name} = %s" for name in names)
        keys = _KEY_LISTS[connection.vendor]
        self.where = f"FROM {table} WHERE {columns[0]} IN ({keys}){where}"
        self.columns = ", ".join(columns)
        self.width = len(columns)

    def stored(self, cursor, keys):
        """The rows as they are."""
        sql = f"SELECT {self.columns} {self.where}"
        cursor.execute(sql, [_key_list(keys), *self.constants])
        return {*cursor.fetchall()}

    def derived(self, cursor, keys):
        """The rows as they should be."""
        rows = set()
        for sql, parameters in self.selects:
            cursor.execute(sql, _with_keys(parameters, keys))
            rows.update(cursor.fetchall())
        return rows

    def delete(self, cursor, keys):
        cursor.execute(f"DELETE {self.where}", [_key_list(keys), *self.constants])

    def insert(self, cursor, keys):
        """Insert the rows of records that have none; how many these are."""
        count = 0
        for sql, parameters in self.selects:
            # The constants stand behind the columns, in a query of their own.
            put = f"{self.put} SELECT found.*{self.extra} FROM ({sql}) AS found"  # noqa: S608
            cursor.execute(put, [*self.constants, *_with_keys(parameters, keys)])
            count += cursor.rowcount
        return count

    def update(self, cursor, keys):
        """Write the rows of the records of which any differ; the keys of these."""
        derived = self.derived(cursor, keys)
        changed = {key for key, *_ in derived ^ self.stored(cursor, keys)}
        if changed:
            self.delete(cursor, changed)
            rows = [
                [*row, *self.constants] for row in sorted(derived) if row[0] in changed
            ]
            cursor.executemany(f"{self.put} VALUES ({self.values})", rows)
        return changed


def _key_list(keys):
    """Keys as the one parameter of a statement."""
    return json.dumps([*keys]) if connection.vendor == "sqlite" else [*keys]


def _with_keys(parameters, keys):
    return [_key_list(keys) if one == _KEYS else one for one in parameters]


class StudyEntry(Entry):
    """A published study.

    `number` is the least under which a published review cites it.
    """

    record = record_of(Study)
    slug = Code("slug")
    doi = Code("doi")
    title = Text("title_sort_key")
    journal = Text("journal_sort_key")
    year = Number("year")
    number = Number(
        Subquery(
            ReviewCitation.objects.published()
            .filter(study=OuterRef("pk"))
            .order_by("number")
            .values("number")[:1]
        ),
        reads=("citations__review",),
    )
    kind_of_work = Code("kind")
    metadata_confidence = Code("metadata_confidence")
    extent_read = Code("extent_read")
    is_identified = Yes(
        Case(
            When(UNIDENTIFIED, then=Value(False)),
            default=Value(True),
            output_field=models.BooleanField(),
        )
    )

    class Meta:
        ordering = [F("year").desc(nulls_last=True), "slug", "pk"]
        indexes = [
            # The list as usual.
            models.Index(fields=["-year", "slug", "record"], name="studyentry_order"),
            # The one with a DOI.
            models.Index(fields=["doi"], name="studyentry_doi"),
        ]


ENTRIES = (StudyEntry,)
