"""Filters that typeset formulas and quantities."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from asei_db.lib import formulas

register = template.Library()

_NOT_REPORTED = mark_safe('<span class="not-reported">not reported</span>')


@register.filter
def formula(text):
    """A formula with true subscripts: `{{ material.formula|formula }}`."""
    return formulas.to_html(text or "")


@register.filter
def formula_text(text):
    """A formula with Unicode subscripts, for titles and attributes."""
    return formulas.to_text(text or "")


@register.filter
def chemical_text(prose):
    """Prose with true subscripts where a word is surely a formula."""
    return formulas.text_to_html(prose or "")


@register.filter
def quantity(value):
    """A `Quantity` as printed, with the source's own print as its title if that says
    something else; “not reported” for None and for what a template cannot find."""
    if not value:
        return _NOT_REPORTED
    printed = str(value)
    if _is_same_print(value.as_reported, printed):
        return format_html('<span class="quantity">{}</span>', printed)
    return format_html(
        '<span class="quantity" title="as reported: {}">{}</span>',
        value.as_reported,
        printed,
    )


def _is_same_print(reported, printed):
    """Whether two prints differ at most in spaces, dashes and a left-out unit."""
    reported, printed = (
        re.sub("[‐‑‒–—−]", "-", re.sub(r"\s", "", text)).replace("∼", "~")
        for text in (reported, printed)
    )
    # What the source left out begins a unit, not more of the number.
    return re.fullmatch(rf"{re.escape(reported)}([^\d.\-–×].*)?", printed) is not None
