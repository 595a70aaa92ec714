"""The documents of all resources: each item as its serializer gives it."""

from rest_framework.renderers import JSONRenderer

from literature.documents import SiteAddress, documented


def keep_documents(views):
    """Keep the documents of the resources that some views serve."""
    for view in views:
        documented(view.queryset, _serialize_by(view), view.lookup_field)


def _serialize_by(view):
    context = {"request": SiteAddress, "view": None}
    renderer = JSONRenderer()

    def serialize(rows):
        serializer = view.serializer_class(rows, many=True, context=context)
        return map(renderer.render, serializer.data)

    return serialize
