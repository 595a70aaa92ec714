"""Every number of a harvest has its record, and every number there its line."""

import json
from io import StringIO

from django.core.management import call_command
from django.core.management.base import CommandError

from tests.harvest.cases import BARE, COATED, GROWN, HarvestCase

FED = GROWN | {"pulse_s": {"TMA": 0.1}, "composition_at_percent": {"H": 3}}


class TraceTests(HarvestCase):
    def trace(self, *entries):
        path = self.folder / "traced.jsonl"
        path.write_text("\n".join(map(json.dumps, entries)), "utf-8")
        output = StringIO()
        call_command("trace_harvest", path, fixtures=self.fixtures, stdout=output)
        return output.getvalue()

    def edit(self, name, old, new):
        path = self.fixtures / "enrichment" / f"{name}.yaml"
        text = path.read_text("utf-8")
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1), "utf-8")

    def test_each_number_is_told_with_its_record_and_line(self):
        self.run_command(COATED, BARE, FED, write=True)
        report = self.trace(COATED, BARE, FED)
        self.assertIn("line 1, retention_percent: `cycling-tests.yaml`, al2o3-", report)
        self.assertIn("line 3, pulse_s.TMA: `recipes.yaml`, noether-2021-", report)
        self.assertIn("capacity_retention: 90 %: of traced.jsonl, line 1\n", report)
        self.assertIn("0 in no record", report)
        self.assertIn("0 of no line", report)

    def test_what_was_not_imported_or_is_another_number_now_is_named(self):
        self.run_command(COATED, BARE, FED, write=True)
        with self.assertRaisesMessage(CommandError, "line 4, ionic_conductivity_s_cm"):
            self.trace(
                COATED,
                BARE,
                FED,
                FED | {"ionic_conductivity_s_cm": 1e-7, "kind": "property"},
            )
        self.edit("cycling-tests", "90 %", "91 %")
        with self.assertRaises(CommandError) as raised:
            self.trace(COATED, BARE, FED)
        self.assertIn("line 1, retention_percent", str(raised.exception))
        self.assertIn("capacity_retention: 91 %", str(raised.exception))

    def test_what_no_line_says_is_named(self):
        self.run_command(COATED, BARE, FED, write=True)
        with self.assertRaisesMessage(CommandError, "pulse: 0.1 s"):
            self.trace(COATED, BARE)

    def test_a_file_that_is_no_harvest_is_refused(self):
        with self.assertRaisesMessage(CommandError, "line 1, kind"):
            self.trace({"kind": "song"})
