"""Deposition temperatures leave the measurements.

That of a coating becomes a field of it, that of a process a recipe of its own, with
everything that the measurement said: source, locator, reading, dispute, works, notes.
"""

import re

from django.db import migrations

_PARTS = ("as_reported", "min", "max", "qualifier")
_COLUMNS = (
    "deposition_temperature_as_reported",
    "deposition_temperature_min_celsius",
    "deposition_temperature_max_celsius",
    "deposition_temperature_qualifier",
)
#: Notes of the first harvest that a field says now.
_SAID = {
    "Technique: PEALD.": ("activation", "plasma"),
    "Technique: plasma-assisted ALD.": ("activation", "plasma"),
    "Technique: spatial ALD.": ("reactor", "spatial"),
    "The film is amorphous.": ("crystallinity", "amorphous"),
}


def move(apps, schema_editor):
    measurements = apps.get_model("materials", "PropertyMeasurement").objects
    temperatures = measurements.filter(property="deposition_temperature")
    for one in temperatures.filter(coating__isnull=False).order_by("pk"):
        if _is_said_by_coating(one):
            _move_to_coating(one)
        else:
            _move_to_recipe(apps, one, one.coating.process)
    for one in temperatures.filter(process__isnull=False).order_by("pk"):
        _move_to_recipe(apps, one, one.process)


def _is_said_by_coating(one):
    """Whether who states the coating states its temperature, and states no other."""
    coating = one.coating
    return (
        not coating.deposition_temperature_as_reported
        and all(
            getattr(one, name) == getattr(coating, name)
            for name in ("source_id", "reading", "disputed")
        )
        and {*one.studies.values_list("pk")} == {*coating.studies.values_list("pk")}
    )


def _temperature(one):
    return {
        column: getattr(one, f"value_{part}")
        for column, part in zip(_COLUMNS, _PARTS, strict=True)
    }


def _notes(one):
    """Its notes, and the condition that a temperature has no field for any more."""
    notes = one.notes.splitlines()
    if one.temperature_as_reported:
        notes.append(f"Measured at {one.temperature_as_reported}.")
    return notes


def _move_to_coating(one):
    coating = one.coating
    for column, value in _temperature(one).items():
        setattr(coating, column, value)
    notes = _notes(one)
    if one.locator != coating.locator:
        notes.insert(0, f"The deposition temperature stands in: {one.locator}.")
    known = coating.notes.splitlines()
    coating.notes = "\n".join(dict.fromkeys([*known, *notes]))
    coating.save()
    _delete(one)


def _move_to_recipe(apps, one, process):
    notes, said = [], {}
    for note in _notes(one):
        name, value = _SAID.get(note, (None, None))
        if name:
            said[name] = value
        else:
            notes.append(note)
    recipes = apps.get_model("materials", "Recipe").objects
    # As the fixtures call them, so that loading these finds the recipe there.
    words = f"{one.source.slug} {process.slug} {one.value_as_reported}".lower()
    slug = re.sub("[^a-z0-9]+", "-", words).strip("-")[:120]
    recipe = recipes.create(
        slug=one.slug if recipes.filter(slug=slug).exists() else slug,
        process=process,
        source_id=one.source_id,
        locator=one.locator,
        reading=one.reading,
        disputed=one.disputed,
        notes="\n".join(notes),
        search_text=one.search_text,
        draft_search_text=one.draft_search_text,
        **_temperature(one),
        **said,
    )
    recipe.studies.set(one.studies.all())
    _delete(one)


def _delete(one):
    one.coated_measurements.update(control=None)
    one.delete()


class Migration(migrations.Migration):
    dependencies = [("materials", "0011_limits")]

    operations = [migrations.RunPython(move)]
