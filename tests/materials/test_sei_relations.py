"""What films are to a natural SEI: pages, filters, API, and lists of before."""

from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import SimpleTestCase, TestCase

from materials import migrations
from materials.choices import SeiConstituent, SeiLayer
from materials.filters import CoatingFilter, MaterialFilter
from materials.models import SeiRelation
from tests.factories import (
    create_citation,
    create_coating,
    create_material,
    create_process,
    create_sei_relation,
    create_study,
)


class ConstituentTests(SimpleTestCase):
    def test_inorganic_salts_stand_in_the_inner_layer_and_organic_ones_outside(self):
        inner = {one.label for one in SeiConstituent if one.layer == SeiLayer.INNER}
        outer = {one.label for one in SeiConstituent if one.layer == SeiLayer.OUTER}
        self.assertEqual(inner, {"LiF", "Li2O", "Li2CO3"})
        self.assertEqual(
            outer, {"ROLi", "ROCO₂Li", "RCOOLi", "Lithium ethylene carbonate"}
        )


class SeiRelationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", journal="Dalton Trans.")
        cls.primary = create_study(slug="primary")
        create_citation(cls.review, 46, cls.primary)
        cls.hybrid = create_material("Zn–HQ", source=cls.review)
        cls.fluoride = create_material("LiF", source=cls.review)
        cls.carbonate = create_material("Li2CO3", source=cls.review)
        sourced = {"source": cls.review, "locator": "section 2"}
        create_sei_relation(cls.hybrid, "lif", [cls.primary], role="creates", **sourced)
        create_sei_relation(cls.hybrid, mimicry="metal_organic", **sourced)
        create_sei_relation(cls.fluoride, "lif", **sourced)
        create_sei_relation(cls.carbonate, "li2co3", disputed=True, **sourced)

    def found(self, **query):
        filterset = MaterialFilter(query)
        self.assertTrue(filterset.is_valid(), filterset.errors)
        return {entry.record.name for entry in filterset.qs}

    def test_films_are_found_by_what_they_mimic_or_create(self):
        self.assertEqual(self.found(sei_constituent="lif"), {"LiF"})
        self.assertEqual(self.found(sei_constituent="LiF"), {"LiF"})
        self.assertEqual(self.found(creates_sei_constituent="lif"), {"Zn–HQ"})
        self.assertEqual(self.found(mimicry="metal_organic"), {"Zn–HQ"})

    def test_what_is_disputed_or_of_a_draft_finds_nothing(self):
        draft = create_study(status="draft")
        create_sei_relation(self.fluoride, "li2o", source=draft)
        for constituent in ("li2co3", "li2o"):
            self.assertEqual(self.found(sei_constituent=constituent), set())

    def test_coatings_are_found_by_what_their_film_mimics(self):
        coating = create_coating(create_process(self.fluoride))
        create_coating(create_process(self.hybrid))
        filterset = CoatingFilter({"sei_constituent": "lif"})
        self.assertEqual([entry.record for entry in filterset.qs], [coating])

    def test_list_counts_the_films_of_each_constituent(self):
        page = self.client.get("/materials/")
        fields = page.context["more_fields"]
        facets = {field.name: field.facet for field in fields if field.has_facet}
        self.assertEqual(facets["sei_constituent"], {"lif": 1})
        self.assertEqual(facets["creates_sei_constituent"], {"lif": 1})

    def test_page_says_what_the_film_is_to_a_natural_sei_and_who_says_so(self):
        page = self.client.get("/materials/zn-hq/")
        link = '<a href="/materials/?creates_sei_constituent=lif">LiF</a>'
        self.assertContains(page, link, html=True)
        self.assertContains(page, "inner, denser layer")
        self.assertContains(page, "as a metal–organic film")
        self.assertContains(page, 'href="/studies/primary/"')
        page = self.client.get("/materials/li2co3/")
        self.assertContains(page, "This value is disputed.")

    def test_page_of_a_study_shows_what_it_says_of_films(self):
        page = self.client.get("/studies/primary/")
        self.assertContains(page, 'href="/materials/zn-hq/"')
        self.assertEqual(len(page.context["sei_relations"]), 1)

    def test_api_gives_each_relation_with_its_layer_and_source(self):
        item = self.client.get("/api/v1/materials/zn-hq/").json()
        mimics, creates = item["sei_constituents"]
        self.assertEqual(
            (mimics["role"], mimics["constituent"], mimics["layer"]),
            ("mimics", None, None),
        )
        self.assertEqual(mimics["mimicry"], "metal_organic")
        self.assertEqual(
            (creates["role"], creates["constituent_label"], creates["layer"]),
            ("creates", "LiF", "inner"),
        )
        self.assertEqual(creates["source"]["locator"], "section 2")
        self.assertEqual(creates["studies"][0]["citation_number"], 46)

    def test_a_relation_of_a_draft_is_nowhere(self):
        create_sei_relation(
            self.fluoride, "li2o", source=create_study(status="draft", slug="draft")
        )
        item = self.client.get("/api/v1/materials/lif/").json()
        self.assertEqual(len(item["sei_constituents"]), 1)
        self.assertNotContains(self.client.get("/materials/lif/"), "Li<sub>2</sub>O")

    def test_only_what_mimics_has_a_degree_and_a_source_says_a_thing_once(self):
        row = SeiRelation(
            material=self.hybrid,
            role="creates",
            constituent="lif",
            mimicry="carbonate",
            source=self.primary,
            locator="p. 1",
        )
        with self.assertRaisesMessage(ValidationError, "Only what mimics"):
            row.full_clean()
        row = SeiRelation(
            material=self.fluoride,
            constituent="lif",
            source=self.review,
            locator="p. 1",
        )
        with self.assertRaisesMessage(ValidationError, "says this of the film already"):
            row.full_clean()


