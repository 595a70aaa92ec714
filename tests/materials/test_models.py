from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import TestCase

from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    Material,
    ProcessStep,
    PropertyMeasurement,
    Substrate,
)
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
)


class CoatingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        create_method("Cyc")
        create_method("SEM", variants=["FE-SEM", "(FIB-)SEM"])
        create_method("FIB", variants=["(FIB-)SEM"])

    def uses(self, coating):
        return [
            (use.method.acronym, use.as_reported, use.remark)
            for use in coating.characterization_uses.all()
        ]

    def test_more_deposition_cycles_than_anybody_runs_are_refused(self):
        coating = create_coating(deposition_cycle_count=10**6)
        coating.deposition_cycle_count = 10**10
        with self.assertRaisesMessage(ValidationError, "1000000"):
            coating.full_clean()

    def test_methods_are_listed_from_the_printed_cell(self):
        coating = create_coating(
            characterization_as_reported="Cyc (initial lithiation only), (FIB-)SEM"
        )
        self.assertEqual(
            self.uses(coating),
            [
                ("Cyc", "Cyc", "initial lithiation only"),
                ("FIB", "(FIB-)SEM", ""),
                ("SEM", "(FIB-)SEM", ""),
            ],
        )
        coating.characterization_as_reported = "FE-SEM"
        coating.save()
        self.assertEqual(self.uses(coating), [("SEM", "FE-SEM", "")])
        coating.characterization_as_reported = "(Various)"
        coating.save()
        self.assertEqual(self.uses(coating), [])

    def test_an_unknown_method_is_refused_with_the_nearest_and_nothing_changes(self):
        coating = create_coating(characterization_as_reported="FE-SEM")
        coating.characterization_as_reported = "Cyc, FE-SEN"
        with self.assertRaisesMessage(ValidationError, "Did you mean FE-SEM?"):
            coating.full_clean()
        with self.assertRaises(ValidationError):
            coating.save()
        self.assertEqual(self.uses(coating), [("SEM", "FE-SEM", "")])

    def test_a_thickness_is_kept_as_printed_and_as_numbers(self):
        coating = create_coating(thickness="<3 nm")
        coating.refresh_from_db()
        self.assertEqual(coating.thickness_as_reported, "<3 nm")
        self.assertIsNone(coating.thickness_min_nm)
        self.assertEqual(coating.thickness_max_nm, 3)
        self.assertEqual(coating.thickness_qualifier, "<")

    def test_the_database_refuses_what_the_forms_refuse(self):
        coating = create_coating(thickness="20")
        rows = Coating.objects.filter(pk=coating.pk)
        for fields in (
            {"thickness_min_nm": 30},
            {"thickness_min_nm": -1, "thickness_max_nm": -1},
            {"thickness_qualifier": "?"},
            {"thickness_as_reported": ""},
            {"locator": ""},
            {"reading": "guessed"},
            {"deposition_cycle_count": 0},
            {"review_category": "best"},
        ):
            with (
                self.subTest(fields),
                self.assertRaises(IntegrityError),
                transaction.atomic(),
            ):
                rows.update(**fields)

    def test_a_substrate_in_use_cannot_be_deleted(self):
        substrate = create_substrate()
        create_coating(substrate=substrate)
        with self.assertRaises(ProtectedError):
            substrate.delete()


class ProcessTests(TestCase):
    def test_steps_are_numbered_once_and_from_1(self):
        tma = create_precursor("TMA")
        process = create_process(precursors=[tma])
        for position in (1, 0):
            with (
                self.subTest(position),
                self.assertRaises(IntegrityError),
                transaction.atomic(),
            ):
                ProcessStep.objects.create(
                    process=process, position=position, precursor=tma
                )

    def test_the_chemistry_reads_in_order_with_optional_steps_in_brackets(self):
        process = create_process(create_material("Li–EG"), [create_precursor("LiOtBu")])
        ProcessStep.objects.create(
            process=process,
            position=2,
            precursor=create_precursor("CO2"),
            is_optional=True,
        )
        self.assertEqual(str(process), "Li–EG from LiOtBu + (CO2)")


