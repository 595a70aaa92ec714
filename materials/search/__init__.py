"""One search over everything that is public, for its page and the API.

The closest records come first: those that have what is asked for as a name, those whose
name begins so, those of whose name all words are part, then all others, and last what
is only in remarks. Kinds are in the order of their first records.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from asei_db.lib.asked import Asked
from literature.identifiers import (
    Identifier,
    NameFound,
    exact_names,
    names_found,
)
from literature.kinds import Kind
from literature.search_entries import (
    BY_LENGTH,
    EVERYWHERE,
    IN_NAMES,
    KEY,
    PLACES,
    UNLISTED,
    Search,
    count_records,
)
from materials.search.lines import lines_of
from materials.search.spelling import respelled

# In the order in which they are shown, by the kind's name in URLs.
SEARCHED = {
    "material": Kind.MATERIAL,
    "precursor": Kind.PRECURSOR,
    "process": Kind.PROCESS,
    "coating": Kind.COATING,
    "substrate": Kind.SUBSTRATE,
    "method": Kind.METHOD,
    "measurement": Kind.MEASUREMENT,
    "cycling": Kind.CYCLING_TEST,
    "finding": Kind.FINDING,
    "study": Kind.STUDY,
}
FIRST = 5  # records of a kind that are shown at once
COUNTED = 1000  # of very many, it is not told how many
_NAMES = {kind: name for name, kind in SEARCHED.items()}
_ORDER = list(_NAMES)


@dataclass(frozen=True)
class Hit:
    """A record that was found; the lower its rank, the closer it is.

    * `name`: what of it was asked for, or None where words were found in it
    """

    kind: Kind
    key: int
    rank: tuple
    place: int = 0
    name: NameFound | None = None

    @classmethod
    def by_name(cls, name):
        return cls(name.kind, name.key, (name.tier, *name.rank), name=name)

    @classmethod
    def by_words(cls, kind, key, place, length):
        is_short = place == IN_NAMES and kind in BY_LENGTH
        return cls(kind, key, (place, length if is_short else 0), place)


@dataclass
class Found:
    """The public records of one kind that match: how many, and the closest of them."""

    kind: Kind
    total: int
    hits: list
    lines: list = field(default_factory=list)

    @property
    def name(self):
        """What records of the kind are called: "coatings"."""
        return self.kind.model._meta.verbose_name_plural

    @property
    def number(self):
        """The total in words: "1,000+" of more than are counted."""
        return f"{COUNTED:,}+" if self.total > COUNTED else str(self.total)

    @property
    def list_name(self):
        """URL name of the kind's list."""
        return f"{self.kind.model._meta.app_label}:{_NAMES[self.kind]}-list"


def _closeness(hit):
    """By what hits of different kinds are compared."""
    return hit.rank if hit.name else (hit.place,), _ORDER.index(hit.kind)


