"""The pages in a real browser: on a desktop, on a phone, without scripts."""

import re

from playwright.sync_api import expect

from tests.browser import PHONE, BrowserTestCase
from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_element,
    create_finding,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
    create_temperature,
)

LISTS = (
    "/materials/",
    "/precursors/",
    "/substrates/",
    "/methods/",
    "/processes/",
    "/coatings/",
    "/cycling/",
    "/findings/",
    "/studies/",
)
PAGES = (
    "/",
    "/search/?q=LiF",
    "/explore/",
    "/explore/?rows=material&columns=substrate&value=uplift",
    "/planner/",
    "/planner/?source_temperature_limit_celsius=60",
    *LISTS,
    "/cycling/?view=plot&y=specific_capacity",
    "/compare/?test=lif-cycled&test=bare",
    "/materials/lif/",
    "/precursors/liotbu/",
    "/substrates/li-metal/",
    "/methods/sem/",
    "/processes/lif-ald/",
    "/coatings/lif-on-li/",
    "/cycling/lif-cycled/",
    "/studies/review/",
    "/studies/tiurin/",
    "/help/",
    "/api/docs/",
)


def create_records():
    review = create_study(
        slug="review", kind="review", journal="Dalton Trans.", year=2025
    )
    study = create_study(
        slug="tiurin",
        title="Atomic layer deposition (ALD) of lithium fluoride (LiF) protective film",
        doi="10.1016/j.jpowsour.2019.227373",
        notes="The title was matched by content.",
    )
    create_citation(review, 49, study)
    source = {"source": review}
    lithium = create_element("Li", 3)
    liotbu = create_precursor(
        "LiOtBu",
        [lithium],
        smiles="[Li+].CC(C)(C)[O-]",
        inchi_key="LZWQNOHZMQIFBX-UHFFFAOYSA-N",
        identifiers_source="A table of identifiers",
        **source,
    )
    create_temperature(liotbu, "140", [study], **source)
    water = create_precursor("H2O", precursor_class="co_reactant", **source)
    lif = create_material("LiF", [lithium], **source)
    process = create_process(lif, [liotbu, water], [study], slug="lif-ald", **source)
    metal = create_substrate(
        "Li metal",
        substrate_class="alkali_metal",
        electrode_role="metal_anode",
        **source,
    )
    silicon = create_substrate("Si wafer", **source)
    create_method("SEM", variants=["FE-SEM", "HRSEM"], **source)
    coating = create_coating(
        process,
        [study],
        slug="lif-on-li",
        substrate=metal,
        substrate_preparation="Pt film with Ti adhesion on Si3N4-passivated Si(100)",
        characterization_as_reported="FE-SEM",
        material_as_reported="LiFl",
        notes="Table 2 prints “LiFl”.",
        **source,
    )
    create_coating(process, substrate=silicon, **source)
    create_finding([study], coating=coating, compared_with="bare Li", **source)
    create_measurement([study], coating=coating, value="3.6–5 × 10−8", **source)
    tested = {"study": study, "electrode": metal} | source
    control = create_cycling_test(
        [{"cycle_number": 50, "specific_capacity": "100"}], slug="bare", **tested
    )
    create_cycling_test(
        [{"cycle_number": 50, "specific_capacity": "140"}],
        slug="lif-cycled",
        coating=coating,
        control=control,
        electrolyte="1 M LiTFSI in DOL/DME with 1 wt% LiNO3",
        current_density_ma_per_g="2000",
        **tested,
    )


class PageTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        create_records()

    def rows(self):
        return self.page.locator("#results tbody tr")


