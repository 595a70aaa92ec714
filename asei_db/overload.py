"""The answer where the database had too much to do."""

import logging

from django.db import OperationalError
from django.urls import get_resolver

RETRY_AFTER_SECONDS = 30

_log = logging.getLogger(__name__)


class OverloadMiddleware:
    """Answers 503, by the URL map's `handler503`, where a statement took too long.

    PostgreSQL ends it at `statement_timeout`, SQLite waits so long for its turn.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not _took_too_long(exception):
            return None
        _log.warning("Took too long: %s", request.get_full_path()[:500])
        response = get_resolver().resolve_error_handler(503)(request)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response


def _took_too_long(exception):
    if not isinstance(exception, OperationalError):
        return False
    cause = exception.__cause__
    is_ended = getattr(cause, "sqlstate", None) == "57014"  # query_canceled
    return is_ended or getattr(cause, "sqlite_errorname", None) == "SQLITE_BUSY"
