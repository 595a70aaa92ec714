"""Pages of a list."""

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from api.problems import Missing, Refused, error
from asei_db.lib.filters.form_fields import IntegerField
from asei_db.lib.keyset import Keyset


class NumberedPages(PageNumberPagination):
    """`page` (from 1) and `page_size` (50, at most 1000); nonsense is refused."""

    page_size = 50
    max_page_size = 1000
    max_page = 1_000_000_000
    page_size_query_param = "page_size"
    page_query_description = "Number of the page, from 1."
    page_size_query_description = "Results per page: 50 by default, at most 1000."

    @property
    def parameters(self):
        """The names of what a request may say of pages."""
        return [self.page_query_param, self.page_size_query_param]

    def get_schema_operation_parameters(self, view):
        bounds = {
            self.page_query_param: {"default": 1, "maximum": self.max_page},
            self.page_size_query_param: {
                "default": self.page_size,
                "maximum": self.max_page_size,
            },
        }
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            parameter["schema"] |= {"minimum": 1} | bounds[parameter["name"]]
        return parameters

    def get_page_size(self, request):
        return self._number(
            request, self.page_size_query_param, self.page_size, self.max_page_size
        )

    def get_page_number(self, request, paginator):
        number = self._number(request, self.page_query_param, 1, self.max_page)
        if number > paginator.num_pages:
            last = paginator.num_pages
            message = f"Page {number} lies beyond the last page, {last}."
            raise Missing(message, str(last), "page")
        return number

    def _number(self, request, name, default, maximum):
        """The parameter as a number from 1 to `maximum`; `Refused` otherwise."""
        if name not in request.query_params:
            return default
        try:
            return IntegerField(min_value=1, max_value=maximum).clean(
                request.query_params[name]
            )
        except ValidationError:
            message = f"Give a whole number from 1 to {maximum}."
            raise Refused([error(message, "invalid", name)]) from None


class WalkedPages(NumberedPages):
    """Pages with a number or, with `cursor`, each from where the one before it ended.

    Walking finds each row once, whatever is published or withdrawn meanwhile, and costs
    the same at any depth. A cursor holds for the parameters with which it was given.
    """

    cursor_query_param = "cursor"
    start = "start"
    cursor_query_description = (
        "Instead of `page`, to walk through all of a long list: `start` first, then as "
        "`next` has it, until that is `null`. No result is repeated or left out, "
        "whatever is published meanwhile. `count` is that of the start, `previous` is "
        "`null`, and the other parameters stay the same."
    )
    _walk = None  # count and next cursor, where the request has a cursor

    @property
    def parameters(self):
        return [*super().parameters, self.cursor_query_param]

    def get_schema_operation_parameters(self, view):
        cursor = {
            "name": self.cursor_query_param,
            "required": False,
            "in": "query",
            "description": self.cursor_query_description,
            "schema": {"type": "string"},
        }
        return [*super().get_schema_operation_parameters(view), cursor]

    def paginate_queryset(self, queryset, request, view=None):
        if self.cursor_query_param not in request.query_params:
            return super().paginate_queryset(queryset, request, view)
        if self.page_query_param in request.query_params:
            message = "Give either a page or a cursor."
            raise Refused([error(message, "invalid", self.cursor_query_param)])
        self.request = request
        size = self.get_page_size(request)
        signer = self._signer(request)
        count, position = self._read(signer, queryset)
        if hasattr(queryset, "of_so_many"):
            queryset = queryset.of_so_many(count)
        found = Keyset(queryset).behind(position, size + 1)
        more = len(found) > size and signer.sign_object(
            [count, found[size - 1][1]], compress=True
        )
        self._walk = count, more or None
        return [key for key, _ in found[:size]]

    def get_paginated_response(self, data):
        if self._walk is None:
            return super().get_paginated_response(data)
        count, cursor = self._walk
        address = cursor and replace_query_param(
            self.request.build_absolute_uri(), self.cursor_query_param, cursor
        )
        return Response(
            {"count": count, "next": address, "previous": None, "results": data}
        )

    def _read(self, signer, rows):
        """How many rows there are, and the position from which to go on."""
        cursor = self.request.query_params[self.cursor_query_param].strip()
        if cursor == self.start:
            return rows.count(), None
        try:
            return signer.unsign_object(cursor)
        except BadSignature:
            message = (
                "This is no cursor of a list that was asked so. Begin with "
                f"cursor={self.start}, then follow “next”."
            )
            raise Refused(
                [error(message, "invalid", self.cursor_query_param, self.start)]
            ) from None

    def _signer(self, request):
        """A cursor goes on with the very list that began, whatever its page size."""
        apart = (self.cursor_query_param, self.page_size_query_param, "format")
        query = request.query_params.lists()
        question = sorted(item for item in query if item[0] not in apart)
        return Signer(salt=f"cursor {request.path} {question}")
