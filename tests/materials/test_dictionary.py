"""The dictionary defines every quantity that the API gives."""

from django.apps import apps
from django.test import SimpleTestCase, TestCase
from rest_framework.serializers import BaseSerializer

from api.urls import ANALYSES, router
from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import UNITS
from materials.analysis.uplift import PERCENTAGE_POINTS
from materials.choices import Property
from materials.dictionary import FIELDS, entries
from materials.models import PropertyMeasurement
from tests.factories import create_measurement

APPS = ("literature", "precursors", "materials")
SERIALIZERS = {
    name: view.serializer_class
    for name, view in [
        *((prefix, viewset) for prefix, viewset, _ in router.registry),
        *ANALYSES.items(),
    ]
}


class DictionaryTests(SimpleTestCase):
    def test_every_quantity_of_every_record_is_defined_once(self):
        defined = [(one.model, one.name) for of, _ in FIELDS.values() for one in of]
        there = [
            (model, name)
            for app in APPS
            for model in apps.get_app_config(app).get_models()
            for name in quantity_fields(model)
            # Its unit is that of its property, each of which has an entry.
            if (model, name) != (PropertyMeasurement, "value")
        ]
        self.assertCountEqual(defined, there)

    def test_fields_of_one_entry_have_its_unit(self):
        by_slug = {entry.slug: entry for entry in entries()}
        for slug, (fields, definition) in FIELDS.items():
            with self.subTest(slug):
                units = {quantity_fields(one.model)[one.name].unit for one in fields}
                self.assertEqual(units, {by_slug[slug].unit})
                self.assertEqual(bool(definition), slug not in Property.values)

    def test_every_entry_has_a_definition_a_unit_and_a_place(self):
        slugs = [entry.slug for entry in entries()]
        self.assertEqual(len(slugs), len({*slugs}))
        for entry in entries():
            with self.subTest(entry.slug):
                self.assertRegex(entry.definition, r"^[A-Z].*\.$")
                self.assertIn(entry.unit, {*UNITS, PERCENTAGE_POINTS})
                self.assertTrue(entry.used_in)

    def test_the_api_gives_each_quantity_where_its_entry_says(self):
        for entry in entries():
            for place in entry.used_in:
                with self.subTest(entry.slug, place=place):
                    part = SERIALIZERS[place.resource]()
                    for name in filter(None, place.field.split(".")):
                        part = getattr(part, "child", part).fields[name]

    def test_every_quantity_that_the_api_gives_is_defined(self):
        defined = {place for entry in entries() for place in entry.used_in}
        given = {
            (resource, ".".join(path))
            for resource, serializer in SERIALIZERS.items()
            for path in self.quantities(serializer())
        }
        self.assertIn(("planner", "checks.needed"), given)
        self.assertEqual(given - defined, set())

    def quantities(self, serializer):
        """The paths of all that has ends and a unit."""
        for name, field in serializer.fields.items():
            nested = getattr(field, "child", field)
            if not isinstance(nested, BaseSerializer):
                continue
            if {"min", "max", "unit"} <= set(nested.fields):
                yield (name,)
            yield from ((name, *path) for path in self.quantities(nested))


class DictionaryAPITests(TestCase):
    def get(self, path=""):
        return self.client.get(f"/api/v1/properties/{path}").json()

    def test_a_field_says_where_it_stands_and_what_it_means(self):
        entry = self.get("mass_loading/")
        self.assertEqual(entry["unit"], "mg/cm²")
        self.assertEqual(entry["measured_on"], [])
        self.assertEqual(
            entry["used_in"],
            [
                {"resource": "cycling-tests", "field": "conditions.mass_loading"},
                {"resource": "comparability", "field": "conditions.values.quantity"},
            ],
        )
        self.assertIsNone(entry["iri"])

    def test_what_is_measured_and_a_field_too_is_one_entry(self):
        create_measurement(property="film_thickness", value="3 nm")
        entry = self.get("film_thickness/")
        self.assertEqual(entry["measurement_count"], 1)
        self.assertEqual(
            [place["resource"] for place in entry["used_in"]],
            ["measurements", "coatings", "consensus", "consensus"],
        )
        self.assertTrue(entry["iri"].endswith("3b938708_e7e4_4ac0_a959_9c04306302e7"))

    def test_a_thing_has_its_term_in_other_vocabularies(self):
        entry = self.get("atomic_layer_deposition/")
        self.assertEqual(entry["shape"], "word")
        self.assertEqual(entry["iri"], "http://purl.obolibrary.org/obo/CHMO_0001311")
