from io import StringIO

from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import TestCase

from literature.checks import CHECKS, Severity, all_problems, problems_of
from materials.models import ProcessStep, PropertyMeasurement
from precursors.models import Precursor
from tests.curated import load_literature
from tests.factories import (
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
            return create_cycling_test(
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
            return create_cycling_test(
                [
                    {"cycle_number": 1, "specific_capacity": "200"},
                    {
                        "cycle_number": 100,
                        "specific_capacity": final,
                        "capacity_retention": retention,
                    },
                ]
            )

        good = [
            cycle("80", "160"),
            cycle("80", "~170"),
            cycle(">80", "180"),
            cycle("80", ""),
            cycle("<80", "100"),
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
            return create_cycling_test(
                [{"capacity_retention": value, **place} for value in points]
            )

        good = [
            cycle("80 %", "80 %", cycle_number=100),
            cycle("80 %", "70 %"),
            create_cycling_test(
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
            step = {"precursor": precursor, "source_temperature": kept}
            return create_recipe(process, [step], deposition_temperature=text, **fields)

        good = [run("140 °C"), run(""), run("100", ""), run("100", notes="So it is.")]
        problem = self.assert_told(
            "recipe_is_not_colder_than_its_sources", run("100"), *good
        )
        self.assertIn("LiOtBu is kept at 140", problem.message)

    def test_recipe_is_of_a_usual_size(self):
        precursor = create_precursor()
        process = create_process(precursors=[precursor])

        def run(pulse, **fields):
            return create_recipe(
                process, [{"precursor": precursor, "pulse": pulse}], **fields
            )

        good = [run("0.1 s"), run(""), run("1 h", notes="So it is printed.")]
        problem = self.assert_told("recipe_is_of_a_usual_size", run("1 h"), *good)
        self.assertIn("Step 1: Pulse 3600", problem.message)

    def test_recipe_feeds_what_its_process_feeds(self):
        precursor = create_precursor("TMA")
        good, bad = (
            create_recipe(
                create_process(precursors=[precursor]), [{"precursor": precursor}]
            )
            for _ in range(2)
        )
        bad.process.steps.update(precursor=create_precursor("DEZ"))
        problem = self.assert_told("recipe_feeds_what_its_process_feeds", bad, good)
        self.assertIn("Step 1 feeds TMA", problem.message)

    def test_property_is_measured_of_what_has_it(self):
        good, bad = (create_measurement(coating=create_coating()) for _ in range(2))
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
        bad = create_precursor("GL", atoms, formula="C2H6O2", **fields)
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
            create_cycling_test(c_rate="40C"),
            create_cycling_test(c_rate="5000C", notes="Printed so."),
            create_cycling_test([{"cycle_number": 1, "capacity_retention": "<111 %"}]),
        ]
        points = [{"cycle_number": 9, "capacity_retention": "250 %"}]
        bad = create_cycling_test(points, c_rate="5000C")
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
        first = create_coating(thickness="5 nm", notes="Two samples.")
        same = {"process": first.process, "source": first.source}
        good = [
            first,
            create_coating(thickness="6 nm", **same),
            create_coating(thickness="5 nm", process=first.process),
            create_coating(thickness="5 nm", studies=[create_study()], **same),
        ]
        bad = create_coating(thickness="5 nm", **same)
        self.assert_told("coating_stands_once", bad, *good)

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

        make()
        # 37, one a check and model; 20 for what related paths lead to.
        with self.assertNumQueries(57):
            self.assertEqual(list(all_problems()), [])
        make()
        with self.assertNumQueries(57):
            self.assertEqual(list(all_problems()), [])


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
