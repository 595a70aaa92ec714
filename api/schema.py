"""What the OpenAPI schema says beyond what views and serializers say themselves.

`examples.json` has a request for each operation and for each kind of problem, with what
the API answers on the curated literature; a test asks anew.
"""

import json
import re
from pathlib import Path

import django_filters
from drf_spectacular.extensions import OpenApiFilterExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_parameter_type
from rest_framework.viewsets import GenericViewSet

from api.problems import CONTENT_TYPE
from asei_db.lib.filters import FloatFilter, IntegerFilter, OrderByFilter, YesNoFilter

EXAMPLES = Path(__file__).with_name("examples.json")
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
                        "type": ["string", "null"],
                        "description": "The parameter; null for the whole request.",
                    },
                    "code": {"type": "string", "description": "For programs."},
                    "message": {"type": "string", "description": "For people."},
                    "suggestion": {
                        "type": ["string", "null"],
                        "description": "The nearest valid name, value or address.",
                    },
                    "valid": {
                        "type": ["array", "null"],
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


_PROBLEMS = {
    "400": ("BadRequest", "A parameter is unknown or its value is no good."),
    "404": ("NotFound", "There is no such item or page."),
    "405": ("MethodNotAllowed", "The API only reads: GET, HEAD and OPTIONS."),
    "429": ("TooManyRequests", "Ask again after the seconds that Retry-After says."),
    "500": ("ServerError", "The fault is the server's, and it has been noted."),
    "503": ("Overloaded", "It took too long; ask less, or again after Retry-After."),
}
_FORMATS = {
    "json": "`json` (by default)",
    "csv": "`csv` (all of the selection as one table, see above)",
    "xlsx": "`xlsx` (the same as an Excel workbook, at most 20000 rows)",
    "ndjson": "`ndjson` (the same with an item of the JSON in each line)",
    "bib": "`bib`, `ris` and `csl-json` (the studies behind all of the selection)",
}
_SIGNS = {
    "=": "EQUAL",
    "~": "ABOUT",
    "<": "LESS",
    "≤": "LESS_OR_EQUAL",
    ">": "GREATER",
    "≥": "GREATER_OR_EQUAL",
}


class Schema(AutoSchema):
    """Sums up each operation in a line."""

    def get_summary(self):
        view = self.view
        if isinstance(view, GenericViewSet):
            name = view.basename if view.detail else self.get_tags()[0]
            return f"{'One' if view.detail else 'All'} {name.replace('-', ' ')}"
        return re.split(r"[.:]\s", self.get_description() + " ")[0]


class QuestionSchema(Schema):
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
    """Let every operation answer whatever can go wrong with a `Problem`."""
    components = result["components"]
    components["schemas"]["Problem"] = _PROBLEM
    components["responses"] = {}
    for status, (name, description) in _PROBLEMS.items():
        content = {"schema": {"$ref": "#/components/schemas/Problem"}}
        components["responses"][name] = {
            "description": description,
            "content": {CONTENT_TYPE: content | _example(status)},
        }
    for operation in _operations(result):
        operation["responses"] |= {
            status: {"$ref": f"#/components/responses/{name}"}
            for status, (name, _) in _PROBLEMS.items()
        }
    return result


def add_files(result, **_):
    """Say that tables and citations are files of their own kind, and how to ask."""
    for operation in _operations(result):
        content = operation["responses"]["200"]["content"]
        for media_type, described in content.items():
            if media_type.endswith("csl+json"):
                items = {"type": "object", "additionalProperties": True}
                described["schema"] = {"type": "array", "items": items}
            elif media_type != "application/json":
                described["schema"] = {"type": "string"}
        for parameter in operation["parameters"]:
            if parameter["name"] == "format":
                valid = [
                    name for name in _FORMATS if name in parameter["schema"]["enum"]
                ]
                words = ", ".join(_FORMATS[name] for name in valid)
                parameter["schema"]["default"] = "json"
                parameter["description"] = f"Of the answer: {words}."
                if "xlsx" in valid:
                    parameter["description"] += (
                        " With `csv` and `xlsx`, `columns=slug,thickness` chooses "
                        "columns, by their names or what these begin with."
                    )
    return result


def add_examples(result, **_):
    """Give each operation an answer that the API really gives."""
    for operation in _operations(result):
        content = operation["responses"]["200"]["content"]
        content["application/json"] |= _example(operation["operationId"])
    return result


def add_tags(result, **_):
    """Describe each tag by what its first operation does."""
    described = {}
    for operation in _operations(result):
        text = operation["description"].partition("\n\n")[0].replace("\n", " ")
        described.setdefault(operation["tags"][0], text)
    result["tags"] = [
        {"name": name, "description": text} for name, text in described.items()
    ]
    return result


def name_enum_members(result, **_):
    """Name each word of a fixed list as a generated client can name a constant.

    `null` is no word, but a type of its own.
    """
    result["components"]["schemas"].pop("NullEnum")
    for schema in list(_schemas(result)):
        if isinstance(schema.get("enum"), list):
            schema["x-enum-varnames"] = [_constant(word) for word in schema["enum"]]
        elif schema.get("$ref") == "#/components/schemas/NullEnum":
            schema.clear()
            schema["type"] = "null"
    return result


def read_examples():
    """By operation or status: the request, as a path with a query, and its answer."""
    return json.loads(EXAMPLES.read_text("utf-8"))


def _example(name):
    example = read_examples().get(name)
    if example is None:
        return {}
    summary = f"GET {example['request']}"
    return {"examples": {"answer": {"summary": summary, "value": example["answer"]}}}


def _operations(result):
    return (
        operation for path in result["paths"].values() for operation in path.values()
    )


def _schemas(node):
    """Every object of the description that is no part of an example."""
    if isinstance(node, dict):
        yield node
        for name, inner in node.items():
            if name != "examples":
                yield from _schemas(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _schemas(inner)


def _constant(word):
    if word in _SIGNS:
        return _SIGNS[word]
    name = re.sub(r"\W+", "_", word.removeprefix("-")).upper()
    return f"{name}_DESCENDING" if word.startswith("-") else name
