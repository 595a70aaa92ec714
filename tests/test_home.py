"""The home page, the search over everything, and the pages for errors."""

import re

from django.test import Client, RequestFactory, TestCase, override_settings
from django.urls import path

from asei_db import urls, views
from asei_db.lib import deriving
from literature.choices import Reading
from literature.kinds import Kind
from tests.curated import load_literature
from tests.factories import (
    create_citation,
    create_coating,
    create_element,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
)


class HelpTests(TestCase):
    def test_it_explains_every_reading_but_the_plain_one(self):
        response = self.client.get("/help/")
        for reading in set(Reading) - {Reading.STATED}:
            self.assertContains(response, reading.label)

    def test_every_page_leads_to_it_and_its_links_lead_on(self):
        self.assertContains(self.client.get("/studies/"), 'href="/help/"')
        page = self.client.get("/help/").content.decode()
        for name in re.findall('href="#([a-z]+)"', page):
            if name != "main":
                self.assertIn(f'<section id="{name}">', page)


class EmptyHomeTests(TestCase):
    def test_empty_database_has_a_home_page(self):
        self.assertEqual(self.client.get("/").status_code, 200)


class CuratedHomeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_literature()

    def test_every_question_of_the_curated_literature_has_an_answer(self):
        for question in views.QUESTIONS:
            with self.subTest(question.text):
                _, url, answer = question.answered()
                response = self.client.get(url)
                self.assertEqual(response.status_code, 200)
                self.assertEqual(response.context["count"], int(answer.split()[0]))


class HomeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        lithium = create_element("Li", 3, group=1, period=2)
        create_element("Ne", 10, group=18, period=2)
        cls.cerium = create_element("Ce", 58, group=None, period=6)
        cls.uranium = create_element("U", 92, group=None, period=7)
        zinc = create_element("Zn", 30, group=12, period=4)
        source = create_study(slug="review", title="A review", year=2025)
        create_study(title="Without a year", year=None)
        create_study(title="Not yet", status="draft", year=2026)
        liotbu = create_precursor("LiOtBu", [lithium, zinc], source=source)
        film = create_material("Li–HQ", [lithium], source=source)
        create_material("Hidden", [lithium], source=create_study(status="draft"))
        process = create_process(film, [liotbu], source=source)
        metal = create_substrate("Li metal", source=source)
        create_method("TOF-SIMS", source=source)
        for _ in range(7):
            create_coating(process, substrate=metal, source=source)

    def test_counts_are_of_what_is_published(self):
        counts = self.client.get("/").context["counts"]
        self.assertEqual((counts["material"], counts["coating"]), (1, 7))

    def test_element_leads_to_the_materials_with_it(self):
        response = self.client.get("/")
        self.assertContains(response, 'href="/materials/?elements=Li"')
        self.assertContains(response, "Element Li: 1 material")

    def test_element_of_no_material_leads_to_the_precursors_with_it(self):
        response = self.client.get("/")
        self.assertContains(response, 'href="/precursors/?elements=Zn"')
        self.assertNotContains(response, "elements=Ne")

    def test_lanthanides_and_actinides_stand_below_the_others(self):
        places = {
            cell["element"]: (cell["column"], cell["row"])
            for cell in self.client.get("/").context["elements"]
        }
        self.assertEqual(places[self.cerium], (4, 8))
        self.assertEqual(places[self.uranium], (6, 9))

    def test_latest_studies_have_a_year_and_are_published(self):
        studies = self.client.get("/").context["latest_studies"]
        self.assertEqual(studies[0].title, "A review")
        self.assertNotIn(None, [study.year for study in studies])

    def test_questions_have_the_number_of_their_answers(self):
        response = self.client.get("/")
        self.assertContains(
            response,
            '<a href="/coatings/?substrate=li-metal">What was put on Li metal? '
            "<strong>7 coatings</strong></a>",
            html=True,
        )
        self.assertNotContains(response, "Which precursors sublime")

    def test_best_gains_stand_as_a_map(self):
        gains = self.client.get("/").context["gains"]
        self.assertEqual([one.label for one, _ in gains["rows"]], ["Oxide"])
        self.assertContains(self.client.get("/"), 'class="matrix many"')

    def test_studies_are_counted_by_year_without_a_gap(self):
        create_study(title="Earlier", year=2022)
        self.assertEqual(
            self.client.get("/").context["years"],
            [(2022, 1, 100), (2023, 0, 0), (2024, 0, 0), (2025, 1, 100)],
        )

    def test_home_costs_the_same_for_many_records(self):
        # counts; elements, those of materials, of precursors; questions, and what two
        # of them name; the map, its names; studies, their citations; years
        with self.assertNumQueries(1 + 3 + 6 + 2 + 4 + 2 + 1):
            self.client.get("/")

    def test_search_finds_every_kind_however_it_is_written(self):
        for text in ("li-hq", "LiHQ", "Li–HQ"):
            with self.subTest(text):
                response = self.client.get("/search/", {"q": text})
                found = {one.kind: one.total for one in response.context["found"]}
                self.assertEqual(
                    found, {Kind.MATERIAL: 1, Kind.PROCESS: 1, Kind.COATING: 7}
                )

    def test_search_finds_properties_by_their_name(self):
        create_measurement(
            material=create_material("Sigma"),
            property="activation_energy",
            value="0.6",
            slug="sigma-barrier",
        )
        response = self.client.get("/search/", {"q": "activation energy"})
        self.assertContains(response, "Activation energy of Sigma:")
        self.assertContains(response, "#sigma-barrier")

    def test_search_shows_a_few_and_leads_to_all(self):
        response = self.client.get("/search/", {"q": "Li–HQ"})
        self.assertContains(response, "Li–HQ on Li metal</a>", count=5)
        self.assertContains(response, "All 7 coatings")
        self.assertContains(response, 'href="/coatings/?q=Li%E2%80%93HQ"')

    def test_search_for_nothing_finds_nothing(self):
        for query in ({}, {"q": " "}, {"q": "unobtainium"}):
            self.assertEqual(self.client.get("/search/", query).context["found"], [])

    def test_search_refuses_what_no_database_can_look_for(self):
        for text in ("a\0", "a" * 201):
            response = self.client.get("/search/", {"q": text})
            self.assertEqual(response.status_code, 400)

    def test_search_costs_the_same_for_many_records(self):
        deriving.flush()
        # names, words, records that have them, their lines, and their sources
        with self.assertNumQueries(5):
            self.client.get("/search/", {"q": "Li–HQ"})

    def test_suggestions_are_the_closest_records_and_at_most_eight(self):
        deriving.flush()
        with self.assertNumQueries(5):
            response = self.client.get("/search/suggestions/", {"q": "li–h"})
        self.assertContains(response, 'role="option"', count=8)
        first = response.content.decode().partition("</li>")[0]
        self.assertIn('data-address="/materials/', first)
        self.assertNotContains(response, "<html")

    def test_nothing_is_suggested_for_what_cannot_be_searched(self):
        for text in ("", " ", "–", "a\0", "a" * 201, "unobtainium"):
            response = self.client.get("/search/suggestions/", {"q": text})
            self.assertEqual(response.status_code, 200)
            self.assertNotContains(response, "option")

    def test_an_identifier_leads_to_its_record(self):
        study = create_study(slug="known", doi="10.1039/d5dt00526d")
        review = create_study(slug="a-review-of-it", kind="review")
        create_citation(review, 84, study)
        for text in (
            "10.1039/D5DT00526D",
            "https://pubs.rsc.org/en/content/articlelanding/2025/dt/d5dt00526d",
            "ref 84",
            "[84]",
        ):
            with self.subTest(text):
                response = self.client.get("/search/", {"q": text})
                self.assertRedirects(response, "/studies/known/")
        other = create_study(slug="a-second-review", kind="review")
        create_citation(other, 84, review)
        response = self.client.get("/search/", {"q": "[84]"})
        self.assertContains(response, "ref. 84", count=2)
        self.assertEqual(self.client.get("/search/", {"q": "[85]"}).status_code, 200)

    def test_a_misspelled_word_shows_what_is_found_instead(self):
        create_material("Titania", slug="titania")
        response = self.client.get("/search/", {"q": "titnia"})
        self.assertContains(response, "Nothing for “titnia”; shown:")
        self.assertContains(response, '<a href="/search/?q=titania">titania</a>')
        self.assertContains(response, '<a href="/materials/titania/">')


