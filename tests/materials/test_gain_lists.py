"""Gains over the control in lists: as columns, as filters, as an order."""

from django.test import TestCase

from materials.analysis.dumbbells import gains_of
from materials.models import CyclingTest
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_study,
    create_substrate,
)


def at(cycle, **values):
    return {"cycle_number": cycle} | values


class GainListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study()
        cls.electrode = create_substrate("Graphite", source=cls.study)
        cls.coating = create_coating(substrate=cls.electrode, source=cls.study)
        cls.pair("better", {"capacity_retention": "90"}, {"capacity_retention": "80"})
        cls.pair("worse", {"capacity_retention": "70"}, {"capacity_retention": "75"})
        cls.pair(
            "bound", {"capacity_retention": ">95"}, {"capacity_retention": "80"}, 30
        )
        cls.pair("times", {"specific_capacity": "172.3"}, {"specific_capacity": "100"})
        cls.pair("silent", {"overpotential": "10"}, {"specific_capacity": "100"})
        cls.cycle("alone", [at(10, capacity_retention="99")], coating=cls.coating)

    @classmethod
    def cycle(cls, slug, points, **fields):
        same = {"electrode": cls.electrode, "source": cls.study}
        return create_cycling_test(points, slug=slug, **same | fields)

    @classmethod
    def pair(cls, slug, coated, bare, cycle=10):
        control = cls.cycle(f"bare-{slug}", [at(cycle, **bare)])
        cls.cycle(slug, [at(cycle, **coated)], coating=cls.coating, control=control)

    def found(self, query):
        response = self.client.get(f"/api/v1/cycling-tests/?{query}")
        self.assertEqual(response.status_code, 200, response.content)
        return [item["slug"] for item in response.json()["results"]]

    def test_gains_are_found_by_their_size(self):
        for query, slugs in {
            "retention_gain_points_min=10": {"better", "bound"},
            "retention_gain_points_min=10&retention_gain_points_match=within": {
                "better",
                "bound",
            },
            "retention_gain_points_min=20": {"bound"},
            "retention_gain_points_min=20&retention_gain_points_match=within": set(),
            "retention_gain_points_max=-5": {"worse"},
            "capacity_times_min=1.7&capacity_times_max=1.8": {"times"},
            "life_times_min=0": set(),
        }.items():
            with self.subTest(query):
                self.assertEqual(set(self.found(query)), slugs)

    def test_gains_sort_and_what_has_none_comes_last(self):
        self.assertEqual(
            self.found("order_by=-retention_gain_points")[:3],
            ["bound", "better", "worse"],
        )
        self.assertEqual(self.found("order_by=retention_gain_points")[0], "worse")

    def test_tests_with_a_control_or_a_gain_are_found(self):
        gained = {"better", "worse", "bound", "times"}
        self.assertEqual(set(self.found("has_gain=true")), gained)
        self.assertEqual(set(self.found("has_control=true")), gained | {"silent"})
        self.assertEqual(set(self.found("has_gain=true&comparability=differs")), set())

    def test_withdrawn_point_takes_its_gain_from_the_list(self):
        CyclingTest.objects.get(slug="bare-better").points.get().delete()
        self.assertNotIn("better", self.found("has_gain=true"))

    def test_list_says_how_many_can_be_compared(self):
        response = self.client.get("/cycling/?electrode=graphite")
        self.assertEqual(
            [(count, url) for count, _, url in response.context["gain_counts"]],
            [
                (5, "/cycling/?electrode=graphite&has_control=true"),
                (4, "/cycling/?electrode=graphite&has_gain=true"),
            ],
        )

    def test_gain_is_drawn_with_its_words_and_leads_to_the_comparison(self):
        response = self.client.get("/cycling/")
        self.assertContains(
            response,
            'aria-label="+10 percentage points at cycle 10 '
            '(90\N{NO-BREAK SPACE}% against 80\N{NO-BREAK SPACE}%)"',
        )
        self.assertContains(
            response,
            '<a href="/compare/?test=better&amp;test=bare-better">+10</a>',
            html=True,
        )
        self.assertContains(response, 'class="dumbbell loss"', count=1)
        self.assertContains(response, 'class="dumbbell open"', count=1)

    def test_column_of_few_is_left_out_unless_it_is_asked_for(self):
        response = self.client.get("/cycling/")
        self.assertContains(response, "× capacity (1)")
        self.assertNotContains(response, "× 1.72")
        for query in ("order_by=-capacity_times", "capacity_times_min=0"):
            with self.subTest(query):
                response = self.client.get(f"/cycling/?{query}")
                self.assertContains(response, "× 1.72")

    def test_small_ratio_is_not_rounded_away(self):
        self.pair("tiny", {"specific_capacity": "1"}, {"specific_capacity": "243"})
        response = self.client.get("/cycling/?order_by=capacity_times")
        self.assertContains(response, ">× 0.004</a>")

    def test_places_on_the_axis_of_a_column_follow_the_values(self):
        tests = list(CyclingTest.objects.published().for_list())
        ((kind, dumbbells),) = gains_of(tests).columns
        self.assertEqual(kind.order, "retention_gain_points")
        by_slug = {test.slug: dumbbells.get(test.pk) for test in tests}
        places = [
            by_slug["worse"].coated,  # 70 %
            by_slug["worse"].bare,  # 75 %
            by_slug["better"].bare,  # 80 %
            by_slug["better"].coated,  # 90 %
            by_slug["bound"].coated,  # more than 95 %
        ]
        self.assertEqual(places, sorted(places))
        self.assertEqual(by_slug["better"].bare, by_slug["bound"].bare)
        self.assertTrue(0 < places[0] < places[-1] < 100)
