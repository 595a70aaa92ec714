from pathlib import Path

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from asei_db.lib.records import read_records
from materials.harvest.drafting import draft
from materials.harvest.reading import HarvestError, read
from materials.harvest.records import FILES
from materials.harvest.vocabulary import Vocabulary

_HEADER = """\
# Written by `manage.py import_harvest`: to correct a record, correct the harvest or
# vocabulary.yaml and import it again.
"""
_KEYS = ("precursor", "source", "locator", "temperature")  # of a record without slug


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
        for name in FILES:
            path = folder / f"{name}.yaml"
            known = {_key(r): r for r in read_records(path)} if path.exists() else {}
            records, counts = _merge(known, drafted.records[name])
            report.append(f"| `{name}.yaml` | {' | '.join(map(str, counts))} |")
            if write and records:
                path.write_text(_HEADER + _dump(records), "utf-8")
        report += ["", *_tell(drafted)]
        self.stdout.write("\n".join(report))
        if not write:
            self.stdout.write("\nNothing was written; --write does.")


def _merge(known, drafted):
    """All records, and how many are new, changed, unchanged, and not in the harvest.

    Controls come first, since the loader takes the records in order.
    """
    drafted = {_key(record): record for record in drafted.values()}
    shared = drafted.keys() & known.keys()
    changed = sum(drafted[key] != known[key] for key in shared)
    counts = (len(drafted) - len(shared), changed, len(shared) - changed)
    records = list((known | drafted).values())
    controls = {record.get("control") for record in records}
    records.sort(key=lambda record: record.get("slug") not in controls)
    return records, (*counts, len(known) - len(shared))


def _key(record):
    return record.get("slug") or tuple(record[name] for name in _KEYS)


def _tell(drafted):
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
