"""Random draws, the same for the same seed, and made-up quantities."""

from functools import cache
from itertools import accumulate, chain
from random import Random

from asei_db.lib.folding import searchable
from asei_db.lib.quantities import parse

#: The four columns of a quantity that is not reported.
NOTHING = ("", None, None, "")
_AT_ONCE = 1000


class Draws:
    """Draws of one base; each name has a sequence of its own, whatever else is drawn.

    `coatings` is how many the base gets; all sizes follow from it.
    """

    def __init__(self, coatings, seed):
        self.coatings, self.seed = coatings, seed

    def random(self, name):
        return Random(f"{self.seed} {name}")  # noqa: S311 - made-up data, no secret

    def root(self, factor, least):
        """A size that grows with the square root of the base."""
        return max(least, int(factor * self.coatings**0.5))

    def endless(self, name, population, weights=None):
        """Draws without end from a list, by weights if given."""
        random = self.random(name)
        sums = list(accumulate(weights)) if weights else None
        while True:
            yield from random.choices(population, cum_weights=sums, k=_AT_ONCE)

    def pool(self, name, make, factor=3, least=12):
        """Draws without end from a few that `make(random)` makes up."""
        random = self.random(name)
        made = [make(random) for _ in range(self.root(factor, least))]
        return self.endless(f"{name} of the pool", made)


def zipf(size, exponent=1.0):
    """Weights of which the first is the greatest: 1, 1/2, 1/3, …"""
    return [1 / rank**exponent for rank in range(1, size + 1)]


@cache
def reported(unit, text):
    """The four columns of a quantity, given its text as printed."""
    if not text:
        return NOTHING
    quantity = parse(text, unit)
    return (
        quantity.as_reported,
        quantity.minimum,
        quantity.maximum,
        quantity.qualifier,
    )


@cache
def limit_of(unit, text):
    """Which end of a series of values a text says it is; "" mostly."""
    return parse(text, unit).limit or ""


def printed(random, low, high, *, digits=0, blank=0.0):
    """A quantity as a source may print it: a number, a range, a bound; "" if blank.

    Numbers are rounded to steps of a fortieth of what is possible, so that many tie.
    """
    if random.random() < blank:
        return ""
    value = low + (high - low) * random.randrange(41) / 40
    other = value + (high - low) * random.randrange(1, 9) / 40
    first, last = (f"{number:.{digits}f}" for number in (value, other))
    kind = random.random()
    if kind < 0.05 and first != last:
        return f"{first}–{last}"
    for share, sign in ((0.13, "~"), (0.17, ">"), (0.2, "<"), (0.22, "up to ")):
        if kind < share:
            return f"{sign}{last}" if float(last) else first
    return first


def maybe(random, share, *values):
    """One of `values`, or "" except in a `share` of cases."""
    return random.choice(values) if random.random() < share else ""


def sorted_as(text):
    """The sort key of a text of ours, which has neither accents nor Greek letters."""
    return text.lower()


@cache
def words_of(text):
    """The words by which a text is found, in order."""
    return tuple(searchable(text).split())


def found_by(own, related=()):
    """A search text as `SearchTextField.text_of` makes it.

    `own` are the texts of the row itself, `related` sets of words of related rows.
    """
    if not (own or related):
        return ""
    words = dict.fromkeys(chain.from_iterable(map(words_of, own)))
    others = set().union(*related).difference(words)
    found = " ".join([*words, *sorted(others)])
    return f" {found} " if found else ""
