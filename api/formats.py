"""Which format an answer has."""

import csv
from io import StringIO

from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer


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


class CoverageCSVRenderer(BaseRenderer):
    """The coverage map as a table: a row of labels, then a row for each film."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        out = StringIO()
        table = csv.writer(out)
        table.writerow([data["axes"]["rows"], *(c["label"] for c in data["columns"])])
        for row, cells in zip(data["rows"], data["cells"], strict=True):
            table.writerow([row["label"], *cells])
        return out.getvalue()
