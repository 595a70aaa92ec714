from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = "REST API"

    def ready(self):
        from api import schema  # noqa: F401 (registers what it describes)
        from api.documents import keep_documents
        from api.viewsets import RESOURCES

        keep_documents(RESOURCES)
