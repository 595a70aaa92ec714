"""How much of a study was read, and what a missing value means by that."""

from itertools import product
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase, TestCase

from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
)

WHOLE = ("full_text", "supporting_information")
IN_PART = ("abstract", "")


class MissingValueTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.pages = {}
        names = ("Alumina", "Zirconia", "Titania", "Hafnia")
        for name, extent in zip(names, WHOLE + IN_PART, strict=True):
            source = create_study(extent_read=extent)
            material = create_material(name, source=source)
            substrate = create_substrate(source=source)
            process = create_process(material, source=source, method="")
            coating = create_coating(process, substrate=substrate, source=source)
            test = create_cycling_test(
                coating=coating, electrode=substrate, source=source
            )
            create_measurement(process=process, source=source)
            precursor = create_precursor(source=source)
            records = [material, substrate, process, coating, test, precursor]
            cls.pages[extent] = [record.get_absolute_url() for record in records]
            other = create_cycling_test(electrode=substrate, source=source)
            cls.pages[extent] += [
                f"/compare/?test={test.slug}&test={other.slug}",
                f"/search/?q={name}",
                *(
                    f"/{kind}/?source={source.slug}"
                    for kind in (
                        "materials",
                        "precursors",
                        "processes",
                        "coatings",
                        "substrates",
                        "measurements",
                        "cycling",
                    )
                ),
            ]

    def words(self, address):
        page = self.client.get(address)
        self.assertEqual(page.status_code, 200)
        return page.content.decode().lower()

    def test_what_a_source_that_was_read_whole_leaves_open_is_not_reported(self):
        for extent, number in product(WHOLE, range(len(self.pages[""]))):
            address = self.pages[extent][number]
            with self.subTest(address):
                words = self.words(address)
                self.assertIn("not reported", words)
                self.assertNotIn("not looked for", words)

    def test_of_an_abstract_or_what_nobody_knows_of_it_is_not_looked_for(self):
        for extent, number in product(IN_PART, range(len(self.pages[""]))):
            address = self.pages[extent][number]
            with self.subTest(address):
                words = self.words(address)
                self.assertIn("not looked for", words)
                self.assertNotIn("not reported", words)

    def test_what_a_draft_was_read_for_is_not_shown(self):
        film = create_material(source=create_study(status="draft"))
        create_process(film)
        self.assertIn("not looked for", self.words(film.get_absolute_url()))

    def test_the_api_tells_the_two_meanings_of_null_apart(self):
        for extent, pages in self.pages.items():
            slug = pages[3].rstrip("/").rpartition("/")[2]
            item = self.client.get(f"/api/v1/coatings/{slug}/").json()
            self.assertIsNone(item["thickness"])
            self.assertEqual(item["source"]["extent_read"], extent or None)


class OnePlaceTests(SimpleTestCase):
    def test_the_words_stand_in_no_template(self):
        explaining = {"help.html", "styleguide.html"}
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
            if path.name in explaining:
                continue
            with self.subTest(path):
                self.assertNotIn("not reported", path.read_text("utf-8").lower())


class StudyExtentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        review = create_study(slug="review", kind="review")
        cls.cited = create_study(slug="cited", extent_read="")
        create_citation(review, 7, cls.cited)
        create_study(slug="abstract", extent_read="abstract")
        create_study(slug="both", extent_read="supporting_information")
        create_study(slug="unknown", extent_read="")

    def test_a_study_s_page_says_how_much_of_it_was_read(self):
        for slug, words in [
            ("review", "full text"),
            ("abstract", "abstract only"),
            ("both", "full text and supporting information"),
            ("cited", "not read: values come from the review"),
            ("unknown", "not known"),
        ]:
            page = self.client.get(f"/studies/{slug}/")
            with self.subTest(slug):
                fact = f"<div><dt>Read here</dt><dd>{words}</dd></div>"
                self.assertContains(page, fact, html=True)

    def test_studies_are_found_by_how_much_of_them_was_read(self):
        for query, slugs in [
            ("abstract", ["abstract"]),
            ("full_text,supporting_information", ["review", "both"]),
        ]:
            page = self.client.get("/studies/", {"extent_read": query})
            found = [study.slug for study in page.context["page_obj"]]
            self.assertCountEqual(found, slugs)
            api = self.client.get("/api/v1/studies/", {"extent_read": query}).json()
            self.assertCountEqual([row["slug"] for row in api["results"]], slugs)

    def test_the_api_says_how_much_was_read(self):
        item = self.client.get("/api/v1/studies/both/").json()
        self.assertEqual(item["extent_read"], "supporting_information")
        self.assertEqual(
            item["extent_read_label"], "Full text and supporting information"
        )
        item = self.client.get("/api/v1/studies/cited/").json()
        self.assertEqual((item["extent_read"], item["extent_read_label"]), (None, None))
