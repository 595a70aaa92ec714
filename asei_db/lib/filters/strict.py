"""The filter set for which a wrong query is an error."""

import django_filters
from django import forms
from django.db.models import Count
from django.http import QueryDict
from django_filters.filterset import FilterSetMetaclass

from asei_db.lib.filters.form_fields import SHOWN, short, suggestion
from asei_db.lib.filters.parameters import ChoicesFilter
from asei_db.lib.filters.ranges import DeclaredRange

MAX_VALUE_LENGTH = 200  # characters of one value
MAX_VALUES = 100  # values of one parameter
MAX_CONJOINED = 20  # values that a row must have together


class _RangesMetaclass(FilterSetMetaclass):
    def __new__(cls, name, bases, attrs):
        ranges = {}
        for base in reversed(bases):
            ranges |= getattr(base, "declared_ranges", {})
        for key, declared in list(attrs.items()):
            if isinstance(declared, DeclaredRange):
                del attrs[key]
                attrs |= declared.expand(key)
                ranges[key] = declared
        attrs["declared_ranges"] = ranges
        return super().__new__(cls, name, bases, attrs)


class _StrictForm(forms.Form):
    filterset = None

    def clean(self):
        for name, messages in self.filterset.refused.items():
            self._errors[name] = self.error_class(messages)
        for name in self.filterset.declared_ranges:
            low, high = (
                self.cleaned_data.get(f"{name}_{end}") for end in ("min", "max")
            )
            if low is not None and high is not None and low > high:
                self.add_error(
                    f"{name}_min", f"{name}_min is above {name}_max; nothing can match."
                )
        return self.cleaned_data


class StrictFilterSet(django_filters.FilterSet, metaclass=_RangesMetaclass):
    """A filter set for which a wrong query is an error, told by parameter.

    Errors: an unknown parameter (naming the nearest valid one), a single-valued one
    given twice, NUL, more than 200 characters or 100 values (20 where a row must have
    all of them), numbers that are none, a minimum above its maximum. They stand in
    `errors` under the parameter's name. A choice is named by its value or its label,
    in any case; the form holds the value.
    `other_parameters` are those that the view reads itself.
    """

    other_parameters = ("page",)

    def __init__(
        self,
        data=None,
        queryset=None,
        *,
        request=None,
        prefix=None,
        other_parameters=None,
    ):
        if other_parameters is not None:
            self.other_parameters = tuple(other_parameters)
        self.refused = {}
        if data is not None:
            data = self._accepted(data)
        super().__init__(data, queryset, request=request, prefix=prefix)

    @property
    def form(self):
        """The form of all parameters, with the refused ones among its errors."""
        if not hasattr(self, "_form"):
            super().form.filterset = self
        return self._form

    def get_form_class(self):
        fields = {name: filter_.field for name, filter_ in self.filters.items()}
        return type(f"{type(self).__name__}Form", (_StrictForm,), fields)

    def has_facet(self, name):
        """Whether the rows of each value of a filter can be counted."""
        own = self.filters.get(name)
        return isinstance(own, ChoicesFilter) and not own.method

    def facet(self, name):
        """How many rows each value of a `ChoicesFilter` would find by itself.

        All other filters are kept; values that find nothing are left out. None while
        there are errors. One query.
        """
        if self.errors:
            return None
        rows = self.queryset.all()
        for other, value in self.form.cleaned_data.items():
            if other not in (name, "order_by"):
                rows = self.filters[other].filter(rows, value)
        own = self.filters[name]
        # The values are taken from the related rows that the condition is about.
        counts = rows.filter(own.where).order_by().values_list(own.field_name)
        return dict(counts.annotate(Count("pk", distinct=True)))

    def _accepted(self, data):
        """The data without what is refused, lists of values taken apart."""
        accepted = QueryDict(mutable=True)
        for name in data:
            values = data.getlist(name) if hasattr(data, "getlist") else data[name]
            values = values if isinstance(values, list | tuple) else [values]
            values = ["" if value is None else str(value) for value in values]
            many = isinstance(
                self.base_filters.get(name), django_filters.MultipleChoiceFilter
            )
            if many:
                parts = [part.strip() for value in values for part in value.split(",")]
                values = [part for part in parts if part]
            words = self._words(name)
            values = [words.get(value.casefold(), value) for value in values]
            if many:
                values = list(dict.fromkeys(values))
            if message := self._refusal(name, values, many):
                self.refused[name[:SHOWN]] = [message]
            else:
                accepted.setlist(name, values)
        return accepted

    def _words(self, name):
        """The values of a choice by themselves and by their labels, in lower case."""
        filter_ = self.base_filters.get(name)
        choices = filter_.extra.get("choices", ()) if filter_ else ()
        return {label.casefold(): value for value, label in choices} | {
            value.casefold(): value for value, _ in choices
        }

    def _most_values(self, name):
        filter_ = self.base_filters.get(name)
        return MAX_CONJOINED if getattr(filter_, "conjoined", False) else MAX_VALUES

    def _refusal(self, name, values, many):
        if name not in self.base_filters and name not in self.other_parameters:
            valid = [*self.base_filters, *self.other_parameters]
            return f"Unknown parameter “{short(name)}”. {suggestion(name, valid)}"
        most = self._most_values(name) if many else 1
        if len(values) > most:
            limit = f"at most {most} values" if many else "one value"
            return f"“{name}” takes {limit}, {len(values)} were given."
        if any("\0" in value for value in values):
            return f"“{name}” holds a NUL character."
        if any(len(value) > MAX_VALUE_LENGTH for value in values):
            return f"“{name}” is longer than {MAX_VALUE_LENGTH} characters."
        return None
