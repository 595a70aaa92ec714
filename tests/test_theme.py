"""Light or dark, as a visitor wants it."""

from django.test import TestCase, override_settings

from tests.browser import BrowserTestCase
from tests.factories import create_study


class ThemeTests(TestCase):
    def choose(self, theme, page="http://testserver/studies/?q=a"):
        return self.client.post("/theme/", {"theme": theme}, headers={"referer": page})

    def test_choice_is_kept_and_leads_back(self):
        response = self.choose("dark")
        self.assertRedirects(response, "http://testserver/studies/?q=a")
        self.assertContains(self.client.get("/"), '<html lang="en" data-theme="dark">')

    def test_system_forgets_the_choice(self):
        self.choose("dark")
        self.choose("system")
        self.assertContains(self.client.get("/"), '<html lang="en">')

    def test_other_sites_are_not_led_to(self):
        response = self.choose("light", "https://elsewhere.example/")
        self.assertRedirects(response, "/")

    def test_other_themes_are_refused_with_the_right_ones(self):
        for theme in ("", "blue", "dark\0"):
            with self.subTest(theme):
                response = self.choose(theme)
                self.assertContains(response, "system, light, dark", status_code=400)

    def test_made_up_cookie_is_ignored(self):
        self.client.cookies["theme"] = '"><script>'
        self.assertContains(self.client.get("/"), '<html lang="en">')

    def test_it_is_posted(self):
        self.assertEqual(self.client.get("/theme/").status_code, 405)

    @override_settings(
        MIDDLEWARE=[
            "asei_db.answers.AnswersMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
        ]
    )
    def test_kept_pages_are_of_the_theme_asked_for(self):
        create_study(title="A study")
        self.assertContains(self.client.get("/studies/"), '<html lang="en">')
        self.choose("dark")
        self.assertContains(self.client.get("/studies/"), 'data-theme="dark"')


class ThemeInTheBrowserTests(BrowserTestCase):
    javascript = False

    def ground(self):
        return self.page.locator("html").evaluate(
            "page => getComputedStyle(page).backgroundColor"
        )

    def test_it_is_chosen_without_scripts_and_by_keyboard(self):
        self.page.goto("/")
        light = self.ground()
        self.page.get_by_role("button", name="Light or dark").press("Enter")
        self.page.get_by_role("button", name="Dark", exact=True).press("Enter")
        self.page.wait_for_selector("[data-theme=dark]")
        self.assertNotEqual(self.ground(), light)
