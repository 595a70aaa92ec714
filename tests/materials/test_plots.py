"""Lists as plots of two quantities of their records."""

import re
from html import unescape
from unittest.mock import patch

from django.test import TestCase

from materials.entries import DepositionProcessEntry
from materials.models import DepositionProcess
from materials.plotting import PLOTS
from tests.browser import BrowserTestCase
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_substrate,
    create_temperature,
)


def said(titles):
    """Titles without their source, in plain spaces."""
    return [title.split("; ")[0].replace("\xa0", " ") for title in titles]


class PlotTestCase(TestCase):
    def titles(self, url, **query):
        """What the points of a plot say, as "Al₂O₃: 1.1 Å per cycle, 200 °C"."""
        page = self.client.get(url, {"view": "plot"} | query)
        self.assertEqual(page.status_code, 200, page.context["errors"])
        text = unescape(page.content.decode())
        return said(re.findall('tabindex="-1"><title>(.*?)</title>', text))

    def grown(self, process, growth, study, **fields):
        """A growth per cycle of a process that a study reports."""
        return create_measurement(
            [study],
            process=process,
            property="growth_per_cycle",
            value=growth,
            **fields,
        )


class GrowthTests(PlotTestCase):
    """Growth per cycle against temperature: in which statement, recipe or study."""

    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(authors=["Groner, M."], year=2004)
        cls.other = create_study()
        oxide = create_material("Al2O3")
        cls.process = create_process(oxide, slug="alumina")
        cls.fluoride = create_process(
            create_material("LiF", material_class="fluoride"), method="mld"
        )

    def growths(self, **conditions):
        """What points say, before they are too few for a chart."""
        entries = DepositionProcessEntry.objects.filter(**conditions)
        plot = PLOTS[DepositionProcess]
        found = plot.found(entries, "deposition_temperature", "growth_per_cycle")
        return said(point.title for point in found.points)

    def test_growth_stands_at_the_temperature_of_its_own_statement(self):
        self.grown(self.process, "1.1", self.study, temperature="200")
        create_recipe(
            self.process, studies=[self.study], deposition_temperature="100–300"
        )
        self.assertEqual(self.growths(), ["Al₂O₃: 1.1 Å per cycle, 200 °C"])

    def test_growth_without_temperature_stands_at_that_of_its_recipe(self):
        recipe = create_recipe(
            self.process, studies=[self.study], deposition_temperature="100"
        )
        create_recipe(self.process, studies=[self.study], deposition_temperature="300")
        self.grown(self.process, "1.1", self.study, recipe=recipe)
        self.assertEqual(self.growths(), ["Al₂O₃: 1.1 Å per cycle, 100 °C"])

    def test_growth_stands_at_what_the_same_study_says_alone(self):
        create_recipe(
            self.process, studies=[self.study], deposition_temperature="80–200"
        )
        create_recipe(self.process, studies=[self.other], deposition_temperature="300")
        self.grown(self.process, "~0.9", self.study)
        self.assertEqual(self.growths(), ["Al₂O₃: ~0.9 Å per cycle, 80–200 °C"])

    def test_growth_that_could_stand_at_several_temperatures_is_left_out(self):
        for temperature in ("100", "300"):
            create_recipe(
                self.process, studies=[self.study], deposition_temperature=temperature
            )
        self.grown(self.process, "1.1", self.study)
        self.assertEqual(self.growths(), [])

    def test_filters_narrow_the_points(self):
        for process in (self.process, self.fluoride):
            self.grown(process, "1", self.study, temperature="100")
        self.assertEqual(self.growths(method="mld"), ["LiF: 1 Å per cycle, 100 °C"])
        self.assertEqual(len(self.growths()), 2)

    def test_drafts_are_never_drawn(self):
        draft = create_study(status="draft")
        self.grown(self.process, "1", self.study, temperature="100")
        self.grown(self.process, "2", draft, temperature="200", source=draft)
        self.assertEqual(self.growths(), ["Al₂O₃: 1 Å per cycle, 100 °C"])

    def test_axes_can_be_exchanged(self):
        for temperature in ("100", "200", "300"):
            self.grown(self.process, "1", self.study, temperature=temperature)
        page = self.client.get(
            "/processes/",
            {"view": "plot", "x": "growth_per_cycle", "y": "deposition_temperature"},
        )
        self.assertEqual(
            {str(one.y) for one in page.context["plot"].points},
            {"100\xa0°C", "200\xa0°C", "300\xa0°C"},
        )

    def test_points_have_color_shape_and_address_of_what_they_are_of(self):
        self.grown(self.process, "1", self.study, temperature="100")
        self.grown(self.fluoride, "2", self.study, temperature="150")
        self.grown(
            self.fluoride,
            "<3",
            self.study,
            temperature="200",
            disputed=True,
            notes="It reads otherwise in Table 2.",
        )
        page = self.client.get("/processes/", {"view": "plot"})
        [first, second, third] = page.context["plot"].points
        self.assertEqual(
            (first.group.style, first.shape, first.url),
            ("class-oxide", "ald", "/processes/alumina/"),
        )
        self.assertEqual((second.group.style, second.shape), ("class-fluoride", "mld"))
        self.assertTrue(third.is_disputed)
        self.assertContains(page, "#arrow-down")
        self.assertIn("; Groner 2004", first.title)

    def test_fewer_than_three_points_are_a_strip(self):
        self.grown(self.process, "1", self.study, temperature="100")
        self.grown(self.process, "2", self.other)
        page = self.client.get("/processes/", {"view": "plot"})
        self.assertContains(page, "Only 1")
        self.assertIsNone(page.context["plot"].x)
        self.assertEqual(len(page.context["plot"].points), 2)

    def test_what_has_no_temperature_is_said(self):
        for growth in ("1", "2", "3"):
            self.grown(self.process, growth, self.study, temperature="100")
        self.grown(self.process, "4", self.other)
        growth = {"y": "growth_per_cycle", "x": "deposition_temperature"}
        exchanged = {"x": "growth_per_cycle", "y": "deposition_temperature"}
        for axes in (growth, exchanged):
            page = self.client.get("/processes/", {"view": "plot"} | axes)
            text = " ".join(page.content.decode().split())
            self.assertIn("Of 1 further value of growth per cycle, no deposition", text)

    def test_axis_with_zero_is_linear_and_says_so(self):
        for growth in ("0", "2", "3"):
            self.grown(self.process, growth, self.study, temperature="100")
        page = self.client.get("/processes/", {"view": "plot", "scale": "log"})
        self.assertContains(page, "Growth per cycle has a value of zero or less")
        self.assertTrue(page.context["plot"].x.is_logarithmic)

    def test_of_very_many_points_the_first_are_drawn(self):
        for growth in ("1", "2", "3", "4", "5"):
            self.grown(self.process, growth, self.study, temperature="100")
        with patch("materials.plotting.MOST", 4):
            page = self.client.get("/processes/", {"view": "plot"})
        self.assertContains(page, "The first 4 points are drawn")
        self.assertEqual(len(page.context["plot"].points), 4)

    def test_no_value_is_no_chart(self):
        page = self.client.get("/processes/", {"view": "plot", "y": "density"})
        self.assertContains(page, "No value of density")
        self.assertIsNone(page.context["plot"])


