"""What processes need of a laboratory, as it follows from what is published."""

from collections import defaultdict
from functools import cache, cached_property

from django.apps import apps
from django.db import models
from django.db.models import Q

from asei_db.lib.findable import Findable, Through
from asei_db.lib.loading import Loader
from asei_db.lib.quantities import Quantity
from asei_db.lib.search import CodePointField
from literature.choices import Reading
from materials.models.processes import DepositionProcess, Material, ProcessStep
from materials.querysets import NeedManager, ProcessNeedsManager
from precursors.models import Precursor


class Evidence(models.TextChoices):
    """In which kind of record a needed temperature stands."""

    SUBLIMATION_TEMPERATURE = "precursors.SublimationTemperature"
    PROCESS = "materials.DepositionProcess"
    RECIPE = "materials.Recipe"
    COATING = "materials.Coating"
    MEASUREMENT = "materials.PropertyMeasurement"


class Need(models.Model):
    """One temperature (°C) that a precursor's source or a process's substrate needs.

    Derived by `materials.analysis.planner` of what counts, and never edited; of values
    that say the same, the first.

    * `position`: in the order in which the planner takes them, from 0
    * `is_typical`: whether it is the one called typical, or stated of the process
    * `evidence`, `evidence_key`: the record that holds it
    """

    precursor = models.ForeignKey(
        Precursor, models.CASCADE, related_name="needs", null=True, db_index=False
    )
    process = models.ForeignKey(
        DepositionProcess,
        models.CASCADE,
        related_name="needs",
        null=True,
        db_index=False,
    )
    position = models.PositiveIntegerField()
    is_typical = models.BooleanField()
    as_reported = models.CharField(max_length=100)
    min_celsius = models.FloatField(null=True)
    max_celsius = models.FloatField(null=True)
    qualifier = models.CharField(max_length=1)
    reading = models.CharField(max_length=10, choices=Reading)
    evidence = models.CharField(max_length=50, choices=Evidence)
    evidence_key = models.BigIntegerField()

    objects = NeedManager()

    class Meta:
        ordering = ["precursor", "process", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["precursor", "position"], name="materials_need_of_precursor"
            ),
            models.UniqueConstraint(
                fields=["process", "position"], name="materials_need_of_process"
            ),
            models.CheckConstraint(
                condition=Q(precursor__isnull=True) ^ Q(process__isnull=True),
                name="materials_need_of_one",
            ),
        ]

    def __str__(self):
        return str(self.quantity)

    @cached_property
    def record(self):
        """The record that holds it, with its studies; `load_records` gets many."""
        return _records(self.evidence).get(pk=self.evidence_key)

    @cached_property
    def quantity(self):
        return Quantity(
            self.min_celsius, self.max_celsius, self.qualifier, self.as_reported, "°C"
        )


def load_records(needs):
    """Get the records of some needs, to be cited, in a query for each kind of record.

    Gives these records.
    """
    by_kind = defaultdict(list)
    for need in needs:
        by_kind[need.evidence].append(need)
    for evidence, some in by_kind.items():
        loaded = _loader(evidence)({need.evidence_key for need in some})
        found = {record.pk: record for record in loaded}
        for need in some:
            need.record = found[need.evidence_key]
    return [need.record for need in needs]


def _records(evidence):
    return apps.get_model(evidence).objects.with_studies()


@cache
def _loader(evidence):
    return Loader(apps.get_model(evidence).objects.all())


class _Bounds(models.Model):
    """Against which limits of a source (°C) something gets which verdict.

    It is feasible from a limit of `source_feasible_celsius` on; marginal at least where
    limit and margin reach `source_possible_celsius`; not feasible where they do not
    reach `source_unknown_celsius`. What never is so has infinity.
    """

    source_feasible_celsius = models.FloatField()
    source_possible_celsius = models.FloatField()
    source_unknown_celsius = models.FloatField()

    class Meta:
        abstract = True


class PrecursorNeeds(_Bounds):
    """What the source of a precursor needs: the sum of its `Need`s.

    Derived by `materials.analysis.planner`, and never edited.
    """

    precursor = models.OneToOneField(
        Precursor, models.CASCADE, primary_key=True, related_name="summed_needs"
    )

    def __str__(self):
        return str(self.precursor)


class ProcessNeeds(Findable, _Bounds):
    """What a published process needs: its verdict against any limits follows from it.

    Derived by `materials.analysis.planner`, and never edited. Sources are those of the
    required steps; what holds of their bounds, see `PrecursorNeeds`, holds of those of
    the substrate, `deposition_…`.

    * `deposition_about_celsius`: as `deposition_feasible_celsius`, where the limit is
      approximate
    * `material_name`: as materials are sorted
    """

    process = models.OneToOneField(
        DepositionProcess,
        models.CASCADE,
        primary_key=True,
        related_name="summed_needs",
    )
    material = models.ForeignKey(
        Material, models.CASCADE, related_name="needs_of_processes"
    )
    material_name = CodePointField()
    is_chemistry_known = models.BooleanField()
    has_required_steps = models.BooleanField()
    deposition_feasible_celsius = models.FloatField()
    deposition_about_celsius = models.FloatField()
    deposition_possible_celsius = models.FloatField()
    deposition_unknown_celsius = models.FloatField()

    through = {
        "required_precursor": Through(
            "process",
            lambda: ProcessStep.objects.filter(is_optional=False),
            "precursor",
            "process",
        ),
        "elements": Through("material", Material.objects.all, "elements"),
        "material_class": Through("material", Material.objects.all, "material_class"),
    }

    objects = ProcessNeedsManager()

    class Meta:
        ordering = ["material_name", "pk"]
        indexes = [
            # The first processes of a verdict, in order.
            models.Index(
                fields=["material_name", "process"], name="materials_processneeds_order"
            ),
        ]

    def __str__(self):
        return str(self.process)
