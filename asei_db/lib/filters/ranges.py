"""Ranges: one declaration, several parameters."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.text import capfirst

from asei_db.lib.filters.parameters import ChoiceFilter, FloatFilter, IntegerFilter
from asei_db.lib.filters.paths import narrowing, quantity_columns

#: How the values of a quantity may meet a range.
MATCHES = {"overlap": "overlaps the range", "within": "lies surely within"}


class DeclaredRange:
    """Stands for several parameters of a `StrictFilterSet`."""

    def __init__(
        self, field_name=None, label=None, *, where=None, also=(), help_text=""
    ):
        self.field_name = field_name
        self.label = label
        self.where = where or Q()
        self.also = also
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

    def condition(self, model, path, low, high, within):
        """A `Q` on rows of `model` whose value at `path` meets the bounds."""
        raise NotImplementedError

    def filter(self, queryset, data):
        """Rows within the bounds that the cleaned `data` holds."""
        low, high = data.get(f"{self.name}_min"), data.get(f"{self.name}_max")
        if low is None and high is None:
            return queryset
        within = data.get(f"{self.name}_match") == "within"
        if hasattr(queryset.model, "between"):
            name = self.field_name
            return queryset.filter(queryset.model.between(name, low, high, within))
        found = Q()
        for path, where in [(self.field_name, self.where), *self.also]:
            condition = self.condition(queryset.model, path, low, high, within)
            found |= narrowing(queryset.model, path, condition & where)
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
    """The parameters `<name>_min` and `<name>_max` of a whole number, ends included.

    `where` is a further `Q` on the same row.
    """

    def parts(self):
        return {
            f"{self.name}_min": _IntegerPart(self, label=f"{self.label}, at least"),
            f"{self.name}_max": _IntegerPart(
                self, label=f"{self.label}, at most", last=True
            ),
        }

    def condition(self, model, path, low, high, within):
        bounds = {"gte": low, "lte": high}
        # Beyond what its column holds, a bound is no condition at all on PostgreSQL.
        return Q(**{f"{path}__isnull": False}) & Q(
            **{
                f"{path}__{lookup}": bound
                for lookup, bound in bounds.items()
                if bound is not None
            }
        )


class QuantityRangeFilter(DeclaredRange):
    """The parameters `<name>_min`, `<name>_max` and `<name>_match` of a quantity.

    `thickness_nm = QuantityRangeFilter("thickness", "Thickness (nm)")`: the first
    argument is the path of a `QuantityField` (`process__growth_per_cycle`), `where`
    a further `Q` on the same row; `also` are more such pairs, of which one is enough.
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

    def condition(self, model, path, low, high, within):
        _, minimum, maximum, qualifier = quantity_columns(model, path)
        condition = Q()
        if low is not None:
            condition &= (
                Q(**{f"{minimum}__gte": low})
                if within
                else (
                    Q(**{f"{maximum}__gt": low})
                    | Q(**{maximum: low, f"{qualifier}__in": ["=", "~", "≤"]})
                    | Q(**{f"{qualifier}__in": [">", "≥"]})
                )
            )
        if high is not None:
            condition &= (
                Q(**{f"{maximum}__lte": high})
                if within
                else (
                    Q(**{f"{minimum}__lt": high})
                    | Q(**{minimum: high, f"{qualifier}__in": ["=", "~", "≥"]})
                    | Q(**{f"{qualifier}__in": ["<", "≤"]})
                )
            )
        return condition