class FormerLists:
    """The apps of before, in which films had a list of the constituents they mimic."""

    def __init__(self, lists):
        self.lists = lists
        self.objects = self

    def get_model(self, app, name):
        return self if name == "Material" else apps.get_model(app, name)

    def exclude(self, **condition):
        return self

    def order_by(self, *names):
        for material, texts in self.lists.items():
            material.sei_constituents = texts
            yield material


class FormerListTests(TestCase):
    def convert(self, material, *texts):
        [file] = Path(migrations.__path__[0]).glob("*_sei_constituents_to_relations.py")
        migration = import_module(f"materials.migrations.{file.stem}")
        migration.convert(FormerLists({material: [*texts]}), None)
        return [
            (row.role, row.constituent, row.source, row.locator)
            for row in SeiRelation.objects.order_by("pk")
        ]

    def test_a_constituent_becomes_a_relation_with_the_source_of_the_film(self):
        film = create_material("Li2O–X", locator="Table 9")
        expected = [
            ("mimics", "li2o", film.source, "Table 9"),
            ("mimics", "lif", film.source, "Table 9"),
        ]
        self.assertEqual(self.convert(film, "Li2O", "LiF", "lithium oxide"), expected)

    def test_the_curated_ones_become_what_is_curated_now(self):
        review = create_study(slug="dalton-trans-2025-54-10492")
        film = create_material("Li–EG–CO2", slug="li-eg-co2")
        locator = "text, section Prospective ASEI materials by ALD/MLD"
        row = ("mimics", "lithium_ethylene_carbonate", review, locator)
        self.assertEqual(self.convert(film, "lithium ethylene carbonate"), [row])

    def test_a_word_that_is_no_constituent_is_kept_as_a_note(self):
        film = create_material("AlF3", notes="A note.")
        self.assertEqual(self.convert(film, "Li3N", "LiPF6"), [])
        film.refresh_from_db()
        self.assertEqual(
            film.note_list, ["A note.", "Mimics, in a natural SEI: Li3N, LiPF6."]
        )

    def test_the_one_that_no_source_says_is_dropped(self):
        film = create_material("LiOH")
        self.assertEqual(self.convert(film, "LiOH"), [])
        film.refresh_from_db()
        self.assertEqual(film.notes, "")
