"""Findings in the admin: on a page of their own, and among the rows of a study."""

from django.contrib.auth.models import User
from django.test import TestCase

from literature.models import Study
from materials.models import Finding
from tests.factories import (
    create_coating,
    create_finding,
    create_material,
    create_precursor,
    create_study,
    create_substrate,
)
from tests.materials.test_study_admin import ADD, page_data


class FindingAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("ada")
        cls.study = create_study(slug="noether-2020")
        cls.film = create_material("Li–EG")
        create_precursor("TMA")

    def setUp(self):
        self.client.force_login(self.user)

    def finding(self, **fields):
        return {
            "aspect": "air_stability",
            "direction": "no_difference",
            "compared_with": "bare Li",
            "statement": "It stays as it is.",
            "locator": "text",
            "reading": "stated",
        } | fields

    def test_a_finding_is_added_on_its_own_page(self):
        fields = self.finding(material=self.film.pk, source=self.study.pk)
        answer = self.client.post("/admin/materials/finding/add/", fields)
        self.assertEqual(answer.status_code, 302)
        finding = Finding.objects.get()
        self.assertEqual(finding.slug, "air-stability-li-eg-noether-2020")
        self.assertEqual(finding.studies.get(), self.study)
        page = self.client.get("/admin/materials/finding/?q=stays+as")
        self.assertContains(page, "Stability in air and moisture")
        self.assertContains(page, "No difference")

    def test_it_names_one_subject(self):
        two = {"material": self.film.pk, "substrate": create_substrate().pk}
        for subjects in ({}, two):
            fields = self.finding(source=self.study.pk, **subjects)
            page = self.client.post("/admin/materials/finding/add/", fields)
            sentence = (
                "Name one subject: a material, a process, a coating or a substrate."
            )
            with self.subTest(subjects):
                self.assertContains(page, sentence)
        data = page_data(study={"title": "Found"}, findings=[self.finding()])
        self.assertContains(self.client.post(ADD, data), sentence)
        self.assertFalse(Finding.objects.exists())

    def test_a_study_is_added_with_findings_on_its_coatings_and_on_other_films(self):
        coating = {
            "material": self.film.pk,
            "method": "mld",
            "precursors": "TMA",
            "locator": "Fig. 1",
        }
        data = page_data(
            study={"title": "Found", "extent_read": "full_text"},
            coatings=[coating],
            findings=[
                self.finding(coating_row=1),
                self.finding(material=self.film.pk, aspect="gas"),
            ],
        )
        self.assertEqual(self.client.post(ADD, data).status_code, 302)
        study = Study.objects.get(title="Found")
        self.assertEqual(study.extent_read, "full_text")
        gas, air = Finding.objects.order_by("-aspect")
        self.assertEqual(air.coating.source, study)
        self.assertEqual(gas.material, self.film)
        self.assertEqual([*gas.studies.all()], [study])
        page = self.client.get(f"/admin/literature/study/{study.pk}/change/")
        self.assertContains(page, "2 findings read in it")
        self.assertContains(page, "2 findings reported by it")

    def test_a_coating_that_a_finding_is_about_is_not_deleted_with_its_row(self):
        coating = create_coating(source=self.study)
        finding = create_finding(coating=coating)
        row = {
            "id": coating.pk,
            "process": coating.process.pk,
            "locator": "Table 2",
            "DELETE": "on",
        }
        data = page_data(study={"title": "Found"}, coatings=[row])
        address = f"/admin/literature/study/{self.study.pk}/change/"
        page = self.client.post(address, data)
        self.assertContains(page, "cannot be deleted while it is named by finding")
        finding.refresh_from_db()
        self.assertEqual(finding.coating, coating)
