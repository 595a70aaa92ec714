"""What a published record may have several of: tags and spans."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast

from asei_db.lib import deriving
from asei_db.lib.filters.paths import quantity_columns
from literature.choices import StudyStatus
from literature.entries.columns import bounds


class Name(models.IntegerChoices):
    """What tags and spans say of a record; the numbers stand in the database."""

    STUDY = 1
    CHARACTERIZATION_METHOD = 2
    YEAR = 3
    DEPOSITION_TEMPERATURE = 4
    GROWTH_PER_CYCLE = 5
    ACTIVATION = 6
    REACTOR = 7
    DEPOSITED_ON = 8
    CRYSTALLINITY = 9
    PULSE = 10
    PURGE = 11
    WAIT = 12
    PLASMA_TIME = 13
    PLASMA_POWER = 14
    CARRIER_FLOW = 15
    SOURCE_TEMPERATURE = 16
    SUBLIMATION_TEMPERATURE = 17


class EntryManager(models.Manager):
    """Entries as they are now: what is pending is written first."""

    def get_queryset(self):
        deriving.flush()
        return super().get_queryset()


class _OfEntry(models.Model):
    kind = models.PositiveSmallIntegerField()
    key = models.BigIntegerField()
    name = models.PositiveSmallIntegerField()

    objects = EntryManager()

    class Meta:
        abstract = True


class Tag(_OfEntry):
    """One of the things of a name that a published record has, as a text."""

    value = models.CharField(max_length=60)

    class Meta:
        indexes = [
            # The records that have it; how many have each.
            models.Index(
                fields=["kind", "name", "value", "key"], name="literature_tag_found"
            ),
            # Whether a record has it; those of a record, to write them anew.
            models.Index(
                fields=["kind", "key", "name", "value"], name="literature_tag_of_key"
            ),
        ]

    def __str__(self):
        return self.value


class Span(_OfEntry):
    """One of the values of a name that a published record has, as closed bounds."""

    low = models.FloatField()
    high = models.FloatField()

    class Meta:
        indexes = [
            # The records with a value in a range.
            models.Index(
                fields=["kind", "name", "low", "high", "key"],
                name="literature_span_found",
            ),
            # Whether a record has one; those of a record, to write them anew.
            models.Index(
                fields=["kind", "key", "name", "low", "high"],
                name="literature_span_of_key",
            ),
        ]

    def __str__(self):
        return f"{self.low}–{self.high}"


@dataclass(frozen=True)
class Several:
    """The tags or spans of one name.

    `rows` is a function of a queryset of published records that gives querysets of
    their keys and values, or keys, lows and highs; together they have each once.
    `reads` are lookups from the record of all that they come from.
    """

    name: Name
    rows: Callable
    reads: tuple = ()


def linked(name, path):
    """The tags that are the keys of the related rows at `path` from the record."""

    def rows(records):
        found = records.filter(**{f"{path}__isnull": False})
        return [_tagged(found, path).distinct()]

    return Several(name, rows, (path,))


def _tagged(records, path):
    value = Cast(path, models.TextField())
    return records.annotate(value=value).values_list("pk", "value")


def worded(name, *paths):
    """The tags that are words: pairs of a path from the record and a `Q` on its row."""

    def rows(records):
        for path, where in paths:
            found = records.filter(where, **{f"{path}__gt": ""})
            yield _tagged(found, path).distinct()

    return Several(name, rows, _lookups(paths))


def reporters(studies="studies"):
    """The tags of the studies that reported a value: what `reported_by` says.

    `studies` is the relation to the primary works; without one that is published, it
    is the source.
    """
    published = {f"{studies}__status": StudyStatus.PUBLISHED}

    def rows(records):
        return [
            _tagged(records.filter(**published), studies),
            _tagged(without_works(records, studies), "source"),
        ]

    return Several(Name.STUDY, rows, ("source", studies))


def without_works(records, studies="studies"):
    """The records of which no primary work is published."""
    published = {f"{studies}__status": StudyStatus.PUBLISHED}
    works = records.model._base_manager.filter(pk=OuterRef("pk"), **published)
    return records.filter(~Exists(works))


def spanned(name, *paths):
    """The spans of quantities: pairs of a path from the record and a `Q` on its row."""

    def rows(records):
        for path, where in paths:
            reported = quantity_columns(records.model, path).as_reported
            found = records.filter(where, **{f"{reported}__gt": ""})
            ends = dict(zip(("low", "high"), bounds(records.model, path), strict=True))
            yield found.annotate(**ends).values_list("pk", *ends).distinct()

    return Several(name, rows, _lookups(paths))


def _lookups(paths):
    """The lookups in pairs of a path and a `Q`."""
    found = []
    for path, where in paths:
        found += [path, *(lookup for lookup, _ in _leaves(where))]
    return tuple(found)


def _leaves(where):
    for child in where.children:
        yield from _leaves(child) if isinstance(child, Q) else [child]
