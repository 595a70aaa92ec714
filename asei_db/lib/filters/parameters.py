"""Filters of one parameter each."""

import django_filters
from django.db.models import CharField, F, OrderBy, Q, TextField, Value
from django.db.models.functions import Lower, NullIf
from django.utils.text import capfirst, slugify

from asei_db.lib.filters.form_fields import (
    ChoiceField,
    ChoicesField,
    ExactField,
    FloatField,
    IntegerField,
    ObjectsField,
    OrderByField,
    SearchField,
    YesNoField,
)
from asei_db.lib.filters.paths import having, lacking
from asei_db.lib.search import CodePoint, CodePointField
from asei_db.lib.typed import plain_dashes

#: The value of a choice for rows that have none.
NONE_RECORDED = "none_recorded"


class FloatFilter(django_filters.NumberFilter):
    """A number; NaN, infinity and text are errors."""

    field_class = FloatField


class IntegerFilter(django_filters.NumberFilter):
    """A whole number of at most 64 bits."""

    field_class = IntegerField


class YesNoFilter(django_filters.BooleanFilter):
    """`true` or `false`, in any case, or `1` or `0`; anything else is an error."""

    field_class = YesNoField
    #: Other spellings, in lower case, of the two values.
    spellings = {"true": "true", "1": "true", "yes": "true"} | {
        "false": "false",
        "0": "false",
        "no": "false",
    }

    def facet(self, rows, count):
        """How many of the rows say yes and no, by the value that asks for them."""
        if self.lookup_expr == "isnull":
            no = rows.model.number_having(rows, self.field_name)
            return {"true": count() - no, "false": no}
        counts = rows.model.facet(rows, self.field_name)
        return {"true": counts.get(True, 0), "false": counts.get(False, 0)}


class SearchFilter(django_filters.CharFilter):
    """Free text of at most 40 words, given to the queryset's `found_by()`.

    That is asked once, however often the filter set makes its question anew.
    """

    field_class = SearchField

    def filter(self, queryset, value):
        if not value:
            return queryset
        found = self.parent.__dict__.setdefault("found", {})
        if value not in found:
            found[value] = queryset.found_by(value)
        return queryset.filter(found[value])


class ChoiceFilter(django_filters.Filter):
    """One of some choices."""

    field_class = ChoiceField


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """Any of some choices: the parameter is repeated, or holds them with commas.

    With `may_lack=True`, rows without any are found by `none_recorded`; with
    `exclude=True`, rows that have one are left out.
    """

    field_class = ChoicesField

    def __init__(self, field_name=None, *, choices, may_lack=False, **kwargs):
        self.may_lack = may_lack
        if may_lack:
            choices = [*choices, (NONE_RECORDED, "none recorded")]
        super().__init__(field_name, choices=choices, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        named = [one for one in value if one != NONE_RECORDED]
        found = having(queryset.model, self.field_name, named) if named else Q()
        if len(named) < len(value):
            found |= lacking(queryset.model, self.field_name)
        return queryset.filter(~found if self.exclude else found)

    def facet(self, rows, count):
        """How many of the rows have each choice, by value; `count()` gives all."""
        counts = rows.model.facet(rows, self.field_name)
        if not self.may_lack:
            return counts
        lack = count() - rows.model.number_having(rows, self.field_name)
        return counts | {NONE_RECORDED: lack}


class ObjectsFilter(django_filters.ModelMultipleChoiceFilter):
    """Any of some related objects, by slug; with `conjoined=True`, all of them; with
    `exclude=True`, none of them.

    The parameter is repeated, or holds the slugs with commas. `queryset` (or a
    function that is called once) gives the objects that may be named, `to_field_name`
    what names them; where one `is_suggested`, forms offer all names while one types.
    One query finds them, one more suggests a name when one is unknown. Conjoined, at
    most 20 may be named.
    """

    field_class = ObjectsField
    is_suggested = True

    def __init__(self, field_name=None, *, to_field_name="slug", **kwargs):
        super().__init__(field_name, to_field_name=to_field_name, **kwargs)

    def named(self, text):
        """The slug of what somebody types, as far as it follows from it."""
        if self.extra["to_field_name"] != "slug" or not text.isprintable():
            return text
        return slugify(plain_dashes(text)) or text

    def apart(self, text):
        """The objects that a value names."""
        return text.split(",")

    def get_queryset(self, request):
        # Fields are made once, and for every request.
        return super().get_queryset(None)

    def filter(self, queryset, value):
        groups = [[item] for item in value] if self.conjoined else [value]
        for items in groups if value else []:
            condition = self.condition(queryset.model, items)
            queryset = queryset.filter(~condition if self.exclude else condition)
        return queryset

    def facet(self, rows, count):
        """How many of the rows have each object, by its key as a text."""
        counts = rows.model.facet(rows, self.field_name)
        return {str(key): count for key, count in counts.items()}

    def condition(self, model, items):
        """That a row has any of the objects."""
        return having(model, self.field_name, items)


class ExactFilter(django_filters.Filter):
    """One text in its one spelling; takes `normalize` and `validators`."""

    field_class = ExactField


class OrderByFilter(django_filters.ChoiceFilter):
    """The order of rows: a name, `-name` for descending; several are repeated, or
    joined with commas.

    `orders` maps each name to a column or expression. Nulls and empty texts come last
    in both directions, and the primary key comes last. Text sorts by code point and
    without case, the same on every database; a column for it holds it so.
    `labels` gives a name's words for people; `inside` maps a name whose numbers
    compare only within a group to the name of the group, which sorts first.
    """

    field_class = OrderByField

    def __init__(self, orders, labels=None, inside=None, **kwargs):
        self.orders = orders
        self.inside = inside or {}
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
        orders = []
        for order in value.split(","):
            name = order.removeprefix("-")
            if name in self.inside:
                orders.append(self._order(queryset, self.inside[name], False))
            orders.append(self._order(queryset, name, name != order))
        return queryset.order_by(*orders, "pk")

    def _order(self, queryset, name, descending):
        expression = self.orders[name]
        if isinstance(expression, str):
            expression = F(expression)
        resolved = expression.resolve_expression(queryset.query.clone())
        field = resolved.output_field
        if isinstance(field, CharField | TextField) and not isinstance(
            field, CodePointField
        ):
            # In this collation, PostgreSQL knows the case of ASCII only, as SQLite.
            text = Lower(CodePoint(expression))
            expression = NullIf(text, Value(""), output_field=TextField())
        return OrderBy(expression, descending=descending, nulls_last=True)
