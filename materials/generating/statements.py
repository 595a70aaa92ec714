"""Made-up measurements, findings, and what films are to a natural interphase."""

from materials.choices import (
    Aspect,
    Direction,
    Mimicry,
    Property,
    SeiConstituent,
    SeiRole,
)
from materials.generating.drawing import (
    limit_of,
    maybe,
    printed,
    reported,
)
from materials.generating.processes import process_places
from materials.generating.sourced import STATED, sources, stated
from materials.generating.tables import Table
from materials.models import Finding, PropertyMeasurement, SeiRelation
from precursors.models import Element

_SUBJECTS = ("material_id", "process_id", "coating_id", "substrate_id", "precursor_id")
_NONE = (None,) * len(_SUBJECTS)
#: Of each property: its subjects, and low, high and digits of its values, or texts.
_OF_FILMS = (
    (Property.GROWTH_PER_CYCLE, (0.2, 4.2, 1)),
    (Property.FILM_THICKNESS, (5, 205, 0)),
    (
        Property.IONIC_CONDUCTIVITY,
        ("10−8", "3.6–5 × 10^-8", "2 × 10−7", "<10^-9", "10^-6"),
    ),
    (Property.ACTIVATION_ENERGY, (0.3, 1.1, 2)),
    (Property.ATOMIC_CONTENT, (1, 61, 0)),
    (Property.REFRACTIVE_INDEX, (1.3, 2.5, 2)),
    (Property.DENSITY, (1, 9, 1)),
    (Property.ROUGHNESS, (0.1, 4.1, 1)),
    (Property.INTERFACIAL_RESISTANCE, (10, 810, 0)),
    (Property.CAPACITY_IMPROVEMENT, (1, 81, 0)),
    (Property.RETENTION_IMPROVEMENT, (1, 81, 0)),
    (Property.RESISTIVITY, (100, 4100, 0)),
)
_OF_MATERIALS = ((Property.DEPOSITION_TEMPERATURE, (40, 440, 0)), *_OF_FILMS[:8])
_OF_SURFACES = (
    (Property.INTERFACIAL_RESISTANCE, (10, 810, 0)),
    (Property.CHARGE_TRANSFER_RESISTANCE, (10, 410, 0)),
    (Property.SEI_THICKNESS, (5, 45, 0)),
    (Property.CRITICAL_CURRENT_DENSITY, (0.2, 4.2, 1)),
)
_OF_PRECURSORS = (
    (Property.VAPOR_PRESSURE, (0.1, 40.1, 1)),
    (Property.MELTING_POINT, (20, 420, 0)),
    (Property.DECOMPOSITION_TEMPERATURE, (100, 500, 0)),
)
_FILM_STATEMENTS = (
    "The made-up film stays as it is in air.",
    "The made-up film covers trenches to the bottom.",
    "Fewer made-up cells fail with the coating.",
    "No made-up gas evolves above 4.3 V.",
    "The made-up interphase is thinner.",
    "The made-up electrolyte wets the coated surface.",
)


def _value(properties, elements, share_at=0.2):
    """A function that makes up the columns of a value, and what finds it."""

    def make(random):
        of, values = random.choice(properties)
        if isinstance(values[0], str):
            text = random.choice(values)
        else:
            low, high, digits = values
            text = printed(random, low, high, digits=digits)
        condition = maybe(random, 0.15, "after 100 cycles", "at 1 C", "after annealing")
        is_index = of is Property.REFRACTIVE_INDEX
        limit = limit_of(of.unit, text)
        columns = (
            *(of.value, *reported(of.unit, text), limit),
            random.choice(elements) if of.names == "element" else None,
            *reported(
                "°C", printed(random, 20, 220) if random.random() < share_at else ""
            ),
            *reported("nm", "633" if is_index and random.random() < 0.5 else ""),
            condition,
        )
        # As `limit_words` of a measurement: "up to" is all that is made up here.
        return columns, (of.value, condition, "up to" if limit else "")

    return make


