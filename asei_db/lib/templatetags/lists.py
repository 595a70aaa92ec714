"""Tags of tables and records: headers that sort, facts, and what nobody reported."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from asei_db.lib.plurals import number_of
from asei_db.lib.quantities import Quantity
from asei_db.lib.templatetags.science import chemical_text

register = template.Library()
register.simple_tag(number_of)

_ABSENT = re.compile(
    '<span class="not-reported[^"]*">(not reported|not looked for)</span>'
)
_CHECKED = mark_safe(" checked")
_FACET = ' <span class="facet{}" id="facet-{}-{}"{}>{}</span>'
NOT_ESTABLISHED = mark_safe('<span class="not-reported">not established</span>')


@register.filter
def absence(record):
    """What it means that a record has no value: "not reported" or "not looked for".

    It is not reported where the source of the record was read whole, which is what
    `was_looked_for` says.
    """
    return "not reported" if record.was_looked_for else "not looked for"


@register.filter
def or_not_reported(value, record):
    """The value of a record, or what its absence means."""
    if value not in (None, ""):
        return value
    marks = "not-reported" if record.was_looked_for else "not-reported not-looked-for"
    return format_html('<span class="{}">{}</span>', marks, absence(record))


@register.filter
def or_not_established(value):
    """A bibliographic field, or “not established”."""
    return NOT_ESTABLISHED if value in (None, "") else value


@register.filter
def thousands(number):
    """A count as people read it: "4,311"."""
    return f"{number:,}"


@register.filter
def in_format(address, name):
    """An address of the API, answered in a format: `{{ api_url|in_format:"csv" }}`."""
    return f"{address}{'&' if '?' in address else '?'}format={name}"


@register.simple_tag(takes_context=True)
def absolute(context, path):
    """A path of the site with its scheme and host, as scripts elsewhere need it."""
    return context["request"].build_absolute_uri(path)


@register.filter
def in_unit(number, unit):
    """A number that is no quantity, printed like one: `{{ -77.7|in_unit:"°C" }}`."""
    return "" if number is None else Quantity(number, number, unit=unit)


@register.simple_block_tag(takes_context=True)
def fact(context, content, label):
    """A row of a record's facts; none where it would be empty.

    `{% fact "Class" %}{{ object.get_material_class_display }}{% endfact %}`

    What is absent takes no row: its label joins those of `absent` in the context, by
    what its absence means, and the page prints them in one line.
    """
    if found := _ABSENT.fullmatch(content.strip()):
        context["absent"].setdefault(found[1], []).append(in_sentence(label))
        return ""
    if not content.strip():
        return ""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content)


@register.simple_tag
def ticks(field):
    """The choices of a `FormField`, each with a box to tick and its count, if any."""
    kind = "radio" if field.kind == "choice" else "checkbox"
    has_facet = field.has_facet
    return format_html_join(
        "",
        '<label class="tick"><input type="{}" name="{}" value="{}"{}> '
        "<span>{}</span>{}</label>",
        (
            (
                kind,
                field.name,
                value,
                _CHECKED if chosen else "",
                chemical_text(label),
                _counted(field.name, value, count) if has_facet and value else "",
            )
            for value, label, chosen, count in field.options
        ),
    )


@register.simple_tag
def swapped_counts(field):
    """For htmx: the counts of the choices of a `FormField`, out of band."""
    if not field.has_facet or field.facet is None:
        return ""
    swap = mark_safe(' hx-swap-oob="true"')
    counts = [_counted(field.name, *one, swap) for one in field.counts]
    return format_html_join("", "{}", ((count,) for count in counts))


def _counted(name, value, count, swap=""):
    is_none = " none" if count == 0 else ""
    shown = "" if count is None else count
    return format_html(_FACET, is_none, name, value, swap, shown)


@register.filter
def in_sentence(label):
    """A label within a sentence: "thickness", but "CAS number" and "C-rate"."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


@register.simple_tag(takes_context=True)
def column(context, label, order_by="", numeric=False):
    """The header cell of a column: `{% column "Thickness (nm)" "thickness" True %}`.

    In a list (where the context has its `filter`) it sorts by `order_by`, if that is
    one of its orders: a link that keeps the rest of the query and begins at the first
    page; a second click sorts the other way.
    """
    style = mark_safe(' class="number"') if numeric else ""
    orders = getattr(context.get("filter"), "filters", {}).get("order_by")
    if (
        not order_by
        or orders is None
        or order_by not in orders.orders
        or (not context["filter"].offers_order(order_by))
    ):
        return format_html('<th scope="col"{}>{}</th>', style, label)
    request = context["request"]
    order = request.GET.get("order_by", "")
    query = request.GET.copy()
    query.pop("page", None)
    query["order_by"] = f"-{order_by}" if order == order_by else order_by
    url = f"{request.path}?{query.urlencode()}"
    sorting = {order_by: "ascending", f"-{order_by}": "descending"}.get(order, "none")
    return format_html(
        '<th scope="col"{} aria-sort="{}">'
        '<a id="sort-{}" href="{}" hx-get="{}">{}</a></th>',
        style,
        sorting,
        order_by,
        url,
        url,
        label,
    )


@register.filter
def within_a_line(label):
    """A label behind other words: "Method" as "method"; "DOI" and "C-rate" stay."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
