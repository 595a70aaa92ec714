"""What a substrate is called, and what it is in a cell: on pages and in the API."""

from django.db import IntegrityError, transaction
from django.test import TestCase

from materials.models import Substrate
from tests.factories import create_coating, create_study, create_substrate


class SubstrateTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study()
        cls.cathode = create_substrate(
            "LiNi0.8Mn0.1Co0.1O2",
            acronym="NMC811",
            substrate_class="cathode",
            electrode_role="cathode",
            host_family="nmc",
            slug="nmc811",
            source=cls.study,
        )

    def test_the_acronym_stands_beside_the_formula_on_every_page(self):
        coating = create_coating(substrate=self.cathode, source=self.study)
        for path in (
            "/substrates/",
            self.cathode.get_absolute_url(),
            "/coatings/",
            coating.get_absolute_url(),
            "/search/?q=NMC811",
        ):
            with self.subTest(path):
                self.assertContains(self.client.get(path), "(NMC811)")

    def test_role_and_host_family_stand_in_the_list_and_on_the_page(self):
        for path in ("/substrates/", self.cathode.get_absolute_url()):
            with self.subTest(path):
                page = self.client.get(path)
                self.assertContains(page, "Host family")
                self.assertRegex(page.text, r">\s*Cathode\s*<")
                self.assertRegex(page.text, r">\s*NMC\s*<")

    def test_a_substrate_without_a_role_is_listed_by_its_class(self):
        create_substrate("Sapphire", source=self.study)
        self.assertContains(self.client.get("/substrates/"), "Inert or model surface")

    def test_the_api_gives_acronym_role_and_family_with_their_labels(self):
        item = self.client.get("/api/v1/substrates/nmc811/").json()
        self.assertEqual(
            {
                name: item[name]
                for name in (
                    "acronym",
                    "electrode_role",
                    "electrode_role_label",
                    "host_family",
                    "host_family_label",
                )
            },
            {
                "acronym": "NMC811",
                "electrode_role": "cathode",
                "electrode_role_label": "Cathode",
                "host_family": "nmc",
                "host_family_label": "NMC",
            },
        )

    def test_the_database_refuses_an_unknown_role_or_family(self):
        for field in ("electrode_role", "host_family"):
            with (
                self.subTest(field),
                transaction.atomic(),
                self.assertRaises(IntegrityError),
            ):
                Substrate.objects.filter(pk=self.cathode.pk).update(**{field: "x"})