def write_measurements(draws, studies, vocabularies, processes, coatings, tables):
    """Write 1.6 N measurements, most of them of coatings.

    Some of a coating have a control: the same property of the bare substrate.
    """
    films, precursors, substrates = vocabularies
    table = tables.add(
        Table(
            PropertyMeasurement,
            *("id", "slug", "property", "value", "value_limit", "element_id"),
            *("temperature", "wavelength", "condition", *_SUBJECTS, "recipe_id"),
            *("control_id", "source_id", *STATED, "search_text", "draft_search_text"),
        )
    )
    works = tables.add(
        Table(PropertyMeasurement.studies.through, "propertymeasurement_id", "study_id")
    )
    elements = list(
        Element.objects.filter(symbol__in=["Li", "O", "C", "F", "Al"]).values_list(
            "pk", flat=True
        )
    )
    values = {
        kind: draws.pool(f"values of {kind}", _value(properties, elements), factor=6)
        for kind, properties in (
            *(("coating", _OF_FILMS), ("process", _OF_FILMS)),
            *(("material", _OF_MATERIALS), ("substrate", _OF_SURFACES)),
            *(("precursor", _OF_PRECURSORS), ("surface", _OF_SURFACES)),
        )
    }
    source = sources(draws, "measurements", studies)
    random = draws.random("recipes of measurements")
    last = table.first_key + draws.coatings * 16 // 10
    columns = zip(
        draws.endless(
            "subjects of measurements",
            ("coating", "surface", "process", "material", "substrate", "precursor"),
            (45, 8, 20, 17, 5, 5),
        ),
        draws.endless("studies of measurements", range(len(studies.keys))),
        draws.endless("measured coatings", range(draws.coatings)),
        process_places(draws, "measured processes", processes),
        films.endless(draws, "measured films"),
        substrates.endless(draws, "measured substrates"),
        precursors.endless(draws, "measured precursors"),
        stated(draws, "measurements"),
        strict=False,
    )
    key = table.first_key

    def add(kind, subject, related, value, study, place, recipe=None, control=None):
        columns, own = value
        source_key, its_works = source(study)
        texts = studies.found(own, related, its_works)
        before = _SUBJECTS.index(kind)
        subjects = (*_NONE[:before], subject, *_NONE[before + 1 :])
        table.rows.append(
            (
                *(key, f"made-up-measurement-{key}", *columns, *subjects, recipe),
                *(control, source_key, *place, *texts),
            )
        )
        works.rows.extend((key, studies.keys[work]) for work in its_works)

    for kind, study, coating, process, film, substrate, precursor, place in columns:
        if key >= last:
            break
        value = next(values[kind])
        if kind in ("coating", "surface"):
            study = coatings.studies[coating]
            related, control = [films.words[coatings.films[coating]]], None
            on = coatings.substrates[coating]
            if on is not None:
                related.append(substrates.words[on])
                if kind == "surface" and key + 1 < last:
                    control = key
                    bare = value[0][0], next(values["surface"])
                    while bare[1][0][0] != bare[0]:
                        bare = bare[0], next(values["surface"])
                    bare_words = (substrates.words[on],)
                    subject = substrates.keys[on]
                    add("substrate_id", subject, bare_words, bare[1], study, place)
                    key += 1
            subject = coatings.keys[coating]
            add("coating_id", subject, related, value, study, place, control=control)
        elif kind == "process":
            recipes = processes.recipes.get(process)
            recipe = (
                random.choice(recipes) if recipes and random.random() < 0.3 else None
            )
            related = (films.words[processes.films[process]],)
            subject = processes.keys[process]
            add("process_id", subject, related, value, study, place, recipe)
        else:
            vocabulary, one = {
                "material": (films, film),
                "substrate": (substrates, substrate),
                "precursor": (precursors, precursor),
            }[kind]
            related = (vocabulary.words[one],)
            add(f"{kind}_id", vocabulary.keys[one], related, value, study, place)
        key += 1
        tables.write_some()
    tables.write()


def write_findings(draws, studies, films, substrates, processes, coatings, tables):
    """Write 0.4 N findings."""
    table = tables.add(
        Table(
            Finding,
            *("id", "slug", "aspect", "direction", "compared_with", "statement"),
            *("material_id", "process_id", "coating_id", "substrate_id", "source_id"),
            *(*STATED, "search_text", "draft_search_text"),
        )
    )
    works = tables.add(Table(Finding.studies.through, "finding_id", "study_id"))
    first = table.first_key
    source = sources(draws, "findings", studies)
    columns = zip(
        range(first, first + draws.coatings * 4 // 10),
        draws.endless("subjects of findings", range(4), (15, 10, 65, 10)),
        draws.endless("studies of findings", range(len(studies.keys))),
        draws.endless("found coatings", range(draws.coatings)),
        process_places(draws, "found processes", processes),
        films.endless(draws, "found films"),
        substrates.endless(draws, "found substrates"),
        draws.pool("statements", _statement, factor=4, least=40),
        stated(draws, "findings"),
        strict=False,
    )
    for key, kind, study, coating, process, film, substrate, said, place in columns:
        subjects = [None] * 4
        if kind == 0:
            subjects[0], related = films.keys[film], [films.words[film]]
        elif kind == 1:
            subjects[1] = processes.keys[process]
            related = [films.words[processes.films[process]]]
        elif kind == 2:
            study = coatings.studies[coating]
            subjects[2] = coatings.keys[coating]
            related = [films.words[coatings.films[coating]]]
            if (on := coatings.substrates[coating]) is not None:
                related.append(substrates.words[on])
        else:
            subjects[3], related = (
                substrates.keys[substrate],
                [substrates.words[substrate]],
            )
        aspect, direction, compared_with, statement = said
        own = (statement, compared_with, aspect.value, aspect.label)
        source_key, its_works = source(study)
        texts = studies.found(own, related, its_works)
        table.rows.append(
            (
                *(key, f"made-up-finding-{key}", aspect.value, direction),
                *(compared_with, statement, *subjects, source_key, *place, *texts),
            )
        )
        works.rows += [(key, studies.keys[work]) for work in its_works]
        tables.write_some()
    tables.write()


def _statement(random):
    direction = random.choice(Direction.values)
    compared = maybe(random, 0.7, "bare Li", "the bare electrode", "a made-up film")
    return (
        random.choice(list(Aspect)),
        direction,
        "" if direction == Direction.OBSERVED else compared,
        random.choice(_FILM_STATEMENTS),
    )


def write_sei_relations(draws, studies, films, tables):
    """Write what a third of the films are to a natural interphase."""
    table = tables.add(
        Table(
            SeiRelation,
            *("material_id", "role", "constituent", "mimicry", "source_id", *STATED),
        )
    )
    random = draws.random("relations")
    places = stated(draws, "relations")
    for film in films.keys:
        if random.random() < 0.35:
            role = random.choice(list(SeiRole))
            mimicry = (
                maybe(random, 0.5, *Mimicry.values) if role == SeiRole.MIMICS else ""
            )
            constituent = maybe(random, 0.8, *SeiConstituent.values)
            source = studies.keys[random.randrange(len(studies.keys))]
            table.rows.append(
                (film, role.value, constituent, mimicry, source, *next(places))
            )
    tables.write()
