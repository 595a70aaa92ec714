"""Which recipes a table shows, and in what order."""

from django import template

from literature.choices import SPELLED_BY_US

register = template.Library()


@register.filter
def told_apart(recipes):
    """Recipes by process, source and temperature, each once.

    What states a temperature and nothing else joins the `repeats` of a recipe that its
    source states for the same temperature.
    """
    recipes = list(recipes)
    places = {}
    for recipe in recipes:
        places.setdefault((recipe.process_id, recipe.source_id), len(places))
    shown = []
    for recipe in sorted(recipes, key=_says_little):
        recipe.repeats = []
        fuller = _says_little(recipe) and next(
            (other for other in shown if _is_alike(recipe, other)), None
        )
        if fuller:
            fuller.repeats.append(recipe)
        else:
            shown.append(recipe)
    return sorted(
        shown,
        key=lambda recipe: (
            places[recipe.process_id, recipe.source_id],
            *_temperature(recipe),
        ),
    )


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


def _is_alike(recipe, other):
    return all(
        getattr(recipe, name) == getattr(other, name)
        for name in ("process_id", "source_id", "deposition_temperature")
    )


def _temperature(recipe):
    if recipe.deposition_temperature is None:
        return (float("-inf"),) * 2
    return recipe.deposition_temperature.lowest, recipe.deposition_temperature.highest
