"""Static files of installed packages."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import SimpleTestCase

from asei_db.finders import BokehFinder


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
