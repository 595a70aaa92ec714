"""What pages of records say before their evidence."""

import re

from django.test import TestCase

from asei_db.lib import deriving
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_element,
    create_material,
    create_precursor,
    create_process,
    create_recipe,
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

    def test_the_best_of_many_are_the_best_by_the_kind_that_orders_them(self):
        with deriving.batch():
            for number in range(10):
                control = self.cycle(f"bare-{number}", "50")
                slug, reached = f"coated-{number}", f"{60 + number}"
                self.cycle(slug, reached, coating=self.coating, control=control)
            for slug, capacity in (("bare", "1"), ("coated", "9")):
                points = [{"cycle_number": 10, "specific_capacity": capacity}]
                same = {"electrode": self.electrode, "source": self.study}
                if slug == "coated":
                    same |= {"coating": self.coating, "control": control}
                control = create_cycling_test(points, slug=f"{slug}-c", **same)
        glance = self.glance(self.electrode.get_absolute_url())
        self.assertIn("13 with a computable gain", glance)
        self.assertIn("+10 to +19", glance)
        self.assertNotIn("× capacity", glance)


class ShoppingListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        source = {"source": create_study()}
        film = create_material("Al2O3", [create_element("Al", 13)], **source)
        cls.tma = create_precursor(
            "TMA",
            name="trimethylaluminum",
            formula="=Al(CH3)3",
            cas_number="75-24-1",
            pubchem_cid=16682925,
            physical_state="liquid",
            is_moisture_sensitive=True,
            identifiers_source="Vendor",
            **source,
        )
        cls.process = create_process(film, [cls.tma], slug="al2o3", **source)
        for pulse, disputed in (("0.1 s", False), ("7 s", True)):
            create_recipe(
                cls.process,
                [{"precursor": cls.tma, "pulse": pulse}],
                disputed=disputed,
                notes="Two sources contradict each other." if disputed else "",
                **source,
            )

    def test_step_says_what_to_buy_and_how_it_is_fed(self):
        page = self.client.get("/processes/al2o3/")
        steps = re.search(r'<section id="one-cycle">.*?</section>', page.text, re.S)[0]
        for said in ("CAS 75-24-1", "liquid", "moisture-sensitive", "data-copy"):
            with self.subTest(said):
                self.assertIn(said, steps)
        self.assertIn("pulse 0.1", steps)
        self.assertNotIn("pulse 7", steps)

    def test_shopping_list_is_a_csv_that_runs_no_formula(self):
        answer = self.client.get("/processes/al2o3/shopping-list.csv")
        self.assertEqual(answer["Content-Type"], "text/csv; charset=utf-8")
        self.assertEqual(
            answer.text.splitlines(),
            [
                "acronym,name,formula,cas_number,pubchem_cid",
                "TMA,trimethylaluminum,'=Al(CH3)3,75-24-1,16682925",
            ],
        )

    def test_there_is_no_shopping_list_of_a_draft(self):
        self.process.source.status = "draft"
        self.process.source.save()
        answer = self.client.get("/processes/al2o3/shopping-list.csv")
        self.assertEqual(answer.status_code, 404)


class NameTests(TestCase):
    def test_title_of_a_coating_has_its_amount_and_study(self):
        study = create_study(authors=["Noether, E."], year=2019)
        coating = create_coating(
            studies=[study], deposition_cycle_count=2, source=create_study()
        )
        page = self.client.get(coating.get_absolute_url()).text
        title = re.search("<title>(.*?)</title>", page, re.DOTALL)[1]
        self.assertIn("2 ALD cycles", title)
        self.assertIn(study.short_label, title)
        self.assertTrue(title.strip().startswith(coating.label))


class BreadcrumbTests(TestCase):
    def test_it_ends_in_the_record_s_name_on_pages_of_every_kind(self):
        study = create_study(title="A study of films")
        substrate = create_substrate("Graphite", source=study)
        process = create_process(
            create_material("LiF"), [create_precursor("HFAC")], source=study
        )
        coating = create_coating(process, substrate=substrate, source=study)
        test = create_cycling_test([], coating=coating, source=study)
        for record in (
            study,
            substrate,
            process.material,
            process,
            process.steps.get().precursor,
            coating,
            test,
        ):
            with self.subTest(record):
                page = self.client.get(record.get_absolute_url()).content.decode()
                (name,) = re.findall(r'<li aria-current="page">(.*?)</li>', page)
                self.assertTrue(name)
