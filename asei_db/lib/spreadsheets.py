"""Tables for spreadsheet programs."""

import csv
import re
import string
from io import StringIO

_NUMBER = r"[+\-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+\-]?[0-9]+)?\Z"
_SIGN = r"[=+\-@]\Z"
# What begins a formula, in full width too, or another cell. Apostrophes before it
# count, so that taking one away always gives the text back.
_RISKY = re.compile(rf"(?!{_NUMBER}|{_SIGN})'*(\s*[=+\-@＝＋－＠]|[\t\r\n])")

# What begins most cells, or nothing: they need no closer look.
_PLAIN = {"", "[", *string.ascii_letters, *string.digits}


def to_csv(lines):
    """UTF-8 CSV of rows of cells; an empty cell for None, `true` or `false` for a bool.

    A text that a spreadsheet would run as a formula has an apostrophe in front, which
    `unguarded` takes away. Numbers, negative ones too, and lone signs, such as the
    qualifier "=", are left as they are.
    """
    text = StringIO()
    csv.writer(text).writerows(map(_cells, lines))
    return text.getvalue().encode()


def unguarded(cell):
    """The text of a cell that `to_csv` wrote."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell[1:]) else cell


def _cells(line):
    return [
        cell
        if cell is None or (isinstance(cell, str) and cell[:1] in _PLAIN)
        else _guarded(cell)
        for cell in line
    ]


def _guarded(cell):
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"'{cell}" if isinstance(cell, str) and _RISKY.match(cell) else cell
