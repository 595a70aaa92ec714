"""Search: which public records a text finds, of one kind or of all.

A word of 3 letters or more finds the records that have it within a word, a shorter one
those that have it at the start of a word; every word of the text must be found.

The index knows whole words, and short beginnings of them. The words that have another
one inside are looked up in `SearchWord`, so that the index is asked for just these.
"""

from collections import Counter
from functools import cached_property

from django.db import connection, models, transaction
from django.db.models import BigIntegerField, Case, F, Q, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left

from asei_db.lib import deriving
from asei_db.lib.kept import Kept
from asei_db.lib.search import SHORT, CodePointField, derived_fields, words_of
from literature.kinds import Kind

_KIND = 40  # bits below the number of a kind
_UNLISTED = 1 << 39
_KEY = _UNLISTED - 1
_MOST_SIGNS = 200_000  # of a text; PostgreSQL indexes no more than 1 MB of words
_MOST_STARTS = 30  # words that begin with one; more are asked for by their beginning
_MOST_WORDS = 200  # that have one further inside; with more, the texts are read
_FEW = 200  # records that are named one by one
_LAST = "\U0010ffff"  # comes after all letters


class SearchEntry(models.Model):
    """What finds one public record: its folded words, as ` word word … `.

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


class Search:
    """What a text finds. Blank text finds all, one without letter or digit nothing."""

    def __init__(self, text):
        self.words = words_of(text)
        self.finds_all = not text.strip()

    def condition(self, kind):
        """A `Q` on the records of a kind, or on rows that have their keys.

        Few records are named by it, as they are now.
        """
        if self.finds_all:
            return Q()
        few = self._few(kind)
        if few is not None:
            return Q(pk__in=[rowid & _KEY for rowid in few])
        return self._many(kind)

    def totals(self):
        """How many records of each kind that lists show are found, and a `Q` on them.

        A dict of pairs by kind; kinds of which there are none are left out.
        """
        few = self._few()
        if few is None:
            counts = self._counts()
            return {
                kind: (count, self._many(kind, kind.first | _KEY))
                for kind, count in _by_kind(counts).items()
            }
        keys = {}
        for rowid in few:
            if not rowid & _UNLISTED:
                keys.setdefault(Kind(rowid >> _KIND), []).append(rowid & _KEY)
        return {kind: (len(some), Q(pk__in=some)) for kind, some in keys.items()}

    def _few(self, kind=None):
        """The entries that are found, or None where there are more than a few."""
        if not self.words:
            return []
        rows = self._ask("rowid", kind, end=f"LIMIT {_FEW + 1}")
        return None if len(rows) > _FEW else [rowid for (rowid,) in rows]

    def _counts(self):
        """How many entries are found, by place."""
        if connection.vendor == "postgresql":
            return self._ask(f"rowid >> {_KIND - 1}, COUNT(*)", end="GROUP BY 1")
        # FTS5 goes straight to the first entry of a kind, and counts them in order.
        parts, parameters = [], []
        for kind in Kind:
            last = kind.first | _KEY
            part, values = self._select(f"{kind << 1}, COUNT(*)", kind, last)
            parts.append(part)
            parameters += values
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            return [(place, count) for place, count in cursor.fetchall() if count]

    def _many(self, kind, last=None):
        selected = self._select(f"rowid & {_KEY}", kind, last)
        return Q(pk__in=RawSQL(*selected))  # noqa: S611

    def _ask(self, columns, kind=None, end=""):
        statement, parameters = self._select(columns, kind)
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} {end}", parameters)
            return cursor.fetchall()

    def _select(self, columns, kind=None, last=None):
        where, parameters = self._found
        if kind:
            last = last or kind.first | _UNLISTED | _KEY
            where = f"{where} AND rowid BETWEEN %s AND %s"
            parameters = [*parameters, kind.first, last]
        return (
            f"SELECT {columns} FROM literature_searchentry WHERE {where}",  # noqa: S608
            parameters,
        )

    @cached_property
    def _found(self):
        """A condition on entries, as SQL with its parameters."""
        deriving.flush()
        indexed, read = [], []
        words = _words_with([word for word in self.words if len(word) >= SHORT])
        for word in self.words:
            starts, inside = words.get(word, ([None] * (_MOST_STARTS + 1), []))
            if len(inside) > _MOST_WORDS:
                read.append(word)
            elif len(starts) > _MOST_STARTS:
                indexed.append((word, inside))
            else:
                indexed.append((None, [*starts, *inside]))
        if any(start is None and not words for start, words in indexed):
            return "1 = 0", []
        conditions, parameters = [], []
        if indexed:
            condition, form = _INDEX[connection.vendor]
            conditions.append(condition)
            parameters.append(form(indexed))
        for word in read:
            conditions.append("text LIKE %s")
            parameters.append(f"%{word}%")
        return " AND ".join(conditions), parameters


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
        "({})".format(
            any_of.join(
                [
                    *([beginning.format(start)] if start else []),
                    *map(word.format, words),
                ]
            )
        )
        for start, words in asked
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


# Writing


def derivation(kind):
    """What keeps the entries of a kind current."""
    model = kind.model
    reads = {*model.objects.all().published_reads}
    for field in derived_fields(model):
        reads.update(lookup for lookup, _ in field.related)
    rows = model.objects.published().order_by()
    number = F("pk") + Value(kind.first, BigIntegerField())
    if rows.unlisted is not None:
        number += Case(When(rows.unlisted, then=_UNLISTED), default=0)
    found = Kept(rows, "pk", [number, Left("search_text", _MOST_SIGNS)])
    return deriving.Derivation(
        f"search entries of {model._meta.label}",
        model,
        tuple(sorted(reads)),
        lambda keys: _write(kind, found, keys),
    )


_stored = Kept(SearchEntry.objects.all(), "pk", ["pk", "text"])


def _write(kind, found, keys):
    places = [kind.first | key for key in keys]
    if kind.model.objects.all().unlisted is not None:
        places += [place | _UNLISTED for place in places]
    new = dict(found.tuples(keys))
    old = dict(_stored.tuples(places))
    gone = [place for place in old if old[place] != new.get(place)]
    come = [place for place in new if new[place] != old.get(place)]
    with transaction.atomic(savepoint=False):
        SearchEntry.objects.filter(pk__in=gone).delete()
        SearchEntry.objects.bulk_create(
            SearchEntry(rowid=place, text=new[place]) for place in come
        )
        _add_words({word for place in come for word in new[place].split()})
        changes = Counter(place >> _KIND - 1 for place in come)
        changes.subtract(place >> _KIND - 1 for place in gone)
        for place, change in changes.items():
            _count(place, change)
    return len({*gone, *come})


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
