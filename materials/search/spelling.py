"""Words that are nearly those of a search that finds nothing."""

from literature.search_entries import known_words, words_having

_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
_LONGEST = 32  # letters of a word that is looked for
_MOST = 3  # other words for one
_MOST_WORDS = 5  # that are replaced
#: Signs that look alike, or are spelled alike.
_ALIKE = [{*pair} for pair in ("o0", "l1", "i1", "il", "s5", "b8", "iy", "ck", "sz")]


def respelled(search):
    """Texts with other words for those of a `Search` that finds no name, a few.

    Where some of its words are in no record, only these are replaced, all at once; else
    one after the other.
    """
    if search.question.identifier:
        return []
    words = search.words
    wrong = search.unknown or [word for word in words if len(word) > 2]
    wrong = [word for word in wrong if len(word) <= _LONGEST][:_MOST_WORDS]
    near = near_words(wrong)
    if not search.unknown:
        choices = [{word: one} for word in wrong for one in near[word][:_MOST]]
    elif all(near.values()):
        choices = [
            {word: near[word][min(place, len(near[word]) - 1)] for word in wrong}
            for place in range(_MOST)
        ]
    else:
        choices = []
    texts = (" ".join(choice.get(word, word) for word in words) for choice in choices)
    return [*dict.fromkeys(texts)]


def near_words(words):
    """Words of entries that are nearly each of `words`: a dict of lists, closest first.

    One edit away, or two for longer words; by one or two statements.
    """
    edited = {word: _edits(word) for word in words}
    known = known_words({one for some in edited.values() for one in some})
    near = {word: sorted(known & edited[word]) for word in words}
    far = [word for word in words if not near[word] and len(word) > 5]
    for word, found in words_having({word: _thirds(word) for word in far}).items():
        near[word] = [one for one in found if _distance(word, one) <= 2]
    return {
        word: sorted(some, key=lambda one, word=word: (_distance(word, one), one))
        for word, some in near.items()
    }


def _edits(word):
    """All that one letter more, less, other, or two swapped ones make of a word."""
    parts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    found = {begin + end[1:] for begin, end in parts if end}
    found |= {b + e[1] + e[0] + e[2:] for b, e in parts if len(e) > 1}
    found |= {b + sign + e[1:] for b, e in parts if e for sign in _SIGNS}
    found |= {b + sign + e for b, e in parts for sign in _SIGNS}
    return {one for one in found if len(one) >= 3} - {word}


def _thirds(word):
    """The parts of three letters."""
    return sorted({word[n : n + 3] for n in range(len(word) - 2)})


def _distance(one, other):
    """How many letters differ, are missing or swapped; what is alike counts half."""
    before, row = [], list(range(len(other) + 1))
    for n, sign in enumerate(one, start=1):
        last, row, older = row, [n], before
        before = last
        for m, to in enumerate(other, start=1):
            differs = 0 if sign == to else 0.5 if {sign, to} in _ALIKE else 1
            row.append(
                min(
                    last[m] + _cost(one, n - 1),
                    row[-1] + _cost(other, m - 1),
                    last[m - 1] + differs,
                )
            )
            is_swapped = n > 1 and m > 1 and sign == other[m - 2] and to == one[n - 2]
            if is_swapped and sign != to:
                row[m] = min(row[m], older[m - 2] + 0.6)
    return row[-1]


def _cost(word, place):
    """Of a letter too many or too few: less if it is doubled."""
    is_double = (
        word[place] in (word[place - 1 : place] or " ")
        or word[place + 1 : place + 2] == word[place]
    )
    return 0.6 if is_double else 0.9
