"""The curated literature in a test database: loaded once a run, copied after that."""

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from asei_db.lib import deriving

_APPS = ("literature", "precursors", "materials")
_rows = {}  # by table: its columns, and its rows as the database gave them


def load_literature():
    """Fill an empty test database with the curated literature.

    The first call runs `load_literature`, which takes seconds; later ones put the
    rows back as they were, keys included.
    """
    _put_rows()
    if connection.vendor == "postgresql":
        # As autovacuum does within a minute: nested questions take minutes without.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _put_rows():
    # In one transaction, as rows refer to rows of later tables.
    with transaction.atomic(), connection.cursor() as cursor:
        if not _rows:
            call_command("load_literature", verbosity=0)
            deriving.flush()
            for model in _models():
                table, *columns = map(
                    connection.ops.quote_name,
                    [
                        model._meta.db_table,
                        *(field.column for field in model._meta.concrete_fields),
                    ],
                )
                names = ", ".join(columns)
                cursor.execute(f"SELECT {names} FROM {table}")  # noqa: S608
                _rows[table] = names, len(columns), cursor.fetchall()
            return
        for table, (names, number, rows) in _rows.items():
            places = ", ".join(["%s"] * number)
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608
                rows,
            )
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _models():
    return [
        model
        for app in _APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
