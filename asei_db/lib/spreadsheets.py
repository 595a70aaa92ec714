"""Tables for spreadsheet programs."""

import json
import re
from json.encoder import encode_basestring

_NUMBER = r"[+\-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+\-]?[0-9]+)?\Z"
_SIGN = r"[=+\-@]\Z"
# What begins a formula, in full width too, or another cell. Apostrophes before it
# count, so that taking one away always gives the text back.
_RISKY = re.compile(rf"(?!{_NUMBER}|{_SIGN})'*(\s*[=+\-@＝＋－＠]|[\t\r\n])")

# What begins and holds nothing of that: most texts, after one look.
_PLAIN = re.compile(r'\w[^,"\r\n]*', re.ASCII)
_QUOTED = re.compile('[,"\r\n]')
# Texts that are kept, and the length of each: 3 MB at most, of what is common.
_MOST, _LONGEST = 10_000, 200
_LISTS = (list, tuple)
_TEXTS = {str, type(None)}
_encode = json.JSONEncoder(ensure_ascii=False).encode


def to_csv(lines):
    """UTF-8 CSV of rows of cells; an empty cell for None, `true` or `false` for a bool,
    a JSON array for a list or tuple.

    A text that a spreadsheet would run as a formula has an apostrophe in front, which
    `unguarded` takes away. Numbers, negative ones too, and lone signs, such as the
    qualifier "=", are left as they are.
    """
    # An empty line would be none, so a lone empty cell has quotes.
    rows = [_texts.line(cells) or ('""' if cells else "") for cells in lines]
    return "".join([f"{row}\r\n" for row in rows]).encode()


def unguarded(cell):
    """The text of a cell that `to_csv` wrote."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell[1:]) else cell


class _Texts(dict):
    """How cells are written, of those that came before: most come again.

    Numbers are written anew, since equal ones may differ: 1, 1.0 and True.
    """

    def line(self, cells):
        try:
            return ",".join(
                [self[tuple(cell) if type(cell) is list else cell] for cell in cells]
            )
        except TypeError:  # lists within lists are no keys
            return ",".join(
                [
                    _quoted(as_text(cell)) if type(cell) in _LISTS else self[cell]
                    for cell in cells
                ]
            )

    def __missing__(self, cell):
        kind = type(cell)
        if kind is float or kind is int:
            return str(cell)
        if kind is tuple:
            text = _quoted(as_text(cell))
            if not _TEXTS.issuperset(map(type, cell)):
                return text
        elif cell is None:
            text = ""
        elif kind is bool or not isinstance(cell, str):
            return str(cell).lower() if kind is bool else str(cell)
        elif _PLAIN.fullmatch(cell):
            text = cell
        else:
            text = _quoted(f"'{cell}" if _RISKY.match(cell) else cell)
        if len(text) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[cell] = text
        return text


_texts = _Texts()


def _quoted(text):
    if not _QUOTED.search(text):
        return text
    escaped = text.replace('"', '""')
    return f'"{escaped}"'


def as_text(value):
    """A list as JSON, what `json.dumps` gives; most are of a few texts."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is list or kind is tuple:
        return f"[{', '.join(map(as_text, value))}]"
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    return str(value) if kind is int else _encode(value)
