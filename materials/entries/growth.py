"""How lists find processes, recipes and coatings."""

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Least

from asei_db.lib.findable import Through
from literature.choices import StudyStatus
from literature.entries import (
    Bounds,
    Code,
    Entry,
    Name,
    Number,
    Reference,
    ReportedBy,
    Several,
    Text,
    linked,
    record_of,
    reporters,
    spanned,
    without_works,
    worded,
)
from literature.models import Study
from materials.choices import Property, SeiRole
from materials.models import (
    Coating,
    DepositionProcess,
    Material,
    ProcessStep,
    PropertyMeasurement,
    Recipe,
    SeiRelation,
    Substrate,
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


#: The words that say how a film was grown.
GROWN = ("activation", "reactor", "deposited_on", "crystallinity")
PROCESSES = DepositionProcess.objects.all
STEPS = ProcessStep.objects.all
MATERIALS = Material.objects.all
SUBSTRATES = Substrate.objects.all
_STATES_NONE = Q(deposition_temperature_as_reported="")


#: Of which rows what a process states or is reported of it counts, by their path.
_RUNS = ("recipes", "coatings")
_MEASURED = ("measurements", "coatings__measurements")


def _own():
    return Q(source__status=StudyStatus.PUBLISHED, disputed=False)


def _growth(path):
    """A condition that the measurement at `path` is a growth per cycle that counts."""
    of_coating = f"{path}__coating"
    return (
        counted(path)
        & Q(**{f"{path}__property": Property.GROWTH_PER_CYCLE})
        & (
            Q(**{f"{of_coating}__isnull": True})
            | Q(**{f"{of_coating}__source__status": StudyStatus.PUBLISHED})
        )
    )


def _lowest(of_property, *others):
    """The stated value of a process, else the lowest of others; NULL without any.

    `others` are rows that count, by the path to their process and the name of their
    quantity.
    """
    columns = getattr(DepositionProcess, of_property).columns
    stated = Coalesce(columns.minimum, columns.maximum)
    one, other = (
        Subquery(
            rows.filter(**{path: OuterRef("pk")})
            .annotate(number=Coalesce(*getattr(rows.model, quantity).columns[1:3]))
            .filter(number__isnull=False)
            .order_by("number")
            .values("number")[:1]
        )
        for rows, path, quantity in others
    )
    # SQLite's least of a number and NULL is NULL.
    lowest = Least(Coalesce(one, other), Coalesce(other, one))
    return Coalesce(Case(When(_own(), then=stated)), lowest)


def _grown(name):
    """The words of recipes and coatings that say how a process was run."""
    paths = [(f"{run}__{name}", counted(run)) for run in _RUNS]
    return worded(Name[name.upper()], *paths)


def _of_steps(name, recipes=""):
    """The values of a quantity of all steps of a recipe, or of all of a process."""
    steps = f"{recipes}__steps" if recipes else "steps"
    where = counted(recipes) if recipes else Q()
    return spanned(Name[name.upper()], (f"{steps}__{name}", where))


class DepositionProcessEntry(Entry):
    """A published process.

    `deposition_temperature` and `growth_per_cycle` are the numbers by which it sorts.
    """

    record = record_of(DepositionProcess)
    material = Reference(Material, "material")
    source = Reference(Study, "source")
    material_name = Text("material__name_sort_key")
    method = Code("method")
    deposition_temperature = Number(
        _lowest(
            Property.DEPOSITION_TEMPERATURE,
            (Recipe.objects.counted(), "process", "deposition_temperature"),
            (Coating.objects.counted(), "process", "deposition_temperature"),
        ),
        reads=("source", "recipes__source", "coatings__source"),
    )
    growth_per_cycle = Number(
        _lowest(
            Property.GROWTH_PER_CYCLE,
            (PropertyMeasurement.objects.of_growth(), "process", "value"),
            (PropertyMeasurement.objects.of_growth(), "coating__process", "value"),
        ),
        reads=(
            "measurements__source",
            "measurements__coating__source",
            "coatings__measurements__source",
        ),
    )

    tags = {name: _grown(name) for name in GROWN}
    facet_tags = GROWN
    spans = {
        "deposition_temperature": spanned(
            Name.DEPOSITION_TEMPERATURE,
            ("deposition_temperature", _own()),
            *((f"{run}__deposition_temperature", counted(run)) for run in _RUNS),
        ),
        "growth_per_cycle": spanned(
            Name.GROWTH_PER_CYCLE,
            ("growth_per_cycle", _own()),
            *((f"{path}__value", _growth(path)) for path in _MEASURED),
        ),
    } | {
        name: _of_steps(name, "recipes") for name in ("pulse", "purge", "plasma_power")
    }
    through = {
        "precursor": Through("pk", STEPS, "precursor", "process"),
        "material_class": Through("material", MATERIALS, "material_class"),
        "elements": Through("material", MATERIALS, "elements"),
        "study": ReportedBy(DepositionProcess),
    }

    class Meta:
        ordering = ["material_name", "pk"]
        indexes = [
            # The list as usual, passing by what a filter leaves out.
            models.Index(
                fields=["material_name", "record", "material"],
                name="processentry_order",
            ),
            # Those of one of these, and how many each has.
            *(
                models.Index(fields=[name], name=f"processentry_{name}")
                for name in ("material", "source", "method")
            ),
        ]


class RecipeEntry(Entry):
    """A published recipe."""

    record = record_of(Recipe)
    process = Reference(DepositionProcess, "process")
    material = Reference(Material, "process__material")
    source = Reference(Study, "source")
    material_name = Text("process__material__name_sort_key")
    slug = Code("slug")
    activation = Code("activation")
    reactor = Code("reactor")
    deposited_on = Code("deposited_on")
    crystallinity = Code("crystallinity")
    growth_mode = Code("growth_mode")
    deposition_temperature = Bounds("deposition_temperature", sorted_by=True)
    pressure = Bounds("pressure")
    anneal_temperature = Bounds("anneal_temperature")
    anneal_time = Bounds("anneal_time")

    facets = (*GROWN, "growth_mode")
    tags = {"study": reporters()}
    spans = {
        name: _of_steps(name)
        for name in (
            "pulse",
            "purge",
            "wait",
            "plasma_time",
            "plasma_power",
            "carrier_flow",
            "source_temperature",
        )
    }
    through = {
        "precursor": Through("process", STEPS, "precursor", "process"),
        "method": Through("process", PROCESSES, "method"),
        "elements": Through("material", MATERIALS, "elements"),
    }

    class Meta:
        ordering = ["material_name", "process_id", "slug", "pk"]
        indexes = [
            # The list as usual, passing by what a filter leaves out.
            models.Index(
                fields=["material_name", "process", "slug", "record"],
                name="recipeentry_order",
            ),
            # Those of one of these.
            *(
                models.Index(fields=[name], name=f"recipeentry_{name}")
                for name in ("process", "material", "source")
            ),
        ]


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
    review_category = Code("review_category")
    activation = Code("activation")
    reactor = Code("reactor")
    deposited_on = Code("deposited_on")
    crystallinity = Code("crystallinity")
    thickness = Bounds("thickness", sorted_by=True)
    anneal_temperature = Bounds("anneal_temperature")

    facets = ("method", "review_category", *GROWN)
    tags = {
        "study": reporters(),
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
        "precursor": Through("process", STEPS, "precursor", "process"),
        "material_class": Through("material", MATERIALS, "material_class"),
        "elements": Through("material", MATERIALS, "elements"),
        "substrate_class": Through("substrate", SUBSTRATES, "substrate_class"),
        "electrode_role": Through("substrate", SUBSTRATES, "electrode_role"),
        "host_family": Through("substrate", SUBSTRATES, "host_family"),
        "sei_constituent": Through(
            "material",
            lambda: SeiRelation.objects.counted().filter(role=SeiRole.MIMICS),
            "constituent",
            "material",
        ),
    }

    class Meta:
        ordering = ["material_name", "slug", "pk"]
        indexes = [
            # The list as usual, passing by what a filter leaves out.
            models.Index(
                fields=[
                    "material_name",
                    "slug",
                    "record",
                    "material",
                    "substrate",
                    "process",
                ],
                name="coatingentry_order",
            ),
            # Those of a material in that order.
            models.Index(
                fields=["material", "slug", "record"], name="coatingentry_of_material"
            ),
            # The films thinnest or thickest first.
            models.Index(fields=["thickness"], name="coatingentry_thickness"),
            # Those of a process, material, substrate or source, and how many each has.
            models.Index(fields=["process"], name="coatingentry_process"),
            # The two together, for the map and facets, from the index alone.
            models.Index(
                fields=["material", "substrate"], name="coatingentry_material"
            ),
            models.Index(
                fields=["substrate", "material"], name="coatingentry_substrate"
            ),
            models.Index(fields=["source"], name="coatingentry_source"),
            models.Index(fields=["method"], name="coatingentry_method"),
            # How many of a selection have each of the facets, from the index alone.
            models.Index(
                fields=["method", "review_category", *GROWN, "material", "substrate"],
                name="coatingentry_facets",
            ),
            # How many have each word.
            *(
                models.Index(
                    fields=[name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"coatingentry_{name}",
                )
                for name in (
                    "review_category",
                    "activation",
                    "reactor",
                    "deposited_on",
                    "crystallinity",
                )
            ),
        ]
