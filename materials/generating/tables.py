"""Rows written in bulk: `executemany` on SQLite, `COPY` on PostgreSQL."""

import time
from datetime import UTC, datetime

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

from asei_db.lib.fields import quantity_fields
from asei_db.lib.plurals import number_of_rows

#: When all that is made up was made, so that equal seeds give equal rows.
MADE = datetime(2026, 1, 1, tzinfo=UTC)


class Table:
    """Rows of one model, as tuples of the columns that `names` gives in order.

    The name of a quantity stands for its four columns. What is not named has its
    default; a primary key that is not named is counted by the database.

    `rows` are those that wait for `write`; `count` and `seconds` say how many were
    written, and how long the database took.
    """

    def __init__(self, model, *names):
        meta, quantities = model._meta, quantity_fields(model)
        self.first_key = (model._base_manager.aggregate(Max("pk"))["pk__max"] or 0) + 1
        columns = []
        for name in names:
            columns += quantities[name].columns if name in quantities else [name]
        fields = {field.attname: field for field in meta.concrete_fields}
        rest = [
            field
            for name, field in fields.items()
            if name not in columns and not field.primary_key
        ]
        self.rest = tuple(
            field.get_db_prep_save(_default(field), connection) for field in rest
        )
        quoted = [
            connection.ops.quote_name(field.column)
            for field in (*(fields[name] for name in columns), *rest)
        ]
        self.into = f"{connection.ops.quote_name(meta.db_table)} ({', '.join(quoted)})"
        self.places = ", ".join([*["%s"] * len(columns), *map(_literal, self.rest)])
        self.model = model
        self.rows, self.count, self.seconds = [], 0, 0.0

    def write(self):
        """Write the rows that wait."""
        start = time.monotonic()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                rest = self.rest
                with cursor.copy(f"COPY {self.into} FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row + rest)
            else:
                cursor.executemany(
                    f"INSERT INTO {self.into} VALUES ({self.places})",  # noqa: S608
                    self.rows,
                )
        self.seconds += time.monotonic() - start
        self.count += len(self.rows)
        self.rows.clear()


def _literal(value):
    """A default as SQL, which spares SQLite a parameter in each row."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'{}'".format(value.replace("'", "''").replace("%", "%%"))
    return repr(value)


def _default(field):
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return MADE
    return field.get_default()


class Tables:
    """All tables of one base; `report(line)` is called when rows are complete."""

    _CALLS = 2000  # of `write_some` between two writes

    def __init__(self, report):
        self.report = report
        self.all, self.open = [], []
        self.calls = 0

    def add(self, table):
        self.open.append(table)
        return table

    def write_some(self):
        """Write now and then; to be called after each of many rows."""
        self.calls += 1
        if self.calls % self._CALLS == 0:
            for table in self.open:
                table.write()

    def write(self):
        """Write all that waits, and say what was written since the last time."""
        for table in self.open:
            table.write()
            self.report(number_of_rows(table.count, table.model))
        self.all += self.open
        self.open.clear()

    @property
    def count(self):
        return sum(table.count for table in self.all)

    @property
    def seconds(self):
        """How long the database took."""
        return sum(table.seconds for table in self.all)

    def reset_sequences(self):
        """Make the database count on from the keys that were given."""
        models = [table.model for table in self.all]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
