"""Search that forgives: subscripts, dashes, case, Greek letters, British spelling.

`TiO₂` is found as `tio2`, `Li–HQ` as `li-hq` or `lihq`, `aluminium` as `aluminum`.
"""

import re
import unicodedata
from functools import reduce
from operator import and_, or_

from django.db.models import Q

_SHORT = 3  # shorter terms match only at the start of a word

# Written within a word and left out of it: dashes, dots, brackets, primes.
_JOINING = re.escape("-‐‑‒–—―−.·()[]{}'’′")
_JOINERS = re.compile(f"[{_JOINING}]+")
#: Lower-case letters that do not decompose into a Latin one and an accent.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
#: What a pasted DOI begins with: it stands in no text.
_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.)?\bdoi\.org/|\bdoi:")
_SPELLINGS = (
    ("aluminium", "aluminum"),
    ("sulph", "sulf"),
    ("caesium", "cesium"),
    ("vapour", "vapor"),
    ("fibre", "fiber"),
)


def fold(text):
    """`text` as lower-case words without dashes, brackets and accents."""
    return " ".join(filter(None, (_JOINERS.sub("", word) for word in _words(text))))


def searchable(text):
    """What a search column holds: ` word word … `, joined and split at dashes.

    `Li–HQ` gives `lihq`, `li` and `hq`.
    """
    words = {}
    for word in _words(text):
        parts = [part for part in _JOINERS.split(word) if part]
        for form in ("".join(parts), *parts):
            if form:
                words[form] = None
    return f" {' '.join(words)} " if words else ""


def search_condition(text, *columns):
    """A `Q`: every word of `text` occurs in one of the search columns.

    `columns` are lookups of `SearchTextField`s, through relations too (which may
    repeat rows; see `search`). Words under 3 characters match at the start of a word
    only. Blank text matches all, text without a letter or digit nothing.
    """
    return reduce(and_, _term_conditions(text, columns, {}), Q())


def search(queryset, text, *columns, where=None):
    """Rows that `search_condition` finds, each once; each word may match in another
    related row. `where` maps columns to a further `Q` on the same related row."""
    for condition in _term_conditions(text, columns, where or {}):
        if any("__" in column for column in columns):
            ids = queryset.model._base_manager.filter(condition).values("pk")
            condition = Q(pk__in=ids)
        queryset = queryset.filter(condition)
    return queryset


def _term_conditions(text, columns, where):
    terms = fold(text).split()
    if not terms and text.strip():
        return [Q(pk__in=[])]
    return [
        reduce(
            or_,
            (
                Q(**{f"{column}__contains": part}) & where.get(column, Q())
                for column in columns
            ),
        )
        for term in terms
        for part in [f" {term}" if len(term) < _SHORT else term]
    ]


def _words(text):
    text = _spell_greek(unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFKD", text).translate(LETTERS)
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    for british, american in _SPELLINGS:
        text = text.replace(british, american)
    text = _RESOLVER.sub(" ", text)
    return re.sub(rf"[^\w\s{_JOINING}]|_", " ", text).split()


def _spell_greek(text):
    """Greek letters by name: `γ-Al2O3` becomes `gamma-Al2O3`."""
    return re.sub(
        "[α-ω]",
        lambda letter: unicodedata.name(letter[0]).split()[3].lower(),
        text,
    )
