"""Which format an answer has."""

from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import BaseContentNegotiation


class FormatParameterNegotiation(BaseContentNegotiation):
    """The parameter `format` decides, else the view's first renderer.

    The Accept header is not asked: a browser that prefers HTML gets JSON too.
    """

    def select_renderer(self, request, renderers, format_suffix=None):
        wanted = request.query_params.getlist("format")[-1:]
        for renderer in renderers:
            if not wanted or renderer.format == wanted[0]:
                return renderer, renderer.media_type
        available = ", ".join(renderer.format for renderer in renderers)
        raise ValidationError(
            {"format": [f"“{wanted[0][:50]}” is not available. Valid: {available}."]}
        )
