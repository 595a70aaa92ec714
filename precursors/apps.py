from django.apps import AppConfig


class PrecursorsConfig(AppConfig):
    name = "precursors"
    verbose_name = "Precursors"

    def ready(self):
        from asei_db.lib import deriving
        from precursors.entries import ENTRIES

        for entry in ENTRIES:
            deriving.register(entry.derivation())