class EveryPageTests(PageTests):
    """`tearDown` finds whatever the browser complains about."""

    def test_pages_load_without_complaint(self):
        for url in PAGES:
            with self.subTest(url):
                self.assertEqual(self.page.goto(url).status, 200)

    def test_keyboard_skips_to_the_content(self):
        self.page.goto("/coatings/")
        self.page.keyboard.press("Tab")
        expect(self.page.get_by_text("Skip to the content")).to_be_focused()
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#main")).to_be_focused()

    def test_keyboard_skips_to_the_results_of_a_list(self):
        self.page.goto("/coatings/")
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Tab")
        expect(self.page.get_by_text("Skip to the results")).to_be_focused()
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#results")).to_be_focused()

    def test_slash_leads_to_the_search_and_can_be_typed(self):
        for url, label in (
            ("/coatings/", "Search everything"),
            ("/", "Search everything"),
        ):
            with self.subTest(url):
                self.page.goto(url)
                self.page.keyboard.press("/")
                field = self.page.get_by_label(label)
                expect(field).to_be_focused()
                self.page.keyboard.type("1/2")
                expect(field).to_have_value("1/2")

    def test_slash_can_be_switched_off(self):
        self.page.goto("/help/")
        self.page.get_by_label("The key / leads to the search").uncheck()
        self.page.goto("/coatings/")
        self.page.keyboard.press("/")
        expect(self.page.get_by_label("Search everything")).not_to_be_focused()
        self.page.goto("/help/")
        switch = self.page.get_by_label("The key / leads to the search")
        expect(switch).not_to_be_checked()
        switch.check()
        self.page.locator("h1").click()
        self.page.keyboard.press("/")
        expect(self.page.get_by_label("Search everything")).to_be_focused()

    def test_elements_can_be_reached_by_keyboard(self):
        self.page.goto("/")
        lithium = self.page.locator(".periodic-table a", has_text="Li")
        lithium.focus()
        self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(re.compile(r"/materials/\?elements=Li$"))


class PhoneTests(PageTests):
    viewport = PHONE

    def test_no_page_scrolls_sideways(self):
        for url in PAGES:
            with self.subTest(url):
                self.page.goto(url)
                root = self.page.locator("html")
                self.assertLessEqual(
                    root.evaluate("page => page.scrollWidth"), PHONE["width"]
                )

    def test_filters_and_menu_unfold(self):
        self.page.goto("/coatings/")
        self.page.get_by_role("button", name="Data").click()
        expect(self.page.get_by_role("link", name="Precursors")).to_be_visible()
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("link", name="Precursors")).not_to_be_visible()
        expect(self.page.get_by_label("Metal anode")).not_to_be_visible()
        self.page.get_by_text("Filters and order").click()
        self.page.get_by_label("Metal anode").check()
        expect(self.rows()).to_have_count(1)


class ListTests(PageTests):
    def setUp(self):
        super().setUp()
        self.page.goto("/coatings/")
        # Gone as soon as the page is loaded anew.
        self.page.evaluate("document.body.dataset.mark = 'kept'")

    def assert_not_reloaded(self):
        expect(self.page.locator("body[data-mark=kept]")).to_be_attached()

    def test_filter_swaps_the_table_and_the_count_and_sets_the_address(self):
        self.page.get_by_label("Metal anode").check()
        expect(self.rows()).to_have_count(1)
        expect(self.page.get_by_role("status")).to_have_text("1 coating")
        expect(self.page).to_have_url(
            re.compile(r"/coatings/\?electrode_role=metal_anode$")
        )
        self.assert_not_reloaded()

    def test_title_tells_the_filters_and_the_page(self):
        self.page.get_by_label("Metal anode").check()
        title = "Coatings · electrode role Metal anode · ASEI DB"
        expect(self.page).to_have_title(title)
        self.page.reload()
        expect(self.page).to_have_title(title)

    def test_turning_a_page_leads_to_the_count(self):
        source = create_study()
        for number in range(50):
            create_substrate(f"Substrate {number:02}", source=source)
        self.page.goto("/substrates/")
        self.page.get_by_role("link", name="Next page").click()
        expect(self.page.get_by_role("status")).to_be_focused()
        expect(self.page).to_have_title("Substrates · page 2 · ASEI DB")

    def test_search_follows_typing(self):
        self.page.locator("#id_q").press_sequentially("wafer")
        expect(self.rows()).to_have_count(1)
        expect(self.page).to_have_url(re.compile(r"\?q=wafer$"))
        self.assert_not_reloaded()

    def test_header_sorts_and_keeps_the_focus(self):
        header = self.page.get_by_role("link", name="Substrate", exact=True)
        header.click()
        expect(self.rows().first).to_contain_text("Li metal")
        expect(header).to_be_focused()
        header.click()
        expect(self.rows().first).to_contain_text("Si wafer")
        expect(self.page.locator("#id_order_by")).to_have_value("-substrate")
        self.assert_not_reloaded()

    def test_removed_filter_leaves_the_form_too(self):
        box = self.page.get_by_label("Metal anode")
        box.check()
        self.page.get_by_role("link", name="Remove Electrode role").click()
        expect(self.rows()).to_have_count(2)
        expect(box).not_to_be_checked()
        self.assert_not_reloaded()

    def test_wrong_value_is_reported_in_place(self):
        self.page.locator("summary", has_text="Thickness (nm)").click()
        field = self.page.locator("#id_thickness_nm")
        field.fill("thin")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("alert")).to_contain_text("Thickness (nm)")
        expect(self.rows()).to_have_count(2)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(
            re.compile("“thin” is no quantity")
        )
        field.fill("<1 mm")
        self.page.keyboard.press("Enter")
        expect(field).not_to_have_attribute("aria-invalid", "true")
        self.assert_not_reloaded()
        self.complaints = [text for text in self.complaints if "400" not in text]

    def test_going_back_shows_what_was_there(self):
        self.page.get_by_label("Metal anode").check()
        expect(self.rows()).to_have_count(1)
        self.page.go_back()
        expect(self.rows()).to_have_count(2)
        expect(self.page.get_by_label("Metal anode")).not_to_be_checked()


