from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from precursors.filters import PrecursorFilter
from precursors.models import Precursor, SublimationTemperature
from tests.factories import (
    create_citation,
    create_element,
    create_precursor,
    create_process,
    create_study,
    create_temperature,
)


class PrecursorTests(TestCase):
    def test_room_temperature_counts_as_25_degrees_and_still_reads_rt(self):
        row = create_temperature(create_precursor("TMA"), "RT")
        row.refresh_from_db()
        self.assertEqual(row.temperature_min_celsius, 25)
        self.assertEqual(row.temperature_max_celsius, 25)
        self.assertEqual(str(row.temperature), "RT")

    def test_nonsense_for_a_temperature_is_refused(self):
        for text in ("hot", "-300", "90–80", ""):
            with self.subTest(text), self.assertRaises((ValidationError, ValueError)):
                create_temperature(create_precursor(), text)

    def test_a_precursor_has_one_typical_temperature(self):
        tma = create_precursor("TMA")
        create_temperature(tma, "RT")
        with self.assertRaisesMessage(ValidationError, "typical temperature already"):
            create_temperature(tma, "30", locator="Table 9")

    def test_identifiers_and_melting_points_name_their_source(self):
        with self.assertRaisesMessage(ValidationError, "identifiers come from"):
            create_precursor(cas_number="75-24-1")
        with self.assertRaisesMessage(ValidationError, "names its source"):
            create_precursor(melting_point_celsius=15.3)
        with self.assertRaises(IntegrityError), transaction.atomic():
            Precursor.objects.create(
                slug="x",
                name="x",
                precursor_class="metal",
                source=create_study(),
                locator="Table 1",
                melting_point_celsius=-300,
                melting_point_source="a handbook",
            )

    def test_every_value_says_where_it_stands(self):
        row = create_precursor()
        with self.assertRaises(IntegrityError), transaction.atomic():
            Precursor.objects.filter(pk=row.pk).update(locator="")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Precursor.objects.filter(pk=row.pk).update(source=None)


class PublishingTests(TestCase):
    def test_a_precursor_of_a_draft_becomes_public_with_a_published_use(self):
        draft = create_study(status="draft")
        precursor = create_precursor(source=draft)
        self.assertNotIn(precursor, Precursor.objects.published())
        create_process(precursors=[precursor], source=draft)
        self.assertNotIn(precursor, Precursor.objects.published())
        create_process(precursors=[precursor])
        self.assertIn(precursor, Precursor.objects.published())

    def test_a_typical_temperature_of_a_draft_is_not_shown(self):
        precursor = create_precursor()
        create_temperature(precursor, "140", source=create_study(status="draft"))
        [row] = Precursor.objects.published().for_list()
        self.assertIsNone(row.typical_sublimation_temperature)
        self.assertIsNone(precursor.typical_sublimation_temperature)


class TemperatureTests(TestCase):
    """Two precursors: one with a typical temperature, one where it is disputed."""

    @classmethod
    def setUpTestData(cls):
        cls.work = create_study()
        create_citation(create_study(), 7, cls.work)
        cls.one, cls.two = create_precursor("A"), create_precursor("B")
        draft = create_study(status="draft")
        cls.other, cls.typical, cls.third = (
            create_temperature(cls.one, text, [cls.work], is_typical=is_typical)
            for text, is_typical in (("90", False), ("100", True), ("80", False))
        )
        create_temperature(cls.one, "20", is_typical=False, source=draft)
        cls.counted = create_temperature(cls.two, "60", is_typical=False)
        cls.disputed = create_temperature(cls.two, "50", disputed=True)
        create_temperature(cls.two, "40", is_typical=False, disputed=True)

    def test_the_typical_one_is_listed_or_all_others_that_count(self):
        self.assertCountEqual(
            SublimationTemperature.objects.listed(), [self.typical, self.counted]
        )
        self.typical.delete()
        self.assertCountEqual(
            SublimationTemperature.objects.listed(),
            [self.other, self.third, self.counted],
        )

    def test_those_of_listed_precursors_come_typical_first_and_citable(self):
        one, _ = Precursor.objects.for_list().order_by("acronym")
        with self.assertNumQueries(0):
            self.assertTrue(one.source.is_published)
            found = list(one.sublimation_temperatures.all())
            self.assertEqual(found, [self.typical, self.other, self.third])
            for row in found:
                self.assertTrue(row.source.is_published)
                [work] = row.works
                [citation] = work.published_citations
                self.assertEqual(citation.number, 7)

    def test_each_is_found_by_precursor_source_place_and_text(self):
        same = {"source": self.other.source, "is_typical": False}
        create_temperature(self.one, "90", locator="text", **same)
        create_temperature(self.one, "91", **same)
        create_temperature(self.two, "90", **same)
        rows = SublimationTemperature.objects
        for row in rows.all():
            self.assertEqual(rows.get_by_natural_key(*row.natural_key()), row)

    def test_a_list_of_temperatures_has_the_typical_first_and_names_precursors(self):
        rows = list(SublimationTemperature.objects.published().for_list())
        with self.assertNumQueries(0):
            self.assertEqual({row.precursor for row in rows}, {self.one, self.two})
        first = [row for row in rows if row.is_typical]
        self.assertEqual(rows[:2], first)


class PrecursorFilterTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        lithium = create_element("Li", 3)
        oxygen = create_element("O", 8)
        for acronym, temperature, elements in (
            ("LiOtBu", "140", [lithium, oxygen]),
            ("Li–HMDS", "55", [lithium]),
            ("TMA", "RT", []),
            ("DEPA", "85–115", [oxygen]),
            ("XX", ">100", []),
            ("EG", None, [oxygen]),
        ):
            precursor = create_precursor(
                acronym,
                elements,
                slug=acronym.lower().replace("–", "-"),
                synonyms=["trimethylaluminium", "AlMe3"] if acronym == "TMA" else [],
            )
            if temperature:
                create_temperature(precursor, temperature)

    def slugs(self, **query):
        filterset = PrecursorFilter(query)
        self.assertTrue(filterset.is_valid(), filterset.errors)
        return [entry.record.slug for entry in filterset.qs]

    def test_precursors_that_sublime_below_60_degrees(self):
        found = self.slugs(
            sublimation_temperature_celsius_max="60",
            order_by="sublimation_temperature_celsius",
        )
        self.assertEqual(found, ["tma", "li-hmds"])

    def test_a_reported_range_is_found_by_overlap_or_only_within(self):
        query = {
            "sublimation_temperature_celsius_min": "100",
            "sublimation_temperature_celsius_max": "150",
        }
        self.assertCountEqual(self.slugs(**query), ["depa", "liotbu", "xx"])
        within = {"sublimation_temperature_celsius_match": "within"}
        self.assertEqual(self.slugs(**query, **within), ["liotbu"])

    def test_sorting_puts_what_is_not_reported_last_both_ways(self):
        up = self.slugs(order_by="sublimation_temperature_celsius")
        down = self.slugs(order_by="-sublimation_temperature_celsius")
        self.assertEqual(up, ["tma", "li-hmds", "depa", "xx", "liotbu", "eg"])
        self.assertEqual(down, ["liotbu", "xx", "depa", "li-hmds", "tma", "eg"])

    def test_where_none_is_called_typical_any_other_one_is_asked(self):
        glycol = Precursor.objects.get(slug="eg")
        hmds = Precursor.objects.get(slug="li-hmds")
        create_temperature(hmds, "300", is_typical=False)
        create_temperature(glycol, "300", is_typical=False, disputed=True)
        create_temperature(
            glycol, "300", is_typical=False, source=create_study(status="draft")
        )
        query = {"sublimation_temperature_celsius_min": "200"}
        self.assertEqual(self.slugs(**query), ["xx"])
        create_temperature(glycol, "250", is_typical=False)
        create_temperature(glycol, "80", is_typical=False)
        self.assertCountEqual(self.slugs(**query), ["eg", "xx"])
        up = self.slugs(order_by="sublimation_temperature_celsius")
        self.assertEqual(up, ["tma", "li-hmds", "eg", "depa", "xx", "liotbu"])

    def test_a_disputed_typical_temperature_is_shown_so_but_finds_nothing(self):
        hmds = Precursor.objects.get(slug="li-hmds")
        typical = hmds.sublimation_temperatures.get(is_typical=True)
        typical.disputed = True
        typical.save()
        below = {"sublimation_temperature_celsius_max": "60"}
        self.assertEqual(self.slugs(**below), ["tma"])
        page = self.client.get("/precursors/?q=li-hmds")
        self.assertContains(page, '<span class="line disputed">disputed</span>')
        create_temperature(hmds, "50", is_typical=False)
        self.assertCountEqual(self.slugs(**below), ["tma", "li-hmds"])
        page = self.client.get("/precursors/?q=li-hmds")
        self.assertContains(page, "50\N{NO-BREAK SPACE}°C")
        self.assertNotContains(page, ">disputed</span>")

    def test_elements_must_all_be_present(self):
        self.assertEqual(self.slugs(elements="Li,O"), ["liotbu"])
        self.assertEqual(self.slugs(elements=["Li", "O"]), ["liotbu"])
        self.assertCountEqual(self.slugs(elements="Li"), ["li-hmds", "liotbu"])

    def test_search_folds_dashes_case_and_synonyms(self):
        self.assertEqual(self.slugs(q="li-hmds"), ["li-hmds"])
        self.assertEqual(self.slugs(q="LiHMDS"), ["li-hmds"])
        self.assertEqual(self.slugs(q="trimethylaluminum"), ["tma"])
        self.assertEqual(self.slugs(q="alme₃"), ["tma"])
