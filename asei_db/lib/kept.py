"""Querysets that are compiled once, and then asked for other keys each time.

To compile a queryset takes Django a hundred times as long as the database takes for a
few of its rows, and to make an object of a row several times as long as to read it.
"""

from functools import cached_property

from django.db import connection
from django.db.models.base import ModelState
from django.db.models.expressions import RawSQL
from django.db.models.fields.related_descriptors import _filter_prefetch_queryset

from asei_db.lib.key_lists import KEY_LISTS, key_list

KEYS = "the keys"  # stands for the keys in the parameters of a kept statement


def keys_of(vendor):
    """The keys to come, for conditions of a queryset that is compiled."""
    return RawSQL(KEY_LISTS[vendor], [KEYS])  # noqa: S611 (constants)


def with_keys(parameters, keys):
    """The parameters of a kept statement, with some keys."""
    return [key_list(keys) if one == KEYS else one for one in parameters]


class Kept:
    """The rows of a queryset of which `lookup` leads to one of some keys.

    A slice of the queryset is taken for each key.
    """

    def __init__(self, rows, lookup="pk", columns=()):
        self._rows = rows
        self._lookup = lookup
        self._columns = columns

    @property
    def sql(self):
        return self._compiled[1]

    @cached_property
    def _compiled(self):
        keys = keys_of(connection.vendor)
        rows = _filter_prefetch_queryset(self._rows, self._lookup, keys)
        if self._columns:
            rows = rows.values_list(*self._columns)
        compiler = rows.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters(
            [expression for expression, *_ in compiler.select]
        )
        return compiler, sql, parameters, converters

    def tuples(self, keys):
        """The columns of the rows."""
        compiler, sql, parameters, converters = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, with_keys(parameters, keys))
            rows = cursor.fetchall()
        if converters:
            return map(tuple, compiler.apply_converters(rows, converters))
        return rows

    def objects(self, keys):
        """The rows as objects, without what the queryset selects of others."""
        compiler, *_ = self._compiled
        model, places = map(compiler.klass_info.get, ("model", "select_fields"))
        names = [compiler.select[place][0].target.attname for place in places]
        start, end = places[0], places[-1] + 1
        alias = connection.alias
        annotations = compiler.annotation_col_map.items()
        for row in self.tuples(keys):
            found = model.__new__(model)  # `__init__` takes five times as long
            found._state = ModelState()
            found._state.adding = False
            found._state.db = alias
            found.__dict__.update(zip(names, row[start:end], strict=True))
            for name, place in annotations:
                setattr(found, name, row[place])
            yield found
