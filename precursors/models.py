"""Elements, precursors, and the temperatures at which precursors were kept."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from asei_db.lib.addresses import address_of
from asei_db.lib.fields import QuantityField
from asei_db.lib.identifiers import normalize_cas_number, validate_cas_number
from asei_db.lib.search import CodePoint, SearchTextField, SortKeyField
from asei_db.lib.texts import NormalizedField
from literature.models import Sourced
from literature.recorded import Recorded, validate_text_list
from precursors import structures
from precursors.choices import PhysicalState, PrecursorClass
from precursors.querysets import (
    ElementQuerySet,
    PrecursorQuerySet,
    SublimationTemperatureQuerySet,
)


class Element(Recorded):
    """One chemical element."""

    symbol = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=30, unique=True)
    atomic_number = models.PositiveSmallIntegerField(
        unique=True, validators=[MinValueValidator(1), MaxValueValidator(118)]
    )
    group = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1–18; empty for lanthanides and actinides."
    )
    period = models.PositiveSmallIntegerField()
    name_sort_key = SortKeyField("name")

    objects = ElementQuerySet.as_manager()

    class Meta:
        ordering = ["atomic_number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(atomic_number__gte=1, atomic_number__lte=118),
                name="precursors_element_atomic_number_known",
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=True) | Q(group__gte=1, group__lte=18),
                name="precursors_element_group_known",
            ),
            models.CheckConstraint(
                condition=Q(period__gte=1, period__lte=7),
                name="precursors_element_period_known",
            ),
        ]

    def __str__(self):
        return self.symbol

    def natural_key(self):
        return (self.symbol,)


class Precursor(Sourced):
    """One chemical that is fed into the reactor, plasmas and co-reactants included."""

    PLACES = Sourced.PLACES | {
        "melting_point_sourced": "melting_point_source",
        "identifiers_sourced": "identifiers_source",
    }

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Public and stable: never change it."
    )
    acronym = models.CharField(
        max_length=40, blank=True, help_text="As in the tables, e.g. TMA, Li–HMDS."
    )
    name = models.CharField(max_length=120, unique=True)
    synonyms = models.JSONField(
        default=list, blank=True, validators=[validate_text_list]
    )
    formula = models.CharField(
        max_length=80, blank=True, help_text="As chemists write it, e.g. Ti(OiPr)4."
    )
    elements = models.ManyToManyField(Element, related_name="precursors", blank=True)
    precursor_class = models.CharField(max_length=20, choices=PrecursorClass)
    physical_state = models.CharField(
        max_length=10, choices=PhysicalState, blank=True, help_text="At 25 °C."
    )
    cas_number = NormalizedField(
        normalize_cas_number,
        "CAS number",
        max_length=12,
        blank=True,
        validators=[validate_cas_number],
    )
    smiles = models.CharField("SMILES", max_length=300, blank=True)
    inchi_key = models.CharField(
        "InChIKey",
        max_length=27,
        blank=True,
        help_text="Where there is a SMILES, it is that of the SMILES.",
    )
    structure_svg = models.TextField(
        "structure drawing",
        blank=True,
        editable=False,
        help_text="SVG, drawn from the SMILES whenever the row is saved.",
    )
    pubchem_cid = models.PositiveIntegerField("PubChem CID", null=True, blank=True)
    melting_point_celsius = models.FloatField(
        "melting point (°C)", null=True, blank=True
    )
    melting_point_source = models.CharField(max_length=200, blank=True)
    identifiers_source = models.CharField(
        max_length=400,
        blank=True,
        help_text="Where CAS number, SMILES and PubChem CID come from.",
    )
    is_air_sensitive = models.BooleanField("air-sensitive", null=True, blank=True)
    is_moisture_sensitive = models.BooleanField(
        "moisture-sensitive", null=True, blank=True
    )
    search_text = SearchTextField(
        "acronym", "name", "formula", "synonyms", "cas_number"
    )
    acronym_sort_key = SortKeyField("acronym")
    name_sort_key = SortKeyField("name")

    objects = PrecursorQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = [CodePoint("name_sort_key"), "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["cas_number"],
                condition=~Q(cas_number="") & ~Q(precursor_class="plasma"),
                name="precursors_precursor_cas_number_unique",
                violation_error_code="unique",  # said at the field
                violation_error_message="Another precursor has this CAS number.",
            ),
            models.CheckConstraint(
                condition=Q(precursor_class__in=PrecursorClass.values),
                name="precursors_precursor_class_known",
            ),
            models.CheckConstraint(
                condition=Q(physical_state__in=["", *PhysicalState.values]),
                name="precursors_precursor_state_known",
            ),
            models.CheckConstraint(
                condition=Q(melting_point_celsius__isnull=True)
                | Q(melting_point_celsius__gt=-273.15, melting_point_source__gt=""),
                name="precursors_precursor_melting_point_sourced",
                violation_error_message=(
                    "A melting point lies above −273.15 °C and names its source."
                ),
            ),
            models.CheckConstraint(
                condition=Q(cas_number="", smiles="", pubchem_cid__isnull=True)
                | Q(identifiers_source__gt=""),
                name="precursors_precursor_identifiers_sourced",
                violation_error_message="Say where the identifiers come from.",
            ),
        ]

    def __str__(self):
        return self.label

    def clean(self):
        if self.smiles:
            symbols = [str(e) for e in self.elements.all()] if self.pk else []
            try:
                structures.check_formula(self.smiles, self.formula, symbols)
            except structures.StructureError as error:
                raise ValidationError({"smiles": str(error)}) from error

    def derive(self):
        """Also the drawing and the InChIKey; StructureError if the SMILES is none."""
        super().derive()
        self.structure_svg = structures.draw(self.smiles) if self.smiles else ""
        if self.smiles:
            self.inchi_key = structures.inchi_key(self.smiles) or self.inchi_key

    def save(self, **kwargs):
        """Save the row with what follows from its SMILES; StructureError if none."""
        self.derive()
        super().save(**kwargs)

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return address_of("precursors:precursor-detail", self.slug)

    @property
    def label(self):
        """The acronym, else the name."""
        return self.acronym or self.name

    @property
    def structure_digest(self):
        """What changes with the drawing; "" without one."""
        svg = self.structure_svg
        return svg and hashlib.sha256(svg.encode()).hexdigest()[:16]

    def get_structure_url(self):
        """Where the drawing is served, for as long as it is this one; "" without."""
        if not self.structure_svg:
            return ""
        url = address_of("precursors:precursor-structure", self.slug)
        return f"{url}?v={self.structure_digest}"

    @property
    def typical_sublimation_temperature(self):
        """The published `SublimationTemperature` called typical, or None.

        No query after `for_list()`, which puts it first.
        """
        return next((t for t in self._published_temperatures if t.is_typical), None)

    @property
    def listed_sublimation_temperature(self):
        """The typical `SublimationTemperature` if it counts, else the lowest that does.

        Where none counts, the typical one, which is disputed, or None.
        """
        typical = self.typical_sublimation_temperature
        if typical and typical.counts:
            return typical
        others = [one for one in self._published_temperatures if one.counts]
        return min(others, key=lambda one: one.temperature.sort_value, default=typical)

    @property
    def _published_temperatures(self):
        return [t for t in self.sublimation_temperatures.all() if t.stated]


class SublimationTemperature(Sourced):
    """One temperature (°C) at which a source kept or evaporated a precursor."""

    PLACES = Sourced.PLACES | {"given": "temperature_as_reported"}

    precursor = models.ForeignKey(
        Precursor, models.CASCADE, related_name="sublimation_temperatures"
    )
    temperature = QuantityField("°C", "source temperature", above=-273.15)
    is_typical = models.BooleanField(
        default=False, help_text="The one shown in lists; at most one a precursor."
    )
    studies = models.ManyToManyField(
        "literature.Study", related_name="sublimation_temperatures", blank=True
    )

    objects = SublimationTemperatureQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = ["precursor", "-is_typical", "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["precursor"],
                condition=Q(is_typical=True),
                name="precursors_sublimationtemperature_one_typical",
                violation_error_message=(
                    "The precursor has a typical temperature already."
                ),
            ),
            models.UniqueConstraint(
                fields=["precursor", "source", "locator", "temperature_as_reported"],
                name="precursors_sublimationtemperature_unique",
                violation_error_message="This temperature is recorded already.",
            ),
            models.CheckConstraint(
                condition=~Q(temperature_as_reported=""),
                name="precursors_sublimationtemperature_given",
                violation_error_message="Give the temperature.",
            ),
        ]

    def __str__(self):
        return f"{self.precursor}: {self.temperature}"

    def get_absolute_url(self):
        return self.precursor.get_absolute_url()

    def natural_key(self):
        return (
            self.precursor.slug,
            self.source.slug,
            self.locator,
            self.temperature_as_reported,
        )
