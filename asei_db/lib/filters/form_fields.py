"""Form fields whose messages name the nearest valid value."""

import difflib

from django import forms
from django.core.exceptions import ValidationError

from asei_db.lib.search import validate_words

SHOWN = 50  # characters of a refused text that a message repeats
_FEW = 12  # as many choices are listed when none is near


class SearchField(forms.CharField):
    default_validators = [validate_words]


class FloatField(forms.FloatField):
    default_error_messages = {"invalid": "Enter a number such as 120 or 1e-8."}

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace("−", "-")
            if "_" in value:  # which Python reads over
                raise forms.ValidationError(
                    self.error_messages["invalid"], code="invalid"
                )
        return super().to_python(value)


class IntegerField(forms.IntegerField):
    def __init__(self, **kwargs):
        # What both databases can hold.
        super().__init__(min_value=-(2**63), max_value=2**63 - 1, **kwargs)

    def to_python(self, value):
        if isinstance(value, str) and "_" in value:  # which Python reads over
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class YesNoField(forms.ChoiceField):
    def __init__(self, **kwargs):
        choices = [("", "any"), ("true", "yes"), ("false", "no")]
        super().__init__(choices=choices, **kwargs)

    def clean(self, value):
        return {"true": True, "false": False}.get(super().clean(value))


class ChoicesField(forms.MultipleChoiceField):
    def validate(self, value):
        unknown = [item for item in value if not self.valid_value(item)]
        if unknown:
            raise _unknown_values(unknown, [str(key) for key, _ in self.choices])


class ObjectsField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        key = self.to_field_name
        found = list(self.queryset.filter(**{f"{key}__in": value})) if value else []
        known = {str(getattr(item, key)) for item in found}
        if unknown := [item for item in value or [] if item not in known]:
            valid = self.queryset.order_by().values_list(key, flat=True)
            raise _unknown_values(unknown, sorted(str(item) for item in valid))
        return found


class OrderByField(forms.ChoiceField):
    def validate(self, value):
        valid = [key for key, _ in self.choices if key]
        names = value.split(",") if value else []
        if unknown := [name for name in names if name not in valid]:
            raise _unknown_values(unknown, valid)
        if len({name.lstrip("-") for name in names}) < len(names):
            raise ValidationError("The same order is given twice.")


def _unknown_values(unknown, valid):
    return ValidationError(
        [f"Unknown “{short(value)}”. {suggestion(value, valid)}" for value in unknown]
    )


def suggestion(text, valid):
    """A sentence that names the valid text nearest to `text`, or the few there are."""
    folded = {name.lower(): name for name in valid}
    near = difflib.get_close_matches(short(text).lower(), folded, 1)
    if near:
        return f"Did you mean “{folded[near[0]]}”?"
    if len(valid) <= _FEW:
        return f"Valid: {', '.join(valid)}."
    return "Nothing valid is near it."


def short(text):
    """`text`, cut where it is too long for a message."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
