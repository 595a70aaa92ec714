from django.apps import AppConfig


class LiteratureConfig(AppConfig):
    name = "literature"
    verbose_name = "Literature"

    def ready(self):
        from asei_db.lib import deriving
        from literature.entries import ENTRIES

        for entry in ENTRIES:
            deriving.register(entry.derivation())