class OtherPlotTests(PlotTestCase):
    def test_thickness_of_films_stands_at_their_deposition_temperature(self):
        create_coating(
            create_process(create_material("ZnO")),
            thickness="10 nm",
            deposition_temperature="150",
            substrate=create_substrate("Li metal"),
        )
        self.assertEqual(self.titles("/coatings/"), ["ZnO on Li metal: 10 nm"])
        self.assertEqual(
            self.client.get("/coatings/", {"view": "plot"}).context["too_few"], 1
        )

    def test_values_of_cells_stand_at_their_cycles(self):
        points = [
            {"cycle_number": cycle, "capacity_retention": f"{100 - cycle}"}
            for cycle in (10, 20, 30)
        ]
        test = create_cycling_test(points, c_rate="0.5C")
        electrode = test.electrode.name
        self.assertEqual(
            self.titles("/cycling/"),
            [f"{electrode}: {100 - at} % at cycle {at}" for at in (10, 20, 30)],
        )
        self.assertEqual(
            self.titles("/cycling/", x="c_rate")[0], f"{electrode}: 90 %, 0.5C"
        )

    def test_conductivities_stand_at_the_temperature_of_the_measurement(self):
        film = create_material("LiPON")
        for value, at in (("10−8", "25"), ("10−7", "60"), ("10−6", "RT")):
            create_measurement(material=film, value=value, temperature=at)
        create_measurement(material=film, property="density", value="2")
        found = self.titles("/measurements/", property="ionic_conductivity")
        self.assertEqual(
            found[:2], ["LiPON: 10⁻⁸ S cm⁻¹, 25 °C", "LiPON: 10⁻⁷ S cm⁻¹, 60 °C"]
        )
        self.assertEqual(len(found), 3)

    def test_source_temperatures_are_a_strip_by_class_of_precursor(self):
        tma = create_precursor("TMA")
        water = create_precursor("H2O", precursor_class="co_reactant")
        create_temperature(tma, "RT")
        create_temperature(water, "30")
        page = self.client.get("/precursors/", {"view": "plot"})
        self.assertEqual(
            [group.label for group in page.context["plot"].rows],
            ["Co-reactant", "Metal precursor"],
        )

    def test_values_of_one_step_stand_beside_each_other(self):
        tma, water = create_precursor("TMA"), create_precursor("H2O")
        steps = [
            {"precursor": tma, "pulse": "0.1 s", "purge": "5 s"},
            {"precursor": water, "pulse": "0.2 s", "purge": "10 s"},
        ]
        for _ in range(2):
            create_recipe(create_process(precursors=[tma, water]), steps)
        found = self.titles("/processes/", x="pulse", y="purge")
        self.assertEqual(
            {title.split(": ")[1] for title in found}, {"5 s, 0.1 s", "10 s, 0.2 s"}
        )


