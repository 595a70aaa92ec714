"""The data revision: one number that every change of published data raises.

What is computed of published rows stands for one revision. It is stale once the number
is another, and never before.
"""

import time
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections, models
from django.db.models import Q

from asei_db.lib.deriving import flush


class DataRevision(models.Model):
    """How often published data changed, and when last: one row, none before that."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField()
    changed_unix_s = models.PositiveBigIntegerField(
        "changed, s since 1970",
        help_text="Later with each change, so it may be ahead of the clock.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="literature_datarevision_single",
                violation_error_message="There is one data revision.",
            )
        ]

    def __str__(self):
        return str(self.number)


class Revision(NamedTuple):
    """A state of the published data; number 0 where nothing was ever published.

    No two states have the same time, in seconds since 1970. Together with the number it
    also tells a database from one that was made anew.
    """

    number: int
    changed_unix_s: int

    @property
    def changed(self):
        return datetime.fromtimestamp(self.changed_unix_s, UTC)


_CURRENT = "SELECT number, changed_unix_s FROM literature_datarevision"
# One statement, of which concurrent transactions lose none: each waits for the other.
_BUMP = """
INSERT INTO literature_datarevision (id, number, changed_unix_s) VALUES (1, 1, %s)
ON CONFLICT (id) DO UPDATE SET
    number = literature_datarevision.number + 1,
    changed_unix_s = CASE
        WHEN excluded.changed_unix_s > literature_datarevision.changed_unix_s
        THEN excluded.changed_unix_s
        ELSE literature_datarevision.changed_unix_s + 1
    END
"""


def current():
    """The data's revision now, by one statement where nothing is left to derive.

    It also shows whether a connection that was kept still stands, for which Django
    would ask a statement of its own.
    """
    flush()
    if connection.in_atomic_block:
        return _read()
    connection.health_check_done = True
    try:
        return _read()
    except Error:
        connection.close()
        return _read()


def current_at_once():
    """`current()` by the database's own cursor, in a third of the time.

    For who asks before Django has a request; no log and no count of statements sees it.
    """
    flush()
    database = connections[DEFAULT_DB_ALIAS]
    if database.connection is None:
        return current()
    try:
        row = database.connection.execute(_CURRENT).fetchone()
    except database.Database.Error:
        return current()  # on a new connection, where that one broke
    return Revision(*row or (0, 0))


def _read():
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT)
        row = cursor.fetchone()
    return Revision(*row or (0, 0))


def bump():
    """Say that published data changes with the current transaction.

    Once a transaction is enough, at its end: until then, no other can say so.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BUMP, [int(time.time())])
