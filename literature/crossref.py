"""What Crossref knows of a work, asked by DOI: https://api.crossref.org/works/{doi}.

An answer is JSON: `message` holds the work, with `title`, `author`, …, and `reference`,
its reference list as the publisher deposited it. Every field of it may be absent.
"""

import json
import re
import time
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx
from django.core.exceptions import ValidationError

from asei_db.lib.identifiers import normalize_doi, validate_doi
from asei_db.lib.markup import plain_text

API = "https://api.crossref.org"
SECONDS = 10  # for a whole answer
MOST_BYTES = 20_000_000

_DOI_IN_TEXT = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)
#: Where publishers put the number of a reference in its key: "D5DT00526D/cit12a",
#: "ref12", "123_CR12", "12".
_NUMBERS_IN_KEYS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (r"cit0*(\d+)", r"ref0*(\d+)", r"CR0*(\d+)", r"^\D*0*(\d+)$")
]


class CrossrefError(Exception):
    """Crossref cannot be asked, or does not answer; the message says why."""


class UnknownDOIError(CrossrefError):
    """Crossref has no work with this DOI."""


@dataclass(frozen=True)
class Work:
    """A work as Crossref has it; what it does not say is empty.

    `authors` are lines as “Family, Given, Jr.”.
    """

    doi: str = ""
    title: str = ""
    authors: list[str] = field(default_factory=list)
    journal: str = ""
    year: int | None = None
    volume: str = ""
    pages: str = ""


@dataclass(frozen=True)
class Reference:
    """One entry of a deposited list; `text` is the citation as it was printed."""

    key: str
    work: Work
    text: str = ""


class Crossref:
    """Asks one after the other; a context manager.

    `mailto` is the address under which Crossref reaches who asks.
    """

    def __init__(self, mailto, api=API):
        self.api = api.rstrip("/")
        self.client = httpx.Client(
            timeout=SECONDS,
            follow_redirects=True,
            max_redirects=3,
            headers={
                "User-Agent": f"ASEI-DB/0.1 (mailto:{mailto})",
                "Accept": "application/json",
            },
        )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.client.close()

    def work(self, doi):
        """The `Work` of a DOI; CrossrefError."""
        return _work(self._message(doi))

    def work_with_references(self, doi):
        """The `Work` and its `Reference`s in order; CrossrefError, also without any."""
        message = self._message(doi)
        entries = message.get("reference")
        if entries is None or entries == []:
            raise CrossrefError(
                f"Crossref has no reference list of {doi}: its publisher has deposited "
                "none, or does not open it."
            )
        if not _are_mappings(entries):
            raise CrossrefError(
                f"The reference list of {doi} is not of Crossref's shape."
            )
        return _work(message), [_reference(entry) for entry in entries]

    def _message(self, doi):
        """The mapping `message` of the answer; CrossrefError."""
        url = f"{self.api}/works/{quote(doi, safe='')}"
        try:
            answer = json.loads(self._content(url, doi))
        except (ValueError, RecursionError) as error:
            raise CrossrefError(f"The answer of {url} is no JSON: {error}.") from error
        message = answer.get("message") if isinstance(answer, dict) else None
        if not isinstance(message, dict):
            raise CrossrefError(f"The answer of {url} is not of Crossref's shape.")
        return message

    def _content(self, url, doi):
        end = time.monotonic() + SECONDS
        content = bytearray()
        try:
            with self.client.stream("GET", url) as response:
                _check(response, url, doi)
                for part in response.iter_bytes():
                    content += part
                    if len(content) > MOST_BYTES:
                        raise CrossrefError(f"The answer of {url} is too long.")
                    if time.monotonic() > end:
                        raise _too_late(url)
        except httpx.TimeoutException as error:
            raise _too_late(url) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise CrossrefError(f"{url} cannot be reached: {error}.") from error
        return bytes(content)


def _too_late(url):
    return CrossrefError(f"{url} has not answered within {SECONDS} s.")


def _check(response, url, doi):
    """Refuse an answer that is none, with what can be done about it."""
    if response.status_code == 404:
        raise UnknownDOIError(f"Crossref has no work with the DOI {doi}.")
    if response.status_code == 429 or response.status_code >= 500:
        wait = response.headers.get("Retry-After", "").strip()
        # Seconds, or a date.
        when = f"after {wait}{' s' if wait.isdecimal() else ''}" if wait else "later"
        raise CrossrefError(
            f"{url} answers with {response.status_code} "
            f"{response.reason_phrase}; try again {when}."
        )
    if response.status_code != 200:
        raise CrossrefError(
            f"{url} answers with {response.status_code} {response.reason_phrase}."
        )


def numbered(references):
    """References by the number under which they are printed, a list for each.

    Numbers are read from the keys where these count without a gap from 1; a number may
    have several works. Otherwise they are the places in the list. The second value is
    whether they come from the keys.
    """
    for pattern in _NUMBERS_IN_KEYS:
        found = [pattern.search(reference.key) for reference in references]
        if not all(found):
            continue
        numbers = [int(one[1]) for one in found]
        if {*numbers} == {*range(1, max(numbers) + 1)}:
            lists = {number: [] for number in sorted(numbers)}
            for number, reference in zip(numbers, references, strict=True):
                lists[number].append(reference)
            return lists, True
    return {n: [one] for n, one in enumerate(references, start=1)}, False


def _work(message):
    return Work(
        doi=_doi(_text(message.get("DOI"))),
        title=plain_text(_first(message.get("title"))),
        authors=_authors(message.get("author")),
        journal=plain_text(
            _first(message.get("short-container-title"))
            or _first(message.get("container-title"))
        ),
        # Of the volume: a paper that came online in the year before has both.
        year=_year(message.get("published-print")) or _year(message.get("issued")),
        volume=_text(message.get("volume")),
        pages=_text(message.get("page")) or _text(message.get("article-number")),
    )


def _reference(entry):
    text = _text(entry.get("unstructured"))
    in_text = _DOI_IN_TEXT.search(text)
    year = re.match(r"\d{4}(?!\d)", _text(entry.get("year")))
    work = Work(
        doi=_doi(_text(entry.get("DOI"))) or _doi(in_text[0] if in_text else ""),
        title=plain_text(
            _text(entry.get("article-title")) or _text(entry.get("volume-title"))
        ),
        journal=plain_text(
            _text(entry.get("journal-title")) or _text(entry.get("series-title"))
        ),
        year=int(year[0]) if year else None,
        volume=_text(entry.get("volume")),
        pages=_text(entry.get("first-page")),
    )
    return Reference(_text(entry.get("key")), work, text)


def _authors(people):
    if not _are_mappings(people):
        return []
    lines = []
    for person in people:
        names = [_text(person.get(part)) for part in ("family", "given", "suffix")]
        line = ", ".join(filter(None, names)) or _text(person.get("name"))
        if line:
            lines.append(line)
    return lines


def _year(date):
    """The year of {"date-parts": [[2025, 5, 26]]}, or None."""
    try:
        year = date["date-parts"][0][0]
    except (TypeError, KeyError, IndexError):
        return None
    return year if type(year) is int else None


def _doi(text):
    """The DOI in its one spelling, "" where it is none."""
    try:
        validate_doi(text)
    except ValidationError:
        return ""
    return normalize_doi(text)


def _first(texts):
    return _text(texts[0]) if isinstance(texts, list) and texts else ""


def _text(value):
    return value.strip() if isinstance(value, str) else ""


def _are_mappings(values):
    return isinstance(values, list) and all(isinstance(one, dict) for one in values)
