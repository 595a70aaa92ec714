"""Makes valid rows for tests; every argument can be overridden."""

from itertools import count

from literature.models import ReviewCitation, Study
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    Finding,
    Material,
    ProcessStep,
    PropertyMeasurement,
    Recipe,
    RecipeStep,
    SeiRelation,
    Substrate,
)
from materials.models.measurements import SUBJECTS
from precursors.models import Element, Precursor, SublimationTemperature

_numbers = count(1)


def create_study(**fields):
    """A published article with a journal, read whole; `status="draft"` hides it."""
    number = next(_numbers)
    defaults = {
        "slug": f"study-{number}",
        "title": f"Coatings, part {number}",
        "authors": ["Noether, E.", "Curie, M."],
        "journal": "J. Test.",
        "year": 2020,
        "volume": str(number),
        "pages": "1–9",
        "extent_read": "full_text",
        "status": "published",
    }
    return Study.objects.create(**defaults | fields)


def create_citation(review, number, study):
    return ReviewCitation.objects.create(review=review, number=number, study=study)


def create_element(symbol, atomic_number, **fields):
    defaults = {"name": f"Element {symbol}", "group": 1, "period": 2}
    element, _ = Element.objects.get_or_create(
        symbol=symbol, atomic_number=atomic_number, defaults=defaults | fields
    )
    return element


def _sourced(fields):
    """Fill source and locator, which every value needs."""
    if "source" not in fields:
        fields["source"] = create_study()
    return {"locator": "Table 1"} | fields


def _create(model, fields, studies=(), elements=()):
    row = model(**_sourced(fields))
    row.full_clean()
    row.save()
    if studies:
        row.studies.set(studies)
    if elements:
        row.elements.set(elements)
    return row


def create_precursor(acronym=None, elements=(), **fields):
    acronym = acronym or f"P{next(_numbers)}"
    defaults = {
        "slug": acronym.lower(),
        "acronym": acronym,
        "name": f"{acronym} precursor",
        "precursor_class": "metal",
    }
    return _create(Precursor, defaults | fields, elements=elements)


def create_temperature(precursor, temperature, studies=(), **fields):
    """A source temperature as printed, e.g. "140" or "RT"; typical by default."""
    defaults = {
        "precursor": precursor,
        "temperature": temperature,
        "is_typical": True,
    }
    return _create(SublimationTemperature, defaults | fields, studies=studies)


def create_material(name=None, elements=(), **fields):
    name = name or f"Film {next(_numbers)}"
    defaults = {
        "slug": name.lower().replace(" ", "-").replace("–", "-"),
        "name": name,
        "material_class": "oxide",
    }
    return _create(Material, defaults | fields, elements=elements)


def create_substrate(name=None, elements=(), **fields):
    name = name or f"Substrate {next(_numbers)}"
    defaults = {
        "slug": name.lower().replace(" ", "-"),
        "name": name,
        "substrate_class": "inert",
    }
    return _create(Substrate, defaults | fields, elements=elements)


def create_method(acronym=None, **fields):
    acronym = acronym or f"M{next(_numbers)}"
    defaults = {
        "slug": acronym.lower(),
        "acronym": acronym,
        "name": f"{acronym} method",
        "category": "microscopy",
    }
    return _create(CharacterizationMethod, defaults | fields)


def create_process(material=None, precursors=(), studies=(), **fields):
    """A process whose steps are `precursors` in order."""
    source = fields.pop("source", None) or create_study()
    defaults = {
        "slug": f"process-{next(_numbers)}",
        "material": material or create_material(source=source),
        "method": "ald",
        "source": source,
    }
    process = _create(DepositionProcess, defaults | fields, studies=studies)
    for position, precursor in enumerate(precursors, start=1):
        ProcessStep.objects.create(
            process=process, position=position, precursor=precursor
        )
    return process


def create_recipe(process=None, steps=(), studies=(), **fields):
    """A recipe with `steps`, a list of dicts of `RecipeStep` fields."""
    source = fields.pop("source", None) or create_study()
    defaults = {
        "slug": f"recipe-{next(_numbers)}",
        "process": process or create_process(source=source),
        "source": source,
    }
    recipe = _create(Recipe, defaults | fields, studies=studies)
    for position, step in enumerate(steps, start=1):
        row = RecipeStep(recipe=recipe, position=position, **step)
        row.full_clean()
        row.save()
    return recipe


def create_coating(process=None, studies=(), **fields):
    source = fields.pop("source", None) or create_study()
    defaults = {
        "slug": f"coating-{next(_numbers)}",
        "process": process or create_process(source=source),
        "source": source,
        "locator": "Table 2",
    }
    return _create(Coating, defaults | fields, studies=studies)


def create_measurement(studies=(), **fields):
    defaults = {
        "slug": f"measurement-{next(_numbers)}",
        "property": "ionic_conductivity",
        "value": "10−8",
    }
    if not fields.keys() & {*SUBJECTS}:
        fields["material"] = create_material()
    return _create(PropertyMeasurement, defaults | fields, studies=studies)


def create_finding(studies=(), **fields):
    defaults = {
        "slug": f"finding-{next(_numbers)}",
        "aspect": "air_stability",
        "direction": "observed",
        "statement": "The film stays as it is in air.",
    }
    if not fields.keys() & {*Finding.SUBJECTS}:
        fields["material"] = create_material()
    return _create(Finding, defaults | fields, studies=studies)


def create_cycling_test(points=(), **fields):
    """A test with `points`, a list of dicts of `CyclingPoint` fields."""
    source = fields.pop("source", None) or create_study()
    defaults = {
        "slug": f"test-{next(_numbers)}",
        "source": source,
        "study": source,
        "cell_type": "half",
        "locator": "Fig. 7",
    }
    if "electrode" not in fields:
        fields["electrode"] = create_substrate(source=source)
    test = _create(CyclingTest, defaults | fields)
    for point in points:
        row = CyclingPoint(test=test, **point)
        row.full_clean()
        row.save()
    return test


def create_sei_relation(material, constituent="", studies=(), **fields):
    """What a film is to a natural SEI; it mimics it by default."""
    return _create(
        SeiRelation,
        {"material": material, "constituent": constituent} | fields,
        studies=studies,
    )
