"""Chemical formulas: their elements, and how they look in print.

Organic groups are written as chemists do: `Me`, `Et`, `iPr`, `OtBu`, `Ph`, `Cp`.
"""

import re
import unicodedata
from fractions import Fraction
from functools import cache

import periodictable
from django.utils.html import escape
from django.utils.safestring import mark_safe

from asei_db.lib import latex

ORGANIC_GROUPS = {
    "Me": "CH3",
    "Et": "C2H5",
    "nPr": "C3H7",
    "iPr": "C3H7",
    "nBu": "C4H9",
    "iBu": "C4H9",
    "sBu": "C4H9",
    "tBu": "C4H9",
    "Bu": "C4H9",
    "Ph": "C6H5",
    "Cp": "C5H5",
    "OAc": "O2C2H3",
    "acac": "C5H7O2",
    "hfac": "C5HF6O2",
    "thd": "C11H19O2",
    "tmhd": "C11H19O2",
}
_MAX_LENGTH = 200
_GREATEST_COUNT = 50  # in prose; "SOC80" is no formula
_ROUND = {"[": "(", "]": ")", "{": "(", "}": ")"}
_MOLECULES = {"H2", "N2", "O2", "O3", "F2", "Cl2", "Br2", "I2"}

_DASHES = r"\-‐‑‒–—−"
_VARIABLE = "(?:[xyzδ]|n(?![BP]))"  # not the n of nBu
_NUMBER = r"\d+/[1-9]\d*|\d+(?:\.\d+)?"
_COUNT = rf"(?:{_NUMBER})?(?:[+{_DASHES}]?(?:\d(?:\.\d+)?)?{_VARIABLE})+|{_NUMBER}"
# "P2-" of P2-NaxCoO2 names a stacking, not phosphorus.
_STACKING = re.compile(rf"(?<![\w)])([OPT]\d'?[{_DASHES}])(?=(?:Li|Na|K)[\dxA-Z])")
_BETWEEN = re.compile(
    rf"(\s+|[,;:|·⋅]|(?<!\d)/|/(?!\d)|\+(?!{_VARIABLE})"
    rf"|[{_DASHES}](?![\d.]*{_VARIABLE}(?![a-z])))"
)
_SUBSCRIPTS = str.maketrans("0123456789+-−xn", "₀₁₂₃₄₅₆₇₈₉₊₋₋ₓₙ")
_FROM_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₓ", "0123456789x")
_SUPERSCRIPTS = {"t": "ᵗ", "i": "ⁱ", "n": "ⁿ", "s": "ˢ"}


class FormulaError(ValueError):
    """A text whose elements cannot be told; the message says why."""


def elements(formula):
    """Symbols of the elements in a formula, in the order of first appearance.

    `PO(OMe)3` gives P, O, C, H. Composites (`Li3BO3–Li2CO3`) give all. Raises
    `FormulaError` for acronyms, unknown counts (`LiPxOyNz`) and broken brackets.
    """
    found = {}
    for plain, atoms in _counted(formula):
        for symbol in re.findall("[A-Z][a-z]?", plain):
            if atoms.get(symbol):
                found[symbol] = None
    return list(found)


def composition(formula):
    """How many atoms of each element a molecule has: `{"Al": 1, "C": 3, "H": 9}`.

    Raises `FormulaError` as `elements` does, and for composites.
    """
    [(_, atoms), *others] = _counted(formula)
    if others:
        raise FormulaError(f"“{formula}” is not one molecule.")
    return atoms


def _counted(formula):
    """Each part of a formula with groups spelled out, and its atoms by symbol."""
    text = unicodedata.normalize("NFKC", formula).strip()
    if not text:
        raise FormulaError("Nothing was given.")
    if len(text) > _MAX_LENGTH:
        raise FormulaError(f"A formula has at most {_MAX_LENGTH} characters.")
    parts = _BETWEEN.split(_STACKING.sub("", text))[::2]
    counted = []
    for part in parts:
        tokens = _tokens(part)
        # "Li–VC" is vinylene carbonate, not vanadium and carbon.
        acronym = len(parts) > 1 and re.fullmatch("[A-Z]{2,}", part)
        if tokens is None or acronym:
            raise FormulaError(
                f"“{formula}” is not a plain chemical formula; give the elements "
                f"explicitly."
            )
        if any(re.search(_VARIABLE, count) for _, count in tokens):
            raise FormulaError(
                f"“{formula}” has counts that are not numbers; give the elements "
                f"explicitly."
            )
        plain = "".join(
            _spelled_out(symbol) + _decimal(count) for symbol, count in tokens
        )
        atoms = periodictable.formula(plain).atoms
        counted.append((plain, {str(atom): count for atom, count in atoms.items()}))
    return counted


def _spelled_out(symbol):
    if symbol in ORGANIC_GROUPS:
        return f"({ORGANIC_GROUPS[symbol]})"
    return _ROUND.get(symbol, symbol)


def _decimal(count):
    return f"{float(Fraction(count)):.4f}" if "/" in count else count


