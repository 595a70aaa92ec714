"""Errors as `application/problem+json` (RFC 9457), the same for all under `/api/`."""

import logging
from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.http import Http404, JsonResponse
from rest_framework.exceptions import APIException, NotFound
from rest_framework.views import exception_handler

CONTENT_TYPE = "application/problem+json"

logger = logging.getLogger(__name__)


class Refused(APIException):
    """Parameters that are wrong: `errors` are dictionaries as `error` makes them."""

    status_code = 400

    def __init__(self, errors):
        super().__init__(
            " ".join(f"{one['param']}: {one['message']}" for one in errors)
        )
        self.errors = errors


class Missing(NotFound):
    """Something that does not exist, the `suggestion` of what may be meant, and the
    parameter that asked for it, if any."""

    def __init__(self, detail, suggestion=None, param=None):
        super().__init__(detail)
        self.errors = [error(detail, "not_found", param, suggestion)]


def error(message, code, param=None, suggestion=None, valid=None):
    """One thing that is wrong: of a parameter, or of the whole request (None).

    `suggestion` is the nearest valid text, `valid` all valid ones, where they are few.
    """
    return {
        "param": param,
        "code": code,
        "message": message,
        "suggestion": suggestion,
        "valid": valid,
    }


def refusals(errors):
    """The errors of a form, by parameter, as a list of `error`s."""
    return [
        error(
            *one.messages,
            one.code or "invalid",
            name,
            getattr(one, "suggestion", None),
            getattr(one, "valid", None),
        )
        for name, found in errors.as_data().items()
        for one in found
    ]


def problem_response(exception, context):
    """The answer to a request that failed; None for a fault of ours, `server_error`."""
    if isinstance(exception, Http404):
        exception = NotFound()
    response = exception_handler(exception, context)
    if response is None:
        return None
    detail = str(exception.detail)
    errors = getattr(exception, "errors", None) or [
        error(detail, exception.get_codes())
    ]
    return _problem(context["request"], response.status_code, detail, errors)


def bad_request(request, exception):
    """The answer to what is no proper request: bytes, a foreign host, too much."""
    if isinstance(exception, BadRequest):
        message, *params = exception.args
    else:
        message, params = "The request or its host name is not accepted.", []
    param = params[0] if params else None
    errors = [error(message, "bad_request", param)]
    return _problem(request, 400, message, errors)


def permission_denied(request, exception=None, reason=""):
    message = "This address only answers questions; nothing can be changed here."
    return _problem(request, 403, message, [error(message, "permission_denied")])


def page_not_found(request, exception):
    message = "There is nothing at this address; see /api/v1/."
    return _problem(request, 404, message, [error(message, "not_found")])


def server_error(request):
    """The answer where something broke, in a view or while its answer was written."""
    logger.error("Request %s failed: %s", _id(request), request.path)
    message = (
        "The fault is ours, and it has been noted. Try again in a moment; if it stays, "
        "report the request_id."
    )
    return _problem(request, 500, message, [error(message, "server_error")])


def overloaded(request):
    """The answer to a question that took the database too long."""
    message = "This took the database too long. Ask for less, or try again in a while."
    return _problem(request, 503, message, [error(message, "overloaded")])


def _id(request):
    return getattr(request, "request_id", None)


def _problem(request, status, detail, errors):
    return JsonResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
            "request_id": _id(request),
            "errors": errors,
        },
        status=status,
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
