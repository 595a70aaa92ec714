"""Texts that a reader of formulas may meet."""

from hypothesis import strategies as st

_PIECES = """
    Li C O Cn Os Pt Ni Al2O3 H2O tBu Me Cp Cp* iPr OPri thd py amd FSI T Tx M 0 1 2 10
    0.5 1/3 ½ x y n δ 1-x (1-x) ( ) [ ] { } _ ^ ^2- 2− 3+ + - − – ₂ ₋ ₓ ₙ . ·2H2O .2H2O
    · ∙ * @ / : ; & < ² ⁺ ⁻ ᵗ γ- 2H- (IV) (mmp)4 (100) 's ㎅ …
"""


def formula_like():
    """Texts out of what formulas are made of, most of them none."""
    pieces = st.sampled_from([*_PIECES.split(), " ", "\u200b", "\n", "א"])
    return st.lists(pieces, max_size=12).map("".join)


def any_text():
    """Any text that a database can hold, lone surrogates left out."""
    return st.text(st.characters(codec="utf-8"), max_size=60)
