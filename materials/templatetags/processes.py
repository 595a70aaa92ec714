"""What a process shows of the values that were reported of it."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from asei_db.lib.quantities import span
from asei_db.lib.templatetags.lists import or_not_reported
from asei_db.lib.templatetags.science import quantity

register = template.Library()

_DISPUTED = mark_safe('<span class="line disputed">disputed</span>')


@register.filter
def reported(process, name):
    """A quantity of a process: what it states itself, else the measured one.

    Several measured ones are "100–310 °C" with a link to them, "4 values". What the
    process states but is disputed stands after them, marked as disputed.
    """
    counted = process.reported(name)
    disputed = getattr(process, name) if process.stated and process.disputed else None
    if disputed is None:
        value = _counted(process, counted) if counted else ""
        return or_not_reported(value, process)
    if not counted:
        return format_html("{}{}", quantity(disputed), _DISPUTED)
    return format_html(
        '{}<span class="line">{}</span>{}',
        _counted(process, counted),
        quantity(disputed),
        _DISPUTED,
    )


def _counted(process, values):
    if len(values) == 1 or values[0].record == process:
        return quantity(values[0].quantity)
    return format_html(
        '{}<span class="source"><a href="{}#measured-properties">{} values</a></span>',
        quantity(span([value.quantity for value in values])),
        process.get_absolute_url(),
        len(values),
    )
