"""What the tests of the harvest share: records, and a folder of fixtures of its own."""

import json
import shutil
import tempfile
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import SimpleTestCase

from asei_db.lib.records import read_records

FIXTURES = settings.BASE_DIR / "fixtures"
STUDY = {
    "doi": "10.1234/ABC",
    "title": "Films that were made up for a test",
    "first_author": "Emmy A. Noether",
    "year": 2021,
    "journal": "Nano Letters",
}
TAKEN = {
    "kind": "cycling",
    "relevant": True,
    "study_complete": True,
    "verified": "abstract",
    "scope": "coating or electrolyte film",
    "study": STUDY,
    "source": {"where": "abstract (read elsewhere)"},
    "quote": "these words are for checking only",
}
COATED = TAKEN | {
    "material": "Al2O3",
    "material_name": "Al2O3",
    "precursor_acronyms": ["TMA", "H2O"],
    "thickness_nm": 2,
    "qualifiers": {"thickness_nm": "~"},
    "substrate": "Li metal",
    "c_rate": 0.5,
    "cycles": 100,
    "retention_percent": 90,
    "is_bare_control": False,
    "pair": "one",
}
BARE = TAKEN | {
    "substrate": "Li metal",
    "c_rate": 0.5,
    "is_bare_control": True,
    "pair": "one",
    "value_stated": False,
}
GROWN = TAKEN | {
    "kind": "process",
    "material_name": "Al2O3",
    "precursor_acronyms": ["TMA", "H2O"],
    "deposition_temperature_c": [100, 150],
    "gpc_angstrom": 1.1,
}
TITANIA = {
    "material_name": "TiO2",
    "precursor_acronyms": ["TiCl4", "H2O", "H2O2"],  # two chemistries in one breath
}
OTHER_STUDY = {
    "title": "Quite another study of the same chemistry",
    "first_author": "Lise Meitner",
    "year": 2022,
}


class HarvestCase(SimpleTestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.fixtures = self.folder / "fixtures"
        (self.fixtures / "enrichment").mkdir(parents=True)
        for path in [*FIXTURES.glob("*.yaml"), FIXTURES / "enrichment/vocabulary.yaml"]:
            shutil.copy(path, self.fixtures / path.relative_to(FIXTURES))

    def run_command(self, *harvest, **options):
        path = self.folder / "harvest.jsonl"
        path.write_text("\n".join(map(json.dumps, harvest)), "utf-8")
        output = StringIO()
        call_command(
            "import_harvest", path, fixtures=self.fixtures, stdout=output, **options
        )
        return output.getvalue()

    def records(self, name):
        path = self.fixtures / "enrichment" / f"{name}.yaml"
        return list(read_records(path)) if path.exists() else []

    def written(self):
        folder = self.fixtures / "enrichment"
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def add_words(self, section, *lines):
        """Add lines at the top of a section of the vocabulary."""
        path = self.fixtures / "enrichment" / "vocabulary.yaml"
        text = path.read_text("utf-8")
        start = f"\n{section}:\n"
        self.assertEqual(text.count(start), 1)
        added = "".join(f"  {line}\n" for line in lines)
        path.write_text(text.replace(start, start + added), "utf-8")
