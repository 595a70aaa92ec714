"""Pages of precursors."""

from django.test import TestCase

from tests.factories import (
    create_citation,
    create_coating,
    create_element,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_temperature,
)


class PrecursorPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", journal="Dalton Trans.", authors=[])
        cls.study = create_study(slug="madadi", authors=["Madadi, M.", "Heiska, J."])
        create_citation(cls.review, 42, cls.study)
        cls.lihmds = create_precursor(
            "Li–HMDS",
            [create_element("Li", 3)],
            slug="li-hmds",
            formula="LiN(SiMe3)2",
            melting_point_celsius=-7.5,
            melting_point_source="a handbook",
            source=cls.review,
        )
        create_temperature(
            cls.lihmds, "~55", [cls.study], source=cls.review, notes="At 1 mbar."
        )
        create_temperature(
            cls.lihmds, "60–65", source=cls.study, is_typical=False, locator="Fig. 1"
        )
        create_temperature(
            cls.lihmds,
            "99",
            source=create_study(status="draft"),
            is_typical=False,
        )
        cls.tma = create_precursor("TMA", source=cls.review)
        create_temperature(cls.tma, "RT", source=cls.review, reading="assumed")
        cls.liotbu = create_precursor("LiOtBu", source=cls.review)
        create_temperature(cls.liotbu, "140", source=cls.review)
        cls.process = create_process(
            precursors=[cls.lihmds], slug="a-process", source=cls.review
        )
        create_coating(cls.process, slug="a-coating", source=cls.review)

    def test_measured_properties_show_value_condition_and_source(self):
        fields = {"precursor": self.tma, "property": "vapor_pressure"}
        create_measurement(
            value="~13 Torr", temperature="25", source=self.study, **fields
        )
        create_measurement(
            value="99 Torr", source=create_study(status="draft"), **fields
        )
        page = self.client.get("/precursors/tma/")
        self.assertContains(page, "~13\N{NO-BREAK SPACE}Torr")
        self.assertContains(page, "25\N{NO-BREAK SPACE}°C")
        self.assertContains(page, "Table 1 in")
        self.assertNotContains(page, "99\N{NO-BREAK SPACE}Torr")

    def test_a_precursor_is_public_once_a_published_value_is_about_it(self):
        hidden = create_precursor("X", slug="x", source=create_study(status="draft"))
        self.assertEqual(self.client.get("/precursors/x/").status_code, 404)
        create_measurement(precursor=hidden, property="melting_point", value="70")
        self.assertEqual(self.client.get("/precursors/x/").status_code, 200)

    def test_list_answers_which_sublime_below_60_degrees(self):
        query = {"sublimation_temperature_celsius_max": 60}
        response = self.client.get("/precursors/", query)
        self.assertCountEqual(response.context["page_obj"], [self.lihmds, self.tma])
        self.assertContains(response, "~55\N{NO-BREAK SPACE}°C")
        self.assertContains(response, "LiN(SiMe<sub>3</sub>)<sub>2</sub>")

    def test_where_none_is_called_typical_the_lowest_reported_is_shown_as_such(self):
        glycol = create_precursor("EG", slug="eg", source=self.review)
        other = {"source": self.study, "is_typical": False}
        create_temperature(glycol, "80", **other)
        create_temperature(glycol, "30", locator="Fig. 2", **other)
        create_temperature(glycol, "20", locator="Fig. 3", disputed=True, **other)
        grown = create_process(precursors=[glycol], source=self.study)
        for path in ("/precursors/?q=eg", grown.get_absolute_url()):
            with self.subTest(path):
                page = self.client.get(path)
                self.assertContains(page, "30\N{NO-BREAK SPACE}°C")
                self.assertContains(page, ">reported</span>")
                self.assertNotContains(page, "80\N{NO-BREAK SPACE}°C")

    def test_the_filter_says_which_temperature_it_asks(self):
        page = self.client.get("/precursors/")
        self.assertContains(page, "where none is called typical, any reported one")

    def test_precursors_are_found_by_what_they_grow(self):
        draft = create_study(status="draft")
        material = create_material("Al2O3", slug="al2o3")
        shared = create_process(material, [self.tma], source=draft)
        query = {"material": "al2o3"}
        self.assertEqual(self.found(query), [])
        create_coating(shared, source=self.study)  # which makes the process public
        self.assertEqual(self.found(query), [self.tma])

    def found(self, query):
        return list(self.client.get("/precursors/", query).context["page_obj"])

    def test_sorting_goes_by_degrees_with_room_temperature_as_25(self):
        query = {"order_by": "sublimation_temperature_celsius"}
        page = self.client.get("/precursors/", query).context["page_obj"]
        self.assertEqual(list(page), [self.tma, self.lihmds, self.liotbu])

    def test_every_temperature_names_its_source(self):
        response = self.client.get("/precursors/li-hmds/")
        self.assertContains(response, "60–65\N{NO-BREAK SPACE}°C")
        self.assertContains(response, "Fig. 1 in")
        self.assertContains(response, "Table 1 in")
        self.assertContains(response, 'href="/studies/madadi/"')
        self.assertContains(response, "At 1 mbar.")

    def test_temperature_of_a_draft_is_not_shown(self):
        page = self.client.get("/precursors/li-hmds/")
        self.assertContains(page, "~55\N{NO-BREAK SPACE}°C")
        self.assertNotContains(page, "99\N{NO-BREAK SPACE}°C")

    def test_assumed_temperature_says_so_and_reads_as_printed(self):
        response = self.client.get("/precursors/tma/")
        self.assertContains(response, ">RT</span>")
        self.assertContains(response, "(assumed by the source)")

    def test_temperatures_of_recipes_lead_to_these_and_name_their_source(self):
        process = create_process(precursors=[self.lihmds, self.tma])
        kept = {"precursor": self.lihmds, "source_temperature": "~73 °C"}
        steps = [kept, {"precursor": self.tma, "source_temperature": "31 °C"}]
        recipe = create_recipe(process, steps, deposition_temperature="150 °C")
        draft = create_study(status="draft")
        create_recipe(process, [kept | {"source_temperature": "99 °C"}], source=draft)
        page = self.client.get("/precursors/li-hmds/")
        self.assertContains(page, "~73\N{NO-BREAK SPACE}°C")
        self.assertContains(page, f'href="{process.get_absolute_url()}#{recipe.slug}"')
        self.assertContains(page, f'href="/studies/{recipe.source.slug}/"')
        for celsius in ("31", "99"):
            self.assertNotContains(page, f"{celsius}\N{NO-BREAK SPACE}°C")

    def test_precursor_leads_to_its_processes_and_coatings(self):
        response = self.client.get("/precursors/li-hmds/")
        self.assertContains(response, 'href="/processes/a-process/"')
        self.assertContains(response, 'href="/coatings/a-coating/"')
        self.assertContains(response, 'href="/materials/?elements=Li"')

    def test_melting_point_is_typeset_and_sourced(self):
        response = self.client.get("/precursors/li-hmds/")
        self.assertContains(response, "−7.5\N{NO-BREAK SPACE}°C")
        self.assertContains(response, "a handbook")

    def test_melting_point_leads_to_what_studies_measured(self):
        link = '<a href="#measured-properties">1 from studies</a>'
        path = "/precursors/li-hmds/"
        self.assertNotContains(self.client.get(path), link, html=True)
        create_measurement(
            precursor=self.lihmds, property="melting_point", value="71 °C"
        )
        page = self.client.get(path)
        self.assertContains(page, link, html=True)
        self.assertContains(page, "a handbook")

    def test_a_temperature_that_many_report_leads_to_its_precursor_for_the_rest(self):
        works = [create_study(authors=["Doe, J."], year=2000 + n) for n in range(12)]
        tea = create_precursor("TEA", source=self.review)
        create_temperature(tea, "20", works, source=self.review)
        page = self.client.get("/precursors/", {"q": "tea"})
        self.assertContains(page, f'<a href="{tea.get_absolute_url()}">')
        self.assertContains(page, " more</a>")

    def test_list_costs_the_same_for_many_precursors(self):
        # count, keys, rows, sources, elements and which, temperatures, their sources,
        # their works and which, citations;
        # facets: class and state together; choices: materials, and how many of each
        with self.assertNumQueries(11 + 4):
            self.client.get("/precursors/", headers={"HX-Request": "true"})
        with self.assertNumQueries(11 + 4):
            self.client.get("/precursors/")

    def test_page_costs_the_same_for_many_values(self):
        # the precursor, elements; six sections; what processes report; steps, uses;
        # works, studies, citations
        with self.assertNumQueries(13):
            self.client.get("/precursors/li-hmds/")
