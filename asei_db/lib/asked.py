"""What a search asks for: words, names, and the identifiers that it is written as."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError

from asei_db.lib.folding import fold, plain_letters
from asei_db.lib.identifiers import (
    normalize_cas_number,
    normalize_doi,
    validate_cas_number,
    validate_doi,
)
from asei_db.lib.nomenclature import hill, meanings, nmc, with_symbols
from asei_db.lib.typed import one_line, plain_dashes

#: Left out of names and of searches, unless nothing else is asked for.
STOP_WORDS = frozenset(
    ["and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"]
)
_LONGEST = 200  # signs of a name by which it is found

#: Addresses of publishers that hold no DOI, but what it ends with.
_PUBLISHERS = (
    (
        re.compile(
            r"pubs\.rsc\.org/(?:\w\w/)?(?:content/)?article\w+/(?:\d{4}/)?(?:\w\w/)?"
            r"(\w{10})\b",
            re.IGNORECASE,
        ),
        "10.1039/",
    ),
    (re.compile(r"nature\.com/articles/([\w.-]+?)(?:\.pdf)?(?:[?#/]|$)"), "10.1038/"),
)
_CID = re.compile(
    r"(?:.*pubchem\.ncbi\.nlm\.nih\.gov/compound/(?:[\w%,-]*-)?"
    r"|(?:pubchem\s*)?c\.?id[\s:#=.]*(?:no\.?\s*)?|pubchem[\s:#=.]*)(\d{1,10})/?",
    re.IGNORECASE,
)
_INCHI_KEY = re.compile(
    r"(?:inchi[\s-]?key[\s:=]*)?([a-z]{14}-[a-z]{10}-[a-z])", re.IGNORECASE
)
_REFERENCE = re.compile(
    r"(?:references?|refs?)[\s.:#]*(?:no\.?\s*)?[\[(]?(\d{1,4})[\])]?\.?|\[(\d{1,4})\]",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\bet\.?\s*al\b\.?|\band (?:others|co-?workers)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")
_WRITTEN_AS_AUTHOR = re.compile(r"[^\d\W]+(?: [^\d\W]+){0,3}")


def compact(text):
    """A name as it is compared: folded, without spaces and stop words."""
    return _joined(fold(text))


def _joined(folded):
    words = folded.split()
    return "".join([word for word in words if word not in STOP_WORDS] or words)[
        :_LONGEST
    ]


def name_values(text):
    """The values by which a name of a record is found.

    Its own; with symbols for elements; `=C3H9Al` of a formula; `nmc:80-10-10`.
    """
    folded = fold(text)
    values = {_joined(folded)}
    if formula := hill(text):
        values.add(f"={formula.lower()}")
    else:  # TiN is no tin
        values.add(_joined(with_symbols(folded)))
    if shares := nmc(text):
        values.add(f"nmc:{shares}")
    return values - {""}


def author_value(family, year):
    """The value by which a study is found as “Nisula 2015”."""
    return f"@{compact(family)}{year or ''}"


def identifier_value(kind, text):
    """The value by which an identifier of a kind is found: "cas:75-24-1"."""
    return f"{kind}:{text}".lower()


def title_value(text):
    """The value by which a study is found."""
    return f'"{compact(text)}'


def label_value(text):
    """The value by which what has no name of its own is found, wholly only."""
    return f"~{compact(text)}"


@dataclass(frozen=True)
class Asked:
    """A search text, understood.

    * `text`: as typed, in one line
    """

    text: str

    @classmethod
    def of(cls, text):
        return cls(one_line(text))

    @cached_property
    def identifier(self):
        """The value of the identifier that the whole text is; "" for other texts."""
        text = self.text
        if doi := self.doi:
            return identifier_value("doi", doi)
        if found := _CID.fullmatch(text):
            return identifier_value("cid", int(found[1]))
        if found := _INCHI_KEY.fullmatch(plain_dashes(text)):
            return identifier_value("inchi", found[1])
        if found := _REFERENCE.fullmatch(text):
            return identifier_value("ref", int(found[1] or found[2]))
        if "-" in plain_dashes(text):
            number = normalize_cas_number(text)
            if _is_valid(validate_cas_number, number):
                return identifier_value("cas", number)
        return ""

    @cached_property
    def doi(self):
        """The DOI that the text is, or that it is the address of; "" for others."""
        if "/" not in self.text and "%2f" not in self.text.lower():
            return ""
        for pattern, prefix in _PUBLISHERS:
            if found := pattern.search(self.text):
                return prefix + found[1].lower()
        doi = normalize_doi(self.text)
        return doi if _is_valid(validate_doi, doi) else ""

    @cached_property
    def words(self):
        """The different words that must be found, folded, in order."""
        if self.doi:
            text = self.doi
        elif self.identifier and not self.identifier.startswith("cas:"):
            return []
        else:
            text = self.identifier.partition(":")[2] or self.text
            text = _OTHERS.sub(" ", text)
        words = list(dict.fromkeys(fold(text).split()))
        return [word for word in words if word not in STOP_WORDS] or words

    @property
    def asks_nothing(self):
        """Whether the text has no letter or digit."""
        return not (self.words or self.identifier)

    @cached_property
    def name(self):
        """The text as names are compared."""
        return compact(_OTHERS.sub(" ", self.text))

    @cached_property
    def values(self):
        """What may name a record exactly: a rank, 0 the closest, by value."""
        ranks = {}
        if self.identifier:
            ranks[self.identifier] = 0
        if not self.name:
            return ranks
        folded = fold(self.text)
        ranks.setdefault(self.name, 0)
        ranks.setdefault(title_value(self.text), 0)
        ranks.setdefault(label_value(self.text), 0)
        ranks.setdefault(author_value(self._author, self._year), 0)
        for formula in filter(None, (hill(self.text).lower(), self.name)):
            ranks.setdefault(f"={formula}", 1)
        if shares := nmc(self.text):
            ranks.setdefault(f"nmc:{shares}", 1)
        if not hill(self.text):
            ranks.setdefault(_joined(with_symbols(folded)), 2)
        for meaning in meanings(folded):
            for value in name_values(meaning):
                ranks.setdefault(value, 2)
        return ranks

    @property
    def _year(self):
        years = _YEAR.findall(self.text)
        return years[0] if len(years) == 1 else ""

    @property
    def _author(self):
        text = _YEAR.sub(" ", _OTHERS.sub(" ", self.text)) if self._year else self.text
        return _OTHERS.sub(" ", text)

    @cached_property
    def author(self):
        """With what the value of an author begins; "" for what is written as none."""
        text = plain_letters(plain_dashes(self._author)).replace("-", " ")
        text = " ".join(re.sub("[’'.,;()]", " ", text).split())
        if not _WRITTEN_AS_AUTHOR.fullmatch(text):
            return ""
        return author_value(text, self._year)


def _is_valid(validate, value):
    try:
        validate(value)
    except ValidationError:
        return False
    return True
