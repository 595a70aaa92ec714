"""What a careful reviewer checks: `manage.py check_data` and the admin run it.

A check is a function of one record that yields a sentence for each problem; its name
and the first line of its docstring say what it wants. Errors are surely wrong. Warnings
may be right, and a note on the record should then say why. Each app declares its checks
in a module `checks`, which is imported when the project starts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q, TextChoices

from literature.models import Sourced, Study

_ROWS_AT_ONCE = 1000


class Severity(TextChoices):
    ERROR = "error", "Error"
    WARNING = "warning", "Warning"


@dataclass(frozen=True)
class Check:
    """One check: `find` yields the problems of an instance of one of `models`.

    `where` leaves out rows that cannot have the problem; `related` are the paths that
    `find` follows.
    """

    severity: Severity
    models: tuple
    find: Callable
    where: Callable | Q
    related: tuple

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
            yield from rows.prefetch_related(*self.related).iterator(_ROWS_AT_ONCE)


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
        """Of the record: "cycling test bare-li"."""
        kind = self.instance._meta.verbose_name
        return f"{kind} {getattr(self.instance, 'slug', None) or self.instance}"

    def __str__(self):
        return f"{self.name}: {self.message} ({self.check.name})"


CHECKS = []


def check(severity, *models, where=None, related=()):
    """Make a function a check of the rows of `models`."""

    def register(find):
        CHECKS.append(Check(severity, models, find, where or Q(), related))
        return find

    return register


def all_problems():
    """Every `Problem` in the database, drafts included, check by check."""
    for one in CHECKS:
        for instance in one.rows():
            for message in one.find(instance):
                yield Problem(one, instance, message)


def problems_of(instance):
    """List the `Problem`s of one saved record, errors first.

    Those of a study are also those of what it is the source of.
    """
    if not instance.pk:
        return []
    problems = [
        Problem(one, record, message)
        for one in CHECKS
        for record in [
            *([instance] if isinstance(instance, one.models) else []),
            *(one.rows(source=instance) if isinstance(instance, Study) else []),
        ]
        for message in one.find(record)
    ]
    return sorted(problems, key=lambda problem: problem.severity)
