"""Cells of the tables of coatings, as their source printed them."""

from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from asei_db.lib.templatetags.lists import or_not_reported
from asei_db.lib.templatetags.science import chemical_text

register = template.Library()

VARIOUS = "(Various)"


@register.filter
def as_printed(cell):
    """A cell's text; "various" in the words of this site."""
    return "various" if cell == VARIOUS else chemical_text(cell)


@register.simple_tag(takes_context=True)
def methods_as_printed(context, coating):
    """How a coating was characterized: "Cyc, EIS, FE-SEM", each a link to its method.

    What is printed once stands once, also where it names two methods: "(FIB-)SEM".
    The context's `marked_method` stands out.
    """
    marked = context.get("marked_method")
    printed = groupby(
        coating.characterization_uses.all(), lambda use: (use.as_reported, use.remark)
    )
    links = [
        _link(name, remark, [use.method for use in uses], marked)
        for (name, remark), uses in printed
    ]
    if links:
        return format_html_join(mark_safe(", "), "{}", ((link,) for link in links))
    return or_not_reported(as_printed(coating.characterization_as_reported), coating)


def _link(name, remark, methods, marked):
    method = marked if marked in methods else methods[0]
    return format_html(
        '<a href="{}" title="{}"{}>{}</a>{}',
        method.get_absolute_url(),
        " and ".join(method.name for method in methods),
        mark_safe(' class="marked"') if marked in methods else "",
        name,
        f" ({remark})" if remark else "",
    )
