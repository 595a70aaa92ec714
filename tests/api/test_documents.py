"""Documents: what the API keeps of each record, ready to be sent."""

from django.test import TestCase
from rest_framework.renderers import JSONRenderer

from api.viewsets import RESOURCES
from asei_db.lib import deriving
from asei_db.lib.loading import Loader
from literature.documents import Document, SiteAddress
from literature.kinds import Kind
from materials.generating import generate
from materials.models import Coating


class DocumentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        generate(30, 7, str)
        deriving.derive_all()

    def test_a_document_is_what_the_serializer_gives(self):
        render, context = JSONRenderer().render, {"request": SiteAddress, "view": None}
        for view in RESOURCES:
            kind = Kind.of(view.queryset.model)
            kept = Document.objects.of(kind).values_list("id", "body")
            serializer = view.serializer_class(context=context)
            expected = {
                kind.first + row.pk: render(serializer.to_representation(row)).decode()
                for row in view.queryset.all()
            }
            with self.subTest(kind):
                self.assertTrue(expected)
                found = {id_: bytes(body).decode() for id_, body in kept}
                self.assertEqual(found, expected)

    def test_rows_are_loaded_as_a_list_shows_them(self):
        rows = Coating.objects.published().for_list()
        keys = [row.pk for row in rows]
        load = Loader(rows)
        with self.assertNumQueries(12):
            loaded = load(keys)
        self.assertEqual([row.pk for row in loaded], keys)
        with self.assertNumQueries(0):
            for one, other in zip(loaded, rows, strict=True):
                self.assertEqual(one.label, other.label)
                self.assertEqual(one.works, other.works)
                self.assertEqual(one.process.label, other.process.label)
        studies = {row.source_id: row.source for row in loaded}
        self.assertTrue(all(row.source is studies[row.source_id] for row in loaded))
