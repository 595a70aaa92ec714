"""Checks of identifiers, formulas and structures."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from asei_db.lib.formulas import FormulaError, elements
from asei_db.lib.identifiers import validate_cas_number
from literature.checks import Severity, check
from materials.models import Material, Substrate
from precursors.models import Precursor
from precursors.structures import StructureError, check_formula


@check(Severity.ERROR, Precursor, where=~Q(cas_number=""))
def cas_number_has_its_check_digit(precursor):
    """The check digit of a CAS number is right."""
    if precursor.cas_number:
        try:
            validate_cas_number(precursor.cas_number)
        except ValidationError as error:
            yield from error.messages


@check(
    Severity.ERROR,
    Precursor,
    Material,
    Substrate,
    where=~Q(formula=""),
    related=["elements"],
)
def formula_and_elements_agree(record):
    """The elements are those of the formula, where it is one that can be read."""
    try:
        expected = set(elements(record.formula)) if record.formula else None
    except FormulaError:
        return
    listed = {element.symbol for element in record.elements.all()}
    if expected is not None and expected != listed:
        yield (
            f"The formula {record.formula} has {_join(expected)}, but the elements are "
            f"{_join(listed)}."
        )


@check(
    Severity.ERROR,
    Precursor,
    where=~Q(smiles=""),
    related=["elements"],
)
def smiles_agrees_with_formula(precursor):
    """The SMILES has the atoms of the formula, or at least the elements."""
    symbols = [element.symbol for element in precursor.elements.all()]
    if precursor.smiles:
        try:
            check_formula(precursor.smiles, precursor.formula, symbols)
        except StructureError as error:
            yield str(error)


def _join(symbols):
    return ", ".join(sorted(symbols)) or "none"
