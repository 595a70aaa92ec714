"""Querysets whose SQL is made once."""

from django.db.models import CharField
from django.db.models.functions import Cast
from django.test import TestCase

from asei_db.lib.statements import Kept, given, given_keys
from materials.models import Coating, Material
from tests.factories import (
    create_coating,
    create_element,
    create_material,
    create_precursor,
    create_process,
    create_study,
)


class KeptTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study()
        source = {"source": cls.study}
        cls.lif = create_material("LiF", [create_element("Li", 3)], **source)
        cls.hf = create_precursor("HF", **source)
        process = create_process(cls.lif, [cls.hf], [cls.study], **source)
        cls.coatings = [
            create_coating(process, [cls.study], slug=slug, thickness="5 nm", **source)
            for slug in ("one", "two")
        ]

    def test_it_gives_the_rows_of_the_queryset_for_other_keys_each_time(self):
        query = Kept(lambda: Coating.objects.filter(slug=given()))
        for coating in self.coatings:
            (found,) = query.of(coating.slug)
            self.assertEqual(found, coating)
            self.assertEqual(str(found.thickness), "5\N{NO-BREAK SPACE}nm")

    def test_what_rows_lead_to_is_one_object_and_takes_no_further_statement(self):
        query = Kept(lambda: Coating.objects.joined().filter(pk__in=given_keys()))
        with self.assertNumQueries(1):
            one, two = query.among([coating.pk for coating in self.coatings])
            self.assertIs(one.process.material, two.process.material)
            self.assertIsNone(one.substrate)

    def test_an_object_that_is_known_is_the_one(self):
        known = {Material: {self.lif.pk: self.lif}}
        query = Kept(lambda: Coating.objects.joined().filter(slug=given()))
        (found,) = query.of("one", known)
        self.assertIs(found.process.material, self.lif)

    def test_tuples_are_given_as_they_are(self):
        query = Kept(
            lambda: Coating.objects.filter(slug=Cast(given(), CharField())).values_list(
                "slug", "disputed"
            )
        )
        self.assertEqual(query.of("two"), [("two", False)])

    def test_no_keys_take_no_statement(self):
        query = Kept(lambda: Coating.objects.filter(pk__in=given_keys()))
        with self.assertNumQueries(0):
            self.assertEqual(query.among([]), [])

    def test_what_is_left_out_is_read_when_it_is_asked_for(self):
        query = Kept(lambda: Coating.objects.filter(slug=given()))
        (found,) = query.of("one")
        self.assertEqual(found.created, self.coatings[0].created)
