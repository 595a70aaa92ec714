"""How films relate to the interphases that form by themselves."""

from django.db import models
from django.db.models import Q

from literature.models import Sourced
from materials.choices import Mimicry, SeiConstituent, SeiLayer, SeiRole
from materials.querysets import SeiRelationQuerySet


class SeiRelation(Sourced):
    """What one study says that a film is to a natural SEI, or to a constituent."""

    PLACES = Sourced.PLACES | {"mimicry_of_what_mimics": "mimicry"}

    material = models.ForeignKey(
        "Material", models.CASCADE, related_name="sei_relations"
    )
    role = models.CharField(max_length=20, choices=SeiRole, default=SeiRole.MIMICS)
    constituent = models.CharField(
        max_length=40,
        choices=SeiConstituent,
        blank=True,
        help_text="Empty: the natural SEI as a whole.",
    )
    mimicry = models.CharField(
        "degree of mimicry",
        max_length=20,
        choices=Mimicry,
        blank=True,
        help_text="Only of what mimics, and where the source says it.",
    )
    studies = models.ManyToManyField(
        "literature.Study",
        related_name="sei_relations",
        blank=True,
        help_text="The primary works, where the source cites them.",
    )

    objects = SeiRelationQuerySet.as_manager()

    class Meta(Sourced.Meta):
        verbose_name = "relation to a natural SEI"
        verbose_name_plural = "relations to natural SEIs"
        # What it mimics comes first, and there the whole.
        ordering = ["material", "-role", "constituent", "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["material", "role", "constituent", "source"],
                name="materials_seirelation_unique",
                violation_error_message="The source says this of the film already.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=SeiRole.values),
                name="materials_seirelation_role_known",
            ),
            models.CheckConstraint(
                condition=Q(constituent__in=["", *SeiConstituent.values]),
                name="materials_seirelation_constituent_known",
            ),
            models.CheckConstraint(
                condition=Q(mimicry="")
                | Q(mimicry__in=Mimicry.values, role=SeiRole.MIMICS),
                name="materials_seirelation_mimicry_of_what_mimics",
                violation_error_message="Only what mimics has a degree of mimicry.",
            ),
        ]

    def __str__(self):
        what = self.get_constituent_display() or "a natural SEI"
        return f"{self.material}: {self.get_role_display().lower()} {what}"

    def natural_key(self):
        return (self.material.slug, self.role, self.constituent, self.source.slug)

    @property
    def layer(self):
        """The layer in which the constituent stands; "" if not known."""
        if not self.constituent:
            return ""
        return SeiConstituent(self.constituent).layer or ""

    def get_layer_display(self):
        return SeiLayer(self.layer).label if self.layer else ""
