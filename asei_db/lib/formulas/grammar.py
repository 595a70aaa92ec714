"""The one grammar of formulas, over texts in the spelling of `spelling`.

    part    = [coefficient] atom+ [charge]
    atom    = (symbol | group | "(" atom+ ")") [count]

What stands between parts (`·`, `/`, `@`, a dash, a space …) belongs to none.
"""

import re
from functools import cache
from typing import NamedTuple

import periodictable

from asei_db.lib.formulas.charges import without_charge
from asei_db.lib.formulas.counts import (
    COEFFICIENT,
    COUNT,
    SIGN,
    begins_with_zero,
    plain,
)
from asei_db.lib.formulas.groups import (
    ALKALI_ANIONS,
    BRANCHED,
    GROUPS,
    LIGANDS,
    UNCOUNTED,
)
from asei_db.lib.formulas.spelling import BOUNDARY, DOTS, UNDECIDED

MAX_LENGTH = 200
_MAX_DEPTH = 8

_OXIDATION_STATE = re.compile(r"\((?:I{1,3}|I?V|VI{1,3})\)(?!\d)")
#: A ligand that is not in the tables, with its count.
_OPAQUE = re.compile(r"(\((?=[^a-zA-Z()]*[a-zA-Z])[\w,'^*+-]{1,24}\))(\d*)")
#: `iPr`, `i-Pr`, `tert-Bu`, `OPri`, `OBuᵗ`; the propyl of `Zr(OPr)4`, which is no Pr.
_ISOMER = (
    r"(?:\^\{[inst]\}|\^[inst]|tert[−-]?|sec[−-]?|iso[−-]?|[inst][−-]?)"
    r"(?:Pr|Bu|Am)(?!(?!amd|fmd)[a-z])"
    r"|(?:Pr|Bu|Am)\^(?:\{[inst]\}|[inst])"
    r"|(?<=[ON])(?:Pr[in]|Bu[tisn])(?![a-z])|(?<=[(\[][ON])Pr(?![a-z])"
)
_ANYWHERE = {"thd", "dpm", "mmp", "amd", "fmd"}
_PREFIX = re.compile(
    # P2-NaxCoO2 is a stacking, not phosphorus; 2H-MoS2 a polytype, γ-Al2O3 a phase.
    r"P'?\d'?/[OP]'?\d'?(?!\w)|O'?\d'?/P'?\d'?(?!\w)"
    r"|(?:[OPT]'?\d'?(?=[−-](?:(?:Li|Na|K)[\dxA-Z_]|type))|[1-9][HTRC]'?(?=[−-][A-Z])"
    r"|(?:[α-ω]|a|c|h|m|o|t|r|n|p|nc|poly)(?=[−-][A-Z]))[−-]"
)


#: The other charge of a redox couple: [Fe(CN)6]3−/4−.
_COUPLE = re.compile(rf"/\d{SIGN}(?!\w)")


class FormulaError(ValueError):
    """A text that is no formula, or lacks what was asked; the message says why."""


class ZeroForOError(FormulaError):
    """A count such as the 04 of `Li3P04`, which is no number."""


class Token(NamedTuple):
    """An atom, a group or a bracket with its count.

    `kind` is symbol, group, ligand, letter (T, M), opens, closes, opaque or bond;
    `start` and `stop` are where its name stands; `atoms` is the formula of a group, or
    None if its atoms are unknown.
    """

    kind: str
    name: str
    start: int
    stop: int
    count: str = ""
    atoms: str | None = None


class Part(NamedTuple):
    """A formula that no joint parts: its place, factor, atoms and charge ("2−")."""

    start: int
    end: int
    coefficient: str
    atoms_start: int
    tokens: list
    charge: str
    text: str

    @property
    def names(self):
        """Tokens that stand for atoms."""
        return [t for t in self.tokens if t.kind not in ("opens", "closes", "bond")]


