"""What a table of measurements leaves out."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def are_of_object(context, measurements):
    """Whether the record whose page this is was the subject of all measurements."""
    record = context.get("object")
    return bool(record) and all(one.subject == record for one in measurements)
