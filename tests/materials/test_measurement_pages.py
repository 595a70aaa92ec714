from django.test import TestCase

from tests.factories import (
    create_coating,
    create_element,
    create_material,
    create_measurement,
    create_process,
    create_study,
)


class MeasurementListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        lithium = create_element("Li", 3)
        cls.lipon = create_material("LiPON", [lithium])
        create_measurement(material=cls.lipon, value="3 × 10−7", slug="lipon")
        process = create_process(create_material("Alumina"))
        create_measurement(
            process=process, value="10−12", slug="alumina", temperature="RT"
        )
        coating = create_coating(create_process(cls.lipon))
        create_measurement(coating=coating, value="~10−6", slug="film")
        create_measurement(
            material=cls.lipon,
            value="10−5",
            slug="hidden",
            source=create_study(status="draft"),
        )

    def slugs(self, **query):
        page = self.client.get("/measurements/", query)
        self.assertEqual(page.status_code, 200)
        return {row.slug for row in page.context["page_obj"]}

    def test_lithium_films_that_conduct_better_than_a_limit_are_found(self):
        found = self.slugs(
            property="ionic_conductivity", value_min="1e-8", elements="Li"
        )
        self.assertEqual(found, {"lipon", "film"})

    def test_a_value_shows_its_unit_condition_subject_and_source(self):
        page = self.client.get("/measurements/", {"q": "alumina"})
        self.assertContains(page, "10⁻¹²\xa0S\xa0cm⁻¹")
        self.assertContains(page, "RT")
        self.assertContains(page, "Alumina")
        self.assertContains(page, "Table 1 in")

    def test_drafts_are_not_listed(self):
        self.assertNotIn("hidden", self.slugs())

    def test_a_page_needs_nine_queries(self):
        # The count and the facet of properties; the choices of materials, substrates
        # and precursors; a page of rows; the steps of their processes and of their
        # coatings' processes; studies.
        with self.assertNumQueries(9):
            self.client.get("/measurements/")

    def test_a_wrong_parameter_is_told(self):
        page = self.client.get("/measurements/", {"propert": "x"})
        self.assertContains(page, "Did you mean", status_code=400)
