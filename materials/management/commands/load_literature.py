from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from asei_db.lib.records import RecordError, load_records
from asei_db.lib.statistics import gather_statistics
from literature.models import ReviewCitation, Study
from materials.chemistry import find_precursor, set_steps
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingTest,
    DepositionProcess,
    Finding,
    Material,
    PropertyMeasurement,
    Recipe,
    SeiRelation,
    Substrate,
)
from precursors.importers import fill_elements
from precursors.models import Element, Precursor, SublimationTemperature


def find_study(study):
    """The study that has the DOI of a new one, whatever its slug, or None."""
    return study.doi and Study.objects.filter(doi=study.doi).first()


#: The files in the order in which they build on each other. A file of the same name in
#: a folder of fixtures/ adds to the one in fixtures/ itself; either may be absent.
FILES = [
    ("elements.yaml", Element, {}),
    ("studies.yaml", Study, {"find_twin": find_study}),
    ("citations.yaml", ReviewCitation, {}),
    ("precursors.yaml", Precursor, {"finish": fill_elements}),
    ("materials.yaml", Material, {"finish": fill_elements}),
    ("sei-relations.yaml", SeiRelation, {}),
    ("substrates.yaml", Substrate, {"finish": fill_elements}),
    ("methods.yaml", CharacterizationMethod, {}),
    ("processes.yaml", DepositionProcess, {"setters": {"steps": set_steps}}),
    ("recipes.yaml", Recipe, {"finders": {Precursor: find_precursor}}),
    ("coatings.yaml", Coating, {}),
    ("measurements.yaml", PropertyMeasurement, {}),
    ("cycling-tests.yaml", CyclingTest, {}),
    ("findings.yaml", Finding, {}),
    ("sublimation-temperatures.yaml", SublimationTemperature, {}),
]


class Command(BaseCommand):
    help = "Load the curated literature; what is there already is left untouched."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing if the database holds any study",
        )

    def handle(self, *, if_empty, **options):
        if if_empty and Study.objects.exists():
            return
        try:
            with transaction.atomic():
                self._load()
        except RecordError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        gather_statistics()

    def _load(self):
        folder = settings.BASE_DIR / "fixtures"
        found = {}
        for name, model, how in FILES:
            for path in [folder / name, *sorted(folder.glob(f"*/{name}"))]:
                if path.exists():
                    loaded = load_records(path, model, found=found, **how)
                    self.stdout.write(
                        f"{path.relative_to(folder)}: created {loaded.created}, "
                        f"already there {loaded.existing}"
                    )
                    for (slug,), twin in loaded.twins.items():
                        self.stdout.write(
                            f"  {slug} was left out: {twin.slug} has its DOI"
                        )