class WithoutScriptsTests(PageTests):
    javascript = False

    def test_lists_are_filtered_and_sorted_by_loading_pages(self):
        self.page.goto("/coatings/")
        self.page.get_by_label("Metal anode").check()
        self.page.get_by_role("button", name="Show 2 coatings").click()
        expect(self.rows()).to_have_count(1)
        expect(self.page.get_by_label("Metal anode")).to_be_checked()
        self.page.get_by_role("link", name="Remove Electrode role").click()
        expect(self.rows()).to_have_count(2)
        self.page.get_by_role("link", name="Substrate", exact=True).click()
        expect(self.rows().first).to_contain_text("Li metal")

    def test_search_over_everything_answers(self):
        self.page.goto("/")
        self.page.get_by_label("Search everything").fill("LiOtBu")
        self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(re.compile(r"/search/\?q=LiOtBu$"))
        expect(self.page.locator("h2").first).to_contain_text("Precursors")


class ExploreTests(PageTests):
    viewport = PHONE

    def setUp(self):
        super().setUp()
        self.page.goto("/explore/?rows=material&columns=substrate")
        self.map = self.page.get_by_role("region", name="Number of coatings")

    def test_the_map_scrolls_inside_while_its_headers_stay(self):
        source = create_study()
        for number in range(40):
            create_coating(
                create_process(
                    create_material(f"Film {number:02}", source=source), source=source
                ),
                substrate=create_substrate(f"Substrate {number:02}", source=source),
                source=source,
            )
        self.page.reload()
        self.map.evaluate("map => map.scrollTo(600, 600)")
        root = self.page.locator("html")
        self.assertLessEqual(root.evaluate("page => page.scrollWidth"), PHONE["width"])
        place = self.map.bounding_box()
        row = self.map.get_by_role("rowheader", name="Film 20").bounding_box()
        column = self.map.get_by_role(
            "columnheader", name="Substrate 20"
        ).bounding_box()
        self.assertLess(row["x"] - place["x"], 4)
        self.assertLess(column["y"] - place["y"], 4)

    def test_a_number_is_reached_by_keyboard_and_leads_to_its_list(self):
        self.map.focus()
        expect(self.map).to_be_focused()
        cell = self.map.get_by_role("link", name="1 coating of LiF on Li metal")
        cell.focus()
        self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(
            re.compile(r"/coatings/\?material=lif&substrate=li-metal$")
        )
        expect(self.rows()).to_have_count(1)

    def test_what_is_shown_is_swapped_and_kept_in_the_address(self):
        self.page.get_by_label("Value of a cell").select_option("uplift")
        expect(self.page.get_by_role("region", name="Best gain")).to_be_visible()
        expect(self.page).to_have_url(
            re.compile(r"/explore/\?rows=material&columns=substrate&value=uplift$")
        )


class PlannerTests(PageTests):
    def test_the_answer_follows_the_form(self):
        self.page.goto("/planner/")
        field = self.page.get_by_label("Highest source (bottle) temperature (°C)")
        field.fill("120")
        self.page.keyboard.press("Tab")
        expect(self.page.get_by_role("status")).to_contain_text("1 not feasible")
        self.page.locator("summary", has_text="Not feasible").click()
        expect(self.page.get_by_text("your limit is 120 °C")).to_be_visible()
        field.fill("")
        self.page.keyboard.press("Tab")
        expect(self.page.get_by_text("Say what limits you")).to_be_visible()
