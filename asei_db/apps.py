"""The admin under the project's own site class."""

from django.contrib.admin.apps import AdminConfig

from asei_db.lib.prefetching import fetch_by_in


class CurationConfig(AdminConfig):
    default_site = "asei_db.lib.admin.CurationSite"

    def ready(self):
        super().ready()
        from asei_db import checks  # noqa: F401 (registers them)

        fetch_by_in()
