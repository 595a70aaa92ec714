"""What people type and paste, brought to one spelling before anything reads it."""

import re
import unicodedata

#: Every sign that papers, PDFs and keyboards use for a hyphen, a dash or a minus.
DASHES = "-‐‑‒–—―−⁃﹘﹣－"


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
