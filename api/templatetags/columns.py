"""The columns of a list's files, to choose from."""

from django import template
from django.http import QueryDict
from django.urls import resolve

from api.tables import table_of

register = template.Library()


@register.simple_tag
def file_columns(api_url):
    """What a form asks the API for: its `path`, the (name, value) that it `keeps`, and
    the `names` of its columns, what is nested by its first name alone."""
    path, _, query = api_url.partition("?")
    view = resolve(path).func.cls
    columns = table_of(view.serializer_class).columns
    keeps = [
        (name, value)
        for name, values in QueryDict(query).lists()
        for value in values
        if name not in ("columns", "format")
    ]
    names = dict.fromkeys(name.partition(".")[0] for name in columns)
    return {"path": path, "keeps": keeps, "names": list(names)}
