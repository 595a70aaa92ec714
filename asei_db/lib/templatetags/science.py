"""Filters that typeset formulas and quantities."""

import re
import unicodedata
from functools import lru_cache

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join

from asei_db.lib import formulas
from asei_db.lib.quantities import is_printed_otherwise
from asei_db.lib.typed import plain_dashes

register = template.Library()

#: A page prints the same names and quantities again and again.
_kept = lru_cache(maxsize=4096)
_TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"}


@register.filter
@_kept
def formula(text):
    """A formula with true subscripts: `{{ material.formula|formula }}`."""
    return isolated(formulas.to_html(text or ""))


@register.filter
def formula_text(text):
    """A formula with Unicode subscripts, for titles and attributes."""
    return formulas.to_text(text or "")


@register.filter
@_kept
def chemical_text(prose):
    """Prose with true subscripts where a word is surely a formula."""
    return isolated(formulas.text_to_html(prose or ""))


@register.filter
def isolated(text):
    """A name that does not turn round the text beside it.

    Names in Hebrew or Arabic, or with marks of direction, stand in `<bdi>`. What has
    several lines is no name and stays.
    """
    html = conditional_escape(text)
    if html.isascii() or "\n" in html:
        return html
    turns = {unicodedata.bidirectional(sign) for sign in html} & _TURNING
    return format_html("<bdi>{}</bdi>", html) if turns else html


@register.filter
def isolated_names(text):
    """Names that "; " parts, each `isolated`."""
    names = ((isolated(name),) for name in text.split("; "))
    return format_html_join("; ", "{}", names)


@register.filter
def in_formula_order(elements, formula):
    """Elements as a formula that names them does: "Al, O" of Al2O3; else as given."""
    try:
        symbols = formulas.elements(formula)
    except formulas.FormulaError:
        symbols = re.findall("[A-Z][a-w]?", formula)  # x, y and z are counts
    places = {symbol: place for place, symbol in enumerate(symbols)}
    return sorted(elements, key=lambda one: places.get(one.symbol, len(places)))


@register.filter
def quantity(value):
    """A `Quantity` as printed; empty for None and what a template misses.

    The source's own print stands below it if it has other numbers, as “printed 323 K”,
    else it is the title if it says something else.
    """
    # As an argument apart, since quantities are equal however they were printed.
    return _printed(value, value.as_reported) if value else ""


@_kept
def _printed(value, as_reported):
    printed = str(value)
    if is_printed_otherwise(value):
        return format_html(
            '<span class="quantity">{}</span> <span class="source">printed {}</span>',
            printed,
            as_reported,
        )
    if _is_same_print(as_reported, printed):
        return format_html('<span class="quantity">{}</span>', printed)
    return format_html(
        '<span class="quantity" title="as reported: {}">{}</span>',
        as_reported,
        printed,
    )


def _is_same_print(reported, printed):
    """Whether two prints differ at most in spaces, dashes and a left-out unit."""
    reported, printed = (
        plain_dashes(re.sub(r"\s", "", text)).replace("∼", "~")
        for text in (reported, printed)
    )
    # What the source left out begins a unit, not more of the number.
    return re.fullmatch(rf"{re.escape(reported)}([^\d.\-×].*)?", printed) is not None
