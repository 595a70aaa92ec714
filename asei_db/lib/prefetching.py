"""The rows that a foreign key leads to are fetched by `IN`, on SQLite too.

Django names them by tuples, which it spells `id = 1 OR id = 2 …` where a database does
not compare tuples: SQLite refuses more than 1,000 of these, and is slow with fewer.
"""

from django.db.models.fields.tuple_lookups import TupleIn
from django.db.models.lookups import In


def fetch_by_in():
    """Spell lookups of one column among given values as `IN`."""
    TupleIn.as_sqlite = _as_sqlite


def _as_sqlite(self, compiler, connection):
    if len(self.lhs) > 1 or not self.rhs_is_direct_value():
        return self.as_sql(compiler, connection)
    (column,) = self.lhs
    return compiler.compile(In(column, [value for (value,) in self.rhs]))
