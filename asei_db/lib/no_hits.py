"""What leads on from a list that finds nothing."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import QueryDict

MOST = 8  # filters of which it is said what each leaves out

_respelled = []


def register(respelled):
    """Say what gives texts with nearly the words of one: a function of an app above."""
    _respelled[:] = [respelled]


@dataclass(frozen=True)
class WayOut:
    """A query that finds something: how it differs, its address and number of rows."""

    words: str
    value: str
    url: str
    number: int


def ways_out(filterset, query, active, address):
    """The `WayOut`s from a query that finds nothing, those nearest to it first.

    With the nearest values of each range, with other words for those that are searched
    for, and without each of the `active` filters. `address` makes that of a query.
    One statement or two a filter, of at most eight.
    """
    found = [
        *_nearest(filterset, query, address),
        *_otherwise(filterset, query, address),
    ]
    for one in active[:MOST]:
        rest = QueryDict(urlsplit(one["url"]).query)
        words = f"without {one['label']}:"
        found.append(_way(filterset, words, one["value"], rest, address))
    return [one for one in found if one.number]


def _way(filterset, words, value, query, address):
    other = type(filterset)(
        query, filterset.queryset, other_parameters=filterset.other_parameters
    )
    return WayOut(words, value, address(query), 0 if other.errors else other.number)


def _nearest(filterset, query, address):
    """Each range moved to the values that lie nearest to it under the other filters."""
    for name, declared in filterset.declared_ranges.items():
        if not {*declared.parameters} & {*query}:
            continue
        rest = query.copy()
        for parameter in (*declared.parameters, "page"):
            rest.pop(parameter, None)
        for value in filterset.nearest(name):
            moved = rest.copy()
            moved[name] = value.replace("\N{NO-BREAK SPACE}", " ")
            words = f"with the nearest {declared.title}:"
            yield _way(filterset, words, value, moved, address)


def _otherwise(filterset, query, address):
    """The first of the texts with nearly the same words that finds anything."""
    if text := query.get("q"):
        for near in _respelled[0](text) if _respelled else ():
            other = query.copy()
            other["q"] = near
            way = _way(filterset, "with the words", near, other, address)
            if way.number:
                yield way
                return
