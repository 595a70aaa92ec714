"""Can a reactor run a process? The rules, each answer with its reason.

What a process needs is compared with the limits that are given; a limit that is not
given is not checked. The worst check decides: not feasible, then unknown, marginal,
feasible.

* **Source (bottle) temperature**: each precursor needs the temperature called typical
  (Table 1's), else the least demanding published one. Where the typical one is too high
  but another published one would do, the precursor is marginal. Plasmas, and gases at
  room temperature, come from a line and need no heated bottle. A liquid or solid
  without a recorded temperature is unknown.
* **Substrate temperature**: the lowest published deposition temperature of the process
  must not be above the limit, or above the thermal limit of the substrate, whichever is
  lower. What the process itself states comes first, as the typical temperature does;
  those of its recipes and coatings are the others. Where there is none, what a study of
  the process reports of its material counts.
* **Precursors at hand**: all that the process needs must be among them.
* **Chemistry**: a process whose source names only some precursors, or none, is unknown:
  what the others would need cannot be checked.
* A step in brackets is optional: it blocks nothing, but a note says what it would need.
* Disputed temperatures are not used. Inferred ones are, and said to be inferred.

A need is feasible up to the limit and marginal up to 10 °C above it. About (`~`) counts
as ±10 °C. A range of source temperatures that the limit cuts is reached in part only:
marginal. Of an open end, `>140 °C` is not feasible if 140 °C already is not, else
unknown; `<60 °C` is feasible or marginal if 60 °C is, else unknown.
"""

from dataclasses import dataclass
from itertools import chain

from django.db.models import Model, TextChoices

from asei_db.lib.quantities import Quantity
from literature.choices import Reading
from materials.models import DepositionProcess, Need, Substrate
from precursors.choices import PhysicalState, PrecursorClass
from precursors.models import Precursor

MARGIN_CELSIUS = 10


class Verdict(TextChoices):
    """From the best to the worst."""

    FEASIBLE = "feasible", "Feasible"
    MARGINAL = "marginal", "Marginal"
    UNKNOWN = "unknown", "Unknown"
    NOT_FEASIBLE = "not_feasible", "Not feasible"


_DEPOSITION = "Deposition"
RANK = {verdict: rank for rank, verdict in enumerate(Verdict)}


@dataclass(frozen=True)
class Limits:
    """What a laboratory has; None, or no precursors, is no limit. In °C."""

    source_temperature_celsius: float | None = None
    substrate_temperature_celsius: float | None = None
    substrate: Substrate | None = None
    precursors: tuple = ()

    def __bool__(self):
        return self != Limits()


class Subject(TextChoices):
    """What a check is about."""

    SOURCE_TEMPERATURE = "source_temperature", "Source temperature"
    SUBSTRATE_TEMPERATURE = "substrate_temperature", "Substrate temperature"
    PRECURSOR = "precursor", "Precursor at hand"
    CHEMISTRY = "chemistry", "Chemistry"


@dataclass(frozen=True)
class Clause:
    """A part of a reason, and the need that it names."""

    text: str
    need: Need | None = None

    @property
    def record(self) -> Model | None:
        """The record in which the need stands."""
        return self.need.record if self.need else None

    def __str__(self):
        return f"{self.text} ({_reference(self.record)})" if self.record else self.text


@dataclass(frozen=True)
class Check:
    """One need of a process against one limit.

    `clauses` are the reason, each with the source of its number. `needed` and `limit`
    are temperatures; `need`, `needed` and `evidence`, the record that holds it, are
    None where no temperature is needed or known.
    """

    subject: Subject
    verdict: Verdict
    clauses: tuple
    is_optional: bool = False
    precursor: Precursor | None = None
    need: Need | None = None
    limit: Quantity | None = None

    @property
    def needed(self) -> Quantity | None:
        return self.need.quantity if self.need else None

    @property
    def evidence(self) -> Model | None:
        return self.need.record if self.need else None

    @property
    def reason(self):
        """A sentence with the source of each number."""
        return "; ".join(map(str, self.clauses))


