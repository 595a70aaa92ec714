"""Model fields whose texts have one spelling, and texts without hidden signs."""

import unicodedata

from django.core.exceptions import ValidationError
from django.db import models

from asei_db.lib.fields import PlainInMigrations
from asei_db.lib.typed import hidden_sign, without_marks


class NormalizedField(PlainInMigrations, models.CharField):
    """A text in the one spelling that the function `normalize` gives it.

    It has that spelling once validated or saved, and is looked up by any. A form takes
    a text of any length, whose one spelling may be shorter.
    """

    plain = models.CharField

    def __init__(self, normalize, *args, **kwargs):
        self.normalize = normalize
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        return self.normalize(super().to_python(value) or "")

    def pre_save(self, model_instance, add):
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"max_length": None, **kwargs})


class NormalizedListField(PlainInMigrations, models.JSONField):
    """A list of texts, each in the one spelling that `normalize` gives it."""

    plain = models.JSONField

    def __init__(self, normalize, *args, **kwargs):
        self.normalize = normalize
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if not isinstance(value, list):
            return value
        return [self.normalize(x) if isinstance(x, str) else x for x in value]

    def pre_save(self, model_instance, add):
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


def drop_marks(instance, exclude=()):
    """Take signs of no width out of the editable texts of a model's instance."""
    for field in _text_fields(instance, exclude):
        value = getattr(instance, field.attname)
        if isinstance(value, str):
            value = without_marks(value)
        elif isinstance(value, list):
            value = [without_marks(x) if isinstance(x, str) else x for x in value]
        setattr(instance, field.attname, value)


def hidden_signs(instance, exclude=()):
    """By field, a ValidationError that names a hidden sign in its text."""
    errors = {}
    for field in _text_fields(instance, exclude):
        value = getattr(instance, field.attname)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and (sign := hidden_sign(text)):
                errors[field.name] = _error(sign, text)
    return errors


def _text_fields(instance, exclude):
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        field
        for field in instance._meta.concrete_fields
        if isinstance(field, kinds) and field.editable and field.name not in exclude
    ]


def _error(sign, text):
    before = text[: text.index(sign)]
    return ValidationError(
        "%(place)s stands a sign that cannot be seen, U+%(code)04X (%(name)s); "
        "delete it.",
        code="hidden",
        params={
            "place": f"Behind “{before[-20:]}”" if before else "At the beginning",
            "code": ord(sign),
            "name": unicodedata.name(sign, "a control character").lower(),
        },
    )
