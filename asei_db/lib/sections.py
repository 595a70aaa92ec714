"""Sections of a record's page: its first linked rows, and how many there are."""

from dataclasses import dataclass, field

from django.db.models import Case, F, FloatField, Func, IntegerField, Value, When
from django.urls import reverse

from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import Quantity

MOST_ROWS = 20
#: What a link says that leads to a list of all.
ALL = "All {count} {kinds}"
_MOST_ENDS = 4  # of the two spreads that a kind of row may have


@dataclass
class Section:
    """The first `rows` of `count` that a record is linked with.

    Where there are more, `links` are the (label, URL) of lists with all of them, and
    `spreads` the (name, `Quantity`) from the lowest to the highest value of all.
    """

    rows: list
    count: int
    links: list = field(default_factory=list)
    spreads: list = field(default_factory=list)

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(self.rows)

    @property
    def has_more(self):
        return self.count > len(self.rows)


def sections(**linked):
    """The `Section`s of (queryset, queries) by name.

    In a statement each, and one more that counts those with further rows, however many
    there are. `queries` are those of a list's address by what the link to it says. The
    queryset names its `list_view`, None where there is no list, and the quantities
    whose `spreads` are shown; of these, disputed values do not count.
    """
    found, long = {}, []
    for name, (queryset, queries) in linked.items():
        rows = list(queryset[: MOST_ROWS + 1])
        found[name] = section = Section(rows[:MOST_ROWS], len(rows))
        if section.has_more:
            long.append((section, queryset, queries))
    summaries = _summaries([queryset for _, queryset, _ in long])
    for (section, queryset, queries), (count, ends) in zip(
        long, summaries, strict=True
    ):
        section.count = count
        section.links = _links(queryset, queries, count)
        section.spreads = _spreads(queryset, ends)
    return found


def _links(queryset, queries, count):
    if not queryset.list_view:
        return []
    names = {"count": f"{count:,}", "kinds": queryset.model._meta.verbose_name_plural}
    return [
        (label.format(**names), reverse(queryset.list_view, query=query))
        for label, query in queries.items()
    ]


def _spreads(queryset, ends):
    fields = [quantity_fields(queryset.model)[name] for name in queryset.spreads]
    return [
        (one.verbose_name, Quantity(low, high, unit=one.unit))
        for one, low, high in zip(fields, ends[::2], ends[1::2], strict=False)
        if low is not None and high is not None
    ]


def _summaries(querysets):
    """The count of each queryset and the ends of its spreads, in one statement."""
    queries = [_summary(place, rows) for place, rows in enumerate(querysets)]
    if not queries:
        return []
    found = sorted(queries[0].union(*queries[1:], all=True))
    return [(count, ends) for _, count, *ends in found]


def _summary(place, queryset):
    fields = quantity_fields(queryset.model)
    ends = []
    for name in queryset.spreads:
        columns = fields[name].columns
        for function, column in (("MIN", columns.minimum), ("MAX", columns.maximum)):
            undisputed = Case(When(disputed=False, then=F(column)))
            ends.append(Func(undisputed, function=function))
    none = Value(None, output_field=FloatField())
    return queryset.order_by().values_list(
        Value(place, output_field=IntegerField()),
        Func(F("pk"), function="COUNT", output_field=IntegerField()),
        *ends,
        *[none] * (_MOST_ENDS - len(ends)),
    )
