"""What the forms of the admin say of errors, of rows that are gone, and at once."""

from unittest import mock

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.db.models import CheckConstraint, UniqueConstraint
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from literature.models import Study
from literature.recorded import Recorded
from materials.models import (
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    PropertyMeasurement,
)
from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_element,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
    create_temperature,
)
from tests.materials.test_record_admin import NO_TEMPERATURES
from tests.materials.test_study_admin import ADD, page_data

OWN_APPS = ("literature", "precursors", "materials")


class CuratorTestCase(TestCase):
    def setUp(self):
        self.client.force_login(User.objects.create_superuser("ada"))
        self.study = create_study()
        self.address = f"/admin/literature/study/{self.study.pk}/change/"

    def post(self, address, **fields):
        data = {"source": self.study.pk, "locator": "Table 1", "reading": "stated"}
        return self.client.post(f"/admin/{address}", data | fields)

    def save(self, **rows):
        study = {"title": "Alumina", "year": 2020}
        return self.client.post(self.address, page_data(study=study, **rows))

    def coating_row(self, coating, **fields):
        return {
            "id": coating.pk,
            "process": coating.process.pk,
            "locator": "Table 2",
        } | fields

    def cycling_row(self, test, **fields):
        return {
            "id": test.pk,
            "electrode": test.electrode.pk,
            "cell_type": "half",
            "coating": test.coating_id or "",
            "control": test.control_id or "",
            "locator": "Fig. 7",
        } | fields


class GoneRowsTests(CuratorTestCase):
    def test_a_row_that_somebody_else_has_deleted_is_reported_at_its_place(self):
        first, second = (create_coating(source=self.study) for _ in range(2))
        rows = [
            self.coating_row(first, thickness_as_reported="5 nm"),
            self.coating_row(second, thickness_as_reported="7 nm"),
        ]
        first.delete()
        page = self.save(coatings=rows)
        self.assertContains(page, "Somebody else has deleted this row meanwhile", 2)
        self.assertContains(page, '<a href="#sourced_coating_set-0">Coating 1</a>')
        self.assertContains(page, "deleted meanwhile")
        # Nothing that was typed is lost, and ticking it away is enough.
        for typed in ("5 nm", "7 nm"):
            self.assertContains(page, typed)
        rows[0]["DELETE"] = "on"
        self.assertEqual(self.save(coatings=rows).status_code, 302)
        second.refresh_from_db()
        self.assertEqual(second.thickness_max_nm, 7)

    def test_a_row_without_its_key_is_reported_as_gone(self):
        coating = create_coating(source=self.study)
        page = self.save(coatings=[self.coating_row(coating) | {"id": ""}])
        self.assertContains(page, "Somebody else has deleted this row meanwhile")

    def test_a_record_that_is_gone_is_reported(self):
        gone = create_coating()
        address = f"materials/coating/{gone.pk}/change/"
        gone.delete()
        page = self.client.get(f"/admin/{address}", follow=True)
        self.assertContains(page, "Perhaps it was deleted?")
        self.assertEqual(self.post(address).status_code, 302)

    def test_a_record_that_goes_while_it_is_saved_is_a_conflict(self):
        create_precursor("TMA")
        with mock.patch.object(DepositionProcess, "save", side_effect=IntegrityError):
            page = self.post(
                "materials/depositionprocess/add/",
                material=create_material().pk,
                method="ald",
                chemistry="TMA",
            )
        self.assertContains(page, "Somebody else has changed", status_code=409)


class ManyRowsTests(CuratorTestCase):
    def test_a_made_up_number_of_rows_is_refused_and_not_drawn(self):
        data = page_data(study={"title": "Alumina", "year": 2020})
        count = {"citations-TOTAL_FORMS": "2000"}
        page = self.client.post(self.address, data | count)
        self.assertContains(page, "Please submit at most 100 forms.")
        for inline in page.context["inline_admin_formsets"]:
            self.assertLessEqual(len(inline.formset.forms), 100)


