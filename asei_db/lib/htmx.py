"""Views whose page and htmx partial are one URL."""

from django.utils.cache import patch_vary_headers

#: The headers that decide between page and partial.
VARIES_BY = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


class HtmxPartialMixin:
    """Renders `partial_template_name` for htmx, with the context of the full page.

    Boosted requests and restored history get the full page. Needs django-htmx's
    middleware.
    """

    partial_template_name = None

    def get_template_names(self):
        """The partial for a request that swaps a part of the page."""
        htmx = self.request.htmx
        if htmx and not htmx.boosted and not htmx.history_restore_request:
            return [self.partial_template_name]
        return super().get_template_names()

    def render_to_response(self, context, **response_kwargs):
        """The response; caches keep page and partial apart."""
        response = super().render_to_response(context, **response_kwargs)
        patch_vary_headers(response, VARIES_BY)
        return response
