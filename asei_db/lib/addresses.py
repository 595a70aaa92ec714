"""Addresses of records, of which one page prints hundreds."""

import re
from functools import lru_cache

from django.urls import get_script_prefix, reverse

_STAND_IN = "0-0"
_is_slug = re.compile(r"[-a-zA-Z0-9_]+").fullmatch


def address_of(view, slug):
    """`reverse(view, args=[slug])`, resolved once for each view, not for each record.

    Raises `NoReverseMatch` for what is no slug.
    """
    if not _is_slug(slug):
        return reverse(view, args=[slug])
    before, after = _parts(view, get_script_prefix())
    return f"{before}{slug}{after}"


def address_of_page(view):
    """`reverse(view)`, resolved once."""
    return _page(view, get_script_prefix())


@lru_cache(maxsize=64)
def _page(view, script_prefix):
    return reverse(view)


@lru_cache(maxsize=64)
def _parts(view, script_prefix):
    before, _, after = reverse(view, args=[_STAND_IN]).rpartition(_STAND_IN)
    return before, after
