"""How lists find materials, substrates and methods."""

from django.db import models

from asei_db.lib.findable import Through
from literature.entries import (
    Bounds,
    Code,
    Entry,
    Reference,
    ReportedBy,
    Text,
    record_of,
)
from literature.models import Study
from materials.choices import SeiRole
from materials.entries.growth import (
    MATERIALS,
    SUBSTRATES,
    CoatingEntry,
    DepositionProcessEntry,
)
from materials.models import (
    CharacterizationMethod,
    Material,
    ProcessStep,
    SeiRelation,
    Substrate,
)

_MIMICKED = SeiRelation.objects.counted().filter(role=SeiRole.MIMICS)
_CREATED = SeiRelation.objects.counted().filter(role=SeiRole.CREATES)


class MaterialEntry(Entry):
    """A published film material."""

    record = record_of(Material)
    source = Reference(Study, "source")
    name = Text("name_sort_key")
    material_class = Code("material_class")

    through = {
        "elements": Through("pk", MATERIALS, "elements"),
        "method": Through(
            "pk", DepositionProcessEntry.objects.all, "method", "material"
        ),
        "precursor": Through(
            "pk",
            lambda: ProcessStep.objects.filter(process__entry__isnull=False),
            "precursor",
            "process__entry__material",
        ),
        "substrate": Through("pk", CoatingEntry.objects.all, "substrate", "material"),
        "sei_constituent": Through(
            "pk",
            lambda: _MIMICKED.filter(constituent__gt=""),
            "constituent",
            "material",
        ),
        "creates_sei_constituent": Through(
            "pk", lambda: _CREATED.filter(constituent__gt=""), "constituent", "material"
        ),
        "mimicry": Through(
            "pk",
            lambda: SeiRelation.objects.counted().filter(mimicry__gt=""),
            "mimicry",
            "material",
        ),
        "study": ReportedBy(Material),
    }

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            # The list as usual.
            models.Index(fields=["name", "record"], name="materialentry_order"),
        ]


class SubstrateEntry(Entry):
    """A published substrate."""

    record = record_of(Substrate)
    source = Reference(Study, "source")
    name = Text("name_sort_key")
    substrate_class = Code("substrate_class")
    electrode_role = Code("electrode_role")
    host_family = Code("host_family")
    thermal_limit = Bounds("thermal_limit", sorted_by=True)

    facets = ("substrate_class", "electrode_role", "host_family")
    through = {
        "elements": Through("pk", SUBSTRATES, "elements"),
        "material": Through("pk", CoatingEntry.objects.all, "material", "substrate"),
        "study": ReportedBy(Substrate),
    }

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            # The list as usual.
            models.Index(fields=["name", "record"], name="substrateentry_order"),
        ]


class CharacterizationMethodEntry(Entry):
    """A published characterization method."""

    record = record_of(CharacterizationMethod)
    source = Reference(Study, "source")
    acronym = Text("acronym_sort_key")
    name = Text("name_sort_key")
    category = Code("category")

    through = {"study": ReportedBy(CharacterizationMethod)}

    class Meta:
        ordering = ["acronym", "pk"]
        indexes = [
            # The list as usual.
            models.Index(fields=["acronym", "record"], name="methodentry_order"),
        ]
