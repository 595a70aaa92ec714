"""Checks that the numbers of a quantity are those of its text."""

import re

from django.apps import apps

from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import QuantityError
from literature.checks import Severity, check
from literature.recorded import Recorded
from materials.models import PropertyMeasurement

MEASURED = [
    model
    for model in apps.get_models()
    if issubclass(model, Recorded) and quantity_fields(model)
]


@check(Severity.ERROR, *MEASURED)
def text_reads_as_its_numbers(record):
    """Numbers and qualifier of a quantity are what its text as reported says."""
    for name, field in quantity_fields(type(record)).items():
        if not (stored := getattr(record, name)):
            continue
        try:
            field.derive(record)
        except QuantityError as error:
            yield f"The {field.verbose_name} is not read: {error}"
            continue
        if (read := getattr(record, name)) != stored:
            numbers = (stored.qualifier, stored.minimum, stored.maximum)
            yield (
                f"The {field.verbose_name} “{stored.as_reported}” reads as {read}, but "
                f"its numbers are {numbers}; save it, or run manage.py derive."
            )


#: Words of a note or a locator that call a value one of the ends of a series.
_END_OF_SERIES = re.compile(
    r"(?i)\b(?:the )?(?:highest|lowest|greatest|largest|smallest|maximum|minimum)\b"
    r"(?: (?:value|one))?(?: (?:of|in|among) (?:the|its|all)\b| that\b)"
)


@check(Severity.WARNING, PropertyMeasurement)
def end_of_a_series_says_so(measurement):
    """A value that a note calls the highest or lowest of several is printed so."""
    value = measurement.value
    for text in (*measurement.notes.splitlines(), measurement.locator):
        if _END_OF_SERIES.search(text) and value.limit is None and not value.is_open:
            yield (
                f"“{text}” makes {value} an end of a series, which would count as a "
                "typical value; print it as the source does: “up to …”, “as low as …”."
            )
