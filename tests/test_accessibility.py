"""Everybody can use every page: WCAG 2.2 A and AA, as axe-core judges it.

How much lists weigh, and that nothing shifts while pages load, is looked at on the way.
"""

import json
from unittest import skipUnless

from axe_playwright_python.base import AXE_SCRIPT
from django.db import connection

from tests.browser import DESKTOP, PHONE, BrowserTestCase
from tests.test_browser_pages import LISTS, PAGES, create_records

#: Address and status of pages that say what is wrong.
ERRORS = {"/nothing/": 404, "/coatings/?thickness_nm_min=thin": 400}
#: What is clicked before a page is judged.
UNFOLDED = {
    "/api/docs/": [
        "#operations-materials-materials_list button",
        "text=Elements. All of them",
    ]
}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: What depends on light or dark.
OF_COLORS = ["color-contrast"]

_UNFOLD = "for (const one of document.querySelectorAll('details')) one.open = true"
_JUDGE = """async ([where, run]) => {
  await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map(({finished}) => finished));
  const {violations} = await axe.run(where ?? document, {
    runOnly: run, resultTypes: ['violations'], preload: false,
  });
  return violations.flatMap(({id, nodes}) => nodes.map(
    ({html, any, all, none}) => `${id}: ${html.slice(0, 160)} ${
      [...any, ...all, ...none].map(({message}) => message).join(' ')}`));
}"""
#: Bytes of a first look at a list: 150 kB where styles and scripts are compressed too.
MOST_LOADED = 160_000
_SHIFT = """() => new Promise(resolve => new PerformanceObserver((list) => resolve(
  list.getEntries().filter(({hadRecentInput}) => !hadRecentInput)
    .reduce((sum, {value}) => sum + value, 0)
)).observe({type: 'layout-shift', buffered: true})
  || setTimeout(() => resolve(0), 50))"""
# What stays in view hides what one scrolls to, as long as one does not scroll.
_UNSTICK = """() => [...document.querySelectorAll("*")]
  .filter((one) => getComputedStyle(one).position === "sticky")
  .forEach((one) => { one.style.position = "static"; })"""
_LOADED = """() => ['navigation', 'resource']
  .flatMap((type) => performance.getEntriesByType(type))
  .reduce((sum, {encodedBodySize}) => sum + encodedBodySize, 0)"""


@skipUnless(connection.vendor == "sqlite", "The pages are the same on both.")
class AccessibilityTests(BrowserTestCase):
    """`tearDown` finds whatever the browser complains about."""

    def setUp(self):
        super().setUp()
        create_records()

    def judge(self, where=None, sizes=(DESKTOP, PHONE)):
        """Nothing is wrong with the page, or a part of it, at any width and color."""
        for size in sizes:
            self.page.set_viewport_size(size)
            self.page.evaluate(_UNSTICK)
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)
                run = (
                    {"type": "tag", "values": STANDARD}
                    if scheme == "light"
                    else {"type": "rule", "values": OF_COLORS}
                )
                with self.subTest(self.page.url, width=size["width"], scheme=scheme):
                    found = self.page.evaluate(_JUDGE, [where, run])
                    self.assertEqual(found, [], json.dumps(found, indent=1))

    def open(self, url):
        self.page.set_viewport_size(DESKTOP)
        self.page.emulate_media(color_scheme="light")
        response = self.page.goto(url)
        for place in UNFOLDED.get(url, ()):
            self.page.locator(place).first.click()
        self.page.evaluate(AXE_SCRIPT)
        return response.status

    def test_every_page_can_be_used_by_everybody(self):
        for url in PAGES:
            self.assertEqual(self.open(url), 200)
            with self.subTest(url):
                self.assertLessEqual(self.page.evaluate(_SHIFT), 0.05)
                if url in LISTS:
                    self.assertLessEqual(self.page.evaluate(_LOADED), MOST_LOADED)
            self.page.evaluate(_UNFOLD)
            self.judge()

    def test_so_can_errors_and_what_unfolds_over_a_page(self):
        for url, status in ERRORS.items():
            self.assertEqual(self.open(url), status)
            self.judge()
        self.complaints = [
            text for text in self.complaints if "status of 4" not in text
        ]
        for size in (DESKTOP, PHONE):
            self.open("/coatings/")
            self.page.set_viewport_size(size)
            for name in self.page.locator("[popover]").evaluate_all(
                "all => all.map(({id}) => id)"
            ):
                self.page.locator(f"[popovertarget={name}]").first.click()
                self.judge(f"#{name}", [size])
                self.page.keyboard.press("Escape")
