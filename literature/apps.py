from django.apps import AppConfig


class LiteratureConfig(AppConfig):
    name = "literature"
    verbose_name = "Literature"

    def ready(self):
        from literature import entries  # noqa: F401 (declares tables)
