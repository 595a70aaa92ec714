"""The tables that are searched."""

from django.db import connection, models

from asei_db.lib.search import CodePointField

KIND_BITS = 40  # below the number of a kind
UNLISTED = 1 << 39
KEY = UNLISTED - 1
MOST_SIGNS = 200_000  # of a text; PostgreSQL indexes no more than 1 MB of words
# Signs that no folded word has, and that are letters to the tokenizers.
OF_NAME, OF_REMARK = MARKS = "\ue000\ue001"


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


def known_words(words):
    """Those of some words of 3 letters or more that entries have, as a set."""
    if not words:
        return set()
    asked = ", ".join(["(%s)"] * len(words))
    statement = (
        f"SELECT column1 FROM (VALUES {asked}) AS asked WHERE EXISTS ("  # noqa: S608
        "SELECT 1 FROM literature_searchword WHERE ending = column1 AND word = column1)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*words])
        return {word for (word,) in cursor.fetchall()}
