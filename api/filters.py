"""Applies the pages' filter sets to requests."""

from django_filters.rest_framework import DjangoFilterBackend

from api.problems import Refused, error, refusals
from asei_db.lib.filters import SearchFilter, StrictFilterSet


class EverythingFilter(StrictFilterSet):
    q = SearchFilter(
        label="Search",
        help_text="Words that must all occur: names, formulas, acronyms, synonyms.",
        required=True,
    )


class StrictFilterBackend(DjangoFilterBackend):
    """A list takes the parameters of its view's filter set, and those of its pages.

    Items, and lists without a filter set, take none; all take `format`.
    """

    def filter_queryset(self, request, queryset, view):
        """Rows whose keys are those of the view's records, in the order of the list."""
        return self.get_valid_filterset(request, queryset, view).ranked

    def get_valid_filterset(self, request, queryset, view):
        """The view's filter set; `Refused`, by parameter, if it is not valid."""
        filterset = self.get_filterset(request, queryset, view)
        if filterset.is_valid():
            return filterset
        errors = refusals(filterset.errors)
        if self._is_list(view) and view.pagination_class and view.paginator is None:
            pages = view.pagination_class().parameters
            name = request.accepted_renderer.format
            whole = f"format={name} gives the whole selection, without pages."
            errors = [
                error(whole, "without_pages", one["param"])
                if one["param"] in pages
                else one
                for one in errors
            ]
        raise Refused(errors)

    def get_filterset_class(self, view, queryset=None):
        if not self._is_list(view):
            return StrictFilterSet
        return getattr(view, "filterset_class", StrictFilterSet)

    def get_filterset_kwargs(self, request, queryset, view):
        is_paged = self._is_list(view) and view.paginator
        pages = view.paginator.parameters if is_paged else []
        kwargs = super().get_filterset_kwargs(request, queryset, view)
        meta = getattr(self.get_filterset_class(view), "Meta", None)
        if meta and meta.model is not queryset.model:
            kwargs["queryset"] = None  # all entries of such records
        own = getattr(request.accepted_renderer, "parameters", ())
        return kwargs | {"other_parameters": [*pages, "format", *own]}

    def _is_list(self, view):
        return getattr(view, "detail", None) is False
