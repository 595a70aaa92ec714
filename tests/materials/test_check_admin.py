"""What curators see of the checks of the data."""

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from tests.factories import (
    create_coating,
    create_cycling_test,
    create_measurement,
    create_precursor,
    create_process,
    create_study,
)

CHECKS_URL = "/admin/literature/study/checks/"


def change_url(record):
    names = record._meta
    return reverse(
        f"admin:{names.app_label}_{names.model_name}_change", args=[record.pk]
    )


def create_problems(count=1):
    """Tests with an efficiency that cannot be, and coatings that are too thick."""
    draft = create_study(status="draft")
    process = create_process(growth_per_cycle="1 Å", source=draft)
    for number in range(count):
        test = create_cycling_test(
            [{"cycle_number": 7, "coulombic_efficiency": "104"}],
            coating=create_coating(source=draft),
            source=draft,
        )
        coating = create_coating(
            process, thickness=f"10{number}", deposition_cycle_count=100, source=draft
        )
    return test, coating


class CheckAdminTests(TestCase):
    def setUp(self):
        self.client.force_login(User.objects.create_superuser("ada"))

    def test_the_page_of_a_record_tells_its_problems(self):
        test, coating = create_problems()
        page = self.client.get(change_url(test))
        self.assertContains(page, "<strong>Error:</strong> The coulombic efficiency at")
        page = self.client.get(change_url(coating))
        self.assertContains(page, "<strong>Warning:</strong> 100 cycles of 1")
        self.assertContains(
            self.client.get(change_url(create_precursor())), "Nothing to object to."
        )
        add = reverse("admin:materials_coating_add")
        self.assertNotContains(self.client.get(add), "Nothing to object to.")

    def test_the_page_of_a_study_tells_the_problems_of_its_values_too(self):
        test, _ = create_problems()
        page = self.client.get(change_url(test.source))
        self.assertContains(
            page, f"<strong>Error:</strong> cycling test {test.slug}: The coulombic"
        )
        self.assertContains(page, "<strong>Warning:</strong> coating ")
        self.assertContains(
            self.client.get(change_url(create_study())), "Nothing to object to."
        )

    def test_a_form_with_errors_still_tells_of_the_saved_record(self):
        measurement = create_measurement(value="5")
        page = self.client.post(change_url(measurement), {"value_as_reported": ""})
        self.assertContains(page, "Please correct the errors below")
        self.assertContains(page, "is the unit right?")

    def test_one_page_lists_all_problems_with_links_to_their_records(self):
        test, coating = create_problems()
        page = self.client.get(CHECKS_URL)
        self.assertContains(page, "A coulombic efficiency is at most 100 %.")
        for record in (test, coating):
            self.assertContains(
                page, f'<a href="{change_url(record)}">{record.slug}</a>'
            )
        text = " ".join(page.content.decode().split())
        self.assertIn("1 error, 1 warning.", text)
        # What is wrong comes first.
        found, _, fine = text.partition("<h2>Nothing to object to</h2>")
        self.assertIn("A coulombic efficiency is at most 100 %.", found)
        self.assertIn("The check digit of a CAS number is right.", fine)
        self.assertContains(self.client.get("/admin/"), f'href="{CHECKS_URL}"')

    def test_query_counts_do_not_grow_with_the_problems(self):
        create_problems()
        # Session; user; the checks: of each model, of each related one, and of what is
        # known of other rows.
        with self.assertNumQueries(95):
            self.client.get(CHECKS_URL)
        create_problems(4)
        with self.assertNumQueries(95):
            self.client.get(CHECKS_URL)

    def test_only_curators_see_it(self):
        self.client.logout()
        self.assertRedirects(
            self.client.get(CHECKS_URL), f"/admin/login/?next={CHECKS_URL}"
        )
        self.client.force_login(User.objects.create_user("eve", is_staff=True))
        self.assertEqual(self.client.get(CHECKS_URL).status_code, 403)
        self.assertNotContains(self.client.get("/admin/"), "Data checks")
