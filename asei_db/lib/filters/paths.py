"""What filters ask of the model whose rows they narrow."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q

from asei_db.lib.fields import Columns, QuantityProperty


def having(model, name, values):
    """A condition on rows of `model`: they have any of some values of a name.

    A model that has things by other ways than its columns says so by its own `having`.
    """
    if hasattr(model, "having"):
        return model.having(name, values)
    return Q(**{f"{name}__in": values})


def lacking(model, name):
    """A condition on rows of `model`: they have nothing of a name."""
    if hasattr(model, "lacking"):
        return model.lacking(name)
    return Q(**{f"{name}__isnull": True})


def between(model, name, low, high, within):
    """A condition on rows of `model`: their value of a name meets the bounds."""
    if hasattr(model, "between"):
        return model.between(name, low, high, within)
    ends = {f"{name}__gte": low, f"{name}__lte": high}
    return Q(**{end: bound for end, bound in ends.items() if bound is not None})


def quantity_columns(model, path):
    """Lookups of the columns of the quantity at `path`, None if there is none."""
    *relations, name = path.split("__")
    for relation in relations:
        model = _related(model, relation)
    quantity = getattr(model, name, None)
    if not isinstance(quantity, QuantityProperty):
        return None
    prefix = path.removesuffix(name)
    return Columns(*(f"{prefix}{column}" for column in quantity.columns))


def _related(model, name):
    try:
        return model._meta.get_field(name).related_model
    except (AttributeError, FieldDoesNotExist):
        return None
