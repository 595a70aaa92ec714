"""Sections of a record's page: its first linked rows, and how many there are."""

from dataclasses import dataclass, field
from functools import cache, cached_property

from django.db.models import Case, F, FloatField, Func, IntegerField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from asei_db.lib import deriving, keeping
from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import Quantity
from asei_db.lib.statements import Kept, ask, given, shown

MOST_ROWS = 10
#: What a link says that leads to a list of all.
ALL = "All {count} {kinds}"
_MANY = 2000  # so many rows are not sorted for the first of them
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


class Sections:
    """What any record of a kind is linked with, declared once.

    By the name of each section, a function of the record's key that gives a queryset:
    entries, or records that have none. Its keys are those of rows that are `joined()`;
    these have a `list_view`, None where there is no list, and the quantities whose
    `spreads` are shown, of which disputed values do not count.
    """

    def __init__(self, **linked):
        self.linked = linked
        self._kept = {}

    def of(self, revision, key, queries, known, further=None, **others):
        """The `Section`s of the record with a key, by name.

        `queries` are those of a list's address by what the link to it says; `others`
        are those of some sections. `known` are the objects of the page (`Kept`),
        to which the rows are added, and `further` ones, by model and key.

        One statement counts, one gives the keys, and one the rows of each kind, however
        many there are. What the first two find is kept for the `revision`.
        """
        place = (id(self), key)
        summaries, keys = keeping.kept(revision, place, lambda: self._found(key))
        found = {}
        rows = self._rows(keys, further or {}, known)
        for (name, model), (count, *ends) in zip(
            self._models.items(), summaries, strict=True
        ):
            chosen = [rows[model][one] for one in keys[name]]
            found[name] = section = Section(chosen, count)
            if section.has_more:
                section.links = _links(model, others.get(name, queries), count)
                section.spreads = _spreads(model, ends)
        return found

    def _found(self, key):
        """Of each section its number and ends, in their order; its keys by name."""
        deriving.flush()
        summaries = [found for _, *found in sorted(ask(*self._summing, key=key))]
        keys = {name: [] for name in self.linked}
        if any(count for count, *_ in summaries):
            names = [*self.linked]
            for place, _, row in sorted(ask(*self._first(summaries), key=key)):
                keys[names[place]].append(row)
        return summaries, keys

    @cached_property
    def _models(self):
        """The model of each section's rows."""
        return {
            name: getattr(rows.model, "record_model", lambda model=rows.model: model)()
            for name, rows in ((name, of(given())) for name, of in self.linked.items())
        }

    @cached_property
    def _summing(self):
        """The statement of the place, number and ends of each section."""
        made = [
            _summary(place, self._models[name], of(given())).query.sql_with_params()
            for place, (name, of) in enumerate(self.linked.items())
        ]
        return (
            " UNION ALL ".join(sql for sql, _ in made),
            [one for _, parameters in made for one in parameters],
        )

    def _first(self, summaries):
        """The statement of the sections' first rows: section, place in it, and key.

        Which has more than a few thousand rows decides how a database finds the first.
        """
        counts = tuple(_MANY if count >= _MANY else 0 for count, *_ in summaries)
        if counts not in self._kept:
            selects, parameters = [], []
            for place, of in enumerate(self.linked.values()):
                rows = of(given()).annotate(found=F("pk")).values_list("found")
                if hasattr(rows, "of_so_many"):
                    rows = rows.of_so_many(counts[place])
                sql, some = rows[:MOST_ROWS].query.sql_with_params()
                selects.append(
                    f"SELECT {place}, ROW_NUMBER() OVER (), found FROM ({sql}) AS s"  # noqa: S608
                )
                parameters += some
            self._kept[counts] = " UNION ALL ".join(selects), parameters
        return self._kept[counts]

    def _rows(self, keys, further, known):
        found = {}
        for model in dict.fromkeys([*self._models.values(), *further]):
            chosen = {*further.get(model, ())} - known.get(model, {}).keys()
            for name, of in self._models.items():
                if of is model:
                    chosen.update(keys[name])
            rows = _joined(model).among(chosen, known) if chosen else []
            found[model] = {row.pk: row for row in rows}
        return found


@cache
def _joined(model):
    return Kept.by(shown(model.objects.joined().order_by()))


def _links(model, queries, count):
    view = model.objects.all().list_view
    if not view:
        return []
    names = {"count": f"{count:,}", "kinds": model._meta.verbose_name_plural}
    return [
        (label.format(**names), reverse(view, query=query))
        for label, query in queries.items()
    ]


def _spreads(model, ends):
    fields = [quantity_fields(model)[name] for name in model.objects.all().spreads]
    return [
        (one.verbose_name, Quantity(low, high, unit=one.unit))
        for one, low, high in zip(fields, ends[::2], ends[1::2], strict=False)
        if low is not None and high is not None
    ]


def _summary(place, model, rows):
    """The place of a section, the number of its rows and the ends of its spreads."""
    ends = []
    if spreads := model.objects.all().spreads:
        if rows.model is not model:
            rows = model.objects.filter(pk__in=rows.order_by().values("pk"))
        for name in spreads:
            columns = quantity_fields(model)[name].columns
            for function, column in (
                ("MIN", columns.minimum),
                ("MAX", columns.maximum),
            ):
                undisputed = Case(When(disputed=False, then=F(column)))
                ends.append(Func(undisputed, function=function))
    # With its type: PostgreSQL takes a bare NULL for a text.
    none = Cast(Value(None), FloatField())
    return rows.order_by().values_list(
        Value(place, output_field=IntegerField()),
        Func(F("pk"), function="COUNT", output_field=IntegerField()),
        *ends,
        *[none] * (_MOST_ENDS - len(ends)),
    )
