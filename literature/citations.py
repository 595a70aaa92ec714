"""Studies as BibTeX, RIS and CSL-JSON, for reference managers and manuscripts.

Fields that are not established are left out. Studies of which nothing is known are
cited by the review that cites them, once, as itself, with a note: "refs 44, 67
therein".
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from asei_db.lib.formulas import FormulaError, elements
from asei_db.lib.identifiers import doi_url
from asei_db.lib.latex import escape
from literature.names import AND_OTHERS, read_name
from literature.pages import split_pages

#: English words that are spelled like an element or a compound of some.
_WORDS = {"As", "At", "Be", "By", "He", "I", "In", "No", "On", "Or", "So", "Us"}
_WORD = re.compile(r"(\w+(?:\.\d\w*)*)")


@dataclass(frozen=True)
class CitationFormat:
    """A format for citations: `write` gives the text of an iterable of studies."""

    name: str
    extension: str
    media_type: str
    write: Callable


@dataclass(frozen=True)
class _Reference:
    """What is cited: a study, and a note on it."""

    study: object
    note: str

    @property
    def pages(self):
        """The first and the last page, "" where there is none."""
        return split_pages(self.study.pages)


def to_bibtex(studies):
    """The studies as UTF-8 BibTeX, keyed by slug.

    Braces keep the capitals of formulas and acronyms in titles.
    """
    return "\n".join(map(_bibtex, _references(studies)))


def to_ris(studies):
    """The studies as RIS."""
    return "\r\n".join(map(_ris, _references(studies)))


def to_csl_json(studies):
    """The studies as a CSL-JSON array."""
    items = list(map(_csl, _references(studies)))
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def to_text(study):
    """The study in a line: authors, title, where it was published, DOI, note."""
    [reference] = _references([study])
    cited, note = reference.study, reference.note
    place = f"{cited.journal} {cited.year or ''}".strip()
    pages = "–".join(filter(None, reference.pages))
    parts = [
        "; ".join(cited.authors),
        cited.title,
        ", ".join(filter(None, [place, cited.volume, pages])),
        doi_url(cited.doi),
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


def _references(studies):
    """The `_Reference`s to studies: a work once, however many studies stand for it."""
    works, numbers, notes = {}, {}, {}
    for study in studies:
        work = study
        citations = study.published_citations
        if not (study.journal or study.doi):
            if study.title:
                cited_in = citations and citations[0]
                notes[study.pk] = cited_in and (
                    f"ref. {cited_in.number} in {cited_in.review.label}"
                )
            elif citations:
                work = citations[0].review
                numbers.setdefault(work.pk, set()).add(citations[0].number)
            else:
                notes[study.pk] = "bibliographic record not established"
        works.setdefault(work.pk, work)
    return [
        _Reference(work, notes.get(key) or _numbered(numbers.get(key)))
        for key, work in works.items()
    ]


def _numbered(numbers):
    """ "refs 44, 67 therein"; "" without numbers."""
    if not numbers:
        return ""
    word = "ref." if len(numbers) == 1 else "refs"
    return f"{word} {', '.join(map(str, sorted(numbers)))} therein"


def _bibtex(reference):
    study = reference.study
    fields = {
        "author": " and ".join(map(_bibtex_author, study.authors)),
        "title": _with_capitals(study.title),
        "journal": escape(study.journal),
        "year": study.year,
        "volume": escape(study.volume),
        "pages": escape("--".join(filter(None, reference.pages))),
        # Verbatim, as styles link it; a lone brace would end the field.
        "doi": re.sub(r"[\\{}]", lambda sign: f"%{ord(sign[0]):02X}", study.doi),
        "note": escape(reference.note),
    }
    kind = "article" if study.journal else "misc"
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return ",\n".join([f"@{kind}{{{study.slug}", *lines]) + "\n}\n"


def _bibtex_author(line):
    if line == AND_OTHERS:
        return "others"
    name = read_name(line)
    family, given = map(escape, (name.family, name.given))
    if not given:
        # An organization, or what is no name, which BibTeX would take apart.
        family = f"{{{family}}}"
    return ", ".join(filter(None, [family, escape(name.suffix), given]))


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
    study = reference.study
    first, last = reference.pages
    fields = [
        ("TY", "JOUR" if study.journal else "GEN"),
        ("ID", study.slug),
        # A name is “Family, Given, Suffix” in RIS too.
        *(("AU", name) for name in study.authors),
        ("TI", study.title),
        ("T2", study.journal),
        ("PY", study.year),
        ("VL", study.volume),
        ("SP", first),
        ("EP", last),
        ("DO", study.doi),
        ("N1", reference.note),
    ]
    lines = [f"{tag}  - {' '.join(str(v).split())}" for tag, v in fields if v]
    return "\r\n".join([*lines, "ER  - ", ""])


def _csl(reference):
    study = reference.study
    fields = {
        "id": study.slug,
        "type": "article-journal" if study.journal else "article",
        "title": study.title,
        "author": [_csl_author(line) for line in study.authors],
        "container-title": study.journal,
        "issued": study.year and {"date-parts": [[study.year]]},
        "volume": study.volume,
        "page": "-".join(filter(None, reference.pages)),
        "DOI": study.doi,
        "note": reference.note,
    }
    return {name: value for name, value in fields.items() if value}


def _csl_author(line):
    name = read_name(line)
    if not name.given:
        return {"literal": line}
    return {part: text for part, text in name._asdict().items() if text}
