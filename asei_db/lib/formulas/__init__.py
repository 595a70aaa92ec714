"""Chemical formulas: their elements, and how they look in print.

`spelling` brings what is typed to one spelling, `grammar` reads it, `counting` and
`printing` say what it has and how it looks. Groups are written as chemists do:
`Me`, `iPr`, `OtBu`, `Cp`, `thd` (`groups`).
"""

from asei_db.lib.formulas.counting import composition, elements
from asei_db.lib.formulas.grammar import FormulaError
from asei_db.lib.formulas.printing import (
    text_to_html,
    text_to_latex,
    to_html,
    to_latex,
    to_text,
)

__all__ = [
    "FormulaError",
    "composition",
    "elements",
    "text_to_html",
    "text_to_latex",
    "to_html",
    "to_latex",
    "to_text",
]
