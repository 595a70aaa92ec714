"""What the records of each kind are called, and which of their words say it."""

from django.db.models import Case, F, TextField, Value, When

from literature.choices import StudyStatus
from literature.identifiers import Naming, Role
from literature.kinds import Kind
from literature.search_entries import Texts

_SLUG = Naming.of(Role.SLUG, "slug")

#: Of several roles with the same value, the first one is told.
NAMES = {
    Kind.STUDY: [
        Naming.of(Role.DOI, "doi"),
        Naming.of(
            Role.REFERENCE,
            "citations__number",
            only_if=("citations__review__status", StudyStatus.PUBLISHED),
        ),
        Naming.of(Role.TITLE, "title"),
        # Lists leave out works of which nothing but authors and year is known.
        Naming.of(Role.AUTHOR, "authors", "year", "title", "doi", "journal"),
        _SLUG,
        Naming.of(Role.SLUG, "former_slugs__slug"),
    ],
    Kind.ELEMENT: [Naming.of(Role.NAME, "symbol"), Naming.of(Role.NAME, "name")],
    Kind.PRECURSOR: [
        *(Naming.of(Role.NAME, name) for name in ("acronym", "name", "formula")),
        Naming.of(Role.SYNONYM, "synonyms"),
        Naming.of(Role.CAS, "cas_number"),
        Naming.of(Role.INCHI_KEY, "inchi_key"),
        Naming.of(Role.CID, "pubchem_cid"),
        _SLUG,
    ],
    Kind.MATERIAL: [
        *(Naming.of(Role.NAME, name) for name in ("name", "formula")),
        Naming.of(Role.SYNONYM, "synonyms"),
        _SLUG,
    ],
    Kind.SUBSTRATE: [
        *(Naming.of(Role.NAME, name) for name in ("name", "acronym", "formula")),
        Naming.of(Role.SYNONYM, "synonyms"),
        _SLUG,
    ],
    Kind.METHOD: [
        *(Naming.of(Role.NAME, name) for name in ("acronym", "name")),
        Naming.of(Role.SYNONYM, "variants"),
        _SLUG,
    ],
    Kind.COATING: [Naming.of(Role.TITLE, "process__material__name", "substrate__name")],
}


def _labels(model, name):
    """The words for the codes of a field, as an expression."""
    choices = model._meta.get_field(name).choices
    return Case(*(When(**{name: code}, then=Value(label)) for code, label in choices))


def _texts():
    notes = Case(
        When(source__status=StudyStatus.PUBLISHED, then=F("notes")),
        default=Value(""),
        output_field=TextField(),
    )

    def search_texts(*lookups):
        return [f"{lookup}__search_text" for lookup in lookups]

    film = ["process__material", "coating__process__material", "coating__substrate"]
    subjects = search_texts("material", *film, "substrate")

    def where_none(name, text):
        return Case(When(**{name: None}, then=Value(text)), default=Value(""))

    named = Texts.of("search_text", remarks=[notes])
    return {
        Kind.STUDY: Texts.of("title", "authors", "year", remarks=["notes"]),
        Kind.PRECURSOR: named,
        Kind.MATERIAL: named,
        Kind.SUBSTRATE: Texts.of(
            "search_text",
            more=[_labels(Kind.SUBSTRATE.model, "host_family")],
            remarks=[notes],
        ),
        Kind.METHOD: named,
        Kind.PROCESS: Texts.of(
            *search_texts("material", "steps__precursor"),
            where_none("steps", "precursors not known"),
            remarks=[notes],
        ),
        Kind.RECIPE: Texts.of(*search_texts("process__material"), remarks=[notes]),
        Kind.COATING: Texts.of(
            *search_texts("process__material", "substrate"),
            where_none("substrate", "various substrates"),
            remarks=[notes],
        ),
        Kind.MEASUREMENT: Texts.of(
            _labels(Kind.MEASUREMENT.model, "property"),
            *subjects,
            *search_texts("precursor"),
            remarks=["condition", notes],
        ),
        Kind.CYCLING_TEST: Texts.of(
            where_none("coating", "bare"),
            *search_texts("coating__process__material", "electrode"),
            remarks=[notes],
        ),
        Kind.FINDING: Texts.of(
            _labels(Kind.FINDING.model, "aspect"),
            *subjects,
            remarks=["statement", "compared_with", notes],
        ),
    }


TEXTS = _texts()
