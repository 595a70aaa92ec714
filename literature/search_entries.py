"""Search: which public records a text finds, of one kind or of all.

A word of 3 letters or more finds the records that have it within a word, a shorter one
those that have it at the start of a word; every word of the text must be found.

The index knows whole words, and short beginnings of them. The words that have another
one inside are looked up in `SearchWord`, so that the index is asked for just these.

A word stands in the index as often as it has places: with a sign before it if it is
one of the record's name, alone if anything but remarks has it, with another sign if
only notes and statements do.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db import connection, models, transaction
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    IntegerField,
    Q,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left

from asei_db.lib import deriving
from asei_db.lib.asked import Asked
from asei_db.lib.folding import searchable
from asei_db.lib.kept import Kept
from asei_db.lib.search import SHORT, CodePointField, derived_fields
from literature.identifiers import names_found
from literature.kinds import Kind

_KIND = 40  # bits below the number of a kind
UNLISTED = 1 << 39
KEY = UNLISTED - 1
_MOST_SIGNS = 200_000  # of a text; PostgreSQL indexes no more than 1 MB of words
_MOST_STARTS = 30  # words that begin with one; more are asked for by their beginning
_MOST_WORDS = 200  # that have one further inside; with more, the texts are read
FEW = 200  # records that are named one by one
_MOST_WITH_PART = 300
_LAST = "\U0010ffff"  # comes after all letters

#: Where a text is found: all its words in names, or anywhere but in remarks, each at
#: the beginning of a word; or anywhere.
PLACES = (IN_NAMES, BESIDE_REMARKS, EVERYWHERE) = 2, 3, 4
NAMED_ALSO = 5
# Signs that no folded word has, and that are letters to the tokenizers.
_OF_NAME, _OF_REMARK = _ANY = "\ue000\ue001"
_MARKS = {
    IN_NAMES: [_OF_NAME],
    BESIDE_REMARKS: [""],
    EVERYWHERE: ["", _OF_REMARK],
}
NOTHING = "1 = 0", []  # a condition and its parameters
#: Of these, those with few other words come first.
BY_LENGTH = frozenset({Kind.PRECURSOR, Kind.MATERIAL, Kind.SUBSTRATE, Kind.METHOD})
_BY_LENGTH = ", ".join(str(kind.value) for kind in sorted(BY_LENGTH))
_LENGTH = f"CASE WHEN rowid >> {_KIND} IN ({_BY_LENGTH}) THEN length(text) ELSE 0 END"


class SearchEntry(models.Model):
    """What finds one public record: its folded words, with signs for their places.

    `rowid` is made of the record's kind and key: `kind << 40 | key`. Where the list of
    the kind shows the record only if asked for more, 1 << 39 is added.

    The migration makes the table: on SQLite a full-text one (FTS5), on PostgreSQL with
    a further column, `words`, and its index.
    """

    rowid = models.BigIntegerField(primary_key=True)
    text = models.TextField()

    class Meta:
        verbose_name_plural = "search entries"

    def __str__(self):
        return self.text


class RecordCount(models.Model):
    """How many entries there are of one kind, listed or not.

    `place` is what their `rowid`s begin with: `kind << 1`, and 1 more if not listed.
    """

    place = models.PositiveSmallIntegerField(primary_key=True)
    number = models.PositiveBigIntegerField()

    def __str__(self):
        return str(self.number)


class SearchWord(models.Model):
    """A word of entries by one of its ends: `fluoride` by itself, `luoride` … `ide`.

    Words that no entry has any more are kept: they find nothing.
    """

    pk = models.CompositePrimaryKey("ending", "word")
    ending = CodePointField()
    word = CodePointField()

    def __str__(self):
        return self.word


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
        for place in PLACES:
            if self._found(place) == NOTHING:
                continue
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
        return None if len(found[EVERYWHERE]) > FEW else found

    def first(self, kinds, number, named=()):
        """The first entries of each kind at each place, as `few` gives all.

        By one or two statements: the last place is looked at for the kinds that have
        less than `number` at the others. The keys of `named` that are found have the
        place `NAMED_ALSO`.
        """
        found = {place: [] for place in (*PLACES, NAMED_ALSO)}
        asked = [
            (place, kind, number, ())
            for place in (IN_NAMES, BESIDE_REMARKS)
            for kind in kinds
        ]
        for kind in {kind for kind, _ in named}:
            keys = [key for one, key in named if one == kind]
            asked.append((NAMED_ALSO, kind, len(keys), keys))
        self._read(asked, found)
        counts = Counter(
            rowid // Kind.SPAN
            for rowid in {row[0] for place in PLACES for row in found[place]}
        )
        lacking = [kind for kind in kinds if counts[kind] < number]
        self._read([(EVERYWHERE, kind, number, ()) for kind in lacking], found)
        return found

    def _read(self, asked, found):
        """Add rows to lists by place: of a kind, so many, of some keys alone."""
        parts, parameters = [], []
        for place, kind, number, keys in asked:
            where = EVERYWHERE if place == NAMED_ALSO else place
            last = kind.first | KEY
            selected, values = self._select(
                f"{place}, rowid, {_LENGTH}", where, kind, last
            )
            if keys:
                selected += f" AND rowid IN ({', '.join(['%s'] * len(keys))})"
                values = [*values, *(kind.first | key for key in keys)]
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
            if place == EVERYWHERE:
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


def known_words(words):
    """Those of some words of 3 letters or more that entries have, as a set."""
    return set(_known(sorted(words))) if words else set()


# Writing


@dataclass(frozen=True)
class Texts:
    """What of a kind of record its name is made of, and what it says at length.

    Lookups to texts, lists of texts or search texts, or expressions; `names` are found
    before all other words of the search text, `remarks` after them, `more` with them.
    """

    names: tuple = ()
    more: tuple = ()
    remarks: tuple = ()

    @classmethod
    def of(cls, *names, more=(), remarks=()):
        return cls(names, tuple(more), tuple(remarks))

    @property
    def columns(self):
        return (*self.names, *self.more, *self.remarks)

    def of_rows(self, rows):
        """What is stored of records by place, of rows: place, search text, columns."""
        words = {}
        after = len(self.names), len(self.names) + len(self.more)
        for place, text, *others in rows:
            found = words.setdefault(place, ({}, dict.fromkeys(text.split()), {}))
            found[0].update(_words_of(others[: after[0]]))
            found[1].update(_words_of(others[after[0] : after[1]]))
            found[2].update(_words_of(others[after[1] :]))
        return {place: _text(*found) for place, found in words.items()}


def derivation(kind, texts):
    """What keeps the entries of a kind current."""
    model = kind.model
    reads = {*model.objects.all().published_reads}
    for field in derived_fields(model):
        reads.update(lookup for lookup, _ in field.related)
    rows = model.objects.published().order_by()
    number = F("pk") + Value(kind.first, BigIntegerField())
    if rows.unlisted is not None:
        number += Case(When(rows.unlisted, then=UNLISTED), default=0)
    own = Left("search_text", _MOST_SIGNS)
    found = Kept(rows, "pk", [number, own, *texts.columns])
    return deriving.Derivation(
        f"search entries of {model._meta.label}",
        model,
        tuple(sorted(reads)),
        lambda keys: _write(kind, texts.of_rows(found.tuples(keys)), keys),
    )


_stored = Kept(SearchEntry.objects.all(), "pk", ["pk", "text"])


def _write(kind, new, keys):
    """Write entries anew: their texts by place."""
    places = [kind.first | key for key in keys]
    if kind.model.objects.all().unlisted is not None:
        places += [place | UNLISTED for place in places]
    old = dict(_stored.tuples(places))
    gone = [place for place in old if old[place] != new.get(place)]
    come = [place for place in new if new[place] != old.get(place)]
    with transaction.atomic(savepoint=False):
        SearchEntry.objects.filter(pk__in=gone).delete()
        SearchEntry.objects.bulk_create(
            SearchEntry(rowid=place, text=new[place]) for place in come
        )
        _add_words({word.lstrip(_ANY) for at in come for word in new[at].split()})
        changes = Counter(place >> _KIND - 1 for place in come)
        changes.subtract(place >> _KIND - 1 for place in gone)
        for place, change in changes.items():
            _count(place, change)
    return len({*gone, *come})


def _words_of(texts):
    """The folded words of some texts and lists of texts, as a dict."""
    words = {}
    for text in texts:
        for one in text if isinstance(text, list) else [text]:
            if isinstance(one, str) and one.startswith(" "):
                words.update(dict.fromkeys(one.split()))  # folded already
            elif one not in (None, ""):
                words.update(dict.fromkeys(searchable(str(one)).split()))
    return words


def _text(names, words, remarks):
    """What is stored of a record's words: those of its name with a sign, all but those
    that only remarks have, and these with another sign.
    """
    plain = [word for word in words if word not in remarks and word not in names]
    stored = [
        *(_OF_NAME + word for word in sorted(names)),
        *sorted(names),
        *plain,
        *(_OF_REMARK + word for word in sorted(remarks.keys() - names.keys())),
    ]
    return f" {' '.join(stored)[:_MOST_SIGNS]} " if stored else ""


def _count(place, change):
    counted = RecordCount.objects.filter(pk=place)
    if change and not counted.update(number=F("number") + change):
        RecordCount.objects.create(pk=place, number=change)


def _add_words(words):
    """Know the words by their ends of 3 letters or more."""
    longer = [word for word in sorted(words) if len(word) >= SHORT]
    for some in deriving.batches(longer):
        pairs = [
            (word[start:], word)
            for word in sorted(set(some).difference(_known(some)))
            for start in range(len(word) - SHORT + 1)
        ]
        with connection.cursor() as cursor:  # a third of the time of `bulk_create`
            cursor.executemany(
                "INSERT INTO literature_searchword (ending, word) VALUES (%s, %s) "
                "ON CONFLICT DO NOTHING",  # somebody else writes the same word
                pairs,
            )


def _known(words):
    asked = ", ".join(["(%s)"] * len(words))
    statement = (
        f"SELECT column1 FROM (VALUES {asked}) AS asked WHERE EXISTS ("  # noqa: S608
        "SELECT 1 FROM literature_searchword WHERE ending = column1 AND word = column1)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, words)
        return [word for (word,) in cursor.fetchall()]
