"""Which films, processes, coatings and tests are listed, and with what."""

from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.db.models.functions import Coalesce

from asei_db.lib import deriving
from literature.choices import StudyStatus
from literature.models import published_studies
from literature.querysets import (
    SharedQuerySet,
    SourcedQuerySet,
    related,
)
from materials.choices import Property

#: Of what one record is linked with, so many are given with it: processes of a
#: material; recipes, and coatings and measurements that report values, of a process.
MOST_LISTED = 100


class MaterialQuerySet(SharedQuerySet):
    list_view = "materials:material-list"
    used_by = ("processes", "measurements", "findings", "sei_relations")
    cited_by = ("processes", "measurements", "findings", "sei_relations")
    about = (
        "processes",
        "processes__coatings",
        "processes__coatings__cycling_tests",
        "processes__coatings__measurements",
        "processes__coatings__findings",
        "processes__measurements",
        "processes__recipes",
        "processes__findings",
        "measurements",
        "findings",
        "sei_relations",
    )

    def for_list(self):
        """Materials with elements, relations to an SEI, and `first_processes`.

        These are the first `MOST_LISTED` of its published processes.
        """
        processes = related(self.model, "processes").published().with_steps()
        processes = processes.select_related("source")[:MOST_LISTED]
        relations = related(self.model, "sei_relations").published().for_list()
        return self.select_related("source").prefetch_related(
            "elements",
            Prefetch("processes", processes, to_attr="first_processes"),
            Prefetch("sei_relations", relations),
        )

    def for_page(self):
        """Materials with elements; `give_processes` gives them the rest."""
        return self.select_related("source").prefetch_related("elements")


class SeiRelationQuerySet(SourcedQuerySet):
    search_columns = ("material__search_text",)

    def get_by_natural_key(self, material, role, constituent, source):
        return self.get(
            material__slug=material,
            role=role,
            constituent=constituent,
            source__slug=source,
        )

    def joined(self):
        """Relations with film."""
        return self.select_related("material")

    def for_list(self):
        """Relations with film, source and primary studies."""
        return (
            self.joined().select_related("source").prefetch_related(published_studies())
        )


