from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from literature.checks import CHECKS, Severity, all_problems


class Command(BaseCommand):
    help = "Check the data as a careful reviewer would; fails if there are errors."

    def handle(self, **options):
        counts = Counter()
        for problem in all_problems():
            counts[problem.severity] += 1
            style = (
                self.style.ERROR
                if problem.severity == Severity.ERROR
                else self.style.WARNING
            )
            self.stdout.write(f"{style(problem.severity.label)}: {problem}")
        self.stdout.write(
            f"{len(CHECKS)} checks: {counts[Severity.ERROR]} errors, "
            f"{counts[Severity.WARNING]} warnings."
        )
        if counts[Severity.ERROR]:
            raise CommandError("The data have errors.")
