"""What a text finds."""

from collections import Counter
from functools import cached_property
from itertools import product

from django.db import connection
from django.db.models import (
    Case,
    IntegerField,
    Q,
    When,
)
from django.db.models.expressions import RawSQL

from asei_db.lib import deriving
from asei_db.lib.asked import Asked
from asei_db.lib.search import SHORT
from literature.identifiers import names_found
from literature.kinds import Kind
from literature.search_entries.index import (
    KEY,
    KIND_BITS,
    OF_NAME,
    OF_REMARK,
    UNLISTED,
    RecordCount,
)

_MOST_STARTS = 30  # words that begin with one; more are asked for by their beginning
_MOST_WORDS = 200  # that have one further inside; with more, the texts are read
FEW = 200  # records that are named one by one
_MOST_WITH_PART = 300
_LAST = "\U0010ffff"  # comes after all letters


#: Where a text is found: all its words in names, or anywhere but in remarks, each at
#: the beginning of a word; there further inside words; or anywhere.
PLACES = (IN_NAMES, BESIDE_REMARKS, WITHIN_WORDS, EVERYWHERE) = 2, 3, 4, 5
_MARKS = {
    IN_NAMES: [OF_NAME],
    BESIDE_REMARKS: [""],
    WITHIN_WORDS: [""],
    EVERYWHERE: ["", OF_REMARK],
}
NOTHING = "1 = 0", []  # a condition and its parameters
#: Of these, those with few other words come first.
BY_LENGTH = frozenset({Kind.PRECURSOR, Kind.MATERIAL, Kind.SUBSTRATE, Kind.METHOD})
_KINDS = ", ".join(str(kind.value) for kind in sorted(BY_LENGTH))
_LENGTH = f"CASE WHEN rowid >> {KIND_BITS} IN ({_KINDS}) THEN length(text) ELSE 0 END"


class Condition(Q):
    """A condition on the records that a text finds.

    * `order`: what sorts the closest first, None where all are as close, or are many
    """

    order = None


