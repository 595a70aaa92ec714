"""Checks of where a value was read, and by whom it was reported."""

from collections import defaultdict
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from asei_db.lib.plurals import number_of
from literature.checks import Severity, check
from literature.models import ReviewCitation, Study
from literature.names import parse_name
from materials.checks.reporters import reporters_of
from materials.choices import Property
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingTest,
    DepositionProcess,
    Finding,
    Material,
    PropertyMeasurement,
    Recipe,
    SeiRelation,
    Substrate,
)
from precursors.models import Precursor, SublimationTemperature


@check(
    Severity.ERROR,
    Precursor,
    SublimationTemperature,
    Material,
    Substrate,
    CharacterizationMethod,
    DepositionProcess,
    Recipe,
    Coating,
    PropertyMeasurement,
    Finding,
    SeiRelation,
    CyclingTest,
    where=Q(locator__regex=r"^\s*$"),
)
def value_has_source_and_locator(record):
    """Every value says in which study it was read, and where in it."""
    if not record.locator.strip():
        yield f"Nothing says where in {record.source.slug} it was read."


@check(Severity.WARNING, Study)
def authors_have_the_family_name_first(study):
    """An author is given as “Family, G. N.”."""
    for author in study.authors:
        try:
            parse_name(author)
        except ValidationError as error:
            yield from error.messages


def _studies_of_values():
    """By key of a process: the (slug, keys of studies) of each value of it.

    Those are its measurements and recipes, and at what its coatings grew how fast.
    """
    found = defaultdict(list)
    of_growth = (Property.DEPOSITION_TEMPERATURE, Property.GROWTH_PER_CYCLE)
    measured = reporters_of(PropertyMeasurement)
    for rows, process, reporters in (
        (
            PropertyMeasurement.objects.filter(process__isnull=False),
            "process",
            measured,
        ),
        (
            PropertyMeasurement.objects.filter(
                coating__isnull=False, property__in=of_growth
            ),
            "coating__process",
            measured,
        ),
        (Recipe.objects.all(), "process", reporters_of(Recipe)),
        (
            Coating.objects.exclude(deposition_temperature_as_reported=""),
            "process",
            reporters_of(Coating),
        ),
    ):
        values = rows.order_by("pk").values_list("pk", "slug", process)
        for pk, slug, of in values.iterator():
            found[of].append((slug, reporters[pk]))
    return found


@check(
    Severity.ERROR,
    DepositionProcess,
    related=["studies"],
    known=lambda: (_studies_of_values(), dict(Study.objects.values_list("pk", "slug"))),
)
def process_lists_the_studies_of_its_values(process, known):
    """A process lists every study that reported a value of it."""
    values, slugs = known()
    listed = {study.pk for study in process.studies.all()} | {process.source_id}
    missing = defaultdict(list)
    for value, studies in values.get(process.pk, ()):
        for study in studies - listed:
            missing[study].append(value)
    for study, of_values in missing.items():
        first, *more = of_values
        others = f" and {number_of(len(more), 'more value')}" if more else ""
        yield (
            f"{slugs[study]} reported {first}{others} and is not among the studies of "
            "the process."
        )


#: What says that two studies give a value, and the record holds it once.
ALSO_GIVEN, FOUND_ANEW = "also given in", "independently"
#: Digits of a number from which two studies hardly find the same by chance.
_TELLING_DIGITS = 3

_SAME_VALUE = ("property", "element", "value_min", "value_max", "condition")


class _SameValue(NamedTuple):
    """A value that equals another of its film; `studies` are keys of its reporters."""

    pk: int
    slug: str
    studies: set
    source: int
    says_why: bool

    def may_be_of(self, other):
        """Whether one may be taken from the other; not two values of one text."""
        is_explained = self.says_why or other.says_why
        is_one_text = self.source == other.source and self.studies & other.studies
        return not is_explained and not is_one_text

    def is_of_one_study_with(self, other):
        return bool(self.studies & other.studies)

    def cites(self, other, citations):
        """Whether a study or source of one cites one of the other."""
        ours, theirs = (one.studies | {one.source} for one in (self, other))
        pairs = {pair for a in ours for b in theirs for pair in ((a, b), (b, a))}
        return not pairs.isdisjoint(citations)


def _equal_values():
    """By key of a measurement: the pairs of it and an equal value of its film."""
    film = Coalesce("material", "process__material", "coating__process__material")
    rows = PropertyMeasurement.objects.order_by().annotate(film=film)
    rows = rows.filter(film__isnull=False)
    repeated = rows.values("film", *_SAME_VALUE).annotate(count=Count("pk"))
    keys = {*repeated.filter(count__gt=1).values_list("film", *_SAME_VALUE)}
    found = defaultdict(list)
    if keys:
        reporters = reporters_of(PropertyMeasurement)
        for pk, slug, source, notes, *key in (
            rows.order_by("pk")
            .values_list("pk", "slug", "source", "notes", "film", *_SAME_VALUE)
            .iterator()
        ):
            if (key := tuple(key)) in keys:
                found[key].append(
                    _SameValue(pk, slug, reporters[pk], source, _says_why(notes))
                )
    return {
        one.pk: [(one, other) for other in values if one.may_be_of(other)]
        for values in found.values()
        for one in values
    }


def _says_why(notes):
    return any(words in notes.lower() for words in (ALSO_GIVEN, FOUND_ANEW))


def _digits(number):
    """The significant digits of a number."""
    return len(f"{number:.12e}".split("e")[0].replace(".", "").strip("-0"))


@check(
    Severity.WARNING,
    PropertyMeasurement,
    known=lambda: (
        _equal_values(),
        {*ReviewCitation.objects.values_list("review", "study")},
    ),
)
def value_stands_once(measurement, known):
    """What one study took from another stands once, with “also given in”.

    Suspicious is an equal value of one film in two studies, where one cites the other
    or the number has too many digits for chance, and one of one study in two sources.
    """
    pairs, citations = known()
    value = measurement.value
    is_telling = sum(map(_digits, {*value.ends})) >= _TELLING_DIGITS
    for one, other in pairs.get(measurement.pk, ()):
        if is_telling or one.is_of_one_study_with(other) or one.cites(other, citations):
            yield (
                f"{other.slug} is {value} too; if one study took it from the other, "
                f"keep one and note “{ALSO_GIVEN} …”, else note that it was found "
                f"{FOUND_ANEW}."
            )
