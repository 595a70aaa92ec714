"""The checks of films, processes, coatings, tests and precursors."""

from collections import Counter, defaultdict

from django.core.exceptions import ValidationError
from django.db.models import F, Prefetch, Q

from asei_db.lib.fields import is_above, quantity_fields, unusual
from asei_db.lib.formulas import FormulaError, elements
from asei_db.lib.identifiers import validate_cas_number
from asei_db.lib.quantities import Quantity
from literature.checks import Severity, check
from literature.models import Study
from literature.names import parse_name
from materials.analysis.comparison import compare
from materials.choices import Property
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    Material,
    PropertyMeasurement,
    Substrate,
)
from precursors.models import Precursor, SublimationTemperature
from precursors.structures import StructureError, check_formula

THICKNESS_TOLERANCE = 0.3
CAPACITY_TOLERANCE = 0.1
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
    grown = _times(growth, coating.deposition_cycle_count / ANGSTROM_PER_NM, "nm")
    if not _about(grown, thickness, THICKNESS_TOLERANCE):
        yield (
            f"{coating.deposition_cycle_count} cycles of {growth} would be {grown}, "
            f"but the thickness is {thickness}."
        )


@check(Severity.ERROR, CyclingTest, related=["points"])
def efficiency_is_at_most_100_percent(test):
    """A coulombic efficiency is at most 100 %."""
    for point in test.points.all():
        if is_above_100(point.coulombic_efficiency):
            yield (
                f"The coulombic efficiency at {point} is {point.coulombic_efficiency}."
            )


@check(
    Severity.ERROR,
    PropertyMeasurement,
    where=Q(property=Property.COULOMBIC_EFFICIENCY),
)
def measured_efficiency_is_at_most_100_percent(measurement):
    """A coulombic efficiency that is given as a property is at most 100 %."""
    is_efficiency = measurement.property == Property.COULOMBIC_EFFICIENCY
    if is_efficiency and is_above_100(measurement.value):
        yield f"The coulombic efficiency is {measurement.value}."


@check(Severity.WARNING, CyclingTest, related=["points"])
def retention_times_initial_is_final_capacity(test):
    """Retention × the first capacity is the capacity at that cycle, within 10 %."""
    first = None
    for point in test.points.all():
        capacity, retention = point.specific_capacity, point.capacity_retention
        if capacity is None or point.cycle_number is None:
            continue
        if first is None:
            first = (point, capacity)
        elif retention is not None:
            expected = _product(first[1], retention)
            if not _about(expected, capacity, CAPACITY_TOLERANCE):
                yield (
                    f"{retention} of the {first[1]} at {first[0]} would be {expected}, "
                    f"but the capacity at {point} is {capacity}."
                )


@check(Severity.WARNING, CyclingTest, related=["points"])
def each_cycle_has_one_value(test):
    """No two statements of one test differ at the same cycle or hour."""
    stated = defaultdict(set)
    for point in test.points.all():
        if point.cycle_number is None and point.time_h is None:
            continue
        for name in quantity_fields(CyclingPoint):
            if (quantity := getattr(point, name)) is not None:
                stated[str(point), name].add(quantity)
    for (place, name), quantities in stated.items():
        if len(quantities) > 1:
            numbers = " and ".join(sorted(map(str, quantities)))
            yield (
                f"The {name.replace('_', ' ')} at {place} is {numbers}; no gain over "
                f"the control is computed from them."
            )


@check(
    Severity.ERROR,
    CyclingTest,
    where=Q(control__isnull=False),
    related=["control"],
)
def control_is_bare_and_of_the_same_study(test):
    """A control has no coating, and the study is the test's."""
    if test.control is None:
        return
    if test.control.coating_id is not None:
        yield f"Its control {test.control.slug} has a coating."
    if test.control.study_id != test.study_id:
        yield f"Its control {test.control.slug} belongs to another study."


@check(
    Severity.ERROR,
    PropertyMeasurement,
    where=Q(control__isnull=False),
    related=["control"],
)
def measured_control_is_bare_and_of_the_same_study(measurement):
    """The control of a measured coating is bare, of the same property and study."""
    control = measurement.control
    if control is None:
        return
    if control.substrate_id is None:
        yield f"Its control {control.slug} is not of a bare substrate."
    if control.property != measurement.property:
        yield f"Its control {control.slug} is of another property."
    if control.source_id != measurement.source_id:
        yield f"Its control {control.slug} belongs to another study."


@check(
    Severity.WARNING,
    CyclingTest,
    where=Q(control__isnull=False),
    related=["electrode", "control__electrode"],
)
def control_has_the_same_conditions(test):
    """A control was cycled under the conditions of the test."""
    if test.control is None:
        return
    comparability = compare([test, test.control])
    if comparability.differing:
        differing = ", ".join(comparability.differing)
        yield f"Its control {test.control.slug} differs in {differing}."


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


@check(Severity.ERROR, Precursor, where=~Q(cas_number=""))
def cas_number_has_its_check_digit(precursor):
    """The check digit of a CAS number is right."""
    if precursor.cas_number:
        try:
            validate_cas_number(precursor.cas_number)
        except ValidationError as error:
            yield from error.messages


@check(
    Severity.ERROR,
    Precursor,
    Material,
    Substrate,
    where=~Q(formula=""),
    related=["elements"],
)
def formula_and_elements_agree(record):
    """The elements are those of the formula, where it is one that can be read."""
    try:
        expected = set(elements(record.formula)) if record.formula else None
    except FormulaError:
        return
    listed = {element.symbol for element in record.elements.all()}
    if expected is not None and expected != listed:
        yield (
            f"The formula {record.formula} has {_join(expected)}, but the elements are "
            f"{_join(listed)}."
        )