def to_html(formula):
    """A formula with true subscripts as safe HTML; the rest of the text as it is.

    `LiOtBu` gives `LiO<sup>t</sup>Bu`, `LiPxOyNz` gives
    `LiP<sub>x</sub>O<sub>y</sub>N<sub>z</sub>`, `Li–HQ` stays.
    """
    return mark_safe(_rewrite(formula, _tokens, escape, _html))  # noqa: S308 (escaped)


def to_text(formula):
    """A formula with Unicode subscripts, for titles: `TiO₂`."""
    return _rewrite(formula, _tokens, str, _unicode)


def text_to_html(prose):
    """Prose as safe HTML, with subscripts where a word is surely a formula."""
    return mark_safe(_rewrite(prose, _sure_tokens, escape, _html))  # noqa: S308 (escaped)


def to_latex(formula):
    """A formula for LaTeX, with `\\textsubscript`; the rest of the text escaped."""
    return _rewrite(formula, _tokens, latex.escape, _latex)


def text_to_latex(prose):
    """Prose for LaTeX, with subscripts where a word is surely a formula."""
    return _rewrite(prose, _sure_tokens, latex.escape, _latex)


def _rewrite(text, read, plain, write):
    pieces = []
    for index, part in enumerate(_STACKING.split(text.translate(_FROM_SUBSCRIPTS))):
        if index % 2:
            pieces.append(plain(part))
            continue
        for place, piece in enumerate(_BETWEEN.split(part)):
            before, tokens, after = piece, (), ""
            if place % 2 == 0:
                before, tokens, after = _bare(piece, read)
            pieces += [plain(before), write(tokens), plain(after)]
    return "".join(pieces)


def _bare(piece, read):
    """The piece as what stands before a formula, its tokens, and what follows."""
    opening = re.match(r"[(\['\"“‘]{0,3}", piece).end()
    closing = re.search(r"[)\]'\"”’.!?]{0,4}$", piece).start()
    for start in range(opening + 1):
        for end in range(len(piece), max(closing, start) - 1, -1):
            if tokens := read(piece[start:end]):
                return piece[:start], tokens, piece[end:]
    return piece, (), ""


@cache
def _token_pattern():
    symbols = [element.symbol for element in periodictable.elements if element.number]
    # Longer first: "tBu" before "Ti", "Ti" before "T"; T only as "Tx" (terminations).
    names = sorted([*ORGANIC_GROUPS, *symbols], key=len, reverse=True)
    names.insert(0, "H(?=[ns]Bu|sPr)")
    return re.compile(
        rf"(?P<symbol>{'|'.join(names)}|T(?=x)|[(\[{{]|(?P<close>[)\]}}]))"
        rf"(?P<count>{_COUNT})?"
    )


def _tokens(piece):
    """Symbols or brackets with their counts, or None when it is no formula."""
    tokens, position, depth = [], 0, 0
    while position < len(piece):
        match = _token_pattern().match(piece, position)
        if match is None:
            return None
        symbol, count = match["symbol"], match["count"] or ""
        opens = symbol in "([{"
        depth += opens - bool(match["close"])
        # "Si(100)" is a crystal plane, "()" nothing.
        if depth < 0 or (opens and count) or (match["close"] and tokens[-1][0] in "(["):
            return None
        tokens.append((symbol, count))
        position = match.end()
    return tokens if depth == 0 else None


def _sure_tokens(piece):
    """As `_tokens`, None unless the piece can be nothing but a formula."""
    tokens = _tokens(piece)
    if not tokens:
        return None
    counts = [count for _, count in tokens if count]
    names = [symbol for symbol, _ in tokens if symbol[0].isalpha()]
    numbers = [float(count) for count in counts if re.fullmatch(r"[\d.]+", count)]
    if any(name[0] in "tins" for name in names if name in ORGANIC_GROUPS):
        return tokens
    if not counts or (len(names) == 1 and piece not in _MOLECULES):
        return None
    if 1 in numbers or max(numbers, default=0) >= _GREATEST_COUNT:
        return None
    return tokens


def _html(tokens):
    return "".join(
        re.sub("^([tisn])(?=Bu|Pr)", r"<sup>\1</sup>", symbol)
        + (f"<sub>{_minus(count)}</sub>" if count else "")
        for symbol, count in tokens
    )


def _latex(tokens):
    return "".join(
        re.sub("^([tisn])(?=Bu|Pr)", r"\\textsuperscript{\1}", latex.escape(symbol))
        + (rf"\textsubscript{{{latex.escape(_minus(count))}}}" if count else "")
        for symbol, count in tokens
    )


def _unicode(tokens):
    return "".join(
        re.sub("^([tisn])(?=Bu|Pr)", lambda sign: _SUPERSCRIPTS[sign[1]], symbol)
        + _minus(count).translate(_SUBSCRIPTS)
        for symbol, count in tokens
    )


def _minus(count):
    return re.sub(f"[{_DASHES}]", "−", count)
