"""Light or dark, as a visitor wants it: kept in a cookie, else as the system says."""

from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.csrf import csrf_exempt

COOKIE = "theme"
THEMES = ("light", "dark")
_SYSTEM = "system"
_KEPT_SECONDS = 365 * 24 * 60 * 60


def theme_of(request):
    """The theme that a request asks for, "" for the system's."""
    theme = request.COOKIES.get(COOKIE, "")
    return theme if theme in THEMES else ""


def context(request):
    """For every template: `theme`, see `theme_of`."""
    return {"theme": theme_of(request)}


# Whoever makes a visitor post it changes a color: pages need no token for that, and so
# are the same for all.
@method_decorator(csrf_exempt, name="dispatch")
class ThemeView(View):
    """Keeps the posted `theme`, and goes back to the page that it came from."""

    def post(self, request):
        theme = request.POST.get("theme")
        if theme not in (_SYSTEM, *THEMES):
            choices = ", ".join((_SYSTEM, *THEMES))
            raise BadRequest(f"The theme must be one of: {choices}.")
        page = request.META.get("HTTP_REFERER", "")
        if not url_has_allowed_host_and_scheme(
            page, {request.get_host()}, request.is_secure()
        ):
            page = reverse("home")
        response = HttpResponseRedirect(page)
        if theme == _SYSTEM:
            response.delete_cookie(COOKIE)
        else:
            response.set_cookie(
                COOKIE,
                theme,
                max_age=_KEPT_SECONDS,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
        return response
