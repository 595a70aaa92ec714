"""How lists find precursors."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from asei_db.lib.findable import Through
from literature.choices import StudyStatus
from literature.entries import (
    Code,
    Entry,
    Name,
    Number,
    Reference,
    ReportedBy,
    Several,
    Text,
    bounds,
    record_of,
)
from literature.models import Study
from literature.querysets import related
from precursors.models import Precursor, SublimationTemperature


def _listed_temperatures(records):
    """The typical source temperatures that count; where none does, all that do."""
    temperatures = "sublimation_temperatures"
    counted = {
        f"{temperatures}__source__status": StudyStatus.PUBLISHED,
        f"{temperatures}__disputed": False,
    }
    typical = SublimationTemperature.objects.counted().filter(
        precursor=OuterRef("pk"), is_typical=True
    )
    listed = Q(**{f"{temperatures}__is_typical": True}) | ~Exists(typical)
    low, high = bounds(records.model, f"{temperatures}__temperature")
    found = records.filter(listed, **counted).annotate(low=low, high=high)
    return [found.values_list("pk", "low", "high").distinct()]


def _published_steps():
    """Steps of published processes."""
    return related(Precursor, "process_steps").filter(process__entry__isnull=False)


class PrecursorEntry(Entry):
    """A published precursor."""

    record = record_of(Precursor)
    source = Reference(Study, "source")
    name = Text("name_sort_key")
    acronym = Text("acronym_sort_key")
    precursor_class = Code("precursor_class")
    physical_state = Code("physical_state")
    cas_number = Code("cas_number")
    melting_point = Number("melting_point_celsius")
    sublimation_temperature = Number(
        Precursor.objects.listed_celsius(), reads=("sublimation_temperatures__source",)
    )

    facets = ("precursor_class", "physical_state")
    spans = {
        "sublimation_temperatures": Several(
            Name.SUBLIMATION_TEMPERATURE,
            _listed_temperatures,
            ("sublimation_temperatures__source",),
        )
    }
    through = {
        "elements": Through("pk", Precursor.objects.all, "elements"),
        "material": Through(
            "pk",
            _published_steps,
            "process__material",
            "precursor",
        ),
        "study": ReportedBy(Precursor),
    }

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            # The list as usual.
            models.Index(fields=["name", "record"], name="precursorentry_order"),
        ]


ENTRIES = (PrecursorEntry,)
