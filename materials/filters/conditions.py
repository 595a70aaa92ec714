"""Conditions that the filters of several models share."""


def published(model):
    return lambda request: model.objects.published()
