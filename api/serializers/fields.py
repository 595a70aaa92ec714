"""Fields that several serializers share."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class ReadOnly:
    """Mixin for serializers: the API only reads, and gives every field always."""

    def get_extra_kwargs(self):
        # Without the help texts, which are for who enters data.
        return {
            name: {"read_only": True, "help_text": None} for name in self.Meta.fields
        }

    def get_fields(self):
        fields = super().get_fields()
        for field in fields.values():
            # Required as well, so that a missing attribute is an error and not a gap.
            field.read_only = field.required = True
        return fields


class APIURLField(serializers.HyperlinkedIdentityField):
    """Absolute URL of the item in the API, whatever format the answer has."""

    def __init__(self, basename, lookup_field="slug"):
        super().__init__(
            view_name=f"api:{basename}-detail",
            lookup_field=lookup_field,
            lookup_url_kwarg="slug",
        )

    def get_url(self, obj, view_name, request, format):
        path = reverse(view_name, args=[getattr(obj, self.lookup_field)])
        return request.build_absolute_uri(path)


class PageURLField(serializers.URLField):
    """Absolute URL of the item's page for people; `null` where the path is empty."""

    def __init__(self, source="get_absolute_url", **kwargs):
        super().__init__(source=source, **kwargs)

    def to_representation(self, path):
        return self.context["request"].build_absolute_uri(path) if path else None


class IdentifierField(serializers.CharField):
    """An identifier; `null` where it is not known."""

    def __init__(self, **kwargs):
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value):
        return super().to_representation(value) or None


class WordField(serializers.ChoiceField):
    """A word of a fixed list; `null` where it is not known."""

    def __init__(self, choices, **kwargs):
        super().__init__(choices, allow_null=True, **kwargs)

    def to_representation(self, value):
        return super().to_representation(value) or None


@extend_schema_field(str)
class ReferencesField(serializers.SlugRelatedField):
    """One word for each of several records; made with `many=True`."""


class TextListField(serializers.ListField):
    """Texts in order."""

    child = serializers.CharField()


class NotesField(TextListField):
    """Public notes, one string each."""

    def __init__(self):
        super().__init__(source="note_list")


class DisputedField(serializers.BooleanField):
    """Whether a value is disputed; a draft's word on a shared record is not told."""

    def __init__(self):
        super().__init__(source="*")

    def to_representation(self, value):
        return value.stated is not None and value.disputed
