"""Which rows are public, which measurements belong to a film, and who is cited."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingTest,
    DepositionProcess,
    Material,
    ProcessStep,
    PropertyMeasurement,
    Recipe,
    Substrate,
)
from precursors.models import Precursor
from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_substrate,
    create_temperature,
)


class SharedRecordTests(TestCase):
    """A draft's record is public once a published value uses it, in whichever way."""

    @classmethod
    def setUpTestData(cls):
        cls.draft = create_study(slug="draft", status="draft")
        cls.primary = create_study(slug="primary")
        cls.published = create_study(slug="published")
        create_method("SEM", source=cls.draft)

    def uses(self):
        """(the draft's record, how a value of a study uses it), of each way."""
        primary = [self.primary]

        def measure(name, record):
            create = create_measurement
            return record, lambda study: create(primary, source=study, **{name: record})

        material = create_material(source=self.draft)
        yield (
            material,
            lambda study: create_process(material, source=study, studies=primary),
        )
        yield measure("material", create_material(source=self.draft))
        process = create_process(source=self.draft)
        yield process, lambda study: create_coating(process, primary, source=study)
        yield measure("process", create_process(source=self.draft))
        coated, cycled = (create_substrate(source=self.draft) for _ in range(2))
        yield (
            coated,
            lambda study: create_coating(
                studies=primary, substrate=coated, source=study
            ),
        )
        yield (
            cycled,
            lambda study: create_cycling_test(
                electrode=cycled, source=study, study=self.primary
            ),
        )
        yield measure("substrate", create_substrate(source=self.draft))
        yield (
            CharacterizationMethod.objects.get(acronym="SEM"),
            lambda study: create_coating(
                studies=primary, characterization_as_reported="SEM", source=study
            ),
        )
        kept, fed = (create_precursor(source=self.draft) for _ in range(2))
        yield (
            kept,
            lambda study: create_temperature(
                kept, "90", primary, source=study, is_typical=False
            ),
        )
        yield (
            fed,
            lambda study: create_process(
                precursors=[fed], source=study, studies=primary
            ),
        )
        yield measure("precursor", create_precursor(source=self.draft))

    def test_a_published_use_makes_it_public_and_a_draft_s_does_not(self):
        for record, use in self.uses():
            rows = type(record).objects.filter(pk=record.pk)
            value = use(self.draft)
            with self.subTest(record=type(record), use=type(value)):
                self.assertFalse(rows.published())
                use(self.published)
                self.assertEqual(list(rows.published()), [record])

    def test_the_primary_works_of_its_published_uses_are_cited(self):
        for record, use in self.uses():
            rows = type(record).objects.filter(pk=record.pk)
            if isinstance(record, DepositionProcess):
                continue  # which names its primary works itself
            value = use(self.draft)
            with self.subTest(record=type(record), use=type(value)):
                self.assertEqual(list(rows.cited_studies()), [])
                use(self.published)
                self.assertEqual(list(rows.cited_studies()), [self.primary])


class MeasurementTests(TestCase):
    """Two films; measurements on the first's material, process and coating."""

    @classmethod
    def setUpTestData(cls):
        cls.process = create_process()
        cls.coating = create_coating(cls.process)
        cls.other = create_process()
        cls.of_material, cls.of_process, cls.of_coating = (
            create_measurement(**{name: record})
            for name, record in (
                ("material", cls.process.material),
                ("process", cls.process),
                ("coating", cls.coating),
            )
        )
        create_measurement(process=cls.other)
        create_measurement(substrate=create_substrate())
        cls.measurements = PropertyMeasurement.objects.all()

    def test_those_of_a_process_are_on_it_or_on_its_coatings(self):
        self.assertCountEqual(
            self.measurements.of_process([self.process]),
            [self.of_process, self.of_coating],
        )

    def test_those_of_a_material_are_on_it_its_processes_or_their_coatings(self):
        self.assertCountEqual(
            self.measurements.of_material([self.process.material]),
            [self.of_material, self.of_process, self.of_coating],
        )

    def test_those_of_several_are_those_of_each(self):
        both = [self.process, self.other]
        self.assertEqual(self.measurements.of_process(both).count(), 3)
        both = [process.material for process in both]
        self.assertEqual(self.measurements.of_material(both).count(), 4)

    def test_what_is_disputed_or_of_a_draft_or_on_its_coating_does_not_count(self):
        draft = create_study(status="draft")
        create_measurement(process=self.process, disputed=True)
        create_measurement(process=self.process, source=draft)
        create_measurement(coating=create_coating(self.process, source=draft))
        self.assertCountEqual(
            self.measurements.counted().of_process([self.process]),
            [self.of_process, self.of_coating],
        )
        # What the queryset finds is what the records say of themselves.
        self.assertEqual(
            [row.pk for row in self.measurements.filter(coating=None) if row.counts],
            [row.pk for row in self.measurements.filter(coating=None).counted()],
        )

    def test_measured_values_are_counted_by_property(self):
        create_measurement(process=self.process, property="film_thickness", value="9")
        for rows in (self.measurements, self.measurements.order_by("slug")):
            self.assertEqual(
                rows.count_by_property(),
                {
                    "ionic_conductivity": 4,
                    "interfacial_resistance": 1,
                    "film_thickness": 1,
                },
            )


class ReportedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.process = create_process(
            deposition_temperature="90", growth_per_cycle="1 Å"
        )
        for value in ("110", "120"):
            create_recipe(cls.process, deposition_temperature=value)
        cls.coating = create_coating(cls.process)
        create_measurement(
            coating=cls.coating, property="growth_per_cycle", value="2 Å"
        )

    def numbers(self, process):
        return [
            [value.quantity.minimum for value in values]
            for values in (process.deposition_temperatures, process.growths_per_cycle)
        ]

    def test_its_own_value_comes_first_then_those_of_recipes_and_coatings(self):
        expected = [[90, 110, 120], [1, 2]]
        self.assertEqual(self.numbers(self.process), expected)
        listed = DepositionProcess.objects.for_list().get()
        with self.assertNumQueries(0):
            self.assertEqual(self.numbers(listed), expected)

    def test_nothing_else_that_was_measured_or_grown_is_fetched(self):
        create_coating(self.process)
        for subject in ({"process": self.process}, {"coating": self.coating}):
            create_measurement(property="film_thickness", value="9 nm", **subject)
        self.assertEqual(PropertyMeasurement.objects.of_growth().count(), 1)
        fetched = DepositionProcess.objects.with_reported().get()
        with self.assertNumQueries(0):
            [coating] = fetched.reporting_coatings
            self.assertEqual(coating, self.coating)
            found = [*fetched.published_recipes, *coating.growth_measurements]
            self.assertEqual(len(found), 3)
            for record in (fetched, *found):
                self.assertTrue(record.source.is_published)

    def test_disputed_values_do_not_count(self):
        self.process.disputed = True
        PropertyMeasurement.objects.update(disputed=True)
        Recipe.objects.filter(deposition_temperature_min_celsius=110).update(
            disputed=True
        )
        self.assertEqual(self.numbers(self.process), [[120], []])

    def test_recipes_come_study_by_study_the_coldest_first(self):
        process, studies = create_process(), [create_study() for _ in range(2)]
        for study, value in ((1, "90"), (0, ""), (0, "200"), (0, "33"), (1, "<80")):
            create_recipe(process, source=studies[study], deposition_temperature=value)
        listed = DepositionProcess.objects.for_list().get(pk=process.pk)
        self.assertEqual(
            [
                one.deposition_temperature_as_reported
                for one in listed.published_recipes
            ],
            ["33", "200", "", "90", "<80"],
        )

    def test_a_coating_that_states_its_temperature_comes_last(self):
        create_coating(self.process, deposition_temperature="100")
        create_coating(
            self.process,
            deposition_temperature="101",
            source=create_study(status="draft"),
        )
        listed = DepositionProcess.objects.for_list().get(pk=self.process.pk)
        with self.assertNumQueries(0):
            self.assertEqual(self.numbers(listed), [[90, 110, 120, 100], [1, 2]])

    def test_steps_are_public_with_their_process(self):
        create_process(
            precursors=[create_precursor()], source=create_study(status="draft")
        )
        steps = ProcessStep.objects.published()
        self.assertFalse(steps.all())
        create_process(precursors=[create_precursor()])
        self.assertEqual(steps.count(), 1)


class ControlTests(TestCase):
    """A test or measurement of a draft is the control of a published one."""

    def test_a_control_of_a_draft_is_as_if_there_were_none(self):
        source = create_study()
        hidden = create_cycling_test(source=create_study(status="draft"))
        coating = create_coating(source=source, substrate=hidden.electrode)
        same = {"coating": coating, "electrode": hidden.electrode, "source": source}
        create_cycling_test(control=hidden, **same)
        test = CyclingTest.objects.published().for_list().get()
        self.assertIsNone(test.control)
        for value, slugs in (("true", []), ("false", [test.slug])):
            answer = self.client.get(f"/api/v1/cycling-tests/?has_control={value}")
            self.assertEqual([one["slug"] for one in answer.json()["results"]], slugs)

    def test_a_measured_control_of_a_draft_is_as_if_there_were_none(self):
        hidden = create_measurement(
            substrate=create_substrate(), source=create_study(status="draft")
        )
        create_measurement(coating=create_coating(), control=hidden)
        measurement = PropertyMeasurement.objects.published().for_list().get()
        self.assertIsNone(measurement.control)


