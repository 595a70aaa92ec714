"""Comparing in a real browser: `tearDown` finds what breaks the content policy."""

import re

from playwright.sync_api import expect

from tests.browser import PHONE, BrowserTestCase
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_process,
    create_study,
    create_substrate,
)

COMPARE = "/compare/?test=coated&test=bare"
PAGES = (COMPARE, "/coatings/lif-on-graphite/", "/materials/lif/", "/studies/study/")

LEGEND_COLOR = "Bokeh.documents[0].roots()[0].below[1].label_text_color"


def create_tests():
    study = create_study(slug="study")
    same = {
        "source": study,
        "electrode": create_substrate(
            "LiNi0.8Mn0.1Co0.1O2 electrode", slug="nmc811", source=study
        ),
        "electrolyte": "1 M LiPF6 in EC/DEC with 10 wt% FEC",
    }
    process = create_process(create_material("LiF", source=study), source=study)
    coating = create_coating(
        process, slug="lif-on-graphite", substrate=same["electrode"], source=study
    )
    for text in ("10−8", "10−6–10−5", "<10−9"):
        create_measurement(process=process, value=text, source=study)
    bare = create_cycling_test(
        [{"cycle_number": 100, "capacity_retention": "71.3"}], slug="bare", **same
    )
    create_cycling_test(
        [
            {"cycle_number": 1, "capacity_retention": "100"},
            {"cycle_number": 100, "capacity_retention": "88"},
            {"cycle_number": 200, "capacity_retention": ">80"},
            {"cycle_number": 300, "capacity_retention": "70–75"},
        ],
        slug="coated",
        coating=coating,
        control=bare,
        **same,
    )


class CompareTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        create_tests()

    def canvas(self):
        return self.page.locator("[data-plot] canvas").first

    def wait_until(self, condition, argument=None):
        """Waits for a condition in JavaScript, which may name its `argument`.

        In one call: polling by the driver would evaluate text, which the policy bars.
        """
        self.page.evaluate(
            f"""argument => new Promise(done => {{
              const look = () =>
                {condition} ? done() : requestAnimationFrame(look);
              look();
            }})""",
            argument,
        )


class PlotTests(CompareTests):
    def test_each_page_draws_its_plot(self):
        for url in PAGES:
            with self.subTest(url):
                self.page.goto(url)
                expect(self.canvas()).to_be_visible()

    def test_the_plot_is_laid_out_by_its_style_sheets(self):
        self.page.goto(COMPARE)
        expect(self.canvas()).to_be_visible()
        toolbar = self.page.locator(".bk-Toolbar")
        self.assertEqual(
            toolbar.evaluate("element => getComputedStyle(element).display"), "flex"
        )
        self.assertGreater(self.canvas().bounding_box()["width"], 500)

    def test_hovering_names_test_and_source(self):
        self.page.goto(COMPARE)
        expect(self.canvas()).to_be_visible()
        self.wait_until("Bokeh.documents[0].is_idle")
        place = self.page.evaluate(
            """() => {
              const frame = Bokeh.index.roots[0].frame;
              return [frame.x_scale.compute(100), frame.y_scale.compute(88)];
            }"""
        )
        self.canvas().scroll_into_view_if_needed()
        box = self.canvas().bounding_box()
        self.page.mouse.move(box["x"] + place[0], box["y"] + place[1])
        expect(self.page.get_by_text("cycle 100", exact=True).first).to_be_visible()

    def test_the_plot_takes_the_colors_of_the_scheme(self):
        self.page.goto(COMPARE)
        expect(self.canvas()).to_be_visible()
        light = self.page.evaluate(LEGEND_COLOR)
        self.page.emulate_media(color_scheme="dark")
        self.wait_until(f"{LEGEND_COLOR} !== argument", light)


class PhoneTests(CompareTests):
    viewport = PHONE

    def test_no_page_scrolls_sideways(self):
        for url in (*PAGES, "/cycling/"):
            with self.subTest(url):
                self.page.goto(url)
                if url in PAGES:
                    expect(self.canvas()).to_be_visible()
                self.assertLessEqual(
                    self.page.locator("html").evaluate("page => page.scrollWidth"),
                    PHONE["width"],
                )


class ChoosingTests(CompareTests):
    def setUp(self):
        super().setUp()
        create_cycling_test(slug="third")

    def status(self):
        return self.page.locator(".choose [role=status]")

    def test_ticks_stay_while_one_filters_and_comes_back(self):
        self.page.goto("/cycling/?has_control=true")
        self.page.locator("input[name=test]").first.check()
        expect(self.status()).to_have_text("1 of 8 chosen")
        control = self.page.get_by_role("group", name="Has an uncoated control")
        control.locator("[value=false]").check()
        bare = self.page.locator("input[name=test][value=bare]")
        bare.check()
        expect(self.status()).to_have_text("2 of 8 chosen")
        self.page.get_by_role("button", name="Compare the ticked").click()
        expect(self.page).to_have_title("Compare cycling tests · ASEI DB")
        expect(self.page.locator("table.conditions")).to_be_visible()
        self.page.go_back()
        expect(bare).to_be_checked()
        self.page.get_by_role("button", name="Clear").click()
        expect(bare).not_to_be_checked()
        expect(self.status()).to_have_text("2 to 8 tests")
        expect(self.page.get_by_role("button", name="Clear")).to_be_hidden()

    def test_a_single_choice_is_reported_and_kept(self):
        self.page.goto("/cycling/")
        self.page.locator("input[name=test][value=bare]").check()
        self.page.get_by_role("button", name="Compare the ticked").click()
        expect(self.page.get_by_role("heading", name="You chose")).to_be_visible()
        self.page.go_back()
        expect(self.status()).to_have_text("1 of 8 chosen")
        self.complaints = [text for text in self.complaints if "400" not in text]

    def test_what_is_left_out_is_no_longer_ticked(self):
        self.page.goto("/cycling/")
        for slug in ("bare", "coated", "third"):
            self.page.locator(f"input[name=test][value={slug}]").check()
        self.page.get_by_role("button", name="Compare the ticked").click()
        self.page.locator("[data-leave-out=third]").click()
        expect(self.page.locator("[data-leave-out]")).to_have_count(0)
        self.page.goto("/cycling/")
        expect(self.status()).to_have_text("2 of 8 chosen")
        expect(self.page.locator("input[value=third]")).not_to_be_checked()


class WithoutScriptsTests(CompareTests):
    javascript = False

    def test_ticked_tests_are_compared(self):
        self.page.goto("/cycling/")
        for box in self.page.locator("input[name=test]").all():
            box.check()
        self.page.get_by_role("button", name="Compare the ticked").click()
        expect(self.page).to_have_title("Compare cycling tests · ASEI DB")
        expect(self.page.get_by_text("A script draws the plot")).to_be_visible()
        expect(self.page.get_by_text("+16.7 percentage points")).to_be_visible()
        expect(self.page).to_have_url(re.compile("test=bare&test=coated"))
