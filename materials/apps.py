from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "materials"
    verbose_name = "Materials"

    def ready(self):
        from materials import checks  # noqa: F401 (declares the checks of the data)
