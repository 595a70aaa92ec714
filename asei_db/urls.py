"""The site's URL map: each app keeps its own paths in its `urls` module."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from api import problems
from asei_db import views

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("search/", views.SearchView.as_view(), name="search"),
    path("", include("literature.urls")),
    path("", include("precursors.urls")),
    path("", include("materials.urls")),
    path("api/", include("api.urls")),
    path("admin/", admin.site.urls),
    # For pages that name no icon of their own, such as the admin's.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}favicon.svg")),
]


def server_error(request):
    """A problem for programs, a page for people."""
    is_api = request.path_info.startswith("/api/")
    return (problems if is_api else views).server_error(request)


def overloaded(request):
    """A problem for programs, a page for people."""
    is_api = request.path_info.startswith("/api/")
    return (problems if is_api else views).overloaded(request)


handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = server_error
handler503 = overloaded
