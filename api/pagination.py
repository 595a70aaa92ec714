"""Pages of a list."""

from django.core.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination

from api.problems import Missing, Refused, error
from asei_db.lib.filters.form_fields import IntegerField


class NumberedPages(PageNumberPagination):
    """`page` (from 1) and `page_size` (50, at most 1000); nonsense is refused."""

    page_size = 50
    max_page_size = 1000
    max_page = 1_000_000_000
    page_size_query_param = "page_size"
    page_query_description = "Number of the page, from 1."
    page_size_query_description = "Results per page: 50 by default, at most 1000."

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
