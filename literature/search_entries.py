"""Search: which public records a text finds, of one kind or of all.

A word of 3 letters or more finds the records that have it within a word, a shorter one
those that have it at the start of a word; every word of the text must be found.

The index knows whole words and their beginnings. The words that have another one
further inside are looked up in `SearchWord`, so that the index is asked for them too.
"""

from collections import Counter
from functools import cached_property

from django.db import connection, models, transaction
from django.db.models import BigIntegerField, Case, F, Q, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left

from asei_db.lib import deriving
from asei_db.lib.search import SHORT, CodePointField, derived_fields, words_of
from literature.kinds import Kind

_KIND = 40  # bits below the number of a kind
_UNLISTED = 1 << 39
_KEY = _UNLISTED - 1
_MOST_SIGNS = 200_000  # of a text; PostgreSQL indexes no more than 1 MB of words
_MOST_WORDS = 200  # that have a word inside; the texts are read where there are more
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
    """A word of the entries by one of its ends: `fluoride` by `luoride` … `ide`.

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
            counts = self._ask(f"rowid >> {_KIND - 1}, COUNT(*)", end="GROUP BY 1")
            return {
                kind: (count, self._many(kind, kind << _KIND | _KEY))
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
            last = last or kind << _KIND | _UNLISTED | _KEY
            where = f"{where} AND rowid BETWEEN %s AND %s"
            parameters = [*parameters, kind << _KIND, last]
        return (
            f"SELECT {columns} FROM literature_searchentry WHERE {where}",  # noqa: S608
            parameters,
        )

    @cached_property
    def _found(self):
        """A condition on entries, as SQL with its parameters."""
        deriving.flush()
        indexed, read = [], []
        others = _words_with(word for word in self.words if len(word) >= SHORT)
        for word in self.words:
            if len(others.get(word, ())) > _MOST_WORDS:
                read.append(word)
            else:
                indexed.append((word, others.get(word, ())))
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


def _match(words):
    """The question to FTS5: `("lif" * OR "cif4lif") AND ("al" *)`."""
    return " AND ".join(
        "({})".format(" OR ".join([f'"{word}" *', *(f'"{one}"' for one in others)]))
        for word, others in words
    )


def _tsquery(words):
    """The question to PostgreSQL: `('lif':* | 'cif4lif') & ('al':*)`."""
    return " & ".join(
        "({})".format(" | ".join([f"'{word}':*", *(f"'{one}'" for one in others)]))
        for word, others in words
    )


# Folded words have no signs but letters and digits: none must be escaped.
_INDEX = {
    "sqlite": ("literature_searchentry MATCH %s", _match),
    "postgresql": ("words @@ %s::tsquery", _tsquery),
}


def _words_with(words):
    """The words that have one of `words` inside, by that one, in one statement.

    At most one more of each than the index is asked for.
    """
    parts, parameters, found = [], [], {}
    for number, word in enumerate(words := list(words)):
        parts.append(
            f"SELECT * FROM (SELECT DISTINCT {number}, word "  # noqa: S608
            f"FROM literature_searchword WHERE ending >= %s AND ending < %s "
            f"LIMIT {_MOST_WORDS + 1}) AS of_{number}"
        )
        parameters += [word, word + _LAST]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            for number, word in cursor.fetchall():
                found.setdefault(words[number], []).append(word)
    return found


# Writing


def derivation(kind):
    """What keeps the entries of a kind current."""
    model = kind.model
    reads = {*model.objects.all().published_reads}
    for field in derived_fields(model):
        reads.update(lookup for lookup, _ in field.related)
    return deriving.Derivation(
        f"search entries of {model._meta.label}",
        model,
        tuple(sorted(reads)),
        lambda keys: _write(kind, keys),
    )


def _write(kind, keys):
    rows = kind.model.objects.published().filter(pk__in=keys).order_by()
    number = F("pk") + Value(kind << _KIND, BigIntegerField())
    places = [kind << _KIND | key for key in keys]
    if rows.unlisted is not None:
        number += Case(When(rows.unlisted, then=_UNLISTED), default=0)
        places += [place | _UNLISTED for place in places]
    new = dict(rows.values_list(number, Left("search_text", _MOST_SIGNS)))
    old = dict(SearchEntry.objects.filter(pk__in=places).values_list("pk", "text"))
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
    """Know the words by their ends of 3 letters or more, themselves left out."""
    longer = [word for word in sorted(words) if len(word) > SHORT]
    for some in deriving.batches(longer):
        new = set(some).difference(_known(some))
        SearchWord.objects.bulk_create(
            [
                SearchWord(ending=word[start:], word=word)
                for word in sorted(new)
                for start in range(1, len(word) - SHORT + 1)
            ],
            ignore_conflicts=True,  # somebody else writes the same word
        )


def _known(words):
    pairs = ", ".join(["(%s, %s)"] * len(words))
    statement = (
        f"SELECT column2 FROM (VALUES {pairs}) AS asked WHERE EXISTS ("  # noqa: S608
        "SELECT 1 FROM literature_searchword WHERE ending = column1 AND word = column2)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [part for word in words for part in (word[1:], word)])
        return [word for (word,) in cursor.fetchall()]
