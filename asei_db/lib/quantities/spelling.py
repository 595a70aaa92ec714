"""Brings the text of a quantity to one spelling before anything reads it."""

import re
import unicodedata

from asei_db.lib.typed import plain_dashes, visible

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
# What compatibility forms would turn into a space with a mark.
_BEFORE_FOLDING = str.maketrans({**dict.fromkeys("˚∘◦ºᵒᴼ", "°"), "˜": "~"})
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_SAME_SIGNS = str.maketrans(
    {
        **dict.fromkeys("∼∽〜〰⁓", "~"),
        **dict.fromkeys("*∗⋅∙•‧・", "·"),
        **dict.fromkeys("✕✖⨯⨉", "×"),
        **dict.fromkeys("∕⁄⧸", "/"),
        **dict.fromkeys("’‘ʹ′`´", "'"),
        "μ": "u",
        "∓": "±",
        "$": "",
    }
)
_TEX = {
    "times": "×",
    "cdot": "·",
    "pm": "±",
    "sim": "~",
    "approx": "~",
    "circ": "°",
    "AA": "Å",
    "mu": "u",
    "Omega": "Ω",
}
_TEX_WORD = re.compile(rf"\\({'|'.join(_TEX)})(?![a-zA-Z]) ?")
_BRACKETED_SPREAD = re.compile(r" ?\( ?((?:±|\+ ?[\d.]|- ?[\d.]+ ?[/,]? ?\+)[^()]*)\)")


def plain(text: str) -> str:
    """`text` with one sign of each meaning, and single spaces.

    Exponents are `^-8`, dashes `-`, tildes `~`, spreads `±` without brackets. Units
    stay as they are typed: `units.pattern` knows their spellings.
    """
    if "\\" in text:
        text = _without_tex(text)
    if not text.isascii():
        text = visible(text).translate(_BEFORE_FOLDING)
        text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+", _as_exponent, text)
        text = "".join(map(_plain_numeral, text))
        text = plain_dashes(unicodedata.normalize("NFKC", text))
    text = " ".join(text.replace("**", "^").translate(_SAME_SIGNS).split())
    text = re.sub(r"\^ ?[({] ?([+-]? ?\d+) ?[)}]", r"^\1", text)
    text = re.sub(r"(?<=[a-zA-Z])\(([+-]?\d)\)", r"^\1", text)  # cm(-2): abstracts
    text = re.sub(r"(?<![\d.])10\(([+-]\d+)\)", r"10^\1", text)
    text = text.replace("-^", "^-")  # cm−²
    text = re.sub(r"(?<=\d)-(?= to )", "", text)  # 2- to 3-fold
    text = re.sub(r"\+ ?/? ?-(?= ?[\d.])|- ?/ ?\+(?= ?[\d.])", "±", text)
    text = _BRACKETED_SPREAD.sub(r" \1 ", text)
    if not text.startswith("-"):
        text = re.sub(r"(?<=\d) ?--+ ?(?=\d)", "-", text)  # TeX's dash: 80--120
    text = re.sub(r"(?i)\bsq(?:uare|\.)? (cm|centimet(?:er|re)s?)", r"\1^2", text)
    return re.sub(r" ?[.,;]$", "", text.strip()).strip()


def _without_tex(text: str) -> str:
    text = _TEX_WORD.sub(lambda word: _TEX[word[1]], text)
    text = re.sub(r"\\mathrm ?\{([^{}]*)\}", r"\1", text)
    return re.sub(r"\^ ?\{? ?° ?\}?", "°", text)


def _as_exponent(run: re.Match[str]) -> str:
    return "^" + run[0].translate(_SUPERSCRIPTS)


def _plain_numeral(sign: str) -> str:
    """A sign that would become a digit or a fraction of the number before it, apart."""
    if unicodedata.category(sign) != "No":
        return sign
    is_fraction = unicodedata.numeric(sign) % 1 != 0
    return f" {sign}" if is_fraction else _UNREADABLE  # not 5₂ → 52, 2½ → 21/2
