"""Whether an installation is fit to serve."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import Tags, Warning, register
from django.db import OperationalError, connections
from django.db.migrations.recorder import MigrationRecorder


@register(Tags.security)
def check_privacy(app_configs, **kwargs):
    """Warn of data that others on this machine can reach."""
    private = {
        settings.DATA_DIR: "700",
        settings.DATA_DIR / "secret_key": "600",
    }
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):  # on PostgreSQL, the name is no path
        private[Path(database["NAME"])] = "600"
    return [
        Warning(
            f"Others on this machine can reach {path}.",
            hint=f"Run: chmod {mode} {path}",
            id="asei_db.W001",
        )
        for path, mode in private.items()
        if path.exists() and path.stat().st_mode & 0o077
    ]


def migrations():
    """(app, name) of all that there are; Django would load each of them for that."""
    return {
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in Path(app.path, "migrations").glob("[!_]*.py")
    }


def reason_not_to_start():
    """What keeps the site from answering, in a sentence; None if nothing does."""
    manifest = getattr(staticfiles_storage, "read_manifest", None)
    if manifest and not settings.DEBUG and manifest() is None:
        return "The static files are not collected: run manage.py collectstatic."
    connection = connections["default"]
    try:
        if migrations() - MigrationRecorder(connection).applied_migrations().keys():
            return "The database is not migrated: run manage.py migrate."
    except OperationalError:
        return "The database that DATABASE_URL names cannot be reached."
    finally:
        connection.close()  # workers that are forked open their own
    return None
