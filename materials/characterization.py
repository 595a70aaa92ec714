"""Reads the characterization cell of a table: "Cyc, EIS, FE-SEM, (S)TEM"."""

import difflib
import re
from collections import defaultdict

from django.core.exceptions import ValidationError

from asei_db.lib.folding import fold
from asei_db.lib.typed import one_line

MAX_NAME_LENGTH = 120  # of a method as printed
_OUTSIDE_BRACKETS = r"(?![^()]*\))"
# From the loosest to the tightest; each parts only what is no name as a whole.
_SEPARATORS = [
    re.compile(f"(?:{separator}){_OUTSIDE_BRACKETS}")
    for separator in (
        r"\s*[,;\n\r，；、|]\s*(?:(?:and\b|&)\s*)?",
        r"\s*&\s*|\s+and\s+|\s+\+\s+",
        r"\s*/\s*",
    )
]
_PARTING = re.compile("[,;，；、|&/+]")
_REMARK = re.compile(r"^(?P<name>.+?)\s+\((?P<remark>[^()]*)\)$")
_VARIOUS = {"various", "(various)", ""}


def parse_characterization(text, methods):
    """List the (method, name as printed, remark) that a printed cell holds.

    `methods` are `CharacterizationMethod`s; one is found by acronym, variant or name.
    A variant that two methods share stands for both: "(FIB-)SEM" is FIB and SEM. A
    method that stands twice, by acronym or name, is listed once, with both remarks;
    variants are listed apart. "(Various)" holds none.
    Raises ValidationError that names the unknown method and the nearest known one.
    """
    if text.strip().lower() in _VARIOUS:
        return []
    known = _methods_by_name(methods)
    found = {}
    for name, remark in _read(text.strip(), known, _SEPARATORS):
        for method in known[_key(name)]:
            names = {_key(method.acronym), _key(method.name)}
            place = method.acronym, "" if _key(name) in names else _key(name)
            _, _, remarks = found.setdefault(place, (method, name, []))
            if remark and remark not in remarks:
                remarks.append(remark)
    return [
        (method, name, "; ".join(remarks)) for method, name, remarks in found.values()
    ]


def _key(name):
    """Case, dashes and spaces do not matter: "ToF SIMS" is TOF-SIMS.

    Separators do: "FIB, SEM" is not "FIB-SEM".
    """
    return fold(name).replace(" ", "") + "".join(_PARTING.findall(name))


def _methods_by_name(methods):
    known = defaultdict(list)
    for method in methods:
        for name in {_key(n) for n in [method.acronym, *method.variants]}:
            known[name].append(method)
    for method in methods:
        if (name := _key(method.name)) not in known:
            known[name].append(method)
    known.pop("", None)
    return known


def _read(text, known, separators):
    """Yield (name, remark) of each method in `text`."""
    match = _REMARK.match(one_line(text))
    for name, remark in [
        (one_line(text), ""),
        *([(match["name"], match["remark"].strip())] if match else []),
    ]:
        if _key(name) in known and len(name) <= MAX_NAME_LENGTH:
            yield name, remark
            return
    if not separators:
        _refuse(name if match else one_line(text), known)
    parts = separators[0].split(text)
    while parts:
        # "(BF)/(HR)TEM/XRD" is one name of two parts, and another.
        count = next(
            (n for n in range(len(parts), 1, -1) if _key("/".join(parts[:n])) in known),
            1,
        )
        if part := "/".join(parts[:count]):
            yield from _read(part, known, separators[1:])
        parts = parts[count:]


def _refuse(name, known):
    spellings = {
        _key(spelling): spelling
        for methods in known.values()
        for method in methods
        for spelling in (method.name, *method.variants, method.acronym)
    }
    near = difflib.get_close_matches(_key(name), spellings, n=1)
    within = [word for word in name.split() if _key(word) in spellings]
    if within:
        remark = " ".join(word for word in name.split() if word != within[-1])
        hint = f"Did you mean {within[-1]} ({remark.strip('()')})? Or add it"
    else:
        hint = f"Did you mean {spellings[near[0]]}? Or add it" if near else "Add it"
    raise ValidationError(
        f"No characterization method is called “{name}”. {hint} under Characterization "
        "methods.",
        code="unknown_method",
    )