class DeletedTogetherTests(CuratorTestCase):
    def setUp(self):
        super().setUp()
        self.coating = create_coating(source=self.study)
        self.bare = create_cycling_test(source=self.study)
        self.coated = create_cycling_test(
            source=self.study, coating=self.coating, control=self.bare
        )

    def test_a_coated_test_goes_together_with_its_control_and_its_coating(self):
        measurement = create_measurement(source=self.study, coating=self.coating)
        gone = {"DELETE": "on"}
        response = self.save(
            coatings=[self.coating_row(self.coating, **gone)],
            tests=[self.cycling_row(test, **gone) for test in (self.bare, self.coated)],
            measurements=[
                {
                    "id": measurement.pk,
                    "property": measurement.property,
                    "value_as_reported": "1e-8",
                    "locator": "text",
                }
                | gone
            ],
        )
        self.assertEqual(response.status_code, 302)
        for model in (Coating, CyclingTest, PropertyMeasurement):
            self.assertFalse(model.objects.exists())

    def test_a_control_goes_when_its_test_is_given_another(self):
        other = create_cycling_test(source=self.study, electrode=self.bare.electrode)
        response = self.save(
            coatings=[self.coating_row(self.coating)],
            tests=[
                self.cycling_row(self.bare, DELETE="on"),
                self.cycling_row(self.coated, control=other.pk),
                self.cycling_row(other),
            ],
        )
        self.assertEqual(response.status_code, 302)
        self.coated.refresh_from_db()
        self.assertEqual(self.coated.control, other)

    def test_what_others_still_name_is_not_deleted(self):
        page = self.save(
            coatings=[self.coating_row(self.coating)],
            tests=[
                self.cycling_row(self.bare, DELETE="on"),
                self.cycling_row(self.coated),
            ],
        )
        self.assertContains(page, "deleted while it is named by cycling test")
        page = self.save(
            coatings=[self.coating_row(self.coating, DELETE="on")],
            tests=[
                self.cycling_row(self.bare, DELETE="on"),
                self.cycling_row(self.coated, DELETE="on"),
            ],
            measurements=[
                {
                    "property": "sei_thickness",
                    "value_as_reported": "5 nm",
                    "coating": self.coating.pk,
                    "locator": "text",
                }
            ],
        )
        self.assertContains(page, "named by property measurement")
        self.assertEqual(CyclingTest.objects.count(), 2)


class ErrorListTests(CuratorTestCase):
    def test_each_error_links_to_its_field(self):
        page = self.save(
            coatings=[{"locator": "x", "method": "ald", "thickness_as_reported": "a"}]
        )
        prefix = "sourced_coating_set-0"
        for field, label in [
            ("thickness_as_reported", "Thickness"),
            ("material", "Material"),
        ]:
            self.assertContains(
                page, f'<a href="#id_{prefix}-{field}">Coating 1, {label}</a>:'
            )
            self.assertContains(page, f'id="id_{prefix}-{field}"')
        page = self.post("materials/material/add/", name="")
        self.assertContains(page, '<a href="#id_name">Name</a>:')

    def test_a_missing_part_of_the_page_is_reported(self):
        page = self.client.post(ADD, {"title": "Alumina"})
        self.assertContains(page, "ManagementForm data is missing")


class UnnamedPrecursorsTests(CuratorTestCase):
    def add(self, **fields):
        data = {"material": create_material("Al2O3").pk, "method": "ald"}
        return self.post("materials/depositionprocess/add/", **data | fields)

    def test_a_process_may_say_that_its_precursors_are_not_reported(self):
        self.assertEqual(self.add(is_unnamed="on", is_complete="on").status_code, 302)
        process = DepositionProcess.objects.get()
        self.assertEqual(process.chemistry, "")
        self.assertEqual(process.slug, "al2o3-ald")
        self.assertFalse(process.is_complete)
        address = f"materials/depositionprocess/{process.pk}/change/"
        page = self.client.get(f"/admin/{address}")
        self.assertTrue(page.context["adminform"].form["is_unnamed"].value())
        fields = {"material": process.material.pk, "method": "ald", "is_unnamed": "on"}
        growth = {"growth_per_cycle_as_reported": "1"}
        self.assertEqual(self.post(address, **fields, **growth).status_code, 302)
        create_precursor("TMA")
        fields["is_unnamed"] = ""
        self.assertEqual(self.post(address, **fields, chemistry="TMA").status_code, 302)
        self.assertEqual(process.chemistry, "TMA")

    def test_an_empty_chemistry_without_that_statement_is_refused(self):
        self.assertContains(self.add(), "Give the precursors, or tick")

    def test_precursors_and_the_statement_contradict_each_other(self):
        create_precursor("TMA")
        page = self.add(is_unnamed="on", chemistry="TMA")
        self.assertContains(page, "Precursors are named")