def _any(names):
    """A pattern for one of `names`, the longest that fits."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


@cache
def _token_pattern():
    symbols = [element.symbol for element in periodictable.elements if element.number]
    ligands = [*LIGANDS, *UNCOUNTED]
    short = [name for name in ligands if len(name) < 4 and name not in _ANYWHERE]
    long = [name for name in ligands if name not in short] + ["fAMD"]
    short += [name.upper() for name in ligands]
    begins = rf"(?<=[(\[−-])|(?<=^)|(?<=[\d@/ ])|(?<=[{re.escape(DOTS)}])"
    return re.compile(
        rf"(?P<opens>[(\[{{])|(?P<closes>[)\]}}])"
        rf"|(?P<isomer>{_ISOMER})"
        rf"|(?P<anion>(?:(?<=Li)|(?<=Na)|(?<=K)|(?<=[(\[]))(?:FSI|BOB)(?![a-z])"
        rf"|(?<!\w)FSI(?={SIGN}|\^))"
        # "py" of "Copy" is none.
        rf"|(?P<ligand>(?:{_any(long)})(?![a-z])|(?:{begins})(?:{_any(short)})(?!\w)"
        rf"|(?<=Pr|Bu)(?:AMD|FMD)(?!\w)|(?<=(?:Pr|Bu)2)(?:AMD|FMD)(?!\w))"
        rf"|(?P<group>{_any(GROUPS)})"
        # Not Os, Ni, Pt and Hs before the isomers of a group, nor Cn in CnH2n.
        rf"|(?P<symbol>O(?=s-?(?:Bu|Pr))|N(?=i-?(?:Pr|Bu))|P(?=t-?Bu)|H(?=s-?Bu)"
        rf"|C(?=n[HF])|{_any(symbols)})"
        # Terminations, as in Ti3C2Tx; any metal, as in LiMO2 and LiNi1-xMxO2.
        rf"|(?P<letter>[TM](?=_?\{{?x)|(?:(?<=Li|Na)|(?<=(?:Li|Na)\d))M(?![a-z]))"
        rf"|(?P<bond>[−,=-])"
    )


def prefix_end(text, start):
    """Where the formula begins behind a prefix such as γ-; `start` without one."""
    match = _PREFIX.match(text, start)
    return match.end() if match else start


def read(text, start=0):
    """The `Part` that begins at `start`; FormulaError if none does.

    It ends at a boundary: a space, a joint, punctuation.
    """
    end = min(len(text), start + MAX_LENGTH)
    match = COEFFICIENT.match(text, start, end)
    coefficient, at = (match[0].strip(), match.end()) if match else ("", start)
    tokens, position = _atoms(text, at, end, 0)
    if not tokens:
        raise FormulaError("There is no symbol of an element.")
    charge = ""
    if charged := without_charge(text, start, tokens, position):
        tokens, charge, position = charged
        if couple := _COUPLE.match(text, position):
            charge += couple[0].replace("-", "−")
            position = couple.end()
    elif not BOUNDARY.match(text, position):
        raise FormulaError("Something follows that is no symbol.")
    part = Part(start, position, coefficient, at, tokens, charge, text)
    if count := _count_with_o(part):
        raise ZeroForOError(f"the count is {plain(count)}; is the 0 an O?")
    if _is_word(part):
        raise FormulaError("It is a word.")
    return part


def _count_with_o(part):
    """A count with a zero that was an O: Li3P04, Al203, H20, LiMn204; None if none has.

    A zero may be an O where a count begins with it and, in a formula that has no O,
    within the count of an element, or at the end of that of the only one or of H. C60
    is carbon, and C20H20 is organic.
    """
    for count in (part.coefficient, *(token.count for token in part.tokens)):
        if begins_with_zero(count):
            return count
    if any("O" in (token.atoms or "O") for token in part.names):
        return None
    is_organic = any(t.name == "C" or t.kind != "symbol" for t in part.names)
    for token in part.names:
        is_digit = token.name == "C" or (token.name == "H" and is_organic)
        may_end = token.name == "H" or len(part.names) == 1
        zero = r"[1-9]\d*0\d*" if may_end else r"[1-9]\d*0[1-9]\d*"
        is_suspect = token.kind == "symbol" and not is_digit
        if is_suspect and re.fullmatch(zero, plain(token.count)):
            return token.count
    return None


def _is_word(part):
    """Whether a symbol with a letter is a word: Tin, Six, Cox, New."""
    [first, *others] = part.tokens
    return (
        not others
        and not part.coefficient
        and not part.charge
        and first.kind in ("symbol", "group")
        and bool(re.fullmatch("[a-z]", first.count))
    )


def _atoms(text, position, end, depth):
    """Tokens up to what is none, or to the bracket that closes; and where they end."""
    tokens = []
    while match := _token_pattern().match(text, position, end):
        kind, name = match.lastgroup, match[0]
        if kind == "opens":
            found, position = _bracket(text, position, end, depth, tokens)
        elif kind == "bond" and _is_bond(tokens, text, match.end(), depth):
            found, position = [Token("bond", name, position, match.end())], match.end()
        elif kind in ("bond", "closes"):
            break
        else:
            found, position = _atom(kind, match, end)
        if not found:
            break
        tokens += found
    return tokens, position


def _atom(kind, match, end):
    """The token of a symbol or a group with its count, and where it ends."""
    name = match[0]
    atoms = {
        "isomer": lambda: BRANCHED[re.search("Pr|Bu|Am", name)[0]],
        "anion": lambda: ALKALI_ANIONS[name],
        "group": lambda: GROUPS[name],
        "ligand": lambda: LIGANDS.get(name.lower()),
        "symbol": lambda: name,
        "letter": lambda: None,
    }[kind]()
    kind = "group" if kind in ("isomer", "anion") else kind
    count = _count(match.string, match.end(), end)
    token = Token(kind, name, match.start(), match.end(), count, atoms)
    return [token], match.end() + len(count)


def _count(text, position, end):
    match = COUNT.match(text, position, end)
    return match[0] if match else ""


def _bracket(text, start, end, depth, before):
    """The tokens of the bracket that opens at `start`, and where it ends.

    None and `start` if it cannot be read. What a bracket behind an element holds need
    not be known, if a count or another bracket follows.
    """
    if before and (state := _OXIDATION_STATE.match(text, start, end)):
        return [Token("opaque", state[0], start, state.end(), "", "")], state.end()
    if depth < _MAX_DEPTH:
        inner, close = _atoms(text, start + 1, end, depth + 1)
        if inner and close < end and text[close] in ")]}":
            count = _count(text, close + 1, end)
            opens = Token("opens", text[start], start, start + 1)
            closes = Token("closes", text[close], close, close + 1, count)
            return [opens, *inner, closes], close + 1 + len(count)
    opaque = _OPAQUE.match(text, start, end)
    if opaque and any(token.kind == "symbol" for token in before):
        name, count = opaque.groups()
        is_beside = before[-1].kind in ("closes", "opaque")
        if count or is_beside or text.startswith("(", opaque.end()):
            return [Token("opaque", name, start, opaque.end(1), count)], opaque.end()
    return None, start


def _is_bond(tokens, text, behind, depth):
    """Whether a dash binds a group: O-iPr anywhere, Et-Cp in brackets.

    In brackets a comma stands between elements that share a place: (Ba,Sr)TiO3. An
    imide may have its double bond: tBuN=Ta(NEt2)3.
    """
    following = _token_pattern().match(text, behind)
    kind = following and following.lastgroup
    if text[behind - 1] == ",":
        return bool(tokens) and depth > 0 and kind == "symbol"
    if text[behind - 1] == "=":
        return len(tokens) > 1 and tokens[-1].name == "N" and kind == "symbol"
    if not tokens or kind not in ("isomer", "group", "ligand"):
        return False
    return depth > 0 or (kind == "isomer" and tokens[-1].name in {"O", "N", "S"})


def undecided(text):
    """FormulaError that names both readings of a full stop, or None."""
    if UNDECIDED not in text:
        return None
    readings = [text.replace(UNDECIDED, sign) for sign in "·."]
    return FormulaError(
        f"“{text.replace(UNDECIDED, '.')}” can be read in two ways: with a dot, "
        f"{readings[0]}, or with a decimal point, {readings[1]}. Write the dot as ·, "
        f"or give the elements explicitly."
    )
