from django.contrib.auth.models import User

from tests.browser import BrowserTestCase


class AdminInTheBrowserTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        User.objects.create_superuser("ada", password="correct horse battery")

    def test_the_admin_works_under_the_content_security_policy(self):
        self.page.goto("/admin/")
        self.page.fill("[name=username]", "ada")
        self.page.fill("[name=password]", "correct horse battery")
        self.page.click("[type=submit]")
        self.page.click("text=Users")
        self.page.click("th >> text=ada")
        self.page.fill("[name=first_name]", "Ada")
        self.page.click("[name=_save]")
        self.assertIn("was changed successfully", self.page.inner_text(".messagelist"))
        self.assertEqual(User.objects.get().first_name, "Ada")
