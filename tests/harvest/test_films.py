"""What becomes of the recipes, films, cells and conclusions of a harvest."""

from tests.harvest.cases import BARE, COATED, GROWN, OTHER_STUDY, TAKEN, HarvestCase

FED = GROWN | {
    "deposition_temperature_c": 150,
    "pulse_s": {"TMA": 0.1, "H2O": 2},
    "purge_s": [5, 10],
    "reaction_wait_s": {"H2O": 1},
    "source_temperature_c": 40,
    "growth_mode": "self-limiting",
}
MEASURED = GROWN | {
    "kind": "property",
    "gpc_angstrom": None,
    "deposition_temperature_c": 150,
}


class FilmTests(HarvestCase):
    def found(self, table, field):
        return {row[field]: row for row in self.records(table)}

    def test_a_recipe_has_what_is_fed_in_each_step_by_precursor_or_place(self):
        plasma = GROWN | {
            "precursor_acronyms": ["TMA", "O2 plasma"],
            "plasma_exposure_s": 4,
            "plasma_power_w": 100,
        }
        self.run_command(FED, plasma, write=True)
        thermal, by_plasma = self.records("recipes")
        first, second = thermal["steps"]
        self.assertEqual(first["pulse"], "0.1 s")
        self.assertEqual((first["purge"], second["purge"]), ("5 s", "10 s"))
        self.assertEqual(second["wait"], "1 s")
        self.assertEqual(first["source_temperature"], "40 °C")
        self.assertEqual(thermal["growth_mode"], "saturating")
        [step] = by_plasma["steps"]
        self.assertEqual((step["position"], step["precursor"]), (2, "o2-plasma"))
        self.assertEqual((step["plasma_time"], step["plasma_power"]), ("4 s", "100 W"))
        self.assertEqual(by_plasma["activation"], "plasma")

    def test_a_value_of_a_step_that_the_process_does_not_have_skips_the_record(self):
        report = self.run_command(FED | {"pulse_s": {"TiCl4": 1}})
        self.assertIn("the process has no step for “TiCl4”: line 1", report)

    def test_a_film_is_of_the_recipe_that_it_does_not_contradict(self):
        hot = MEASURED | {"deposition_temperature_c": 200, "density_g_cm3": 3.1}
        self.run_command(FED, MEASURED | {"density_g_cm3": 3.0}, hot, write=True)
        warm, cold = (r["slug"] for r in self.records("recipes"))
        self.assertEqual(
            self.found("measurements", "value")["3 g cm⁻³"]["recipe"], warm
        )
        self.assertEqual(
            self.found("measurements", "value")["3.1 g cm⁻³"]["recipe"], cold
        )

    def test_a_film_that_fits_two_recipes_has_one_of_its_own(self):
        longer = FED | {"pulse_s": {"TMA": 3}}
        self.run_command(FED, longer, MEASURED | {"density_g_cm3": 3}, write=True)
        *others, own = self.records("recipes")
        self.assertEqual(len(others), 2)
        self.assertNotIn("steps", own)
        measured = self.found("measurements", "property")["density"]
        self.assertEqual(measured["recipe"], own["slug"])

    def test_contents_name_their_elements_uncertainties_and_limits(self):
        film = MEASURED | {
            "composition_at_percent": {"Al": 40, "H": 6.9},
            "composition_uncertainty_at_percent": {"Al": 1.5},
            "qualifiers": {"composition_at_percent.H": "~", "Si": "<1"},
        }
        self.run_command(film, write=True)
        contents = {r["element"]: r["value"] for r in self.records("measurements")}
        self.assertEqual(
            contents, {"Al": "40 ± 1.5 at.%", "H": "~6.9 at.%", "Si": "<1 at.%"}
        )

    def test_what_a_study_took_from_earlier_work_is_no_recipe_of_its(self):
        where = {"source": {"where": "Table 1 (collected there from earlier work)"}}
        self.run_command(GROWN | where, write=True)
        [measured] = self.records("measurements")
        self.assertEqual(measured["temperature"], "100–150 °C")
        self.assertNotIn("recipe", measured)
        self.assertEqual(self.records("recipes"), [])

    def test_a_coverage_that_the_quote_prints_is_not_computed(self):
        film = MEASURED | {"step_coverage_nm": {"top": 50, "bottom": 40}}
        self.run_command(film | {"quote": "40 nm (80%) below"}, write=True)
        *_, coverage = self.records("measurements")
        self.assertEqual(coverage["value"], "80%")
        self.assertNotIn("reading", coverage)

    def test_thicknesses_along_a_feature_give_its_coverage(self):
        film = MEASURED | {
            "step_coverage_nm": {"top": 50, "bottom": 40},
            "aspect_feature": "pillars, 50 µm high, 2 µm diameter",
        }
        self.run_command(film, write=True)
        top, bottom, coverage, ratio = self.records("measurements")
        self.assertEqual(top["condition"], f"top of {film['aspect_feature']}")
        self.assertEqual(bottom["value"], "40 nm")
        self.assertEqual((coverage["value"], coverage["reading"]), ("80 %", "computed"))
        self.assertEqual((ratio["property"], ratio["value"]), ("aspect_ratio", "25"))

    def test_a_coating_says_how_it_was_grown_and_stands_apart_by_it(self):
        film = COATED | {"thickness_nm": None, "technique": "ALD on powder"}
        film |= {"crystallinity": "amorphous"}
        annealed = film | {"anneal": "~400 °C", "crystallinity": "anatase"}
        self.run_command(film, annealed, write=True)
        plain, treated = self.records("coatings")
        self.assertEqual(plain["deposited_on"], "powder")
        self.assertEqual(treated["anneal_temperature"], "~400 °C")
        self.assertEqual(
            (treated["crystallinity"], treated["phase"]), ("crystalline", "anatase")
        )
        self.assertEqual(plain["crystallinity"], "amorphous")

    def test_more_cycles_than_a_number_are_no_film_of_that_number(self):
        five = COATED | {"thickness_nm": None, "qualifiers": {}, "ald_cycles": 5}
        more = five | {"qualifiers": {"ald_cycles": ">"}, "c_rate": 2}
        self.run_command(five, more, write=True)
        one, other = self.records("coatings")
        self.assertEqual(one["deposition_cycle_count"], 5)
        self.assertNotIn("deposition_cycle_count", other)
        self.assertEqual(other["notes"][0], ">5 deposition cycles.")

    def test_a_film_without_a_size_is_the_only_sized_one_of_its_study(self):
        kept = {"kind": "coating", "thickness_nm": None, "crystallinity": "amorphous"}
        self.run_command(COATED, COATED | kept, write=True)
        [coating] = self.records("coatings")
        self.assertEqual(coating["thickness"], "~2 nm")
        self.assertEqual(coating["crystallinity"], "amorphous")

    def test_methods_that_are_printed_together_are_told_apart(self):
        film = COATED | {"kind": "coating", "characterization": ["TEM/EDS"]}
        self.run_command(film, write=True)
        [coating] = self.records("coatings")
        self.assertEqual(coating["characterization_as_reported"], "TEM, EDS")

    def test_a_comparison_in_words_is_said_of_the_coating_and_is_no_test(self):
        self.add_words(
            "findings",
            "steady: [{aspect: other, direction: better, statement: It is even.}]",
        )
        no_result = {"retention_percent": None, "cycles": None, "c_rate": 2}
        coated = COATED | no_result | {"outcome": "steady", "cell": "Li-S"}
        bare = BARE | {"c_rate": 2, "voltage_window_v": [1, 3]}
        self.run_command(coated, bare, write=True)
        self.assertEqual(self.records("cycling-tests"), [])
        [coating], [finding] = self.records("coatings"), self.records("findings")
        self.assertEqual(finding["coating"], coating["slug"])
        self.assertIn("Cell: Li-S.", coating["notes"])
        self.assertIn("Also stated: C-rate 2C.", coating["notes"])
        self.assertIn("voltage window 1–3 V", str(coating["notes"]))

    def test_a_control_in_words_of_a_measured_film_is_a_test(self):
        self.run_command(COATED, BARE, write=True)
        control, coated = self.records("cycling-tests")
        self.assertNotIn("points", control)
        self.assertEqual(coated["control"], control["slug"])

    def test_a_cell_keeps_its_overpotentials_failure_loss_and_additive(self):
        cell = COATED | {
            "retention_percent": None,
            "capacity_loss_percent": 15,
            "overpotential_initial_mv": 20,
            "overpotential_mv": 50,
            "qualifiers": {"overpotential_mv": ">"},
            "failure_onset_cycles": 120,
            "electrolyte": "1 M NaClO4 in EC/DMC with 5 vol% FEC",
            "current_density": 0.2,
            "current_density_unit": "A/g",
        }
        self.run_command(cell, write=True)
        [test] = self.records("cycling-tests")
        last, first = test["points"]
        self.assertEqual(last["capacity_retention"], "85 %")
        self.assertIn("prints a loss of 15 %", last["remark"])
        self.assertEqual(
            (first["overpotential"], last["overpotential"]), ("20 mV", ">50 mV")
        )
        self.assertEqual(test["failure_cycles"], "120 cycles")
        self.assertEqual(test["electrolyte_additive"], "5 vol% FEC")
        self.assertEqual(test["current_density_ma_per_g"], "0.2 A g⁻¹")

    def test_an_average_is_no_value_of_one_cycle(self):
        average = {
            "coulombic_efficiency_percent": 99,
            "coulombic_efficiency_note": "average",
        }
        self.run_command(COATED | average, write=True)
        [test] = self.records("cycling-tests")
        retention, efficiency = test["points"]
        self.assertNotIn("first_cycle", retention)
        self.assertEqual(
            (efficiency["first_cycle"], efficiency["cycle_number"]), (1, 100)
        )

    def test_resistances_of_bare_and_coated_electrodes_are_linked(self):
        pair = {"kind": "property", "charge_transfer_resistance_ohm": 420, "cycles": 1}
        bare = BARE | pair | {"charge_transfer_resistance_ohm": 3948}
        self.run_command(COATED | pair, bare, write=True)
        control, coated = self.records("measurements")
        self.assertEqual(coated["control"], control["slug"])
        self.assertEqual(coated["condition"], "after 1 cycle at 0.5C")

    def test_what_is_concluded_becomes_findings(self):
        self.add_words(
            "findings",
            "smooth: [{aspect: other, direction: better, statement: It is even.}]",
        )
        dead = GROWN | {"gpc_angstrom": None, "no_growth": True}
        coated = COATED | {"outcome": "smooth"}
        bare = BARE | {"outcome": "rough"}
        self.run_command(coated, bare, dead, write=True)
        smooth, none = self.records("findings")
        self.assertEqual(smooth["statement"], "It is even.")
        self.assertEqual(smooth["coating"], self.records("coatings")[0]["slug"])
        self.assertEqual(none["statement"], "No Al2O3 grows from TMA and H2O.")
        self.assertEqual(none["process"], "al2o3-ald-tma-h2o")
        tests = self.records("cycling-tests")
        self.assertIn("Outcome: rough.", tests[0]["notes"])
        self.assertNotIn("Outcome: smooth.", tests[1].get("notes", []))

    def test_a_study_says_how_much_of_it_was_read(self):
        full = {"verified": "full-text", "source": {"where": "Table 1"}}
        other = COATED | {"study": OTHER_STUDY}
        self.run_command(COATED, other, write=True)
        self.run_command(GROWN | full, write=True)
        extents = [r["extent_read"] for r in self.records("studies")]
        self.assertEqual(extents, ["full_text", "abstract"])
        self.run_command(COATED, write=True)
        extents = [r["extent_read"] for r in self.records("studies")]
        self.assertEqual(extents, ["full_text", "abstract"])

    def test_what_no_quote_prints_is_said_to_be_spelled_by_us(self):
        quote = "films of ∼2 nm keep 90% after 100 cycles"
        self.run_command(COATED | {"quote": quote}, write=True)
        [coating], [test] = self.records("coatings"), self.records("cycling-tests")
        self.assertEqual(coating["thickness"], "∼2 nm")
        self.assertNotIn("notes", coating)
        self.assertEqual(test["points"][0]["capacity_retention"], "90%")
        self.assertEqual(
            test["notes"], ["Numbers of the source in our spelling: C-rate."]
        )

    def test_words_for_a_limit_stay(self):
        limit = {
            "ionic_conductivity_s_cm": 1e-8,
            "qualifiers": {"ionic_conductivity_s_cm": "up to"},
        }
        self.run_command(MEASURED | limit, write=True)
        [measured] = self.records("measurements")
        self.assertEqual(measured["value"], "up to 10⁻⁸ S cm⁻¹")

    def test_a_number_without_a_field_is_said_in_a_note(self):
        coated = COATED | {"kind": "coating", "voltage_window_v": [3, 4.2]}
        self.run_command(coated, write=True)
        [coating] = self.records("coatings")
        self.assertIn("voltage window 3–4.2 V", coating["notes"][0])

    def test_a_film_that_is_the_electrode_is_a_process_and_no_coating(self):
        film = {"scope": "electrode film made by ALD", "kind": "coating"}
        self.run_command(TAKEN | film | {"material_name": "ZnO"}, write=True)
        self.assertEqual(self.records("coatings"), [])
        [process] = self.records("processes")
        self.assertEqual(process["slug"], "zno-ald-precursors-not-reported")