class Everything:
    """All that a text finds, as a list of `Found` of the kinds that have any.

    * `most`: how many hits of a kind are wanted; of few records, all are known
    * `counted`: up to how many records of a kind are counted, None for all; with 0,
      totals are those of the hits
    """

    def __init__(self, text, most=FIRST, counted=COUNTED):
        self.question = Asked.of(text)
        self.search = Search(text)
        self.most = most
        self.counted = counted
        self.kinds = self._ranked() if text.strip() else []

    def __bool__(self):
        return bool(self.kinds)

    def __len__(self):
        return sum(found.total for found in self.kinds)

    @property
    def best(self):
        """The rank of the closest record."""
        return self.kinds[0].hits[0].rank if self.kinds else (EVERYWHERE + 1,)

    def read_lines(self):
        """Give every kind the lines of its first hits; by two statements."""
        hits = [hit for found in self.kinds for hit in found.hits[: self.most]]
        lines = lines_of(hits, self.question)
        for found in self.kinds:
            places = [(hit.kind, hit.key) for hit in found.hits[: self.most]]
            found.lines = [lines[place] for place in places if place in lines]
        return self.kinds

    def _ranked(self):
        names = names_found(self.question, _NAMES)
        places = self.search.few()
        counts, is_whole = None, places is not None
        if not is_whole:
            places = self.search.first(_ORDER, self.most)
            if self.counted != 0:
                counts = self.search.counts(_ORDER, self.counted)
        hits = self._by_words(places)
        more = Counter()
        for name in names:
            place = name.kind, name.key
            is_found = place in hits
            if not is_found and not is_whole:
                is_found = name.has(self.question.words)
            if is_found or not name.tier:
                more[name.kind] += not is_found
                hits[place] = Hit.by_name(name)
        kinds = defaultdict(list)
        for hit in hits.values():
            kinds[hit.kind].append(hit)
        ranked = [
            Found(
                kind,
                counts[kind] + more[kind] if counts else len(some),
                sorted(some, key=lambda hit: (hit.rank, hit.key)),
            )
            for kind, some in kinds.items()
        ]
        return sorted(ranked, key=lambda found: _closeness(found.hits[0]))

    def _by_words(self, places):
        """The closest hit of each record that lists show, by kind and key."""
        hits = {}
        for place in PLACES:
            for rowid, length in places[place]:
                kind, key = Kind(rowid // Kind.SPAN), rowid & KEY
                if kind in _NAMES and not rowid & UNLISTED:
                    hit = Hit.by_words(kind, key, place, length)
                    hits.setdefault((kind, key), hit)
        return hits


def search_everything(text, most=FIRST, counted=COUNTED, as_typed=False):
    """What `text` finds, and the text that is found instead, "" for itself.

    Where it finds nothing, that is one with nearly the same words; where it finds
    nothing in names, one that is exactly a name. Not so with `as_typed`.
    """
    everything = Everything(text, most, counted)
    if as_typed or not text.strip() or everything.best[0] <= IN_NAMES:
        return everything, ""
    texts = respelled(everything.search)
    if everything:
        texts = exact_names(texts)[:1]
    others = [(Everything(other, most, counted), other) for other in texts]
    best = min(others, key=lambda pair: pair[0].best, default=None)
    return best if best and best[0] else (everything, "")


def suggestions(text, most=8):
    """The lines of the closest records of all kinds, or of nearly the same words."""
    everything, _ = search_everything(text, most, counted=0)
    hits = [hit for found in everything.kinds for hit in found.hits]
    hits = sorted(hits, key=lambda hit: (_closeness(hit), hit.rank, hit.key))[:most]
    lines = lines_of(hits, everything.question)
    return [lines[hit.kind, hit.key] for hit in hits if (hit.kind, hit.key) in lines]


def address_of_identifier(text):
    """The address of the one record that an identifier names, or None.

    A DOI, a CAS number, an InChIKey, a PubChem CID, the number of a reference.
    """
    question = Asked.of(text)
    named = Identifier.named(question)
    if len(named) != 1:
        return None
    [(kind, key)] = named
    record = kind.model.objects.filter(pk=key).first()
    return record and record.get_absolute_url()


class Matches:
    """All that `text` finds, kind by kind, as a sequence of lines, read in slices."""

    def __init__(self, text):
        self.found = Everything(text, counted=None)
        self.kinds = self.found.kinds

    def __len__(self):
        return len(self.found)

    def __iter__(self):
        return iter(self[:])

    def __getitem__(self, part):
        start, stop, _ = part.indices(len(self))
        hits = []
        for found in self.kinds:
            if start < min(stop, found.total):
                hits += self._between(found, start, min(stop, found.total))
            start, stop = max(start - found.total, 0), max(stop - found.total, 0)
        lines = lines_of(hits, self.found.question)
        return [
            lines[hit.kind, hit.key] for hit in hits if (hit.kind, hit.key) in lines
        ]

    def _between(self, found, start, stop):
        if len(found.hits) == found.total:
            return found.hits[start:stop]
        named = [hit for hit in found.hits if hit.name]
        hits = named[start:stop]
        start, stop = max(start - len(named), 0), stop - len(named)
        if start < stop:
            first = [hit.key for hit in named]
            keys = self.found.search.between(found.kind, first, start, stop)
            hits += [Hit(found.kind, key, ()) for key in keys]
        return hits


def count_everything():
    """The number of public records of every kind that lists show."""
    counts = count_records()
    return {name: counts.get(kind, 0) for name, kind in SEARCHED.items()}
