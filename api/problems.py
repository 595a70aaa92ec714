"""Errors as `application/problem+json` (RFC 9457)."""

from http import HTTPStatus

from django.http import JsonResponse
from rest_framework.exceptions import ValidationError
from rest_framework.views import exception_handler

CONTENT_TYPE = "application/problem+json"
#: Scripts in any site's pages may read what the API answers.
PUBLIC = {"Access-Control-Allow-Origin": "*"}


def problem_response(exception, context):
    """The answer to a request that failed; None for a fault of ours, `server_error`.

    A refused parameter stands in `errors` by name, and in `detail` for people.
    """
    response = exception_handler(exception, context)
    if response is None:
        return None
    if isinstance(exception, ValidationError):
        errors = exception.detail
        told = {
            "detail": " ".join(
                f"{name}: {message}"
                for name, messages in errors.items()
                for message in messages
            ),
            "errors": errors,
        }
    else:
        told = {"detail": response.data["detail"]}
    return _problem(response.status_code, **told)


def server_error(request):
    """The answer where something broke, in a view or while its answer was written."""
    detail = "The fault is ours, and it has been noted. Try again in a moment."
    return _problem(500, detail=detail, headers=PUBLIC)


def overloaded(request):
    """The answer to a question that took the database too long."""
    detail = "This took the database too long. Ask for less, or try again in a while."
    return _problem(503, detail=detail, headers=PUBLIC)


def _problem(status, headers=None, **told):
    return JsonResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            **told,
        },
        status=status,
        headers=headers,
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
