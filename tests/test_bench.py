"""The bench asks what there is, and the limit answers what the site does."""

import json
import os
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.test import SimpleTestCase, TestCase

from materials.models import CyclingPoint
from tests.bench import flat, inside, limit
from tests.bench.processes import Processes
from tests.bench.reach import GOALS, Results
from tests.bench.report import render
from tests.bench.targets import TARGETS, World


class BenchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("generate_literature", "--coatings=120", stdout=StringIO())

    def setUp(self):
        limit._order = None
        self.addCleanup(setattr, limit, "_order", None)

    def get(self, address):
        response = self.client.get(address)
        return response.status_code, response.getvalue()

    def test_the_limit_answers_what_the_list_does(self):
        for page in (1, 2):
            with self.subTest(page):
                answer = self.client.get(f"/api/v1/coatings/?page={page}").json()
                limited = limit.page("http://testserver", 50 * (page - 1))
                limited = json.loads(limit.dumps(limited))
                self.assertEqual(limited["count"], answer["count"])
                self.assertEqual(limited["results"], answer["results"])

    def test_all_that_is_asked_of_the_site_is_there(self):
        world = World(inside.facts(None), self.get)
        for target in TARGETS:
            if target.of == "site" and (addresses := target.addresses(world)):
                with self.subTest(target.name):
                    status, body = self.get(addresses[-1])
                    self.assertEqual(status, 200, body)

    def test_rows_are_written_as_they_are_and_taken_back(self):
        before = CyclingPoint.objects.count()
        self.assertGreater(inside.plain(None)["rows"], 1000)
        self.assertEqual(CyclingPoint.objects.count(), before)

    def test_the_flat_table_holds_each_public_coating(self):
        rows = list(flat.rows())
        self.assertEqual(len(rows), inside.facts(None)["coatings"])
        self.assertEqual({len(row) for row in rows}, {len(flat.names())})


class ReportTests(SimpleTestCase):
    def measured(self, size, cpu):
        target = {"status": 200, "cpu_ms": cpu, "first_byte_ms": 1, "growth_mb": 0}
        return {
            "vendor": "sqlite",
            "size": size,
            "measured": "2026-11-30T12:00",
            "facts": {"coatings": 1000, "studies": 500, "database": "3"},
            "targets": {
                "API, 50 full coatings": target,
                "Limit: hand-written view": target | {"cpu_ms": 5},
                "Planner": target | {"status": 500},
            },
            "operations": {"raw": {"rows": 1000, "cpu_s": 0.01}},
        }

    def test_each_goal_stands_beside_what_was_measured(self):
        with TemporaryDirectory() as directory:
            directory = Path(directory)
            for size, cpu in (("1e3", 6), ("1e5", 20)):
                file = directory / f"sqlite-{size}.json"
                file.write_text(json.dumps(self.measured(size, cpu)))
            render(directory, directory)
            page = (directory / "performance.md").read_text()
            self.assertIn("| ≥ 0.7 × | 0.83 | **0.25** |", page)
            self.assertIn("| ≤ 1.5 × |  | **3.33** |", page)
            self.assertIn("| Planner | 6 (500) | 20 (500) |", page)
            self.assertIn(
                "<polyline", (directory / "performance-sqlite.svg").read_text()
            )

    def test_names_are_those_of_targets(self):
        names = [target.name for target in TARGETS]
        self.assertEqual(len(names), len(set(names)))
        known = {name: {"status": 200, "cpu_ms": 1} for name in names}

        class Asked(dict):
            def get(self, name, default=None):
                return known[name]

        results = Results(self.measured("1e3", 1))
        results.targets = Asked(known)
        for goal in GOALS:
            with self.subTest(goal.words):
                goal.of(results, results)

    def test_processor_time_grows_with_work(self):
        processes = Processes([os.getpid()])
        before = processes.cpu()
        sum(number * number for number in range(300_000))
        self.assertGreater(processes.cpu(), before)