@dataclass(frozen=True)
class Plan:
    """Whether a process can be run: the worst verdict of its checks, and all checks."""

    process: DepositionProcess
    verdict: Verdict
    checks: tuple

    @property
    def slug(self):
        return self.process.slug

    def get_absolute_url(self):
        return self.process.get_absolute_url()

    @property
    def deciding(self):
        """The checks that decide; all of them if the process is feasible."""
        return [
            check
            for check in self._told()
            if check.verdict == self.verdict and not check.is_optional
        ]

    @property
    def in_doubt(self):
        """The checks of optional steps that cannot be had for sure."""
        return [
            check
            for check in self._told()
            if check.is_optional and check.verdict != Verdict.FEASIBLE
        ]

    @property
    def reasons(self):
        """Why, in sentences."""
        return [check.reason for check in self.deciding]

    @property
    def notes(self):
        """What optional steps would need, where that cannot be had for sure."""
        return [check.reason for check in self.in_doubt]

    def _told(self):
        """The checks, each once though its precursor comes twice in the cycle."""
        return dict.fromkeys(self.checks)


def assess(process, limits):
    """The `Plan` of one process of `with_needs()`."""
    checks = tuple(
        chain(
            _check_chemistry(process),
            *(_check_step(step, limits) for step in process.steps.all()),
            _check_substrate(process, limits),
        )
    )
    deciding = [check.verdict for check in checks if not check.is_optional]
    verdict = max(deciding, key=RANK.__getitem__, default=Verdict.UNKNOWN)
    return Plan(process, verdict, checks)


def _check_chemistry(process):
    if not process.steps.all():
        reason = "The precursors are not known here"
    elif not process.is_complete:
        reason = "Only some of the precursors are known here"
    else:
        return
    yield Check(Subject.CHEMISTRY, Verdict.UNKNOWN, (Clause(reason),))


def _check_step(step, limits):
    precursor = step.precursor
    prefix = f"Optional: {precursor.label}" if step.is_optional else precursor.label
    about = {"precursor": precursor, "is_optional": step.is_optional}
    if limits.precursors:
        at_hand = precursor in limits.precursors
        yield Check(
            Subject.PRECURSOR,
            Verdict.FEASIBLE if at_hand else Verdict.NOT_FEASIBLE,
            (Clause(f"{prefix} is {'' if at_hand else 'not '}at hand"),),
            **about,
        )
    limit = limits.source_temperature_celsius
    if limit is not None:
        limit = Quantity(limit, limit, unit="°C")
        verdict, clauses, need = _source_temperature(prefix, precursor, limit)
        yield Check(
            Subject.SOURCE_TEMPERATURE,
            verdict,
            clauses,
            need=need,
            limit=limit,
            **about,
        )


def _source_temperature(name, precursor, limit):
    """Verdict, clauses and need."""
    if needs := precursor.listed_needs:
        return _best(name, needs, limit, "your limit is", judge)
    if precursor.precursor_class == PrecursorClass.PLASMA:
        verdict, reason = Verdict.FEASIBLE, "is a plasma: no heated source"
    elif precursor.physical_state == PhysicalState.GAS:
        verdict, reason = Verdict.FEASIBLE, "is a gas: no heated source"
    else:
        verdict, reason = Verdict.UNKNOWN, "has no source temperature recorded here"
    return verdict, (Clause(f"{name} {reason}"),), None


def substrate_limit(limits):
    """The highest temperature of the substrate, None if nothing limits it.

    With the words that introduce it, and whether the substrate's own is not known.
    """
    limit, words, is_unknown = None, "", False
    celsius, substrate = limits.substrate_temperature_celsius, limits.substrate
    if celsius is not None:
        limit, words = Quantity(celsius, celsius, unit="°C"), "your limit is"
    if substrate is not None:
        own = substrate.thermal_limit
        if own is None or own.minimum is None:
            is_unknown = True
        elif limit is None or own.minimum < limit.minimum:
            limit, words = own, f"{substrate.name} withstands"
    return limit, words, is_unknown


