"""Search that forgives: subscripts, dashes, case, Greek letters, British spelling.

`TiO₂` is found as `tio2`, `Li–HQ` as `li-hq` or `lihq`, `aluminium` as `aluminum`.
"""

import re
import unicodedata

from asei_db.lib.typed import DASHES, one_line, plain_dashes

# Written within a word and left out of it: dashes, dots, brackets, primes.
_JOINING = re.escape(f"{DASHES}.·()[]{{}}'’′")
_JOINERS = re.compile(f"[{_JOINING}]+")
#: Lower-case letters that do not decompose into a Latin one and an accent.
LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)
#: What a pasted DOI begins with: it stands in no text.
_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.)?\bdoi\.org/|\bdoi:")
_LONGEST = 200  # letters of a word; PostgreSQL indexes none of more than 2,046 bytes
_SPELLINGS = (
    ("aluminium", "aluminum"),
    ("sulph", "sulf"),
    ("caesium", "cesium"),
    ("vapour", "vapor"),
    ("fibre", "fiber"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("isation", "ization"),
    ("phosphorous", "phosphorus"),
)


def fold(text):
    """`text` as lower-case words without dashes, brackets and accents."""
    words = (_JOINERS.sub("", word)[:_LONGEST] for word in _words(text))
    return " ".join(filter(None, words))


def searchable(text):
    """What a search column holds: ` word word … `, joined and split at dashes.

    `Li–HQ` gives `lihq`, `li` and `hq`.
    """
    words = {}
    for word in _words(text):
        parts = _JOINERS.split(word)
        for form in ("".join(parts), *parts):
            if form:
                words[form[:_LONGEST]] = None
    return f" {' '.join(words)} " if words else ""


def sort_key(text):
    """`text` as it is sorted: `Åse–Ül` as `ase-ul`, `γ-Al₂O₃` as `gamma-al2o3`."""
    return one_line(plain_dashes(plain_letters(text)))


def plain_letters(text):
    text = _spell_greek(unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFKD", text).translate(LETTERS)
    return "".join(sign for sign in text if not unicodedata.combining(sign))


def _words(text):
    text = plain_letters(text)
    for british, american in _SPELLINGS:
        text = text.replace(british, american)
    text = _RESOLVER.sub(" ", text)
    return re.sub(rf"[^\w\s{_JOINING}]|_", " ", text).split()


def _spell_greek(text):
    """Greek letters by name: `γ-Al2O3` becomes `gamma-Al2O3`."""
    return re.sub(
        "[α-ω]",
        lambda letter: unicodedata.name(letter[0]).split()[3].lower(),
        text,
    )