def refuse(request):
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied


def distrust(request):
    from django.core.exceptions import SuspiciousOperation

    raise SuspiciousOperation


def fail(request):
    raise ZeroDivisionError


class FailingURLs:
    """The site's URLs with some that fail."""

    urlpatterns = [
        path("refuse/", refuse),
        path("distrust/", distrust),
        path("fail/", fail),
        *urls.urlpatterns,
    ]
    handler400 = staticmethod(urls.handler400)
    handler403 = staticmethod(urls.handler403)
    handler404 = staticmethod(urls.handler404)
    handler500 = staticmethod(urls.handler500)


@override_settings(ROOT_URLCONF=FailingURLs)
class ErrorPageTests(TestCase):
    def test_each_error_has_a_page_of_the_site(self):
        client = Client(raise_request_exception=False)
        for url, status in {
            "/distrust/": 400,
            "/refuse/": 403,
            "/nowhere/": 404,
            "/materials/nonesuch/": 404,
            "/fail/": 500,
        }.items():
            with self.subTest(url), self.assertLogs("django", "WARNING"):
                response = client.get(url)
                self.assertContains(response, "ASEI DB", status_code=status)
                self.assertContains(response, 'href="/"', status_code=status)

    def test_form_without_its_token_gets_the_page_too(self):
        client = Client(enforce_csrf_checks=True)
        with self.assertLogs("django.security.csrf", "WARNING"):
            response = client.post("/admin/login/", {"username": "ada"})
        self.assertContains(response, "not for everybody", status_code=403)

    def test_page_of_a_failure_asks_nothing_of_the_database(self):
        with self.assertNumQueries(0):
            response = views.server_error(RequestFactory().get("/"))
        self.assertEqual(response.status_code, 500)
