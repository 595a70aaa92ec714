"""What every answer of the API has: an id, and leave for pages of other sites."""

import re
from uuid import uuid4

from django.http import HttpResponse

#: What programs read: the API, and the files that pages offer.
_PUBLIC = re.compile(
    r"/(api(/|$)|coatings/table\.|precursors/[^/]+/structure\.svg|studies/[^/]+/cite\.)"
)
_SANE_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")
# An own few lines, not django-cors-headers: its header depends on the request's Origin,
# which would keep caches from sharing an answer that is the same for all.
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Content-Disposition, Retry-After, X-Request-ID"
    ),
}
_PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class PublicMiddleware:
    """Scripts in any site's pages may read what the API answers, errors included.

    It stands before all others, so that their redirects and refusals may be read too.
    A preflight, by which a browser asks whether it may ask, is answered here. A sane
    X-Request-ID is kept, so that a client finds its request in our log.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        headers = public_headers(request.path_info, request.META)
        if not headers:
            return self.get_response(request)
        request.request_id = headers["X-Request-ID"]
        if (
            request.method == "OPTIONS"
            and "Access-Control-Request-Method" in request.headers
        ):
            response = HttpResponse(status=204, headers=_PREFLIGHT_HEADERS)
            del response.headers["Content-Type"]
        else:
            response = self.get_response(request)
        for name, value in headers.items():
            response.headers[name] = value
        return response


def public_headers(path, meta):
    """What an answer to a path has more, by the request's META; nothing elsewhere."""
    if not _PUBLIC.match(path):
        return {}
    given = meta.get("HTTP_X_REQUEST_ID", "")
    request_id = given if _SANE_ID.fullmatch(given) else uuid4().hex
    return {**_HEADERS, "X-Request-ID": request_id}
