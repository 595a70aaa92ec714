"""Filters that tell what is wrong with a query instead of ignoring it.

A parameter is what stands in the query string; one declaration, such as a
`QuantityRangeFilter`, may stand for several.
"""

import difflib

import django_filters
from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import CharField, F, OrderBy, Q, TextField, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.http import QueryDict
from django.utils.text import capfirst
from django_filters.filterset import FilterSetMetaclass

from asei_db.lib.fields import Columns, QuantityProperty

MAX_VALUE_LENGTH = 200  # characters of one value
MAX_VALUES = 100  # values of one parameter
_SHOWN = 50  # characters of a refused text that a message repeats
_FEW = 12  # as many choices are listed when none is near


# Form fields whose messages name the nearest valid value


class _FloatField(forms.FloatField):
    default_error_messages = {"invalid": "Enter a number such as 120 or 1e-8."}

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace("−", "-")
        return super().to_python(value)


class _IntegerField(forms.IntegerField):
    def __init__(self, **kwargs):
        # What both databases can hold.
        super().__init__(min_value=-(2**63), max_value=2**63 - 1, **kwargs)


class _YesNoField(forms.ChoiceField):
    def __init__(self, **kwargs):
        choices = [("", "any"), ("true", "yes"), ("false", "no")]
        super().__init__(choices=choices, **kwargs)

    def clean(self, value):
        return {"true": True, "false": False}.get(super().clean(value))


class _ChoicesField(forms.MultipleChoiceField):
    def validate(self, value):
        unknown = [item for item in value if not self.valid_value(item)]
        if unknown:
            raise _unknown_values(unknown, [str(key) for key, _ in self.choices])


class _ObjectsField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        key = self.to_field_name
        found = list(self.queryset.filter(**{f"{key}__in": value})) if value else []
        known = {str(getattr(item, key)) for item in found}
        if unknown := [item for item in value or [] if item not in known]:
            valid = self.queryset.order_by(key).values_list(key, flat=True)
            raise _unknown_values(unknown, [str(item) for item in valid])
        return found


class _OrderByField(forms.ChoiceField):
    def validate(self, value):
        valid = [key for key, _ in self.choices if key]
        names = value.split(",") if value else []
        if unknown := [name for name in names if name not in valid]:
            raise _unknown_values(unknown, valid)
        if len({name.lstrip("-") for name in names}) < len(names):
            raise ValidationError("The same order is given twice.")


# Filters


class FloatFilter(django_filters.NumberFilter):
    """A number; NaN, infinity and text are errors."""

    field_class = _FloatField


class IntegerFilter(django_filters.NumberFilter):
    """A whole number of at most 64 bits."""

    field_class = _IntegerField


class YesNoFilter(django_filters.BooleanFilter):
    """`true` or `false`; anything else is an error."""

    field_class = _YesNoField


class SearchFilter(django_filters.CharFilter):
    """Free text, given to the queryset's `search()`."""

    def filter(self, queryset, value):
        return queryset.search(value) if value else queryset


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """Any of some choices: the parameter is repeated, or holds them with commas."""

    field_class = _ChoicesField

    def filter(self, queryset, value):
        if not value:
            return queryset
        condition = Q(**{f"{self.field_name}__in": value})
        return narrow(queryset, self.field_name, condition)


class ObjectsFilter(django_filters.ModelMultipleChoiceFilter):
    """Any of some related objects, by slug; with `conjoined=True`, all of them.

    The parameter is repeated, or holds the slugs with commas. `queryset` (or a
    function of the request) gives the objects that may be named, `to_field_name`
    what names them. One query finds them, one more suggests a name when one is
    unknown. `where` is a further `Q` on the same related row.
    """

    field_class = _ObjectsField

    def __init__(self, field_name=None, *, to_field_name="slug", where=None, **kwargs):
        self.where = where or Q()
        super().__init__(field_name, to_field_name=to_field_name, **kwargs)

    def filter(self, queryset, value):
        groups = [[item] for item in value] if self.conjoined else [value]
        for items in groups if value else []:
            condition = Q(**{f"{self.field_name}__in": items}) & self.where
            queryset = narrow(queryset, self.field_name, condition)
        return queryset


class OrderByFilter(django_filters.ChoiceFilter):
    """The order of rows: a name, `-name` for descending, several with commas.

    `orders` maps each name to a path or expression; a path may lead to a quantity,
    which sorts by its minimum, else its maximum. Nulls and empty texts come last in
    both directions on every database, text sorts without case, and the primary key
    comes last. `labels` gives a name's words for people.
    """

    field_class = _OrderByField

    def __init__(self, orders, labels=None, **kwargs):
        self.orders = orders
        choices = []
        for name in orders:
            label = (labels or {}).get(name) or capfirst(name.replace("_", " "))
            choices += [(name, label), (f"-{name}", f"{label}, descending")]
        kwargs.setdefault("label", "Order by")
        super().__init__(choices=choices, **kwargs)

    @property
    def field(self):
        if not hasattr(self, "_field"):
            extra = self.extra | {"choices": [("", "—"), *self.extra["choices"]]}
            self._field = self.field_class(label=self.label, **extra)
        return self._field

    def filter(self, queryset, value):
        if not value:
            return queryset
        orders = [
            self._order(queryset, name.removeprefix("-"), name.startswith("-"))
            for name in value.split(",")
        ]
        return queryset.order_by(*orders, "pk")

    def _order(self, queryset, name, descending):
        expression = self.orders[name]
        if isinstance(expression, str):
            columns = quantity_columns(queryset.model, expression)
            expression = (
                Coalesce(columns.minimum, columns.maximum) if columns else F(expression)
            )
        resolved = expression.resolve_expression(queryset.query.clone())
        if isinstance(resolved.output_field, CharField | TextField):
            expression = NullIf(Lower(expression), Value(""))
        return OrderBy(expression, descending=descending, nulls_last=True)


