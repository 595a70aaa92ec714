"""Entries say what their records say, and page through them in the lists' order."""

import math
from unittest.mock import patch

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from asei_db.lib import deriving
from literature.entries import Span, Tag
from materials.entries import ENTRIES, CoatingEntry
from materials.filters import CoatingFilter
from materials.models import Coating, Recipe
from tests.factories import (
    create_coating,
    create_material,
    create_method,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
)


class CoatingEntryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        create_method("SEM")
        cls.study = create_study(year=2014)
        cls.review = create_study(year=2025)
        cls.process = create_process(create_material("LiF"), source=cls.review)
        cls.coating = create_coating(
            cls.process,
            [cls.study],
            source=cls.review,
            characterization_as_reported="SEM",
            thickness="20 nm",
        )

    def several(self, model, *columns):
        rows = model.objects.filter(kind=CoatingEntry.kind(), key=self.coating.pk)
        return [*rows.order_by("name", "pk").values_list(*columns)]

    def test_only_published_records_have_an_entry(self):
        self.assertEqual(CoatingEntry.objects.get().record, self.coating)
        for status, count in (("draft", 0), ("published", 1)):
            self.review.status = status
            self.review.save()
            self.assertEqual(CoatingEntry.objects.count(), count)
            self.assertEqual(len(self.several(Tag, "value")), 2 * count)
            self.assertEqual(len(self.several(Span, "low")), count)

    def test_a_deleted_record_leaves_nothing(self):
        key = self.coating.pk
        self.coating.delete()
        self.assertFalse(CoatingEntry.objects.exists())
        self.assertFalse(Tag.objects.filter(kind=CoatingEntry.kind(), key=key).exists())

    def test_ends_of_quantities_are_closed(self):
        for text, low, high in (
            ("20 nm", 20, 20),
            ("~20", 20, 20),
            ("5–15", 5, 15),
            ("≥30", 30, math.inf),
            ("≤3", -math.inf, 3),
            (None, None, None),
        ):
            with self.subTest(text):
                self.coating.thickness = text
                self.coating.save()
                entry = CoatingEntry.objects.get()
                self.assertEqual(
                    (entry.thickness_low, entry.thickness_high), (low, high)
                )

    def test_what_is_excluded_lies_beyond_an_open_end(self):
        for text, end, sign in ((">30", "low", 1), ("<3", "high", -1)):
            self.coating.thickness = text
            self.coating.save()
            entry = CoatingEntry.objects.get()
            beyond = sign * (getattr(entry, f"thickness_{end}") - entry.thickness)
            self.assertGreater(beyond, 0)
            self.assertLess(beyond, 1e-13)

    def test_a_temperature_is_its_own_else_those_of_its_process_that_count(self):
        def spans():
            return [low for name, low in self.several(Span, "name", "low") if name == 4]

        run = create_recipe(self.process, deposition_temperature="150")
        create_recipe(self.process, deposition_temperature="500", disputed=True)
        self.assertEqual(spans(), [150])
        run.source.status = "draft"
        run.source.save()
        self.assertEqual(spans(), [])
        self.coating.deposition_temperature = "90"
        self.coating.save()
        self.assertEqual(spans(), [90])

    def test_writing_says_how_many_records_changed(self):
        create_coating(self.process, source=self.review)
        keys = [*Coating.objects.values_list("pk", flat=True)]
        deriving.flush()
        self.assertEqual(CoatingEntry.write(keys), 0)
        Coating.objects.filter(pk=self.coating.pk).update(review_category="")
        Tag.objects.filter(key=keys[0], kind=CoatingEntry.kind()).delete()
        self.assertEqual(CoatingEntry.write(keys), 1)
        self.assertEqual(len(self.several(Tag, "value")), 2)
        CoatingEntry.objects.all().delete()
        self.assertEqual(CoatingEntry.write(keys), 2)

    def test_pages_of_many_are_read_in_order(self):
        for name in ("Al2O3", "ZnO", "TiO2"):
            create_coating(create_process(create_material(name)), source=self.review)
        for query in ({}, {"material_class": "oxide"}):
            rows = CoatingFilter(query).qs.values_list("pk", flat=True)
            whole = list(rows.all())
            with patch("literature.entries.entry._MANY", 1):
                self.assertEqual(rows.count(), 4)
                with CaptureQueriesContext(connection) as queries:
                    self.assertEqual(list(rows[1:3]), whole[1:3])
            if connection.vendor == "sqlite":
                self.assertIn("INDEXED BY", queries[-1]["sql"])

    def test_pages_of_many_and_of_few_have_the_same_rows_whatever_is_asked(self):
        tma = create_precursor("TMA")
        for name, temperature in (("Al2O3", "90"), ("ZnO", "120"), ("TiO2", "")):
            create_coating(
                create_process(create_material(name), [tma]),
                deposition_temperature=temperature,
                source=self.review,
            )
        for query, found in (
            ({"precursor": "tma"}, 3),
            ({"deposition_temperature_celsius_min": "100"}, 1),
            ({"precursor_exclude": "tma"}, 1),
        ):
            with self.subTest(query):
                rows = CoatingFilter(query).qs.values_list("pk", flat=True)
                whole = list(rows.all())
                self.assertEqual(len(whole), found)
                for most in (1, 2000):  # read in order, and sorted
                    with patch("literature.entries.entry._MANY", most):
                        self.assertEqual(rows.count(), found)
                        self.assertEqual(list(rows[:2]), whole[:2])
                        self.assertEqual(list(rows[2:]), whole[2:])

    def test_few_rows_are_found_before_they_are_sorted(self):
        rows = CoatingFilter({}).qs
        rows.count()
        with CaptureQueriesContext(connection) as queries:
            list(rows[:5])
        if connection.vendor == "sqlite":
            self.assertIn('ORDER BY +"', queries[-1]["sql"])

    def test_each_list_has_the_order_of_its_index_first(self):
        for entry in ENTRIES:
            ordering = entry._meta.ordering
            index = entry._meta.indexes[0].fields
            order = index[: index.index("record")]
            self.assertEqual(
                [name.removesuffix("_id") for name in ordering],
                [*order, "pk"],
                entry.__name__,
            )

    def test_rows_that_use_a_changed_one_are_written_anew(self):
        self.assertEqual(Recipe.objects.count(), 0)
        self.process.material.name = "Aa"
        self.process.material.save()
        self.assertEqual(CoatingEntry.objects.get().material_name, "aa")
