"""Checks that a thing has one record, however it is spelled."""

from collections import defaultdict

from django.db.models import Q

from asei_db.lib.folding import fold
from asei_db.lib.formulas import FormulaError, composition
from literature.checks import Severity, check
from literature.models import Study
from literature.names import read_name
from literature.pages import split_pages
from materials.models import Material, Substrate
from precursors.choices import PrecursorClass
from precursors.models import Precursor

NAMED = (Material, Substrate, Precursor)


def folded(text):
    """A name without case, dashes, subscripts, Greek letters and spaces."""
    return fold(text).replace(" ", "")


def _names(record):
    """The folded names of a record, and with them its synonyms and formula.

    Without the formula of a plasma, which is that of its gas.
    """
    is_plasma = getattr(record, "precursor_class", None) == PrecursorClass.PLASMA
    formula = "" if is_plasma else record.formula
    own = {folded(text) for text in (record.name, getattr(record, "acronym", ""))}
    more = {folded(text) for text in (formula, *record.synonyms)}
    return own - {""}, (own | more) - {""}


def _by_name():
    """The slugs of records by model and folded name: own names, and all names."""
    found = {model: (defaultdict(set), defaultdict(set)) for model in NAMED}
    for model, places in found.items():
        for record in model.objects.order_by().iterator():
            for place, names in zip(places, _names(record), strict=True):
                for name in names:
                    place[name].add(record.slug)
    return found


@check(Severity.ERROR, *NAMED, known=_by_name)
def name_stands_once(record, known):
    """No two records have names that differ in case, dashes or spaces alone."""
    names, _ = known()[type(record)]
    others = set().union(*(names[name] for name in _names(record)[0]))
    for other in sorted(others - {record.slug}):
        yield f"{other} has the same name in another spelling; keep one of them."


@check(Severity.WARNING, *NAMED, where=Q(notes=""), known=_by_name)
def name_is_no_synonym_of_another(record, known):
    """No record is named like the synonym or formula of another, or a note says why."""
    if record.notes:
        return
    own, more = known()[type(record)]
    for name in _names(record)[0]:
        for other in sorted(more[name] - own[name] - {record.slug}):
            yield (
                f"{other} has its name as a synonym or formula; if they are one thing, "
                "keep one record, else say in a note how they differ."
            )


def _by_composition():
    """(slug, formula) of the records by model and sum formula."""
    found = {model: defaultdict(set) for model in NAMED}
    for model, records in found.items():
        rows = model.objects.exclude(formula="").order_by()
        if model is Precursor:
            rows = rows.exclude(precursor_class=PrecursorClass.PLASMA)
        for slug, formula in rows.values_list("slug", "formula").iterator():
            if sums := _composition(formula):
                records[sums].add((slug, formula))
    return found


def _composition(formula):
    try:
        return frozenset(composition(formula).items())
    except FormulaError:
        return None


@check(
    Severity.WARNING,
    *NAMED,
    where=Q(notes="") & ~Q(formula=""),
    known=_by_composition,
)
def formula_stands_once(record, known):
    """Records of one composition are one thing, or a note says how they differ.

    Substrates of one formula differ in form (wafer, wire, powder); of them only two
    spellings of a formula are found.
    """
    if record.notes or not record.formula:
        return
    same = known()[type(record)].get(_composition(record.formula), ())
    if (record.slug, record.formula) not in same:
        return  # a plasma
    for other, formula in sorted(same):
        is_other_form = type(record) is Substrate and formula == record.formula
        if other != record.slug and not is_other_form:
            yield (
                f"{other} is {formula}, the same composition; if they are one thing, "
                "keep one record and one spelling."
            )


def _by_structure():
    found = defaultdict(set)
    rows = Precursor.objects.exclude(inchi_key="").order_by()
    for slug, key in rows.exclude(precursor_class=PrecursorClass.PLASMA).values_list(
        "slug", "inchi_key"
    ):
        found[key].add(slug)
    return found


@check(
    Severity.ERROR,
    Precursor,
    where=~Q(inchi_key="") & ~Q(precursor_class=PrecursorClass.PLASMA),
    known=_by_structure,
)
def structure_stands_once(precursor, known):
    """No two precursors have one InChIKey, but for a gas and its plasma."""
    if precursor.inchi_key and precursor.precursor_class != PrecursorClass.PLASMA:
        for other in sorted(known()[precursor.inchi_key] - {precursor.slug}):
            yield f"{other} has the same InChIKey; keep one of them."


def _place(study):
    """Where a study is printed: journal, year, volume, first page, first author."""
    first_page, _ = split_pages(study.pages)
    if not (study.journal and study.volume and first_page and study.authors):
        return None
    author = folded(read_name(study.authors[0]).family)
    return folded(study.journal), study.year, study.volume, first_page, author


def _printed_studies():
    found = defaultdict(set)
    for study in Study.objects.order_by().iterator():
        if place := _place(study):
            found[place].add(study.slug)
        if study.title:
            found[folded(study.title)].add(study.slug)
    return found


@check(Severity.ERROR, Study, known=_printed_studies)
def study_stands_once(study, known):
    """No two studies of one first author stand on one page of a journal."""
    for other in sorted(known().get(_place(study), set()) - {study.slug}):
        yield f"{other} stands at the same place of the same journal; merge the two."


@check(Severity.WARNING, Study, where=Q(notes=""), known=_printed_studies)
def title_stands_once(study, known):
    """No two studies have one title, or a note says how they differ."""
    if study.title and not study.notes:
        for other in sorted(known()[folded(study.title)] - {study.slug}):
            yield (
                f"{other} has the same title; merge the two, or say in a note how "
                "they differ, e.g. as preprint and article."
            )
