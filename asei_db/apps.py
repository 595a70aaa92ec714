"""The admin under the project's own site class."""

from django.contrib.admin.apps import AdminConfig


class CurationConfig(AdminConfig):
    default_site = "asei_db.lib.admin.CurationSite"
