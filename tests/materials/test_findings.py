"""What studies conclude without a number: what is stored, public and found."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from materials.models import Finding, Material
from tests.api.tables import text_of
from tests.factories import (
    create_citation,
    create_coating,
    create_element,
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


class FindingPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", kind="review")
        cls.study = create_study(slug="study")
        create_citation(cls.review, 57, cls.study)
        shared = {"source": cls.review, "studies": [cls.study]}
        lithium = create_element("Li", 3)
        cls.film = create_material("Li–EG", [lithium], material_class="metal_organic")
        cls.process = create_process(cls.film, slug="li-eg-process")
        cls.foil = create_substrate("Foil")
        cls.coating = create_coating(cls.process, slug="coated", substrate=cls.foil)
        create_finding(
            slug="decays",
            material=cls.film,
            direction="worse",
            compared_with="Li carboxylates",
            statement="The film takes up water from the air.",
            locator="section 2",
            **shared,
        )
        create_finding(slug="grows", process=cls.process, aspect="growth", **shared)
        create_finding(
            slug="same",
            coating=cls.coating,
            aspect="capacity",
            direction="no_difference",
            **shared,
        )
        create_finding(slug="bare", substrate=cls.foil, aspect="dendrites")
        create_finding(slug="other", direction="better")

    def slugs(self, **query):
        page = self.client.get("/findings/", query)
        self.assertEqual(page.status_code, 200)
        found = [row.slug for row in page.context["page_obj"]]
        api = self.client.get("/api/v1/findings/", query).json()
        self.assertEqual([row["slug"] for row in api["results"]], found)
        return found

    def test_one_sentence_of_a_study_about_several_subjects_stands_once(self):
        for slug, cycles in (("thin", 1), ("thick", 5)):
            create_finding(
                slug=slug,
                coating=create_coating(self.process, deposition_cycle_count=cycles),
                aspect="rate_capability",
                statement="The coated electrode is faster.",
                source=self.study,
            )
        page = self.client.get("/findings/", {"aspect": "rate_capability"})
        self.assertContains(page, "The coated electrode is faster.", count=1)
        for words in ('id="thin"', 'id="thick"', "1 ALD cycle<", "5 ALD cycles<"):
            self.assertContains(page, words, count=1)

    def test_what_is_known_of_an_aspect_of_a_film_is_answered(self):
        query = {"aspect": "air_stability", "material": "li-eg"}
        self.assertEqual(self.slugs(**query), ["decays"])
        for page in (self.client.get("/findings/", query), self.page(self.film)):
            self.assertContains(page, '<tr id="decays">')
            self.assertContains(page, "Stability in air and moisture")
            self.assertContains(page, "The film takes up water from the air.")
            self.assertContains(page, "worse")
            self.assertContains(page, "−")
            self.assertContains(page, "Compared with Li carboxylates.")
            self.assertContains(page, "section 2 in")
            self.assertContains(page, 'href="/studies/study/"')

    def page(self, record):
        return self.client.get(record.get_absolute_url())

    def test_that_nothing_changed_is_shown_by_word_and_sign(self):
        page = self.page(self.coating)
        self.assertContains(page, '<span aria-hidden="true">=</span>')
        self.assertContains(page, "no difference")

    def test_findings_stand_with_their_subject_and_what_it_is_part_of(self):
        for record, slugs in [
            (self.film, {"decays", "grows", "same"}),
            (self.process, {"grows", "same"}),
            (self.coating, {"same"}),
            (self.foil, {"bare", "same"}),
            (self.study, {"decays", "grows", "same"}),
        ]:
            page = self.page(record)
            found = {row.slug for row in page.context["findings"]}
            with self.subTest(record):
                self.assertEqual(found, slugs)
                self.assertContains(page, 'id="findings"')

    def test_every_filter_narrows_the_list_and_the_api_alike(self):
        for query, slugs in [
            ({"material": "li-eg"}, ["decays", "same", "grows"]),
            ({"process": "li-eg-process"}, ["same", "grows"]),
            ({"coating": "coated"}, ["same"]),
            ({"substrate": "foil"}, ["same", "bare"]),
            ({"elements": "Li"}, ["decays", "same", "grows"]),
            ({"elements_exclude": "Li"}, ["other", "bare"]),
            ({"material_class": "metal_organic"}, ["decays", "same", "grows"]),
            ({"material_class": "oxide"}, ["other"]),
            ({"direction": "no_difference"}, ["same"]),
            ({"study": "study"}, ["decays", "same", "grows"]),
            ({"source": "review", "aspect": "growth"}, ["grows"]),
            ({"q": "water li-eg"}, ["decays"]),
            ({"order_by": "-direction"}, ["decays", "grows", "bare", "same", "other"]),
            ({"order_by": "subject,aspect"}, ["other", "bare", "decays", "same"]),
        ]:
            with self.subTest(query):
                found = self.slugs(**query)
                if "order_by" in query:
                    self.assertEqual(found[: len(slugs)], slugs)
                else:
                    self.assertCountEqual(found, slugs)

    def test_choices_say_how_many_findings_they_would_leave(self):
        page = self.client.get("/findings/", {"material": "li-eg"})
        self.assertContains(page, 'id="facet-aspect-growth">1<')
        self.assertContains(page, 'class="facet none" id="facet-direction-better">0<')
        self.assertContains(page, 'id="facet-material_class-metal_organic">3<')

    def test_a_page_costs_the_same_for_many_findings(self):
        # The count, a page of keys, its rows; materials; processes, their materials,
        # steps; coatings, their processes, materials, steps; substrates; sources,
        # citations, works; the facets of aspects and directions together; materials,
        # and by them the facet of classes; substrates; studies; the choices of
        # materials, substrates and studies.
        with self.assertNumQueries(13 + 2 + 2 + 2 + 3):
            self.client.get("/findings/")

    def test_the_api_says_what_was_found_of_what_and_where(self):
        item = self.client.get("/api/v1/findings/same/").json()
        self.assertEqual(item["aspect_label"], "Capacity")
        self.assertEqual(item["direction"], "no_difference")
        self.assertEqual(item["direction_label"], "No difference")
        self.assertEqual(item["coating"]["slug"], "coated")
        self.assertEqual(item["material"]["slug"], "li-eg")
        self.assertIsNone(item["process"])
        self.assertEqual(item["studies"][0]["citation_number"], 57)
        self.assertEqual(item["source"]["study"], "review")
        self.assertTrue(item["page"].endswith("/coatings/coated/#same"))
        item = self.client.get("/api/v1/findings/bare/").json()
        self.assertIsNone(item["material"])
        self.assertEqual(item["substrate"]["slug"], "foil")
        self.assertEqual(item["compared_with"], "")

    def test_findings_come_as_a_table_and_their_studies_for_citation(self):
        table = self.client.get("/api/v1/findings/?format=csv")
        self.assertIn("The film takes up water from the air.", text_of(table))
        cited = self.client.get("/api/v1/findings/?format=bib&aspect=growth")
        self.assertIn("{study,", text_of(cited))

    def test_a_finding_is_among_what_the_home_page_counts_and_finds(self):
        self.assertEqual(self.client.get("/").context["counts"]["finding"], 5)
        found = self.client.get("/search/", {"q": "takes up water"})
        self.assertContains(found, 'href="/materials/li-eg/#decays"')
        [match] = self.client.get("/api/v1/search/?q=takes+up+water").json()["results"]
        self.assertEqual((match["kind"], match["slug"]), ("finding", "decays"))
