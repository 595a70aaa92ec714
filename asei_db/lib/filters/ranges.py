"""Ranges: one declaration, several parameters."""

from typing import Any

import django_filters
from django.utils.text import capfirst

from asei_db.lib.filters.parameters import ChoiceFilter, FloatFilter, IntegerFilter
from asei_db.lib.filters.paths import between

#: How the values of a quantity may meet a range.
MATCHES = {"overlap": "overlaps the range", "within": "lies surely within"}


class DeclaredRange:
    """Stands for several parameters of a `StrictFilterSet`."""

    def __init__(self, field_name=None, label=None, *, help_text=""):
        self.field_name = field_name
        self.label = label
        self.help_text = help_text
        # Keeps its place among the filters of the class body.
        self.creation_counter = django_filters.Filter.creation_counter
        django_filters.Filter.creation_counter += 1

    def expand(self, name):
        """The filters that this declaration stands for, by parameter."""
        self.name = name
        self.field_name = self.field_name or name
        self.label = self.label or capfirst(name.replace("_", " "))
        parts = self.parts()
        for parameter, part in parts.items():
            part.field_name = parameter
            part.creation_counter = self.creation_counter
        return parts

    def parts(self):
        """The filters by parameter, the last of which applies the whole range."""
        raise NotImplementedError

    def filter(self, queryset, data):
        """Rows within the bounds that the cleaned `data` holds."""
        low, high = data.get(f"{self.name}_min"), data.get(f"{self.name}_max")
        if low is None and high is None:
            return queryset
        within = data.get(f"{self.name}_match") == "within"
        found = between(queryset.model, self.field_name, low, high, within)
        return queryset.filter(found)


class _Part:
    """One parameter of a range; the last one applies the whole, so that both bounds
    meet in the same related row."""

    parent: Any  # the filter set, which django-filter sets

    def __init__(self, declared, *, last=False, **kwargs):
        self.declared = declared
        self.last = last
        super().__init__(**kwargs)

    def filter(self, queryset, value):
        if not self.last:
            return queryset
        return self.declared.filter(queryset, self.parent.form.cleaned_data)


class _FloatPart(_Part, FloatFilter):
    pass


class _IntegerPart(_Part, IntegerFilter):
    pass


class _MatchPart(_Part, ChoiceFilter):
    pass


class IntegerRangeFilter(DeclaredRange):
    """The parameters `<name>_min` and `<name>_max` of a whole number, ends included."""

    def parts(self):
        return {
            f"{self.name}_min": _IntegerPart(self, label=f"{self.label}, at least"),
            f"{self.name}_max": _IntegerPart(
                self, label=f"{self.label}, at most", last=True
            ),
        }


class QuantityRangeFilter(DeclaredRange):
    """The parameters `<name>_min`, `<name>_max` and `<name>_match` of a quantity.

    `thickness_nm = QuantityRangeFilter("thickness", "Thickness (nm)")`: the first
    argument names the bounds of the entries, see `literature.entries`.
    `overlap`, the default, finds values that may lie in the range, `within` those that
    surely do. `>99` begins just above 99. What is not reported is never found.
    `help_text` says what people should know of the values.
    """

    def parts(self):
        names = f"{self.name}_min and {self.name}_max"
        return {
            f"{self.name}_min": _FloatPart(self, label=f"{self.label}, at least"),
            f"{self.name}_max": _FloatPart(self, label=f"{self.label}, at most"),
            f"{self.name}_match": _MatchPart(
                self,
                label=f"{self.label}, match",
                choices=list(MATCHES.items()),
                help_text=(
                    f"How reported values meet {names}: “overlap” (the default) finds "
                    f"every value that may lie between them, “within” only those that "
                    f"surely do. What is not reported is never found. {self.help_text}"
                ).rstrip(),
                last=True,
            ),
        }
