"""Cycling tests side by side, and where pages lead there."""

import json
import re

from django.test import TestCase
from django.urls import reverse

from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_process,
    create_study,
    create_substrate,
)


def retention(cycle, text):
    return {"cycle_number": cycle, "capacity_retention": text}


class ComparePageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(slug="study")
        cls.same = {
            "source": cls.study,
            "electrode": create_substrate("Graphite", source=cls.study),
            "electrolyte": "1 M LiPF6",
            "c_rate": "1C",
        }
        cls.process = create_process(
            create_material("LiF", source=cls.study), slug="lif", source=cls.study
        )
        cls.coating = create_coating(
            cls.process,
            slug="lif-on-graphite",
            substrate=cls.same["electrode"],
            deposition_cycle_count=400,
            source=cls.study,
        )
        cls.bare = create_cycling_test(
            [retention(100, "71.3"), {"cycle_number": 9, "specific_capacity": "140"}],
            slug="bare",
            **cls.same,
        )
        cls.coated = create_cycling_test(
            [retention(100, "88")],
            slug="coated",
            coating=cls.coating,
            control=cls.bare,
            **cls.same,
        )
        cls.fast = create_cycling_test(
            [retention(100, ">60")],
            slug="fast",
            coating=cls.coating,
            disputed=True,
            notes="Text and figure differ.",
            **cls.same | {"c_rate": "5C"},
        )

    def compare(self, *slugs, status=200, **parameters):
        response = self.client.get(
            reverse("materials:compare"), {"test": slugs} | parameters
        )
        self.assertEqual(response.status_code, status)
        return response

    def plotted(self, response):
        """The plot that the page gives its script."""
        block = re.search(
            r'<script id="plot-data" type="application/json">(.*?)</script>',
            response.text,
        )
        return json.loads(block[1])

    def test_an_empty_choice_says_how_to_choose(self):
        response = self.client.get(reverse("materials:compare"))
        self.assertContains(response, "Set 2 to 8 tests side by side")
        self.assertNotContains(response, "data-plot")

    def test_a_wrong_choice_lists_what_was_chosen(self):
        page = self.client.get("/compare/", {"test": ["bare", "nosuch", "a\0"]})
        self.assertEqual(page.status_code, 400)
        self.assertEqual([test.slug for test, _ in page.context["named"]], ["bare"])
        self.assertContains(page, "You chose", status_code=400)

    def test_a_wrong_choice_is_reported(self):
        for slugs, message in (
            (["coated"], "from 2 to 8"),
            (["coated", "coated"], "more than once: coated"),
            (["coated", "bear"], "bare"),
            (["coated", "bare", "bare"], "more than once: bare"),
            (["coated\0", "bare"], "NUL"),
        ):
            with self.subTest(slugs):
                response = self.compare(*slugs, status=400)
                self.assertContains(response, message, status_code=400)
        many = [create_cycling_test(**self.same).slug for _ in range(9)]
        self.assertContains(
            self.compare(*many, status=400), "from 2 to 8", status_code=400
        )
        response = self.compare("coated", "bare", value="colour", status=400)
        self.assertContains(response, "Valid: retention", status_code=400)
        response = self.client.get(reverse("materials:compare"), {"tests": "bare"})
        self.assertContains(response, "Unknown parameter", status_code=400)

    def test_drafts_are_unknown(self):
        draft = create_study(status="draft")
        create_cycling_test(slug="secret", **self.same | {"source": draft})
        self.compare("secret", "bare", status=400)

    def test_tests_stand_in_the_order_of_the_address(self):
        response = self.compare("coated", "bare")
        self.assertEqual(
            [test.slug for test, _ in response.context["tests"]], ["coated", "bare"]
        )
        self.assertIsNone(response.context["tests"][0][1])
        response = self.compare("fast", "bare", "coated")
        self.assertEqual(
            response.context["tests"][0][1], "/compare/?test=bare&test=coated"
        )
        self.assertContains(response, "/api/v1/comparability/?test=fast&amp;test=bare")

    def test_the_plot_has_the_points_of_the_chosen_tests(self):
        text = json.dumps(self.plotted(self.compare("coated", "bare", "fast")))
        for piece in ('"88', "triangle", "71.3", "cycle 100"):
            self.assertIn(piece, text)
        text = json.dumps(
            self.plotted(self.compare("coated", "bare", value="capacity"))
        )
        self.assertIn("Specific capacity", text)
        self.assertIn("140", text)

    def test_a_value_without_any_point_is_no_plot(self):
        response = self.compare("coated", "bare", value="overpotential")
        self.assertContains(response, "Nothing to plot")
        self.assertNotContains(response, "data-plot")

    def test_differing_conditions_are_marked_in_words(self):
        response = self.compare("coated", "fast")
        self.assertContains(response, "Differs in C-rate", count=1)
        self.assertContains(response, '<tr class="differs">', count=1)
        self.assertContains(
            response, "Not known of any of them: charge carrier, counter electrode"
        )

    def test_a_gain_stands_with_the_two_values_that_it_comes_from(self):
        response = self.compare("coated", "bare")
        self.assertContains(
            response,
            "+16.7 percentage points at cycle 100 "
            "(88\N{NO-BREAK SPACE}% against 71.3\N{NO-BREAK SPACE}%)",
        )
        self.assertContains(
            self.compare("bare", "fast"), "Nothing that can be computed"
        )

    def test_each_test_stands_with_its_source_and_dispute(self):
        response = self.compare("coated", "fast")
        self.assertContains(response, "Text and figure differ.")
        self.assertContains(response, "Fig. 7 in ")
        self.assertContains(response, self.study.get_absolute_url())

    def test_queries_do_not_grow_with_the_tests(self):
        # the names; the tests, points, controls, gains, steps, studies, citations
        with self.assertNumQueries(8):
            self.compare("coated", "bare")
        with self.assertNumQueries(8):
            self.compare("coated", "bare", "fast")

    def test_lists_offer_tests_and_gains(self):
        response = self.client.get(reverse("materials:cycling-list"))
        self.assertContains(response, '<form action="/compare/">')
        self.assertContains(response, 'name="test"', count=3)
        self.assertContains(response, "+16.7 percentage points at cycle 100 (", count=1)
        self.assertContains(response, "/compare/?test=coated&amp;test=bare", count=1)
        self.assertContains(response, "400 ALD cycles")
        self.assertContains(response, '<span class="line disputed">disputed</span>')

    def test_lists_show_the_last_cycle_rather_than_a_value_without(self):
        points = [{"capacity_retention": "99"}, retention(7, "93"), retention(2, "98")]
        create_cycling_test(points, **self.same)
        response = self.client.get(reverse("materials:cycling-list"))
        self.assertContains(response, "93\N{NO-BREAK SPACE}% retained", count=1)
        self.assertNotContains(response, "99\N{NO-BREAK SPACE}%")

    def test_pages_of_coated_things_have_the_plot(self):
        for url in ("/coatings/lif-on-graphite/", "/materials/lif/", "/studies/study/"):
            response = self.client.get(url)
            with self.subTest(url):
                text = json.dumps(self.plotted(response), ensure_ascii=False)
                for name in ("LiF on Graphite", "Bare Graphite", "disputed"):
                    self.assertIn(name, text)

    def test_the_page_of_a_test_has_its_gain(self):
        response = self.client.get("/cycling/coated/")
        self.assertContains(response, "+16.7 percentage points at cycle 100")
        self.assertContains(response, "/compare/?test=coated&amp;test=bare")

    def test_values_of_a_property_stand_on_one_axis(self):
        for text in ("10−8", "10−7", "10−6", "<10−9"):
            create_measurement(process=self.process, value=text)
        for url in ("/materials/lif/", "/processes/lif/"):
            response = self.client.get(url)
            with self.subTest(url):
                self.assertContains(response, "Median of 3 studies, one vote each")
                self.assertContains(response, "not counted: bound")
                self.assertContains(response, "1 value shown, not counted: 1 bound.")
                self.assertContains(response, 'class="bound"', count=1)
                self.assertContains(response, '<circle r="5"', count=3)
