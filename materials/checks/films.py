"""Checks of processes and of the films that they grew."""

from collections import defaultdict

from django.db.models import Count, Prefetch, Q

from asei_db.lib.fields import quantity_fields
from literature.checks import Severity, check
from materials.checks.amounts import about, times
from materials.checks.reporters import reporters_of
from materials.models import Coating, DepositionProcess, ProcessStep
from precursors.models import SublimationTemperature

THICKNESS_TOLERANCE = 0.3
ANGSTROM_PER_NM = 10


@check(
    Severity.WARNING,
    Coating,
    where=Q(deposition_cycle_count__isnull=False),
    related=["process"],
)
def cycles_times_growth_is_thickness(coating):
    """Cycles × growth per cycle is the thickness, within 30 %."""
    growth, thickness = coating.process.growth_per_cycle, coating.thickness
    if not (coating.deposition_cycle_count and growth and thickness):
        return
    grown = times(growth, coating.deposition_cycle_count / ANGSTROM_PER_NM, "nm")
    if not about(grown, thickness, THICKNESS_TOLERANCE):
        yield (
            f"{coating.deposition_cycle_count} cycles of {growth} would be {grown}, "
            f"but the thickness is {thickness}."
        )


@check(
    Severity.WARNING,
    DepositionProcess,
    where=~Q(deposition_temperature_as_reported="") & Q(notes=""),
    related=[
        "steps__precursor",
        Prefetch(
            "steps__precursor__sublimation_temperatures",
            SublimationTemperature.objects.filter(is_typical=True),
        ),
    ],
)
def deposition_is_not_colder_than_a_source(process):
    """Nothing condenses: the substrate is as hot as each source, or a note says why."""
    deposition = process.deposition_temperature
    if process.notes or deposition is None:
        return
    for step in process.steps.all():
        for source in step.precursor.sublimation_temperatures.all():
            coldest, kept = deposition.sort_value, source.temperature.sort_value
            if source.is_typical and coldest < kept:
                yield (
                    f"{step.precursor.label} is kept at {source.temperature} and may "
                    f"condense where the film grows at {deposition}; a note should say "
                    f"why it does not."
                )


#: What says where a coating was read and how it was printed, not what it is.
_PROVENANCE = {
    "process",
    "slug",
    "source",
    "locator",
    "reading",
    "disputed",
    "notes",
    "review_category",
    "material_as_reported",
    "precursors_as_reported",
    "substrate_as_reported",
    "characterization_as_reported",
}


def _what_a_coating_is():
    """The fields in which two films differ; quantities by their numbers."""
    texts = {field.columns.as_reported for field in quantity_fields(Coating).values()}
    numbers = {
        column
        for field in quantity_fields(Coating).values()
        for column in field.columns[1:]
    }
    for field in Coating._meta.concrete_fields:
        is_number = field.name in numbers
        is_left_out = field.name in _PROVENANCE | texts or field.primary_key
        if is_number or (field.editable and not is_left_out):
            yield field.name


#: What makes two coatings of one process and one piece of work the same.
SAME_COATING = tuple(_what_a_coating_is())
_FILM = ("process", *SAME_COATING)


def _repeated_coatings():
    """(slug, notes, keys of its studies) of the coatings that agree, by their film."""
    found = defaultdict(list)
    rows = Coating.objects.order_by()
    repeated = rows.values(*_FILM).annotate(count=Count("pk")).filter(count__gt=1)
    keys = {*repeated.values_list(*_FILM)}
    if keys:
        reporters = reporters_of(Coating)
        for pk, slug, notes, *film in (
            rows.order_by("pk").values_list("pk", "slug", "notes", *_FILM).iterator()
        ):
            if (film := tuple(film)) in keys:
                found[film].append((slug, notes, reporters[pk]))
    return found


@check(Severity.WARNING, Coating, known=_repeated_coatings)
def coating_stands_once(coating, repeated):
    """Two films of one study differ in something, or a note says more."""
    film = tuple(
        Coating._meta.get_field(name).value_from_object(coating) for name in _FILM
    )
    same = repeated().get(film, ())
    own = next((studies for slug, _, studies in same if slug == coating.slug), set())
    for slug, notes, studies in same:
        if slug != coating.slug and own & studies and coating.notes in ("", notes):
            yield f"{slug} is the same film of the same study; is one too many?"


def _repeated_processes():
    """(slug, steps in order) of processes, by film, method and set of precursors."""
    steps = defaultdict(list)
    rows = ProcessStep.objects.order_by("process", "position")
    for process, *step in rows.values_list("process", "precursor", "is_optional"):
        steps[process].append(tuple(step))
    found = defaultdict(list)
    rows = DepositionProcess.objects.order_by("pk")
    for pk, slug, material, method in rows.values_list(
        "pk", "slug", "material", "method"
    ).iterator():
        if pk in steps:
            found[material, method, frozenset(steps[pk])].append((pk, slug))
    return {
        pk: [other for _, other in same if other != slug]
        for same in found.values()
        for pk, slug in same
        if len(same) > 1
    }


@check(
    Severity.WARNING,
    DepositionProcess,
    where=Q(notes=""),
    known=_repeated_processes,
)
def process_stands_once(process, repeated):
    """No two processes of a film have the same precursors, or a note says more."""
    if not process.notes:
        for other in repeated().get(process.pk, ()):
            yield (
                f"{other} grows the same film from the same precursors in another "
                "order; if the source means one process, keep one."
            )
