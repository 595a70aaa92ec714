"""What studies conclude without a number: what is stored, public and found."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from materials.models import Finding, Material
from tests.factories import (
    create_coating,
    create_finding,
    create_material,
    create_process,
    create_study,
    create_substrate,
)


class FindingTests(TestCase):
    def test_it_is_about_exactly_one_subject(self):
        film, silicon = create_material(), create_substrate()
        for subjects in ({}, {"material": film, "substrate": silicon}):
            finding = Finding(
                slug="held",
                aspect="other",
                direction="observed",
                statement="It holds.",
                locator="text",
                source=create_study(),
                **subjects,
            )
            with self.subTest(subjects):
                with self.assertRaisesMessage(ValidationError, "Name one subject"):
                    finding.full_clean()
                with self.assertRaises(IntegrityError), transaction.atomic():
                    finding.save()

    def test_words_that_are_no_choices_are_refused(self):
        for wrong in (
            {"aspect": "taste"},
            {"direction": "sideways"},
            {"statement": ""},
            {"statement": "x" * 301},
        ):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                create_finding(**wrong)

    def test_it_says_of_what_it_is_and_where_it_is_shown(self):
        coating = create_coating(create_process(create_material("Al2O3")))
        finding = create_finding(
            slug="stops", coating=coating, aspect="gas", statement="No gas."
        )
        self.assertEqual(finding.film.name, "Al2O3")
        self.assertEqual(
            str(finding), "Gas evolution of Al2O3 on various substrates: No gas."
        )
        self.assertEqual(
            finding.get_absolute_url(), f"{coating.get_absolute_url()}#stops"
        )
        self.assertIsNone(create_finding(substrate=create_substrate()).film)


class PublishedFindingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.draft = create_study(status="draft")

    def test_it_is_public_with_its_source_and_its_coating(self):
        public = create_finding()
        create_finding(source=self.draft)
        create_finding(coating=create_coating(source=self.draft))
        self.assertEqual([*Finding.objects.published()], [public])

    def test_a_film_is_public_once_a_public_finding_is_about_it(self):
        film, secret = (create_material(source=self.draft) for _ in range(2))
        create_finding(material=film)
        create_finding(material=secret, source=self.draft)
        self.assertEqual(
            [*Material.objects.published().filter(source=self.draft)], [film]
        )

    def test_a_study_reported_the_film_that_it_found_something_of(self):
        study = create_study()
        film = create_material()
        create_finding(material=film, studies=[study])
        self.assertIn(film, Material.objects.reported_by([study]))
        self.assertIn(study, film.__class__.objects.filter(pk=film.pk).cited_studies())

    def test_it_is_found_by_its_words_those_of_its_film_and_of_its_study(self):
        study = create_study(title="Hybrid glycols")
        finding = create_finding(
            material=create_material("Li–EG"),
            studies=[study],
            statement="It decays on the bench.",
            compared_with="Li–HQ",
        )
        create_finding(aspect="gas", statement="Nothing evolves.")
        for text in ("Li-EG", "bench", "moisture", "air stability", "li–hq", "glycols"):
            with self.subTest(text):
                self.assertEqual([*Finding.objects.search(text)], [finding])

    def test_words_of_a_draft_find_it_for_curators_only(self):
        self.draft.title = "Unheard of"
        self.draft.save()
        finding = create_finding(studies=[self.draft])
        self.assertFalse(Finding.objects.search("unheard"))
        self.assertEqual([*Finding.objects.search("unheard", drafts=True)], [finding])