class Search:
    """What a text finds. Blank text finds all, one without letter or digit nothing.

    What no word finds is found by its exact name: a formula in another order, the
    number of a reference, an identifier.
    """

    def __init__(self, text):
        self.question = Asked.of(text)
        self.words = self.question.words
        self.finds_all = not text.strip()

    def condition(self, kind):
        """A `Condition` on the records of a kind, or on rows that have their keys.

        Few records are named by it, as they are now.
        """
        if self.finds_all:
            return Condition()
        few = self.few(kind)
        if few is None:
            selected, parameters = self._select(f"rowid & {KEY}", EVERYWHERE, kind)
            return Condition(pk__in=RawSQL(selected, parameters))  # noqa: S611
        ranks = {}
        for place in PLACES:
            for rowid, length in few[place]:
                is_short = place == IN_NAMES and kind in BY_LENGTH
                ranks.setdefault(rowid & KEY, (place, length if is_short else 0))
        keys = [*ranks] or [
            name.key for name in names_found(self.question, {kind}) if not name.tier
        ]
        found = Condition(pk__in=keys)
        found.order = _order(ranks)
        return found

    def few(self, kind=None):
        """Lists of the entries that are found in each of `PLACES`, by one statement.

        None where there are more than `FEW` in all.
        """
        if not self.words:
            return {place: [] for place in PLACES}
        found = {place: [] for place in PLACES}
        parts, parameters = [], []
        for place in self._different(PLACES):
            selected, values = self._select(f"{place}, rowid, {_LENGTH}", place, kind)
            limit = f"ORDER BY rowid LIMIT {FEW + 1}"
            parts.append(_limited(selected, limit, f"at_{place}"))
            parameters += values
        if not parts:
            return found
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            for place, rowid, length in cursor.fetchall():
                found[place].append((rowid, length))
        return None if max(map(len, found.values())) > FEW else found

    def first(self, kinds, number):
        """The first entries of each kind at each place, as `few` gives all.

        By one or two statements: the last place is looked at for the kinds that have
        less than `number` at the others.
        """
        found = {place: [] for place in PLACES}
        places = self._different((IN_NAMES, BESIDE_REMARKS))
        self._read(kinds, places, number, found)
        known = {rowid for place in PLACES for rowid, _ in found[place]}
        counts = Counter(rowid // Kind.SPAN for rowid in known)
        lacking = [kind for kind in kinds if counts[kind] < number]
        places = self._different((WITHIN_WORDS, EVERYWHERE), BESIDE_REMARKS)
        self._read(lacking, places, number, found)
        return found

    def _different(self, places, before=None):
        """The places at which anything is found that is not found at the one before."""
        last = self._found(before) if before else NOTHING
        for place in places:
            found = self._found(place)
            if found not in (NOTHING, last):
                yield place
            last = found

    def _read(self, kinds, places, number, found):
        """Add the first entries of some kinds to the lists of some places."""
        parts, parameters = [], []
        for place, kind in product(places, kinds):
            last = kind.first | KEY
            selected, values = self._select(
                f"{place}, rowid, {_LENGTH}", place, kind, last
            )
            is_by_length = place == IN_NAMES and kind in BY_LENGTH
            order = f"{_LENGTH}, rowid" if is_by_length else "rowid"
            end = f"ORDER BY {order} LIMIT {number}"
            parts.append(_limited(selected, end, f"part_{len(parts)}"))
            parameters += values
        if parts:
            with connection.cursor() as cursor:
                cursor.execute(" UNION ALL ".join(parts), parameters)
                for place, rowid, length in cursor.fetchall():
                    found[place].append((rowid, length))

    def counts(self, kinds, most=None):
        """How many entries of each kind that lists show are found, as a dict.

        Of more than `most`, it is not told how many: the count is one more.
        """
        parts, parameters = [], []
        for kind in kinds:
            last = kind.first | KEY
            selected, values = self._select("rowid", EVERYWHERE, kind, last)
            limit = "" if most is None else f"LIMIT {most + 1}"
            parts.append(
                f"SELECT {kind:d}, COUNT(*) FROM ({selected} {limit}) AS of_{kind:d}"  # noqa: S608
            )
            parameters += values
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            return {Kind(kind): count for kind, count in cursor.fetchall()}

    def between(self, kind, first, start, stop):
        """The keys of a kind in the order of their places, after those of `first`."""
        parts, parameters = [], []
        for place in PLACES:
            selected, values = self._select(
                f"rowid, {place} AS place", place, kind, kind.first | KEY
            )
            parts.append(selected)
            parameters += values
        left_out = ", ".join(["%s"] * len(first))
        where = f"WHERE rowid NOT IN ({left_out}) " if first else ""
        parameters += [kind.first | key for key in first]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM ({' UNION ALL '.join(parts)}) AS found "  # noqa: S608
                f"{where}GROUP BY rowid ORDER BY MIN(place), rowid LIMIT %s OFFSET %s",
                [*parameters, stop - start, start],
            )
            return [rowid & KEY for (rowid,) in cursor.fetchall()]

    def _select(self, columns, place, kind=None, last=None):
        where, parameters = self._found(place)
        if kind:
            last = last or kind.first | UNLISTED | KEY
            where = f"{where} AND rowid BETWEEN %s AND %s"
            parameters = [*parameters, kind.first, last]
        return (
            f"SELECT {columns} FROM literature_searchentry WHERE {where}",  # noqa: S608
            parameters,
        )

    def _found(self, place):
        """A condition on entries, as SQL with its parameters."""
        marks = _MARKS[place]
        asked, read = [], []
        for word, (starts, inside) in self._known.items():
            beginning, whole = [], starts
            if len(starts) > _MOST_STARTS:
                beginning, whole = [word], []
            if place in (WITHIN_WORDS, EVERYWHERE):
                if len(inside) > _MOST_WORDS:
                    read.append(word)
                    continue
                whole = [*whole, *inside]
            if not beginning and not whole:
                return NOTHING
            asked.append(
                (
                    [mark + one for mark in marks for one in beginning],
                    [mark + one for mark in marks for one in whole],
                )
            )
        conditions, parameters = [], []
        if asked:
            condition, form = _INDEX[connection.vendor]
            conditions.append(condition)
            parameters.append(form(asked))
        for word in read:
            conditions.append("text LIKE %s")
            parameters.append(f"%{word}%")
        return " AND ".join(conditions), parameters

    @cached_property
    def _known(self):
        """The words of entries that begin with each word, and that have it inside."""
        deriving.flush()
        found = _words_with([word for word in self.words if len(word) >= SHORT])
        any_more = [None] * (_MOST_STARTS + 1)
        return {word: found.get(word, (any_more, [])) for word in self.words}

    @property
    def unknown(self):
        """The words that no entry has, not even within a word."""
        return [word for word, known in self._known.items() if not any(known)]


