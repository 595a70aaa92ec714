"""Which films, processes, coatings and tests are listed, and with what."""

from django.db import models
from django.db.models import Count, Prefetch, Q

from literature.choices import StudyStatus
from literature.models import published_studies
from literature.querysets import SharedQuerySet, SourcedQuerySet
from materials.choices import Property


class MaterialQuerySet(SharedQuerySet):
    used_by = ("processes", "measurements")
    cited_by = ("processes", "measurements")
    about = (
        "processes",
        "processes__coatings",
        "processes__coatings__cycling_tests",
        "processes__coatings__measurements",
        "processes__measurements",
        "measurements",
    )

    def for_list(self):
        """Materials with their elements and published processes."""
        processes = self.model.processes.rel.related_model.objects
        return self.select_related("source").prefetch_related(
            "elements",
            Prefetch("processes", processes.published().with_steps()),
        )


class SubstrateQuerySet(SharedQuerySet):
    used_by = ("coatings", "cycling_tests", "measurements")
    cited_by = ("coatings", "cycling_tests", "measurements")
    about = (
        "coatings",
        "coatings__cycling_tests",
        "coatings__measurements",
        "cycling_tests",
        "measurements",
    )

    def for_list(self):
        """Substrates with their elements."""
        return self.select_related("source").prefetch_related("elements")


class CharacterizationMethodQuerySet(SharedQuerySet):
    used_by = ("uses",)
    cited_by = ("coatings",)
    about = ("coatings",)

    def for_list(self):
        """Characterization methods with their source."""
        return self.select_related("source")


class DepositionProcessQuerySet(SharedQuerySet):
    primary_works = "studies"
    used_by = ("coatings", "measurements")
    about = (
        "coatings",
        "coatings__cycling_tests",
        "coatings__measurements",
        "measurements",
    )
    search_columns = (
        "material__search_text",
        "steps__precursor__search_text",
        "studies__search_text",
    )

    def with_steps(self):
        """Processes with their precursors in order."""
        return self.prefetch_related("steps__precursor")

    def for_list(self):
        """Processes with material, steps, measured growth and primary studies."""
        measurements = self.model.measurements.rel.related_model.objects
        return (
            self.select_related("material", "source")
            .with_steps()
            .prefetch_related(
                published_studies(),
                Prefetch(
                    "measurements",
                    measurements.of_growth().select_related("source"),
                    to_attr="growth_measurements",
                ),
            )
        )


class ProcessStepQuerySet(models.QuerySet):
    def published(self):
        """Steps of published processes."""
        processes = self.model.process.field.related_model.objects.published()
        return self.filter(process__in=processes)


class CoatingQuerySet(SourcedQuerySet):
    search_columns = (
        "search_text",
        "process__material__search_text",
        "process__steps__precursor__search_text",
        "substrate__search_text",
        "characterization_uses__method__search_text",
        "studies__search_text",
    )

    def for_list(self):
        """Coatings with all that a table row or an API item shows."""
        return self.select_related(
            "process__material", "substrate", "source"
        ).prefetch_related(
            "process__steps__precursor",
            "characterization_uses__method",
            published_studies(),
        )


def _coating_is_published():
    """A condition on rows that may belong to a coating."""
    return Q(coating=None) | Q(coating__source__status=StudyStatus.PUBLISHED)


class CharacterizationUseQuerySet(models.QuerySet):
    def published(self):
        """Uses on coatings whose source is published."""
        coatings = self.model.coating.field.related_model.objects.published()
        return self.filter(coating__in=coatings)


class PropertyMeasurementQuerySet(SourcedQuerySet):
    search_columns = (
        "property",  # its words: "ionic_conductivity"
        "material__search_text",
        "process__material__search_text",
        "coating__process__material__search_text",
        "coating__substrate__search_text",
        "substrate__search_text",
        "precursor__search_text",
        "studies__search_text",
    )

    def published(self):
        """Measurements whose source and, if any, coating are published."""
        return super().published().filter(_coating_is_published())

    def of_growth(self):
        """Published, undisputed deposition temperatures and growths per cycle."""
        growth = (Property.DEPOSITION_TEMPERATURE, Property.GROWTH_PER_CYCLE)
        return self.published().filter(property__in=growth, disputed=False)

    def count_by_property(self):
        """The number of measurements by property, e.g. {"film_thickness": 3}."""
        counts = self.order_by().values_list("property").annotate(Count("pk"))
        return dict(counts)

    def for_list(self):
        """Measurements with subject, published control, source, primary studies."""
        controls = self.model.objects.published().select_related("substrate")
        return self.select_related(
            "material",
            "process__material",
            "coating__process__material",
            "coating__substrate",
            "substrate",
            "precursor",
            "source",
        ).prefetch_related(
            "process__steps__precursor",
            "coating__process__steps__precursor",
            Prefetch("control", controls),
            published_studies(),
        )


class CyclingTestQuerySet(SourcedQuerySet):
    primary_works = "study"
    search_columns = (
        "coating__process__material__search_text",
        "electrode__search_text",
        "electrolyte",
        "study__search_text",
    )

    def published(self):
        """Tests whose source, own study and, if any, coating are published."""
        return (
            super()
            .published()
            .filter(_coating_is_published(), study__status=StudyStatus.PUBLISHED)
        )

    def with_control(self):
        """Tests with all that `uplift` needs: points, and the published control's."""
        controls = self.model.objects.published().select_related("electrode")
        return self.select_related(
            "coating__process__material", "coating__substrate", "electrode"
        ).prefetch_related(
            "points", Prefetch("control", controls.prefetch_related("points"))
        )

    def for_list(self):
        """Tests with coating, electrode, points, study and published control."""
        return (
            self.with_control()
            .select_related("source")
            .prefetch_related(
                "coating__process__steps__precursor", published_studies("study")
            )
        )
