"""The charge of an ion: which digits before a sign belong to it."""

import re
from itertools import accumulate

from asei_db.lib.formulas.counts import SIGN, plain
from asei_db.lib.formulas.spelling import BOUNDARY

_CHARGE = re.compile(
    rf"(?:\^|\((?=\d?{SIGN}\)))[{{(]*(?P<high>\d*{SIGN}|{SIGN}\d)[)}}]*"
    rf"|(?P<digit>\d?)(?P<sign>{SIGN})(?![\w(\[{{+])"
)
#: Anions whose sign may be a hyphen; those of several charges are known by their form.
_ANIONS = """F Cl Br I OH CN SCN OCN NO2 NO3 N3 ClO4 ClO3 PF6 BF4 AsF6 SbF6 BH4 AlH4
    AlCl4 FeCl4 MnO4 HCO3 HSO4 H2PO4 HF2 PO2F2 CH3COO HCOO CF3SO3 OAc I3 Br3 NH2 BPh4
    B(OH)4 Al(OH)4 B(C6F5)4 N(SO2F)2 N(SO2CF3)2 OTf TFSI FSI TFSA BOB DFOB BETI"""
#: Cations of several elements, whose plus is none of a sum: "LiOtBu+ H2O".
_CATIONS = "NH4 H3O NO NO2 PH4 NMe4 NEt4 NBu4 PPh4 VO VO2 TiO UO2"
_NEVER_HIGHER = {"F", "Cl", "Br", "I", "H"}
_DIATOMIC = {"F", "Cl", "Br", "I", "H", "N", "O"}


def without_charge(text, start, tokens, position):
    """The tokens before `position` without their charge, the charge, and its end.

    A sign that ends a formula makes digits before it the charge: one digit behind a
    lone element (Mg2+) or behind a bracket round all, else the last of several (SO42−);
    a bare sign is a charge of one (PF6−). A hyphen is a sign only where the ion is
    known or nothing else is possible. None if there is no charge.
    """
    match = _CHARGE.match(text, position)
    if not match or not BOUNDARY.match(text, match.end()):
        return None
    if digits := (match["digit"] or match["high"] or "").strip("+−-"):
        sign = re.search(SIGN, match[0])[0]
        return tokens, digits + _print(sign), match.end()
    sign = match["high"] or match["sign"]
    *others, last = tokens
    count, charge = _parted(tokens, sign)
    body = text[start : last.stop] + plain(count)
    body = re.sub(r"^[(\[](.*)[)\]]$", r"\1", body)
    if not match["high"]:
        is_lone = start == 0 and match.end() == len(text)
        if sign == "-" and not _is_anion(body, count, charge, is_lone or last.kind):
            return None
        is_of_sum = sign == "+" and not charge and len(tokens) > 1
        if (
            is_of_sum
            and body not in _CATIONS
            and re.match(r"\s+\S", text[match.end() :])
        ):
            return None
    return [*others, last._replace(count=count)], charge + _print(sign), match.end()


def _parted(tokens, sign):
    """The digits before a bare sign as the last token's count and the charge."""
    last = tokens[-1]
    digits = last.count
    if not re.fullmatch(r"[1-9]\d*", digits):
        return digits, ""
    head, tail = digits[:-1], digits[-1]
    if last.kind == "closes" and _encloses(tokens):
        return head, tail
    if head:
        # Nobody writes a count or a charge of one: "B12H12−", "Hg22+".
        return (head, tail) if head != "1" and tail not in "01" else (digits, "")
    is_lone = len(tokens) == 1 and last.kind == "symbol"
    is_triiodide = sign != "+" and last.name in _NEVER_HIGHER
    is_diatomic = sign == "+" and last.name in _DIATOMIC and tail == "2"
    if not is_lone or is_triiodide or is_diatomic:
        return digits, ""
    return "", tail


def _is_anion(body, count, charge, context):
    """Whether a hyphen behind `body` is its charge, not that of "TiO2- and …"."""
    if body in _ANIONS.split():
        return True
    if not charge:
        return False
    if count:
        return charge in "234" and count in list("2345678")
    return context is True or context == "closes"


def _encloses(tokens):
    """Whether the last bracket opens at the beginning."""
    steps = ((token.kind == "opens") - (token.kind == "closes") for token in tokens)
    return 0 not in [*accumulate(steps)][:-1]


def _print(sign):
    return "+" if sign == "+" else "−"
