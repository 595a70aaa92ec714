"""Slugs: the names of records in public addresses."""

import re
from itertools import count

from django.utils.text import slugify

from asei_db.lib.folding import LETTERS


def unique_slug(model, *parts):
    """A slug of `parts` that no row of `model` has; "-2", "-3", … where one has it.

    Dashes of every kind part words: `Li–HQ` gives `li-hq`, `Østergård` `ostergard`.
    """
    room = model._meta.get_field("slug").max_length - len("-9999")
    text = re.sub("[_+/‐‑‒–—−]", "-", "-".join(map(str, parts)))
    stem = (
        slugify(text.casefold().translate(LETTERS))[:room].strip("-")
        or model._meta.model_name
    )
    taken = set(
        model._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    if stem not in taken:
        return stem
    return next(slug for n in count(2) if (slug := f"{stem}-{n}") not in taken)
