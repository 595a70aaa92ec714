"""Writes that span models: whoever adds a record calls them."""

from asei_db.lib.formulas import elements
from precursors.models import Element


def fill_elements(instance):
    """Give a saved `instance` the elements of its formula, unless it has some.

    Raises FormulaError if the formula is none that can be read.
    """
    if instance.formula and not instance.elements.exists():
        symbols = elements(instance.formula)
        instance.elements.set(Element.objects.filter(symbol__in=symbols))
