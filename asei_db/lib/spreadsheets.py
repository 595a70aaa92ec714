"""Tables for spreadsheet programs."""

import csv
import re
from io import StringIO

_RISKY = re.compile(r"(?![=+\-@]\Z)\s*[=+\-@]|[\t\r\n]")


def to_csv(lines):
    """UTF-8 CSV of rows of cells; an empty cell for None.

    What a spreadsheet would run as a formula begins with an apostrophe; numbers and
    lone signs, such as the qualifier "=", are left as they are.
    """
    text = StringIO()
    csv.writer(text).writerows(map(_guard, lines))
    return text.getvalue().encode()


def _guard(line):
    for cell in line:
        is_risky = isinstance(cell, str) and _RISKY.match(cell)
        yield f"'{cell}" if is_risky else cell
