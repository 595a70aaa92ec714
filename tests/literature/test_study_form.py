"""The form of a study refuses what is wrong at the field where it stands."""

from datetime import UTC, datetime
from unittest import mock

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory, TestCase
from django.utils import timezone

from literature.models import Study
from materials.models import CharacterizationUse, Coating
from tests.factories import create_coating, create_method, create_study


class StudyFormTests(TestCase):
    def form(self, study=None, **fields):
        request = RequestFactory().get("/")
        request.user = User(is_superuser=True)
        model_admin = admin.site.get_model_admin(Study)
        form = model_admin.get_form(request, study, change=study is not None)
        typed = {"kind": "article", "metadata_confidence": "verified"}
        typed |= {"status": "draft", "title": "A title"}
        return form(typed | fields, instance=study)

    def errors(self, **fields):
        return self.form(**fields).errors

    def test_a_year_to_come_is_refused_at_its_field(self):
        year = timezone.localdate().year
        for wrong in (2099, year + 2, 1799, 20):
            self.assertEqual(
                self.errors(year=wrong),
                {"year": [f"The year must lie between 1800 and {year + 1}."]},
            )
        for right in (1800, year, year + 1, ""):
            self.assertEqual(self.errors(year=right), {})

    def test_the_database_takes_years_from_1800_to_2100(self):
        for wrong in (1799, 2101):
            with self.assertRaises(IntegrityError), transaction.atomic():
                create_study(year=wrong)
        create_study(year=1800)
        create_study(year=2100)

    def test_a_title_too_long_is_refused_at_its_field(self):
        errors = self.errors(title="x" * 501)
        self.assertEqual([*errors], ["title"])
        self.assertIn("at most 500 characters (it has 501)", errors["title"][0])
        self.assertEqual(self.errors(title=f"<i>{'x' * 500}</i>"), {})

    def test_a_doi_is_refused_at_its_field(self):
        create_study(doi="10.1039/x1")
        for typed, words in [
            ("d5dt", "is no DOI"),
            ("10.1039/a;10.1039/b", "holds 2 DOIs"),
            ("https://doi.org/10.1039/X1.", "A study with this DOI exists already."),
        ]:
            errors = self.errors(doi=typed)
            self.assertEqual([*errors], ["doi"])
            self.assertIn(words, errors["doi"][0])

    def test_every_author_that_is_none_is_refused_at_the_field(self):
        errors = self.errors(authors="Smith, J. and Doe, K.\nCurie, M.\nJ. Lee")
        self.assertEqual([*errors], ["authors"])
        self.assertEqual(
            errors["authors"],
            [
                "“Smith, J. and Doe, K.” names several authors. Write 2 lines: “Smith, "
                "J.” and “Doe, K.”.",
                "“J. Lee” is not “Family, Given”. Write “Lee, J.”.",
            ],
        )

    def test_a_study_is_told_from_others_by_something(self):
        errors = self.errors(title="")
        self.assertIn("Give the DOI, the title or the journal", str(errors))

    def slug(self, study=None, **fields):
        form = self.form(study, **fields)
        self.assertEqual(form.errors, {})
        return form.save().slug

    def test_a_slug_names_the_author_else_what_has_letters(self):
        for fields, slug in [
            ({"authors": "Østli, E.", "year": 2020}, "ostli-2020"),
            (
                {"authors": "Smith and Sons, Inc.", "year": 2020},
                "smith-and-sons-inc-2020",
            ),
            (
                {"authors": "王, 小明", "title": "Alumina by ALD", "year": 2020},
                "alumina-by-ald-2020",
            ),
            ({"title": "One of two three four five six"}, "one-of-two-three-four-five"),
            (
                {
                    "authors": "Пирс, А.",
                    "title": "Литий",
                    "journal": "J. Test.",
                    "year": 2020,
                },
                "j-test-2020",
            ),
            ({"title": "锂", "doi": "10.1039/D3QI1"}, "101039-d3qi1"),
            ({"title": "锂", "year": 2021}, "study-2021"),
            ({"title": "锂"}, "study"),
        ]:
            with self.subTest(slug):
                self.assertEqual(self.slug(**fields), slug)

    def test_a_slug_that_is_typed_has_a_letter(self):
        errors = self.errors(slug="2020-1")
        self.assertIn("It needs a letter", errors["slug"][0])

    def test_an_emptied_slug_of_a_draft_is_made_anew_without_a_number(self):
        fields = {"authors": "Noether, E.", "year": 1918}
        study = create_study(slug="noether-1918", status="draft")
        self.assertEqual(self.slug(study, **fields, slug=""), "noether-1918")
        self.assertEqual(self.slug(**fields), "noether-1918-2")


class LoginTests(TestCase):
    def test_who_logs_in_finds_the_admin(self):
        User.objects.create_superuser("ada", password="engine")
        login = {"username": "ada", "password": "engine"}
        response = self.client.post("/admin/login/", login)
        self.assertRedirects(response, "/admin/")


class RecordedTests(TestCase):
    def at(self, year):
        moment = datetime(year, 1, 1, tzinfo=UTC)
        return mock.patch("django.utils.timezone.now", return_value=moment)

    def years(self, record):
        record.refresh_from_db()
        return record.created.year, record.updated.year

    def test_a_record_says_when_it_was_made_and_changed(self):
        with self.at(2001):
            study = create_study()
        self.assertEqual(self.years(study), (2001, 2001))
        with self.at(2002):
            study.save()
        self.assertEqual(self.years(study), (2001, 2002))
        with self.at(2003):
            study.status = "draft"
            study.save(update_fields=["status"])
        self.assertEqual(self.years(study), (2001, 2003))
        with self.at(2004):
            study.save(update_fields=[])
        self.assertEqual(self.years(study), (2001, 2003))

    def test_uses_of_methods_change_with_the_printed_cell_alone(self):
        for acronym in ("SEM", "XPS"):
            create_method(acronym)
        with self.at(2001):
            coating = create_coating(characterization_as_reported="SEM")
        with self.at(2002):
            coating.save()
        self.assertEqual(self.years(CharacterizationUse.objects.get()), (2001, 2001))
        with self.at(2003):
            coating.characterization_as_reported = "XPS, SEM (top)"
            coating.save()
        for use in Coating.objects.get().characterization_uses.all():
            self.assertEqual(self.years(use), (2003, 2003))

    def test_dates_are_set_by_nobody(self):
        study = create_study()
        for name in ("created", "updated"):
            self.assertFalse(Study._meta.get_field(name).editable)
        with self.assertRaises(ValidationError):
            Study(slug=study.slug).full_clean()
