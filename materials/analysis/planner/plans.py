"""What a laboratory can run of all there is: judged in the database, shown by pages."""

from functools import cached_property
from operator import attrgetter

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)

from asei_db.lib.deriving import batches
from asei_db.lib.loading import Loader
from literature.citing import cite
from materials.analysis.planner.rules import (
    MARGIN_CELSIUS,
    RANK,
    Verdict,
    assess,
    substrate_limit,
)
from materials.models import DepositionProcess, ProcessStep
from materials.models.needs import load_records

_ORDER = ("material_name", "pk")
_VERDICTS = list(Verdict)
_PROCESSES = Loader(DepositionProcess.objects.with_needs())


class Plans:
    """The `Plan`s of all processes of a queryset of `ProcessNeeds`, as a sequence.

    The most feasible come first. What is not asked for is not loaded: a slice takes
    no more queries, however many processes there are. Of `verdicts` alone, if any.
    """

    def __init__(self, needs, limits, verdicts=()):
        self.limits = limits
        self._judged = needs.order_by().annotate(rank=rank(limits))
        self._verdicts = [one for one in Verdict if one in (verdicts or Verdict)]

    def __len__(self):
        return sum(self.counts[verdict] for verdict in self._verdicts)

    def __iter__(self):
        for some in batches(self._keys(0, None)):
            yield from self._of(some)

    def __getitem__(self, page):
        return self._of(self._keys(page.start or 0, page.stop))

    @cached_property
    def counts(self):
        """The number of processes with each verdict."""
        counts = self._judged.values_list("rank").annotate(Count("pk"))
        return dict.fromkeys(Verdict, 0) | {_VERDICTS[one]: n for one, n in counts}

    def first_of_each(self, number):
        """The first `Plan`s of each verdict that is asked for, by verdict.

        Of their checks, those that decide and those in doubt come with records.
        """
        keys = {one: self._keys_of(one, 0, number) for one in self._verdicts}
        plans = self._of(
            [key for some in keys.values() for key in some],
            lambda plan: [*plan.deciding, *plan.in_doubt],
        )
        return {
            one: [plan for plan in plans if plan.verdict == one]
            for one in self._verdicts
        }

    def _keys(self, start, stop):
        # One verdict after the other, as each is found in order without sorting.
        found = []
        for verdict in self._verdicts:
            count = self.counts[verdict]
            end = count if stop is None else min(stop, count)
            if start < end:
                found += self._keys_of(verdict, start, end)
            start = max(start - count, 0)
            stop = None if stop is None else max(stop - count, 0)
        return found

    def _keys_of(self, verdict, start, stop):
        if start >= min(stop, self.counts[verdict]):
            return []
        rows = self._judged.filter(rank=RANK[verdict]).order_by(*_ORDER)
        return list(rows.values_list("pk", flat=True)[start:stop])

    def _of(self, keys, cited=attrgetter("checks")):
        processes = {process.pk: process for process in _PROCESSES(keys)}
        plans = [assess(processes[key], self.limits) for key in keys]
        checks = [check for plan in plans for check in cited(plan)]
        needs = [check.need for check in checks if check.need]
        clauses = [clause for check in checks for clause in check.clauses]
        needs += [clause.need for clause in clauses if clause.need]
        cite(load_records(needs))
        return plans


def rank(limits):
    """The rank of the verdict on a row of `ProcessNeeds`, as an expression."""
    wrong = {verdict: Q() for verdict in Verdict}
    limit, _, is_unknown = substrate_limit(limits)
    source = limits.source_temperature_celsius
    if source is not None:
        _judge(wrong, "source", source, "feasible")
    if limit is not None:
        feasible = "about" if limit.qualifier == "~" else "feasible"
        _judge(wrong, "deposition", limit.minimum, feasible)
    if limits.precursors:
        missing = ProcessStep.objects.filter(
            process=OuterRef("pk"), is_optional=False
        ).exclude(precursor__in=limits.precursors)
        wrong[Verdict.NOT_FEASIBLE] |= Q(Exists(missing))
    wrong[Verdict.UNKNOWN] |= Q(is_chemistry_known=False)
    if is_unknown or not limits:
        wrong[Verdict.UNKNOWN] |= Q(is_chemistry_known=True)
    elif limit is None:
        # Nothing decides where all steps are optional.
        wrong[Verdict.UNKNOWN] |= Q(has_required_steps=False)
    worst_first = sorted(wrong.items(), key=lambda one: -RANK[one[0]])
    return Case(
        *(When(q, then=Value(RANK[verdict])) for verdict, q in worst_first if q),
        default=Value(RANK[Verdict.FEASIBLE]),
        output_field=IntegerField(),
    )


def _judge(wrong, name, celsius, feasible):
    """Add what makes the source or the deposition fall short of each verdict."""
    reach = celsius + MARGIN_CELSIUS
    for verdict, bound, limit in (
        (Verdict.NOT_FEASIBLE, "unknown", reach),
        (Verdict.UNKNOWN, "possible", reach),
        (Verdict.MARGINAL, feasible, celsius),
    ):
        wrong[verdict] |= Q(**{f"{name}_{bound}_celsius__gt": limit})
