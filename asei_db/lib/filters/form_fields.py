"""Form fields that read a parameter one way, and name the nearest valid value."""

import difflib
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from asei_db.lib.deriving import flush
from asei_db.lib.search import validate_words
from asei_db.lib.typed import plain_dashes

SHOWN = 50  # characters of a refused text that a message repeats
_FEW = 12  # as many choices are listed in a sentence
_SEARCHED = 500  # as many keys are compared with a wrong value
_SUGGESTED = 5  # as many wrong values of one parameter get a suggestion

# Digits are ASCII, as in every answer. Python itself reads `1_000`, `１０`, `nan` too.
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.I)
_WHOLE = re.compile(r"[+-]?[0-9]{1,40}")
BIGGEST = 2**63 - 1  # what both databases can hold


class RefusedError(ValidationError):
    """Why a value is refused.

    `suggestion` is the nearest valid text or None, `valid` the list of all valid texts
    or None where it is too long to be listed.
    """

    def __init__(self, message, code="invalid", suggestion=None, valid=None):
        super().__init__(message, code)
        self.suggestion = suggestion
        self.valid = valid


class SearchField(forms.CharField):
    default_validators = [validate_words]


class FloatField(forms.FloatField):
    default_error_messages = {"invalid": "Enter a number such as 120 or 1e-8."}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        text = plain_dashes(str(value).strip())
        if not _NUMBER.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return float(text)


class IntegerField(forms.IntegerField):
    default_error_messages = {"invalid": "Enter a whole number such as 120."}

    def __init__(self, *, min_value=-BIGGEST - 1, max_value=BIGGEST, **kwargs):
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        text = plain_dashes(str(value).strip())
        if not _WHOLE.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text)


class ExactField(forms.CharField):
    """A text in its one spelling, which `normalize` gives it."""

    def __init__(self, *, normalize, **kwargs):
        self.normalize = normalize
        super().__init__(**kwargs)

    def to_python(self, value):
        typed = super().to_python(value)
        # What nothing is left of is not empty: the validators refuse it.
        return self.normalize(typed) or typed


def _keys(field):
    return [str(key) for key, _ in field.choices if key]


class ChoiceField(forms.ChoiceField):
    """Refuses what is none of its choices."""

    def validate(self, value):
        if value and not self.valid_value(value):
            raise _unknown([value], _keys(self))


class YesNoField(ChoiceField):
    def __init__(self, **kwargs):
        choices = [("", "any"), ("true", "yes"), ("false", "no")]
        super().__init__(choices=choices, **kwargs)

    def clean(self, value):
        return {"true": True, "false": False}.get(super().clean(value))


class ChoicesField(forms.MultipleChoiceField):
    def validate(self, value):
        unknown = [item for item in value if not self.valid_value(item)]
        if unknown:
            raise _unknown(unknown, _keys(self))


class ObjectsField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        flush()  # which objects are public is derived
        key: str = self.to_field_name or "pk"
        objects: Any = self.queryset
        found = list(objects.filter(**{f"{key}__in": value})) if value else []
        known = {str(getattr(item, key)) for item in found}
        if unknown := [item for item in value or [] if item not in known]:
            near = keys_near(objects, key, unknown[:_SUGGESTED])
            raise _unknown(unknown, near, closed=False)
        return found


class OrderByField(forms.ChoiceField):
    def validate(self, value):
        valid = _keys(self)
        names = value.split(",") if value else []
        if unknown := [name for name in names if name not in valid]:
            raise _unknown(unknown, valid)
        if len({name.lstrip("-") for name in names}) < len(names):
            raise RefusedError("The same order is given twice.", "repeated")


def _unknown(values, valid, closed=True):
    """One `RefusedError` for each unknown value; of a closed list, it names all."""
    refusals = []
    for number, value in enumerate(values):
        near = nearest(value, valid) if number < _SUGGESTED else None
        listed = valid if closed or len(valid) <= _FEW else None
        hint = guidance(near, listed, always=closed and not near)
        message = f"Unknown “{short(value)}”. {hint}"
        refusals.append(RefusedError(message, "unknown_value", near, listed))
    return ValidationError(refusals)


def keys_near(objects, key, texts):
    """The keys among which the nearest to some texts are looked for, sorted.

    All that the queryset has or, of more than 500, those that sort beside the texts.
    """
    keys = objects.order_by().values_list(key, flat=True)
    found = set(keys[: _SEARCHED + 1])
    if len(found) > _SEARCHED:
        found = set()
        for text in texts:
            text, side = text[:SHOWN].lower(), _SEARCHED // 2
            found.update(keys.filter(**{f"{key}__gte": text}).order_by(key)[:side])
            below = keys.filter(**{f"{key}__lt": text}).order_by(f"-{key}")
            found.update(below[:side])
    return sorted(map(str, found))


def nearest(text, valid):
    """The valid text nearest to `text`, None if none is near."""
    folded = {name.lower(): name for name in valid}
    near = difflib.get_close_matches(short(text).lower(), folded, 1)
    return folded[near[0]] if near else None


def guidance(near, valid, always=False):
    """Sentences with the nearest valid text, and all if they are few, or `always`."""
    sentences = [f"Did you mean “{near}”?"] if near else []
    if valid and (always or len(valid) <= _FEW):
        sentences.append(f"Valid: {', '.join(valid)}.")
    return " ".join(sentences) or "Nothing valid is near it."


def short(text):
    """`text`, cut where it is too long for a message."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
