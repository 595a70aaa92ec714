"""Pages of records that much is linked with: the first rows, their number, the list."""

import re
from collections import Counter

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from asei_db.lib import deriving
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_element,
    create_finding,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_substrate,
)

SHOWN, MANY = 10, 14
#: Sections by the page on which they stand.
PAGES = {
    "/materials/lif/": [
        "processes-that-grow-it",
        "coatings",
        "measured-properties",
        "cycling-tests",
        "findings",
    ],
    "/substrates/graphite/": ["coatings-on-it", "cycling-tests", "findings"],
    "/methods/sem/": ["coatings-characterized-by-it"],
    "/processes/lif-0/": [
        "recipes",
        "coatings-grown-by-it",
        "measured-properties",
        "findings",
    ],
    "/cycling/cycled-0/": [],
    "/coatings/lif-on-graphite/": ["measured-properties", "cycling-tests", "findings"],
    "/precursors/hf/": ["processes-that-use-it", "coatings-grown-with-it"],
    "/studies/study/": [
        "coatings",
        "deposition-processes",
        "recipes",
        "cycling-tests",
        "measured-properties",
        "findings",
    ],
}

#: Those of each page with a row in each section: the record, how many rows each
#: section has and which are the first, each kind of row, what the tables show of steps,
#: methods, points and gains, which studies, these, their numbers.
STATEMENTS = {
    "/materials/lif/": 18,
    "/substrates/graphite/": 14,
    "/methods/sem/": 9,
    "/processes/lif-0/": 16,
    "/cycling/cycled-0/": 7,
    "/coatings/lif-on-graphite/": 13,
    "/precursors/hf/": 12,
    "/studies/study/": 19,
}


class LinkedData(TestCase):
    """A page of each kind, with one row in each section."""

    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(slug="study")
        cls.source = {"source": cls.study}
        cls.lif = create_material("LiF", [create_element("Li", 3)], **cls.source)
        cls.hf = create_precursor("HF", **cls.source)
        cls.graphite = create_substrate("Graphite", **cls.source)
        create_method("SEM", **cls.source)
        cls.process = cls.grow(0)
        cls.coating = cls.coat("lif-on-graphite")
        cls.link(0)

    @classmethod
    def grow(cls, number):
        return create_process(
            cls.lif, [cls.hf], [cls.study], slug=f"lif-{number}", **cls.source
        )

    @classmethod
    def coat(cls, slug, thickness="5 nm"):
        return create_coating(
            cls.process,
            [cls.study],
            slug=slug,
            substrate=cls.graphite,
            characterization_as_reported="SEM",
            thickness=thickness,
            deposition_temperature="150 °C",
            **cls.source,
        )

    @classmethod
    def link(cls, number):
        """One row more of each kind on each page."""
        create_recipe(
            cls.process,
            [{"precursor": cls.hf, "pulse": f"{number + 1} s"}],
            [cls.study],
            deposition_temperature=f"{100 + number} °C",
            **cls.source,
        )
        of_coating = {"coating": cls.coating, "studies": [cls.study], **cls.source}
        create_measurement(value=f"{number + 1}e-8", **of_coating)
        create_finding(statement=f"It is stable, {number}.", **of_coating)
        create_cycling_test(
            [
                {"cycle_number": cycle, "capacity_retention": f"{90 - number}"}
                for cycle in (1, 50)
            ],
            slug=f"cycled-{number}",
            coating=cls.coating,
            electrode=cls.graphite,
            **cls.source,
        )

    def statements(self, path):
        """How many the page takes, none of them twice."""
        with CaptureQueriesContext(connection) as found:
            self.client.get(path)
        texts = Counter(query["sql"] for query in found.captured_queries)
        self.assertEqual([text for text, count in texts.items() if count > 1], [])
        return texts.total()


class FewTests(LinkedData):
    def test_a_short_section_says_nothing_of_more(self):
        page = self.client.get("/materials/lif/")
        self.assertNotContains(page, "The first")
        self.assertNotContains(page, "of all:")

    def test_each_page_takes_few_statements(self):
        few = {path: self.statements(path) for path in PAGES}
        self.assertEqual(few, STATEMENTS)


class ManyTests(LinkedData):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        with deriving.batch():
            for number in range(1, MANY):
                cls.grow(number)
                cls.coat(f"lif-{number}", thickness=f"{number + 5} nm")
                cls.link(number)

    def section(self, page, name):
        found = re.search(rf'<section id="{name}">(.*?)</section>', page, re.DOTALL)
        return found[1]

    def test_a_section_has_the_first_rows_the_number_and_a_link_to_all(self):
        for path, names in PAGES.items():
            page = self.client.get(path).text
            self.assertLess(len(page), 300_000)
            for name in names:
                with self.subTest(path=path, section=name):
                    section = self.section(page, name)
                    rows = section.partition("<tbody>")[2].count("<tr")
                    self.assertEqual(rows, SHOWN)
                    self.assertRegex(section, rf'<h2>[^<]*<span class="muted">{MANY}<')
                    address = re.search(r'<a href="(\S+)">All', section)[1]
                    answer = self.client.get(address)
                    if address.startswith("/api/"):
                        self.assertEqual(answer.json()["count"], MANY)
                    else:
                        self.assertEqual(answer.context["count"], MANY)

    def test_many_rows_cost_no_statement_more(self):
        many = {path: self.statements(path) for path in PAGES}
        self.assertEqual(many, STATEMENTS)

    def test_a_section_gives_the_spread_of_all_rows(self):
        section = self.section(self.client.get("/materials/lif/").text, "coatings")
        spread = f"5–{MANY + 4}\N{NO-BREAK SPACE}nm"
        self.assertIn("Thickness of all:", section)
        self.assertIn(spread, section)

    def test_a_disputed_value_widens_no_spread(self):
        with deriving.batch():
            thick = {"thickness": "900 nm", "disputed": True, "slug": "thick"}
            create_coating(self.process, **thick, **self.source)
        section = self.section(self.client.get("/materials/lif/").text, "coatings")
        self.assertIn(f"5–{MANY + 4}\N{NO-BREAK SPACE}nm", section)
