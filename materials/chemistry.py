"""Writes that span models: all or nothing, with errors that name the item."""

import difflib
import re
import unicodedata
from collections import defaultdict
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction

from asei_db.lib.folding import fold
from asei_db.lib.formulas import FormulaError, composition
from asei_db.lib.slugs import unique_slug
from asei_db.lib.typed import plain_dashes, visible
from materials.models import DepositionProcess, ProcessStep
from precursors.choices import PrecursorClass
from precursors.models import Precursor

_STARS = "*∗⁎✱﹡＊"
_STARRED = re.compile(rf"[{_STARS}]\s*(?P<before>.+)|(?P<after>.+?)\s*[{_STARS}]")
# Signs that folding drops but that make another name: “N2/H2” is not N2H2.
_MARKS = re.compile(r"[^\w\s.,·()\[\]{}-]|^[·-]|[·-]$")
_PRIMES = str.maketrans(dict.fromkeys("'’‘`´ʹ", "′"))
_LOOK_ALIKES = str.maketrans("01i|", "olll")


def parse_steps(text):
    """List the (precursor, is_optional) of a chemistry: "LiOtBu + EG + (CO2)".

    A precursor is named by slug, acronym, formula, name or synonym; a star stands for
    its plasma; brackets around a step make it optional. Raises ValidationError that
    names the unknown precursor and the nearest known one, and where no cycle can be
    run as written.
    """
    known = _KnownPrecursors()
    items = re.split("[+＋]", visible(text))
    steps = [_parse_step(item.strip(), known) for item in items]
    for (one, _), (other, _) in pairwise(steps):
        if one == other:
            raise ValidationError(
                f"{one.label} is fed twice in a row; write it once.", code="repeated"
            )
    if all(is_optional for _, is_optional in steps):
        raise ValidationError(
            "All steps are optional; take the brackets from what every cycle has.",
            code="all_optional",
        )
    return steps


def find_precursor(name):
    """The precursor that `name`, as in `parse_steps`, stands for, or None."""
    return _KnownPrecursors().find(name)


@transaction.atomic
def set_steps(process, text):
    """Make the steps of a saved `process` those of a chemistry; see `parse_steps`.

    Those of "" are none: the source names no precursors.
    """
    steps = parse_steps(text) if text else []
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
    if process := find_process(material, method, steps):
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


def find_process(material, method, steps):
    """The process with the very `steps` that `parse_steps` gave, or None."""
    candidates = DepositionProcess.objects.filter(material=material, method=method)
    for process in candidates.with_steps():
        if _steps_of(process) == steps:
            return process
    return None


def _steps_of(process):
    return [(step.precursor, step.is_optional) for step in process.steps.all()]


class _KnownPrecursors:
    """The recorded precursors, found by what they are called."""

    def __init__(self):
        self.all = list(Precursor.objects.all())
        # Names that come first win: O2 is the gas, not the plasma of that formula.
        self.levels = [
            self._by_name(lambda one: [one.slug]),
            self._by_name(lambda one: [one.acronym]),
            self._by_name(_formulas),
            self._by_name(lambda one: [one.name]),
            self._by_name(lambda one: one.synonyms),
        ]

    def _by_name(self, names_of):
        found = defaultdict(list)
        for precursor in self.all:
            for key in {_key(name) for name in names_of(precursor) if name}:
                found[key].append(precursor)
        return found

    def find(self, name):
        """The precursor of that name, or None; ValidationError if it is of several."""
        key = _key(name)
        for level in self.levels:
            if found := level.get(key):
                if len(found) > 1:
                    labels = " or ".join(
                        sorted(f"{one.label} ({one.name})" for one in found)
                    )
                    raise ValidationError(
                        f"“{name}” may be {labels}; give the name.", code="ambiguous"
                    )
                return found[0]
        return None

    def nearest(self, name):
        """The label of the precursor that may be meant, or None."""
        atoms = _composition(name)
        for precursor in self.all:
            names = (*_formulas(precursor), *precursor.synonyms)
            if atoms and atoms in map(_composition, names):
                return precursor.label
        labels = {}
        for level in self.levels:
            for (words, _), found in level.items():
                labels.setdefault(words.translate(_LOOK_ALIKES), found[0].label)
        look = _key(name)[0].translate(_LOOK_ALIKES)
        near = difflib.get_close_matches(look, labels, n=1)
        return labels[near[0]] if near else None


def _formulas(precursor):
    """The formula, which is not that of a plasma alone."""
    is_plasma = precursor.precursor_class == PrecursorClass.PLASMA
    return [precursor.formula] if precursor.formula and not is_plasma else []


def _key(name):
    """What two spellings of a name have in common: folded words and other signs."""
    text = unicodedata.normalize("NFKC", plain_dashes(name.translate(_PRIMES))).strip()
    # Alkyl groups without isomers, written out: Al(CH3)3 is AlMe3.
    text = re.sub("CH2CH3|C2H5", "Et", text).replace("CH3", "Me")
    text = re.sub(r"\((Me|Et)\)", r"\1", text)
    return fold(text).replace(" ", ""), "".join(_MARKS.findall(text))


def _composition(name):
    try:
        return composition(name)
    except FormulaError:
        return None


def _parse_step(item, known):
    is_optional = _is_bracketed(item)
    name = item[1:-1].strip() if is_optional else item
    if not name:
        raise ValidationError(
            "A step is empty; write the precursors as “TMA + H2O”.", code="empty"
        )
    if precursor := known.find(name):
        return precursor, is_optional
    if starred := _STARRED.fullmatch(name):
        plain = starred["before"] or starred["after"]
        is_named = plain.lower().endswith("plasma")
        if precursor := known.find(plain if is_named else f"{plain} plasma"):
            return precursor, is_optional
        raise ValidationError(
            f"The star of “{name}” means a plasma, and none of {plain} is recorded. "
            "Add it under Precursors.",
            code="unknown_precursor",
        )
    near = known.nearest(name)
    hint = f"Did you mean {near}? Or add it" if near else "Add it"
    raise ValidationError(
        f"No precursor is called “{name}”. {hint} under Precursors.",
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
