import time

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from asei_db.lib import deriving, search
from asei_db.lib.plurals import number_of_rows
from literature.recorded import Recorded

SECONDS_WITHOUT_A_WORD = 3
_ROWS_AT_ONCE = 500


class Command(BaseCommand):
    help = (
        "Derive anew all that is stored but computed: the numbers of quantities, "
        "drawings and InChIKeys, the methods of coatings, search texts and sort keys, "
        "and all that lists, search and the API read. Reports what changed. A row that "
        "cannot be derived is named and left as it is."
    )

    def handle(self, verbosity, **options):
        models = [m for m in apps.get_models() if issubclass(m, Recorded)]
        changed = {model: self._derive(model) for model in models}
        report = [
            *self._count(changed, "changed"),
            *self._count(search.derive_all(), "found or sorted otherwise"),
            *self._count(self._derive_tables(verbosity), "answered otherwise"),
        ]
        self.stdout.write("\n".join(report) or "What is derived is current.")

    def _derive_tables(self, verbosity):
        """Derive what is made of the rows; how many documents changed, by model."""
        report = self._progress() if verbosity else None
        counts = deriving.derive_all(stages=(1, 2), report=report)
        return {one.model: count for one, count in counts.items() if one.stage == 2}

    def _progress(self):
        """Says every few seconds how far it is."""
        said = time.monotonic()

        def report(derivation, done, total):
            nonlocal said
            if time.monotonic() > said + SECONDS_WITHOUT_A_WORD:
                said = time.monotonic()
                self.stderr.write(f"{derivation.name}: {done:,} of {total:,}")

        return report

    @staticmethod
    def _count(changed, words):
        for model, count in changed.items():
            if count:
                yield f"{number_of_rows(count, model)} {words}"

    def _derive(self, model):
        """Derive the rows of a model; how many changed."""
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if not getattr(field, "auto_now", False)
        ]
        count, batch = 0, []
        for row in model._base_manager.order_by("pk").iterator(_ROWS_AT_ONCE):
            before = [getattr(row, name) for name in names]
            try:
                row.derive()
                relisted = hasattr(row, "list_methods") and row.list_methods()
            except (ValueError, ValidationError) as error:
                kind = model._meta.verbose_name
                self.stderr.write(f"{kind} {row.pk} ({row}): {error}")
                continue
            differs = [getattr(row, name) for name in names] != before
            count += differs or relisted
            if differs:
                batch.append(row)
            if len(batch) == _ROWS_AT_ONCE:
                self._save(model, names, batch)
        self._save(model, names, batch)
        return count

    @staticmethod
    def _save(model, names, batch):
        """Save the rows without their `updated`: nobody has edited them."""
        if batch:
            fields = [name for name in names if name != model._meta.pk.attname]
            model._base_manager.bulk_update(batch, fields, batch_size=50)
            batch.clear()
