"""What coatings changed in cycling, as it follows from the points of the tests."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from materials.choices import ComparabilityVerdict, GainKind, Missing
from materials.models.coatings import Coating
from materials.models.cycling import CyclingTest
from materials.querysets import GainManager


class Gain(models.Model):
    """What a coated test reached beside its control: one quantity at one cycle.

    Derived by `materials.analysis.gains` of each published test of a coating, and never
    edited. A test of which nothing can be said has one row without a kind, which says
    what is `missing`.

    * `kind`: of `life`, the values are cycles
    * `cycle_number`, `first_cycle`: where; averages have both; neither where the tests
      do not say, and of `life`
    * `is_headline`: whether it is the one that is shown of its kind
    * `coated_…`, `bare_…`: the values, in the unit of the quantity
    * `change_…`: coated − bare in percentage points, or coated / bare without unit
    * `ratio_…`: coated / bare, of what is given in percent too; empty beside a bare 0
    * `is_ranked`: whether rankings and maps may take it: no reported condition differs,
      and nobody disputes the coating
    """

    test = models.ForeignKey(
        CyclingTest, models.CASCADE, related_name="gains", db_index=False
    )
    coating = models.ForeignKey(Coating, models.CASCADE, related_name="gains")
    kind = models.CharField(max_length=30, choices=GainKind, blank=True)
    cycle_number = models.PositiveIntegerField(null=True)
    first_cycle = models.PositiveIntegerField(null=True)
    is_headline = models.BooleanField()
    coated_min = models.FloatField(null=True)
    coated_max = models.FloatField(null=True)
    coated_qualifier = models.CharField(max_length=1, blank=True)
    coated_is_interpolated = models.BooleanField()
    bare_min = models.FloatField(null=True)
    bare_max = models.FloatField(null=True)
    bare_qualifier = models.CharField(max_length=1, blank=True)
    bare_is_interpolated = models.BooleanField()
    change_min = models.FloatField(null=True)
    change_max = models.FloatField(null=True)
    change_qualifier = models.CharField(max_length=1, blank=True)
    change_unit = models.CharField(max_length=20, blank=True)
    ratio_min = models.FloatField(null=True)
    ratio_max = models.FloatField(null=True)
    ratio_qualifier = models.CharField(max_length=1, blank=True)
    comparability = models.CharField(
        max_length=20, choices=ComparabilityVerdict, blank=True
    )
    is_ranked = models.BooleanField()
    missing = models.CharField(max_length=20, choices=Missing, blank=True)

    objects = GainManager()

    class Meta:
        ordering = ["test", "pk"]
        indexes = [
            # The best gain of each cell of the coverage map, from the index alone.
            models.Index(
                fields=["kind", "coating", "change_min"],
                condition=Q(is_headline=True, is_ranked=True),
                name="materials_gain_best",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "test",
                "kind",
                Coalesce("cycle_number", 0),
                Coalesce("first_cycle", 0),
                name="materials_gain_unique",
            ),
            models.UniqueConstraint(
                fields=["test", "kind"],
                condition=Q(is_headline=True),
                name="materials_gain_one_headline",
            ),
            models.CheckConstraint(
                condition=Q(kind="", missing__in=Missing.values)
                | Q(kind__in=GainKind.values, missing=""),
                name="materials_gain_known_or_missing",
            ),
            models.CheckConstraint(
                condition=Q(comparability__in=["", *ComparabilityVerdict.values]),
                name="materials_gain_comparability_known",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display() or self.get_missing_display()}"
