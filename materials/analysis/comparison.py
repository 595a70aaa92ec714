"""In which conditions cycling tests agree, and whether they can be compared at all.

Nothing is ranked across tests without it. Texts agree when they read the same but for
case, spaces and subscripts; quantities when their numbers and bounds are the same.
"""

import unicodedata
from dataclasses import dataclass
from math import isclose

from django.db.models import TextChoices

from materials.choices import ComparabilityVerdict
from materials.models.cycling import CONDITIONS, RATES


class Agreement(TextChoices):
    """Whether tests agree in one condition."""

    AGREES = "agrees", "Agrees"
    DIFFERS = "differs", "Differs"
    NOT_REPORTED = "not_reported", "Not known"


@dataclass(frozen=True)
class ComparedCondition:
    """One condition of several tests.

    `values` has one item a test, in their order: a text, a `Quantity`, or None where
    the test does not report it. It agrees where all tests report the same (`~5` and `5`
    are the same), differs where any two reported values differ.
    """

    name: str
    label: str
    agreement: Agreement
    values: tuple


@dataclass(frozen=True)
class Comparability:
    """In which conditions tests agree, differ, or do not say.

    They are comparable if nothing differs, and all report the same electrolyte and the
    same rate (as C-rate, current density or specific current).
    """

    tests: tuple
    conditions: tuple

    def _labels(self, agreement):
        return [c.label for c in self.conditions if c.agreement == agreement]

    @property
    def differing(self):
        """Labels of the conditions that differ."""
        return self._labels(Agreement.DIFFERS)

    @property
    def not_reported(self):
        """Labels of the conditions that some test does not report."""
        return self._labels(Agreement.NOT_REPORTED)

    @property
    def missing(self):
        """Labels of what must be reported before the tests count as comparable."""
        return _missing(self._agreements)

    @property
    def verdict(self):
        return verdict(self._agreements)

    @property
    def _agreements(self):
        return {c.name: c.agreement for c in self.conditions}

    def __str__(self):
        """ "Differs in C-rate, electrolyte": the words of the badge."""
        if self.differing:
            return f"Differs in {', '.join(self.differing)}"
        if self.missing:
            return f"Not enough known: {', '.join(self.missing)}"
        return "Comparable"


_ESSENTIAL = {
    "electrolyte": {"electrolyte"},
    "rate": set(RATES),
}


def compare(tests):
    """The `Comparability` of tests that come with their electrode."""
    tests = tuple(tests)
    return Comparability(tests, tuple(_compare(name, tests) for name in CONDITIONS))


def _compare(name, tests):
    conditions = [test.condition(name) for test in tests]
    values = tuple(condition.value for condition in conditions)
    return ComparedCondition(name, conditions[0].label, agreement(values), values)


def agreement(values):
    """The `Agreement` of tests in one condition, given the value of each."""
    reported = [value for value in values if value is not None]
    if any(not _same(reported[0], value) for value in reported[1:]):
        return Agreement.DIFFERS
    if len(reported) < len(values):
        return Agreement.NOT_REPORTED
    return Agreement.AGREES


def verdict(agreements):
    """The `ComparabilityVerdict` of tests, given their agreement by condition."""
    if Agreement.DIFFERS in agreements.values():
        return ComparabilityVerdict.DIFFERS
    if _missing(agreements):
        return ComparabilityVerdict.NOT_ENOUGH_REPORTED
    return ComparabilityVerdict.COMPARABLE


def _missing(agreements):
    return [
        label
        for label, names in _ESSENTIAL.items()
        if all(agreements[name] != Agreement.AGREES for name in names)
    ]


def _same(one, other):
    if one == other:
        return True
    if isinstance(one, str):
        return _plain(one) == _plain(other)
    return one.qualifier.replace("~", "=") == other.qualifier.replace("~", "=") and all(
        a is b if a is None or b is None else isclose(a, b)
        for a, b in ((one.minimum, other.minimum), (one.maximum, other.maximum))
    )


def _plain(text):
    return unicodedata.normalize("NFKC", text).casefold().split()
