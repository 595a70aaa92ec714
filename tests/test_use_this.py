"""What one can take of a list or a record, above each of them."""

from html import unescape

from django.test import TestCase

from tests.browser import BrowserTestCase
from tests.factories import create_coating, create_study


class UseThisTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.coating = create_coating()
        create_study(slug="a-study")

    def links(self, page):
        """All addresses of API and page that the page's toolbar leads to."""
        text = self.client.get(page).content.decode()
        return {
            unescape(part.split('"')[0])
            for part in text.split('href="')[1:]
            if part.startswith(("/api/v1/", "/coatings/table"))
        }

    def test_selection_of_a_list_is_had_in_every_format(self):
        links = self.links("/coatings/?method=ald")
        for name in ("csv", "ndjson", "bib", "ris", "csl-json"):
            with self.subTest(name):
                url = f"/api/v1/coatings/?method=ald&format={name}"
                self.assertIn(url, links)
                self.assertEqual(self.client.get(url).status_code, 200)

    def test_scripts_get_the_whole_address(self):
        url = "http://testserver/api/v1/coatings/?method=ald&format=csv"
        text = unescape(self.client.get("/coatings/?method=ald").content.decode())
        for line in (
            f"curl -OJ '{url}'",
            f'pandas.read_csv("{url}")',
            f'read.csv("{url}")',
        ):
            with self.subTest(line):
                self.assertIn(line, text)

    def test_quotes_of_a_query_do_not_leave_the_shell_s(self):
        text = unescape(self.client.get("/coatings/?q=a'b\"c").content.decode())
        self.assertIn("curl -OJ 'http://testserver/api/v1/coatings/?q=a%27b%22c&", text)

    def test_record_is_had_with_its_references(self):
        url = f"/api/v1/coatings/{self.coating.slug}/"
        links = self.links(self.coating.get_absolute_url())
        self.assertLessEqual({url, f"{url}?format=bib", f"{url}?format=ris"}, links)
        self.assertNotIn(f"{url}?format=ndjson", links)

    def test_wrong_query_offers_nothing(self):
        response = self.client.get("/coatings/?method=nonsense")
        self.assertNotContains(response, "Use this", status_code=400)


class CopyTests(BrowserTestCase):
    def test_line_is_copied(self):
        create_study(title="A study")
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.goto("/studies/?q=study")
        self.page.get_by_role("button", name="Use this").click()
        self.page.get_by_role("button", name="Copy").first.click()
        self.page.get_by_role("button", name="Copied").wait_for()
        copied = self.page.evaluate("navigator.clipboard.readText()")
        self.assertEqual(copied, self.page.url)
