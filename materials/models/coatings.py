"""Films on substrates, and how each was characterized."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q

from asei_db.lib import deriving
from asei_db.lib.addresses import address_of
from asei_db.lib.fields import QuantityField
from asei_db.lib.plurals import number_of
from asei_db.lib.search import CodePoint, SearchTextField
from literature.models import PUBLISHED_STUDIES, UNPUBLISHED_STUDIES, Sourced
from literature.recorded import Recorded
from materials.characterization import MAX_NAME_LENGTH, parse_characterization
from materials.choices import ReviewCategory
from materials.models.growth import Growth
from materials.models.methods import CharacterizationMethod
from materials.models.processes import DepositionProcess
from materials.models.substrates import Substrate
from materials.querysets import CharacterizationUseQuerySet, CoatingQuerySet


class Coating(Sourced, Growth):
    """One film on one substrate in one piece of work: a row of a table.

    The `…_as_reported` texts are the cells as the source printed them; they may
    hold its errors, which the linked records correct and the notes name.
    """

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Public and stable: never change it."
    )
    process = models.ForeignKey(
        DepositionProcess, models.PROTECT, related_name="coatings"
    )
    substrate = models.ForeignKey(
        Substrate,
        models.PROTECT,
        related_name="coatings",
        null=True,
        blank=True,
        help_text="Empty if the source says “various”.",
    )
    material_as_reported = models.CharField(max_length=120, blank=True)
    precursors_as_reported = models.CharField(max_length=200, blank=True)
    substrate_as_reported = models.CharField(max_length=200, blank=True)
    substrate_preparation = models.CharField(
        max_length=300, blank=True, help_text="Substrate or electrode, as printed."
    )
    characterization_as_reported = models.CharField(
        "characterization",
        max_length=300,
        blank=True,
        help_text="As printed: “Cyc, EIS, FE-SEM, (S)TEM”, or “(Various)”.",
    )
    thickness = QuantityField("nm", "thickness", above=0, usual=(None, 10_000))
    deposition_cycle_count = models.PositiveIntegerField(
        "ALD/MLD cycles",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10**6)],
    )
    characterization_methods = models.ManyToManyField(
        CharacterizationMethod, through="CharacterizationUse", related_name="coatings"
    )
    review_category = models.CharField(
        max_length=30, choices=ReviewCategory, blank=True
    )
    studies = models.ManyToManyField(
        "literature.Study",
        related_name="coatings",
        blank=True,
        help_text="The primary works, where the source cites them.",
    )
    search_text = SearchTextField(
        "material_as_reported",
        "substrate_as_reported",
        "substrate_preparation",
        "technique",
        "structure",
        related=[
            "process__material",
            "process__steps__precursor",
            "substrate",
            "characterization_uses__method",
            PUBLISHED_STUDIES,
        ],
    )
    draft_search_text = SearchTextField(related=[UNPUBLISHED_STUDIES])

    objects = CoatingQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = [
            CodePoint("process__material__name_sort_key"),
            CodePoint("slug"),
            "pk",
        ]
        indexes = [
            # The coatings list, filtered by the table that a coating stands in.
            models.Index(fields=["review_category"], name="materials_coating_category"),
        ]
        constraints = [
            *Sourced.Meta.constraints,
            *Growth.Meta.constraints,
            models.CheckConstraint(
                condition=Q(review_category__in=["", *ReviewCategory.values]),
                name="materials_coating_review_category_known",
            ),
            models.CheckConstraint(
                condition=Q(deposition_cycle_count__isnull=True)
                | Q(deposition_cycle_count__gte=1),
                name="materials_coating_cycle_count_positive",
                violation_error_message="Deposition cycles are counted from 1.",
            ),
        ]

    def __str__(self):
        return self.label

    def clean(self):
        self._parse_characterization()

    def save(self, *args, **kwargs):
        """Save the row; list its methods anew from the printed cell."""
        uses = self._parse_characterization()
        with transaction.atomic(), deriving.batch():
            super().save(*args, **kwargs)
            self._list_methods(uses)

    def list_methods(self):
        """List the methods of a saved row anew; whether that changed any."""
        with transaction.atomic(), deriving.batch():
            return self._list_methods(self._parse_characterization())

    def _list_methods(self, uses):
        listed = self.characterization_uses.select_related("method")
        if [(u.method, u.as_reported, u.remark) for u in listed] == uses:
            return False  # and stay as old as they are
        listed.delete()
        CharacterizationUse.objects.bulk_create(
            CharacterizationUse(
                coating=self,
                method=method,
                as_reported=name,
                remark=remark,
                position=position,
            )
            for position, (method, name, remark) in enumerate(uses, start=1)
        )
        deriving.changed(self.characterization_uses.all())
        return True

    def _parse_characterization(self):
        methods = CharacterizationMethod.objects.all()
        try:
            return parse_characterization(self.characterization_as_reported, methods)
        except ValidationError as error:
            raise ValidationError({"characterization_as_reported": error}) from error

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return address_of("materials:coating-detail", self.slug)

    @property
    def material(self):
        return self.process.material

    @property
    def label(self):
        """ "Al2O3 on Li metal"."""
        where = self.substrate.name if self.substrate else "various substrates"
        return f"{self.process.material.name} on {where}"

    @property
    def deposition_cycles(self):
        """ "400 ALD cycles", "" if not reported."""
        if not self.deposition_cycle_count:
            return ""
        method = self.process.get_method_display() or "deposition"
        return number_of(self.deposition_cycle_count, f"{method} cycle")

    @property
    def amount(self):
        """How much was deposited: "20 nm, 400 ALD cycles", "" if not reported."""
        parts = [str(self.thickness or ""), self.deposition_cycles]
        return ", ".join(filter(None, parts))

    @property
    def distinction(self):
        """What films of one material on one substrate differ in, as far as it is
        recorded: "2 ALD cycles · Ramasamy 2019"; no query after `for_list()`."""
        studies = [study.short_label for study in self.works]
        return " · ".join(filter(None, [self.amount, *studies[:1]]))

    @property
    def title(self):
        """ "Al2O3 on NMC811 · 2 ALD cycles · Ramasamy 2019"."""
        return " · ".join(filter(None, [self.label, self.distinction]))


class CharacterizationUse(Recorded):
    """One method that was used on a coating, as its source printed it."""

    coating = models.ForeignKey(
        Coating, models.CASCADE, related_name="characterization_uses"
    )
    method = models.ForeignKey(
        CharacterizationMethod, models.PROTECT, related_name="uses"
    )
    as_reported = models.CharField(max_length=MAX_NAME_LENGTH, help_text="E.g. FE-SEM.")
    remark = models.CharField(
        max_length=300, blank=True, help_text="E.g. “initial lithiation only”."
    )
    position = models.PositiveSmallIntegerField(help_text="Place in the printed list.")

    objects = CharacterizationUseQuerySet.as_manager()

    class Meta:
        ordering = ["coating", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coating", "method", "as_reported"],
                name="materials_characterizationuse_unique",
                violation_error_message="This method is listed already.",
            ),
        ]

    def __str__(self):
        return self.as_reported
