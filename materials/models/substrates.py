"""What films grow on."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from asei_db.lib.fields import QuantityField
from asei_db.lib.search import CodePoint, SearchTextField, SortKeyField
from literature.models import Sourced
from literature.recorded import validate_text_list
from materials.choices import SubstrateClass
from materials.querysets import SubstrateQuerySet


class Substrate(Sourced):
    """One electrode, solid electrolyte or model surface that films grow on."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Public and stable: never change it."
    )
    name = models.CharField(max_length=120, unique=True)
    synonyms = models.JSONField(
        default=list, blank=True, validators=[validate_text_list]
    )
    substrate_class = models.CharField(max_length=20, choices=SubstrateClass)
    formula = models.CharField(max_length=120, blank=True)
    elements = models.ManyToManyField(
        "precursors.Element", related_name="substrates", blank=True
    )
    thermal_limit = QuantityField(
        "°C",
        "thermal limit",
        above=-273.15,
        help_text="Highest temperature that it stands, e.g. its melting point.",
    )
    thermal_limit_source = models.CharField(max_length=200, blank=True)
    search_text = SearchTextField("name", "formula", "synonyms")
    name_sort_key = SortKeyField("name")

    objects = SubstrateQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = [CodePoint("name_sort_key"), "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(substrate_class__in=SubstrateClass.values),
                name="materials_substrate_class_known",
            ),
            models.CheckConstraint(
                condition=Q(thermal_limit_as_reported="") | ~Q(thermal_limit_source=""),
                name="materials_substrate_thermal_limit_sourced",
                violation_error_message="Say where the thermal limit comes from.",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("materials:substrate-detail", args=[self.slug])
