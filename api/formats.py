"""Which format an answer has.

A renderer that says `is_whole` answers with the whole selection, without pages.
"""

import re
from functools import partial
from itertools import chain, islice

import orjson
from django.conf import settings
from django.http import StreamingHttpResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.serializers import ListSerializer

from api.problems import Refused, error
from api.tables import table_of
from asei_db.lib import workbooks
from asei_db.lib.filters import guidance, nearest
from asei_db.lib.listed import Listed
from asei_db.lib.spreadsheets import to_csv
from literature.citations import FORMATS, all_references
from literature.models import Study
from literature.revision import current

MOST_ROWS = 20_000  # of a workbook, which cannot be sent before it is whole
_PIECES = 50  # references that are sent at once
_CHUNK = 64 * 1024  # bytes of a workbook that are sent at once


class FormatParameterNegotiation(BaseContentNegotiation):
    """The parameter `format` decides, else the view's first renderer.

    The Accept header is not asked: a browser that prefers HTML gets JSON too.
    """

    def select_renderer(self, request, renderers, format_suffix=None):
        wanted = request.query_params.getlist("format")[-1:]
        for renderer in renderers:
            if not wanted or renderer.format == wanted[0]:
                renderer.request = request
                return renderer, renderer.media_type
        valid = [renderer.format for renderer in renderers]
        near = nearest(wanted[0], valid)
        message = f"“{wanted[0][:50]}” is not available. {guidance(near, valid)}"
        raise Refused([error(message, "unknown_value", "format", near, valid)])


class _WholeRenderer(BaseRenderer):
    """A whole selection of documents, streamed; see `literature.documents`."""

    charset = "utf-8"
    is_whole = True

    @property
    def extension(self):
        """That of the file's name."""
        return self.format

    def answer(self, parts, serializer_class):
        """The response with all documents, given as lists of a few hundred.

        `serializer_class` is that of an item.
        """
        stream = self.stream(parts, serializer_class)
        # The first part is made now, when a fault still is an answer of its own.
        start = next(stream, b"")
        return StreamingHttpResponse(
            chain([start], stream),
            content_type=f"{self.media_type}; charset=utf-8",
            headers={"Content-Disposition": _file(self.request, self.extension)},
        )

    def stream(self, parts, serializer_class):
        """The bytes of the documents, part by part."""
        raise NotImplementedError


class NDJSONRenderer(_WholeRenderer):
    """A whole selection with an item of the JSON in each line."""

    media_type = "application/x-ndjson"
    format = "ndjson"

    def stream(self, parts, serializer_class):
        for part in parts:
            yield b"".join(body + b"\n" for body in part)


class CSVRenderer(_WholeRenderer):
    """A whole selection, or one item, as a `Table`; of some `columns` if asked."""

    media_type = "text/csv"
    format = "csv"
    parameters = ("columns",)

    def table(self, serializer_class):
        """The table of what is asked for."""
        table = table_of(serializer_class)
        asked = self.request.query_params.getlist("columns")
        names = [name.strip() for text in asked for name in text.split(",")]
        return table.of(names) if asked else table

    def stream(self, parts, serializer_class):
        table = self.table(serializer_class)
        yield to_csv([table.columns])
        for part in parts:
            yield to_csv(table.cells(orjson.loads(body)) for body in part)

    def render(self, data, accepted_media_type=None, renderer_context=None):
        file = _file(self.request, self.format)
        renderer_context["response"]["Content-Disposition"] = file
        return to_csv(self.lines(data))

    def lines(self, data):
        serializer = data.serializer
        is_list = isinstance(serializer, ListSerializer)
        table = self.table(type(serializer.child if is_list else serializer))
        yield table.columns
        yield from map(table.cells, data if is_list else [data])


class XLSXRenderer(CSVRenderer):
    """As CSV, in an Excel workbook that says where it is from.

    Numbers are numbers, and no text is a formula. At most `MOST_ROWS` rows.
    """

    media_type = workbooks.MEDIA_TYPE
    format = "xlsx"
    charset = None
    render_style = "binary"

    def stream(self, parts, serializer_class):
        table = self.table(serializer_class)
        rows = (table.cells(orjson.loads(body)) for part in parts for body in part)
        with self._write([table.columns], rows) as file:
            yield from iter(partial(file.read, _CHUNK), b"")

    def answer(self, parts, serializer_class):
        response = super().answer(parts, serializer_class)
        response.headers["Content-Type"] = self.media_type
        return response

    def render(self, data, accepted_media_type=None, renderer_context=None):
        file = _file(self.request, self.format)
        renderer_context["response"]["Content-Disposition"] = file
        head, *rows = self.lines(data)
        with self._write([head], rows) as file:
            return file.read()

    def _write(self, head, rows):
        # All are read before: openpyxl cannot give up a workbook that it has begun.
        found = list(islice(rows, MOST_ROWS + 1))
        if len(found) > MOST_ROWS:
            raise Refused([_too_many()])
        sheets = [("Data", chain(head, found)), ("About", self._about())]
        return workbooks.write_workbook(sheets)

    def _about(self):
        """Where the data is from, and how to cite it."""
        address = self.request.build_absolute_uri()
        revision = _revision(self.request)
        date = revision.changed.date().isoformat()
        license = settings.SPECTACULAR_SETTINGS["LICENSE"]
        version = f"ASEI DB, data version {revision.number} of {date}"
        yield ["What", "Value"]
        yield ["Query", address]
        yield ["Data version", revision.number]
        yield ["Date", date]
        yield ["License", f"{license['name']}, {license['url']}"]
        yield ["Citation", f"{version}, {address}"]


