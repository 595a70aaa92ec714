"""Slugs: the names of records in public addresses."""

import re
from itertools import count

from django.utils.text import slugify

from asei_db.lib.folding import LETTERS
from asei_db.lib.typed import plain_dashes


def slug_text(*parts):
    """The parts as a slug; "" if no letter is left of them.

    Dashes of every kind part words: `Li–HQ` gives `li-hq`, `Østergård` `ostergard`.
    Of scripts other than Latin nothing is left.
    """
    text = re.sub("[_+/]", "-", plain_dashes("-".join(map(str, parts))))
    slug = slugify(text.casefold().translate(LETTERS))
    return slug if re.search("[a-z]", slug) else ""


def unique_slug(model, *parts, pk=None):
    """A slug of `parts` that no row of `model` has, other than the one with `pk`.

    "-2", "-3", … stand behind it where one has it. Without a letter in it, it begins
    with the kind of record: `study-2020`.
    """
    room = model._meta.get_field("slug").max_length - len("-9999")
    stem = slug_text(*parts) or slug_text(model._meta.model_name, *parts)
    stem = stem[:room].strip("-")
    others = model._base_manager.filter(slug__startswith=stem).exclude(pk=pk)
    taken = set(others.values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(slug for n in count(2) if (slug := f"{stem}-{n}") not in taken)
