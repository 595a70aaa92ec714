"""The colors of film classes."""

import re
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase

from materials.choices import FilmFamily, MaterialClass


def _linear(channel):
    channel /= 255
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _luminance(color):
    red, green, blue = (_linear(int(color[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The contrast of two colors as WCAG computes it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


class FilmFamilyTests(SimpleTestCase):
    def setUp(self):
        path = Path(settings.BASE_DIR, "asei_db/static/css/base.css")
        pairs = r"--([\w-]+): light-dark\((#\w+), (#\w+)\)"
        self.colors = {
            name: (light, dark)
            for name, light, dark in re.findall(pairs, path.read_text())
        }

    def test_each_class_of_films_has_a_family(self):
        families = {FilmFamily.of(one) for one in MaterialClass}
        self.assertEqual(families, {*FilmFamily})

    def test_each_family_has_a_color_that_stands_out_in_light_and_dark(self):
        for family in FilmFamily:
            for own, paper in zip(
                self.colors[f"class-{family}"], self.colors["paper"], strict=True
            ):
                with self.subTest(family, own=own):
                    self.assertGreaterEqual(contrast(own, paper), 3)
