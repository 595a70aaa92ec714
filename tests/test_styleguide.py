"""The page for those who change how pages look."""

from django.contrib.auth.models import User
from django.test import TestCase, override_settings


class StyleguideTests(TestCase):
    def test_staff_see_every_state_in_both_themes(self):
        self.client.force_login(User.objects.create_user("ada", is_staff=True))
        response = self.client.get("/styleguide/")
        for theme in ("light", "dark"):
            self.assertContains(response, f'<section data-theme="{theme}"')
        for state in ("not reported", "not looked for", "disputed", "Comparable"):
            self.assertContains(response, state)

    def test_others_find_no_such_page(self):
        self.assertEqual(self.client.get("/styleguide/").status_code, 404)
        self.client.force_login(User.objects.create_user("bob"))
        self.assertEqual(self.client.get("/styleguide/").status_code, 404)

    @override_settings(DEBUG=True)
    def test_everybody_sees_it_where_pages_are_changed(self):
        self.assertEqual(self.client.get("/styleguide/").status_code, 200)
