"""How formulas look in HTML, LaTeX and plain text; what is none stays as typed."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe

from asei_db.lib import latex
from asei_db.lib.formulas.counts import number, plain
from asei_db.lib.formulas.grammar import (
    FormulaError,
    prefix_end,
    read,
)
from asei_db.lib.formulas.spelling import DOTS, spell

_GREATEST_COUNT = 50  # in prose; "SOC80" is no formula
_MOLECULES = {"H2", "N2", "O2", "O3", "F2", "Cl2", "Br2", "I2"}
_ACRONYMS = {"P2VP", "P4VP"}
_STARTS = re.compile(
    rf"(?:^|(?<=[\s,;:|/@+–−\-\"'“‘«‹{re.escape(DOTS)}])|(?<=(?<![_^])[(\[{{]))"
    rf"(?=[A-Z(\[{{\dα-ωxyztinsacmhopr^])"
)
_SUBSCRIPTS = str.maketrans("0123456789+-−()=xn", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎₌ₓₙ")
_SUPERSCRIPTS = str.maketrans("0123456789+−tins", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵗⁱⁿˢ")


#: A page, or a plot, prints the same names again and again.
_kept = lru_cache(maxsize=4096)


@_kept
def to_html(formula):
    """A formula with true subscripts as safe HTML; the rest of the text as it is.

    `LiOtBu` gives `LiO<sup>t</sup>Bu`, `LiPxOyNz` gives
    `LiP<sub>x</sub>O<sub>y</sub>N<sub>z</sub>`, `Li–HQ` stays.
    """
    return mark_safe(_rewrite(formula, _is_formula, escape, _html))  # noqa: S308 (escaped)


@_kept
def to_text(formula):
    """A formula with Unicode subscripts, for titles: `TiO₂`."""
    return _rewrite(formula, _is_formula, str, _unicode)


@_kept
def text_to_html(prose):
    """Prose as safe HTML, with subscripts where a word is surely a formula."""
    return mark_safe(_rewrite(prose, _is_sure, escape, _html))  # noqa: S308 (escaped)


def to_latex(formula):
    """A formula for LaTeX, with `\\textsubscript`; the rest of the text escaped."""
    return _rewrite(formula, _is_formula, latex.escape, _latex)


def text_to_latex(prose):
    """Prose for LaTeX, with subscripts where a word is surely a formula."""
    return _rewrite(prose, _is_sure, latex.escape, _latex)


def _rewrite(typed, is_wanted, plain, write):
    """`typed`, its formulas by `write(level, text)` and the rest by `plain`."""
    spelled = spell(typed)
    pieces, done = [], 0
    for part in _formulas(spelled.text, is_wanted):
        if not spelled.is_whole(part.end):
            continue
        pieces.append(plain(typed[done : spelled.place(part.start)]))
        pieces += [
            write(level, text) if level else plain(text)
            for level, text in _runs(part, spelled)
        ]
        done = spelled.place_behind(part.end)
    return "".join([*pieces, plain(typed[done:])])


def _formulas(text, is_wanted):
    position = 0
    for match in _STARTS.finditer(text):
        start = match.start()
        if start < position:
            continue
        if (behind := prefix_end(text, start)) > start:
            position = behind
            continue
        try:
            part = read(text, start)
        except FormulaError:
            continue
        if is_wanted(part):
            yield part
            position = part.end


def _runs(part, spelled):
    """The part as (level, text): "sub" or "sup", or "" for what stays as typed."""
    yield "", spelled.as_typed(part.start, part.atoms_start)
    for token in part.tokens:
        name = part.text[token.start : token.stop]
        isomer = re.fullmatch(r"(?:\^\{?)?([inst])\}?(Pr|Bu|Am)", name)
        isomer_behind = re.fullmatch(r"(Pr|Bu|Am)(?:\^\{?)?([inst])\}?", name)
        if token.kind == "group" and isomer:
            yield "sup", isomer[1]
            yield "", isomer[2]
        elif token.kind == "group" and isomer_behind:
            yield "", isomer_behind[1]
            yield "sup", isomer_behind[2]
        else:
            yield "", spelled.as_typed(token.start, token.stop)
        yield "sub", _minus(plain(token.count))
    yield "sup", part.charge


def _is_formula(part):
    """Whether a part has an element, not ligands alone."""
    return any(token.kind in ("symbol", "group", "letter") for token in part.tokens)


def _is_sure(part):
    """Whether a part of prose can be nothing but a formula."""
    if not _is_formula(part):
        return False
    names, counts = part.names, [t.count for t in part.tokens if t.count]
    written = part.text[part.atoms_start : part.end]
    if any(re.search("^[inst^].*(?:Pr|Bu|Am)|(?:Pr|Bu|Am).+", t.name) for t in names):
        return True
    if any(t.kind == "opaque" and len(t.name) < 4 for t in names):
        return False
    if "_" in written or "^" in written:
        return True
    if part.charge:
        return _is_sure_ion(part, names, counts)
    if not counts or (len(names) == 1 and written not in _MOLECULES):
        return False
    if written in _ACRONYMS or re.search(r"([A-Z][a-z]?)\d+\1(?![a-z])", written):
        return False
    numbers = [number(count) for count in counts]
    return 1 not in numbers and max(filter(None, numbers), default=0) < _GREATEST_COUNT


def _is_sure_ion(part, names, counts):
    has_digit = part.charge[0].isdigit()
    [first, *others] = names
    if others:
        return bool(counts or has_digit or part.charge == "−")
    if len(first.name) > 1 or first.name in {"H", "K"}:
        return True
    if part.charge.endswith("−"):
        return first.name in {"F", "I"} or has_digit or bool(counts)
    return has_digit and first.name in {"V", "W", "Y", "U"}


def _minus(count):
    return re.sub("[−-]", "−", count)


def _html(level, text):
    return f"<{level}>{escape(text)}</{level}>" if text else ""


def _latex(level, text):
    name = {"sub": "textsubscript", "sup": "textsuperscript"}[level]
    return rf"\{name}{{{latex.escape(text)}}}" if text else ""


def _unicode(level, text):
    return text.translate(_SUBSCRIPTS if level == "sub" else _SUPERSCRIPTS)