def _check_substrate(process, limits):
    limit, words, is_unknown = substrate_limit(limits)
    if is_unknown:
        reason = f"The thermal limit of {limits.substrate.name} is not known"
        yield Check(Subject.SUBSTRATE_TEMPERATURE, Verdict.UNKNOWN, (Clause(reason),))
    if limit is None:
        return
    if needs := process.listed_needs:
        verdict, clauses, need = _best(_DEPOSITION, needs, limit, words, judge_window)
    else:
        verdict, need = Verdict.UNKNOWN, None
        clauses = (Clause("No deposition temperature is recorded here"),)
    yield Check(Subject.SUBSTRATE_TEMPERATURE, verdict, clauses, need=need, limit=limit)


def _best(name, needs, limit, words, judge):
    """The verdict on published `Need`s of what has the name, clauses, and the need.

    Counts the typical one, which is the first, or the least demanding where there is
    none. A less demanding one beside the typical one makes it marginal at best.
    """
    judged = [(judge(need.quantity, limit), need) for need in needs]
    least = min(judged, key=lambda one: (RANK[one[0]], one[1].quantity.sort_value))
    verdict, need = judged[0] if needs[0].is_typical else least
    doubt = ""
    if need.reading == Reading.INFERRED:
        other = "source" if name == _DEPOSITION else "deposition"
        doubt = f" (inferred: may be a {other} temperature)"
    clauses = [Clause(f"{name} needs {need}{doubt}, {words} {limit}", need)]
    possible = (Verdict.FEASIBLE, Verdict.MARGINAL)
    if verdict not in possible and least[0] in possible:
        verdict = Verdict.MARGINAL
        clauses.append(Clause(f"but {least[1]} is published too", least[1]))
    return verdict, tuple(clauses), need


def judge(need, limit):
    """A source temperature against a limit: all of a range should be within reach."""
    return _verdict(need, limit, sure_source(need))


def judge_window(need, limit):
    """A deposition temperature against a limit: any part of a range will do."""
    return _verdict(need, limit, sure_window(need))


def sure_source(need):
    """The temperature at which a source surely works, None if that is open."""
    return need.maximum


def sure_window(need):
    """The temperature at which a deposition surely works, None if that is open."""
    if need.maximum is None or need.minimum is None:
        return need.maximum
    return need.minimum


def _verdict(need, limit, sure):
    """`sure` is the temperature at which the need is met for sure, None if open."""
    celsius = limit.minimum
    about = "~" in (need.qualifier, limit.qualifier)
    least = need.minimum
    if least is not None and least > celsius + MARGIN_CELSIUS:
        return Verdict.NOT_FEASIBLE
    if sure is None:
        return Verdict.UNKNOWN
    if sure + (MARGIN_CELSIUS if about else 0) <= celsius:
        return Verdict.FEASIBLE
    if least is not None or sure <= celsius + MARGIN_CELSIUS:
        return Verdict.MARGINAL
    return Verdict.UNKNOWN


def _reference(record):
    """Where a record was read: "Table 1, ref. 43", or "Kazyak et al., …: Table 2"."""
    studies = record.reporters
    numbers = sorted(
        citation.number
        for study in studies
        for citation in study.published_citations
        if citation.review_id == record.source_id
    )
    if numbers:
        word = "ref." if len(numbers) == 1 else "refs"
        return f"{record.locator}, {word} {', '.join(map(str, numbers))}"
    others = [study for study in studies if study.pk != record.source_id]
    label = "; ".join(study.label for study in others or [record.source])
    return f"{label}: {record.locator}"