def _too_many():
    message = (
        f"A workbook takes at most {MOST_ROWS} rows, and these are more. Narrow the "
        "selection, or take format=csv, which has no limit."
    )
    return error(message, "too_many_rows", "format", "csv")


def _file(request, extension):
    """The header for a file that is named for what was asked, data version and date:
    `asei_coatings_17_2026-12-01.csv`."""
    asked = re.findall(r"[\w-]+", request.path.partition("/v1/")[2], re.ASCII)
    revision = _revision(request)
    date = revision.changed.date().isoformat()
    name = "_".join(["asei", *asked, str(revision.number), date])
    return f'attachment; filename="{name}.{extension}"'


def _revision(request):
    return getattr(request, "data_revision", None) or current()


class CoverageCSVRenderer(CSVRenderer):
    """The coverage map as a table with a row for each cell, and no other columns.

    The names of the columns are those of the axes and of the value, as asked:
    `material.key`, `material.label`, `substrate.key`, `substrate.label`, `coatings`.
    """

    parameters = ()

    def lines(self, data):
        axes = data["axes"]
        yield [
            *(f"{axes['rows']}.{name}" for name in ("key", "label")),
            *(f"{axes['columns']}.{name}" for name in ("key", "label")),
            axes["value"],
        ]
        for row, cells in zip(data["rows"], data["cells"], strict=True):
            for column, value in zip(data["columns"], cells, strict=True):
                yield [*row.values(), *column.values(), value]


class CitationRenderer(_WholeRenderer):
    """References to studies, streamed as a file for reference managers."""

    citation_format = None

    @property
    def extension(self):
        return self.citation_format.extension

    def stream(self, parts, serializer_class):
        pieces = self.citation_format.pieces(parts)
        while some := "".join(islice(pieces, _PIECES)):
            yield some.encode()


CITATION_RENDERERS = [
    type(
        f"{chosen.extension.title()}CitationRenderer",
        (CitationRenderer,),
        {
            "citation_format": chosen,
            "format": chosen.name,
            "media_type": chosen.media_type,
        },
    )
    for chosen in FORMATS
]


class TableMixin:
    """A list that `format=csv` answers with the whole selection as one table."""

    renderer_classes = [JSONRenderer, CSVRenderer, XLSXRenderer]

    @property
    def paginator(self):
        renderer = getattr(self.request, "accepted_renderer", None)
        is_whole = getattr(renderer, "is_whole", False)
        return None if is_whole else super().paginator


class DocumentsMixin(TableMixin):
    """A list whose whole selection is streamed, `format=ndjson` one of its formats."""

    renderer_classes = [*TableMixin.renderer_classes, NDJSONRenderer]


class CitableMixin(DocumentsMixin):
    """A resource that `format=bib|ris|csl-json` answers with the studies behind it."""

    renderer_classes = [*DocumentsMixin.renderer_classes, *CITATION_RENDERERS]

    def list(self, request, *args, **kwargs):
        if not self._is_cited:
            return super().list(request, *args, **kwargs)
        records = self.get_queryset()
        found = self.filter_queryset(records)
        reporters = getattr(found.model, "reporters", lambda entries: None)(found)
        if reporters is None:
            studies = Listed(found, records).rows.cited_studies()
        else:
            studies = Study.objects.published().filter(pk__in=reporters)
        return self._cite(studies)

    def retrieve(self, request, slug):
        if not self._is_cited:
            return super().retrieve(request, slug)
        rows = self.get_queryset().filter(slug=slug)
        if not rows:
            raise self.missing(slug)
        return self._cite(rows.cited_studies())

    @property
    def _is_cited(self):
        renderer = getattr(self.request, "accepted_renderer", None)
        return isinstance(renderer, CitationRenderer)

    def _cite(self, studies):
        references = all_references(studies)
        return self.request.accepted_renderer.answer(references, None)


def page_of(head, bodies):
    """JSON of a page whose `results`, empty in `head` and its last, are documents."""
    start = JSONRenderer().render(head).removesuffix(b"]}")
    return b"".join([start, b",".join(bodies), b"]}"])
