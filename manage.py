#!/usr/bin/env python3
"""Runs a management command: `.venv/bin/python manage.py help` lists them."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError


def is_unreachable(error):
    """Whether there was no connection at all to a database, of either kind."""
    cause = error.__cause__
    if hasattr(cause, "sqlstate"):
        return cause.sqlstate is None
    return getattr(cause, "sqlite_errorname", None) == "SQLITE_CANTOPEN"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asei_db.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except OperationalError as error:
        if not is_unreachable(error):
            raise
        sys.exit("The database that DATABASE_URL names cannot be reached.")
