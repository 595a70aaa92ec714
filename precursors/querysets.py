"""Which elements, precursors and source temperatures are listed, and with what."""

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from literature.models import published_studies
from literature.querysets import SharedQuerySet, SourcedQuerySet, related


class ElementQuerySet(models.QuerySet):
    published_reads = ()

    def get_by_natural_key(self, symbol):
        return self.get(symbol=symbol)

    def published(self):
        """All elements: the periodic table is no study's finding."""
        return self.all()


class PrecursorQuerySet(SharedQuerySet):
    list_view = "precursors:precursor-list"
    used_by = (
        "sublimation_temperatures",
        "process_steps",
        "recipe_steps",
        "measurements",
    )
    cited_by = ("sublimation_temperatures", "processes", "measurements")
    about = (
        "sublimation_temperatures",
        "processes",
        "processes__coatings",
        "processes__coatings__cycling_tests",
        "processes__coatings__measurements",
        "processes__measurements",
        "processes__recipes",
        "measurements",
    )

    def listed_celsius(self):
        """The lowest source temperature that counts for lists, NULL where unknown."""
        listed = (
            self._temperatures()
            .listed()
            .filter(precursor=OuterRef("pk"))
            .annotate(
                value=Coalesce("temperature_min_celsius", "temperature_max_celsius")
            )
            .order_by("value", "pk")
        )
        return Subquery(listed.values("value")[:1])

    def for_list(self):
        """Precursors with elements and all published source temperatures."""
        return self.select_related("source").prefetch_related(
            "elements",
            Prefetch("sublimation_temperatures", self._temperatures().for_list()),
        )

    def _temperatures(self):
        return related(self.model, "sublimation_temperatures").published()


class SublimationTemperatureQuerySet(SourcedQuerySet):
    search_columns = ("precursor__search_text",)

    def get_by_natural_key(self, precursor, source, locator, as_reported):
        return self.get(
            precursor__slug=precursor,
            source__slug=source,
            locator=locator,
            temperature_as_reported=as_reported,
        )

    def listed(self):
        """What counts: the typical one of each precursor; where none is, all others."""
        typical = self.model.objects.counted().filter(is_typical=True)
        return self.counted().filter(
            Q(is_typical=True) | ~Q(precursor__in=typical.values("precursor"))
        )

    def joined(self):
        """Source temperatures with precursor, the typical first."""
        return self.select_related("precursor").order_by("-is_typical", "pk")

    def for_list(self):
        """Source temperatures, the typical first, with source and studies."""
        return (
            self.joined().select_related("source").prefetch_related(published_studies())
        )
