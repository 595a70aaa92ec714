"""The site's URL map: each app keeps its own paths in its `urls` module."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("literature.urls")),
    path("", include("precursors.urls")),
    path("", include("materials.urls")),
    path("api/", include("api.urls")),
    path("admin/", admin.site.urls),
]
