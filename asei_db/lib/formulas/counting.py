"""Which elements a formula has, and how many atoms of each."""

import re
from fractions import Fraction

from asei_db.lib.formulas.counts import number
from asei_db.lib.formulas.grammar import (
    MAX_LENGTH,
    FormulaError,
    ZeroForOError,
    prefix_end,
    read,
    undecided,
)
from asei_db.lib.formulas.groups import ALKYLS, BRANCHED, UNCOUNTED
from asei_db.lib.formulas.spelling import DOTS, spell

_JOINT = re.compile(rf"\s*(?:[,;:|/@+–−-]|[{re.escape(DOTS)}])\s*|\s+")
_ATOM = re.compile(r"([A-Z][a-z]?)(\d*)")
# "Li–VC" is vinylene carbonate, not vanadium and carbon; these are no acronyms.
_MOLECULES = {"CO", "NO", "HF", "HI", "KF", "KI", "BN", "VN", "WN", "WC", "KOH", "HCN"}
_CP_HYDROGENS = 5
_DOTS = set(DOTS)


def elements(formula):
    """Symbols of the elements in a formula, in the order of first appearance.

    `PO(OMe)3` gives P, O, C, H. Composites (`Li3BO3–Li2CO3`, `Al2O3@LiCoO2`) give all,
    and counts may be variables (`LiPxOyNz`). Raises `FormulaError` for acronyms,
    letters that are no element (`Ti3C2Tx`) and broken brackets.
    """
    found = {}
    for _, part in _parts(formula):
        for token in part.names:
            if number(token.count) == 0:
                continue
            for symbol, _ in _ATOM.findall(_elements_of(token, formula)):
                found[symbol] = None
    return list(found)


def composition(formula):
    """How many atoms of each element a molecule has: `{"Al": 1, "C": 3, "H": 9}`.

    An adduct is one molecule: `CuSO4·5H2O` has 10 H. Raises `FormulaError` as
    `elements` does, for composites, and for counts that are not numbers (`LiPxOyNz`).
    """
    parts = _parts(formula)
    if any(joint.strip() not in _DOTS for joint, _ in parts[1:]):
        raise FormulaError(f"“{formula}” is not one molecule.")
    total = {}
    for _, part in parts:
        factor = _number(part.coefficient, formula)
        for symbol, count in _counted(part, formula).items():
            total[symbol] = total.get(symbol, 0) + factor * count
    return {
        symbol: int(count) if count.denominator == 1 else round(float(count), 4)
        for symbol, count in total.items()
        if count
    }


def _parts(formula):
    """Each part of a formula, behind the joint before it."""
    text = spell(formula).text.strip()
    text = re.sub(r"(?<=[\w)\]}*])[.,;]$", "", text)
    if not text:
        raise FormulaError("Nothing was given.")
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"A formula has at most {MAX_LENGTH} characters.")
    if error := undecided(text):
        raise error
    parts, joint = [], None
    while joint or not parts:
        start = joint.end() if joint else 0
        try:
            part = read(text, prefix_end(text, start))
        except ZeroForOError as error:
            raise FormulaError(f"“{formula}”: {error}") from None
        except FormulaError:
            raise _no_formula(formula) from None
        parts.append((joint[0] if joint else "", part))
        joint = _JOINT.match(text, part.end)
    if part.end != len(text):
        raise _no_formula(formula)
    for mark, part in parts:
        if not _is_formula(part, len(parts) > 1, mark.strip()):
            raise _no_formula(formula)
    return parts


def _is_formula(part, has_others, joint):
    """Whether a part is no acronym, no amount (4C, 300 K), no ligand without metal."""
    written = part.text[part.start : part.end]
    first, *more = part.tokens
    is_adduct = joint in _DOTS
    if has_others and re.fullmatch("[A-Z]{2,}", written):
        return written in _MOLECULES or (is_adduct and first.kind == "ligand")
    if part.coefficient and not joint and not more and not first.count:
        return False
    kinds = {token.kind for token in part.tokens}
    return is_adduct or bool(kinds & {"symbol", "group"})


def _no_formula(formula):
    return FormulaError(
        f"“{formula}” is not a plain chemical formula; give the elements explicitly."
    )


def _elements_of(token, formula):
    if token.atoms is not None:
        return token.atoms
    if token.kind == "ligand":
        return UNCOUNTED[token.name.lower()]
    raise FormulaError(
        f"“{formula}” has {token.name}, which is no element; give the elements "
        f"explicitly."
    )


def _number(count, formula):
    value = number(count)
    if value is None:
        raise FormulaError(f"“{formula}” has counts that are not numbers.")
    return value


def _counted(part, formula):
    """The atoms of a part by symbol, without its coefficient."""
    stack = [{}]
    if any(token.name == "," for token in part.tokens):
        raise FormulaError(f"“{formula}” has a comma: how much is there of each?")
    tokens = [token for token in part.tokens if token.kind != "bond"]
    for index, token in enumerate(tokens):
        if token.kind == "opens":
            stack.append({})
            continue
        if token.kind != "closes" and token.atoms is None:
            raise FormulaError(
                f"The atoms of {token.name} in “{formula}” are not known."
            )
        factor = _number(token.count, formula)
        if token.kind == "closes":
            atoms = stack.pop()
        else:
            atoms = {s: Fraction(n or 1) for s, n in _ATOM.findall(token.atoms)}
            if token.name == "Cp":
                atoms["H"] = Fraction(_CP_HYDROGENS - _on_ring(tokens, index, formula))
        for symbol, count in atoms.items():
            stack[-1][symbol] = stack[-1].get(symbol, Fraction(0)) + factor * count
    return stack[0]


def _on_ring(tokens, index, formula):
    """How many groups stand in the place of a hydrogen of the Cp at `index`.

    Those right before it or, if it has no count, right behind it. With a count of their
    own they may be on the metal instead (`PtMe3Cp`), unless the ring begins the bracket
    or the formula.
    """
    before, after = index, index + 1
    while before and _is_alkyl(tokens[before - 1]):
        before -= 1
    while not tokens[index].count and after < len(tokens) and _is_alkyl(tokens[after]):
        after += 1
    lead, tail = tokens[before:index], tokens[index + 1 : after]
    begins = before == 0 or tokens[before - 1].kind == "opens"
    counts = [number(token.count) for token in [*lead, *tail]]
    is_unclear = (
        (lead and tokens[index].count)
        or (not begins and any(token.count for token in [*lead, *tail]))
        or (not begins and tokens[before - 1].name == "Si")
        or _is_alkyl_in_brackets(tokens[max(before - 3, 0) : before])
        or _is_alkyl_in_brackets(tokens[after : after + 3])
        or None in counts
        or sum(counts) > _CP_HYDROGENS
    )
    if is_unclear:
        raise FormulaError(
            f"Which groups of “{formula}” are on the ring? Write the ring with its "
            f"groups in brackets, as in (MeCp)."
        )
    return sum(counts)


def _is_alkyl(token):
    return token.kind == "group" and token.atoms in {
        *ALKYLS.values(),
        *BRANCHED.values(),
    }


def _is_alkyl_in_brackets(tokens):
    kinds = [token.kind for token in tokens]
    return kinds == ["opens", "group", "closes"] and _is_alkyl(tokens[1])
