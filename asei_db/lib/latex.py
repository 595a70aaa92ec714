"""Plain text for LaTeX."""

import re
import unicodedata

from asei_db.lib.typed import visible


def _last_word(letter):
    return unicodedata.name(letter).split()[-1]


_GREEK = {
    **{letter: _last_word(letter).lower() for letter in "αβγδζηθικμνξπρστυχψω"},
    **{letter: _last_word(letter).title() for letter in "ΓΔΘΞΠΣΥΦΨΩ"},
    # LaTeX spells "lambda", and has two forms of some.
    "λ": "lambda",
    "Λ": "Lambda",
    "ε": "varepsilon",
    "ϵ": "epsilon",
    "ϑ": "vartheta",
    "ς": "varsigma",
    "φ": "varphi",
    "ϕ": "phi",
}
_SIGNS = {
    "≤": "le",
    "≥": "ge",
    "≠": "ne",
    "≈": "approx",
    "→": "rightarrow",
    "←": "leftarrow",
    "↔": "leftrightarrow",
    "⇌": "rightleftharpoons",
    "√": "surd",
    "∞": "infty",
    "⋅": "cdot",
}

#: Letters and signs, and the commands that print them.
COMMANDS = _GREEK | _SIGNS


def _off_the_line(signs, command):
    """Commands for Unicode's letters and signs below or above the line."""
    return {
        sign: rf"\{command}{{{_plain(unicodedata.normalize('NFKC', sign))}}}"
        for sign in signs
    }


def _plain(sign):
    return "--" if sign == "−" else rf"$\{_GREEK[sign]}$" if sign in _GREEK else sign


_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        # A line of a table must not begin with an option.
        "[": "{[}",
        "]": "{]}",
        "^": r"\textasciicircum{}",
        # Not \{, which BibTeX would count as an open brace.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        **{sign: f"\\{sign}" for sign in "$%&#_"},
        # pdfLaTeX knows accents and dashes, but not these.
        **_off_the_line("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥᵦᵧᵨᵩᵪ", "textsubscript"),
        **_off_the_line("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿᵗˢᵃᵇᵉʰᵒᵖʳᵘˣʸᶻ", "textsuperscript"),
        **dict.fromkeys("∙●◦‧・ꞏ⸱", r"$\cdot$"),
        "−": "--",
        "℃": "°C",
        "˚": "°",
        "∼": r"\textasciitilde{}",
        **{sign: rf"$\{name}$" for sign, name in COMMANDS.items()},
        # Greek letters that look Latin have no command.
        **dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΧ", "oABEZHIKMNOPTX", strict=True)),
        # Thin spaces, and those narrower still.
        **dict.fromkeys("\u2006\u2009\u200a\u202f", r"\,"),
    }
)
_PLAIN = re.compile(r"[A-Za-z0-9 .,:;()/=+*'-]*")


def escape(text):
    """`text` so that LaTeX prints it as it is; accents stay UTF-8.

    Signs of no width go, as LaTeX would stop at them.
    """
    if _PLAIN.fullmatch(text):
        return text
    # A letter and its accent become one, the sign of ohm a Greek letter.
    return unicodedata.normalize("NFC", visible(text)).translate(_SPECIAL)
