"""Answers with the studies behind a selection, for reference managers."""

from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response

from api.formats import CSVRenderer
from literature.citations import FORMATS


class CitationRenderer(BaseRenderer):
    """Studies, given as data, as a file for reference managers."""

    charset = "utf-8"
    citation_format = None

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return self.citation_format.write(data).encode()


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


class CitableMixin:
    """A resource that `format=bib|ris|csl-json` answers with the studies behind it.

    All studies of the selection come in one file; it has no pages.
    """

    renderer_classes = [JSONRenderer, CSVRenderer, *CITATION_RENDERERS]

    @property
    def paginator(self):
        return None if self._is_cited else super().paginator

    def list(self, request, *args, **kwargs):
        if not self._is_cited:
            return super().list(request, *args, **kwargs)
        return self._cite(self.filter_queryset(self.get_queryset()), self.basename)

    def retrieve(self, request, *args, **kwargs):
        if not self._is_cited:
            return super().retrieve(request, *args, **kwargs)
        item = self.get_object()
        return self._cite(self.get_queryset().filter(pk=item.pk), item.slug)

    @property
    def _is_cited(self):
        renderer = getattr(self.request, "accepted_renderer", None)
        return isinstance(renderer, CitationRenderer)

    def _cite(self, rows, name):
        extension = self.request.accepted_renderer.citation_format.extension
        file = f'attachment; filename="{name}.{extension}"'
        response = Response(rows.cited_studies(), headers={"Content-Disposition": file})
        # The framework leaves it out where there is nothing to write.
        kind = f"{self.request.accepted_renderer.media_type}; charset=utf-8"
        response.add_post_render_callback(
            lambda answer: answer.headers.setdefault("Content-Type", kind)
        )
        return response
