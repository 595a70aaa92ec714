"""What keeps the tables current that are searched."""

from collections import Counter
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    Value,
    When,
)
from django.db.models.functions import Left

from asei_db.lib import deriving
from asei_db.lib.folding import searchable
from asei_db.lib.search import SHORT, derived_fields
from asei_db.lib.statements import Kept
from literature.search_entries.index import (
    KIND_BITS,
    MARKS,
    MOST_SIGNS,
    OF_NAME,
    OF_REMARK,
    UNLISTED,
    RecordCount,
    SearchEntry,
    known_words,
)


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
    own = Left("search_text", MOST_SIGNS)
    found = Kept.by(rows, "pk", [number, own, *texts.columns])
    return deriving.Derivation(
        f"search entries of {model._meta.label}",
        model,
        tuple(sorted(reads)),
        lambda keys: _write(kind, texts.of_rows(found.among(keys)), keys),
    )


_stored = Kept.by(SearchEntry.objects.all(), "pk", ["pk", "text"])


def _write(kind, new, keys):
    """Write entries anew: their texts by place."""
    places = [kind.first | key for key in keys]
    if kind.model.objects.all().unlisted is not None:
        places += [place | UNLISTED for place in places]
    old = dict(_stored.among(places))
    gone = [place for place in old if old[place] != new.get(place)]
    come = [place for place in new if new[place] != old.get(place)]
    with transaction.atomic(savepoint=False):
        SearchEntry.objects.filter(pk__in=gone).delete()
        SearchEntry.objects.bulk_create(
            SearchEntry(rowid=place, text=new[place]) for place in come
        )
        _add_words({word.lstrip(MARKS) for at in come for word in new[at].split()})
        changes = Counter(place >> KIND_BITS - 1 for place in come)
        changes.subtract(place >> KIND_BITS - 1 for place in gone)
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
        *(OF_NAME + word for word in sorted(names)),
        *sorted(names),
        *plain,
        *(OF_REMARK + word for word in sorted(remarks.keys() - names.keys())),
    ]
    return f" {' '.join(stored)[:MOST_SIGNS]} " if stored else ""


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
            for word in sorted(set(some).difference(known_words(some)))
            for start in range(len(word) - SHORT + 1)
        ]
        with connection.cursor() as cursor:  # a third of the time of `bulk_create`
            cursor.executemany(
                "INSERT INTO literature_searchword (ending, word) VALUES (%s, %s) "
                "ON CONFLICT DO NOTHING",  # somebody else writes the same word
                pairs,
            )
