from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from asei_db.lib.records import read_records
from harvest import tracing
from harvest.drafting import draft
from harvest.merging import name_of
from harvest.reading import HarvestError, read
from harvest.records import FILES
from harvest.vocabulary import Vocabulary


class Command(BaseCommand):
    help = (
        "Say of every number that was taken of reviewed harvests which record of "
        "fixtures/enrichment/ holds it, and of every number there which line of them "
        "it comes from. Fails, with a list, if one has no counterpart."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "harvests", type=Path, nargs="+", help="all that were imported, .jsonl"
        )
        parser.add_argument(
            "--fixtures",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="the folder of the curated literature",
        )

    def handle(self, *, harvests, fixtures, **options):
        try:
            drafts = {
                path.name: draft(read(path), Vocabulary(fixtures)) for path in harvests
            }
        except (HarvestError, OSError) as error:
            raise CommandError(str(error)) from error
        known = {
            name: _records(fixtures / "enrichment" / f"{name}.yaml") for name in FILES
        }
        lost, stray, count = [], [], 0
        for name, drafted in drafts.items():
            for (line, field), places in tracing.held(drafted, known).items():
                count += 1
                number = f"{name}, line {line}, {field}"
                for place in places:
                    self.stdout.write(f"{number}: {place}")
                lost += [] if places else [number]
        found = tracing.sources(drafts, known)
        for place, lines in found.items():
            of = ", ".join(f"{name}, line {line}" for name, line in lines)
            self.stdout.write(f"{place}: of {of or 'no line'}")
            stray += [] if lines else [str(place)]
        entries = sum(len(drafted.entries) for drafted in drafts.values())
        self.stdout.write(
            f"\n{count} numbers of {entries} entries, {len(lost)} in no record; "
            f"{len(found)} numbers in the records, {len(stray)} of no line."
        )
        if lost or stray:
            raise CommandError("\n".join(["Without a counterpart:", *lost, *stray]))


def _records(path):
    rows = read_records(path) if path.exists() else []
    return {name_of(row): row for row in rows}
