"""Formulas as typed, brought to the one spelling that the grammar reads.

Subscripts become `_{1+x}`, superscripts `^{2−}`; dashes become `-`, but the minus
stays, as no word is hyphenated with it; signs of no width go. Where the context says
what a sign means, it gets a sign of its own: `·` for the full stop before crystal
water, `–` for a dash that parts two phases, `¦` for a full stop with two meanings.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from asei_db.lib.typed import DASHES

DOTS = "·⋅∙•●◦‧・ꞏ⸱∗*"
MINUS = "−"
HYPHEN = "-"
JOINING_DASH = "–"
UNDECIDED = "¦"
#: What may follow a formula: the end, a space or a joint, behind closing punctuation.
BOUNDARY = re.compile(
    rf"(?:['’]s)?[)\]}}'\"”’»›.!?…]{{0,4}}(?:$|[\s,;:|/@+–−-]|[{re.escape(DOTS)}]"
    r"|\(\d{3,4}\))"  # a face: TiO2(110)
)

_PLAIN = str.maketrans(
    {sign: HYPHEN for sign in DASHES if sign != MINUS}
    | {"⁄": "/", "∕": "/", "‖": "|", "∥": "|"}
)
# A full stop is the dot of an adduct before these, whatever stands before it …
_SOLVENTS = """H2O D2O H2O2 NH3 N2H4 HCl HF HBr C4H8O THF thf Et2O OEt2 DME dme py MeOH
    EtOH CH3OH C2H5OH MeCN CH3CN DMSO dmso DMF dmf TMEDA tmeda NMe3 NEt3 SMe2"""
# … and before these, but not behind a count: "O3.2SiO2" can be O3.2 too.
_OXIDES = "SiO2 B2O3 P2O5 Al2O3 TiO2 SO3 CO2 N2O5 Li2O Na2O K2O ZnO MgO CaO ZrO2"
_COEFFICIENT = r"\d+\.\d+|[1-9]\d*/\d+|[1-9]\d*|[nx]"
_MOST_WATER = 24
_VARIABLES = "xyzδ"


class Spelled(NamedTuple):
    """A text in the grammar's spelling, and the place of each sign in the typed one."""

    text: str
    typed: str
    places: list

    def as_typed(self, start, end):
        """What was typed for the signs from `start` to before `end`."""
        return self.typed[self.place(start) : self.place_behind(end)]

    def place(self, index):
        """Where the sign at `index` was typed."""
        return self.places[index] if index < len(self.places) else len(self.typed)

    def is_whole(self, index):
        """Whether the sign before `index` is the last of what one typed sign gives."""
        return self.place(index) != self.places[index - 1]

    def place_behind(self, index):
        """Where what was typed for the sign before `index` ends."""
        return self.places[index - 1] + 1 if index else 0


def spell(typed):
    """`typed` as `Spelled`; no text is refused."""
    if typed.isascii():
        text, places = typed, range(len(typed))
    else:
        text, places = _plain(typed)
    return Spelled(_decided(text), typed, places)


def _plain(typed):
    signs, levels, places = [], [], []
    for place, sign in enumerate(typed):
        plain, level = _plain_sign(sign)
        if len(plain) > 1 and not _is_whole_fraction(plain, typed, place):
            plain = sign
        for one in plain:
            signs.append(one)
            levels.append(level)
            places.append(place)
    _level(signs, levels)
    marked, marked_places = [], []
    for at, (sign, level, place) in enumerate(zip(signs, levels, places, strict=True)):
        if level and (not at or levels[at - 1] != level):
            marked += [level, "{"]
            marked_places += [place, place]
        marked.append(sign)
        marked_places.append(place)
        if level and (at + 1 == len(levels) or levels[at + 1] != level):
            marked.append("}")
            marked_places.append(place)
    return "".join(marked), marked_places


