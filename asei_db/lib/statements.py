"""Querysets that are compiled once, and then asked for other keys each time.

To compile a queryset takes Django a hundred times as long as the database takes for a
few of its rows, and to make an object of a row several times as long as to read it.
"""

from functools import cached_property
from operator import itemgetter

from django.db import connection
from django.db.models.base import ModelState
from django.db.models.expressions import RawSQL
from django.db.models.fields.related_descriptors import _filter_prefetch_queryset

from asei_db.lib.key_lists import KEY_LISTS, key_list

_UNREAD = ("created", "updated", "search_text", "draft_search_text")


class _Given(str):
    """Stands for what is given by this name in the parameters of a statement."""

    __slots__ = ()


def given():
    """The one key to come, for conditions of a queryset that is compiled."""
    return RawSQL("%s", [_Given("key")])


def given_keys(name="key"):
    """The list of keys to come by a name, for the same, as a subquery."""
    return RawSQL(KEY_LISTS[connection.vendor], [_Given(name)])  # noqa: S611 (constants)


def filled(parameters, **given):
    """The parameters of a kept statement with what is given by name."""
    return [given[one] if isinstance(one, _Given) else one for one in parameters]


def ask(sql, parameters, **given):
    """The rows of a kept statement, as tuples."""
    with connection.cursor() as cursor:
        cursor.execute(sql, filled(parameters, **given))
        return cursor.fetchall()


def shown(rows):
    """A queryset without what pages and documents show of no record, joined or not.

    Times of change and search texts are read when they are asked for.
    """
    return rows.defer(*_unread(rows.model, rows.query.select_related or {}))


def _unread(model, joined, path=""):
    for field in model._meta.concrete_fields:
        if field.name in _UNREAD:
            yield path + field.name
    for name, further in joined.items():
        related = model._meta.get_field(name).related_model
        yield from _unread(related, further, f"{path}{name}__")


class Kept:
    """A queryset that a function makes, with `given()` or `given_keys()` in conditions.

    It gives tuples, or objects with what they are joined with, each once, but without
    what the queryset prefetches.
    """

    def __init__(self, make):
        self._make = make

    @classmethod
    def by(cls, rows, lookup="pk", columns=()):
        """The rows, or some columns, of which `lookup` leads to one of some keys.

        A slice of the queryset is taken for each key.
        """

        def make():
            found = _filter_prefetch_queryset(rows, lookup, given_keys())
            return found.values_list(*columns) if columns else found

        return cls(make)

    def of(self, key, known=None):
        """The rows for a key. `known` are objects by model and key, and added to."""
        return self._rows({"key": key}, known)

    def among(self, keys, known=None):
        """The rows for a list of keys; no statement where there are none."""
        return self._rows({"key": key_list(keys)}, known) if keys else []

    def of_lists(self, **keys):
        """The rows for lists of keys, by the names that they are given by."""
        return self._rows({name: key_list(some) for name, some in keys.items()}, None)

    def _rows(self, given, known):
        sql, parameters, converters, row_of = self._compiled
        rows = ask(sql, parameters, **given)
        if converters:
            rows = [_converted(row, converters) for row in rows]
        if row_of is None:
            return rows
        known = {} if known is None else known
        return [row_of(row, known) for row in rows]

    @property
    def sql(self):
        return self._compiled[0]

    @cached_property
    def _compiled(self):
        rows = self._make()
        compiler = rows.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        converters = compiler.get_converters(columns)
        row_of = None
        if rows._fields is None:
            row_of = _RowOf(compiler.klass_info, columns, compiler.annotation_col_map)
        return sql, parameters, [*converters.items()], row_of


def _converted(row, converters):
    row = list(row)
    for place, (functions, column) in converters:
        for function in functions:
            row[place] = function(row[place], column, connection)
    return tuple(row)


class _RowOf:
    """Makes an object of a model, and what it is joined with, of a row."""

    def __init__(self, info, columns, annotations=None):
        self.model = info["model"]
        places = info["select_fields"]
        names = [columns[place].target.attname for place in places]
        self.key = places[names.index(self.model._meta.pk.attname)]
        places = [*places, *(annotations or {}).values()]
        self.names = [*names, *(annotations or {})]
        self.values = (
            itemgetter(*places) if places[1:] else lambda row: [row[places[0]]]
        )
        self.joined = [
            (one["local_setter"], _RowOf(one, columns))
            for one in info.get("related_klass_infos", ())
        ]

    def __call__(self, row, known):
        if (key := row[self.key]) is None:
            return None
        objects = known.setdefault(self.model, {})
        if (found := objects.get(key)) is None:
            # `__init__` takes five times as long.
            found = objects[key] = self.model.__new__(self.model)
            found._state = ModelState()
            found._state.adding, found._state.db = False, connection.alias
        found.__dict__.update(zip(self.names, self.values(row), strict=True))
        for put, row_of in self.joined:
            put(found, row_of(row, known))
        return found
