"""The columns of entries: each says where in the record it comes from."""

import math

from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Abs, Coalesce, Lower, NullIf

from asei_db.lib.fields import PlainInMigrations, RecordKeyField
from asei_db.lib.filters.paths import quantity_columns
from asei_db.lib.search import CodePoint, CodePointField

_NEXT = 2.3e-16  # of a number: the least that makes another one of it
_SMALL = 1e-300  # the same for zero


class _Derived(PlainInMigrations):
    """A column of an entry.

    `source` is a path from the record, a tuple of paths, of which the first that leads
    to something counts, or an expression on the records. `reads` are lookups of the
    rows that an expression reads.
    """

    def __init__(self, source, reads=(), **kwargs):
        self.source = source
        self.reads = reads
        if not hasattr(source, "resolve_expression"):
            self.reads = [source] if isinstance(source, str) else source
        super().__init__(**{"null": True, "editable": False} | kwargs)

    def expression(self, model):
        """What gives the column, on rows of `model`, the record's."""
        if isinstance(self.source, str):
            return F(self.source)
        return Coalesce(*self.source) if isinstance(self.source, tuple) else self.source


class Number(_Derived, models.FloatField):
    """A number; NULL where there is none."""

    plain = models.FloatField


class Yes(_Derived, models.BooleanField):
    """Whether something holds."""

    plain = models.BooleanField


class _Compared(_Derived):
    plain = CodePointField

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "asei_db.lib.search.CodePointField", args, kwargs


class Text(_Compared, CodePointField):
    """A text as it is sorted, in lower case; NULL where it is empty."""

    def expression(self, model):
        text = Lower(CodePoint(super().expression(model)))
        return NullIf(text, Value(""), output_field=models.TextField())


class Code(_Compared, CodePointField):
    """A word of a list, or a slug; NULL where there is none."""

    def expression(self, model):
        code = super().expression(model)
        return NullIf(code, Value(""), output_field=models.TextField())


class Reference(_Derived, models.ForeignKey):
    """The key of a related record, which holds it: the source protects it."""

    plain = models.ForeignKey

    def __init__(self, to, source=None, on_delete=models.DO_NOTHING, **kwargs):
        defaults = {"db_constraint": False, "db_index": False, "related_name": "+"}
        super().__init__(
            source, **{"to": to, "on_delete": on_delete} | defaults | kwargs
        )


def record_of(model):
    """The record of an entry."""
    return RecordKeyField(model, related_name="entry")


class _Bound(Number):
    """The low or the high end of a quantity; see `bounds`."""

    def __init__(self, source, end, **kwargs):
        self.end = end
        super().__init__(source, **kwargs)

    def expression(self, model):
        return bounds(model, self.source)[self.end]


class Bounds:
    """The two columns of a quantity's closed bounds: `thickness_low`, `…_high`.

    With `sorted_by=True` there is a third, `thickness`: the number by which it is
    sorted, its minimum or else its maximum.
    """

    def __init__(self, source, sorted_by=False):
        self.source = source
        self.sorted_by = sorted_by

    def contribute_to_class(self, cls, name):
        for end, word in enumerate(("low", "high")):
            cls.add_to_class(f"{name}_{word}", _Bound(self.source, end))
        if self.sorted_by:
            cls.add_to_class(name, _Sorted(self.source))


class _Sorted(Number):
    def expression(self, model):
        columns = quantity_columns(model, self.source)
        return Coalesce(columns.minimum, columns.maximum)


def bounds(model, path):
    """The ends of the quantity at `path`, as closed bounds: two expressions."""
    columns = quantity_columns(model, path)
    return closed_bounds(columns.minimum, columns.maximum, columns.qualifier)


def closed_bounds(minimum, maximum, qualifier):
    """The ends of a quantity that three columns hold, as closed bounds.

    `>99` begins just above 99; an end that is open is infinite. Both are NULL where
    nothing is reported.
    """
    above = F(minimum) + Abs(F(minimum)) * _NEXT + _SMALL
    below = F(maximum) - Abs(F(maximum)) * _NEXT - _SMALL
    low = Case(
        When(**{qualifier: ">"}, then=above),
        When(**{f"{qualifier}__in": ["<", "≤"]}, then=Value(-math.inf)),
        default=F(minimum),
        output_field=models.FloatField(),
    )
    high = Case(
        When(**{qualifier: "<"}, then=below),
        When(**{f"{qualifier}__in": [">", "≥"]}, then=Value(math.inf)),
        default=F(maximum),
        output_field=models.FloatField(),
    )
    return low, high
