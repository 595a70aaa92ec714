"""A study and a comparison on paper."""

import re
import unicodedata
from io import BytesIO

from pypdf import PdfReader

from tests.browser import BrowserTestCase
from tests.test_browser_pages import create_records

HIDDEN = ".visually-hidden, svg"
A4 = (595, 842)  # points
INSIDE = {"width": 680, "height": 1009}  # pixels of A4 within margins of 15 mm


def squeezed(text):
    """Without spaces and ligatures, which a reader of PDF finds as they are drawn."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


class PrintingTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        create_records()

    def printed(self, url):
        """The pages, read back, without spaces; the page stays open as for print."""
        self.page.goto(url)
        pages = PdfReader(BytesIO(self.page.pdf(prefer_css_page_size=True))).pages
        for page in pages:
            size = (round(page.mediabox.width), round(page.mediabox.height))
            self.assertEqual(size, A4)
        self.page.emulate_media(media="print")
        self.page.set_viewport_size(INSIDE)
        self.page.locator(HIDDEN).evaluate_all("all => all.map((one) => one.remove())")
        return squeezed("".join(page.extract_text() for page in pages))

    def test_paper_holds_every_row_and_nothing_to_click(self):
        for url in (
            "/studies/tiurin/",
            "/studies/review/",
            "/compare/?test=lif-cycled&test=bare",
        ):
            with self.subTest(url):
                text = self.printed(url)
                rows = self.page.locator("tbody tr").all_inner_texts()
                self.assertTrue(rows)
                for row in rows:
                    for word in row.split():
                        self.assertIn(squeezed(word), text)
                heading = self.page.locator("h1").inner_text()
                self.assertIn(squeezed(heading), text)
                for gone in ("Searcheverything", "BibTeXUse", "Leaveout", "Explore"):
                    self.assertNotIn(gone, text)

    def test_nothing_is_cut_off_at_the_right(self):
        for url in ("/studies/tiurin/", "/compare/?test=lif-cycled&test=bare"):
            self.printed(url)
            with self.subTest(url):
                width = self.page.evaluate("document.documentElement.scrollWidth")
                self.assertLessEqual(width, INSIDE["width"])
