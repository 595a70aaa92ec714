"""The search boxes in a real browser: suggestions, by keys and by pointer."""

import re

from playwright.sync_api import expect

from tests.browser import BrowserTestCase
from tests.factories import (
    create_material,
    create_precursor,
    create_study,
    create_substrate,
)


class SuggestionTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        source = {"source": create_study(title="Growth")}
        create_material("LiPxOyNz", slug="lipon", synonyms=["LiPON"], **source)
        create_material("LiPO3", slug="lipo3", **source)
        create_precursor("TMA", slug="tma", name="trimethylaluminum", **source)
        create_substrate("Li metal", slug="li-metal", **source)

    def box(self, url="/materials/"):
        self.page.goto(url)
        return self.page.get_by_role("combobox", name="Search everything")

    @property
    def options(self):
        return self.page.locator(".suggestions").get_by_role("option")

    def chosen(self):
        return self.page.locator("[role=option][aria-selected=true]")

    def test_keys_choose_a_suggestion_and_go_to_its_record(self):
        box = self.box()
        expect(box).to_have_attribute("aria-expanded", "false")
        box.press_sequentially("lipo")
        expect(self.options).to_have_count(2)
        expect(box).to_have_attribute("aria-expanded", "true")
        expect(self.options.nth(1)).to_contain_text("also called LiPON")
        expect(self.chosen()).to_have_count(0)
        box.press("ArrowDown")
        box.press("ArrowDown")
        expect(self.chosen()).to_contain_text("LiPON")
        expect(box).to_be_focused()
        expect(box).to_have_attribute(
            "aria-activedescendant", "site-search-suggestions-1"
        )
        box.press("ArrowDown")  # back in the box
        expect(self.chosen()).to_have_count(0)
        box.press("ArrowUp")
        expect(self.chosen()).to_contain_text("LiPON")
        box.press("Enter")
        expect(self.page).to_have_url(re.compile("/materials/lipon/$"))

    def test_escape_closes_the_list_and_keeps_the_text(self):
        box = self.box()
        box.press_sequentially("lipo")
        expect(self.options).to_have_count(2)
        box.press("Escape")
        expect(self.options).to_have_count(0)
        expect(box).to_have_value("lipo")
        box.press("ArrowDown")
        expect(self.options).to_have_count(2)
        self.page.keyboard.press("Tab")
        expect(self.options).to_have_count(0)

    def test_enter_without_a_choice_searches_for_the_text(self):
        box = self.box("/")
        box.press_sequentially("lipo")
        expect(self.options).to_have_count(2)
        box.press("Enter")
        expect(self.page).to_have_url(re.compile(r"/search/\?q=lipo$"))
        expect(self.page.get_by_role("heading", name="Materials")).to_be_visible()

    def test_a_click_goes_to_the_record(self):
        self.box().press_sequentially("TM")
        self.options.filter(has_text="TMA").click()
        expect(self.page).to_have_url(re.compile("/precursors/tma/$"))

    def test_a_misspelled_word_suggests_the_nearest(self):
        self.box().press_sequentially("trimethylalumnium")
        expect(self.options).to_have_count(1)


class WithoutScriptTests(BrowserTestCase):
    javascript = False

    def test_the_box_is_a_plain_form(self):
        create_material("LiF", slug="lif", source=create_study())
        self.page.goto("/")
        box = self.page.get_by_role("searchbox", name="Search everything")
        box.fill("LiF")
        box.press("Enter")
        expect(self.page).to_have_url(re.compile(r"/search/\?q=LiF$"))
        expect(self.page.get_by_role("link", name="LiF")).to_be_visible()
