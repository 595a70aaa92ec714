"""What a careful reviewer checks: `manage.py check_data` and the admin run it.

A check is a function of one record that yields a sentence for each problem; its name
and the first line of its docstring say what it wants. Errors are surely wrong. Warnings
may be right, and a note on the record should then say why. Each app declares its checks
in a module `checks`, which is imported when the project starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db.models import CASCADE, Model, Q, TextChoices

from literature.models import Sourced, Study

_ROWS_AT_ONCE = 1000


class Severity(TextChoices):
    ERROR = "error", "Error"
    WARNING = "warning", "Warning"


@dataclass(frozen=True)
class Check:
    """One check: `find` yields the problems of an instance of one of `models`.

    `where` leaves out rows that cannot have the problem; `related` are the paths that
    `find` follows. `known` gives what must be known of other rows, in a fixed number of
    queries. `find` then takes it as its second argument: to be called, and asked once.
    """

    severity: Severity
    models: tuple
    find: Callable
    where: Callable | Q
    related: tuple
    known: Callable | None

    @property
    def name(self):
        return self.find.__name__

    @property
    def description(self):
        return self.find.__doc__.splitlines()[0]

    def rows(self, source=None):
        """The rows to check: all, or those that a study is the source of."""
        for model in self.models:
            where = self.where() if callable(self.where) else self.where
            rows = model._default_manager.filter(where).order_by("pk")
            if source is not None:
                if not issubclass(model, Sourced):
                    continue
                rows = rows.filter(source=source)
            if whole := _whole_of(model):
                rows = rows.select_related(whole)
            yield from rows.prefetch_related(*self.related).iterator(_ROWS_AT_ONCE)

    def problems(self, records):
        """Yield the `Problem`s of records."""
        known = [cache(self.known)] if self.known else []
        for record in records:
            for message in self.find(record, *known):
                yield Problem(self, record, message)


def _whole_of(model):
    """The name of the relation to what a row is a part of; None of a whole."""
    if any(field.name == "slug" for field in model._meta.concrete_fields):
        return None
    parts = (
        field.name
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is CASCADE
    )
    return next(parts, None)


@dataclass(frozen=True)
class Problem:
    check: Check
    instance: Model
    message: str

    @property
    def severity(self):
        return self.check.severity

    @property
    def name(self):
        """Of the record: "cycling test bare-li", "cycling point cycle 3 of bare-li"."""
        kind = self.instance._meta.verbose_name
        name = f"{kind} {getattr(self.instance, 'slug', None) or self.instance}"
        whole = _whole_of(type(self.instance))
        return f"{name} of {getattr(self.instance, whole).slug}" if whole else name

    def __str__(self):
        return f"{self.name}: {self.message} ({self.check.name})"


CHECKS = []


def check(severity, *models, where=None, related=(), known=None):
    """Make a function a check of the rows of `models`."""

    def register(find):
        CHECKS.append(Check(severity, models, find, where or Q(), related, known))
        return find

    return register


def all_problems():
    """Every `Problem` in the database, drafts included, check by check."""
    for one in CHECKS:
        yield from one.problems(one.rows())


def problems_of(instance):
    """List the `Problem`s of one saved record, errors first.

    Those of a study are also those of what it is the source of.
    """
    if not instance.pk:
        return []
    problems = [
        problem
        for one in CHECKS
        for records in (
            [instance] if isinstance(instance, one.models) else [],
            one.rows(source=instance) if isinstance(instance, Study) else [],
        )
        for problem in one.problems(records)
    ]
    return sorted(problems, key=lambda problem: problem.severity)
