"""What films grow on."""

from django.db import models
from django.db.models import Q

from asei_db.lib.addresses import address_of
from asei_db.lib.fields import QuantityField
from asei_db.lib.search import CodePoint, SearchTextField, SortKeyField
from literature.models import Sourced
from literature.recorded import validate_text_list
from materials.choices import ElectrodeRole, HostFamily, SubstrateClass
from materials.querysets import SubstrateQuerySet


class Substrate(Sourced):
    """One electrode, solid electrolyte or model surface that films grow on."""

    PLACES = Sourced.PLACES | {"thermal_limit_sourced": "thermal_limit_source"}

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Public and stable: never change it."
    )
    name = models.CharField(max_length=120, unique=True)
    acronym = models.CharField(
        max_length=40, blank=True, help_text="As the field calls it, e.g. NMC811."
    )
    synonyms = models.JSONField(
        default=list, blank=True, validators=[validate_text_list]
    )
    substrate_class = models.CharField(max_length=20, choices=SubstrateClass)
    electrode_role = models.CharField(
        max_length=20,
        choices=ElectrodeRole,
        blank=True,
        help_text="What it is in the cells of the studies; empty if it is in none.",
    )
    host_family = models.CharField(
        max_length=20,
        choices=HostFamily,
        blank=True,
        help_text="Active material or electrolyte; empty if it is neither.",
    )
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
    search_text = SearchTextField("name", "acronym", "formula", "synonyms")
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
                condition=Q(electrode_role__in=["", *ElectrodeRole.values]),
                name="materials_substrate_electrode_role_known",
            ),
            models.CheckConstraint(
                condition=Q(host_family__in=["", *HostFamily.values]),
                name="materials_substrate_host_family_known",
            ),
            models.CheckConstraint(
                condition=Q(thermal_limit_as_reported="") | ~Q(thermal_limit_source=""),
                name="materials_substrate_thermal_limit_sourced",
                violation_error_message="Say where the thermal limit comes from.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def label(self):
        """ "LiNi0.8Mn0.1Co0.1O2 (NMC811)", or the name alone."""
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return address_of("materials:substrate-detail", self.slug)
