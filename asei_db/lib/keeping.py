"""What is computed of published data, kept in the process until that changes."""

import threading
from collections import OrderedDict

from django.db import connection

MOST = 2000  # values that are kept; those that were not asked for longest go

_kept: OrderedDict = OrderedDict()
_lock = threading.Lock()
_current = []


def register(current):
    """Say what gives the data revision: a function of an app above."""
    _current[:] = [current]


def revision(request=None):
    """The revision for which values are kept now, or that a request has read before.

    None within a transaction, whose changes may be undone: then nothing is kept.
    """
    if connection.in_atomic_block:
        return None
    return getattr(request, "data_revision", None) or _current[0]()


def kept(revision, key, make):
    """What `make()` gives for a key, which says all that it depends on besides data.

    Nobody may change it. `revision` was read before: what is newer does no harm.
    """
    if revision is None:
        return make()
    place = (*revision, *key)
    with _lock:
        if place in _kept:
            _kept.move_to_end(place)
            return _kept[place]
    value = make()
    with _lock:
        _kept[place] = value
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return value
