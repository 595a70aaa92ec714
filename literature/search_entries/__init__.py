"""Search: which public records a text finds, of one kind or of all.

A word of 3 letters or more finds the records that have it within a word, a shorter one
those that have it at the start of a word; every word of the text must be found.

The index knows whole words, and short beginnings of them. The words that have another
one inside are looked up in `SearchWord`, so that the index is asked for just these.

A word stands in the index as often as it has places: with a sign before it if it is
one of the record's name, alone if anything but remarks has it, with another sign if
only notes and statements do.
"""

from literature.search_entries.asking import (
    BESIDE_REMARKS,
    BY_LENGTH,
    EVERYWHERE,
    IN_NAMES,
    PLACES,
    WITHIN_WORDS,
    Search,
    count_records,
    words_having,
)
from literature.search_entries.index import (
    KEY,
    UNLISTED,
    RecordCount,
    SearchEntry,
    SearchWord,
    known_words,
)
from literature.search_entries.writing import Texts, derivation

__all__ = [
    "BESIDE_REMARKS",
    "BY_LENGTH",
    "EVERYWHERE",
    "IN_NAMES",
    "KEY",
    "PLACES",
    "UNLISTED",
    "WITHIN_WORDS",
    "RecordCount",
    "Search",
    "SearchEntry",
    "SearchWord",
    "Texts",
    "count_records",
    "derivation",
    "known_words",
    "words_having",
]
