"""Conditions that the filters of several models share."""

from django.db.models import Q


def published(model):
    return lambda request: model.objects.published()


def through(path, model):
    """A condition that the rows at `path`, of `model`, are published."""
    return Q(**{f"{path}__in": model.objects.published()})


def counted(model, path="pk"):
    """A condition that what the row at `path`, of `model`, states of itself counts."""
    return Q(**{f"{path}__in": model.objects.counted()})
