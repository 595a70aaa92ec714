"""The gains of coated tests over their controls, stored as rows of `Gain`.

`write` derives them in bulk by the rules of `materials.analysis.uplift`;
`stored_uplift` gives them back as an `Uplift`.
"""

from collections import defaultdict
from itertools import chain, count
from typing import NamedTuple

from asei_db.lib.deriving import Derivation, replace_rows
from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import Quantity
from asei_db.lib.statements import Kept
from materials.analysis.comparison import agreement, verdict
from materials.analysis.uplift import (
    CHANGED,
    Change,
    EndOfLife,
    LifeRatio,
    Uplift,
    Value,
    changes,
    course,
    life_ratio,
    ratio,
    shared,
)
from materials.choices import ComparabilityVerdict, GainKind, Missing
from materials.models import CyclingPoint, CyclingTest, Gain
from materials.models.cycling import CONDITIONS

_FIELDS = {name: quantity_fields(CyclingPoint)[name] for name in CHANGED}
_COLUMNS = tuple(
    field.attname for field in Gain._meta.concrete_fields if not field.primary_key
)


def stored_uplift(test):
    """The `Uplift` of a test of `for_list()` from its stored gains, None without any.

    No query.
    """
    found = {gain.kind: gain for gain in test.headline_gains if gain.kind}
    if not found:
        return None
    changed = {
        name: _change_of(found[name]) if name in found else None for name in CHANGED
    }
    life = found.get(GainKind.LIFE)
    return Uplift(
        test,
        test.control,
        **changed,
        cycles_to_80_percent=_life_of(life) if life else None,
    )


def _change_of(gain):
    unit = _FIELDS[gain.kind].unit
    coated, bare, change = (
        Quantity(
            getattr(gain, f"{name}_min"),
            getattr(gain, f"{name}_max"),
            getattr(gain, f"{name}_qualifier"),
            unit=gain.change_unit if name == "change" else unit,
        )
        for name in ("coated", "bare", "change")
    )
    return Change(
        gain.cycle_number,
        Value(coated, gain.coated_is_interpolated),
        Value(bare, gain.bare_is_interpolated),
        change,
        gain.first_cycle,
    )


def _life_of(gain):
    coated, bare = (
        EndOfLife(
            getattr(gain, f"{name}_min"),
            getattr(gain, f"{name}_is_interpolated"),
            getattr(gain, f"{name}_qualifier") == "~",
        )
        for name in ("coated", "bare")
    )
    times = Quantity(gain.change_min, gain.change_max, gain.change_qualifier)
    return LifeRatio(coated, bare, times)


# Deriving


def write(keys):
    """Derive the gains of the tests with some keys; of how many tests they changed.

    Reads four times, whatever the number of tests.
    """
    return len(replace_rows(Gain, _COLUMNS, keys, _derive(keys)))


GAINS = Derivation("gains", CyclingTest, Gain.objects.all().made_of, write)


def _derive(keys):
    """Rows of `Gain` by key of the test, in the order in which they are shown."""
    tests = _tests(_COATED, keys)
    named = [test.control for test in tests.values() if test.control]
    controls = _tests(_PUBLISHED, named)
    courses = _courses([*tests, *controls])
    return {
        key: _rows(test, controls.get(test.control), courses)
        for key, test in tests.items()
    }


class _Test(NamedTuple):
    """What a `CyclingTest` says beside its points; relations are keys."""

    pk: int
    coating: int | None
    coating_is_disputed: bool | None
    study: int
    control: int | None
    is_disputed: bool
    conditions: dict[str, str | Quantity]  # those that are reported


_OF_TEST = ("pk", "coating", "coating__disputed", "study", "control", "disputed")


_TEXTS = [name for name in CONDITIONS if name not in quantity_fields(CyclingTest)]
_QUANTITIES = [
    quantity_fields(CyclingTest)[name] for name in CONDITIONS if name not in _TEXTS
]
_COLUMNS_OF_TEST = (
    *_OF_TEST,
    *("electrode__name" if name == "electrode" else name for name in _TEXTS),
    *chain.from_iterable(field.columns for field in _QUANTITIES),
)
_PUBLISHED, _COATED = (
    Kept.by(tests.order_by(), "pk", _COLUMNS_OF_TEST)
    for published in [CyclingTest.objects.published()]
    for tests in (published, published.filter(coating__isnull=False))
)


