"""What no page and no address is asked with."""

import re
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest

# How Django writes bytes of a path that are not UTF-8.
_BROKEN = re.compile(r"%[89A-F][0-9A-F]")


class ReadableMiddleware:
    """Refuses, with 400, a path or query that is not UTF-8 or holds NUL.

    Django would read the query with replacement characters, and so ask for something
    else; no database stores NUL.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info or _BROKEN.search(request.path_info):
            raise BadRequest("The address is not UTF-8, or holds a NUL character.")
        query = request.META.get("QUERY_STRING", "")
        if not query.isascii() or re.search("%(0|[89A-Fa-f])", query):
            for pair in query.encode("latin-1").split(b"&"):
                self._check(*(unquote_to_bytes(part) for part in pair.partition(b"=")))
        return self.get_response(request)

    def _check(self, name, equals, value):
        if b"\0" in name + value:
            problem = "holds a NUL character"
        else:
            try:
                (name + equals + value).decode()
                return
            except UnicodeDecodeError:
                problem = "is not UTF-8"
        name = name.replace(b"\0", b"").decode(errors="replace")[:50]
        raise BadRequest(f"The parameter “{name}” {problem}.", name)
