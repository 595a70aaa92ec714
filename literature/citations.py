"""Studies as BibTeX, RIS and CSL-JSON, for reference managers and manuscripts.

Fields that are not established are left out. Studies of which nothing is known are
cited by the review that cites them, once, as itself, with a note: "refs 44, 67
therein".
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from types import SimpleNamespace

import orjson

from asei_db.lib.formulas import FormulaError, elements
from asei_db.lib.identifiers import doi_url
from asei_db.lib.latex import escape
from literature import documents
from literature.kinds import Kind
from literature.models import ReviewCitation
from literature.names import AND_OTHERS, read_name
from literature.pages import split_pages

#: English words that are spelled like an element or a compound of some.
_WORDS = {"As", "At", "Be", "By", "He", "I", "In", "No", "On", "Or", "So", "Us"}
_escaped = lru_cache(maxsize=4096)(escape)  # journals, and what stands between words
_WORD = re.compile(r"(\w+(?:\.\d\w*)*)")
_BRACES = re.compile(r"[\\{}]")


@dataclass(frozen=True)
class CitationFormat:
    """A format for citations.

    `write_one` gives the text of a `Reference`; `start`, `between` and `end` are those
    of a file.
    """

    name: str
    extension: str
    media_type: str
    write_one: Callable
    between: str
    start: str = ""
    end: str = ""

    def write(self, studies):
        """The text of a file of some studies."""
        return "".join(self.pieces(references(studies)))

    def pieces(self, references):
        """The text of a file of references, piece by piece."""
        between = self.start
        for reference in references:
            yield between + self.write_one(reference)
            between = self.between
        yield self.end if between is self.between else self.start + self.end


@dataclass(frozen=True)
class Reference:
    """What is cited: a study, and a note on it."""

    study: object
    note: str

    @property
    def pages(self):
        """The first and the last page, "" where there is none."""
        return split_pages(self.study.pages)


def to_text(study):
    """The study in a line: authors, title, where it was published, DOI, note."""
    [reference] = references([study])
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


def references(studies):
    """List the `Reference`s to studies: a work once, of however many they stand for."""
    studies = list({study.pk: study for study in studies}.values())
    numbers = defaultdict(set)
    for study in studies:
        if not _is_known(study) and (citations := study.published_citations):
            numbers[citations[0].review.slug].add(citations[0].number)
    return list(_references(studies, numbers))


def all_references(studies):
    """Yield the `Reference`s to a queryset of published studies, in its order.

    They are made of the studies' documents, a few hundred at a time. What is held are
    the numbers of works of which nothing is known, and the reviews that cite them.
    """
    citations = (
        ReviewCitation.objects.published()
        .filter(number__gt=0, study__in=studies.unidentified().order_by().values("pk"))
        .order_by("study_id", *ReviewCitation._meta.ordering)
        .values_list("study_id", "review__slug", "number")
    )
    first = {}
    for study, review, number in citations:
        first.setdefault(study, (review, number))
    numbers = defaultdict(set)
    for review, number in first.values():
        numbers[review].add(number)
    review = cache(lambda slug: _Work(documents.find(Kind.STUDY, slug, ""), review))
    keys = studies.values_list("pk", flat=True)
    parts = documents.in_parts(Kind.STUDY, keys, "")
    works = (_Work(body, review) for part in parts for body in part)
    yield from _references(works, numbers)


class _Work:
    """A study as its document has it; `review` finds another by its slug."""

    def __init__(self, body, review):
        item = orjson.loads(body)
        vars(self).update(item)
        self.doi = item["doi"] or ""
        self._review = review

    @property
    def published_citations(self):
        return [
            SimpleNamespace(number=one["number"], review=self._review(one["review"]))
            for one in self.citations[:1]
        ]


def _is_known(study):
    return bool(study.journal or study.doi or study.title)


def _references(works, numbers):
    """References to works; `numbers` are those of unknown ones, by their review's slug.

    A review stands where the first of these stands, or itself.
    """
    written = set()
    for work in works:
        if not _is_known(work) and (citations := work.published_citations):
            work = citations[0].review
        if work.slug in numbers:
            if work.slug in written:
                continue
            written.add(work.slug)
        yield Reference(work, _note(work) or _numbered(numbers.get(work.slug)))


def _note(work):
    """What is said of a work of which neither journal nor DOI is known."""
    if work.journal or work.doi:
        return ""
    citations = work.published_citations
    if not work.title:
        return "" if citations else "bibliographic record not established"
    if not citations:
        return ""
    return f"ref. {citations[0].number} in {citations[0].review.label}"


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
        "journal": _escaped(study.journal),
        "year": study.year,
        "volume": _escaped(study.volume),
        "pages": escape("--".join(filter(None, reference.pages))),
        # Verbatim, as styles link it; a lone brace would end the field.
        "doi": _BRACES.sub(lambda sign: f"%{ord(sign[0]):02X}", study.doi),
        "note": escape(reference.note),
    }
    kind = "article" if study.journal else "misc"
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return ",\n".join([f"@{kind}{{{study.slug}", *lines]) + "\n}\n"


@lru_cache(maxsize=4096)  # the same people write again and again
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
    pieces = _WORD.split(title)
    pieces[::2] = map(_escaped, pieces[::2])
    pieces[1::2] = map(_word_with_capitals, pieces[1::2])
    return "".join(pieces)


@lru_cache(maxsize=4096)
def _word_with_capitals(word):
    return f"{{{escape(word)}}}" if _is_name(word) else escape(word)


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


@lru_cache(maxsize=4096)
def _csl_author(line):
    name = read_name(line)
    if not name.given:
        return {"literal": line}
    return {part: text for part, text in name._asdict().items() if text}


def _csl_text(reference):
    item = json.dumps(_csl(reference), ensure_ascii=False, indent=2)
    return item.replace("\n", "\n  ")


_BIBTEX = CitationFormat("bib", "bib", "application/x-bibtex", _bibtex, "\n")
_RIS = CitationFormat("ris", "ris", "application/x-research-info-systems", _ris, "\r\n")
_CSL_JSON = CitationFormat(
    "csl-json",
    "json",
    "application/vnd.citationstyles.csl+json",
    _csl_text,
    ",\n  ",
    "[\n  ",
    "\n]\n",
)
FORMATS = [_BIBTEX, _RIS, _CSL_JSON]

#: Studies as UTF-8 BibTeX, keyed by slug; braces keep the capitals of formulas and
#: acronyms in titles. As RIS, and as a CSL-JSON array.
to_bibtex, to_ris, to_csl_json = (one.write for one in FORMATS)
