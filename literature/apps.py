from django.apps import AppConfig


class LiteratureConfig(AppConfig):
    name = "literature"
    verbose_name = "Literature"

    def ready(self):
        from asei_db.lib import deriving, keeping
        from literature import revision
        from literature.entries import ENTRIES

        keeping.register(revision.current)

        for entry in ENTRIES:
            deriving.register(entry.derivation())
