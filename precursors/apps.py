from django.apps import AppConfig


class PrecursorsConfig(AppConfig):
    name = "precursors"
    verbose_name = "Precursors"
