"""Statements whose SQL is made once: Django takes longer to make it than to ask.

So it does for rows: what nobody reads of them is left out, and what several of them
lead to is one object.
"""

from functools import cached_property
from operator import itemgetter

from django.db import connection
from django.db.models.base import ModelState
from django.db.models.expressions import RawSQL

from asei_db.lib import deriving
from asei_db.lib.key_lists import KEY_LISTS, key_list

_UNREAD = {"created", "updated", "search_text", "draft_search_text", "structure_svg"}


class _Given(str):
    """Stands for what is given by this name in the parameters of a statement."""

    __slots__ = ()


def given():
    """In a kept query: the key that it is asked for."""
    return RawSQL("%s", [_Given("key")])


def given_keys(name="key"):
    """In a kept query: the list of keys that it is asked for, as a subquery."""
    return RawSQL(KEY_LISTS[connection.vendor], [_Given(name)])  # noqa: S611 (constants)


def ask(sql, parameters, **keys):
    """The rows of a statement, with keys in the places of `given()`."""
    deriving.flush()
    with connection.cursor() as cursor:
        filled = [keys[one] if isinstance(one, _Given) else one for one in parameters]
        cursor.execute(sql, filled)
        return cursor.fetchall()


class KeptQuery:
    """A queryset, of models or tuples, that is made once by a function.

    Its rows come without what it prefetches, and without texts of search and times of
    change, which are read when they are asked for.
    """

    def __init__(self, make):
        self.make = make

    def of(self, key, known=None):
        """The rows for a key. It adds to `known` objects, by model and key."""
        return self._rows({"key": key}, known)

    def among(self, keys, known=None):
        """The rows for a list of keys; no statement where there are none."""
        return self._rows({"key": key_list(keys)}, known) if keys else []

    def of_lists(self, **keys):
        """The rows for lists of keys, by the names that they are given by."""
        return self._rows({name: key_list(some) for name, some in keys.items()}, None)

    def _rows(self, keys, known):
        sql, parameters, converters, row_of = self._made
        rows = ask(sql, parameters, **keys)
        if converters:
            rows = [_converted(row, converters) for row in rows]
        if row_of is None:
            return rows
        known = {} if known is None else known
        return [row_of(row, known) for row in rows]

    @cached_property
    def _made(self):
        rows = self.make()
        if rows._fields is None:
            rows = rows.defer(*_unread(rows.model, rows.query.select_related or {}))
        compiler = rows.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        converters = compiler.get_converters(columns)
        row_of = None
        if rows._fields is None:
            row_of = _RowOf(compiler.klass_info, columns, compiler.annotation_col_map)
        return sql, parameters, [*converters.items()], row_of


def _unread(model, joined, path=""):
    for field in model._meta.concrete_fields:
        if field.name in _UNREAD or field.name.endswith("_sort_key"):
            yield path + field.name
    for name, further in joined.items():
        related = model._meta.get_field(name).related_model
        yield from _unread(related, further, f"{path}{name}__")


def _converted(row, converters):
    row = list(row)
    for place, (functions, column) in converters:
        for function in functions:
            row[place] = function(row[place], column, connection)
    return tuple(row)


class _RowOf:
    """Makes an object of a model, and what it is joined with, from a row."""

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
            found = objects[key] = self.model.__new__(self.model)
            found._state = ModelState()
            found._state.adding, found._state.db = False, "default"
        found.__dict__.update(zip(self.names, self.values(row), strict=True))
        for put, row_of in self.joined:
            put(found, row_of(row, known))
        return found
