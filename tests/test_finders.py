"""Static files of installed packages."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import SimpleTestCase
from fontTools.ttLib import TTFont

from asei_db.finders import BokehFinder
from asei_db.fonts import FACES, FontFinder


class BokehFinderTests(SimpleTestCase):
    def test_the_script_of_bokeh_is_found_and_nothing_else(self):
        self.assertTrue(Path(finders.find("bokeh/bokeh.min.js")).is_file())
        self.assertIsNone(finders.find("bokeh/bokeh.js"))
        (found,) = BokehFinder().list([])
        name, storage = found
        self.assertEqual((storage.prefix, name), ("bokeh", "bokeh.min.js"))
        self.assertTrue(storage.exists(name))
        # Manifest storage would look for a source map that the script names.
        self.assertNotIn("sourceMappingURL", Path(storage.path(name)).read_text())


class FontFinderTests(SimpleTestCase):
    def test_typefaces_hold_the_signs_of_the_field_and_are_small(self):
        size = 0
        for name in FACES:
            path = Path(finders.find(f"fonts/{name}"))
            size += path.stat().st_size
            font = TTFont(path)
            for sign in "aZ09₀₉⁰⁸⁹⁻·–×±ÅΩµμ°≤≥~αβΔσ":
                with self.subTest(name, sign=sign):
                    self.assertIn(ord(sign), font.getBestCmap())
            # The license keeps the name for the whole typeface.
            self.assertEqual(font["name"].names, [])
        self.assertLessEqual(size, 60_000)

    def test_nothing_else_is_found(self):
        for path in ("fonts/sans-700.woff2", "sans-400.woff2", "fonts/../settings.py"):
            self.assertIsNone(finders.find(path))

    def test_all_of_them_are_collected(self):
        for name, storage in FontFinder().list([]):
            self.assertTrue(storage.exists(name))
            self.assertEqual(storage.prefix, "fonts")
