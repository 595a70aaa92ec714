"""How what a harvest says joins what it said before, and what records are called."""

import re

from django.utils.text import slugify

from harvest.origins import says_same, unite

MAX_SLUG = 116


def say(record, notes):
    """Add notes that a record does not have."""
    said = {note: note for note in record.get("notes", [])}
    for note in notes:
        said[note] = unite(said[note], note) if note in said else note
    if said:
        record["notes"] = list(said.values())


def join(known, new):
    """Give a mapping what it lacks; a number that it has is then of both."""
    for name, value in new.items():
        known[name] = unite(known[name], value) if name in known else value


def agree(said, others):
    """Whether two recipes contradict each other in nothing."""
    (stated, steps), (other, rows) = said, others
    pairs = [(stated, other), *((steps[at], rows[at]) for at in steps.keys() & rows)]
    return all(says_same(a[name], b[name]) for a, b in pairs for name in a.keys() & b)


def slug_of(text):
    words = re.sub(r"[./–·|_]", "-", text.replace("⁻¹", "").replace("⁻²", "2"))
    return re.sub("-+", "-", slugify(words)).strip("-")[:MAX_SLUG]
