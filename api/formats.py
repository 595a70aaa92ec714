"""Which format an answer has."""

import json

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.serializers import BaseSerializer, ListSerializer

from api.problems import Refused, error
from asei_db.lib.filters import guidance, nearest
from asei_db.lib.spreadsheets import to_csv


class FormatParameterNegotiation(BaseContentNegotiation):
    """The parameter `format` decides, else the view's first renderer.

    The Accept header is not asked: a browser that prefers HTML gets JSON too.
    """

    def select_renderer(self, request, renderers, format_suffix=None):
        wanted = request.query_params.getlist("format")[-1:]
        for renderer in renderers:
            if not wanted or renderer.format == wanted[0]:
                return renderer, renderer.media_type
        valid = [renderer.format for renderer in renderers]
        near = nearest(wanted[0], valid)
        message = f"“{wanted[0][:50]}” is not available. {guidance(near, valid)}"
        raise Refused([error(message, "unknown_value", "format", near, valid)])


class CSVRenderer(BaseRenderer):
    """A whole selection, or one item, as a table; see `table`."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        name = renderer_context["view"].basename
        file = f'attachment; filename="{name}.csv"'
        renderer_context["response"]["Content-Disposition"] = file
        return to_csv(table(data.serializer))


class CoverageCSVRenderer(BaseRenderer):
    """The coverage map as a table: a row of labels, then a row for each film."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        columns = (column["label"] for column in data["columns"])
        rows = zip(data["rows"], data["cells"], strict=True)
        return to_csv(
            [
                [data["axes"]["rows"], *columns],
                *([row["label"], *cells] for row, cells in rows),
            ]
        )


class TableMixin:
    """A resource that `format=csv` answers with the whole selection, without pages."""

    @property
    def paginator(self):
        renderer = getattr(self.request, "accepted_renderer", None)
        return None if isinstance(renderer, CSVRenderer) else super().paginator


def table(serializer):
    """The items of a serializer as rows of cells, the names of the columns first.

    What is nested has a column for each of its fields, `thickness.min`; what there may
    be many of stands in one cell, with semicolons between short names, else as JSON.
    """
    is_list = isinstance(serializer, ListSerializer)
    columns = list(_columns(serializer.child if is_list else serializer))
    yield [".".join(column) for column in columns]
    for item in serializer.data if is_list else [serializer.data]:
        yield [_cell(item, column) for column in columns]


def _columns(serializer):
    for name, field in serializer.fields.items():
        if isinstance(field, BaseSerializer) and not isinstance(field, ListSerializer):
            yield from ((name, *column) for column in _columns(field))
        else:
            yield (name,)


def _cell(item, column):
    value = item
    for name in column:
        value = None if value is None else value[name]
    if not isinstance(value, list):
        return value
    return "; ".join(map(_in_short, value))


def _in_short(value):
    if not isinstance(value, dict):
        return str(value)
    for name in ("as_reported", "label", "acronym", "symbol"):
        if isinstance(value.get(name), str):
            return value[name]
    return json.dumps(value, ensure_ascii=False)
