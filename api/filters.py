"""Applies the pages' filter sets to requests."""

from django_filters.rest_framework import DjangoFilterBackend

from asei_db.lib.filters import StrictFilterSet


class StrictFilterBackend(DjangoFilterBackend):
    """A list takes the parameters of its view's filter set, and those of its pages.

    Items, and lists without a filter set, take none; all take `format`.
    """

    def get_filterset_class(self, view, queryset=None):
        if getattr(view, "detail", False):
            return StrictFilterSet
        return getattr(view, "filterset_class", StrictFilterSet)

    def get_filterset_kwargs(self, request, queryset, view):
        parameters = ["format"]
        if not getattr(view, "detail", True):
            paginator = view.paginator
            parameters = [
                paginator.page_query_param,
                paginator.page_size_query_param,
                *parameters,
            ]
        kwargs = super().get_filterset_kwargs(request, queryset, view)
        return kwargs | {"other_parameters": parameters}
