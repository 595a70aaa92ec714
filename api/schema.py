"""What the OpenAPI schema says beyond what views and serializers say themselves."""

import django_filters
from drf_spectacular.extensions import OpenApiFilterExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_parameter_type

from api.problems import CONTENT_TYPE
from asei_db.lib.filters import FloatFilter, IntegerFilter, OrderByFilter, YesNoFilter
from literature.citations import FORMATS

_TYPES = {FloatFilter: "number", IntegerFilter: "integer", YesNoFilter: "boolean"}

_PROBLEM = {
    "type": "object",
    "description": "Why a request was refused (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "The reason, for people."},
        "request_id": {
            "type": "string",
            "description": "As in the header X-Request-ID, for reports.",
        },
        "errors": {
            "type": "array",
            "description": "Each thing that is wrong.",
            "items": {
                "type": "object",
                "properties": {
                    "param": {
                        "type": "string",
                        "nullable": True,
                        "description": "The parameter; null for the whole request.",
                    },
                    "code": {"type": "string", "description": "For programs."},
                    "message": {"type": "string", "description": "For people."},
                    "suggestion": {
                        "type": "string",
                        "nullable": True,
                        "description": "The nearest valid name, value or address.",
                    },
                    "valid": {
                        "type": "array",
                        "nullable": True,
                        "items": {"type": "string"},
                        "description": "All valid ones, where they are a closed list.",
                    },
                },
                "required": ["param", "code", "message", "suggestion", "valid"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "request_id", "errors"],
}


class QuestionSchema(AutoSchema):
    """Describes a view that takes a filter set's parameters, but answers no list."""

    def get_filter_backends(self):
        return self.view.filter_backends


class StrictFilterExtension(OpenApiFilterExtension):
    """Describes the parameters of a filter set."""

    target_class = "api.filters.StrictFilterBackend"
    priority = 1  # before the one for the backend that ours extends

    def get_schema_operation_parameters(self, auto_schema, *args, **kwargs):
        filterset = self.target.get_filterset_class(auto_schema.view)
        return [
            self._parameter(name, declared)
            for name, declared in filterset.base_filters.items()
        ]

    def _parameter(self, name, declared):
        types = (word for kind, word in _TYPES.items() if isinstance(declared, kind))
        schema = {"type": next(types, "string")}
        help_text = declared.extra.get("help_text")
        description = f"{declared.label}. {help_text}" if help_text else declared.label
        if choices := declared.extra.get("choices"):
            schema["enum"] = [value for value, _ in choices]
            words = "\n".join(f"* `{value}`: {label}" for value, label in choices)
            description = f"{description}\n\n{words}"
        style = {}
        ordered = isinstance(declared, OrderByFilter)
        if ordered or isinstance(declared, django_filters.MultipleChoiceFilter):
            schema = {"type": "array", "items": schema}
            # A list that is repeated, or (the order) one that is joined with commas.
            style = {"style": "form", "explode": not ordered}
        return build_parameter_type(
            name=name,
            location="query",
            required=declared.extra["required"],
            schema=schema,
            description=description,
            **style,
        )


def add_problems(result, **_):
    """Let every operation answer 400 and 404 with a `Problem`."""
    result["components"]["schemas"]["Problem"] = _PROBLEM
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"] |= {
                "400": {
                    "description": "A parameter is unknown or its value is no good.",
                    "content": content,
                },
                "404": {"description": "There is no such item.", "content": content},
            }
    return result


def add_files(result, **_):
    """Say that tables and citations are files of their own kind, and how to ask."""
    types = {"text/csv", *(chosen.media_type for chosen in FORMATS)}
    for path in result["paths"].values():
        for operation in path.values():
            content = operation["responses"].get("200", {}).get("content", {})
            for media_type in types & content.keys():
                content[media_type] = {"schema": {"type": "string"}}
            for parameter in operation.get("parameters", []):
                if parameter["name"] == "format" and types & content.keys():
                    parameter["description"] = (
                        "`csv` gives the selection as one table; `bib`, `ris` and "
                        "`csl-json`, where they stand, the studies behind it."
                    )
    return result