class SubstrateQuerySet(SharedQuerySet):
    list_view = "materials:substrate-list"
    used_by = ("coatings", "cycling_tests", "measurements", "findings")
    cited_by = ("coatings", "cycling_tests", "measurements", "findings")
    about = (
        "coatings",
        "coatings__cycling_tests",
        "coatings__measurements",
        "coatings__findings",
        "cycling_tests",
        "measurements",
        "findings",
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
    list_view = "materials:process-list"
    primary_works = "studies"
    used_by = ("coatings", "measurements", "findings", "recipes")
    about = (
        "coatings",
        "coatings__cycling_tests",
        "coatings__measurements",
        "coatings__findings",
        "measurements",
        "recipes",
        "findings",
    )
    draft_search_columns = ("draft_search_text",)

    def with_steps(self):
        """Processes with their precursors in order."""
        steps = related(self.model, "steps").with_precursors()
        return self.prefetch_related(Prefetch("steps", steps))

    def with_reported(self):
        """Processes with all that `ReportedValue`s of theirs come from.

        Each has, published and with their studies: `published_recipes`;
        `growth_measurements`; `reporting_coatings`, those that state a deposition
        temperature or have `growth_measurements` of their own. Of each the first
        `MOST_LISTED`.
        """
        growth = related(self.model, "measurements").of_growth()
        measured = Prefetch(
            "measurements",
            growth.with_studies()[:MOST_LISTED],
            to_attr="growth_measurements",
        )
        coatings, recipes = (
            related(self.model, name).published().with_studies()
            for name in ("coatings", "recipes")
        )
        coatings = coatings.filter(
            ~Q(deposition_temperature_as_reported="")
            | Q(pk__in=growth.order_by().values("coating"))
        ).prefetch_related(measured)
        recipes = recipes.by_study()[:MOST_LISTED]
        return self.select_related("source").prefetch_related(
            measured,
            Prefetch("recipes", recipes, to_attr="published_recipes"),
            Prefetch("coatings", coatings[:MOST_LISTED], to_attr="reporting_coatings"),
        )

    def with_recipe_steps(self):
        """Processes of `for_list()` with the steps of their recipes."""
        steps = related(related(self.model, "recipes").model, "steps")
        return self.prefetch_related(
            Prefetch("published_recipes__steps", steps.with_precursors())
        )

    def with_needs(self):
        """Processes with material and steps; they and the precursors `listed_needs`."""
        needs = related(self.model, "needs").order_by("position")
        return (
            self.select_related("material", "source")
            .with_steps()
            .prefetch_related(
                Prefetch("needs", needs, to_attr="listed_needs"),
                Prefetch("steps__precursor__needs", needs, to_attr="listed_needs"),
            )
        )

    def joined(self):
        """Processes with material."""
        return self.select_related("material")

    def for_page(self):
        """Processes with material and steps; `gather` gives them the rest."""
        return self.joined().with_steps()

    def for_list(self):
        """Processes with material, steps, reported values and primary studies."""
        return (
            self.joined()
            .with_steps()
            .with_reported()
            .prefetch_related(published_studies())
        )


class ProcessStepQuerySet(models.QuerySet):
    @property
    def published_reads(self):
        reads = related(self.model, "process").all().published_reads
        return tuple(f"process__{read}" for read in reads)

    def published(self):
        """Steps of published processes."""
        return self.filter(process__in=related(self.model, "process").published())

    def with_precursors(self):
        """Steps with what they feed."""
        return self.select_related("precursor").defer("precursor__structure_svg")


class RecipeQuerySet(SourcedQuerySet):
    list_view = "api:recipe-list"
    spreads = ("deposition_temperature",)
    draft_search_columns = ("draft_search_text",)

    def by_study(self):
        """Recipes study by study, the coldest first."""
        coldest = F("deposition_temperature_min_celsius").asc(nulls_last=True)
        return self.order_by("source_id", coldest, "pk")

    def with_steps(self):
        """Recipes with their steps and the precursors of these."""
        steps = related(self.model, "steps").with_precursors()
        return self.prefetch_related(Prefetch("steps", steps))

    def as_run(self):
        """Published recipes with process, by which a film was grown."""
        return self.published().select_related("process__material")

    def joined(self):
        """Recipes with process."""
        return self.select_related("process__material")

    def for_list(self):
        """Recipes with process, steps, source and primary studies."""
        return (
            self.joined()
            .select_related("source")
            .with_steps()
            .prefetch_related("process__steps__precursor", published_studies())
        )


class RecipeStepQuerySet(models.QuerySet):
    list_view = None
    spreads = ()
    published_reads = ("recipe__source",)

    def published(self):
        """Steps of published recipes."""
        return self.filter(recipe__in=related(self.model, "recipe").published())

    def with_precursors(self):
        """Steps with what they feed."""
        return self.select_related("precursor").defer("precursor__structure_svg")

    def joined(self):
        """Steps with their recipes."""
        return self.select_related("recipe__process__material")


class CoatingQuerySet(SourcedQuerySet):
    list_view = "materials:coating-list"
    spreads = ("thickness", "deposition_temperature")
    draft_search_columns = ("draft_search_text",)

    def joined(self):
        """Coatings with process and substrate."""
        return self.select_related("process__material", "substrate")

    def for_list(self):
        """Coatings with all that a table row or an API item shows."""
        return (
            self.joined()
            .select_related("source")
            .prefetch_related(
                "process__steps__precursor",
                "characterization_uses__method",
                published_studies(),
            )
        )


def _coating_is_published():
    """A condition on rows that may belong to a coating."""
    return Q(coating=None) | Q(coating__source__status=StudyStatus.PUBLISHED)


class CharacterizationUseQuerySet(models.QuerySet):
    published_reads = ("coating__source",)

    def published(self):
        """Uses on coatings whose source is published."""
        return self.filter(coating__in=related(self.model, "coating").published())

    def with_methods(self):
        """Uses with their methods."""
        return self.select_related("method")


class _OfFilmsQuerySet(SourcedQuerySet):
    """What is said of a material, a process or a coating."""

    draft_search_columns = ("draft_search_text",)
    published_reads = ("source", "coating__source")

    def published(self):
        """Rows whose source and, if any, coating are published."""
        return super().published().filter(_coating_is_published())

    def of_process(self, processes):
        """Rows about any of some processes or about a coating that they grew."""
        return self._of_any(
            {"process__in": processes}, {"coating__process__in": processes}
        )

    def of_material(self, materials):
        """Rows about any of some materials, about their processes and coatings."""
        return self._of_any(
            {"material__in": materials},
            {"process__material__in": materials},
            {"coating__process__material__in": materials},
        )

    def _of_any(self, *conditions):
        """Rows that meet any of some conditions, each of which an index finds."""
        rows = self.model._base_manager.order_by()
        first, *others = (rows.filter(**one).values("pk") for one in conditions)
        return self.filter(pk__in=first.union(*others, all=True))


class PropertyMeasurementQuerySet(_OfFilmsQuerySet):
    list_view = "materials:measurement-list"

    def counted(self):
        """Published measurements that nobody disputes."""
        return self.published().filter(disputed=False)

    def of_growth(self):
        """Growths per cycle that count."""
        return self.counted().filter(property=Property.GROWTH_PER_CYCLE)

    def count_by_property(self):
        """The number of measurements by property, e.g. {"film_thickness": 3}."""
        counts = self.order_by().values_list("property").annotate(Count("pk"))
        return dict(counts)

    def as_control(self):
        """Published measurements with substrate, as the controls of others."""
        return self.published().select_related("substrate")

    def joined(self):
        """Measurements with subject, control and recipe.

        Of these two, those that are published.
        """
        controls = self.model.objects.as_control()
        recipes = related(self.model, "recipe").as_run()
        return self.select_related(
            "material",
            "process__material",
            "coating__process__material",
            "coating__substrate",
            "substrate",
            "precursor",
            "element",
        ).prefetch_related(
            Prefetch("control", controls),
            Prefetch("recipe", recipes),
        )

    def for_list(self):
        """Measurements with subject, source, primary studies; control and recipe."""
        return (
            self.joined()
            .select_related("source")
            .prefetch_related(
                "process__steps__precursor",
                "coating__process__steps__precursor",
                published_studies(),
            )
        )


class FindingQuerySet(_OfFilmsQuerySet):
    list_view = "materials:finding-list"

    def joined(self):
        """Findings with subject."""
        return self.select_related(
            "material",
            "process__material",
            "coating__process__material",
            "coating__substrate",
            "substrate",
        )

    def for_list(self):
        """Findings with subject, its material's class, source, primary studies."""
        return (
            self.joined()
            .annotate(
                film_class=Coalesce(
                    "material__material_class",
                    "process__material__material_class",
                    "coating__process__material__material_class",
                )
            )
            .select_related("source")
            .prefetch_related(
                "process__steps__precursor",
                "coating__process__steps__precursor",
                published_studies(),
            )
        )


class CyclingTestQuerySet(SourcedQuerySet):
    list_view = "materials:cycling-list"
    spreads = ("c_rate", "current_density_ma_per_cm2")
    primary_works = "study"
    published_reads = ("source", "coating__source", "study")

    def published(self):
        """Tests whose source, own study and, if any, coating are published."""
        return (
            super()
            .published()
            .filter(_coating_is_published(), study__status=StudyStatus.PUBLISHED)
        )

    def as_control(self):
        """Published tests with electrode, as the controls of others."""
        return self.published().select_related("electrode")

    def joined(self):
        """Tests with coating, electrode, gains and published control."""
        controls = self.model.objects.as_control()
        gains = related(self.model, "gains").headlines()
        return self.select_related(
            "coating__process__material", "coating__substrate", "electrode"
        ).prefetch_related(
            Prefetch("control", controls),
            Prefetch("gains", gains, to_attr="headline_gains"),
        )

    def for_list(self):
        """Tests with coating, electrode, points, gains, study and published control."""
        return (
            self.joined()
            .select_related("source")
            .prefetch_related(
                "coating__process__steps__precursor",
                published_studies("study"),
                "points",
            )
        )


class _DerivedQuerySet(models.QuerySet):
    def _fetch_all(self):
        # Where it was made long before, as for `prefetch_related`.
        if self._result_cache is None:
            deriving.flush()
        super()._fetch_all()


class _DerivedManager(models.Manager.from_queryset(_DerivedQuerySet)):
    """Rows as they follow from what is stored now."""

    def get_queryset(self):
        deriving.flush()
        return super().get_queryset()


class GainQuerySet(_DerivedQuerySet):
    #: Lookups from a test to what its gains are made of.
    made_of = (
        *CyclingTestQuerySet.published_reads,
        "points",
        "electrode",
        "coating",
        *(f"control__{read}" for read in CyclingTestQuerySet.published_reads),
        "control__points",
        "control__electrode",
    )

    def headlines(self):
        """Of each test and kind the gain that is shown, or what is missing for any."""
        return self.filter(is_headline=True)

    def ranked(self):
        """The gains that are shown, of undisputed coatings in like conditions."""
        return self.headlines().filter(is_ranked=True)


class GainManager(_DerivedManager.from_queryset(GainQuerySet)):
    """Gains of published tests."""


class NeedManager(_DerivedManager):
    """Needs that count."""


class ProcessNeedsManager(_DerivedManager):
    """Needs of published processes."""
