"""The documents of all resources: each item as its serializer gives it."""

from functools import cache
from json.encoder import encode_basestring

from django.db.models import Model
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import (
    CharField,
    ChoiceField,
    ListSerializer,
    SlugField,
)

from api.serializers.fields import LabelField, ReadOnly, getter
from asei_db.lib.quantities import Quantity
from literature.documents import SiteAddress, documented


def keep_documents(views):
    """Keep the documents of the resources that some views serve."""
    for view in views:
        documented(view.queryset, _serialize_by(view), view.lookup_field)


def _serialize_by(view):
    writer = None

    def serialize(rows):
        nonlocal writer
        if writer is None:
            context = {"request": SiteAddress, "view": None}
            writer = Writer(view.serializer_class(context=context))
        return writer.documents(rows)

    return serialize


class Writer:
    """Writes what a serializer gives as JSON, as the API's renderer would.

    What nested serializers give of an object, or of an equal quantity, is written once
    for many rows.
    """

    def __init__(self, serializer):
        self._written = []  # what each nested serializer wrote, by what it is of
        self._write = self._writer(serializer)

    def documents(self, rows):
        """The JSON of each row, in bytes."""
        items = [self._write(row) for row in rows]
        for written in self._written:
            written.clear()
        return [_escaped(item).encode() for item in items]

    def _writer(self, serializer):
        """A function of an object that gives its JSON."""
        steps = [
            (f"{encode_basestring(name)}:", getter(field), self._field(field))
            for name, field in serializer.fields.items()
        ]

        def write(instance):
            parts = []
            for name, get, give in steps:
                value = get(instance)
                parts.append(f"{name}null" if value is None else name + give(value))
            return f"{{{','.join(parts)}}}"

        return write

    def _field(self, field):
        if isinstance(field, ListSerializer):
            one = self._nested(field.child)
            return lambda rows: f"[{','.join(map(one, _all(rows)))}]"
        if isinstance(field, ReadOnly):
            return self._nested(field)
        represent = field.to_representation
        if isinstance(field, ChoiceField | LabelField):  # one of a few words
            return cache(lambda value: _json(represent(value)))
        if type(field) in (CharField, SlugField):
            return lambda value: encode_basestring(represent(value))
        return lambda value: _json(represent(value))

    def _nested(self, serializer):
        if type(serializer).to_representation is not ReadOnly.to_representation:
            return lambda value: _json(serializer.to_representation(value))
        write, written = self._writer(serializer), {}
        identity = getattr(serializer, "identity", _identity)
        self._written.append(written)

        def nested(value):
            key = identity(value)
            if key is None:
                return write(value)
            if key not in written:
                # The value itself as well, so that its identity is no other's.
                written[key] = write(value), value
            return written[key][0]

        return nested


def _all(rows):
    return rows.all() if hasattr(rows, "all") else rows


def _identity(value):
    """What tells a nested object from others; None for what has none of its own."""
    if isinstance(value, Quantity | Model):
        return id(value)
    if isinstance(value, dict):
        return tuple(
            id(one) if isinstance(one, Model) else one for one in value.values()
        )
    return None


_renderer = JSONRenderer()


def _json(value):
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if type(value) is float or type(value) is int:
        return repr(value)
    return _renderer.render(value).decode()


def _escaped(text):
    """As the renderer has it: no line separators, which scripts cannot take."""
    return text.replace("\N{LINE SEPARATOR}", "\\u2028").replace(
        "\N{PARAGRAPH SEPARATOR}", "\\u2029"
    )
