"""The filter set for which a wrong query is an error."""

import re
from copy import copy
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django_filters.filterset import FilterSetMetaclass

from asei_db.lib import keeping
from asei_db.lib.filters.form_fields import (
    SHOWN,
    RefusedError,
    guidance,
    nearest,
    short,
)
from asei_db.lib.filters.parameters import (
    ObjectsFilter,
    OrderByFilter,
)
from asei_db.lib.filters.ranges import MATCHES, DeclaredRange
from asei_db.lib.listed import Listed
from asei_db.lib.typed import visible

MAX_VALUE_LENGTH = 200  # characters of one value
MAX_VALUES = 100  # values of one parameter
MAX_CONJOINED = 20  # values that a row must have together

_PARAMETER = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")


class _Filters(dict):
    """Filters, which the framework copies for each request, down to their choices."""

    def __deepcopy__(self, memo):
        copies = {name: copy(declared) for name, declared in self.items()}
        for declared in copies.values():
            if declared.method:
                declared.method = declared.method  # finds the copy's filter set
        return copies


class _Fields(dict):
    """Fields of a form, which no request changes, and each would copy."""

    def __deepcopy__(self, memo):
        return dict(self)


class _RangesMetaclass(FilterSetMetaclass):
    def __new__(cls, name, bases, attrs):
        ranges: dict[str, DeclaredRange] = {}
        for base in reversed(bases):
            ranges |= getattr(base, "declared_ranges", {})
        for key, declared in list(attrs.items()):
            if isinstance(declared, DeclaredRange):
                del attrs[key]
                attrs |= declared.expand(key)
                ranges[key] = declared
        attrs["declared_ranges"] = ranges
        made = super().__new__(cls, name, bases, attrs)
        made.base_filters = _Filters(made.base_filters)
        return made


class _StrictForm(forms.Form):
    filterset: Any = None

    def clean(self):
        for name, refusal in self.filterset.refused.items():
            self.errors[name] = self.error_class([refusal])
        for declared in self.filterset.declared_ranges.values():
            self._check_range(declared)
        if not self.errors:
            self.filterset.check(self, self.cleaned_data)
        return self.cleaned_data

    def _check_range(self, declared):
        name = declared.name
        lowest, highest, match = (f"{name}_{part}" for part in ("min", "max", "match"))
        low, high = (self.cleaned_data.get(end) for end in (lowest, highest))
        if low is not None and high is not None and low > high:
            self.add_error(lowest, f"{lowest} is above {highest}; nothing can match.")
        is_bounded = {name, lowest, highest} & {*self.data, *self.errors}
        if self.cleaned_data.get(match) and not is_bounded:
            message = f"“{match}” needs {name}, {lowest} or {highest} beside it."
            self.add_error(match, RefusedError(message, "lone"))
        if self.cleaned_data.get(name):
            self._read_range(declared, is_bounded - {name})

    def _read_range(self, declared, others):
        """Put the `Quantity` that was typed in the place of its text."""
        name, unit = declared.name, self.filterset.unit_of(declared, self.cleaned_data)
        if others:
            message = f"Give {name}, or {name}_min and {name}_max; not both."
            self.add_error(name, RefusedError(message, "twice"))
        elif unit is not None:  # else the filter set complains in `check()`
            try:
                read = declared.read(self.cleaned_data[name], unit)
            except RefusedError as refusal:
                self.add_error(name, refusal)
            else:
                self.cleaned_data[name] = read


