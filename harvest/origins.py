"""Texts and counts that know which numbers of a harvest they were made of."""

from typing import NamedTuple


class Origin(NamedTuple):
    """A number of a harvest: its line, the field in which it stands, and itself."""

    line: int
    field: str
    number: object

    @property
    def place(self):
        return self.line, self.field


class _Made:
    """A value with the `Origin`s it was made of.

    `is_spelled`: a quantity that no quote prints, so that its spelling is ours.
    """

    origins = ()
    is_spelled = False

    def __new__(cls, value, origins=(), is_spelled=False):
        made = super().__new__(cls, value)
        made.origins = tuple(dict.fromkeys(origins))
        made.is_spelled = is_spelled
        return made

    def joined(self, other):
        """Itself, made of what `other` was made of too."""
        origins = (*self.origins, *getattr(other, "origins", ()))
        is_spelled = self.is_spelled and (
            self != other or getattr(other, "is_spelled", False)
        )
        return type(self)(self, origins, is_spelled)


class Text(_Made, str):
    """A quantity as it is printed, or a sentence."""


class Count(_Made, int):
    """A number of cycles."""


def says_same(one, other):
    """Whether two values are the same, or spell the same number of a harvest."""
    numbers = [origin.number for origin in getattr(one, "origins", ())]
    others = [origin.number for origin in getattr(other, "origins", ())]
    return one == other or any(number in others for number in numbers)


def unite(known, new):
    """`known`, made of what `new` was made of too, where both say the same number."""
    if not isinstance(new, _Made) or not says_same(known, new):
        return known
    return (
        known.joined(new) if isinstance(known, _Made) else type(new)(known, new.origins)
    )


def leaves(value, path=()):
    """Every value within records that was made of a harvest, with its path."""
    if isinstance(value, dict):
        for name, of in value.items():
            yield from leaves(of, (*path, name))
    elif isinstance(value, list):
        for place, of in enumerate(value):
            yield from leaves(of, (*path, place))
    elif isinstance(value, _Made) and value.origins:
        yield path, value
