"""Which recipes a table shows, and in what order."""

from django import template

from literature.choices import SPELLED_BY_US

register = template.Library()


@register.filter
def without_repeats(recipes):
    """Recipes by process, source and temperature, each once.

    What states a temperature and nothing else joins the `repeats` of a recipe that its
    source states for the same temperature; several such of one place in the source are
    one row, with the `temperatures` of all.
    """
    recipes = list(recipes)
    places = {}
    for recipe in recipes:
        places.setdefault((recipe.process_id, recipe.source_id), len(places))
    shown = []
    for recipe in sorted(recipes, key=lambda one: (_says_little(one), _range(one))):
        recipe.repeats, recipe.temperatures = [], [recipe.deposition_temperature]
        little = _says_little(recipe)
        alike = little and _first(
            other
            for other in shown
            if _is_alike(recipe, other, "deposition_temperature")
        )
        beside = little and _first(
            other
            for other in shown
            if _says_little(other) and _is_alike(recipe, other, "locator")
        )
        if joined := alike or beside:
            joined.repeats.append(recipe)
            if not alike:
                joined.temperatures.append(recipe.deposition_temperature)
        else:
            shown.append(recipe)
    return sorted(
        shown,
        key=lambda one: (places[one.process_id, one.source_id], _range(one)),
    )


def _first(recipes):
    return next(recipes, None)


def _says_little(recipe):
    said = (
        recipe.technique,
        recipe.pressure,
        recipe.growth_mode,
        recipe.structure,
        recipe.annealing,
        recipe.disputed,
        [note for note in recipe.note_list if not note.startswith(SPELLED_BY_US)],
        [step for step in recipe.steps.all() if step.quantities],
    )
    return not any(said)


def _is_alike(recipe, other, name):
    return all(
        getattr(recipe, one) == getattr(other, one)
        for one in ("process_id", "source_id", name)
    )


def _range(recipe):
    if recipe.deposition_temperature is None:
        return (float("-inf"),) * 2
    return recipe.deposition_temperature.lowest, recipe.deposition_temperature.highest


@register.filter
def fed(recipes, step):
    """(name, different values as texts) of what undisputed recipes of `for_list()` fed
    of the precursor of a process's step: ("pulse", ["0.1 s", "0.5 s"]); no query."""
    found = {}
    for recipe in recipes or ():
        if recipe.disputed:
            continue
        for one in recipe.steps.all():
            if one.precursor_id == step.precursor_id:
                for name, quantity in one.quantities:
                    found.setdefault(name, {})[str(quantity)] = None
    return [(name, list(texts)) for name, texts in found.items()]


@register.simple_tag
def shopping_list(steps):
    """What some steps feed, each once: "TMA, trimethylaluminum, CAS 75-24-1; …"."""
    lines = {}
    for step in steps:
        one = step.precursor
        parts = (
            one.acronym,
            one.name,
            one.formula if one.formula != one.name else "",
            one.cas_number and f"CAS {one.cas_number}",
            one.pubchem_cid and f"PubChem CID {one.pubchem_cid}",
        )
        lines[", ".join(str(part) for part in dict.fromkeys(parts) if part)] = None
    return "; ".join(lines)
