"""Public answers, kept until published data or the code changes.

What anybody may read is computed once a data revision. Then it comes from the cache, or
is 304 for those who have it.
"""

import logging
import re
import time
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache as kept_answers
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import Error
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from asei_db.lib.htmx import VARIES_BY
from asei_db.theme import theme_of
from literature.revision import current, current_at_once

#: The largest answer that is kept, as it is sent.
MAX_BYTES = 128 * 1024
#: Memory is bounded by entries; in Redis, what is stale goes by its age.
KEPT_SECONDS = 24 * 60 * 60
#: How long a cache that failed is left alone.
REST_SECONDS = 30
STARTED = int(time.time())

_APART = ("/admin/", settings.STATIC_URL)
_API = {
    "Cache-Control": "public, max-age=60, stale-while-revalidate=60",
    "Vary": "Accept-Encoding",
}
# Whoever logs in sees her change at once: browsers ask whether a page is the same.
_PAGES = {
    "Cache-Control": "public, no-cache",
    "Vary": ", ".join(["Accept-Encoding", *VARIES_BY]),
}
_PERSONAL = "private, no-cache"
_HTMX = [f"HTTP_{name.upper().replace('-', '_')}" for name in VARIES_BY]
#: All of a request that decides whether it passes, and what address it asks for.
_ASKED = (
    *("REQUEST_METHOD", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO"),
    *("HTTP_HOST", "SERVER_NAME", "SERVER_PORT"),
    *("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
    *("HTTP_COOKIE", "HTTP_AUTHORIZATION", *_HTMX),
)
_MOST_ADDRESSES = 1024
_addresses = {}  # of what was asked: that of its answer, and the headers
_http_date = lru_cache(maxsize=64)(http_date)
_ACCEPTS_GZIP = re.compile(r"\bgzip\b")

_log = logging.getLogger(__name__)


class _Cache:
    """Django's cache, which may fail."""

    def __init__(self):
        self.fails = False
        self.rests_until = 0

    def _ask(self, ask, *arguments):
        """What the cache says; None where it fails, and for a while from then on."""
        if time.monotonic() < self.rests_until:
            return None
        try:
            said = ask(*arguments)
        except Exception as error:  # each backend has its own
            if not self.fails:
                _log.error("The cache fails, so nothing is kept: %s", error)
            self.fails, self.rests_until = True, time.monotonic() + REST_SECONDS
            return None
        self.fails = False
        return said


class AnswersMiddleware(_Cache):
    """Answers with 304 or what is kept, where nothing has changed since.

    Only PublicMiddleware stands before it: its headers are new for each answer. What is
    asked with a session or authorization, or is no GET or HEAD, passes.
    """

    def __init__(self, get_response):
        if settings.DEBUG:
            raise MiddlewareNotUsed  # templates change while the server runs
        super().__init__()
        code_version()  # computed at the start, not by the first request
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(
            _APART
        ):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response = self.get_response(request)
            response.headers.setdefault("Cache-Control", _PERSONAL)
            return response
        answer = None if "HTTP_AUTHORIZATION" in request.META else _answer(request)
        if answer is None:
            return self.get_response(request)
        if answer.is_known_to(request.META):
            return answer.describe(HttpResponseNotModified())
        place = answer.place(request.META)
        if kept := self._ask(kept_answers.get, place):
            headers, body = kept
            return HttpResponse(body, headers=headers)
        response = self.get_response(request)
        if answer.may_be(response):
            answer.describe(response)
            if request.method == "GET" and (kept := _copy(response)):
                self._ask(kept_answers.set, place, kept, KEPT_SECONDS)
        return response


class AnswersFirst(_Cache):
    """A WSGI application that gives what is kept before Django makes a request of it.

    It knows of what was asked before that the middleware let it pass, and asks the same
    cache. `headers_for` gives what else an answer has, by its path and environment.
    """

    def __init__(self, application, headers_for):
        super().__init__()
        self.application, self.headers_for = application, headers_for

    def __call__(self, environ, start_response):
        found = self._find(environ)
        if found is None:
            return self.application(environ, start_response)
        status, headers, body = found
        headers = headers | self.headers_for(environ["PATH_INFO"], environ)
        start_response(status, [*headers.items()])
        return [body]

    def _find(self, environ):
        """Status, headers and body; None where Django is to answer."""
        known = _addresses.get(tuple(map(environ.get, _ASKED)))
        if known is None:
            return None
        try:
            answer = Answer(current_at_once(), *known)
        except Error:
            return None
        if answer.is_known_to(environ):
            return "304 Not Modified", answer.description, b""
        kept = self._ask(kept_answers.get, answer.place(environ))
        return kept and ("200 OK", *kept)


class Answer:
    """What an address answers at a revision, under a `key` of its own."""

    def __init__(self, revision, address, headers):
        parts = (code_version(), *revision, *address)
        self.key = blake2b(repr(parts).encode(), digest_size=16).hexdigest()
        self.tag = f'W/"{self.key}"'
        changed = max(revision.changed_unix_s, STARTED)
        # Where changes follow each other fast, their times are yet to come.
        self.changed = changed if changed <= time.time() else None
        self.headers = headers

    def place(self, meta):
        """Where it is kept for who asks, by the request's META."""
        return f"{self.key}-{_accepts_gzip(meta)}"

    def is_known_to(self, meta):
        """Whether the client has it already."""
        if tags := meta.get("HTTP_IF_NONE_MATCH"):
            known = [tags] if tags == self.tag else parse_etags(tags)
            return self.tag in known or self.tag.removeprefix("W/") in known
        since = parse_http_date_safe(meta.get("HTTP_IF_MODIFIED_SINCE", ""))
        return bool(since and self.changed and since >= self.changed)

    def may_be(self, response):
        """Whether the response is the same for all who ask.

        Not an error, nor what sets a cookie, holds a nonce, varies by other headers or
        says itself how it may be kept.
        """
        headers = response.headers
        varies_by = {name.strip() for name in headers.get("Vary", "").split(",")}
        return (
            response.status_code == 200
            and not response.cookies
            and "Cache-Control" not in headers
            and "'nonce-" not in headers.get("Content-Security-Policy", "")
            and varies_by <= {"", *self.headers["Vary"].split(", ")}
        )

    def describe(self, response):
        """The response with how long it is good, and what it is known by."""
        for name, value in self.description.items():
            response.headers[name] = value
        return response

    @property
    def description(self):
        dated = {"Last-Modified": _http_date(self.changed)} if self.changed else {}
        return {"ETag": self.tag} | dated | self.headers


def _accepts_gzip(meta):
    return bool(_ACCEPTS_GZIP.search(meta.get("HTTP_ACCEPT_ENCODING", "")))


def _answer(request):
    """The Answer to be given; None where it is not known which."""
    try:
        host = request.get_host()
        revision = current()
    except (DisallowedHost, Error):
        return None
    if not revision.number:
        return None
    request.data_revision = revision  # for what else is kept by it
    meta = request.META
    address = (
        request.scheme,
        host,
        request.path,
        meta.get("QUERY_STRING", ""),
        theme_of(request),
        *(meta.get(name, "") for name in _HTMX),
    )
    headers = _API if request.path_info.startswith("/api/v1/") else _PAGES
    if request.method == "GET" and request.path.isascii():  # as the server wrote it
        if len(_addresses) >= _MOST_ADDRESSES:
            _addresses.clear()
        _addresses[tuple(map(meta.get, _ASKED))] = address, headers
    return Answer(revision, address, headers)


def _copy(response):
    """Headers and body, compressed or not, as they were sent; None if too large."""
    if response.streaming or len(response.content) > MAX_BYTES:
        return None
    length = {"Content-Length": str(len(response.content))}
    return dict(response.items()) | length, response.content


@cache
def code_version():
    """A digest of all that answers are made by, besides the data."""
    ours = [Path(app.path) for app in apps.get_app_configs()]
    folders = [path for path in ours if path.parent == settings.BASE_DIR]
    folders += [settings.BASE_DIR / name for name in ("asei_db", "templates")]
    files = [settings.BASE_DIR / "requirements.txt"]
    files += [file for folder in folders for file in folder.rglob("*.*")]
    digest = blake2b(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for file in sorted(files):
        if file.suffix in (".py", ".html", ".txt", ".json", ".yaml", ".svg"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
