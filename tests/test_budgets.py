"""What lists, records and searches may cost the database, whatever the clock says.

On SQLite the steps of its virtual machine are counted, statement by statement, over
made-up literature of two sizes: they must stay within `budgets.json`, and must not grow
by more than is said here. On PostgreSQL the plans are looked at.

After a change that is meant to cost more or less, write the budgets anew:
WRITE_BUDGETS=1 .venv/bin/python -m tests.run --only sqlite -- tests/test_budgets.py
"""

import json
import os
import re
from contextlib import contextmanager
from pathlib import Path
from unittest import skipUnless

from django.db import connection, transaction
from django.test import TestCase, override_settings

from asei_db.lib import deriving
from asei_db.lib.statistics import gather_statistics
from materials.generating import COMMON_WORD, RARE_WORD, generate
from materials.models import Coating, CyclingTest, Material

BUDGETS = Path(__file__).with_name("budgets.json")
#: Numbers of coatings; the second base is ten times the first.
SIZES = tuple(map(int, os.environ.get("BUDGET_SIZES", "100,1000").split(",")))
#: Versions of SQLite differ a little, and statements may choose another index.
TOLERANCE = 1.5
#: A statement of fewer steps is cheap whatever it grows by.
CHEAP = 20_000
_STEPS_AT_ONCE = 100  # that the handler counts

#: By how much the steps of an answer's statements may grow with a base ten times as
#: large: what reads a page, and what counts or sorts all rows there are.
PAGE, ALL = 3, 15
ASKED = {
    "/api/v1/coatings/": PAGE,
    "/api/v1/coatings/?elements=Li": ALL,
    f"/api/v1/coatings/?q={RARE_WORD}": PAGE,
    f"/api/v1/coatings/?q={COMMON_WORD}": ALL,
    "/api/v1/measurements/": PAGE,
    "/api/v1/cycling-tests/": PAGE,
    "/api/v1/findings/": PAGE,
    "/api/v1/studies/": PAGE,
    "/api/v1/processes/": PAGE,
    "/api/v1/recipes/": PAGE,
    "/api/v1/materials/": PAGE,
    "/api/v1/precursors/": PAGE,
    "/api/v1/substrates/": PAGE,
    "/coatings/": ALL,
    "/cycling/": ALL,
    "/measurements/": ALL,
    "/findings/": ALL,
    "/studies/": ALL,
    "/processes/": ALL,
    f"/search/?q={COMMON_WORD}": ALL,
    f"/search/?q={RARE_WORD}": ALL,
    "{coating}": PAGE,
    "{test}": PAGE,
    "{material}": ALL,
}


def make(coatings):
    """Made-up literature without the documents of the API, which are found by key."""
    generate(coatings, 0, report=str)
    deriving.derive_all(stages=(1,))
    gather_statistics()


def records():
    """The addresses of records, by their names in `ASKED`."""
    found = {
        "coating": Coating.objects.published(),
        "test": CyclingTest.objects.published().exclude(coating=None),
        "material": Material.objects.published(),
    }
    return {
        name: rows.order_by("pk").first().get_absolute_url()
        for name, rows in found.items()
    }


class Steps:
    """Counts the steps of SQLite's virtual machine, by statement.

    Rows are fetched after a statement began, so its steps are all until the next one.
    """

    def __init__(self):
        self.count, self.statements = 0, []

    def _count(self):
        self.count += _STEPS_AT_ONCE

    def _begin(self, execute, sql, params, many, context):
        self._end()
        self.statements.append((sql, 0))
        return execute(sql, params, many, context)

    def _end(self):
        if self.statements:
            sql, _ = self.statements.pop()
            self.statements.append((sql, self.count))
        self.count = 0

    @contextmanager
    def counted(self):
        connection.ensure_connection()
        connection.connection.set_progress_handler(self._count, _STEPS_AT_ONCE)
        try:
            with connection.execute_wrapper(self._begin):
                yield self
        finally:
            self._end()
            connection.connection.set_progress_handler(None, 0)


