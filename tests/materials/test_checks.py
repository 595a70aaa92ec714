from io import StringIO

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from literature.checks import CHECKS, Severity, all_problems, problems_of
from materials.models import CyclingPoint, ProcessStep, PropertyMeasurement
from precursors.models import Precursor
from tests.curated import load_literature
from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_element,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_substrate,
    create_temperature,
)


def create_coated_test(points=(), **fields):
    return create_cycling_test(points, coating=create_coating(), **fields)


class CheckTests(TestCase):
    """Each check reports a bad record, and no good one."""

    def assert_told(self, name, bad, *good):
        """The check `name` alone complains, and of the record `bad` alone."""
        found = list(all_problems())
        self.assertEqual(
            {(problem.check.name, problem.instance) for problem in found}, {(name, bad)}
        )
        self.assertEqual({problem.check.name for problem in problems_of(bad)}, {name})
        for record in good:
            self.assertEqual(problems_of(record), [])
        return found[0]

    def test_cycles_times_growth_is_thickness(self):
        process = create_process(growth_per_cycle="1.0–1.2 Å")

        def coat(thickness, **fields):
            return create_coating(
                process, thickness=thickness, deposition_cycle_count=100, **fields
            )

        good = [coat("10"), coat("7.8"), coat("15"), coat("~12"), coat(">5"), coat("")]
        good.append(create_coating(process, thickness="90"))
        good.append(create_coating(deposition_cycle_count=3, thickness="90"))
        problem = self.assert_told(
            "cycles_times_growth_is_thickness", coat("100"), *good
        )
        self.assertEqual(problem.severity, Severity.WARNING)
        self.assertIn("would be 10–12", problem.message)

    def test_efficiency_is_at_most_100_percent(self):
        def cycle(text):
            return create_coated_test(
                [{"cycle_number": 7, "coulombic_efficiency": text}]
            )

        good = [cycle(text) for text in (">99", "100", "~100", "<101", "≤100")]
        for text in ("100.5", ">100", "99–101"):
            bad = cycle(text)
            problem = self.assert_told("efficiency_is_at_most_100_percent", bad, *good)
            self.assertEqual(problem.severity, Severity.ERROR)
            self.assertIn("cycle 7", problem.message)
            bad.delete()

    def test_measured_efficiency_is_at_most_100_percent(self):
        good = create_measurement(property="coulombic_efficiency", value=">99 %")
        self.assert_told(
            "measured_efficiency_is_at_most_100_percent",
            create_measurement(property="coulombic_efficiency", value="101 %"),
            good,
        )

    def test_retention_times_initial_is_final_capacity(self):
        def cycle(retention, final):
            return create_coated_test(
                [
                    {"cycle_number": 1, "specific_capacity": "200"},
                    {
                        "cycle_number": 100,
                        "specific_capacity": final,
                        "capacity_retention": retention,
                    },
                ]
            )

        of_the_second = cycle("80", "120")
        of_the_second.notes = "The retention is that of the second cycle."
        of_the_second.save()
        good = [
            cycle("80", "160"),
            cycle("80", "~170"),
            cycle(">80", "180"),
            cycle("80", ""),
            cycle("<80", "100"),
            create_coated_test(
                [
                    {"cycle_number": 1, "specific_capacity": "200"},
                    {
                        "first_cycle": 2,
                        "cycle_number": 100,
                        "specific_capacity": "120",
                        "capacity_retention": "80",
                    },
                ]
            ),
            of_the_second,
        ]
        bad = cycle("80", "120")
        problem = self.assert_told(
            "retention_times_initial_is_final_capacity", bad, *good
        )
        self.assertIn("~160", problem.message)

    def test_control_is_bare_and_of_the_same_study(self):
        study, electrode = create_study(), create_substrate()
        coating = create_coating()
        same = {"source": study, "electrode": electrode}
        bare = create_cycling_test(**same)
        coated = create_cycling_test(coating=coating, control=bare, **same)
        name = "control_is_bare_and_of_the_same_study"
        bad = create_cycling_test(coating=coating, control=coated, **same)
        self.assert_told(name, bad, bare, coated)
        bad.delete()
        bad = create_cycling_test(coating=coating, control=bare, electrode=electrode)
        self.assert_told(name, bad, bare, coated)

    def test_measured_control_is_bare_and_of_the_same_study(self):
        study, substrate = create_study(), create_substrate()
        same = {"source": study, "property": "interfacial_resistance"}
        bare = create_measurement(substrate=substrate, value="1710", **same)
        coated = {"coating": create_coating(), "value": "1"}
        good = create_measurement(control=bare, **coated, **same)
        name = "measured_control_is_bare_and_of_the_same_study"
        for words, bad in [
            ("not of a bare substrate", {"control": good, **same}),
            ("another property", {"control": bare, "source": study}),
            ("another study", {"control": bare, "property": same["property"]}),
        ]:
            with self.subTest(words):
                row = create_measurement(**coated, **bad)
                self.assertIn(words, self.assert_told(name, row, bare, good).message)
                row.delete()

    def test_each_cycle_has_one_value(self):
        def cycle(*points, **place):
            return create_coated_test(
                [{"capacity_retention": value, **place} for value in points]
            )

        good = [
            cycle("80 %", "80 %", cycle_number=100),
            cycle("80 %", "70 %"),
            create_coated_test(
                [
                    {"cycle_number": 100, "capacity_retention": "80 %"},
                    {"cycle_number": 100, "coulombic_efficiency": "99 %"},
                    {"cycle_number": 200, "capacity_retention": "70 %"},
                    {"time_h": 100, "capacity_retention": "75 %"},
                ]
            ),
        ]
        bad = cycle("80 %", "70 %", cycle_number=100)
        problem = self.assert_told("each_cycle_has_one_value", bad, *good)
        self.assertEqual(problem.severity, Severity.WARNING)
        self.assertIn("at cycle 100 is 70\xa0% and 80\xa0%", problem.message)

    def test_control_has_the_same_conditions(self):
        study, electrode = create_study(), create_substrate()
        same = {"source": study, "electrode": electrode}
        bare = create_cycling_test(c_rate="1C", **same)
        coated = {"coating": create_coating(), "control": bare} | same
        good = [
            create_cycling_test(c_rate="1C", **coated),
            create_cycling_test(**coated),
        ]
        bad = create_cycling_test(c_rate="2C", **coated)
        problem = self.assert_told("control_has_the_same_conditions", bad, *good)
        self.assertIn("C-rate", problem.message)

    def test_deposition_is_not_colder_than_a_source(self):
        precursor = create_precursor("LiOtBu")
        create_temperature(precursor, "140")
        create_temperature(precursor, "170", is_typical=False)

        def process(text, **fields):
            return create_process(
                precursors=[precursor], deposition_temperature=text, **fields
            )

        good = [
            process("140–200 °C"),
            process(""),
            process("100", notes="The line is short."),
        ]
        problem = self.assert_told(
            "deposition_is_not_colder_than_a_source", process("100–180 °C"), *good
        )
        self.assertIn("LiOtBu is kept at 140", problem.message)

    def test_recipe_is_not_colder_than_its_sources(self):
        precursor = create_precursor("LiOtBu")
        process = create_process(precursors=[precursor])

        def run(text, kept="140 °C", **fields):
            return create_recipe(
                process,
                [{"precursor": precursor, "source_temperature": kept}],
                deposition_temperature=text,
                source=process.source,
                **fields,
            )

        good = [run("140 °C"), run(""), run("100", ""), run("100", notes="So it is.")]
        problem = self.assert_told(
            "recipe_is_not_colder_than_its_sources", run("100"), *good
        )
        self.assertIn("LiOtBu is kept at 140", problem.message)

    def test_recipe_feeds_what_its_process_feeds(self):
        precursor = create_precursor("TMA")
        processes = [create_process(precursors=[precursor]) for _ in range(2)]
        good, bad = (
            create_recipe(process, [{"precursor": precursor}], source=process.source)
            for process in processes
        )
        bad.process.steps.update(precursor=create_precursor("DEZ"))
        problem = self.assert_told("recipe_feeds_what_its_process_feeds", bad, good)
        self.assertIn("Step 1 feeds TMA", problem.message)

    def test_property_is_measured_of_what_has_it(self):
        thickness = {"property": "film_thickness", "value": "50"}
        good, bad = (
            create_measurement(coating=create_coating(), **thickness) for _ in range(2)
        )
        PropertyMeasurement.objects.filter(pk=bad.pk).update(property="melting_point")
        bad.refresh_from_db()
        problem = self.assert_told("property_is_measured_of_what_has_it", bad, good)
        self.assertIn("measured of precursor, not of coating", problem.message)

    def test_cas_number_has_its_check_digit(self):
        numbers = {"cas_number": "75-24-1", "identifiers_source": "Table"}
        good = create_precursor("TMA", **numbers)
        bad = create_precursor("DEZ")
        Precursor.objects.filter(pk=bad.pk).update(
            **numbers | {"cas_number": "557-20-1"}
        )
        bad.refresh_from_db()
        self.assert_told("cas_number_has_its_check_digit", bad, good)

    def test_formula_and_elements_agree(self):
        lithium, fluorine = create_element("Li", 3), create_element("F", 9)
        good = [
            create_material("LiF", [lithium, fluorine], formula="LiF"),
            create_material("LiMxO2", [lithium], formula="LiMxO2"),
            create_precursor("TMA"),
        ]
        problem = self.assert_told(
            "formula_and_elements_agree",
            create_substrate("Li metal", [fluorine], formula="Li"),
            *good,
        )
        self.assertIn("has Li, but the elements are F", problem.message)

    def test_smiles_agrees_with_formula(self):
        atoms = [create_element(*one) for one in (("C", 6), ("H", 1), ("O", 8))]
        fields = {"smiles": "C(CO)O", "identifiers_source": "a table"}
        good = create_precursor("EG", atoms, formula="C2H6O2", **fields)
        fields |= {"smiles": "COCO"}
        bad = create_precursor("GL", atoms, formula="C2H6O2", notes="Mixed.", **fields)
        Precursor.objects.filter(pk=bad.pk).update(formula="C3H8O3")
        bad.refresh_from_db()
        problem = self.assert_told("smiles_agrees_with_formula", bad, good)
        self.assertIn("not of C3H8O3", problem.message)

    def test_value_has_source_and_locator(self):
        good = create_measurement()
        bad = create_measurement(locator=" \t")
        self.assert_told("value_has_source_and_locator", bad, good)

    def test_value_is_of_a_usual_size(self):
        good = [
            create_measurement(value="1e-8"),
            create_measurement(value="<1e-14"),
            create_measurement(property="sei_thickness", value="20 nm"),
        ]
        self.assert_told(
            "value_is_of_a_usual_size", create_measurement(value="1e-15"), *good
        )

    def test_cycling_is_of_a_usual_size(self):
        good = [
            create_coated_test(c_rate="40C"),
            create_coated_test(c_rate="5000C", notes="Printed so."),
            create_coated_test([{"cycle_number": 1, "capacity_retention": "<111 %"}]),
        ]
        points = [{"cycle_number": 9, "capacity_retention": "250 %"}]
        bad = create_coated_test(points, c_rate="5000C")
        self.assert_told("cycling_is_of_a_usual_size", bad, *good)
        self.assertEqual(
            [problem.message for problem in problems_of(bad)],
            [
                "C-rate 5000C is above 100C, which is rare; is the unit right?",
                "At cycle 9: Capacity retention 250\N{NO-BREAK SPACE}% is above "
                "110\N{NO-BREAK SPACE}%, which is rare; is the unit right?",
            ],
        )

    def test_coated_electrode_is_the_one_tested(self):
        lithium, sodium = create_substrate(), create_substrate()
        coating = create_coating(substrate=lithium)
        good = [
            create_cycling_test(coating=coating, electrode=lithium),
            create_cycling_test(coating=coating, electrode=sodium, notes="Pressed."),
            create_cycling_test(coating=create_coating(), electrode=sodium),
        ]
        bad = create_cycling_test(coating=coating, electrode=sodium)
        self.assert_told("coated_electrode_is_the_one_tested", bad, *good)

    def test_coating_stands_once(self):
        study, review = create_study(), create_study()
        first = create_coating(thickness="5 nm", notes="Two samples.", source=study)
        same = {"process": first.process, "source": study}
        twice = {"thickness": "5 nm", "process": first.process}
        good = [
            first,
            create_coating(thickness="6 nm", **same),
            create_coating(thickness="~5 nm", **same),
            create_coating(thickness="5 nm", anneal_temperature="400 °C", **same),
            create_coating(thickness="5 nm", crystallinity="amorphous", **same),
            create_coating(source=review, **twice),
            create_coating(studies=[create_study()], **twice, source=study),
        ]
        name = "coating_stands_once"
        # Printed otherwise, and read in the review that cites the study.
        for fields in ({"source": study}, {"source": review, "studies": [study]}):
            bad = create_coating(**twice | {"thickness": "50 Å"} | fields)
            self.assertIn(first.slug, self.assert_told(name, bad, *good).message)
            bad.delete()

    def test_process_stands_once(self):
        acronyms = ("LiOtBu", "TMP", "H2O")
        lithium, phosphate, water = (create_precursor(name) for name in acronyms)
        film = create_material()
        good = [
            create_process(film, [lithium, phosphate, water], notes="Another order."),
            create_process(film, [lithium, phosphate]),
            create_process(None, [lithium, water, phosphate]),
            create_process(film, [lithium, water, phosphate], method="mld"),
            create_process(film),
            create_process(film),
        ]
        bad = create_process(film, [lithium, water, phosphate])
        problem = self.assert_told("process_stands_once", bad, *good)
        self.assertIn(good[0].slug, problem.message)

    def test_bare_test_has_a_partner(self):
        bare = create_cycling_test()
        coated = create_coated_test(
            control=bare, source=bare.source, electrode=bare.electrode
        )
        good = [bare, coated, create_cycling_test(notes="Shows the electrolyte.")]
        problem = self.assert_told(
            "bare_test_has_a_partner", create_cycling_test(), *good
        )
        self.assertEqual(problem.severity, Severity.WARNING)

    def test_process_lists_the_studies_of_its_values(self):
        review, listed, other = (create_study() for _ in range(3))

        def process(**fields):
            return create_process(source=review, studies=[listed], **fields)

        good = process()
        growth = {"property": "growth_per_cycle", "value": "1 Å"}
        create_measurement(process=good, source=listed, **growth)
        create_measurement(process=good, source=review, **growth | {"value": "2 Å"})
        create_measurement(
            process=good, source=other, studies=[listed], **growth | {"value": "3 Å"}
        )
        # How a film conducts is no value of its process.
        create_measurement(coating=create_coating(good, source=other), source=other)
        for where in ("measurement", "coating", "film", "recipe"):
            with self.subTest(where):
                bad = process()
                if where == "measurement":
                    rows = [
                        create_measurement(process=bad, source=other, **growth),
                        create_measurement(process=bad, source=other, value="1e-9"),
                    ]
                elif where == "coating":
                    film = create_coating(bad, source=other)
                    rows = [create_measurement(coating=film, source=other, **growth)]
                    rows += [film]
                elif where == "film":
                    rows = [
                        create_coating(bad, source=other, deposition_temperature="90")
                    ]
                else:
                    rows = [create_recipe(bad, source=review, studies=[other])]
                problem = self.assert_told(
                    "process_lists_the_studies_of_its_values", bad, good
                )
                self.assertEqual(problem.severity, Severity.ERROR)
                self.assertIn(f"{other.slug} reported {rows[0].slug}", problem.message)
                self.assertEqual(where == "measurement", "1 more" in problem.message)
                for row in rows:
                    row.delete()

    def test_value_stands_once(self):
        film, review = create_material(), create_study()

        def growth(value, study=None, **fields):
            fields = {"property": "deposition_temperature"} | fields
            source = study or create_study()
            return create_measurement(
                material=film, value=value, source=source, **fields
            )

        study, reviewed = create_study(), create_study()
        create_citation(review, 7, reviewed)
        first = growth("89–332 °C", study)
        good = [
            first,
            growth("89–332 °C", notes="Also given in Østreng et al."),
            growth("90–332 °C"),
            growth("89–332 °C", condition="in air"),
            create_measurement(property="deposition_temperature", value="89–332 °C"),
            growth("200 °C"),
            growth("200 °C"),  # by chance
            growth("225 °C"),
            growth("225 °C"),
            growth("0.6 eV", property="activation_energy"),
            growth("0.6 eV", property="activation_energy"),
            growth("200 °C", reviewed),
            growth("150 °C", study),
            growth("150 °C", study, condition="", locator="Table 2"),
        ]
        name, others = "value_stands_once", []
        for value, fields, twin in [
            ("89–332 °C", {}, first),  # too many digits for chance
            ("200 °C", {"study": review}, good[11]),  # which it cites
            ("150 °C", {"study": review, "studies": [study]}, good[12]),  # read twice
        ]:
            with self.subTest(value):
                bad = growth(value, **fields)
                found = [*all_problems()]
                self.assertEqual({problem.check.name for problem in found}, {name})
                told = {problem.instance for problem in found}
                self.assertTrue({bad, twin} <= told <= {bad, *good})
                self.assertIn(twin.slug, str(problems_of(bad)))
                bad.notes = "Found independently."
                bad.save()
                self.assertEqual([*all_problems()], [])
                others.append(bad)

    def test_deposition_temperature_stands_once(self):
        process = create_process()

        def run(text, study=None, of=process, **fields):
            source = study or of.source
            return create_recipe(
                of, deposition_temperature=text, source=source, **fields
            )

        studies = [create_study() for _ in range(4)]
        process.studies.set(studies)
        first, second, third, fourth = studies
        good = [
            run("89–332 °C", first),
            run("89–332 °C", third, notes="Independently of the others."),
            run("89–330 °C", second),
            run("225 °C", first),
            run("225 °C", second),
            run("", first),
            run("", second),
            run("89–332 °C", of=create_process()),
        ]
        bad = run("89–332 °C", fourth)
        found = [*all_problems()]
        self.assertEqual({problem.instance for problem in found}, {bad, good[0]})
        [problem] = problems_of(bad)
        self.assertEqual(problem.check.name, "deposition_temperature_stands_once")
        self.assertIn(good[0].slug, problem.message)
        for record in good[1:]:
            self.assertEqual(problems_of(record), [])

    def test_text_reads_as_its_numbers(self):
        good = create_measurement(value="3.6–5 × 10−8 S/cm")
        name = "text_reads_as_its_numbers"
        for words, numbers in [
            ("reads as", {"value_min": 1e-9}),
            ("is not read", {"value_as_reported": "some"}),
        ]:
            bad = create_measurement(value="3.6–5 × 10−8 S/cm")
            PropertyMeasurement.objects.filter(pk=bad.pk).update(**numbers)
            bad.refresh_from_db()
            problem = self.assert_told(name, bad, good)
            self.assertEqual(problem.severity, Severity.ERROR)
            self.assertIn(words, problem.message)
            bad.delete()
        test = create_coated_test([{"cycle_number": 3, "overpotential": "20 mV"}])
        CyclingPoint.objects.update(overpotential_max_mv=30)
        problem = self.assert_told(name, test.points.get(), test)
        self.assertEqual(problem.name, f"cycling point cycle 3 of {test.slug}")

    def test_typical_temperature_is_no_end_of_a_series(self):
        good = [create_temperature(create_precursor(), "140–150 °C")]
        good += [
            create_temperature(create_precursor(), "up to 140 °C", is_typical=False)
        ]
        bad = create_temperature(create_precursor(), "up to 140 °C")
        self.assert_told("typical_temperature_is_no_end_of_a_series", bad, *good)

    def test_end_of_a_series_says_so(self):
        note = "The highest of the films."
        good = [
            create_measurement(value="up to 5e-7", notes=note),
            create_measurement(value="<5e-7", notes=note),
            create_measurement(value="5e-7", notes="Deposited at the highest power."),
        ]
        bad = create_measurement(value="5e-7", notes=note)
        problem = self.assert_told("end_of_a_series_says_so", bad, *good)
        self.assertIn("“up to …”", problem.message)

    def test_name_stands_once(self):
        create_material("Li–HQ", slug="one")
        good = create_material("Li–EG")
        create_substrate("Li-EG")  # which is no material
        bad = create_material("LiHQ", slug="two")
        found = [*all_problems()]
        self.assertEqual(
            {problem.check.name for problem in found}, {"name_stands_once"}
        )
        self.assertEqual(len(found), 2)
        [problem] = problems_of(bad)
        self.assertEqual(problem.severity, Severity.ERROR)
        self.assertEqual(problems_of(good), [])

    def test_name_is_no_synonym_of_another(self):
        oxygen = create_element("O", 8)
        formula = {"formula": "O2", "elements": [oxygen]}
        good = [
            create_precursor("TMA", name="trimethylaluminum", synonyms=["AlMe3"]),
            create_precursor("O2", name="oxygen", **formula),
            create_precursor("O2-plasma", precursor_class="plasma", **formula),
            create_precursor("TMAl", name="TM-Al", synonyms=["TMA"], notes="Differs."),
        ]
        good[0].notes = "Named so in a thesis, too."
        good[0].save()
        bad = create_precursor("Al-Me3", name="trimethylalane")
        problem = self.assert_told("name_is_no_synonym_of_another", bad, *good)
        self.assertIn("tma has its name", problem.message)

    def test_formula_stands_once(self):
        symbols = [("Li", 3), ("Ni", 28), ("Mn", 25), ("Co", 27), ("O", 8)]
        atoms = [create_element(*one) for one in symbols]
        cathode = {"formula": "LiNi0.8Mn0.1Co0.1O2", "elements": atoms}
        good = [
            create_substrate("NMC powder", notes="Powder.", **cathode),
            create_substrate("NMC electrode", notes="Electrode.", **cathode),
            create_precursor("O2", formula="O2", elements=[atoms[-1]]),
            create_precursor(
                "O2-plasma",
                formula="O2",
                elements=[atoms[-1]],
                precursor_class="plasma",
            ),
        ]
        spelled = cathode | {"formula": "LiNi0.8Co0.1Mn0.1O2"}
        bad = create_substrate("NCM811", **spelled)
        problem = self.assert_told("formula_stands_once", bad, *good)
        self.assertEqual(problem.severity, Severity.WARNING)
        bad.delete()
        for count in (1, 2):  # a second wafer of one formula is no problem
            create_substrate(f"Wafer {count}", formula="Co", elements=[atoms[3]])
        self.assertEqual([*all_problems()], [])

    def test_structure_stands_once(self):
        atoms = [create_element(*one) for one in (("C", 6), ("H", 1), ("O", 8))]
        key = {"inchi_key": "LYCAIKOWRPUZTN-UHFFFAOYSA-N"}
        create_precursor("EG", atoms, formula="C2H6O2", notes="From one bottle.", **key)
        bad = create_precursor("MEG", **key)
        self.assertEqual(
            [problem.check.name for problem in problems_of(bad)],
            ["structure_stands_once"],
        )
        bad.precursor_class = "plasma"
        bad.save()
        self.assertEqual([*all_problems()], [])

    def test_study_stands_once(self):
        same = {"volume": "54", "pages": "10492–10503", "year": 2025}
        create_study(**same)
        good = [
            create_study(**same | {"pages": "10504"}),
            create_study(**same | {"authors": ["Curie, M."]}),
            create_study(**same | {"pages": ""}),
            create_study(**same | {"pages": ""}),
        ]
        bad = create_study(**same | {"journal": "J. Test", "pages": "10492"})
        self.assertEqual(len([*all_problems()]), 2)
        [problem] = problems_of(bad)
        self.assertEqual(problem.check.name, "study_stands_once")
        self.assertEqual(problem.severity, Severity.ERROR)
        for study in good:
            self.assertEqual(problems_of(study), [])

    def test_title_stands_once(self):
        good = create_study(title="TiO₂ films", notes="The preprint.")
        bad = create_study(title="TiO2 Films")
        problem = self.assert_told("title_stands_once", bad, good)
        self.assertIn(good.slug, problem.message)

    def test_steps_are_of_a_usual_size(self):
        step = {"precursor": create_precursor(), "pulse": "9000 s"}
        good = [
            create_recipe(steps=[step], notes="A long pulse."),
            create_recipe(steps=[step | {"pulse": "0.1 s"}]),
        ]
        bad = create_recipe(steps=[step | {"pulse": "1 s"}, step])
        problem = self.assert_told("steps_are_of_a_usual_size", bad, *good)
        self.assertIn("In step 2: Pulse 9000", problem.message)

    def test_vapor_pressure_is_possible(self):
        hydrogen, oxygen = create_element("H", 1), create_element("O", 8)
        water = create_precursor("H2O", [hydrogen, oxygen], formula="H2O")
        unknown = create_precursor("TMA")

        def pressure(value, temperature, precursor=water, **fields):
            return create_measurement(
                property="vapor_pressure",
                precursor=precursor,
                value=value,
                temperature=temperature,
                **fields,
            )

        boils = {"property": "boiling_point", "precursor": unknown}
        good = [
            create_measurement(value="125 °C", **boils),
            create_measurement(value="20 °C", disputed=True, **boils),
            pressure("23.4 mbar", "20 °C"),
            pressure("~30 Torr", "25 °C"),
            pressure("20–24 Torr", "RT"),
            pressure(">5 Torr", "20 °C"),
            pressure("760 Torr", "100 °C"),
            pressure("4.7 bar", "150 °C"),
            pressure("10–20 mbar", "RT", disputed=True),
            pressure("1 Torr", ""),
            pressure("10 Torr", "-100 °C"),  # outside the curve
            pressure("11 Torr", "20 °C", unknown),
            pressure("760 Torr", "125 °C", unknown),
            pressure("2 bar", "160 °C", unknown),
        ]
        for value, temperature, precursor, words in [
            ("10–20 mbar", "RT", water, "has 17.5–23.8"),
            ("<10 Torr", "20 °C", water, "has 17.5"),
            ("300 bar", "", water, "above the critical pressure of H2O, 165500"),
            (">30 Torr", "20 °C", water, "has 17.5"),
            ("2 bar", "60 °C", unknown, "yet it boils at 125"),
            ("10 Torr", "140 °C", unknown, "yet it boils at 125"),
        ]:
            with self.subTest(value):
                bad = pressure(value, temperature, precursor)
                problem = self.assert_told("vapor_pressure_is_possible", bad, *good)
                self.assertEqual(problem.severity, Severity.ERROR)
                self.assertIn(words, problem.message)
                bad.delete()

    def test_density_is_possible(self):
        def density(value, **fields):
            notes = "Printed so."
            return create_measurement(
                property="density", value=value, notes=notes, **fields
            )

        good = [density("3 g/cm3"), density("<0.2 g/cm3"), density("22.6")]
        good.append(density("300 g/cm3", disputed=True))
        for value in ("3000 g/cm3", "0.01 g/cm3"):
            bad = density(value)
            self.assert_told("density_is_possible", bad, *good)
            bad.delete()

    def test_contents_add_up(self):
        symbols = [("Al", 13), ("O", 8), ("H", 1), ("C", 6)]
        aluminum, oxygen, hydrogen, carbon = (create_element(*one) for one in symbols)
        film = create_material("Al2O3", [aluminum, oxygen, hydrogen])
        study = create_study()

        def contents(*values, **fields):
            fields = {"material": film, "source": study} | fields
            rows = [
                create_measurement(
                    property="atomic_content", element=element, value=value, **fields
                )
                for element, value in values
            ]
            return rows[0]

        other = {"condition": "after sputtering"}
        good = [
            contents((aluminum, "40 at.%"), (oxygen, "58 at.%")),
            contents((aluminum, "45 at.%"), (oxygen, "62 at.%"), source=create_study()),
            contents((aluminum, "30 at.%"), (carbon, "5 at.%"), **other),
            contents((aluminum, ">30 at.%"), (oxygen, "50 at.%"), locator="Fig. 2"),
            contents((aluminum, "90 at.%"), locator="Fig. 4"),
            contents((aluminum, "90 at.%"), locator="Fig. 4"),
        ]
        good[1].delete()
        name = "contents_add_up"
        for values, words in [
            ([(aluminum, "45 at.%"), (oxygen, "62 at.%")], "107 at.% together"),
            ([(aluminum, "40 at.%"), (oxygen, "50 at.%")], "all elements"),
        ]:
            bad = contents(*values, locator="Table 5")
            problem = self.assert_told(name, bad, *good)
            self.assertIn(words, problem.message)
            PropertyMeasurement.objects.filter(locator="Table 5").delete()

    def test_authors_have_the_family_name_first(self):
        good = [
            create_study(authors=authors)
            for authors in (["Østergård, J. M.", "et al."], ["Battery Team"], [])
        ]
        for author in ("J. M. Østergård", "J.-P. Sauvage"):
            bad = create_study(authors=["Noether, E.", author])
            problem = self.assert_told("authors_have_the_family_name_first", bad, *good)
            self.assertIn(f"“{author}” is not “Family, Given”", problem.message)
            bad.delete()

    def test_every_check_is_tested_and_says_what_it_wants(self):
        tests = {name.removeprefix("test_") for name in dir(self)}
        for check in CHECKS:
            with self.subTest(check.name):
                self.assertIn(check.name, tests)
                self.assertTrue(check.description.endswith("."))

    def test_an_unsaved_record_has_no_problems(self):
        self.assertEqual(problems_of(Precursor(cas_number="1")), [])

    def test_queries_do_not_grow_with_the_records(self):
        def make():
            precursor = create_precursor()
            create_temperature(precursor, "20")
            process = create_process(
                precursors=[precursor], deposition_temperature="100"
            )
            create_recipe(process, [{"precursor": precursor}])
            coating = create_coating(process, deposition_cycle_count=3)
            bare = create_cycling_test()
            create_cycling_test(
                coating=coating,
                control=bare,
                source=bare.source,
                electrode=bare.electrode,
            )
            create_recipe(process, [{"precursor": precursor}], source=process.source)
            film = create_material(elements=[carbon])
            content = {"property": "atomic_content", "element": carbon}
            create_measurement(material=film, value="99 at.%", **content)
            create_measurement(process=process, source=process.source)
            # What no check can forgive.
            create_measurement(
                precursor=precursor, property="vapor_pressure", value="2 bar"
            )
            create_coating(process, thickness="5 nm", source=process.source)
            create_coating(process, thickness="5 nm", source=process.source)
            create_coating(process, source=coating.source, deposition_temperature="90")

        carbon = create_element("C", 6)
        make()
        with CaptureQueriesContext(connection) as captured:
            problems = len([*all_problems()])
        self.assertGreater(problems, 2)
        make()
        with self.assertNumQueries(len(captured)):
            self.assertGreater(len([*all_problems()]), problems)
        # One a check and model; what related paths lead to; what is known of others.
        self.assertLess(len(captured), 130)


class CommandTests(TestCase):
    def run_command(self):
        out = StringIO()
        call_command("check_data", stdout=out, no_color=True)
        return out.getvalue()

    def test_the_curated_literature_has_no_errors(self):
        load_literature()
        self.assertIn(" 0 errors", self.run_command())

    def test_warnings_are_told_and_errors_fail(self):
        precursor = create_precursor("X")
        create_temperature(precursor, "200")
        process = create_process(deposition_temperature="100", slug="cold")
        ProcessStep.objects.create(process=process, position=1, precursor=precursor)
        self.assertIn("Warning: deposition process cold: X is kept", self.run_command())
        create_cycling_test([{"cycle_number": 1, "coulombic_efficiency": "101"}])
        with self.assertRaises(CommandError):
            self.run_command()