class AddressTests(PlotTestCase):
    def test_unknown_quantities_are_refused_with_the_right_ones(self):
        for name, value, near in (
            ("x", "deposition_temprature", "deposition_temperature"),
            ("y", "film_thicknes", "film_thickness"),
            ("view", "plott", "plot"),
            ("scale", "logarithmic", "log"),
        ):
            with self.subTest(name):
                page = self.client.get("/coatings/", {name: value})
                self.assertContains(page, near, status_code=400)

    def test_same_quantity_on_both_axes_is_refused(self):
        query = {"view": "plot", "x": "film_thickness", "y": "film_thickness"}
        self.assertContains(
            self.client.get("/coatings/", query), "same quantity", status_code=400
        )

    def test_lists_without_quantities_have_no_plot(self):
        page = self.client.get("/studies/", {"view": "plot"})
        self.assertContains(page, "Unknown parameter", status_code=400)

    def test_tabs_keep_the_selection_and_files_leave_the_plot(self):
        create_coating()
        page = self.client.get("/coatings/", {"view": "plot", "method": "ald"})
        for url in ("/coatings/?method=ald", "/explore/?method=ald"):
            self.assertContains(page, f'href="{url}"')
            self.assertEqual(self.client.get(url).status_code, 200)
        self.assertContains(page, 'href="/api/v1/coatings/?method=ald"')
        self.assertContains(page, 'href="/coatings/table.tex?method=ald"')
        self.assertContains(page, "/coatings/?view=plot&amp;method=ald")

    def test_htmx_gets_the_plot_alone(self):
        page = self.client.get(
            "/coatings/", {"view": "plot"}, headers={"HX-Request": "true"}
        )
        self.assertNotContains(page, "<html")
        self.assertContains(page, 'aria-label="Views"')

    def test_plot_takes_a_few_statements_more_than_no_rows(self):
        process = create_process()
        for number in range(5):
            self.grown(process, "1", create_study(), temperature=f"{100 + number}")
        page = {"view": "plot", "x": "deposition_temperature"}
        self.client.get("/processes/", page)  # choices of the form are kept
        # How many rows there are; points, their details, their studies, all values;
        # choices of the form and their counts.
        with self.assertNumQueries(1 + 4 + 7):
            self.client.get("/processes/", page)


class PlotTabTests(BrowserTestCase):
    def test_tab_draws_points_that_lead_to_records_and_follow_the_filters(self):
        process = create_process(create_material("Al2O3"), slug="alumina")
        study = create_study()
        for at in ("100", "200", "300"):
            create_measurement(
                [study],
                process=process,
                property="growth_per_cycle",
                value="1.1",
                temperature=at,
            )
        self.page.goto("/processes/")
        self.page.get_by_role("link", name="Plot").click()
        figure = self.page.get_by_role("figure")
        points = figure.locator("svg a")
        points.nth(2).wait_for()
        self.assertIn("view=plot", self.page.url)
        self.page.get_by_label("Against", exact=True).select_option("none")
        self.page.get_by_text("Growth per cycle · 3 points").wait_for()
        self.page.locator(".filters [name=method][value=mld]").check()
        self.page.get_by_text("No value of growth per cycle").wait_for()
        self.assertIn("view=plot", self.page.url)
        self.page.locator(".filters [name=method][value=mld]").uncheck()
        points.nth(2).wait_for()
        points.nth(2).click()  # the uppermost of equal ones
        self.page.wait_for_url("**/processes/alumina/")

    def test_oxides_are_three_clicks_from_home(self):
        self.page.goto("/")
        self.page.get_by_role("link", name="How fast do oxides grow").click()
        self.page.wait_for_url("**/processes/?material_class=oxide&view=plot")
