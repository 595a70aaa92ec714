"""The admin pages of every model: they open, search and choose."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asei_db.lib.admin import PartAdmin
from literature.models import FormerSlug
from literature.recorded import Recorded
from materials.models import Coating, Material
from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_element,
    create_finding,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_recipe,
    create_sei_relation,
    create_study,
    create_substrate,
    create_temperature,
)

ADMINS = {
    model: admin.site.get_model_admin(model)
    for app in ("literature", "precursors", "materials")
    for model in apps.get_app_config(app).get_models()
    if admin.site.is_registered(model)
}


def url(model, page, *args):
    names = model._meta
    return reverse(f"admin:{names.app_label}_{names.model_name}_{page}", args=args)


def create_one_of_each(number):
    """A row of every model, with an unidentified study that only a number names."""
    review = create_study(kind="review")
    study = create_study(title="", journal="", authors=[])
    create_citation(review, number, study)
    sources = {"source": study, "studies": [study, review]}
    element = create_element(f"X{number}", number)
    precursor = create_precursor(f"TMA{number}", elements=[element], source=study)
    create_temperature(precursor, "RT", **sources)
    material = create_material(f"Al2O{number}", elements=[element], source=study)
    create_sei_relation(material, "lif", **sources)
    FormerSlug.objects.create(slug=f"former-{number}", study=study)
    substrate = create_substrate(f"Li metal {number}", source=study)
    create_method(f"SEM{number}", source=study)
    process = create_process(material, [precursor, precursor], **sources)
    coating = create_coating(
        process,
        substrate=substrate,
        characterization_as_reported=f"SEM{number}",
        **sources,
    )
    recipe = create_recipe(process, [{"precursor": precursor}], **sources)
    create_measurement(material=None, coating=coating, recipe=recipe, **sources)
    create_measurement(material=None, process=process, **sources)
    create_measurement(material=material, **sources)
    for subject in ({"coating": coating}, {"process": process}, {"material": material}):
        create_finding(**subject, **sources)
    control = create_cycling_test(electrode=substrate, source=study)
    create_cycling_test(
        electrode=substrate,
        coating=coating,
        control=control,
        source=study,
        points=[{"cycle_number": 200, "capacity_retention": "80 %"}],
    )


class EveryAdminPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("ada")
        create_one_of_each(1)

    def setUp(self):
        self.client.force_login(self.user)

    def count_queries(self, address, **query):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = self.client.get(address, query)
        self.assertEqual(response.status_code, 200, address)
        return len(queries)

    def test_every_kind_of_record_is_registered(self):
        for app in ("literature", "precursors", "materials"):
            for model in apps.get_app_config(app).get_models():
                # What is derived of the records is edited by nobody.
                if issubclass(model, Recorded):
                    self.assertIn(model, ADMINS)

    def test_lists_and_add_pages_ask_as_much_for_four_rows_as_for_one(self):
        pages = [url(model, "changelist") for model in ADMINS]
        pages += [
            url(model, "add")
            for model, model_admin in ADMINS.items()
            if not isinstance(model_admin, PartAdmin)
        ]
        for page in pages:
            self.client.get(page)  # fills the cache of content types
        one = {page: self.count_queries(page) for page in pages}
        for number in (2, 3, 4):
            create_one_of_each(number)
        for page in pages:
            with self.subTest(page):
                self.assertEqual(self.count_queries(page), one[page])
                self.assertLess(one[page], 30)

    def test_a_record_is_found_in_its_list_and_nonsense_finds_none(self):
        for model in ADMINS:
            row = model.objects.first()
            words = {
                "Element": "X1",
                "Study": getattr(row, "slug", ""),
                "ReviewCitation": "1",
                "PropertyMeasurement": "Al2O₃".replace("₃", "1"),
                "CyclingPoint": "test",
                "SeiRelation": "al2o1",
            }.get(model.__name__, "")
            words = words or getattr(row, "slug", "") or "1"
            with self.subTest(model.__name__):
                for query, count in [(words, 1), ("zirconocene", 0), ("%", 0)]:
                    page = self.client.get(url(model, "changelist"), {"q": query})
                    found = page.context["cl"].result_count
                    self.assertEqual(bool(found), bool(count), query)

    def test_every_saved_record_shows_when_it_was_made_and_changed(self):
        for model in ADMINS:
            with self.subTest(model.__name__):
                page = self.client.get(url(model, "change", model.objects.first().pk))
                self.assertContains(page, "Created:")
                self.assertContains(page, "Updated:")

    def test_search_forgives_as_the_public_one_does(self):
        create_material("Li–HQ")
        page = self.client.get(url(Material, "changelist"), {"q": "li-hq"})
        self.assertEqual(page.context["cl"].result_count, 1)

    def test_an_autocomplete_field_finds_records_and_tells_them_apart(self):
        for query in ["Al2O₃", "LI METAL", "coating-"]:
            answer = self.client.get(
                reverse("admin:autocomplete"),
                {
                    "app_label": "materials",
                    "model_name": "cyclingtest",
                    "field_name": "coating",
                    "term": query.replace("₃", "1"),
                },
            )
            (choice,) = answer.json()["results"]
            coating = Coating.objects.get()
            self.assertEqual(choice["text"], f"Al2O1 on Li metal 1 ({coating.slug})")
