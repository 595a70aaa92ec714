"""Lists of keys of any length as one parameter of a statement."""

import json

from django.db import connection
from django.db.models.expressions import RawSQL

#: What gives the keys of a list, by the database.
KEY_LISTS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT unnest(%s::bigint[])",
}


def key_list(keys):
    """The parameter of a statement of `KEY_LISTS`."""
    return json.dumps([*keys]) if connection.vendor == "sqlite" else [*keys]


def among(keys):
    """The keys as a subquery: `filter(pk__in=among(keys))`."""
    return RawSQL(KEY_LISTS[connection.vendor], [key_list(keys)])  # noqa: S611
