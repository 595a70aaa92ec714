"""Checks of measured values."""

from django.db.models import Q

from asei_db.lib.fields import unusual
from literature.checks import Severity, check
from materials.checks.amounts import is_above_100
from materials.choices import Property
from materials.models import Coating, DepositionProcess, PropertyMeasurement, Recipe


@check(
    Severity.ERROR,
    PropertyMeasurement,
    where=Q(property=Property.COULOMBIC_EFFICIENCY),
)
def measured_efficiency_is_at_most_100_percent(measurement):
    """A coulombic efficiency that is given as a property is at most 100 %."""
    is_efficiency = measurement.property == Property.COULOMBIC_EFFICIENCY
    if is_efficiency and is_above_100(measurement.value):
        yield f"The coulombic efficiency is {measurement.value}."


@check(
    Severity.ERROR,
    PropertyMeasurement,
    where=Q(control__isnull=False),
    related=["control"],
)
def measured_control_is_bare_and_of_the_same_study(measurement):
    """The control of a measured coating is bare, of the same property and study."""
    control = measurement.control
    if control is None:
        return
    if control.substrate_id is None:
        yield f"Its control {control.slug} is not of a bare substrate."
    if control.property != measurement.property:
        yield f"Its control {control.slug} is of another property."
    if control.source_id != measurement.source_id:
        yield f"Its control {control.slug} belongs to another study."


@check(
    Severity.WARNING,
    DepositionProcess,
    Recipe,
    Coating,
    PropertyMeasurement,
    where=Q(notes=""),
)
def value_is_of_a_usual_size(record):
    """A value is of a size that occurs, or a note says more."""
    if not record.notes:
        for _, sentence in unusual(record):
            # An efficiency that is too high has a check of its own.
            if not _is_efficiency(record):
                yield sentence


def _is_efficiency(record):
    return getattr(record, "property", None) == Property.COULOMBIC_EFFICIENCY


@check(Severity.WARNING, Recipe, where=Q(notes=""), related=["steps"])
def steps_are_of_a_usual_size(recipe):
    """The steps of a recipe are of sizes that occur, or a note says more."""
    if not recipe.notes:
        for step in recipe.steps.all():
            for _, sentence in unusual(step):
                yield f"In step {step.position}: {sentence}"