@check(
    Severity.ERROR,
    Precursor,
    where=~Q(smiles=""),
    related=["elements"],
)
def smiles_agrees_with_formula(precursor):
    """The SMILES has the atoms of the formula, or at least the elements."""
    symbols = [element.symbol for element in precursor.elements.all()]
    if precursor.smiles:
        try:
            check_formula(precursor.smiles, precursor.formula, symbols)
        except StructureError as error:
            yield str(error)


@check(
    Severity.ERROR,
    Precursor,
    SublimationTemperature,
    Material,
    Substrate,
    CharacterizationMethod,
    DepositionProcess,
    Coating,
    PropertyMeasurement,
    CyclingTest,
    where=Q(locator__regex=r"^\s*$"),
)
def value_has_source_and_locator(record):
    """Every value says in which study it was read, and where in it."""
    if not record.locator.strip():
        yield f"Nothing says where in {record.source.slug} it was read."


@check(Severity.WARNING, Study)
def authors_have_the_family_name_first(study):
    """An author is given as “Family, G. N.”."""
    for author in study.authors:
        try:
            parse_name(author)
        except ValidationError as error:
            yield from error.messages


@check(
    Severity.WARNING,
    DepositionProcess,
    Coating,
    PropertyMeasurement,
    where=Q(notes=""),
)
def value_is_of_a_usual_size(record):
    """A value is of a size that occurs, or a note says more."""
    if not record.notes:
        for _, sentence in unusual(record):
            # An efficiency that is too high has a check of its own.
            if not _is_efficiency(record):
                yield sentence


@check(Severity.WARNING, CyclingTest, where=Q(notes=""), related=["points"])
def cycling_is_of_a_usual_size(test):
    """Conditions and values of a test are of sizes that occur, or a note says more."""
    if not test.notes:
        yield from (sentence for _, sentence in unusual(test))
        for point in test.points.all():
            for column, sentence in unusual(point):
                if not column.startswith("coulombic_efficiency"):
                    yield f"At {point}: {sentence}"


@check(
    Severity.WARNING,
    CyclingTest,
    where=Q(notes="") & ~Q(coating__substrate=F("electrode")),
    related=["coating__substrate", "electrode"],
)
def coated_electrode_is_the_one_tested(test):
    """A coated electrode is the substrate of its coating, or a note says more."""
    if not test.notes and test.coating and test.coating.substrate:
        yield from other_electrode(test.coating.substrate, test.electrode)


def other_electrode(substrate, electrode):
    """A sentence where a film on `substrate` is tested on another `electrode`."""
    if substrate != electrode:
        yield f"The coating is on {substrate}, but the electrode is {electrode}."


#: What makes two coatings of one source the same.
SAME_COATING = (
    "process",
    "substrate",
    "substrate_preparation",
    "thickness_as_reported",
    "deposition_cycle_count",
    "deposited_on",
    "deposition_temperature_as_reported",
    "anneal_temperature_as_reported",
    "crystallinity",
    "phase",
    "source",
)


def _repeated():
    rows = Coating.objects.order_by().values_list(*SAME_COATING)
    counts = Counter(rows)
    groups = [dict(zip(SAME_COATING, row, strict=True)) for row in counts]
    repeated = Q(pk__in=[])
    for group, count in zip(groups, counts.values(), strict=True):
        if count > 1:
            repeated |= Q(**{k: v for k, v in group.items() if v is not None})
    return repeated & Q(notes="")


@check(Severity.WARNING, Coating, where=_repeated, related=["studies"])
def coating_stands_once(coating):
    """No two coatings of one source are the same, or a note says more."""
    if not coating.notes:
        for other in same_coatings(coating):
            if {*other.studies.all()} == {*coating.studies.all()}:
                yield f"{other.slug} is the same film, of the same thickness."


def same_coatings(coating):
    """The other coatings of the source that agree in all of `SAME_COATING`."""
    values = {name: getattr(coating, name) for name in SAME_COATING}
    others = Coating.objects.filter(**values).exclude(pk=coating.pk)
    return others.prefetch_related("studies")


def _is_efficiency(record):
    return getattr(record, "property", None) == Property.COULOMBIC_EFFICIENCY


def is_above_100(efficiency):
    """Whether an efficiency is surely above 100 %; "<101 %" allows for less."""
    return efficiency is not None and is_above(efficiency, 100)


def _times(quantity, factor, unit):
    return Quantity(
        *(
            None if end is None else round(end * factor, 9)
            for end in (quantity.minimum, quantity.maximum)
        ),
        quantity.qualifier,
        unit=unit,
    )


def _product(capacity, retention):
    """The capacity that is left, mAh/g."""

    def end(one, other):
        return None if one is None or other is None else round(one * other / 100, 9)

    low = end(capacity.minimum, retention.minimum)
    high = end(capacity.maximum, retention.maximum)
    if low is not None and high is not None:
        return Quantity(low, high, "~", unit=capacity.unit)
    # A bound gives a bound; of two opposite ones nothing is left.
    return Quantity(low, high, "≤" if low is None else "≥", unit=capacity.unit)


def _about(one, other, tolerance):
    """Whether two quantities may be the same, give or take a share of the second."""
    low, high = other.minimum, other.maximum
    return not (
        (
            one.minimum is not None
            and high is not None
            and one.minimum > high * (1 + tolerance)
        )
        or (
            one.maximum is not None
            and low is not None
            and one.maximum < low * (1 - tolerance)
        )
    )


def _join(symbols):
    return ", ".join(sorted(symbols)) or "none"
