"""What studies conclude without a number."""

from django.db import models
from django.db.models import Q

from asei_db.lib.search import CodePoint, SearchTextField
from literature.models import PUBLISHED_STUDIES, UNPUBLISHED_STUDIES
from materials.choices import Aspect, Direction
from materials.models.subjects import OfSubject, name_one, names_one
from materials.querysets import FindingQuerySet

#: What a finding can be about; each names one of them.
SUBJECTS = ("material", "process", "coating", "substrate")


def _subject():
    return {"null": True, "blank": True, "related_name": "findings"}


class Finding(OfSubject):
    """What a study concludes of one subject, in one sentence of our own.

    The subject is a film (material, process or coating) or a bare substrate. That
    nothing changed, or that it changed for the worse, is a finding like any other.
    """

    SUBJECTS = SUBJECTS

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Public and stable: never change it."
    )
    material = models.ForeignKey("Material", models.PROTECT, **_subject())
    process = models.ForeignKey("DepositionProcess", models.PROTECT, **_subject())
    coating = models.ForeignKey("Coating", models.PROTECT, **_subject())
    substrate = models.ForeignKey(
        "Substrate", models.PROTECT, **_subject(), help_text="Uncoated."
    )
    aspect = models.CharField(max_length=30, choices=Aspect)
    direction = models.CharField(
        max_length=20,
        choices=Direction,
        help_text="“Observed” where nothing is compared.",
    )
    compared_with = models.CharField(
        max_length=120, blank=True, help_text="E.g. “bare Li”, “Al2O3 of ALD”."
    )
    statement = models.CharField(
        max_length=300, help_text="One sentence in our own words, never a quote."
    )
    studies = models.ManyToManyField(
        "literature.Study",
        related_name="findings",
        blank=True,
        help_text="The primary works, where the source cites them.",
    )
    search_text = SearchTextField(
        "statement",
        "compared_with",
        "aspect",
        "aspect_label",
        related=[
            "material",
            "process__material",
            "coating__process__material",
            "coating__substrate",
            "substrate",
            PUBLISHED_STUDIES,
        ],
    )
    draft_search_text = SearchTextField(related=[UNPUBLISHED_STUDIES])

    objects = FindingQuerySet.as_manager()

    class Meta(OfSubject.Meta):
        ordering = [CodePoint("aspect"), CodePoint("slug"), "pk"]
        constraints = [
            *OfSubject.Meta.constraints,
            models.CheckConstraint(
                condition=Q(aspect__in=Aspect.values),
                name="materials_finding_aspect_known",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values),
                name="materials_finding_direction_known",
            ),
            models.CheckConstraint(
                condition=~Q(statement=""),
                name="materials_finding_statement_given",
                violation_error_message="Say what was found.",
            ),
            models.CheckConstraint(
                condition=names_one(SUBJECTS),
                name="materials_finding_one_subject",
                violation_error_message=name_one(SUBJECTS),
            ),
        ]

    def __str__(self):
        return f"{self.aspect_label} of {self.subject}: {self.statement}"

    def natural_key(self):
        return (self.slug,)

    @property
    def said(self):
        """All but its subject, which findings of one sentence of a study share."""
        return (
            self.aspect,
            self.direction,
            self.compared_with,
            self.statement,
            self.source_id,
            self.locator,
            self.notes,
            self.disputed,
            [study.pk for study in self.works],
        )

    @property
    def sign(self):
        """ "+" for better, "−" for worse, "=" for no difference, "•" for observed."""
        return Direction(self.direction).sign

    @property
    def aspect_label(self):
        return self.get_aspect_display()
