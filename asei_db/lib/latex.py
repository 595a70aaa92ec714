"""Plain text for LaTeX."""

import unicodedata


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
        **{
            sign: rf"\textsubscript{{{text}}}"
            for sign, text in zip("₀₁₂₃₄₅₆₇₈₉₊ₓₙ", "0123456789+xn", strict=True)
        },
        **{
            sign: rf"\textsuperscript{{{text}}}"
            for sign, text in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺ⁿ", "0123456789+n", strict=True)
        },
        "₋": r"\textsubscript{--}",
        "⁻": r"\textsuperscript{--}",
        "−": "--",
        "∼": r"\textasciitilde{}",
        **{sign: rf"$\{name}$" for sign, name in COMMANDS.items()},
        # Greek letters that look Latin have no command.
        **dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΧ", "oABEZHIKMNOPTX", strict=True)),
        # Thin spaces, and those narrower still.
        **dict.fromkeys("\u2006\u2009\u200a\u202f", r"\,"),
    }
)


def escape(text):
    """`text` so that LaTeX prints it as it is; accents stay UTF-8."""
    # A letter and its accent become one, the sign of ohm a Greek letter.
    return unicodedata.normalize("NFC", text).translate(_SPECIAL)