def _order(ranks):
    """An expression that sorts records as their ranks do, by key; None if all tie."""
    keys = {}
    for key, rank in ranks.items():
        keys.setdefault(rank, []).append(key)
    if len(keys) < 2:
        return None
    cases = (When(pk__in=keys[rank], then=n) for n, rank in enumerate(sorted(keys)))
    return Case(*cases, default=len(keys), output_field=IntegerField())


def _limited(selected, end, name):
    """A part of a union with an order and a limit of its own."""
    return f"SELECT * FROM ({selected} {end}) AS {name}"  # noqa: S608


def count_records():
    """How many public records of each kind lists show, as a dict."""
    deriving.flush()
    return _by_kind(RecordCount.objects.values_list("place", "number"))


def _by_kind(counts):
    """Numbers by place as a dict by kind, of what lists show."""
    return {Kind(place >> 1): number for place, number in counts if not place & 1}


def _match(asked):
    """The question to FTS5: `("lif" OR "cif4lif") AND ("al" *)`."""
    return _all_of(asked, '"{}" *', '"{}"', " AND ", " OR ")


def _tsquery(asked):
    """The question to PostgreSQL: `('lif' | 'cif4lif') & ('al':*)`."""
    return _all_of(asked, "'{}':*", "'{}'", " & ", " | ")


def _all_of(asked, beginning, word, all_of, any_of):
    return all_of.join(
        f"({any_of.join([*map(beginning.format, starts), *map(word.format, words)])})"
        for starts, words in asked
    )


# Folded words have no signs but letters and digits: none must be escaped.
_INDEX = {
    "sqlite": ("literature_searchentry MATCH %s", _match),
    "postgresql": ("words @@ %s::tsquery", _tsquery),
}


def _words_with(words):
    """The words that begin with each of `words`, and those that have it further inside.

    A dict of pairs of lists, by one statement; each list is at most one longer than
    what the index is asked for.
    """
    parts, parameters = [], []
    found = {word: ([], []) for word in words}
    for number, word in enumerate(words):
        for place, (sign, most) in enumerate(
            (("=", _MOST_STARTS), ("<>", _MOST_WORDS))
        ):
            parts.append(
                f"SELECT * FROM (SELECT {number}, {place}, word "  # noqa: S608
                "FROM literature_searchword WHERE ending >= %s AND ending < %s "
                f"AND word {sign} ending LIMIT {most + 1}) AS of_{number}_{place}"
            )
            parameters += [word, word + _LAST]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            for number, place, word in cursor.fetchall():
                found[words[number]][place].append(word)
    return found


def words_having(parts):
    """The words of entries that have any of some parts, three letters each.

    A dict of sets, as `parts` of lists, by one statement; of a part that very many
    have, the first by code point.
    """
    found = {name: set() for name in parts}
    asked = [(name, part) for name, some in parts.items() for part in some]
    if not asked:
        return found
    selected = [
        f"SELECT * FROM (SELECT {number}, word FROM literature_searchword "  # noqa: S608
        "WHERE ending >= %s AND ending < %s ORDER BY ending, word "
        f"LIMIT {_MOST_WITH_PART}) AS part_{number}"
        for number in range(len(asked))
    ]
    parameters = [end for _, part in asked for end in (part, part + _LAST)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selected), parameters)
        for number, word in cursor.fetchall():
            found[asked[number][0]].add(word)
    return found