class ManyPointsTests(CuratorTestCase):
    def test_a_thousand_points_are_saved_with_few_queries(self):
        test = create_cycling_test(source=self.study)
        fields = {
            "study": self.study.pk,
            "slug": test.slug,
            "electrode": test.electrode.pk,
            "cell_type": "half",
            "points": "\n".join(f"cycle {n}: retention 80 %" for n in range(1, 1001)),
        }
        address = f"materials/cyclingtest/{test.pk}/change/"
        # Session and user; the row, its relations and constraints; 1,000 points at
        # once, or as many as have 999 values on SQLite, 38 with 26 columns; what reads
        # them; the log.
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(self.post(address, **fields).status_code, 302)
        inserts = [q for q in queries if "materials_cyclingpoint" in q["sql"]]
        inserts = [q for q in inserts if q["sql"].startswith("INSERT")]
        columns = len(CyclingPoint._meta.concrete_fields) - 1
        self.assertLessEqual(len(inserts), -(-1000 // (999 // columns)))
        # A test is one transaction, in which each constraint has a savepoint.
        others = [
            q for q in queries if q not in inserts and "SAVEPOINT" not in q["sql"]
        ]
        self.assertLess(len(others), 35)
        self.assertEqual(CyclingPoint.objects.count(), 1000)
        self.assertEqual(CyclingPoint.objects.last().capacity_retention_max_percent, 80)

    def test_a_paste_that_is_too_large_says_so(self):
        page = self.post(
            "materials/cyclingtest/add/",
            study=self.study.pk,
            electrode=create_substrate().pk,
            points="cycle 1: retention 80 %\n" * 5001,
        )
        self.assertContains(page, "more than 5000 lines")

    def test_what_the_database_would_refuse_is_reported_with_its_line(self):
        for line in ("cycle 0: retention 80 %", "cycle 5:", "cycle 5: retention -1 %"):
            with self.subTest(line):
                page = self.post(
                    "materials/cyclingtest/add/",
                    study=self.study.pk,
                    electrode=create_substrate().pk,
                    points=line,
                )
                self.assertContains(page, "Line 1: ")


class PublishingTests(CuratorTestCase):
    def publish(self, *studies):
        return self.client.post(
            "/admin/literature/study/",
            {"action": "publish", "_selected_action": [study.pk for study in studies]},
        )

    def test_the_status_alone_is_saved_and_logged_for_each(self):
        studies = [create_study(status="draft") for _ in range(2)]
        saved = []

        def save(study, **options):
            saved.append(options)
            super(Study, study).save(**options)

        with mock.patch.object(Study, "save", save):
            self.publish(*studies)
        self.assertEqual(len(saved), 2)
        for options in saved:
            self.assertIn("status", options["update_fields"])
            self.assertNotIn("title", options["update_fields"])
        self.assertEqual(LogEntry.objects.count(), 2)
        self.assertFalse(Study.objects.filter(status="draft").exists())

    def test_all_are_published_or_none(self):
        studies = [create_study(status="draft") for _ in range(2)]
        with (
            mock.patch.object(
                LogEntry.objects, "log_actions", side_effect=[1, OSError]
            ),
            self.assertRaises(OSError),
        ):
            self.publish(*studies)
        self.assertEqual(Study.objects.filter(status="draft").count(), 2)


class UniqueRecordsTests(CuratorTestCase):
    """What must be unique is checked in the form and reported at a field."""

    def assert_refused(self, response, *messages):
        for message in messages:
            self.assertContains(response, message)

    def test_a_slug_is_given_once(self):
        rows = {
            "materials/material": create_material(),
            "materials/substrate": create_substrate(),
            "materials/characterizationmethod": create_method(),
            "materials/depositionprocess": create_process(),
            "materials/coating": create_coating(),
            "materials/propertymeasurement": create_measurement(),
            "materials/cyclingtest": create_cycling_test(),
            "precursors/precursor": create_precursor(),
        }
        for address, row in rows.items():
            with self.subTest(address):
                page = self.post(f"{address}/add/", slug=row.slug, **NO_TEMPERATURES)
                self.assertContains(page, '<a href="#id_slug">Slug</a>')
                self.assertContains(page, "with this Slug already exists")

    def test_names_and_numbers_are_given_once(self):
        element = create_element("Li", 3)
        fields = {
            "symbol": element.symbol,
            "name": element.name,
            "atomic_number": 3,
            "period": 2,
        }
        page = self.client.post("/admin/precursors/element/add/", fields)
        for name in ("symbol", "name", "atomic_number"):
            self.assertContains(page, f'<a href="#id_{name}">')
        for address, name, value in [
            ("materials/material", "name", create_material().name),
            ("materials/substrate", "name", create_substrate().name),
            ("materials/characterizationmethod", "acronym", create_method().acronym),
            ("precursors/precursor", "name", create_precursor().name),
        ]:
            page = self.post(f"{address}/add/", **{name: value}, **NO_TEMPERATURES)
            self.assertContains(page, f'<a href="#id_{name}">')

    def test_a_doi_and_a_cas_number_are_given_once(self):
        create_study(doi="10.1000/1")
        page = self.client.post(ADD, page_data(study={"doi": "10.1000/1"}))
        self.assertContains(page, "A study with this DOI exists already")
        create_precursor("TMA", cas_number="75-24-1", identifiers_source="PubChem")
        page = self.post(
            "precursors/precursor/add/",
            name="other",
            precursor_class="metal",
            cas_number="75-24-1",
            identifiers_source="PubChem",
            **NO_TEMPERATURES,
        )
        self.assertContains(page, "Another precursor has this CAS number")

    def test_a_citation_number_is_given_once(self):
        review = create_study(kind="review")
        create_citation(review, 7, create_study())
        row = {"review": review.pk, "number": 7}
        page = self.client.post(
            "/admin/literature/reviewcitation/add/", row | {"study": self.study.pk}
        )
        self.assertContains(page, "The review has this number already")
        page = self.save(citations=[row])
        self.assertContains(page, "The review has this number already")
        page = self.save(citations=[row | {"number": 8}] * 2)
        self.assertContains(page, "Please correct the")

    def test_a_temperature_is_given_once_and_one_is_typical(self):
        precursor = create_precursor()
        create_temperature(precursor, "140", source=self.study)
        fields = {"precursor": precursor.pk, "temperature_as_reported": "140"}
        address = "precursors/sublimationtemperature/add/"
        page = self.post(address, **fields)
        self.assertContains(page, "This temperature is recorded already")
        page = self.post(address, **fields, is_typical="on")
        self.assertContains(page, "The precursor has a typical temperature already")
        row = {
            "temperature_as_reported": "150",
            "is_typical": "on",
            "source": self.study.pk,
            "locator": "text",
            "reading": "stated",
        }
        prefix = "sublimation_temperatures"
        rows = {
            f"{prefix}-{n}-{name}": value
            for n in range(2)
            for name, value in (row | {"locator": f"p. {n}"}).items()
        }
        page = self.post(
            "precursors/precursor/add/",
            name="new",
            precursor_class="metal",
            **rows,
            **{f"{prefix}-TOTAL_FORMS": 2, f"{prefix}-INITIAL_FORMS": 0},
        )
        self.assertContains(page, "The precursor has a typical temperature already")

    def test_the_rows_of_a_precursor_are_compared_with_those_it_has(self):
        precursor = create_precursor()
        saved = create_temperature(precursor, "140", source=self.study)
        prefix = "sublimation_temperatures"

        def save(*rows):
            fields = {"source": self.study.pk, "reading": "stated"}
            data = {
                f"{prefix}-{number}-{name}": value
                for number, row in enumerate(rows)
                for name, value in (fields | row).items()
            }
            return self.post(
                f"precursors/precursor/{precursor.pk}/change/",
                name=precursor.name,
                precursor_class="metal",
                **data,
                **{f"{prefix}-TOTAL_FORMS": 2, f"{prefix}-INITIAL_FORMS": 1},
            )

        old = {"id": saved.pk, "temperature_as_reported": "140", "locator": "Table 1"}
        new = {"temperature_as_reported": "150", "locator": "text", "is_typical": "on"}
        page = save(old | {"is_typical": "on"}, new)
        self.assertContains(page, "The precursor has a typical temperature already")
        self.assertContains(page, f'<a href="#{prefix}-1">')
        page = save(old, old | {"id": ""})
        self.assertContains(page, "Please correct the duplicate data")
        # The typical one may be another from now on.
        self.assertEqual(save(old, new).status_code, 302)
        self.assertEqual(precursor.sublimation_temperatures.count(), 2)


class ConstraintTests(SimpleTestCase):
    def constraints(self):
        for app in OWN_APPS:
            for model in apps.get_app_config(app).get_models():
                # People edit records, not what is derived of them.
                if issubclass(model, Recorded):
                    for constraint in model._meta.constraints:
                        yield model, constraint

    def test_every_constraint_has_a_sentence_for_people(self):
        for model, constraint in self.constraints():
            with self.subTest(constraint.name):
                self.assertIsInstance(constraint, CheckConstraint | UniqueConstraint)
                # Of choices the field itself says what is no choice.
                if not constraint.name.endswith("_known"):
                    self.assertNotEqual(
                        constraint.violation_error_message,
                        constraint.default_violation_error_message,
                        model.__name__,
                    )
