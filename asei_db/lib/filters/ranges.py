"""Ranges: one declaration, several parameters."""

from math import ceil, floor, inf, nextafter
from typing import Any

import django_filters
from django.utils.text import capfirst

from asei_db.lib.filters.form_fields import BIGGEST, RefusedError
from asei_db.lib.filters.parameters import ChoiceFilter, FloatFilter, IntegerFilter
from asei_db.lib.filters.paths import between
from asei_db.lib.quantities import UNITS, Quantity, QuantityError, parse

#: How the values of a quantity may meet a range.
MATCHES = {"overlap": "overlaps the range", "within": "lies surely within"}


class DeclaredRange:
    """Stands for several parameters of a `StrictFilterSet`.

    `<name>` takes a range as people type it, `<name>_min` and `<name>_max` its ends.
    `unit` is a symbol of `UNITS`; None where the filter set says it, by `unit_of()`.
    `title` is the label without the unit.
    """

    unit: str | None = ""
    example = "5–20, <10 or ≥3"

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
        self.title = self.label or capfirst(name.replace("_", " "))
        shown = UNITS[self.unit].symbol if self.unit else ""
        self.label = f"{self.title} ({shown})" if shown else self.title
        parts = self.parts()
        self.parameters = tuple(parts)
        for parameter, part in parts.items():
            part.field_name = parameter
            part.creation_counter = self.creation_counter
        return parts

    def parts(self):
        """The filters by parameter, the last of which applies the whole range."""
        raise NotImplementedError

    def read(self, text, unit):
        """The `Quantity` that somebody typed; `RefusedError` if it is none."""
        try:
            return parse(text, unit)
        except QuantityError as error:
            raise RefusedError(str(error)) from None

    def filter(self, queryset, data):
        """Rows within the bounds that the cleaned `data` holds."""
        low, high = self.asked(data)
        if low is None and high is None:
            return queryset
        within = data.get(f"{self.name}_match") == "within"
        found = between(queryset.model, self.field_name, low, high, within)
        return queryset.filter(found)

    def asked(self, data):
        """The closed ends that the cleaned `data` asks for, None for an open one."""
        if typed := data.get(self.name):
            return self.bounds(typed)
        return data.get(f"{self.name}_min"), data.get(f"{self.name}_max")

    def bounds(self, quantity):
        """The closed ends of a quantity, None where it is open: `<10` ends below 10."""
        low, high = quantity.minimum, quantity.maximum
        return (
            nextafter(low, inf) if quantity.qualifier == ">" else low,
            nextafter(high, -inf) if quantity.qualifier == "<" else high,
        )

    @staticmethod
    def joined(low, high, unit):
        """The `Quantity` between two ends, either of which may be None."""
        sign = "≥" if high is None else "≤" if low is None else "="
        return Quantity(low, high, sign, unit=unit or "")


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


class _TextPart(_Part, django_filters.CharFilter):
    pass


class _FloatPart(_Part, FloatFilter):
    pass


class _IntegerPart(_Part, IntegerFilter):
    pass


class _MatchPart(_Part, ChoiceFilter):
    pass


class IntegerRangeFilter(DeclaredRange):
    """A whole number: `year=2019–2023`, or `year_min` and `year_max`, ends included."""

    example = "2019–2023 or >2020"

    def parts(self):
        return {
            self.name: _TextPart(
                self,
                label=self.label,
                help_text=(
                    "As it is written: 2020, 2019–2023, >2020, ≤2015. Instead of "
                    f"{self.name}_min and {self.name}_max."
                ),
            ),
            f"{self.name}_min": _IntegerPart(self, label=f"{self.label}, at least"),
            f"{self.name}_max": _IntegerPart(
                self, label=f"{self.label}, at most", last=True
            ),
        }

    def read(self, text, unit):
        quantity = super().read(text, unit)
        if any(end != int(end) or abs(end) > BIGGEST for end in quantity.ends):
            message = f"“{text}” has no whole numbers; enter one such as 2020."
            raise RefusedError(message)
        return quantity

    def bounds(self, quantity):
        low, high = super().bounds(quantity)
        return (
            None if low is None else ceil(low),
            None if high is None else floor(high),
        )


class QuantityRangeFilter(DeclaredRange):
    """A quantity: its range as it is written, or its ends; and how values meet it.

    `thickness_nm = QuantityRangeFilter("thickness", "Thickness", unit="nm")` is
    labeled “Thickness (nm)” and stands for the parameters `thickness_nm` (`<10`,
    `5–20 nm`, `10 Å–2 nm`), or `thickness_nm_min` and `thickness_nm_max`, and
    `thickness_nm_match`. The first argument names the bounds of the entries, see
    `literature.entries`. `overlap`, the default, finds values that may lie in the
    range, `within` those that surely do. `>99` begins just above 99. What is not
    reported is never found. `help_text` says what people should know of the values.
    """

    def __init__(self, field_name=None, label=None, *, unit, help_text=""):
        super().__init__(field_name, label, help_text=help_text)
        self.unit = unit

    def parts(self):
        names = f"{self.name}_min and {self.name}_max"
        return {
            self.name: _TextPart(
                self,
                label=self.label,
                help_text=(
                    "As it is written: 10, <10, 5–20, ≥3.5 × 10⁻⁸, in this unit or, "
                    f"named, in another of its kind. Instead of {names}. "
                    f"{self.help_text}"
                ).rstrip(),
            ),
            f"{self.name}_min": _FloatPart(self, label=f"{self.label}, at least"),
            f"{self.name}_max": _FloatPart(self, label=f"{self.label}, at most"),
            f"{self.name}_match": _MatchPart(
                self,
                label=f"{self.label}, match",
                choices=list(MATCHES.items()),
                help_text=(
                    f"How reported values meet {self.name}, or {names}: “overlap” (the "
                    f"default) finds every value that may lie in the range, “within” "
                    f"only those that surely do. What is not reported is never found. "
                    f"{self.help_text}"
                ).rstrip(),
                last=True,
            ),
        }
