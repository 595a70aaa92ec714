"""Completes the works that a review cites with what Crossref knows of them.

First Crossref is asked (`ask`), then what it said is compared with the studies
(`plan`), and what follows from that is written (`write`). A work is matched by its
number in the review's list; DOI and title must not contradict it, and lead to studies
that turn out to be the same work.
"""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction

from asei_db.lib import deriving
from asei_db.lib.folding import fold
from literature.choices import MetadataConfidence
from literature.crossref import CrossrefError, UnknownDOIError, Work, numbered
from literature.merging import FIELDS, merge
from literature.models import Study

#: Titles of at least so many characters, folded, are those of one work if they agree.
_LONG_TITLE = 25


class NumberingError(Exception):
    """The numbers of the deposited list are not those of the review's list here."""


@dataclass(frozen=True)
class Fill:
    """Values for empty fields of a study, by name; `refused` says what does not fit."""

    study: Study
    values: dict
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Merge:
    """A study that is the work `kept`, and values for that one's empty fields."""

    study: Study
    kept: Study
    values: dict
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Left:
    """A number of the list of which nothing is written, and why."""

    number: int
    reason: str


def is_complete(study):
    """Whether no bibliographic field of a study is empty."""
    return all(getattr(study, name) for name in FIELDS)


def ask(crossref, review):
    """What Crossref knows of a review and of the works that it cites.

    A mapping: by number, the `Work` or a text that says why there is none; 0 is the
    review itself. One request for the review, one for each study that lacks anything.
    CrossrefError, NumberingError.
    """
    own, references = crossref.work_with_references(review.doi)
    studies = _studies(review)
    if not studies:
        raise NumberingError(f"No numbered works of {review.doi} are here.")
    lists = _fitting(references, studies)
    known: dict[int, Work | str] = {0: own}
    for number, study in studies.items():
        if not is_complete(study):
            known[number] = _ask_for(crossref, study, lists[number])
    return known


def plan(review, known):
    """`Fill`, `Merge` and `Left` of what `ask` gave; changes nothing."""
    studies = {0: review} | _studies(review)
    every = _Studies()
    changes: list[Fill | Merge | Left] = []
    for number, work in known.items():
        study = studies.get(number)
        if study is None:
            continue  # somebody has deleted it meanwhile
        if isinstance(work, str):
            changes.append(Left(number, work))
            continue
        kept = every.same(work, study) if number else None
        if contradiction := _contradiction(kept or study, work):
            changes.append(Left(number, contradiction))
            continue
        values, refused = _values(kept or study, work)
        if kept:
            changes.append(Merge(study, kept, values, refused))
            every.forget(study, kept)
        elif values or refused:
            changes.append(Fill(study, values, refused))
        every.expect(kept or study, work)
    return changes


def write(changes):
    """Write all `Fill`s and `Merge`s or none; ValidationError, MergeError."""
    with transaction.atomic(), deriving.batch():
        for change in changes:
            if isinstance(change, Merge):
                merge(_anew(change.study), _anew(change.kept))
                _fill(_anew(change.kept), change.values)
            elif isinstance(change, Fill):
                _fill(_anew(change.study), change.values)


def _anew(study):
    # Others may have typed something while Crossref was asked.
    return Study.objects.select_for_update().get(pk=study.pk)


def _fill(study, values):
    values = {name: one for name, one in values.items() if not getattr(study, name)}
    if not values:
        return
    for name, value in values.items():
        setattr(study, name, value)
    # That a person has checked the study stands.
    if study.metadata_confidence != MetadataConfidence.VERIFIED:
        study.metadata_confidence = MetadataConfidence.CROSSREF
    study.full_clean()
    study.save()


def _studies(review):
    """The studies that a review cites, by number; it does not cite itself."""
    citations = review.references.filter(number__gt=0).select_related("study")
    return {one.number: one.study for one in citations.order_by("number")}


