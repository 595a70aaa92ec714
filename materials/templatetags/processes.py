"""What a process shows of the values that were reported of it."""

from django import template
from django.utils.html import format_html

from asei_db.lib.quantities import span
from asei_db.lib.templatetags.science import quantity
from materials.models import DepositionProcess

register = template.Library()


@register.filter
def reported(values):
    """The process's own of some `ReportedValue`s, else the measured one.

    Several measured ones are "100–310 °C" with a link to them, "4 values".
    """
    if not values:
        return quantity(None)
    record = values[0].record
    if len(values) == 1 or isinstance(record, DepositionProcess):
        return quantity(values[0].quantity)
    return format_html(
        '{}<span class="source"><a href="{}#measured-properties">{} values</a></span>',
        quantity(span([value.quantity for value in values])),
        record.process.get_absolute_url(),
        len(values),
    )
