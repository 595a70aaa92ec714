"""The site's URL map: each app keeps its own paths in its `urls` module."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from api import problems, viewsets
from asei_db import views
from asei_db.styleguide import StyleguideView
from asei_db.theme import ThemeView

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("help/", views.HelpView.as_view(), name="help"),
    path("styleguide/", StyleguideView.as_view(), name="styleguide"),
    path("theme/", ThemeView.as_view(), name="theme"),
    path("search/", views.SearchView.as_view(), name="search"),
    path("search/suggestions/", views.SuggestionsView.as_view(), name="suggestions"),
    path("", include("literature.urls")),
    path("", include("precursors.urls")),
    path("", include("materials.urls")),
    path("api", viewsets.StartView.as_view()),
    path("api/", include("api.urls")),
    path("admin/", admin.site.urls),
    # For pages that name no icon of their own, such as the admin's.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}favicon.svg")),
]


def by_reader(name):
    """A handler of errors: a problem for programs, a page for people."""

    def handler(request, *args, **kwargs):
        is_api = request.path_info.startswith("/api/")
        return getattr(problems if is_api else views, name)(request, *args, **kwargs)

    return handler


handler400 = by_reader("bad_request")
handler403 = by_reader("permission_denied")
handler404 = by_reader("page_not_found")
handler500 = by_reader("server_error")
handler503 = by_reader("overloaded")
