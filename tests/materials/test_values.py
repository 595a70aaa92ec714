"""The table of all numbers."""

from collections import Counter

from django.apps import apps
from django.test import TestCase

from asei_db.lib.fields import quantity_fields
from literature.choices import StudyStatus
from literature.kinds import Kind
from materials.choices import Property
from materials.dictionary import entries
from materials.models import PropertyMeasurement
from materials.values import HOLDERS, SLUGS, Value
from tests.curated import load_literature
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_substrate,
    create_temperature,
)


class DeclarationTests(TestCase):
    def test_every_quantity_of_every_model_is_in_the_table(self):
        held = {
            (holder.model, name)
            for holder in HOLDERS
            for name in quantity_fields(holder.model)
        }
        declared = {
            (model, name)
            for model in apps.get_models()
            for name in quantity_fields(model)
        }
        self.assertEqual(held, declared)
        # A measured value is named by its property.
        self.assertEqual(held, {*SLUGS, (PropertyMeasurement, "value")})

    def test_every_quantity_is_named_as_in_the_dictionary(self):
        known = {entry.slug for entry in entries()}
        self.assertLessEqual({*SLUGS.values()}, known)


class ValueTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", year=2024)
        cls.early = create_study(slug="early", year=2010)
        cls.late = create_study(slug="late", year=2020)
        cls.draft = create_study(slug="draft", year=2001, status="draft")
        sourced = {"source": cls.review, "locator": "Table 2"}
        cls.tma = create_precursor("TMA", **sourced)
        cls.film = create_material("Al2O3", **sourced)
        cls.process = create_process(cls.film, [cls.tma], [cls.early], **sourced)
        cls.electrode = create_substrate(
            "Li", thermal_limit="180", thermal_limit_source="CRC Handbook", **sourced
        )
        cls.coating = create_coating(
            cls.process,
            [cls.late, cls.early, cls.draft],
            substrate=cls.electrode,
            thickness="<3 nm",
            disputed=True,
            **sourced,
        )

    def value(self, record, quantity, **columns):
        kind = Kind.of(type(record))
        return Value.objects.get(kind=kind, key=record.pk, quantity=quantity, **columns)

    def test_a_number_has_what_it_is_about_and_where_it_was_read(self):
        value = self.value(self.coating, "film_thickness")
        self.assertEqual(
            (value.as_reported, value.qualifier, value.minimum, value.maximum),
            ("<3 nm", "<", None, 3),
        )
        self.assertEqual(value.unit, "nm")
        self.assertEqual(value.material, self.film)
        self.assertEqual(value.process, self.process)
        self.assertEqual(value.coating, self.coating)
        self.assertEqual(value.substrate, self.electrode)
        self.assertEqual((value.precursor, value.cycle_number), (None, None))
        self.assertEqual((value.study, value.source), (self.early, self.review))
        self.assertEqual((value.locator, value.reading), ("Table 2", "stated"))
        self.assertIs(value.disputed, True)

    def test_without_a_primary_work_the_source_reported_it(self):
        coating = create_coating(
            self.process, [self.draft], thickness="5", source=self.review
        )
        self.assertEqual(self.value(coating, "film_thickness").study, self.review)

    def test_of_several_works_of_a_process_none_reported_its_own_values(self):
        self.process.growth_per_cycle = "1.1"
        self.process.save()
        value = self.value(self.process, "growth_per_cycle")
        self.assertEqual((value.study, value.process), (self.early, self.process))
        self.process.studies.add(self.late)
        value = self.value(self.process, "growth_per_cycle")
        self.assertEqual(value.study, self.review)

    def test_a_measured_value_is_named_by_its_property_and_has_its_unit(self):
        measurement = create_measurement(
            [self.late],
            coating=self.coating,
            property="ionic_conductivity",
            value="1e-8",
            temperature="25–30",
            source=self.review,
        )
        value = self.value(measurement, "ionic_conductivity")
        self.assertEqual(value.unit, "S/cm")
        self.assertEqual((value.temperature_low, value.temperature_high), (25, 30))
        self.assertEqual((value.material, value.process), (self.film, self.process))
        self.assertEqual(value.substrate, self.electrode)
        self.assertEqual(self.value(measurement, "measurement_temperature").minimum, 25)

    def test_a_point_has_its_cycle_and_is_of_its_test(self):
        test = create_cycling_test(
            source=self.late,
            study=self.late,
            electrode=self.electrode,
            coating=self.coating,
            temperature="45",
            points=[
                {"cycle_number": 9, "capacity_retention": ">80"},
                {"time_h": 50.5, "overpotential": "20"},
            ],
        )
        value = self.value(test, "capacity_retention")
        self.assertEqual((value.cycle_number, value.time_hours), (9, None))
        self.assertEqual(value.part, test.points.get(cycle_number=9).pk)
        self.assertEqual((value.coating, value.study), (self.coating, self.late))
        self.assertEqual(value.temperature_low, 45)
        self.assertEqual(self.value(test, "overpotential").time_hours, 50.5)
        self.assertEqual(self.value(test, "cell_temperature").part, None)

    def test_parts_stand_under_their_record(self):
        recipe = create_recipe(
            self.process,
            [{"precursor": self.tma, "pulse": "0.1", "purge": "10"}],
            [self.late],
            source=self.review,
        )
        value = self.value(recipe, "pulse")
        self.assertEqual((value.precursor, value.study), (self.tma, self.late))
        self.assertEqual((value.material, value.unit), (self.film, "s"))
        temperature = create_temperature(self.tma, "17", source=self.review)
        value = self.value(self.tma, "source_temperature", part=temperature.pk)
        self.assertEqual((value.precursor, value.minimum), (self.tma, 17))

    def test_what_a_draft_says_is_no_value(self):
        test = create_cycling_test(
            source=self.late, points=[{"cycle_number": 9, "capacity_retention": "80"}]
        )
        self.value(test, "capacity_retention")
        # The electrode is public by its coating; its limit is the draft's.
        self.value(self.electrode, "thermal_limit")
        self.electrode.source = self.draft
        self.electrode.save()
        self.late.status = StudyStatus.DRAFT
        self.late.save()
        for record in (test, self.electrode):
            found = Value.objects.filter(kind=Kind.of(type(record)), key=record.pk)
            self.assertFalse(found.exists())

    def test_values_go_with_their_record(self):
        coating = create_coating(self.process, thickness="5", source=self.review)
        key = coating.pk
        self.value(coating, "film_thickness")
        coating.delete()
        self.assertFalse(Value.objects.filter(kind=Kind.COATING, key=key).exists())


class WholeTableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_literature()

    def recount(self):
        """Every number that a published record states."""
        for holder in HOLDERS:
            for record in holder.record.objects.published().select_related("source"):
                if not (holder.part or record.stated):
                    continue
                kind = Kind.of(holder.record).value
                parts = getattr(record, holder.part).all() if holder.part else [record]
                for part in parts:
                    if getattr(part, "stated", part) is None:
                        continue
                    for name in quantity_fields(holder.model):
                        if quantity := getattr(part, name):
                            yield (
                                kind,
                                record.pk,
                                part.pk if holder.part else None,
                                SLUGS.get((holder.model, name))
                                or Property(record.property).value,
                                quantity.as_reported,
                                quantity.minimum,
                                quantity.maximum,
                                quantity.qualifier,
                                quantity.unit,
                            )

    def test_each_number_of_the_literature_is_one_row(self):
        columns = ("kind", "key", "part", "quantity", "as_reported", "minimum")
        columns += ("maximum", "qualifier", "unit")
        found = Counter(Value.objects.values_list(*columns))
        self.assertEqual(found, Counter(self.recount()))
        self.assertGreater(found.total(), 1000)
