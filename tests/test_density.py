"""Lists are read at a glance: so many rows are seen before one scrolls."""

from tests.browser import BrowserTestCase
from tests.curated import load_literature

LISTS = (
    "materials",
    "precursors",
    "processes",
    "coatings",
    "measurements",
    "cycling",
    "findings",
    "studies",
    "substrates",
    "methods",
)
ROWS = 14  # that are whole on a screen of 1280 × 900
SEEN = """
() => [...document.querySelectorAll("#results tbody tr")]
  .filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length
"""


class DensityTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        load_literature()

    def test_every_list_shows_many_rows_on_the_first_screen(self):
        for name in LISTS:
            with self.subTest(name):
                self.page.goto(f"/{name}/")
                self.assertGreaterEqual(self.page.evaluate(SEEN), ROWS)