# Ranges: one declaration, several parameters


class _DeclaredRange:
    def __init__(self, field_name=None, label=None, *, where=None):
        self.field_name = field_name
        self.label = label
        self.where = where or Q()
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

    def filter(self, queryset, data):
        """Rows within the bounds that the cleaned `data` holds."""
        low, high = data.get(f"{self.name}_min"), data.get(f"{self.name}_max")
        if low is None and high is None:
            return queryset
        within = data.get(f"{self.name}_match") == "within"
        condition = self.condition(queryset.model, low, high, within)
        return narrow(queryset, self.field_name, condition & self.where)


class _Part:
    """One parameter of a range; the last one applies the whole, so that both bounds
    meet in the same related row."""

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


class _MatchPart(_Part, django_filters.ChoiceFilter):
    pass


class IntegerRangeFilter(_DeclaredRange):
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

    def condition(self, model, low, high, within):
        bounds = {"gte": low, "lte": high}
        return Q(
            **{
                f"{self.field_name}__{lookup}": bound
                for lookup, bound in bounds.items()
                if bound is not None
            }
        )


class QuantityRangeFilter(_DeclaredRange):
    """The parameters `<name>_min`, `<name>_max` and `<name>_match` of a quantity.

    `thickness_nm = QuantityRangeFilter("thickness", "Thickness (nm)")`: the first
    argument is the path of a `QuantityField` (`process__growth_per_cycle`), `where`
    a further `Q` on the same row. `overlap`, the default, finds values that may lie
    in the range, `within` those that surely do. `>99` begins just above 99. What is
    not reported is never found.
    """

    def parts(self):
        names = f"{self.name}_min and {self.name}_max"
        return {
            f"{self.name}_min": _FloatPart(self, label=f"{self.label}, at least"),
            f"{self.name}_max": _FloatPart(self, label=f"{self.label}, at most"),
            f"{self.name}_match": _MatchPart(
                self,
                label=f"{self.label}, match",
                choices=[
                    ("overlap", "overlaps the range"),
                    ("within", "lies surely within"),
                ],
                empty_label=None,
                help_text=(
                    f"How reported values meet {names}: “overlap” (the default) finds "
                    f"every value that may lie between them, “within” only those that "
                    f"surely do. What is not reported is never found."
                ),
                last=True,
            ),
        }

    def condition(self, model, low, high, within):
        _, minimum, maximum, qualifier = quantity_columns(model, self.field_name)
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


# The filter set


class _RangesMetaclass(FilterSetMetaclass):
    def __new__(cls, name, bases, attrs):
        ranges = {}
        for base in reversed(bases):
            ranges |= getattr(base, "declared_ranges", {})
        for key, declared in list(attrs.items()):
            if isinstance(declared, _DeclaredRange):
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
    given twice, NUL, more than 200 characters or 100 values, numbers that are none, a
    minimum above its maximum. They stand in `errors` under the parameter's name.
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
                values = list(dict.fromkeys(filter(None, parts)))
            if message := self._refusal(name, values, many):
                self.refused[name[:_SHOWN]] = [message]
            else:
                accepted.setlist(name, values)
        return accepted

    def _refusal(self, name, values, many):
        if name not in self.base_filters and name not in self.other_parameters:
            valid = [*self.base_filters, *self.other_parameters]
            return f"Unknown parameter “{_short(name)}”. {_suggestion(name, valid)}"
        if len(values) > (MAX_VALUES if many else 1):
            limit = f"at most {MAX_VALUES} values" if many else "one value"
            return f"“{name}” takes {limit}, {len(values)} were given."
        if any("\0" in value for value in values):
            return f"“{name}” holds a NUL character."
        if any(len(value) > MAX_VALUE_LENGTH for value in values):
            return f"“{name}” is longer than {MAX_VALUE_LENGTH} characters."
        return None


def narrow(queryset, path, condition):
    """The rows that meet `condition`, each once even if `path` leads to many rows."""
    if _is_to_many(queryset.model, path):
        found = queryset.model._base_manager.filter(condition)
        condition = Q(pk__in=found.values("pk"))
    return queryset.filter(condition)


def quantity_columns(model, path):
    """Lookups of the columns of the quantity at `path`, None if there is none."""
    *relations, name = path.split("__")
    for relation in relations:
        model = _related(model, relation)
    quantity = getattr(model, name, None)
    if not isinstance(quantity, QuantityProperty):
        return None
    prefix = path.removesuffix(name)
    return Columns(*(f"{prefix}{column}" for column in quantity.columns))


def _related(model, name):
    try:
        return model._meta.get_field(name).related_model
    except (AttributeError, FieldDoesNotExist):
        return None


def _is_to_many(model, path):
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except (AttributeError, FieldDoesNotExist):
            return False  # a quantity, a transform or an annotation
        if field.many_to_many or field.one_to_many:
            return True
        model = field.related_model
    return False


def _unknown_values(unknown, valid):
    return ValidationError(
        [f"Unknown “{_short(value)}”. {_suggestion(value, valid)}" for value in unknown]
    )


def _suggestion(text, valid):
    folded = {name.lower(): name for name in valid}
    near = difflib.get_close_matches(_short(text).lower(), folded, 1)
    if near:
        return f"Did you mean “{folded[near[0]]}”?"
    if len(valid) <= _FEW:
        return f"Valid: {', '.join(valid)}."
    return "Nothing valid is near it."


def _short(text):
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