def _tests(tests, keys):
    """`_Test`s by key."""
    found = {}
    for row in tests.among(keys):
        rest = row[len(_OF_TEST) :]
        conditions = {
            name: text for name, text in zip(_TEXTS, rest, strict=False) if text
        }
        conditions |= _quantities(_QUANTITIES, rest[len(_TEXTS) :])
        found[row[0]] = _Test._make([*row[: len(_OF_TEST)], conditions])
    return found


def _quantities(fields, values):
    """The quantities of some fields that are reported, by name, given their columns."""
    return {
        field.name: Quantity(
            values[place + 1],
            values[place + 2],
            values[place + 3],
            values[place],
            field.unit,
        )
        for place, field in zip(count(0, 4), fields, strict=False)
        if values[place]
    }


_POINTS = Kept.by(
    CyclingPoint.objects.order_by(),
    "test",
    [
        *("test", "first_cycle", "cycle_number", "time_h"),
        *chain.from_iterable(field.columns for field in _FIELDS.values()),
    ],
)


def _courses(keys):
    """The `Course` of each test with one of some keys that states anything."""
    stated: dict[int, list] = defaultdict(list)
    for test, first, cycle, hours, *values in _POINTS.among(keys):
        stated[test] += [
            (name, first, cycle, hours, quantity)
            for name, quantity in _quantities(_FIELDS.values(), values).items()
        ]
    return {key: course(statements) for key, statements in stated.items()}


def _rows(test, control, courses):
    subject = test.pk, test.coating
    missing = _missing_pair(test, control)
    if not missing:
        coated, bare = (courses.get(one.pk) or course(()) for one in (test, control))
        rows = list(_numbers(coated, bare))
        if rows:
            found = _verdict(test, control)
            is_ranked = (
                found != ComparabilityVerdict.DIFFERS and not test.coating_is_disputed
            )
            return [(*subject, *row, found.value, is_ranked, "") for row in rows]
        missing = _missing_values(coated, bare)
    unknown = (None, None, "", False)
    nothing = (None, None, "")
    values = (*unknown, *unknown, *nothing, "", *nothing)
    return [(*subject, "", None, None, True, *values, "", False, missing.value)]


def _verdict(test, control):
    conditions = test.conditions, control.conditions
    return verdict(
        {name: agreement([one.get(name) for one in conditions]) for name in CONDITIONS}
    )


def _missing_pair(test, control):
    """What keeps a test from being compared at all, None if nothing does."""
    if test.control is None:
        return Missing.CONTROL
    if control is None:
        return Missing.PUBLISHED_CONTROL
    if test.study != control.study:
        return Missing.SAME_STUDY
    if test.is_disputed or control.is_disputed:
        return Missing.UNDISPUTED
    return None


def _missing_values(coated, bare):
    """What keeps two courses from giving any change."""
    if not coated.names:
        return Missing.VALUES
    if not bare.names:
        return Missing.CONTROL_VALUES
    names = coated.names & bare.names
    if not names:
        return Missing.SHARED_QUANTITY
    if any(any(shared(coated, bare, name)) for name in names):
        return Missing.BOUNDS
    return Missing.SHARED_CYCLE


def _numbers(coated, bare):
    """The columns of each change from the kind to the ratio."""
    for name in CHANGED:
        for place, change in enumerate(changes(coated, bare, name)):
            values = change.coated.quantity, change.bare.quantity
            yield (
                name,
                change.cycle_number,
                change.first_cycle,
                place == 0,
                *_ends(values[0]),
                change.coated.is_interpolated,
                *_ends(values[1]),
                change.bare.is_interpolated,
                *_ends(change.change),
                change.change.unit,
                *_ends(ratio(*values)),
            )
    if life := life_ratio(coated, bare):
        ends = (
            (end.cycle, end.cycle, "~" if end.is_approximate else "=")
            for end in (life.coated, life.bare)
        )
        yield (
            GainKind.LIFE.value,
            None,
            None,
            True,
            *next(ends),
            life.coated.is_interpolated,
            *next(ends),
            life.bare.is_interpolated,
            *_ends(life.ratio),
            "",
            *_ends(life.ratio),
        )


def _ends(quantity):
    if quantity is None:
        return None, None, ""
    return quantity.minimum, quantity.maximum, quantity.qualifier