def _fitting(references, studies):
    """The references by number; NumberingError if these are not those of `studies`."""
    lists, are_keys = numbered(references)
    is_longer = are_keys and max(lists) > max(studies)  # only some works are here
    if not is_longer and max(lists) != max(studies):
        raise NumberingError(
            f"Crossref has {max(lists)} references, the list here goes up to "
            f"{max(studies)}"
            + ("." if are_keys else "; their keys hold no numbers that count from 1.")
        )
    agree, differ = [], []
    for number, study in studies.items():
        dois = {one.work.doi for one in lists[number]} - {""}
        if study.doi and dois:
            (agree if study.doi in dois else differ).append(number)
    if len(differ) > len(agree):
        raise NumberingError(
            f"The numbers do not fit: of the works whose DOI is known, refs "
            f"{', '.join(map(str, differ))} are others at Crossref, and only "
            f"{len(agree)} agree."
        )
    return lists


def _ask_for(crossref, study, references):
    """The `Work` behind a number, or why there is none."""
    if len(references) > 1:
        own = [one for one in references if _is_same(study, one.work)]
        if len(own) != 1:
            return f"{len(references)} works stand under this number."
        references = own
    [reference] = references
    doi = reference.work.doi or study.doi
    if not doi:
        if reference.work.title:
            return reference.work
        printed = f" “{reference.text}”" if reference.text else ""
        return f"The deposited entry has neither DOI nor title.{printed}"
    try:
        work = crossref.work(doi)
        return work if work.doi else replace(work, doi=doi)
    except UnknownDOIError as error:
        return str(error)
    except CrossrefError as error:
        raise CrossrefError(f"{error} (while asking for {study.slug})") from error


class _Studies:
    """All studies, and what they will be, by DOI and by title."""

    def __init__(self):
        self.by_doi, self.by_title = {}, {}
        for study in Study.objects.order_by("pk"):
            self.expect(study, study)

    def expect(self, study, work):
        if work.doi:
            self.by_doi.setdefault(work.doi, study)
        if len(title := fold(work.title)) >= _LONG_TITLE:
            self.by_title.setdefault(title, study)

    def forget(self, study, kept):
        """Take a study for the one that it is merged into."""
        for found in (self.by_doi, self.by_title):
            for key, one in found.items():
                if one.pk == study.pk:
                    found[key] = kept

    def same(self, work, study):
        """The other study that is the same work, or None."""
        found = self.by_doi.get(work.doi) if work.doi else None
        if found is None and (titled := self.by_title.get(fold(work.title))):
            differs = titled.doi and work.doi and titled.doi != work.doi
            found = None if differs or _years_differ(titled, work) else titled
        return None if found is None or found.pk == study.pk else found


def _is_same(study, work):
    """Whether a reference is a study by its DOI or its title."""
    if study.doi and work.doi:
        return study.doi == work.doi
    return bool(study.title) and fold(study.title) == fold(work.title)


def _years_differ(study, work):
    # Online and in print may be a year apart.
    return bool(study.year and work.year and abs(study.year - work.year) > 1)


def _contradiction(study, work):
    """Why a work can not be the study, going by what people typed; "" if it can."""
    if study.doi and work.doi and study.doi != work.doi:
        return f"Its DOI here is {study.doi}, at Crossref {work.doi}."
    same_doi = study.doi and study.doi == work.doi
    if not same_doi and study.title and work.title and not _is_same(study, work):
        return f"Its title here is “{study.title}”, at Crossref “{work.title}”."
    if not same_doi and _years_differ(study, work):
        return f"Its year here is {study.year}, at Crossref {work.year}."
    return ""


def _values(study, work):
    """Values for the empty fields of a study as they are spelled here, and reasons."""
    values, refused = {}, []
    for name in FIELDS:
        value = getattr(work, name)
        if getattr(study, name) or not value:
            continue
        probe = Study(**{name: value})
        others = {one.name for one in Study._meta.fields} - {name}
        try:
            probe.clean_fields(exclude=others)
        except ValidationError as error:
            refused.append(f"{name}: {' '.join(error.messages)}")
        else:
            values[name] = getattr(probe, name)
    return values, tuple(refused)