class Plans:
    """Asks PostgreSQL for the plan of each statement before it is run."""

    def __init__(self):
        self.slow = []

    def _explain(self, execute, sql, params, many, context):
        if not many and re.match(r"\s*(SELECT|WITH)\b", sql, re.IGNORECASE):
            with connection.connection.cursor() as cursor:
                plan = [line for (line,) in cursor.execute(f"EXPLAIN {sql}", params)]
            if any(map(runs_for_each_row, plan)):
                self.slow.append("\n".join([sql, *plan]))
        return execute(sql, params, many, context)

    @contextmanager
    def explained(self):
        with connection.execute_wrapper(self._explain):
            yield self


def runs_for_each_row(line):
    """Whether a line of a plan asks a nested question for each row anew."""
    condition = re.search(r"(?:Filter|Cond): (.*)", line)
    return bool(condition and re.search(r"(?<!hashed )SubPlan \d", condition[1]))


_NOTHING_KEPT = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@override_settings(CACHES=_NOTHING_KEPT)
@skipUnless(connection.vendor == "sqlite", "counts steps of SQLite")
class StepsTests(TestCase):
    def measured(self, coatings):
        """The steps of each statement, by what is asked."""
        steps = {}
        with transaction.atomic():
            make(coatings)
            places = records()
            self.client.get("/coatings/")  # what a process reads once
            for asked in ASKED:
                with Steps().counted() as counter:
                    response = self.client.get(asked.format(**places))
                self.assertEqual(response.status_code, 200, asked)
                steps[asked] = counter.statements
            transaction.set_rollback(True)
        return steps

    def test_statements_stay_within_their_budgets(self):
        small, large = (self.measured(size) for size in SIZES)
        if os.environ.get("WRITE_BUDGETS"):
            budgets = {
                asked: max(s for _, s in found) for asked, found in large.items()
            }
            BUDGETS.write_text(json.dumps({str(SIZES[1]): budgets}, indent=1) + "\n")
        budgets = json.loads(BUDGETS.read_text()).get(str(SIZES[1]), {})
        for asked, growth in ASKED.items():
            sql, most = max(large[asked], key=lambda one: one[1])
            before = max(steps for _, steps in small[asked])
            with self.subTest(asked):
                said = f"{most} steps, {before} at a tenth: {sql}"
                if asked in budgets:
                    allowed = max(CHEAP, TOLERANCE * budgets[asked])
                    self.assertLessEqual(most, allowed, said)
                self.assertLessEqual(most, max(CHEAP, growth * before), said)

    def test_steps_are_counted_by_statement(self):
        count_to = (
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n "
            "WHERE x < %s) SELECT x FROM n"
        )
        with Steps().counted() as counter, connection.cursor() as cursor:
            for most in (10, 10_000):
                cursor.execute(count_to, [most])
                cursor.fetchall()
        few, many = (steps for _, steps in counter.statements)
        self.assertLess(few, 1000)
        self.assertGreater(many, 50_000)


@override_settings(CACHES=_NOTHING_KEPT)
@skipUnless(connection.vendor == "postgresql", "reads plans of PostgreSQL")
class PlanTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make(300)

    def test_no_nested_question_is_asked_for_each_row(self):
        places = records()
        for asked in ASKED:
            with self.subTest(asked), Plans().explained() as plans:
                self.client.get(asked.format(**places))
                self.assertEqual(plans.slow, [])

    def test_what_is_asked_for_each_row_is_seen(self):
        with Plans().explained() as plans, connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM literature_study s WHERE year = (SELECT max(year) "
                "FROM literature_study o WHERE o.kind = s.kind AND o.id <> s.id)"
            )
        self.assertEqual(len(plans.slow), 1)
        self.assertFalse(runs_for_each_row("  Filter: (ANY (id = (hashed SubPlan 1)))"))
        self.assertFalse(runs_for_each_row("  SubPlan 1"))