class StrictFilterSet(django_filters.FilterSet, metaclass=_RangesMetaclass):
    """A filter set for which a wrong query is an error, reported by parameter.

    Errors: an unknown parameter (naming the nearest valid one), an empty value, a
    single-valued one given twice, NUL, more than 200 characters or 100 values (20 where
    a row must have all of them), numbers and quantities that are none, a minimum above
    its maximum, a range in both ways, a `…_match` without any. They stand in
    `errors` under the parameter's name, most as a `RefusedError`. A choice is named by
    its value or its label, in any case; the form holds the value. White space around a
    value does not count. `other_parameters` are those that the view reads itself.
    """

    other_parameters = ("page",)
    #: Those that hold several values, where a view reads them.
    several_parameters = ("columns",)

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

    @cached_property
    def valid(self):
        """This filter set or, of a wrong query, that of what can be answered of it.

        It has errors only where those do not go with the parameters that they are of.
        """
        wrong = set(self.errors)
        for declared in self.declared_ranges.values():
            if wrong & {*declared.parameters}:
                wrong |= {*declared.parameters}
        rest = self.form.data.copy()
        for name in wrong:
            rest.pop(name, None)
        if not self.refused and len(rest) == len(self.form.data):
            return self
        return type(self)(
            rest,
            self.queryset,
            request=self.request,
            other_parameters=self.other_parameters,
        ).valid

    def printed(self, name):
        """The range that is asked for by a declared name, as a text with its unit."""
        declared, data = self.declared_ranges[name], self.form.cleaned_data
        quantity = data.get(name) or declared.joined(
            data.get(f"{name}_min"),
            data.get(f"{name}_max"),
            self.unit_of(declared, data),
        )
        return str(quantity)

    def nearest(self, name):
        """The values next to a range that is asked for, under the other filters.

        As texts with their unit: the highest below and the lowest above it, if any.
        """
        declared, data = self.declared_ranges[name], self.form.cleaned_data
        low, high = declared.asked(data)
        rows = self.queryset.all()
        for other, value in data.items():
            if other not in declared.parameters and other != "order_by":
                rows = self.filters[other].filter(rows, value)
        unit = self.unit_of(declared, data)
        ends = rows.model.beside(rows, declared.field_name, low, high)
        known = [float(f"{end:.12g}") for end in ends if end is not None]
        return [str(declared.joined(end, end, unit)) for end in known]

    def worded(self, message):
        """A message with the labels of filters in the place of their parameters."""

        def label(found):
            field = self.form.fields.get(found[0])
            return field.label if field else found[0]

        return _PARAMETER.sub(label, message)

    def listed(self, records, load=None):
        """The rows that are found, as `Listed`, of a queryset of their records."""
        return Listed(self.ranked, records, lambda: self.number, load)

    @property
    def ranked(self):
        """The rows that are found, the closest to a searched text first.

        Unless another order is asked for, or very many are found.
        """
        rows = self.qs
        asked = self.form.cleaned_data
        found = self.__dict__.get("found", {}).get(asked.get("q"))
        order = getattr(found, "order", None)
        if order is None or asked.get("order_by"):
            return rows
        return rows.order_by(order, *rows.model._meta.ordering)

    @cached_property
    def revision(self):
        return keeping.revision(self.request)

    def kept(self, what, make, but=None):
        """What `make()` gives, kept for all who ask for the same rows.

        `but` is a parameter on which it does not depend.
        """
        if self.queryset.query.where:
            return make()
        asked = [
            (name, *values)
            for name, values in sorted(self.form.data.lists())
            if name not in (but, "order_by", *self.other_parameters)
        ]
        return keeping.kept(self.revision, (type(self), what, *asked), make)

    @classmethod
    def filled(cls, data):
        """The data of a page's form, without the fields that were left empty.

        An object that is typed by its name, “Li metal”, is named by its slug.
        """
        filled = QueryDict(mutable=True)
        for name, values in data.lists():
            if cls._takes_many(name):
                values = cls._apart(name, values)
            if isinstance(cls.base_filters.get(name), ObjectsFilter):
                values = [cls.base_filters[name].named(value) for value in values]
            if values := [value for value in values if value.strip()]:
                filled.setlist(name, values)
        for name in cls.declared_ranges:
            ends = (name, f"{name}_min", f"{name}_max")
            is_bounded = any(end in filled for end in ends)
            if not is_bounded and filled.get(f"{name}_match") in MATCHES:
                del filled[f"{name}_match"]
        return filled

    def unit_of(self, declared, data):
        """The unit of a range, which other cleaned data may decide; None for none."""
        return declared.unit

    def check(self, form, data):
        """Complain, by `form.add_error`, of values that make no sense together."""

    def offers_order(self, name):
        """Whether rows may be ordered so, given the other parameters."""
        return True

    @property
    def form(self):
        """The form of all parameters, with the refused ones among its errors."""
        if not hasattr(self, "_form"):
            super().form.filterset = self
        return self._form

    def get_form_class(self):
        """The class of the form, made once for each class of filter sets."""
        if "form_class" not in vars(type(self)):
            fields = {name: filter_.field for name, filter_ in self.filters.items()}
            name = f"{type(self).__name__}Form"
            type(self).form_class = type(name, (_StrictForm,), fields)
            self.form_class.base_fields = _Fields(self.form_class.base_fields)
        return self.form_class

    def has_facet(self, name):
        """Whether the rows of each value of a filter can be counted."""
        own = self.filters.get(name)
        if not hasattr(own, "facet") or own.exclude or own.method:
            return False
        model: Any = self.queryset.model
        if not hasattr(model, "facet"):
            return False
        through = model.through.get(own.field_name)
        if through is not None:
            return hasattr(through, "facet")
        names = {field.name for field in model._meta.fields}
        return own.field_name in names | {*getattr(model, "tags", ())}

    def most(self, name, number):
        """The keys of the objects of an `ObjectsFilter` that most rows have."""
        most = getattr(self.queryset.model, "most", None)
        return most(self.filters[name].field_name, number) if most else []

    def facet(self, name):
        """How many rows each value of a filter would find by itself.

        That is, of objects, by their keys, and in addition to what is chosen where rows
        must have all.
        All other filters are kept, but for those of a wrong query that are wrong;
        values that find nothing are left out. One query.
        """
        if self.errors:
            return None if self.valid.errors else self.valid.facet(name)
        but = None if getattr(self.filters[name], "conjoined", False) else name
        return self.kept(("facet", name), lambda: self._facet(name), but)

    def _facet(self, name):
        own = self.filters[name]
        rows, count = self._counted, lambda: self.number
        value = self.form.cleaned_data[name]
        if value not in (None, [], "") and not getattr(own, "conjoined", False):
            rows = self._of_known_size(self.queryset.all())  # at least
            for other, value in self.form.cleaned_data.items():
                if other not in (name, "order_by"):
                    rows = self.filters[other].filter(rows, value)
            count = rows.count
        return own.facet(rows, count)

    @cached_property
    def number(self):
        """How many rows are found."""
        return self.kept("count", self.qs.count)

    @cached_property
    def _counted(self):
        """The rows that are found, of which facets are counted together."""
        return self._of_known_size(self.qs)

    def _of_known_size(self, rows):
        is_known = "number" in self.__dict__
        return rows.of_so_many(self.number) if is_known else rows

    @classmethod
    def _takes_many(cls, name):
        """Whether a parameter is repeated or holds several values with commas."""
        many = django_filters.MultipleChoiceFilter | OrderByFilter
        filter_ = cls.base_filters.get(name)
        return name in cls.several_parameters or isinstance(filter_, many)

    @classmethod
    def _apart(cls, name, values):
        """The single values of those that may be lists."""
        declared = cls.base_filters.get(name)
        apart = getattr(declared, "apart", lambda text: text.split(","))
        return [part for value in values for part in apart(value)]

    def _accepted(self, data):
        """The data without what is refused, lists of values taken apart."""
        accepted = QueryDict(mutable=True)
        for name in data:
            values = data.getlist(name) if hasattr(data, "getlist") else data[name]
            values = values if isinstance(values, list | tuple) else [values]
            values = ["" if value is None else str(value) for value in values]
            if self._takes_many(name):
                values = self._apart(name, values)
            words = self._words(name)
            values = [visible(value).strip() for value in values]
            values = [words.get(value.casefold(), value) for value in values]
            if refusal := self._refusal(name, values):
                self.refused[name[:SHOWN]] = refusal
            elif isinstance(self.base_filters.get(name), OrderByFilter):
                accepted[name] = ",".join(values)
            else:
                accepted.setlist(name, list(dict.fromkeys(values)))
        return accepted

    def _words(self, name):
        """The values of a choice by themselves and by their labels, in lower case."""
        filter_ = self.base_filters.get(name)
        choices = filter_.extra.get("choices", ()) if filter_ else ()
        spellings = getattr(filter_, "spellings", {})
        return (
            spellings
            | {label.casefold(): value for value, label in choices}
            | {value.casefold(): value for value, _ in choices}
        )

    def _most_values(self, name):
        if not self._takes_many(name):
            return 1
        is_conjoined = getattr(self.base_filters.get(name), "conjoined", False)
        return MAX_CONJOINED if is_conjoined else MAX_VALUES

    def _refusal(self, name, values):
        if name not in self.base_filters and name not in self.other_parameters:
            valid = [*self.base_filters, *self.other_parameters]
            near = nearest(name, valid)
            hint = guidance(near, valid)
            message = f"Unknown parameter “{short(name)}”. {hint}"
            return RefusedError(message, "unknown_parameter", near, valid)
        most = self._most_values(name)
        if len(values) > most:
            limit = f"at most {most} values" if most > 1 else "one value"
            message = f"“{name}” takes {limit}, {len(values)} were given."
            return RefusedError(message, "too_many_values")
        if not all(values):
            message = f"“{name}” is empty: give a value, or omit it."
            return RefusedError(message, "empty")
        if any("\0" in value for value in values):
            return RefusedError(f"“{name}” holds a NUL character.", "null_character")
        is_own = name in self.base_filters
        if is_own and any(len(value) > MAX_VALUE_LENGTH for value in values):
            message = f"“{name}” is longer than {MAX_VALUE_LENGTH} characters."
            return RefusedError(message, "too_long")
        return None
