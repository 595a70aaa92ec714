"""The site's URL map: each app keeps its own paths in its `urls` module."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("literature.urls")),
    path("", include("precursors.urls")),
    path("", include("materials.urls")),
    path("api/", include("api.urls")),
    path("admin/", admin.site.urls),
    # For pages that name no icon of their own, such as the admin's.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}favicon.svg")),
]
