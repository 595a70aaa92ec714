from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "materials"
    verbose_name = "Materials"

    def ready(self):
        from asei_db.lib.deriving import register
        from asei_db.lib.search import follow
        from materials import checks  # noqa: F401 (declares the checks of the data)
        from materials.analysis.gains import GAINS

        follow(*self.apps.get_models())
        register(GAINS)
