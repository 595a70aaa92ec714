"""What people type and paste, brought to one spelling before anything reads it."""

import re
import unicodedata

#: Every sign that papers, PDFs and keyboards use for a hyphen, a dash or a minus.
DASHES = "-‐‑‒–—―−⁃﹘﹣－"

#: Signs of no width that copying brings along: soft hyphens, joiners, marks of order.
_MARKS = re.compile("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
#: What prints nothing and changes how text around it is shown, or breaks files.
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def without_marks(text):
    """`text` without soft hyphens, joiners, and other signs that show nothing."""
    return _MARKS.sub("", text)


def hidden_sign(text):
    """The first sign of control or format in `text`, new lines and tabs apart; or "".

    Such are NUL and the marks that turn the direction of what follows (U+202E).
    """
    return next(
        (
            sign
            for sign in text
            if sign not in "\n\r\t" and unicodedata.category(sign) in _HIDDEN
        ),
        "",
    )


def settled(change, text):
    """`text` as `change` leaves it once it changes nothing any more."""
    while text != (text := change(text)):
        pass
    return text


def visible(text):
    """`text` without signs of no width: marks of order, soft hyphens, joiners."""
    if text.isascii():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def one_line(text):
    """`visible(text)` with every run of white space as one space, none at the ends."""
    return " ".join(visible(text).split())


def plain_dashes(text):
    """`text` with “-” for every dash."""
    return re.sub(f"[{re.escape(DASHES)}]", "-", text)
