"""What grows, and the ALD and MLD processes that grow it."""

from typing import NamedTuple

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from asei_db.lib.addresses import address_of
from asei_db.lib.fields import QuantityField
from asei_db.lib.quantities import Quantity
from asei_db.lib.search import CodePoint, SearchTextField, SortKeyField
from literature.models import PUBLISHED_STUDIES, UNPUBLISHED_STUDIES, Sourced
from literature.recorded import Recorded, validate_text_list
from materials.choices import DepositionMethod, MaterialClass, Property
from materials.querysets import (
    MOST_LISTED,
    DepositionProcessQuerySet,
    MaterialQuerySet,
    ProcessStepQuerySet,
)


class Material(Sourced):
    """One film material."""

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Public and stable: never change it."
    )
    name = models.CharField(
        max_length=120, unique=True, help_text="As in the tables: Al2O3, Li–HQ."
    )
    synonyms = models.JSONField(
        default=list, blank=True, validators=[validate_text_list]
    )
    formula = models.CharField(
        max_length=120, blank=True, help_text="Empty if there is none."
    )
    material_class = models.CharField(max_length=20, choices=MaterialClass)
    elements = models.ManyToManyField(
        "precursors.Element", related_name="materials", blank=True
    )
    is_stoichiometric = models.BooleanField(
        "stoichiometric", null=True, blank=True, help_text="No for LiPxOyNz."
    )
    search_text = SearchTextField("name", "formula", "synonyms")
    name_sort_key = SortKeyField("name")

    objects = MaterialQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = [CodePoint("name_sort_key"), "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(material_class__in=MaterialClass.values),
                name="materials_material_class_known",
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return address_of("materials:material-detail", self.slug)

    @cached_property
    def process_count(self):
        """The number of its published processes, of rows of `for_list()`."""
        first = len(self.first_processes)
        return first if first < MOST_LISTED else self.processes.published().count()


class ReportedValue(NamedTuple):
    """A quantity of a process that counts, and the record that holds it."""

    quantity: Quantity
    record: Sourced


class DepositionProcess(Sourced):
    """One ALD or MLD chemistry: the precursors of a cycle, in order, and its film."""

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Public and stable: never change it."
    )
    material = models.ForeignKey(Material, models.PROTECT, related_name="processes")
    method = models.CharField(
        max_length=10,
        choices=DepositionMethod,
        blank=True,
        help_text="Empty if the source does not name it.",
    )
    precursors = models.ManyToManyField(
        "precursors.Precursor", through="ProcessStep", related_name="processes"
    )
    is_complete = models.BooleanField(
        "chemistry complete",
        default=True,
        help_text="No if the source names only some of the precursors, or none.",
    )
    deposition_temperature = QuantityField(
        "°C", "deposition temperature", above=-273.15, usual=(-100, 1000)
    )
    growth_per_cycle = QuantityField(
        "Å/cycle", "growth per cycle", above=0, usual=(None, 100)
    )
    studies = models.ManyToManyField(
        "literature.Study",
        related_name="processes",
        blank=True,
        help_text="The primary works, where the source cites them.",
    )
    search_text = SearchTextField(
        related=["material", "steps__precursor", PUBLISHED_STUDIES]
    )
    draft_search_text = SearchTextField(related=[UNPUBLISHED_STUDIES])

    objects = DepositionProcessQuerySet.as_manager()

    class Meta(Sourced.Meta):
        verbose_name_plural = "deposition processes"
        ordering = [CodePoint("material__name_sort_key"), "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(method__in=["", *DepositionMethod.values]),
                name="materials_depositionprocess_method_known",
            ),
        ]

    def __str__(self):
        return self.label

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return address_of("materials:process-detail", self.slug)

    @property
    def reporters(self):
        """The one published work that ran it; none where several did.

        Its own quantities are then what its source says of them together, and those of
        each stand on its recipes and measurements.
        """
        return self.works if len(self.works) == 1 else []

    def reported(self, of_property):
        """`ReportedValue`s of a deposition temperature or a growth per cycle.

        Those that count: what the process states itself, then what its recipes state
        or was measured of it, then what its coatings do. No query after `for_list()`.
        """
        own = getattr(self, of_property) if self.counts else None
        found = [ReportedValue(own, self)] if own else []
        if of_property == Property.DEPOSITION_TEMPERATURE:
            return found + [run for run in self.runs if run.record.counts]
        fetched = self._fetched
        return found + [
            ReportedValue(one.value, one)
            for subject in (fetched, *fetched.reporting_coatings)
            for one in subject.growth_measurements
        ]

    @property
    def runs(self):
        """The deposition temperatures of its published recipes and coatings.

        Disputed ones too; no query after `for_list()`.
        """
        fetched = self._fetched
        return [
            ReportedValue(one.deposition_temperature, one)
            for one in (*fetched.published_recipes, *fetched.reporting_coatings)
            if one.deposition_temperature
        ]

    @property
    def recipe_count(self):
        """The number of its published recipes, of rows of `for_list()`."""
        first = len(self.published_recipes)
        return first if first < MOST_LISTED else self.recipes.published().count()

    @property
    def _fetched(self):
        if hasattr(self, "published_recipes"):
            return self
        return type(self).objects.with_reported().get(pk=self.pk)

    @property
    def deposition_temperatures(self):
        return self.reported(Property.DEPOSITION_TEMPERATURE)

    @property
    def growths_per_cycle(self):
        return self.reported(Property.GROWTH_PER_CYCLE)

    def feeds(self, precursor):
        """Whether it is fed in a step, or may be, where not all of them are named."""
        steps = self.steps.all()
        return not (self.is_complete and steps) or precursor in [
            step.precursor for step in steps
        ]

    @property
    def chemistry(self):
        """ "LiOtBu + EG + (CO2)": the steps in order, optional ones in brackets.

        "" where the source does not name the precursors.
        """
        return " + ".join(
            f"({step.precursor.label})" if step.is_optional else step.precursor.label
            for step in self.steps.all()
        )

    @property
    def label(self):
        """ "Al2O3 from TMA + H2O"."""
        if chemistry := self.chemistry:
            return f"{self.material.name} from {chemistry}"
        return f"{self.material.name}, precursors not known"


class ProcessStep(Recorded):
    """One precursor pulse in the cycle of a process."""

    process = models.ForeignKey(DepositionProcess, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(
        "step", validators=[MinValueValidator(1)], help_text="1 comes first."
    )
    precursor = models.ForeignKey(
        "precursors.Precursor", models.PROTECT, related_name="process_steps"
    )
    is_optional = models.BooleanField("optional", default=False)

    objects = ProcessStepQuerySet.as_manager()

    class Meta:
        ordering = ["process", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "position"],
                name="materials_processstep_position_unique",
                violation_error_message="The process has this step already.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1),
                name="materials_processstep_position_positive",
                violation_error_message="Steps are counted from 1.",
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.precursor}"
