"""Plain text for LaTeX."""

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
        **{sign: rf"\textsubscript{{{n}}}" for n, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
        **{sign: rf"\textsuperscript{{{n}}}" for n, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
        "ₓ": r"\textsubscript{x}",
        "⁺": r"\textsuperscript{+}",
        "⁻": r"\textsuperscript{--}",
        "−": "--",
        "∼": r"\textasciitilde{}",
        "≤": r"$\le$",
        "≥": r"$\ge$",
    }
)


def escape(text):
    """`text` so that LaTeX prints it as it is; accents stay UTF-8."""
    return text.translate(_SPECIAL)
