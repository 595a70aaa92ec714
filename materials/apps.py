from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "materials"
    verbose_name = "Materials"

    def ready(self):
        from asei_db.lib.deriving import register
        from asei_db.lib.search import follow
        from materials import checks  # noqa: F401 (declares the checks of the data)
        from materials.analysis.gains import GAINS
        from materials.entries import ENTRIES

        follow(*self.apps.get_models())
        for derivation in (GAINS, *(entry.derivation() for entry in ENTRIES)):
            register(derivation)
