from io import StringIO

from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import TestCase

from materials.models import PropertyMeasurement
from tests.factories import (
    create_coating,
    create_element,
    create_material,
    create_measurement,
    create_precursor,
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

    def test_the_end_of_a_series_keeps_its_words_and_is_found_by_them(self):
        fields = {"material": self.lipon, "property": "interfacial_resistance"}
        create_measurement(value="up to ~20 Ω cm2", slug="most", **fields)
        create_measurement(value="As low as 5 Ω cm2", slug="least", **fields)
        create_measurement(value="at most 7 Ω cm2", slug="bound", **fields)
        page = self.client.get("/measurements/", {"value_limit": "highest"})
        self.assertContains(page, "up to ~20\xa0Ω\xa0cm²")
        for query, slugs in [
            ({"value_limit": "highest"}, {"most"}),
            ({"value_limit": ["highest", "lowest"]}, {"most", "least"}),
            ({"q": "up to lipon"}, {"most"}),
            ({"q": "as low as"}, {"least"}),
        ]:
            with self.subTest(query):
                self.assertEqual(self.slugs(**query), slugs)
        answer = self.client.get("/api/v1/measurements/", {"value_limit": "lowest"})
        [item] = answer.json()["results"]
        self.assertEqual((item["slug"], item["value_limit"]), ("least", "lowest"))
        self.assertEqual(
            item["quantity"],
            {
                "as_reported": "As low as 5 Ω cm2",
                "qualifier": "≥",
                "min": 5.0,
                "max": None,
                "unit": "Ω·cm²",
            },
        )
        answer = self.client.get("/api/v1/measurements/", {"value_limit": "typical"})
        self.assertEqual(answer.status_code, 400)

    def test_a_value_that_changes_is_no_limit_any_more(self):
        row = create_measurement(value="up to 10−6 S/cm")
        self.assertEqual((row.value_limit, row.limit_words), ("highest", "up to"))
        row.value = "10−6 S/cm"
        row.save()
        row.refresh_from_db()
        self.assertEqual((row.value_limit, row.limit_words), ("", ""))
        PropertyMeasurement.objects.update(value_as_reported="up to 10−6 S/cm")
        call_command("derive", verbosity=0, stdout=StringIO())
        row.refresh_from_db()
        self.assertEqual((row.value_limit, row.value.maximum), ("highest", 1e-6))

    def test_a_value_shows_its_unit_condition_subject_and_source(self):
        page = self.client.get("/measurements/", {"q": "alumina"})
        self.assertContains(page, "10⁻¹²\xa0S\xa0cm⁻¹")
        self.assertContains(page, "RT")
        self.assertContains(page, "Alumina")
        self.assertContains(page, "Table 1 in")

    def test_a_growth_per_cycle_says_that_it_was_deposited_at_its_temperature(self):
        page = self.client.get("/measurements/")
        self.assertContains(page, "At (°C)")
        self.assertContains(page, "a growth per cycle, deposited")
        self.assertNotContains(page, "deposited at")
        fields = {"material": self.lipon, "property": "growth_per_cycle", "value": "1"}
        create_measurement(**fields)
        self.assertNotContains(self.client.get("/measurements/"), "deposited at")
        create_measurement(temperature="323 K", **fields)
        page = self.client.get("/measurements/")
        self.assertContains(page, "deposited at", count=1)
        self.assertContains(page, "printed 323 K")

    def test_a_content_names_its_element_and_is_found_by_it(self):
        content = {"property": "atomic_content", "material": self.lipon}
        for symbol, number in (("Li", 3), ("N", 7)):
            element = create_element(symbol, number)
            create_measurement(
                slug=symbol.lower(), element=element, value=f"{number} at.%", **content
            )
        self.assertEqual(self.slugs(element="N"), {"n"})
        page = self.client.get("/measurements/", {"element": "N"})
        self.assertContains(page, "Atomic content of N")
        for named, of_property in ((None, "atomic_content"), (element, "density")):
            with self.assertRaises(IntegrityError), transaction.atomic():
                PropertyMeasurement.objects.filter(slug="n").update(
                    element=named, property=of_property
                )

    def test_an_index_says_at_which_wavelength_and_a_value_its_condition(self):
        create_measurement(
            slug="index",
            material=self.lipon,
            property="refractive_index",
            value="1.6",
            wavelength="580 nm",
            condition="after 2 h in air",
        )
        page = self.client.get("/measurements/", {"property": "refractive_index"})
        self.assertContains(page, "at 580\xa0nm")
        self.assertContains(page, "after 2 h in air")
        self.assertEqual(self.slugs(q="after 2 h"), {"index"})
        with self.assertRaises(IntegrityError), transaction.atomic():
            PropertyMeasurement.objects.update(property="density")

    def test_a_record_s_own_page_names_the_subjects_only_if_there_are_others(self):
        header = '<th scope="col">Of</th>'
        alone = create_precursor(slug="alone")
        create_measurement(precursor=alone, property="melting_point", value="70")
        page = self.client.get("/precursors/alone/")
        self.assertNotContains(page, header)
        self.assertContains(page, "70\N{NO-BREAK SPACE}°C")
        # On the page of the material, a coating of it was measured too.
        self.assertContains(self.client.get("/materials/lipon/"), header)
        self.assertContains(self.client.get("/measurements/"), header)

    def test_values_sort_inside_their_property(self):
        for temperature in ("150", "85"):
            create_measurement(
                material=self.lipon,
                property="deposition_temperature",
                value=temperature,
                slug=f"at-{temperature}",
            )
        for prop, slugs in [
            ("deposition_temperature", ["at-150", "at-85"]),
            ("ionic_conductivity", ["film", "lipon", "alumina"]),
        ]:
            query = {"property": prop, "order_by": "-value"}
            page = self.client.get("/measurements/", query)
            found = [row.slug for row in page.context["page_obj"]]
            self.assertEqual(found, slugs)

    def test_a_value_is_asked_for_once_a_property_gives_its_unit(self):
        needed = "Choose a property first"
        for headers in ({}, {"HX-Request": "true"}):
            page = self.client.get("/measurements/", headers=headers)
            self.assertContains(page, needed)
            self.assertNotContains(page, 'name="value"')
            self.assertNotContains(page, "order_by=value")
            query = {"property": "ionic_conductivity", "value_min": ""}
            page = self.client.get("/measurements/", query, headers=headers)
            self.assertContains(page, "Value (S/cm)")
            self.assertContains(page, 'name="value"')
            self.assertContains(page, "order_by=value")
            self.assertNotContains(page, needed)

    def test_a_value_is_typed_in_any_unit_of_its_property(self):
        for typed in ("≥1e-8", ">10⁻⁹ S/cm", "≥ 10⁻⁵ mS cm⁻¹"):
            query = {"property": "ionic_conductivity", "value": typed}
            ends = {"property": "ionic_conductivity", "value_min": "1e-8"}
            self.assertEqual(self.slugs(**query), self.slugs(**ends), typed)
        query = {"property": "ionic_conductivity", "value": "5 nm"}
        for path in ("/measurements/", "/api/v1/measurements/"):
            page = self.client.get(path, query)
            self.assertContains(page, "does not convert", status_code=400)

    def test_values_of_different_units_are_not_compared(self):
        kinds = ("ionic_conductivity", "deposition_temperature")
        for asked in (
            {"value": "≥1"},
            {"value_min": "1"},
            {"value_max": "0"},
            {"value_min": "1", "value_match": "within"},
            {"order_by": "value"},
            {"order_by": ["property", "-value"]},
        ):
            for named in ({}, {"property": ",".join(kinds)}):
                for path in ("/measurements/", "/api/v1/measurements/"):
                    page = self.client.get(path, asked | named)
                    self.assertContains(page, "do not compare", status_code=400)
                    for name in asked:
                        self.assertContains(page, name, status_code=400)
            same_unit = ["ionic_conductivity", "electronic_conductivity"]
            for named in ("ionic_conductivity", same_unit):
                page = self.client.get("/measurements/", asked | {"property": named})
                self.assertEqual(page.status_code, 200)

    def test_drafts_are_not_listed(self):
        self.assertNotIn("hidden", self.slugs())

    def test_a_page_costs_the_same_for_many_measurements(self):
        # The count, a page of keys, its rows; materials; processes, their materials,
        # steps; coatings and the same of their processes; sources, citations, works;
        # the facets of properties, limits and materials; the choices of materials,
        # substrates and precursors.
        with self.assertNumQueries(13 + 3 + 3):
            self.client.get("/measurements/")

    def test_a_wrong_parameter_is_reported(self):
        page = self.client.get("/measurements/", {"propert": "x"})
        self.assertContains(page, "Did you mean", status_code=400)
