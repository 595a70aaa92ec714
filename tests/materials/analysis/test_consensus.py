from django.test import TestCase

from materials.analysis.consensus import consensuses
from materials.choices import Property
from materials.models import DepositionProcess, PropertyMeasurement
from tests.factories import (
    create_coating,
    create_element,
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
        self.assertEqual(str(found), "2 values shown, not counted: 2 bounds.")

    def test_the_end_of_a_series_is_no_typical_value(self):
        found = self.conductivities("1e-8", "2e-8", "4e-8", "up to 5e-7", "max. 3e-7")
        self.assertEqual((found.median, found.maximum), (2e-8, 4e-8))
        self.assertEqual(found.reasons, [("limit", 2)])
        self.assertIn("2 ends of a series", str(found))

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

    def test_two_studies_are_too_few_for_a_median(self):
        found = self.conductivities("1e-8", "1e-7")
        self.assertEqual((found.median, found.minimum), (None, None))
        self.assertEqual(str(found), "Values of 2 studies, too few for a median.")

    def grow(self, process, *texts, name="growth_per_cycle", **fields):
        """What there is to say once these values too are measured of a process."""
        for text in texts:
            if name == "deposition_temperature":
                create_recipe(process, deposition_temperature=text, **fields)
            else:
                create_measurement(process=process, property=name, value=text, **fields)
        return consensus(name, process)

    def test_four_studies_have_quartiles(self):
        found = self.grow(self.process, "0.8", "0.9", "1.2", "1.4 Å")
        self.assertEqual(found.median, 1.0)  # with the process's own ~1 Å
        self.assertEqual((found.lower_quartile, found.upper_quartile), (0.9, 1.2))
        found = self.grow(create_process(), "1.00", "1.10", "1.20", "1.30")
        self.assertEqual((found.lower_quartile, found.upper_quartile), (1.075, 1.225))

    def test_a_study_has_one_vote_however_many_values_it_states(self):
        study = create_study()
        self.conductivities("1e-8", "1e-8", "3e-8", "1e-4", studies=[self.primary])
        found = self.conductivities("1e-7", "1e-6", studies=[study])
        self.assertIsNone(found.median)  # five values of two studies
        found = self.conductivities("1e-2")
        self.assertEqual(found.study_count, 3)
        # The middles of the studies are 3e-8, of 1e-7 and 1e-6, and 1e-2.
        self.assertAlmostEqual(found.median / 1e-6, 10**-0.5)
        self.assertEqual((found.minimum, found.maximum), (1e-8, 1e-2))
        self.assertIn("Median of 3 studies, one vote each:", str(found))
        # What an article says of two is a vote of both.
        works = [create_study(), create_study()]
        found = self.conductivities("1e-1", studies=works, source=study)
        self.assertEqual(found.study_count, 5)
        self.assertEqual(found.median, 1e-2)

    def test_values_of_one_temperature_alone_are_counted(self):
        self.conductivities("1e-8", temperature="RT")
        self.conductivities("2e-8", temperature="303 K")
        self.conductivities("4e-8", temperature="20 °C")
        self.conductivities("1e-3", temperature="100 °C")
        self.conductivities("2e-3", temperature="31 °C")
        self.conductivities("3e-3", temperature="20–80 °C")
        found = self.conductivities("1e-2")
        self.assertEqual((found.median, found.celsius), (2e-8, 25))
        self.assertEqual(
            found.reasons,
            [
                ("other_temperature", 2),
                ("several_temperatures", 1),
                ("no_temperature", 1),
            ],
        )
        self.assertIn("Median of 3 studies at 25\xa0°C, one vote each", str(found))
        self.assertIn("2 at another temperature, 1 of several temp", str(found))
        # Where most studies state no temperature, these are alike.
        self.conductivities("1e-2", "1e-2")
        found = self.conductivities("1e-2")
        self.assertEqual((found.median, found.celsius), (1e-2, None))
        self.assertEqual([value.low for value in found.left_out[:1]], [1e-8])

    def test_values_of_one_condition_alone_are_counted(self):
        self.conductivities("1e-3", condition="after 100 cycles")
        self.conductivities("1e-8", condition="In air.")
        found = self.conductivities("2e-8", "4e-8", condition="in air")
        self.assertEqual(found.median, 2e-8)
        self.assertEqual(found.reasons, [("other_condition", 1)])

    def test_what_a_review_sums_up_is_no_vote(self):
        found = self.conductivities("1e-8", "2e-8", "3e-8")
        works = [create_study(), create_study()]
        self.conductivities("1e-6–1e-4", studies=works)
        self.conductivities("1e-5", studies=works)
        self.conductivities("1e-3", studies=[])
        found = self.conductivities("1e-9–2e-9", studies=[create_study()])
        self.assertEqual((found.study_count, found.maximum), (4, 3e-8))
        self.assertEqual(found.reasons, [("summary", 3)])

    def test_contents_are_of_one_element(self):
        lithium, oxygen = create_element("Li", 3), create_element("O", 8)
        for element, texts in ((lithium, ("10", "20", "40")), (oxygen, ("50", "60"))):
            fields = {"element": element, "name": "atomic_content"}
            self.grow(self.process, *texts, **fields)
        measurements = PropertyMeasurement.objects.published().for_list()
        found = {one.name: one.median for one in consensuses([], measurements)}
        self.assertEqual(
            found, {"Atomic content of Li": 20, "Atomic content of O": None}
        )

    def test_ratios_are_of_one_pair_of_elements(self):
        for condition, texts in (
            ("O per Al", ("1.5", "1.6")),
            ("Li per P", ("3", "2")),
        ):
            fields = {"condition": condition, "name": "atomic_ratio"}
            self.grow(self.process, *texts, **fields)
        measurements = PropertyMeasurement.objects.published().for_list()
        found = consensuses([], measurements)
        self.assertEqual([len(one.values) for one in found], [2, 2])

    def test_conditions_have_a_span_and_no_median(self):
        fields = {"name": "deposition_temperature"}
        found = self.grow(self.process, "90", "150", "~250", **fields)
        self.grow(self.process, "900", disputed=True, **fields)
        found = self.grow(self.process, "as low as 60 °C", "<400", **fields)
        self.assertIsNone(found.median)
        self.assertEqual((found.span.minimum, found.span.maximum), (60, 250))
        self.assertEqual(found.reasons, [("disputed", 1), ("bound", 1)])
        self.assertEqual(
            str(found).replace("\xa0", " "),
            "Span of 5 studies: 60–250 °C. What is chosen has no median. "
            "2 values shown, not counted: 1 disputed, 1 bound.",
        )
        self.assertIsNone(found.strip.median)
        found = self.grow(self.process, "1", "2", "3", "4", name="film_thickness")
        self.assertEqual((found.median, found.span.maximum), (None, 4))

    def test_a_median_between_two_numbers_is_not_rounded_to_either(self):
        found = str(self.grow(create_process(), "1.00", "1.25", "1.40", "1.50"))
        self.assertIn("1.325\N{NO-BREAK SPACE}Å", found)

    def test_computed_numbers_have_no_more_digits_than_sources_state(self):
        found = self.conductivities("1e-9", "1.2345e-8", "1e-7")
        self.assertIn("1.23 × 10⁻⁸ S", str(found).replace("\xa0", " "))
        found = str(self.grow(create_process(), "1", "1.23456", "1.5"))
        self.assertIn("Median of 3 studies, one vote each: 1.235\xa0Å", found)

    def test_all_properties_cost_the_same_for_many_values(self):
        self.conductivities("1e-8", "<1e-10", "~3e-8")
        for value in ("0.8 Å", "0.9 Å"):
            create_measurement(
                process=self.process, property="growth_per_cycle", value=value
            )
        create_measurement(
            process=self.process, property="activation_energy", value="0.6 eV"
        )
        processes = DepositionProcess.objects.published()
        measurements = PropertyMeasurement.objects.published()
        # the values; materials and processes that they are of, the steps of these;
        # studies, citations
        with self.assertNumQueries(6):
            found = consensuses(processes, measurements)
            strips = [one.strip for one in found]
            for value in found[0].values:
                self.assertTrue(value.study_label)
        self.assertEqual(
            [one.property for one in found], ["ionic_conductivity", "growth_per_cycle"]
        )
        self.assertEqual([len(one.rows) for one in strips], [3, 3])
        self.assertIn("10⁻⁸", [label for _, label in strips[0].ticks])

    def test_of_many_values_some_are_listed_and_all_count(self):
        texts = [f"{number}e-9" for number in range(1, 11)]
        self.conductivities(*texts, "<1e-12")
        rows = PropertyMeasurement.objects.published()
        (whole,) = consensuses([], rows)
        (few,) = consensuses([], rows, most=3)
        self.assertEqual([value.low for value in few.values], [None, 5e-9, 1e-8])
        self.assertEqual((few.value_count, len(few.values)), (11, 3))
        self.assertEqual(str(few), str(whole))
        self.assertEqual(few.study_count, 10)

    def test_a_consensus_tells_median_spread_and_what_is_left_out(self):
        self.assertEqual(
            str(self.conductivities("1e-8", "<1e-10", "~3e-8", "2e-8")).replace(
                "\xa0", " "
            ),
            "Median of 3 studies, one vote each: 2 × 10⁻⁸ S cm⁻¹. "
            "Spread: 1–3 × 10⁻⁸ S cm⁻¹. 1 value shown, not counted: 1 bound.",
        )
        self.conductivities("1e-6", disputed=True)
        found = self.conductivities()
        self.assertIn("2 values shown, not counted: 1 disputed, 1 bound.", str(found))
        self.assertEqual(
            [row.left_out for row in found.strip.rows],
            ["bound", None, None, None, "disputed"],
        )

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
        first = found.values[0].record
        self.assertEqual(first.get_absolute_url(), self.process.get_absolute_url())

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
        self.assertIsNone(consensus("ionic_conductivity", self.process))
        create_measurement(process=self.process, value="3e-8", source=create_study())
        create_measurement(value="5e-8")  # of another material
        found = self.conductivities("4e-8")
        self.assertEqual(
            [value.low for value in found.values], [1e-8, 2e-8, 3e-8, 4e-8]
        )
        found = consensus("ionic_conductivity", self.process)
        self.assertEqual([value.low for value in found.values], [1e-8, 2e-8, 3e-8])

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
