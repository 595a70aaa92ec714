import argparse
import time

from django.core.management.base import BaseCommand, CommandError

from asei_db.lib import deriving
from asei_db.lib.statistics import gather_statistics
from literature.models import Study
from materials.generating import generate

MOST_COATINGS = 5_000_000
_ROWS_WITHOUT_A_WORD = 50_000


def coating_count(text):
    """The number of coatings that an argument says: 1000 or 1e3."""
    try:
        count = float(text)
    except ValueError:
        count = 0
    if not (1 <= count <= MOST_COATINGS and count.is_integer()):
        raise argparse.ArgumentTypeError(
            f"give a whole number from 1 to {MOST_COATINGS:,}, not “{text}”."
        )
    return int(count)


class Command(BaseCommand):
    help = (
        "Fill an empty database with made-up literature, to see how fast the site is."
    )

    def add_arguments(self, parser):
        parser.add_argument("--coatings", type=coating_count, required=True)
        parser.add_argument(
            "--seed", type=int, default=0, help="another one gives other rows"
        )
        parser.add_argument(
            "--add",
            action="store_true",
            help="also to a database that holds studies, among which these will stand",
        )

    def handle(self, *, coatings, seed, add, **options):
        if not add and Study.objects.exists():
            raise CommandError(
                "The database holds studies; made-up ones would stand among them. "
                "Name another one in DATABASE_URL, or say --add."
            )
        start = time.monotonic()
        tables = generate(coatings, seed, self._report)
        seconds = time.monotonic() - start
        self._report(
            f"{tables.count:,} rows in {seconds:.1f} s, of which the database took "
            f"{tables.seconds:.1f} s"
        )
        start = time.monotonic()
        deriving.derive_all(stages=(1, 2), report=self._report_derived)
        gather_statistics()
        self._report(f"derived in {time.monotonic() - start:.1f} s")

    def _report_derived(self, derivation, done, total):
        if done == total or done % _ROWS_WITHOUT_A_WORD == 0:
            self._report(f"{derivation.name}: {done:,} of {total:,}")

    def _report(self, line):
        self.stdout.write(line)
        self.stdout.flush()
