"""What no page and no address is asked with."""

import re
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest

# How Django writes bytes of a path that are not UTF-8.
_BROKEN = re.compile(r"%[89A-F][0-9A-F]")


class ReadableMiddleware:
    """Refuses, with 400, a path or query that is not UTF-8, and NUL in a path.

    Django would read the query with replacement characters, and so ask for something
    else. NUL in a query is left to the filters, which name its parameter.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info or _BROKEN.search(request.path_info):
            raise BadRequest("The address is not UTF-8, or holds a NUL character.")
        query = request.META.get("QUERY_STRING", "")
        if not query.isascii() or re.search("%[89A-Fa-f]", query):
            for pair in query.encode("latin-1").split(b"&"):
                self._check(pair)
        return self.get_response(request)

    def _check(self, pair):
        name, *value = [unquote_to_bytes(part) for part in pair.split(b"=", 1)]
        try:
            b"=".join([name, *value]).decode()
        except UnicodeDecodeError as error:
            name = name.decode(errors="replace")[:50]
            raise BadRequest(f"The parameter “{name}” is not UTF-8.", name) from error
