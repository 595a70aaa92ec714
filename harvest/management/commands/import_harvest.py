from pathlib import Path

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from asei_db.lib.records import read_records
from harvest.drafting import draft
from harvest.merging import merge
from harvest.reading import HarvestError, read
from harvest.records import FILES
from harvest.vocabulary import Vocabulary
from harvest.writing import replace_files

_HEADER = """\
# Written by `manage.py import_harvest`; README.md says how to correct a record.
"""


class Command(BaseCommand):
    help = (
        "Turn a reviewed harvest (one JSON record a line) into fixtures/enrichment/. "
        "Reports what it would change, and changes it with --write."
    )

    def add_arguments(self, parser):
        parser.add_argument("harvest", type=Path, help="the harvest, a .jsonl file")
        parser.add_argument("--write", action="store_true", help="write the files")
        parser.add_argument(
            "--fixtures",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="the folder of the curated literature",
        )

    def handle(self, *, harvest, write, fixtures, **options):
        try:
            drafted = draft(read(harvest), Vocabulary(fixtures))
        except (HarvestError, OSError) as error:
            raise CommandError(f"Nothing was written. {error}") from error
        folder = fixtures / "enrichment"
        report = [
            "| file | new | changed | unchanged | kept |",
            "|---|--:|--:|--:|--:|",
        ]
        details, files = [], {}
        for name in FILES:
            path = folder / f"{name}.yaml"
            known = list(read_records(path)) if path.exists() else []
            drafts = drafted.records[name]
            merged = merge(name, known, drafts.values())
            new, changed = len(merged.new), len(merged.changed)
            kept = len(merged.records) - len(drafts)
            counts = (new, changed, len(drafts) - new - changed, kept)
            report.append(f"| `{name}.yaml` | {' | '.join(map(str, counts))} |")
            details += _details(name, merged)
            if write and (new or changed):
                files[path] = _HEADER + _dump([*merged.records.values()])
        try:
            replace_files(files)
        except OSError as error:
            raise CommandError(f"Not written: {error}. Run it again.") from error
        report += ["", *details] if details else []
        report += ["", *_summarize(drafted)]
        self.stdout.write("\n".join(report))
        if not write:
            self.stdout.write("\nNothing was written; --write does.")


def _details(file, merged):
    """The lines that say which records changed or not, and in which fields."""
    for name, fields in merged.changed.items():
        yield f"* changed: `{file}.yaml`, {name}: {', '.join(fields)}"
    for name, fields in merged.left.items():
        yield (
            f"* left as it is, though the harvest differs: `{file}.yaml`, {name}: "
            f"{', '.join(fields)}"
        )
    for name in merged.missing:
        yield f"* not in the harvest, though its study is: `{file}.yaml`, {name}"


def _summarize(drafted):
    """The lines that say what was taken, what was not, and why."""
    lines = sorted(set(drafted.taken))
    kinds = sorted({kind for _, kind in lines})
    counts = [f"{sum(k == kind for _, k in lines)} {kind}" for kind in kinds]
    yield f"Taken: {len(lines)} records ({', '.join(counts)})."
    yield f"Skipped: {len(drafted.skipped)} records."
    yield ""
    reasons = {}
    for line, reason in drafted.skipped:
        reasons.setdefault(reason, []).append(str(line))
    for reason, where in sorted(reasons.items(), key=lambda item: -len(item[1])):
        yield f"* {len(where)} × {reason}: line {', '.join(where)}"
    for process, studies in sorted(drafted.lacking.items()):
        missing = ", ".join(studies)
        yield f"* add to `processes.yaml` of the review, {process}: {missing}"
    for line, what in drafted.unsaid:
        yield f"* without words in the vocabulary, line {line}: {what}"


def _dump(records):
    return yaml.dump(
        records, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=88
    )


class _Dumper(yaml.SafeDumper):
    """YAML without references, so that every record reads on its own."""

    def ignore_aliases(self, data):
        return True


_Dumper.add_multi_representer(str, lambda dumper, text: dumper.represent_str(str(text)))
_Dumper.add_multi_representer(int, lambda dumper, one: dumper.represent_int(int(one)))
