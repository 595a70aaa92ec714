"""Plain text for LaTeX."""

import unicodedata
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from asei_db.lib.latex import escape

TEXTS = {
    "50 % of $5 & #1_a": r"50 \% of \$5 \& \#1\_a",
    r"\~<>|": r"\textbackslash{}\textasciitilde{}\textless{}\textgreater{}\textbar{}",
    "[a] {b} ^": r"{[}a{]} \textbraceleft{}b\textbraceright{} \textasciicircum{}",
    "TiO₂₋ₓ, C₆H₁₂, (…)ₙ": (
        r"TiO\textsubscript{2}\textsubscript{--}\textsubscript{x}, C\textsubscript{6}H"
        r"\textsubscript{1}\textsubscript{2}, (…)\textsubscript{n}"
    ),
    "kₐ WO₃₋ᵧ": (
        r"k\textsubscript{a} WO\textsubscript{3}\textsubscript{--}"
        r"\textsubscript{$\gamma$}"
    ),
    "10⁻⁸ ᵗBu": (r"10\textsuperscript{--}\textsuperscript{8} \textsuperscript{t}Bu"),
    "−5 ∼ 6 µm": r"--5 \textasciitilde{} 6 µm",
    "α Ω λ Λ ε ϵ φ ϕ ϑ ς": (
        r"$\alpha$ $\Omega$ $\lambda$ $\Lambda$ $\varepsilon$ $\epsilon$ $\varphi$ "
        r"$\phi$ $\vartheta$ $\varsigma$"
    ),
    "οΑΒΕΖΗΙΚΜΝΟΡΤΧ": "oABEZHIKMNOPTX",
    "≤≥≠≈": r"$\le$$\ge$$\ne$$\approx$",
    "→←↔⇌": r"$\rightarrow$$\leftarrow$$\leftrightarrow$$\rightleftharpoons$",
    "√∞": r"$\surd$$\infty$",
    "a⋅b∙c‧d・e": r"a$\cdot$b$\cdot$c$\cdot$d$\cdot$e",
    "5\u2009nm\u202fx\u2006y\u200az": r"5\,nm\,x\,y\,z",
    "u\u0308 \u2126": r"ü $\Omega$",
    "Al\u200b2\u00adO\ufeff3": "Al2O3",
    "Ünal, 王": "Ünal, 王",
}


class EscapeTests(TestCase):
    def test_latex_prints_text_as_it_is(self):
        for text, latex in TEXTS.items():
            with self.subTest(text):
                self.assertEqual(escape(text), latex)

    def test_every_greek_letter_has_its_command_or_its_latin_twin(self):
        for code in [*range(0x391, 0x3A2), *range(0x3A3, 0x3AA), *range(0x3B1, 0x3CA)]:
            with self.subTest(chr(code)):
                latex = escape(chr(code))
                name = unicodedata.name(chr(code)).split()[-1].lower()
                if not (len(latex) == 1 and latex.isascii()):
                    self.assertIn(
                        latex.strip("$\\").lower().removeprefix("var"),
                        {name, "lambda", "sigma"},
                    )

    @given(st.text())
    def test_braces_are_even_and_signs_of_commands_are_none(self, text):
        latex = escape(text)
        self.assertEqual(latex.count("{"), latex.count("}"))
        self.assertEqual(latex.count("$") % 2, text.count("$") % 2)
