"""Paths from a model to quantities and related rows."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q

from asei_db.lib.fields import Columns, QuantityProperty
from asei_db.lib.search import sort_keys


def having(model, name, values, where=None):
    """A condition on rows of `model`: they have any of some values of a name."""
    if hasattr(model, "having"):
        return model.having(name, values)
    return narrowing(model, name, Q(**{f"{name}__in": values}) & (where or Q()))


def narrow(queryset, path, condition):
    """The rows that meet `condition`, each once even if `path` leads to many rows."""
    return queryset.filter(narrowing(queryset.model, path, condition))


def narrowing(model, path, condition):
    """`condition` on rows of `model`, without a join where `path` leads to many."""
    if not _is_to_many(model, path):
        return condition
    found = model._base_manager.filter(condition).order_by()
    return Q(pk__in=found.values("pk"))


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


def sort_key_path(model, path):
    """The lookup of the sort key of the text at `path`, None if there is none."""
    *relations, name = path.split("__")
    for relation in relations:
        model = _related(model, relation)
    key = sort_keys(model).get(name)
    return key and f"{path.removesuffix(name)}{key}"


def _related(model, name):
    try:
        return model._meta.get_field(name).related_model
    except (AttributeError, FieldDoesNotExist):
        return None


def _is_to_many(model, path):
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except (AttributeError, FieldDoesNotExist):
            return False  # a quantity, a transform or an annotation
        if field.many_to_many or field.one_to_many:
            return True
        model = field.related_model
    return False
