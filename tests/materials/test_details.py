"""What pages of records say before their evidence."""

import re

from django.test import TestCase

from tests.factories import (
    create_coating,
    create_cycling_test,
    create_study,
    create_substrate,
)


class GlanceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(slug="study")
        cls.electrode = create_substrate("Graphite", source=cls.study)
        cls.coating = create_coating(substrate=cls.electrode, source=cls.study)
        for slug, coated, bare in (("better", "90", "80"), ("worse", "70", "75")):
            control = cls.cycle(f"bare-{slug}", bare)
            cls.cycle(slug, coated, coating=cls.coating, control=control)
        cls.cycle("alone", "99", coating=cls.coating)

    @classmethod
    def cycle(cls, slug, retention, **fields):
        points = [{"cycle_number": 10, "capacity_retention": retention}]
        same = {"electrode": cls.electrode, "source": cls.study}
        return create_cycling_test(points, slug=slug, **same | fields)

    def glance(self, path):
        page = self.client.get(path).text
        found = re.search(r'<section id="gains".*?</section>', page, re.DOTALL)
        return " ".join(re.sub("<[^>]+>", " ", found[0]).split())

    def test_pages_say_how_many_tests_have_a_gain(self):
        for path, count in (
            (self.coating.material.get_absolute_url(), 3),
            (self.electrode.get_absolute_url(), 5),
            (self.study.get_absolute_url(), 5),
        ):
            with self.subTest(path):
                said = f"{count} tests · 2 with a control · 2 with a computable gain"
                self.assertIn(said, self.glance(path))

    def test_pages_show_the_best_gain_and_the_range_of_all(self):
        glance = self.glance(self.coating.material.get_absolute_url())
        self.assertIn("Δ retention (points) +10", glance)
        self.assertIn("−5 to +10", glance.replace("-5", "−5"))

    def test_counts_lead_to_the_tests_that_they_count(self):
        path = self.coating.material.get_absolute_url()
        page = self.client.get(path).text
        links = re.findall(r'href="(/cycling/\?[^"]+)">(\d+) (?:test|with)', page)
        self.assertEqual(len(links), 3)
        for link, count in links:
            with self.subTest(link):
                found = self.client.get(link.replace("&amp;", "&"))
                self.assertEqual(found.context["count"], int(count))
