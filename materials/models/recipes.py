"""How single studies ran a process."""

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from asei_db.lib.fields import QuantityField, quantity_fields
from asei_db.lib.search import CodePoint, SearchTextField
from literature.models import PUBLISHED_STUDIES, UNPUBLISHED_STUDIES, Sourced
from literature.recorded import Recorded
from materials.choices import GrowthMode
from materials.models.growth import Growth
from materials.models.processes import DepositionProcess
from materials.querysets import RecipeQuerySet, RecipeStepQuerySet


class Recipe(Sourced, Growth):
    """How one study ran a process: its temperature and what it fed in each step."""

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Public and stable: never change it."
    )
    process = models.ForeignKey(
        DepositionProcess, models.PROTECT, related_name="recipes"
    )
    pressure = QuantityField("Torr", "pressure", above=0, usual=(None, 1000))
    growth_mode = models.CharField(max_length=20, choices=GrowthMode, blank=True)
    studies = models.ManyToManyField(
        "literature.Study",
        related_name="recipes",
        blank=True,
        help_text="The primary works, where the source cites them.",
    )
    search_text = SearchTextField(
        "phase",
        related=[
            "process__material",
            "process__steps__precursor",
            "steps__precursor",
            PUBLISHED_STUDIES,
        ],
    )
    draft_search_text = SearchTextField(related=[UNPUBLISHED_STUDIES])

    objects = RecipeQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = [
            CodePoint("process__material__name_sort_key"),
            "process_id",
            CodePoint("slug"),
            "pk",
        ]
        constraints = [
            *Sourced.Meta.constraints,
            *Growth.Meta.constraints,
            models.CheckConstraint(
                condition=Q(growth_mode__in=["", *GrowthMode.values]),
                name="materials_recipe_growth_mode_known",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """ "Al2O3 from TMA + H2O at 120 °C"."""
        at = self.deposition_temperature
        return f"{self.process.label} at {at}" if at else self.process.label

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return f"{self.process.get_absolute_url()}#{self.slug}"


class RecipeStep(Recorded):
    """What one recipe fed into the reactor in one step of the cycle, and for how long.

    `pulse` is how long the precursor flows, `wait` how long it then stays in the closed
    reactor, `purge` how long it is swept out.
    """

    recipe = models.ForeignKey(Recipe, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(
        "step", validators=[MinValueValidator(1)], help_text="1 comes first."
    )
    precursor = models.ForeignKey(
        "precursors.Precursor", models.PROTECT, related_name="recipe_steps"
    )
    pulse = QuantityField("s", "pulse", above=0, usual=(None, 600))
    purge = QuantityField("s", "purge", lowest=0, usual=(None, 3600))
    wait = QuantityField("s", "wait", lowest=0, usual=(None, 3600))
    plasma_time = QuantityField("s", "plasma time", above=0, usual=(None, 600))
    plasma_power = QuantityField("W", "plasma power", above=0, usual=(None, 5000))
    carrier_flow = QuantityField("sccm", "carrier flow", lowest=0, usual=(None, 10_000))
    source_temperature = QuantityField(
        "°C", "source temperature", above=-273.15, usual=(-100, 400)
    )

    objects = RecipeStepQuerySet.as_manager()

    class Meta:
        ordering = ["recipe", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipe", "position"],
                name="materials_recipestep_position_unique",
                violation_error_message="The recipe has this step already.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1),
                name="materials_recipestep_position_positive",
                violation_error_message="Steps are counted from 1.",
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.precursor}"

    @property
    def quantities(self):
        """(name, `Quantity`) of those that are reported: ("pulse", 0.1 s)."""
        return [
            (field.short_name, quantity)
            for name, field in quantity_fields(RecipeStep).items()
            if (quantity := getattr(self, name))
        ]

    def clean(self):
        """Refuse a precursor that its process, where it names all, does not feed."""
        try:
            process = self.recipe.process
        except ObjectDoesNotExist:
            return
        if self.precursor_id and not process.feeds(self.precursor):
            raise ValidationError(
                {
                    "precursor": f"The process feeds {process.chemistry}, and no "
                    f"{self.precursor.label}."
                },
                code="not_fed",
            )