class MeasurementTests(TestCase):
    def test_the_property_owns_the_unit(self):
        row = create_measurement(property="ionic_conductivity", value="10−8 to 10−6")
        row.refresh_from_db()
        self.assertEqual((row.value_min, row.value_max), (1e-8, 1e-6))
        self.assertEqual(row.value.unit, "S/cm")

    def test_a_measurement_has_one_subject(self):
        with self.assertRaisesMessage(ValidationError, "Name one subject"):
            create_measurement(material=create_material(), coating=create_coating())

    def test_only_a_coating_has_a_control(self):
        bare = create_measurement(substrate=create_substrate())
        coated = create_measurement(coating=create_coating(), control=bare)
        self.assertEqual(coated.control, bare)
        with self.assertRaisesMessage(ValidationError, "Only a coating has a control"):
            create_measurement(material=create_material(), control=bare)

    def test_a_value_and_a_known_property_are_needed(self):
        for fields in ({"value": ""}, {"property": "beauty", "value": "1"}):
            with (
                self.subTest(fields),
                self.assertRaises((ValidationError, ValueError)),
            ):
                create_measurement(**fields)


class CyclingTests(TestCase):
    def test_a_point_has_a_value_and_not_both_a_cycle_and_a_time(self):
        test = create_cycling_test()
        for fields in (
            {"remark": "Lifetime: 680 h."},
            {"cycle_number": 1, "time_h": 1, "capacity_retention": "80"},
            {"cycle_number": 0, "capacity_retention": "80"},
            {"time_h": -1, "overpotential": "20"},
            {"cycle_number": 1},
            {"cycle_number": 1, "capacity_retention": "-5"},
        ):
            with (
                self.subTest(fields),
                self.assertRaises((ValidationError, ValueError)),
            ):
                CyclingPoint(test=test, **fields).full_clean()
        with self.assertRaises(IntegrityError), transaction.atomic():
            CyclingPoint.objects.create(test=test, cycle_number=1)
        point = CyclingPoint(test=test, capacity_retention="80")
        point.full_clean()
        self.assertEqual(str(point), "cycle not stated")

    def test_a_cell_reads_as_its_type_and_the_ion_that_it_moves(self):
        for cell_type, carrier, expected in (
            ("half", "na", "Na⁺ half cell"),
            ("half", "", "Half cell"),
            ("other", "zn", "Zn²⁺ cell"),
            ("", "li", "Li⁺ cell"),
            ("", "", ""),
        ):
            test = CyclingTest(cell_type=cell_type, charge_carrier=carrier)
            with self.subTest(expected):
                self.assertEqual(test.cell, expected)
        with self.assertRaises(ValidationError):
            create_cycling_test(charge_carrier="mg")

    def test_only_a_coated_test_has_a_control_and_never_itself(self):
        bare = create_cycling_test()
        with self.assertRaisesMessage(ValidationError, "Only a coated test"):
            create_cycling_test(control=bare)
        coated = create_cycling_test(coating=create_coating(), control=bare)
        self.assertEqual(list(bare.coated_tests.all()), [coated])
        coated.control = coated
        with self.assertRaisesMessage(ValidationError, "its own control"):
            coated.full_clean()


class PublishingTests(TestCase):
    def test_nothing_of_a_draft_is_public(self):
        draft = create_study(status="draft")
        material = create_material(source=draft)
        substrate = create_substrate(source=draft)
        method = create_method("XPS", source=draft)
        process = create_process(material, source=draft)
        coating = create_coating(
            process,
            source=draft,
            substrate=substrate,
            characterization_as_reported="XPS",
        )
        create_cycling_test(source=draft, coating=coating, electrode=substrate)
        create_measurement(source=draft, material=material)
        models = (
            Material,
            Substrate,
            CharacterizationMethod,
            DepositionProcess,
            Coating,
            CyclingTest,
            PropertyMeasurement,
        )
        for model in models:
            with self.subTest(model):
                self.assertEqual(model.objects.published().count(), 0)
        # A published coating takes what it uses along.
        create_coating(
            process,
            substrate=substrate,
            characterization_as_reported="XPS",
        )
        public = {m for m in models if m.objects.published().exists()}
        self.assertEqual(public, set(models) - {CyclingTest, PropertyMeasurement})
        draft.status = "published"
        draft.save()
        self.assertTrue(CyclingTest.objects.published().exists())
        self.assertTrue(method.uses.exists())

    def test_a_test_of_a_study_that_is_no_longer_public_is_hidden(self):
        test = create_cycling_test(study=create_study(status="in_review"))
        self.assertNotIn(test, CyclingTest.objects.published())
