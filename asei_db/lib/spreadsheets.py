"""Tables for spreadsheet programs."""

import csv
import re
from io import StringIO


def to_csv(lines):
    """UTF-8 CSV of rows of cells; an empty cell for None.

    What a spreadsheet would run as a formula begins with an apostrophe; numbers are
    left as they are.
    """
    text = StringIO()
    csv.writer(text).writerows(map(_guard, lines))
    return text.getvalue().encode()


def _guard(line):
    for cell in line:
        is_risky = isinstance(cell, str) and re.match(r"\s*[=+\-@]|[\t\r\n]", cell)
        yield f"'{cell}" if is_risky else cell
