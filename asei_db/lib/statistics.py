"""What the database knows of how many rows there are, by which it plans."""

from django.db import connection

_ROWS_LOOKED_AT = 1000  # of an index, by SQLite; it then takes no longer with more rows


def gather_statistics():
    """Count anew; to be called when many rows were written at once."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
