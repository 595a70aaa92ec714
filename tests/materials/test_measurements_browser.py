"""The list of measurements in a real browser."""

import re

from playwright.sync_api import expect

from tests.browser import BrowserTestCase
from tests.factories import create_material, create_measurement

PROPERTY = "input[name=property][value=ionic_conductivity]"


class MeasurementsTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        material = create_material("LiPON")
        create_measurement(material=material, value="3 × 10−7", slug="lipon")
        create_measurement(material=material, value="10−12", slug="slow")

    def test_the_value_is_asked_for_once_a_property_is_chosen(self):
        self.page.goto("/measurements/")
        expect(self.page.locator("#id_value")).to_have_count(0)
        self.page.get_by_text("Choose a property first").wait_for()
        self.page.check(PROPERTY)
        self.page.get_by_text("Value (S/cm)", exact=True).wait_for()
        self.page.fill("#id_value", "≥1e-8")
        self.page.press("#id_value", "Enter")
        expect(self.page.locator("#count")).to_have_text("1 property measurement")
        expect(self.page).to_have_url(re.compile("value=%E2%89%A51e-8"))
        expect(self.page.locator("#id_value")).to_have_value("≥1e-8")


class WithoutScriptsTests(MeasurementsTests):
    javascript = False

    def test_the_value_is_asked_for_once_a_property_is_chosen(self):
        self.page.goto("/measurements/")
        expect(self.page.locator("#id_value")).to_have_count(0)
        self.page.check(PROPERTY)
        self.page.click(".filters button[type=submit] >> visible=true")
        self.page.fill("#id_value", "≥1e-8")
        self.page.click(".filters button[type=submit] >> visible=true")
        expect(self.page.locator("#count")).to_have_text("1 property measurement")
