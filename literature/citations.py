"""Studies as BibTeX, RIS and CSL-JSON, for reference managers and manuscripts.

Fields that are not established are left out. A study of which nothing is known is
cited by the review that cites it, with a note: "ref. 44 therein".
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from asei_db.lib.formulas import FormulaError, elements
from asei_db.lib.latex import escape

#: English words that are spelled like an element or a compound of some.
_WORDS = {"As", "At", "Be", "By", "He", "I", "In", "No", "On", "Or", "So", "Us"}
_WORD = re.compile(r"(\w+(?:\.\d\w*)*)")
_AND_OTHERS = "et al."


@dataclass(frozen=True)
class CitationFormat:
    """A format for citations: `write` gives the text of an iterable of studies."""

    name: str
    extension: str
    media_type: str
    write: Callable


@dataclass(frozen=True)
class _Reference:
    """What is cited for a study: its own record, or that of the review behind it."""

    key: str
    title: str
    authors: list
    journal: str
    year: int | None
    volume: str
    pages: list
    doi: str
    note: str


def to_bibtex(studies):
    """The studies as UTF-8 BibTeX, keyed by slug.

    Braces keep the capitals of formulas and acronyms in titles.
    """
    return "\n".join(_bibtex(_reference(study)) for study in studies)


def to_ris(studies):
    """The studies as RIS."""
    return "\r\n".join(_ris(_reference(study)) for study in studies)


def to_csl_json(studies):
    """The studies as a CSL-JSON array."""
    items = [_csl(_reference(study)) for study in studies]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def to_text(study):
    """The study in a line: authors, title, where it was published, DOI, note."""
    reference = _reference(study)
    place = f"{reference.journal} {reference.year or ''}".strip()
    note = reference.note
    parts = [
        "; ".join(reference.authors),
        reference.title,
        ", ".join(filter(None, [place, reference.volume, "–".join(reference.pages)])),
        reference.doi and f"https://doi.org/{reference.doi}",
        note[:1].upper() + note[1:],
    ]
    return ". ".join(part.removesuffix(".") for part in parts if part) + "."


FORMATS = [
    CitationFormat("bib", "bib", "application/x-bibtex", to_bibtex),
    CitationFormat("ris", "ris", "application/x-research-info-systems", to_ris),
    CitationFormat(
        "csl-json", "json", "application/vnd.citationstyles.csl+json", to_csl_json
    ),
]


def _reference(study):
    cited, note = study, ""
    citation = next(iter(study.published_citations), None)
    if not (study.journal or study.doi):
        if study.title:
            note = citation and f"ref. {citation.number} in {citation.review.label}"
        elif citation:
            cited, note = citation.review, f"ref. {citation.number} therein"
        else:
            note = "bibliographic record not established"
    return _Reference(
        key=study.slug,
        title=cited.title,
        authors=cited.authors,
        journal=cited.journal,
        year=cited.year,
        volume=cited.volume,
        pages=re.split(r"\s*[-–—]+\s*", cited.pages, maxsplit=1),
        doi=cited.doi,
        note=note or "",
    )


def _bibtex(reference):
    fields = {
        "author": " and ".join(map(_bibtex_author, reference.authors)),
        "title": _with_capitals(reference.title),
        "journal": escape(reference.journal),
        "year": reference.year,
        "volume": escape(reference.volume),
        "pages": escape("--".join(reference.pages)),
        # Verbatim, as styles link it; a lone brace would end the field.
        "doi": reference.doi.replace("{", "%7B").replace("}", "%7D"),
        "note": escape(reference.note),
    }
    kind = "article" if reference.journal else "misc"
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return ",\n".join([f"@{kind}{{{reference.key}", *lines]) + "\n}\n"


def _bibtex_author(name):
    if name == _AND_OTHERS:
        return "others"
    # A name in one part, or with the separator in it, is an organization's.
    whole = "," not in name or re.search(r"\band\b", name)
    return f"{{{escape(name)}}}" if whole else escape(name)


def _with_capitals(title):
    return "".join(
        f"{{{escape(piece)}}}" if index % 2 and _is_name(piece) else escape(piece)
        for index, piece in enumerate(_WORD.split(title))
    )


def _is_name(word):
    """Whether a word keeps its capitals in every style: a formula or an acronym.

    So does a capital Greek letter, whose command a style would put in lower case.
    """
    if any(map(str.isupper, word[1:])) or re.match("[Α-Ω]", word):
        return True
    try:
        return word not in _WORDS and bool(elements(word))
    except FormulaError:
        return False


def _ris(reference):
    first, *last = reference.pages
    fields = [
        ("TY", "JOUR" if reference.journal else "GEN"),
        ("ID", reference.key),
        *(("AU", name) for name in reference.authors),
        ("TI", reference.title),
        ("T2", reference.journal),
        ("PY", reference.year),
        ("VL", reference.volume),
        ("SP", first),
        ("EP", last and last[0]),
        ("DO", reference.doi),
        ("N1", reference.note),
    ]
    lines = [f"{tag}  - {' '.join(str(v).split())}" for tag, v in fields if v]
    return "\r\n".join([*lines, "ER  - ", ""])


def _csl(reference):
    fields = {
        "id": reference.key,
        "type": "article-journal" if reference.journal else "article",
        "title": reference.title,
        "author": [_csl_author(name) for name in reference.authors],
        "container-title": reference.journal,
        "issued": reference.year and {"date-parts": [[reference.year]]},
        "volume": reference.volume,
        "page": "-".join(reference.pages),
        "DOI": reference.doi,
        "note": reference.note,
    }
    return {name: value for name, value in fields.items() if value}


def _csl_author(name):
    family, comma, given = name.partition(",")
    return {"family": family, "given": given.strip()} if comma else {"literal": name}
