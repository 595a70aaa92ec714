"""Conditions that the filters of several models share."""


def published(model):
    """The published rows of a model, which are those that have an entry."""
    entries = model._meta.get_field("entry").related_model.objects
    return lambda request: model.objects.filter(pk__in=entries.values("pk"))
