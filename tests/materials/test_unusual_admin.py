"""Values that cannot be are refused; those that are only rare have to be confirmed."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import TestCase

from materials.choices import Property
from materials.models import Coating, CyclingTest, PropertyMeasurement
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_precursor,
    create_study,
    create_substrate,
)
from tests.materials.test_study_admin import ADD, page_data


class UnusualValueTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("ada")
        cls.study = create_study()
        cls.metal = create_substrate("Li metal")
        cls.other = create_substrate("Si")
        cls.film = create_material("Al2O3")
        create_precursor("TMA")
        cls.water = create_precursor("H2O")

    def setUp(self):
        self.client.force_login(self.user)

    def post(self, kind, **fields):
        data = {"source": self.study.pk, "locator": "Table 1", "reading": "stated"}
        return self.client.post(f"/admin/materials/{kind}/add/", data | fields)

    def measured(self, property_, value, **fields):
        subject = {"material": self.film.pk}
        if "precursor" in Property(property_).declared.subjects:
            subject = {"precursor": self.water.pk}
        return self.post(
            "propertymeasurement",
            property=property_,
            value_as_reported=value,
            **subject | fields,
        )

    def cycled(self, **fields):
        test = {
            "study": self.study.pk,
            "electrode": self.metal.pk,
            "cell_type": "half",
        }
        return self.post("cyclingtest", **test | fields)

    def assert_confirmed(self, post, question, **fields):
        """It is asked about, needs a note once it is confirmed, and is then saved."""
        page = post(**fields)
        self.assertContains(page, question)
        self.assertContains(page, "If it is printed so, tick this")
        page = post(**fields, confirmed="on")
        self.assertContains(page, "Say in a note why")
        page = post(**fields, confirmed="on", notes="Printed so in Table 1.")
        self.assertEqual(page.status_code, 302, question)

    def test_what_cannot_be_is_refused_in_the_form_and_by_the_database(self):
        for property_, value in [
            ("ionic_conductivity", "-1e-8 S/cm"),
            ("sei_thickness", "−3 nm"),
            ("film_thickness", "-3 to 5 nm"),
            ("density", "-1 g/cm³"),
            ("coating_remaining", "120 %"),
            ("refractive_index", "−2"),
            ("activation_energy", "-0.5 eV"),
            ("coulombic_efficiency", "-1 %"),
            ("lithium_loss_reduction", "120 %"),
            ("melting_point", "-300 °C"),
        ]:
            with self.subTest(property_):
                page = self.measured(
                    property_, value, confirmed="on", notes="Printed so."
                )
                self.assertContains(page, "Value must be")
                row = create_measurement(property=property_, value="50")
                numbers = {"value_min": -1000, "value_max": 1000}
                with self.assertRaises(IntegrityError), transaction.atomic():
                    PropertyMeasurement.objects.filter(pk=row.pk).update(**numbers)

    def test_a_test_has_no_half_cycles_and_no_negative_values(self):
        page = self.cycled(cycles_run_as_reported="0.5")
        self.assertContains(page, "Cycles are whole")
        for points in ("cycle 1: retention -5 %", "cycle 1: capacity -5 mAh/g"):
            self.assertContains(self.cycled(points=points), "must be at least 0")

    def test_a_rare_value_is_confirmed_with_a_note(self):
        for property_, value in [
            ("ionic_conductivity", "1e-20 S/cm"),
            ("refractive_index", "9"),
            ("coulombic_efficiency", "104 %"),
            ("film_thickness", "5 mm"),
            ("growth_per_cycle", "50 nm"),
            ("deposition_temperature", "5000 °C"),
        ]:
            with self.subTest(property_):
                self.assert_confirmed(
                    lambda p=property_, v=value, **fields: self.measured(
                        p, v, **fields
                    ),
                    "which is rare",
                )
        self.assertEqual(PropertyMeasurement.objects.count(), 6)

    def test_a_rare_condition_or_point_is_confirmed_with_a_note(self):
        self.assert_confirmed(
            self.cycled, "is above 100C, which is rare", c_rate_as_reported="5000C"
        )
        self.assert_confirmed(
            self.cycled,
            "At cycle 9: Capacity retention 250",
            points="cycle 1: retention 99 %\ncycle 9: retention 250 %",
        )
        for point, question in [
            ("cycle 1: overpotential 20 V", "Overpotential 20000"),
            ("cycle 1: areal capacity 150 mAh/cm2", "Areal capacity 150"),
        ]:
            self.assertContains(self.cycled(points=point), question)
        for column, value in [("time_run", "1000000 h"), ("cycles_run", "5000000")]:
            page = self.cycled(**{f"{column}_as_reported": value})
            self.assertContains(page, "which is rare")

    def test_what_was_confirmed_is_not_asked_about_again(self):
        test = create_cycling_test(
            c_rate="5000C", notes="Printed so.", source=self.study, electrode=self.metal
        )
        fields = {
            "study": self.study.pk,
            "electrode": self.metal.pk,
            "cell_type": "full",
            "c_rate_as_reported": "5000C",
            "notes": "Printed so.",
            "source": self.study.pk,
            "locator": "Table 1",
            "reading": "stated",
        }
        page = self.client.post(
            f"/admin/materials/cyclingtest/{test.pk}/change/", fields
        )
        self.assertEqual(page.status_code, 302)

    def test_a_coated_electrode_is_tested_on_its_substrate(self):
        coating = create_coating(substrate=self.other)
        self.assert_confirmed(
            self.cycled,
            "The coating is on Si, but the electrode is Li metal.",
            coating=coating.pk,
        )

    def test_the_same_coating_twice_in_one_study(self):
        def coated(**fields):
            film = {
                "material": self.film.pk,
                "method": "ald",
                "precursors": "TMA + H2O",
                "substrate": self.metal.pk,
                "thickness_as_reported": "5 nm",
            }
            return self.post("coating", **film | fields)

        self.assertEqual(coated().status_code, 302)
        self.assertEqual(coated(thickness_as_reported="6 nm").status_code, 302)
        self.assert_confirmed(coated, "This coating is the same as")
        self.assertEqual(Coating.objects.count(), 3)

    def test_rows_of_a_page_are_asked_about_too(self):
        film = {
            "material": self.film.pk,
            "method": "ald",
            "precursors": "TMA + H2O",
            "substrate": self.other.pk,
            "locator": "Fig. 1",
        }
        test = {
            "coating_row": 1,
            "electrode": self.metal.pk,
            "cell_type": "half",
            "locator": "Fig. 2",
            "points": "cycle 5: efficiency 130 %",
        }
        study = {"title": "Alumina"}
        data = page_data(study=study, coatings=[film, film], tests=[test])
        page = self.client.post(ADD, data)
        self.assertContains(page, "This coating is the same as row 1.")
        self.assertContains(
            page, "The coating is on Si, but the electrode is Li metal."
        )
        self.assertContains(page, "At cycle 5: Coulombic efficiency 130")
        self.assertFalse(CyclingTest.objects.exists())
        sure = {"confirmed": "on", "notes": "Printed so."}
        data = page_data(study=study, coatings=[film, film | sure], tests=[test | sure])
        self.assertEqual(self.client.post(ADD, data).status_code, 302)
