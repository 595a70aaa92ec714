"""Pages as printed: a first and a last one, or an article number."""

import re
import unicodedata
from functools import lru_cache

from asei_db.lib.markup import plain_text
from asei_db.lib.typed import DASHES, settled

_WORDS = re.compile(
    r"^(?:(?:(?:pages?|articles?|art|paper|numbers?|nos?|nr|id|eid)\b|pp|pgs?\b|p(?=[.\s]))"
    r"[.:]?\s*)+(?=\S*\d)",
    re.IGNORECASE,
)
_DASH = rf"(?:\s*[{re.escape(DASHES)}]+\s*|\s+to\s+)"
#: "(1 of 10)", "(12 pp.)"
_COUNT = re.compile(r"\s*\(\d+ (?:of|pp|pages?)\b[^()]*\)$", re.IGNORECASE)
_NUMBERS = re.compile(
    rf"(?P<letters>[A-Z]*)(?P<first>\d+)(?P<tail>[A-Z]?){_DASH}"
    rf"(?:(?P=letters)|(?=\d))(?P<last>\d+)[A-Z]?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\d+(–\d+)?", re.ASCII)  # as nearly all are stored
_ROMAN = re.compile(rf"[ivxlc]+{_DASH}[ivxlc]+", re.IGNORECASE)


@lru_cache(maxsize=4096)  # as the same studies are named again and again
def split_pages(text):
    """The first and the last page: ("1", "5"); what is no range is all first.

    A range is two page numbers, or numbers with the same letters ("A259–A263"), with
    any dash or "to" between them; the last may be cut short ("1234–41"). Words such as
    "pp." and "Article" go, as does a count behind: "(1 of 10)".
    """
    if not _PLAIN.fullmatch(text):
        text = settled(_plainer, text)
    if _ROMAN.fullmatch(text) or _is_range(text):
        return tuple(re.split(_DASH, text))
    return text, ""


def _plainer(text):
    text = plain_text(unicodedata.normalize("NFKC", text)).strip(" .,;")
    return _WORDS.sub("", _COUNT.sub("", text))


def plain_pages(text):
    """Pages in their one spelling, with an en dash: "1–5"."""
    return "–".join(filter(None, split_pages(text)))


def _is_range(text):
    if not (found := _NUMBERS.fullmatch(text)):
        return False
    first, last = found["first"], found["last"]
    if len(last) < len(first):
        # "035401-1" is a page of an article, not a range that was cut short.
        return int(first[: -len(last)] + last) > int(first)
    return int(last) >= int(first)
