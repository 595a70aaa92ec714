"""How lists find films, processes, coatings and tests: a table for each kind."""

from django.db import models
from django.db.models import F, Q

from literature.choices import StudyStatus
from literature.entries import (
    Bounds,
    Code,
    Entry,
    Name,
    Reference,
    Several,
    Text,
    Through,
    linked,
    reporters,
    spanned,
    without_works,
)
from literature.models import Study
from materials.choices import SeiRole
from materials.models import (
    Coating,
    DepositionProcess,
    Material,
    SeiRelation,
    Substrate,
)


def record_of(model):
    return models.OneToOneField(
        model, models.DO_NOTHING, primary_key=True, related_name="entry"
    )


def counted(path):
    """A condition that what the row at `path` states of itself counts."""
    return Q(**{f"{path}__source__status": StudyStatus.PUBLISHED}) & Q(
        **{f"{path}__disputed": False}
    )


def _years(records):
    """The years of the studies that reported values."""
    published = {"studies__status": StudyStatus.PUBLISHED}
    for found, path in (
        (records.filter(**published), "studies__year"),
        (without_works(records), "source__year"),
    ):
        years = found.filter(**{f"{path}__isnull": False})
        yield (
            years.annotate(low=F(path), high=F(path))
            .values_list("pk", "low", "high")
            .distinct()
        )


_STATES_NONE = Q(deposition_temperature_as_reported="")


class CoatingEntry(Entry):
    """A published coating."""

    record = record_of(Coating)
    process = Reference(DepositionProcess, "process")
    material = Reference(Material, "process__material")
    substrate = Reference(Substrate, "substrate")
    source = Reference(Study, "source")
    material_name = Text("process__material__name_sort_key")
    substrate_name = Text("substrate__name_sort_key")
    slug = Code("slug")
    method = Code("process__method")
    material_class = Code("process__material__material_class")
    substrate_class = Code("substrate__substrate_class")
    electrode_role = Code("substrate__electrode_role")
    host_family = Code("substrate__host_family")
    review_category = Code("review_category")
    activation = Code("activation")
    reactor = Code("reactor")
    deposited_on = Code("deposited_on")
    crystallinity = Code("crystallinity")
    thickness = Bounds("thickness", sorted_by=True)
    anneal_temperature = Bounds("anneal_temperature")

    tags = {
        "study": reporters(),
        "precursor": linked(Name.PRECURSOR, "process__steps__precursor"),
        "characterization_method": linked(
            Name.CHARACTERIZATION_METHOD, "characterization_uses__method"
        ),
    }
    spans = {
        "year": Several(Name.YEAR, _years, ("source", "studies")),
        "deposition_temperature": spanned(
            Name.DEPOSITION_TEMPERATURE,
            ("deposition_temperature", Q()),
            (
                "process__deposition_temperature",
                _STATES_NONE & counted("process"),
            ),
            (
                "process__recipes__deposition_temperature",
                _STATES_NONE & counted("process__recipes"),
            ),
        ),
    }
    through = {
        "elements": Through("material", Material.objects.all(), "elements"),
        "sei_constituent": Through(
            "material",
            SeiRelation.objects.counted().filter(role=SeiRole.MIMICS),
            "constituent",
            "material",
        ),
    }

    class Meta:
        ordering = ["material_name", "slug", "pk"]
        indexes = [
            # The list as usual.
            models.Index(
                fields=["material_name", "slug", "record"],
                name="materials_coatingentry_order",
            ),
        ]


ENTRIES = (CoatingEntry,)
