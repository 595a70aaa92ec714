"""Writes that span models: all or nothing, with errors that name the item."""

import difflib

from django.core.exceptions import ValidationError
from django.db import transaction

from asei_db.lib.folding import fold
from asei_db.lib.slugs import unique_slug
from materials.models import DepositionProcess, ProcessStep
from precursors.models import Precursor


def parse_steps(text):
    """List the (precursor, is_optional) of a chemistry: "LiOtBu + EG + (CO2)".

    A precursor is named by slug, acronym, formula or name; brackets around a step
    make it optional. Raises ValidationError that names the unknown precursor and the
    nearest known one.
    """
    precursors = _precursors_by_name()
    return [_parse_step(item.strip(), precursors) for item in text.split("+")]


@transaction.atomic
def set_steps(process, text):
    """Make the steps of a saved `process` those of a chemistry; see `parse_steps`."""
    steps = parse_steps(text)
    if steps != _steps_of(process):
        process.steps.all().delete()
        for position, (precursor, is_optional) in enumerate(steps, start=1):
            step = ProcessStep(
                process=process,
                position=position,
                precursor=precursor,
                is_optional=is_optional,
            )
            step.full_clean()
            step.save()


@transaction.atomic
def get_or_create_process(material, method, chemistry, source, locator):
    """The process of `material` with the very steps of `chemistry`, or a new one.

    Returns the process and whether it is new. A new one is called
    `<material>-<method>-<precursors>`, and was read in `source` at `locator`.
    """
    steps = parse_steps(chemistry)
    candidates = DepositionProcess.objects.filter(material=material, method=method)
    for process in candidates.with_steps():
        if _steps_of(process) == steps:
            return process, False
    names = [material.slug, method, *(precursor.slug for precursor, _ in steps)]
    process = DepositionProcess(
        slug=unique_slug(DepositionProcess, *names),
        material=material,
        method=method,
        source=source,
        locator=locator,
    )
    process.full_clean()
    process.save()
    set_steps(process, chemistry)
    return process, True


def _steps_of(process):
    return [(step.precursor, step.is_optional) for step in process.steps.all()]


def _precursors_by_name():
    """Precursors by folded slug, acronym, formula and name; the former win."""
    precursors = list(Precursor.objects.all())
    known = {}
    for attribute in ("slug", "acronym", "formula", "name"):
        for precursor in precursors:
            if name := getattr(precursor, attribute):
                known.setdefault(_fold(name), precursor)
    return known


def _fold(name):
    return fold(name).replace(" ", "")


def _parse_step(item, precursors):
    is_optional = _is_bracketed(item)
    name = item[1:-1].strip() if is_optional else item
    if precursor := precursors.get(_fold(name)):
        return precursor, is_optional
    labels = {name: precursor.label for name, precursor in precursors.items()}
    near = difflib.get_close_matches(_fold(name), labels, n=1)
    hint = f" Did you mean {labels[near[0]]}?" if near else ""
    raise ValidationError(
        f"No precursor is called “{name}”.{hint or ' Add it under Precursors.'}",
        code="unknown_precursor",
    )


def _is_bracketed(item):
    """Whether the bracket that opens `item` closes it: "(CO2)", but no "(a)b(c)"."""
    depth = 0
    for place, sign in enumerate(item, start=1):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return item[0] == "(" and place == len(item)
    return False
