"""Reads the characterization cell of a table: "Cyc, EIS, FE-SEM, (S)TEM"."""

import difflib
import re
from collections import defaultdict

from django.core.exceptions import ValidationError

from asei_db.lib.folding import fold

_COMMA_OUTSIDE_BRACKETS = re.compile(r",\s*(?![^()]*\))")
_REMARK = re.compile(r"^(?P<name>.+?)\s+\((?P<remark>[^()]*)\)$")
_VARIOUS = {"various", "(various)", ""}


def parse_characterization(text, methods):
    """List the (method, name as printed, remark) that a printed cell holds.

    `methods` are `CharacterizationMethod`s; a name is found by acronym or variant.
    A variant that two methods share stands for both: "(FIB-)SEM" is FIB and SEM.
    "(Various)" holds none. Raises ValidationError that names the unknown method and
    the nearest known one.
    """
    if text.strip().lower() in _VARIOUS:
        return []
    known = defaultdict(list)
    for method in methods:
        for name in {fold(n) for n in [method.acronym, *method.variants]}:
            known[name].append(method)
    spellings = sorted({n for m in methods for n in [m.acronym, *m.variants]})
    found = []
    for item in filter(None, _COMMA_OUTSIDE_BRACKETS.split(text.strip())):
        match = _REMARK.match(item)
        name, remark = (match["name"], match["remark"]) if match else (item, "")
        if fold(name) not in known:
            near = difflib.get_close_matches(name, spellings, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise ValidationError(
                f"No characterization method is called “{name}”.{hint}",
                code="unknown_method",
            )
        found.extend((method, name, remark) for method in known[fold(name)])
    return found
