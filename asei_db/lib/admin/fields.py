"""Fields and widgets of the admin's forms."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError


class _KeysMixin:
    """Draws no choice for a key that no row can have; the field refuses it."""

    def optgroups(self, name, value, attr=None):
        key = self.choices.queryset.model._meta.pk
        return super().optgroups(name, [v for v in value if _is_key(v, key)], attr)


def _is_key(value, key):
    try:
        key.run_validators(key.to_python(value))
    except ValidationError:
        return False
    return True


class RecordSelect(_KeysMixin, AutocompleteSelect):
    """One record, found by typing."""


class RecordSelectMultiple(_KeysMixin, AutocompleteSelectMultiple):
    """Several records, found by typing."""

    def value_from_datadict(self, data, files, name):
        key = self.choices.queryset.model._meta.pk
        values = super().value_from_datadict(data, files, name)
        # The field refuses words, but SQLite chokes on a number that is too large.
        return [v if _is_key(v, key) else f"{v}, which is no key" for v in values]


class LinesField(forms.CharField):
    """A list of texts, typed one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        return _lines(super().clean(value))

    def has_changed(self, initial, data):
        return _lines(data or "") != (initial or [])


def _lines(text):
    return [line for line in map(str.strip, text.splitlines()) if line]
