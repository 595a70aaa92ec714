"""Errors as `application/problem+json` (RFC 9457)."""

from http import HTTPStatus

from django.http import JsonResponse
from rest_framework.exceptions import ValidationError
from rest_framework.views import exception_handler

CONTENT_TYPE = "application/problem+json"


def problem_response(exception, context):
    """The answer to a request that failed; None for what is a fault of ours.

    A refused parameter stands in `errors` by name, and in `detail` for people.
    """
    response = exception_handler(exception, context)
    if response is None:
        return None
    problem = {
        "type": "about:blank",
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
    }
    if isinstance(exception, ValidationError):
        errors = exception.detail
        problem["detail"] = " ".join(
            f"{name}: {message}"
            for name, messages in errors.items()
            for message in messages
        )
        problem["errors"] = errors
    else:
        problem["detail"] = response.data["detail"]
    return JsonResponse(
        problem,
        status=response.status_code,
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
