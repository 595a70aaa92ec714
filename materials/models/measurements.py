"""Measured properties of materials, processes and coatings."""

import builtins

from django.db import models
from django.db.models import Q

from asei_db.lib.fields import QuantityField
from literature.models import Sourced
from materials.choices import Property
from materials.querysets import PropertyMeasurementQuerySet


class PropertyMeasurement(Sourced):
    """One value of one property of a material, process or coating.

    The property owns the unit: `value_min` of an ionic conductivity is in S/cm.
    """

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Public and stable: never change it."
    )
    property = models.CharField(max_length=40, choices=Property)
    value = QuantityField(
        lambda measurement: Property(measurement.property).unit, "value"
    )
    temperature = QuantityField("°C", "measured at", above=-273.15)
    material = models.ForeignKey(
        "Material",
        models.PROTECT,
        related_name="measurements",
        null=True,
        blank=True,
    )
    process = models.ForeignKey(
        "DepositionProcess",
        models.PROTECT,
        related_name="measurements",
        null=True,
        blank=True,
    )
    coating = models.ForeignKey(
        "Coating",
        models.PROTECT,
        related_name="measurements",
        null=True,
        blank=True,
    )
    studies = models.ManyToManyField(
        "literature.Study", related_name="measurements", blank=True
    )

    objects = PropertyMeasurementQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = ["property", "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(property__in=Property.values),
                name="materials_propertymeasurement_property_known",
            ),
            models.CheckConstraint(
                condition=~Q(value_as_reported=""),
                name="materials_propertymeasurement_value_given",
                violation_error_message="Give the value.",
            ),
            models.CheckConstraint(
                condition=Q(
                    material__isnull=False,
                    process__isnull=True,
                    coating__isnull=True,
                )
                | Q(
                    material__isnull=True,
                    process__isnull=False,
                    coating__isnull=True,
                )
                | Q(
                    material__isnull=True,
                    process__isnull=True,
                    coating__isnull=False,
                ),
                name="materials_propertymeasurement_one_subject",
                violation_error_message=(
                    "Name one subject: a material, a process or a coating."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_property_display()} of {self.subject}: {self.value}"

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return f"{self.subject.get_absolute_url()}#{self.slug}"

    # The field `property` hides the built-in of that name.
    @builtins.property
    def subject(self):
        """The coating, process or material that was measured."""
        return self.coating or self.process or self.material
