"""Pages of a list."""

import re

from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination


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
            raise NotFound(
                f"Page {number} lies beyond the last page, {paginator.num_pages}."
            )
        return number

    def _number(self, request, name, default, maximum):
        """The parameter as a number from 1 to `maximum`; ValidationError otherwise."""
        text = request.query_params.get(name, str(default))
        # Short enough for `int`, which refuses very long numbers.
        number = int(text) if re.fullmatch("[0-9]{1,100}", text) else 0
        if not 1 <= number <= maximum:
            raise ValidationError({name: [f"Give a whole number from 1 to {maximum}."]})
        return number