class CyclingTests(TestCase):
    def test_a_test_is_public_with_its_source_its_study_and_its_coating(self):
        published, draft = create_study(), create_study(status="draft")
        electrode = create_substrate(source=published)
        same = {"electrode": electrode, "source": published}
        public = create_cycling_test(**same)
        create_cycling_test(study=draft, **same)
        create_cycling_test(**same | {"source": draft, "study": published})
        grown = create_coating(source=draft)
        create_cycling_test(coating=grown, **same)
        self.assertEqual(list(CyclingTest.objects.published()), [public])


class ListTests(TestCase):
    """What a list shows of its rows needs no query of its own."""

    @classmethod
    def setUpTestData(cls):
        cls.work = create_study()
        create_citation(create_study(), 44, cls.work)
        cls.process = process = create_process(
            precursors=[create_precursor(), create_precursor()], studies=[cls.work]
        )
        draft = create_study(status="draft")
        create_process(process.material, source=draft)
        create_method("SEM")
        cls.foil = foil = create_substrate()
        coating = create_coating(
            process, [cls.work], substrate=foil, characterization_as_reported="SEM"
        )
        control = create_measurement(substrate=foil)
        for subject in (
            {"material": process.material},
            {"process": process},
            {"coating": coating, "control": control},
            {"precursor": create_precursor()},
        ):
            create_measurement([cls.work], **subject)
        bare = create_cycling_test(
            [{"cycle_number": 1, "capacity_retention": "99"}], electrode=foil
        )
        create_cycling_test(
            [{"cycle_number": 1, "capacity_retention": "99"}],
            coating=coating,
            electrode=foil,
            control=bare,
            source=cls.work,
        )

    def assert_shown(self, model, show):
        rows = list(model.objects.published().for_list())
        self.assertTrue(rows)
        with self.assertNumQueries(0):
            for row in rows:
                show(row)
                self.assertTrue(row.source.is_published)

    def cited(self, row):
        [work] = row.works
        [citation] = work.published_citations
        self.assertEqual(citation.number, 44)

    def test_of_materials_their_published_processes_and_those_of_which_chemistry(self):
        def show(material):
            [process] = material.first_processes
            self.assertEqual(process, self.process)
            self.assertIn(" + ", process.chemistry)
            list(material.elements.all())

        self.assert_shown(Material, show)

    def test_of_substrates_and_precursors_their_elements(self):
        for model in (Substrate, Precursor):
            self.assert_shown(model, lambda row: list(row.elements.all()))

    def test_of_characterization_methods_their_source(self):
        self.assert_shown(CharacterizationMethod, str)

    def test_of_processes_their_chemistry_and_studies(self):
        def show(process):
            self.assertIn(" + ", process.label)
            self.cited(process)

        self.assert_shown(DepositionProcess, show)

    def test_of_coatings_their_chemistry_methods_and_studies(self):
        def show(coating):
            self.assertIn(self.foil.name, coating.label)
            self.assertIn(" + ", coating.process.chemistry)
            [use] = coating.characterization_uses.all()
            self.assertEqual(use.method.acronym, "SEM")
            self.cited(coating)

        self.assert_shown(Coating, show)

    def test_of_measurements_their_subject_control_and_studies(self):
        kinds = set()

        def show(row):
            kinds.add(type(row.subject))
            if row.substrate:
                self.assertEqual(row.subject, self.foil)
                return
            self.cited(row)
            if row.film:
                self.assertEqual(row.film, self.process.material)
            if row.process:
                self.assertIn(" + ", row.process.chemistry)
            if row.coating:
                self.assertIn(self.foil.name, row.coating.label)
                self.assertIn(" + ", row.coating.process.chemistry)
                self.assertEqual(row.control.substrate, self.foil)

        self.assert_shown(PropertyMeasurement, show)
        models = {Material, DepositionProcess, Coating, Substrate, Precursor}
        self.assertEqual(kinds, models)

    def test_of_cycling_tests_their_coating_control_and_study(self):
        def show(test):
            self.assertEqual(len(test.points.all()), 1)
            self.assertEqual(test.electrode, self.foil)
            if not test.coating:
                return
            self.assertIn(self.foil.name, test.full_label)
            self.assertIn(" + ", test.coating.process.chemistry)
            self.assertEqual(test.control.electrode, self.foil)
            self.cited(test)

        self.assert_shown(CyclingTest, show)

    def test_drawings_of_precursors_are_not_fetched(self):
        with CaptureQueriesContext(connection) as queries:
            list(DepositionProcess.objects.with_steps())
        self.assertIn("acronym", queries[-1]["sql"])
        self.assertNotIn("structure_svg", queries[-1]["sql"])
