from django.test import TestCase

from materials.analysis.consensus import consensuses
from materials.choices import Property
from materials.models import DepositionProcess, PropertyMeasurement
from tests.factories import (
    create_coating,
    create_material,
    create_measurement,
    create_process,
    create_recipe,
    create_study,
)


def consensus(name, subject):
    """The `Consensus` on a property of a process or material, None without two values.

    Of what a page shows of it.
    """
    measurements = PropertyMeasurement.objects.published().for_list()
    processes = DepositionProcess.objects.published().for_list()
    if isinstance(subject, DepositionProcess):
        measurements = measurements.of_process([subject])
        processes = processes.filter(pk=subject.pk)
    else:
        measurements = measurements.of_material([subject])
        processes = processes.filter(material=subject)
    found = {one.property: one for one in consensuses(processes, measurements)}
    return found.get(Property(name))


class ConsensusTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", kind="review")
        cls.primary = create_study(slug="primary")
        cls.material = create_material("Li–HQ", source=cls.review)
        cls.process = create_process(
            cls.material,
            slug="process",
            source=cls.review,
            studies=[cls.primary],
            growth_per_cycle="~1 Å",
            deposition_temperature="80–200 °C",
        )
        cls.coating = create_coating(cls.process, source=cls.review)

    def conductivities(self, *texts, **fields):
        """The consensus once there are these values too, each of a study of its own."""
        for text in texts:
            defaults = {
                "material": self.material,
                "value": text,
                "source": self.review,
                "studies": [create_study()],
            }
            create_measurement(**defaults | fields)
        return consensus("ionic_conductivity", self.material)

    def test_of_a_single_value_there_is_nothing_to_compare(self):
        self.assertIsNone(self.conductivities())
        self.assertIsNone(self.conductivities("1e-8"))
        self.assertIsNotNone(self.conductivities("2e-8"))

    def test_a_disputed_twin_hides_no_undisputed_value(self):
        for disputed in (True, False, True):
            self.conductivities("1e-8", disputed=disputed, studies=[self.primary])
        found = self.conductivities("3e-8")
        self.assertEqual(
            [(value.low, value.disputed) for value in found.counted],
            [(1e-8, False), (3e-8, False)],
        )
        self.assertEqual(
            [(value.low, value.disputed) for value in found.left_out], [(1e-8, True)]
        )

    def test_what_a_disputed_process_states_is_listed_but_not_counted(self):
        DepositionProcess.objects.filter(pk=self.process.pk).update(disputed=True)
        create_measurement(
            process=self.process, property="growth_per_cycle", value="1.2 Å"
        )
        found = consensus("growth_per_cycle", self.process)
        self.assertEqual([value.low for value in found.counted], [1.2])
        self.assertEqual([value.low for value in found.left_out], [1])

    def test_bounds_and_disputed_values_are_listed_but_not_counted(self):
        self.conductivities("1e-6", disputed=True)
        found = self.conductivities("1e-8", "<1e-10", "~3e-8", "2e-8")
        self.assertEqual(len(found.values), 5)
        self.assertEqual([value.low for value in found.counted], [1e-8, 2e-8, 3e-8])
        self.assertEqual(
            [value.quantity.as_reported for value in found.left_out], ["<1e-10", "1e-6"]
        )
        self.assertEqual(found.median, 2e-8)
        self.assertEqual((found.minimum, found.maximum), (1e-8, 3e-8))
        self.assertIsNone(found.lower_quartile)

    def test_bounds_alone_have_no_middle(self):
        found = self.conductivities("<1e-10", ">1e-12")
        self.assertEqual(len(found.values), 2)
        self.assertIsNone(found.median)
        self.assertEqual(str(found), "2 bounds shown, not counted.")

    def test_the_middle_of_conductivities_is_geometric(self):
        found = self.conductivities("1e-10–1e-8", "1e-10–1e-8", "1e-4")
        self.assertAlmostEqual(found.median / 1e-9, 1)
        self.assertEqual((found.minimum, found.maximum), (1e-10, 1e-4))
        found = self.conductivities("1e-7")
        self.assertAlmostEqual(found.median / 1e-8, 1)

    def test_the_quartiles_of_conductivities_are_geometric(self):
        found = self.conductivities("1e-8", "1e-6", "1e-4", "1e-2", "1")
        self.assertEqual(
            (found.lower_quartile, found.median, found.upper_quartile),
            (1e-6, 1e-4, 1e-2),
        )
        self.assertIn("Middle half: 10⁻⁶–10⁻²", str(found))
        self.assertEqual(found.strip.median, 50)

    def test_beside_a_conductivity_of_zero_the_middle_is_that_of_the_numbers(self):
        found = self.conductivities("0", "1e-8", "1e-4", "3e-4")
        self.assertEqual(found.median, (1e-8 + 1e-4) / 2)
        self.assertEqual((found.minimum, found.maximum), (0, 3e-4))

    def test_two_values_are_too_few_for_a_median(self):
        found = self.conductivities("1e-8", "1e-7")
        self.assertEqual((found.median, found.minimum), (None, None))
        self.assertEqual(str(found), "2 values, too few for a median.")

    def test_four_values_have_quartiles(self):
        for text in ("0.8", "0.9", "1.2", "1.4 Å"):
            create_measurement(
                process=self.process, property="growth_per_cycle", value=text
            )
        found = consensus("growth_per_cycle", self.process)
        self.assertEqual(found.median, 1.0)  # with the process's own ~1 Å
        self.assertEqual((found.lower_quartile, found.upper_quartile), (0.9, 1.2))

        process = create_process()
        for celsius in ("100", "110", "120", "130"):
            create_recipe(process, deposition_temperature=celsius)
        found = consensus("deposition_temperature", process)
        self.assertEqual((found.lower_quartile, found.upper_quartile), (107.5, 122.5))

    def test_a_median_between_two_numbers_is_not_rounded_to_either(self):
        process = create_process()
        for celsius in ("100", "125", "140", "150"):
            create_recipe(process, deposition_temperature=celsius)
        found = str(consensus("deposition_temperature", process))
        self.assertIn("132.5\N{NO-BREAK SPACE}°C", found)

    def test_computed_numbers_have_no_more_digits_than_sources_state(self):
        found = self.conductivities("1e-9", "1.2345e-8", "1e-7")
        self.assertIn("1.23 × 10⁻⁸ S", str(found).replace("\xa0", " "))
        process = create_process()
        for celsius in ("100", "123.456", "150"):
            create_recipe(process, deposition_temperature=celsius)
        found = str(consensus("deposition_temperature", process))
        self.assertIn("Median of 3 values: 123.5\xa0°C.", found)

    def test_all_properties_of_fetched_rows_need_no_query(self):
        self.conductivities("1e-8", "<1e-10", "~3e-8")
        create_measurement(
            process=self.process, property="growth_per_cycle", value="0.8 Å"
        )
        create_measurement(
            process=self.process, property="activation_energy", value="0.6 eV"
        )
        processes = list(DepositionProcess.objects.published().for_list())
        measurements = list(PropertyMeasurement.objects.published().for_list())
        with self.assertNumQueries(0):
            found = consensuses(processes, measurements)
            strips = [one.strip for one in found]
        self.assertEqual(
            [one.property for one in found], ["ionic_conductivity", "growth_per_cycle"]
        )
        self.assertEqual([len(one.rows) for one in strips], [3, 2])
        self.assertIn("10⁻⁸", [label for _, label in strips[0].ticks])

    def test_a_consensus_tells_median_spread_and_what_is_left_out(self):
        self.assertEqual(
            str(self.conductivities("1e-8", "<1e-10", "~3e-8", "2e-8")).replace(
                "\xa0", " "
            ),
            "Median of 3 values: 2 × 10⁻⁸ S cm⁻¹. Spread: 1–3 × 10⁻⁸ S cm⁻¹. "
            "1 bound shown, not counted.",
        )
        self.conductivities("1e-6", disputed=True)
        self.assertIn(
            "1 bound and 1 disputed value shown, not counted.",
            str(self.conductivities()),
        )

    def test_a_series_of_one_study_has_no_median(self):
        found = self.conductivities("1e-8", "3e-8", studies=[self.primary])
        self.assertEqual((found.median, found.minimum), (None, None))
        self.assertIsNone(found.strip.median)
        self.assertEqual(str(found), "All values are of one study.")
        found = self.conductivities("<1e-10", "<1e-11")
        self.assertEqual(
            str(found),
            "All counted values are of one study. 2 bounds shown, not counted.",
        )
        found = self.conductivities("4e-8", studies=[self.primary])
        self.assertIsNone(found.median)
        self.assertIsNotNone(self.conductivities("2e-8").median)

    def test_what_a_process_states_counts_with_its_source(self):
        create_recipe(self.process, deposition_temperature="300 °C")
        for subject in (self.process, self.material):
            found = consensus("deposition_temperature", subject)
            value, _ = found.values
            self.assertEqual((value.low, value.high, value.qualifier), (80, 200, "="))
            self.assertEqual((value.source, value.locator), (self.review, "Table 1"))
            self.assertEqual(value.study_label, self.primary.label)
            self.assertEqual(value.midpoint, 140)

    def test_the_same_value_of_a_study_counts_once(self):
        create_measurement(
            process=self.process,
            property="growth_per_cycle",
            value="~1.0 Å",
            source=self.primary,
        )
        self.assertIsNone(consensus("growth_per_cycle", self.process))
        create_measurement(
            process=self.process, property="growth_per_cycle", value="~1 Å"
        )
        found = consensus("growth_per_cycle", self.process)
        self.assertEqual(len(found.values), 2)
        self.assertEqual(found.values[0].record, self.process)

    def test_a_value_names_all_its_primary_works_or_its_source(self):
        works = [create_study(year=year) for year in (2012, 2011)]
        self.conductivities("1e-8", studies=works)
        found = self.conductivities("2e-8", studies=[])
        self.assertEqual(
            [value.study_label for value in found.values],
            ["; ".join(work.label for work in works), self.review.label],
        )

    def test_a_material_has_the_values_of_its_processes_and_coatings(self):
        create_measurement(coating=self.coating, value="1e-8", source=self.review)
        create_measurement(process=self.process, value="2e-8", source=self.review)
        create_measurement(value="5e-8")  # of another material
        found = self.conductivities("4e-8")
        self.assertEqual([value.low for value in found.values], [1e-8, 2e-8, 4e-8])
        found = consensus("ionic_conductivity", self.process)
        self.assertEqual([value.low for value in found.values], [1e-8, 2e-8])

    def test_drafts_do_not_count(self):
        draft = create_study(status="draft")
        self.conductivities("4e-8", "5e-8")
        found = self.conductivities("1e-8", source=draft)
        self.assertEqual([value.low for value in found.values], [4e-8, 5e-8])
        create_recipe(self.process, deposition_temperature="300 °C")
        hidden = create_process(
            self.material, source=draft, deposition_temperature="50"
        )
        create_coating(hidden, source=self.review)  # makes the process public
        found = consensus("deposition_temperature", self.material)
        self.assertEqual([value.low for value in found.values], [80, 300])