@lru_cache(maxsize=4096)
def _plain_sign(sign):
    """The sign's plain spelling, and "_" below the line, "^" above it."""
    if unicodedata.category(sign) == "Cf":
        return "", ""
    form = unicodedata.decomposition(sign)
    level = {"<sub>": "_", "<super>": "^"}.get(form.split(" ")[0], "")
    return unicodedata.normalize("NFKC", sign).translate(_PLAIN), level


def _is_whole_fraction(plain, typed, place):
    """Whether a sign is a fraction such as ½, and no more of a number: not 1½."""
    beside = typed[max(place - 1, 0) : place] + typed[place + 1 : place + 2]
    return re.fullmatch(r"\d/\d+", plain) and not re.search(r"[\d./]", beside)


def _level(signs, levels):
    """Put what Unicode has not below or above the line where it belongs.

    The full stop of ₀.₈, the variable of ₃₋δ, the minus of ²−.
    """
    last = len(signs) - 1
    for at, (sign, level) in enumerate(zip(signs, levels, strict=True)):
        if level:
            continue
        before = (signs[at - 1], levels[at - 1]) if at else ("", "")
        after = (signs[at + 1], levels[at + 1]) if at < last else ("", "")
        counts = sign.isdecimal() or sign in _VARIABLES
        if (
            (sign in "./+-−" and before[1] == after[1] == "_")
            or (counts and before[1] == "_" and before[0] in "+-−")
            or (counts and after[1] == "_" and after[0] in "+-−")
        ):
            levels[at] = "_"
        elif sign in "+-−" and before[1] == "^" and not after[0].isalnum():
            levels[at] = "^"


def _molecules(names):
    """A pattern for molecules with counts on or below the line."""
    spelled = (
        re.sub(r"\d+", lambda count: rf"(?:{count[0]}|_\{{{count[0]}\}})", name)
        for name in names.split()
    )
    return rf"\(?(?:{'|'.join(spelled)})(?![a-z\d]|\.\d(?!\d*H2O))"


_STOP = re.compile(
    rf"(?<!\d)(?P<count>\d*)\.(?P<times>{_COEFFICIENT}|)"
    rf"(?:(?P<solvent>(?= ?{_molecules(_SOLVENTS)}))"
    rf"|(?P<oxide>(?= ?{_molecules(_OXIDES)}))|(?=[A-Z(\[]))"
)
_TIMES_WATER = re.compile(rf"(?<=[\d)\]}}])( ?)[x×](?= ?\d+ ?{_molecules('H2O')})")
_PHASES = re.compile(
    r"(?<![\w)\]}+−-])(?:\(\d+(?:[+−-]\d*[a-z])+\)|[xyzn])(?=[A-Z(\[])\S*"
)


def _decided(text):
    """`text`, as long as before, with signs of their own where the meaning is sure."""
    text = _STOP.sub(_stop, text)
    text = _TIMES_WATER.sub(r"\1·", text)
    return _PHASES.sub(
        lambda match: re.sub(r"[−-](?=[xyzn][A-Z(\[])", JOINING_DASH, match[0]), text
    )


def _stop(match):
    """A full stop as the dot of an adduct, as a decimal point, or undecided."""
    count, times = match["count"], match["times"]
    before = match.string[match.start() - 1 : match.start()]
    is_decimal = "." in times  # "4.0.5H2O"
    if count.startswith("0") or not re.match(r"[^\W\d_]|[)\]}*]", before):
        mark = "."  # of a number: "O0.5", "33.3Li2O"
    elif not times or is_decimal or times in "nx":
        mark = "·"
    elif match["solvent"] is not None:
        # Nobody writes a count of one, and nobody knows so much water.
        few = "/" in times or int(times) <= _MOST_WATER
        mark = UNDECIDED if count == "1" else "·" if few or not count else "."
    elif match["oxide"] is not None:
        mark = UNDECIDED if count else "·"
    else:
        # "Mn1.5Ni0.5"; and the O of "LiO.5CoO2" is a zero.
        mark = "." if count or before == "O" else "·"
    return f"{count}{mark}{times}"
