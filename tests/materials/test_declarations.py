"""What is declared once is everywhere: values of a point, conditions, properties."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.test import SimpleTestCase, TestCase

from api.serializers.comparison import UpliftSerializer
from api.serializers.cycling import (
    CyclingConditionsSerializer,
    CyclingPointSerializer,
    CyclingTestSerializer,
)
from asei_db.lib.fields import quantity_fields
from asei_db.lib.quantities import UNITS
from literature.models import Study
from materials.admin.studies import CyclingTestInline
from materials.analysis.comparison import compare
from materials.analysis.plots import VALUES, name_of
from materials.analysis.uplift import CHANGED
from materials.choices import Property
from materials.models import CyclingPoint, CyclingTest, Substrate
from materials.models.cycling import CONDITIONS, OUTCOMES
from materials.models.measurements import SUBJECTS
from tests.factories import create_cycling_test


class PointTests(TestCase):
    fields = quantity_fields(CyclingPoint)

    def test_the_api_gives_every_value_of_a_point(self):
        self.assertEqual(
            CyclingPointSerializer.Meta.fields,
            ["first_cycle", "cycle_number", "time_h", *self.fields, "remark"],
        )

    def test_each_value_alone_makes_a_point_that_every_page_shows(self):
        numbers = dict(zip(self.fields, range(11, 99), strict=False))
        test = create_cycling_test(
            {"cycle_number": cycle, name: str(cycle)} for name, cycle in numbers.items()
        )
        page = self.client.get(test.get_absolute_url())
        for name, number in numbers.items():
            label = self.fields[name].verbose_name.capitalize()
            header = f'<th scope="col" class="number">{label}</th>'
            self.assertContains(page, header, html=True)
            self.assertContains(page, f">{number}\N{NO-BREAK SPACE}")
            listed = self.client.get("/cycling/")
        # The list gives the value of the last point in words.
        self.assertContains(listed, f"{number}\N{NO-BREAK SPACE}mV overpotential")

    def test_each_value_can_be_plotted_under_its_short_name(self):
        self.assertEqual(
            list(VALUES),
            ["retention", "capacity", "areal_capacity", "efficiency", "overpotential"],
        )
        self.assertCountEqual(VALUES.values(), self.fields)
        self.assertEqual(name_of("retention"), "Capacity retention")

    def test_what_is_compared_with_a_control_is_in_the_api(self):
        self.assertEqual(
            [name for name in UpliftSerializer().fields if name in self.fields],
            [name for name in UpliftSerializer().fields if name in CHANGED],
        )
        self.assertLessEqual(set(CHANGED), set(UpliftSerializer().fields))
        self.assertCountEqual(CHANGED, self.fields)


class ConditionTests(SimpleTestCase):
    def test_every_quantity_of_a_test_is_a_condition_or_how_long_it_ran(self):
        quantities = {*quantity_fields(CyclingTest)}
        self.assertLessEqual(quantities - {*OUTCOMES}, set(CONDITIONS))

    def test_the_api_gives_every_condition(self):
        given = [*CyclingConditionsSerializer.Meta.fields]
        self.assertCountEqual([*given, "electrode"], [*CONDITIONS, "cell_count"])
        self.assertIn("electrode", CyclingTestSerializer.Meta.fields)

    def test_every_condition_can_be_typed_in_the_admin(self):
        quantities = quantity_fields(CyclingTest)
        columns = {
            quantities[name].columns.as_reported if name in quantities else name
            for name in (*CONDITIONS, *OUTCOMES, "cell_count")
        }
        for options in (
            admin.site.get_model_admin(CyclingTest),
            CyclingTestInline(Study, admin.site),
        ):
            self.assertLessEqual(columns, {*flatten_fieldsets(options.fieldsets)})

    def test_conditions_are_compared_under_the_names_of_their_fields(self):
        test = CyclingTest(
            electrode=Substrate(name="Si"), cell_type="half", c_rate="1C"
        )
        conditions = compare([test, test]).conditions
        self.assertEqual([one.name for one in conditions], list(CONDITIONS))
        values = {one.label: one.values[0] for one in conditions}
        self.assertEqual(
            [str(values[label]) for label in ("electrode", "cell type", "C-rate")],
            ["Si", "Half cell", "1C"],
        )
        self.assertIsNone(values["electrolyte"])


class PropertyTests(SimpleTestCase):
    def test_each_property_has_a_unit_a_definition_and_subjects(self):
        for one in Property:
            with self.subTest(one):
                self.assertIn(one.unit, UNITS)
                self.assertRegex(one.definition, r"^[A-Z].*\.$")
                self.assertTrue(one.declared.subjects)
                self.assertLessEqual({*one.declared.subjects}, {*SUBJECTS})

    def test_what_is_usual_lies_within_what_can_be(self):
        for one in Property:
            low, high = one.usual
            bounds = [one.lowest, low, high, one.highest]
            known = [bound for bound in bounds if bound is not None]
            with self.subTest(one):
                self.assertEqual(known, sorted(known))

    def test_a_property_is_the_word_that_is_stored_and_reads_as_its_label(self):
        self.assertEqual(Property.SEI_THICKNESS, "sei_thickness")
        self.assertEqual(Property("sei_thickness").label, "SEI thickness")
        self.assertIn(("sei_thickness", "SEI thickness"), Property.choices)
