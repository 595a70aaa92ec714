"""A made-up harvest, turned into fixtures in a folder of its own."""

import errno
import json
from io import StringIO
from pathlib import Path
from unittest import mock

from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import SimpleTestCase

import harvest
from harvest.fields import COUNTS, PARTS, UNCERTAINTIES, UNITS, WORDS
from tests.harvest.cases import (
    BARE,
    COATED,
    GROWN,
    OTHER_STUDY,
    STUDY,
    TAKEN,
    TITANIA,
    HarvestCase,
)


class SchemaTests(SimpleTestCase):
    def test_the_schema_has_every_key_that_is_read(self):
        keys = json.loads((Path(harvest.__file__).parent / "schema.json").read_text())
        read = {
            *UNITS,
            *PARTS,
            *WORDS,
            *COUNTS,
            *UNCERTAINTIES,
            *UNCERTAINTIES.values(),
        }
        self.assertLessEqual(read, keys["properties"].keys())


class HarvestTests(HarvestCase):
    def test_what_a_study_collects_from_another_one_is_that_of_the_other(self):
        carbonate = GROWN | {
            "material_name": "Li2CO3",
            "precursor_acronyms": ["Li-HMDS", "H2O", "CO2"],
        }
        del carbonate["gpc_angstrom"]
        said_itself = {
            "doi": "10.1039/C2RA20731A",
            "title": "Atomic layer deposition of lithium nitride and carbonate using "
            "lithium silylamide",
            "first_author": "Erik Østreng",
            "year": 2012,
        }
        collected = {
            "doi": "10.1039/c7ra07722j",
            "title": "Plasma-assisted and thermal atomic layer deposition of "
            "electrochemically active Li2CO3",
            "first_author": "N. Hornsveld",
            "year": 2017,
        }
        self.run_command(
            carbonate | {"study": said_itself},
            carbonate
            | {
                "study": collected,
                "source": {"where": "Table 1 (collected there, its ref. 17)"},
                "gpc_angstrom": [0.14, 0.41],
            },
            write=True,
        )
        (process,) = self.records("processes")
        self.assertEqual(process["studies"], ["ostreng-2012-lithium-nitride-carbonate"])
        [growth], [recipe] = self.records("measurements"), self.records("recipes")
        self.assertEqual(growth["studies"], process["studies"])
        self.assertEqual(growth["source"], "hornsveld-2017-plasma-assisted-thermal")
        self.assertEqual(recipe["source"], *process["studies"])
        self.assertIn("Also given in Hornsveld et al. 2017, Table 1.", recipe["notes"])

    def test_a_dry_run_reports_and_changes_nothing(self):
        before = sorted(self.fixtures.rglob("*"))
        report = self.run_command(COATED, BARE)
        self.assertIn("| `cycling-tests.yaml` | 2 | 0 | 0 | 0 |", report)
        self.assertIn("Nothing was written", report)
        self.assertEqual(sorted(self.fixtures.rglob("*")), before)

    def test_writing_twice_changes_nothing_and_a_correction_is_told(self):
        self.run_command(COATED, BARE, write=True)
        report = self.run_command(COATED | {"retention_percent": 91}, BARE)
        self.assertIn("| `cycling-tests.yaml` | 0 | 1 | 1 | 0 |", report)
        self.assertIn("| `studies.yaml` | 0 | 0 | 1 | 0 |", report)

    def test_records_of_an_earlier_harvest_are_kept(self):
        self.run_command(GROWN, write=True)
        report = self.run_command(COATED, BARE, write=True)
        self.assertIn("| `measurements.yaml` | 0 | 0 | 0 | 1 |", report)
        self.assertEqual(len(self.records("measurements")), 1)

    def test_what_studies_share_is_only_added_to(self):
        shared = COATED | {"material_name": "ZrO2", "precursor_acronyms": None}
        shared |= {"substrate": "LiCoO2", "cell": None}
        self.run_command(shared, write=True)
        first, second = (
            "noether-2021-films-that-were",
            "meitner-2022-quite-another-same",
        )
        report = self.run_command(shared | {"study": OTHER_STUDY}, write=True)
        slug = "zro2-ald-precursors-not-reported"
        self.assertIn(f"* changed: `processes.yaml`, {slug}: studies\n", report)
        [process] = self.records("processes")
        self.assertEqual(process["source"], first)
        self.assertEqual(process["studies"], [first, second])
        for name in ("materials", "substrates"):
            self.assertEqual([r["source"] for r in self.records(name)], [first])
        self.run_command(shared | {"study": OTHER_STUDY}, write=True)
        self.assertEqual(self.records("processes"), [process])

    def test_what_a_shared_record_lacks_is_added_and_what_differs_is_left(self):
        self.run_command(COATED, write=True)
        study = STUDY | {"journal": "Nature", "volume": "7"}
        report = self.run_command(COATED | {"study": study}, write=True)
        slug = "noether-2021-films-that-were"
        self.assertIn(f"* changed: `studies.yaml`, {slug}: volume\n", report)
        left = "* left as it is, though the harvest differs: `studies.yaml`, "
        self.assertIn(f"{left}{slug}: journal\n", report)
        [record] = self.records("studies")
        self.assertEqual((record["journal"], record["volume"]), ("Nano Lett.", "7"))

    def test_one_line_of_an_earlier_harvest_changes_nothing(self):
        measured = GROWN | {
            "kind": "property",
            "precursor_acronyms": None,
            "activation_energy_ev": 0.5,
        }
        self.add_words("notes", "small: {say: The smaller.}", "large: {say: Larger.}")
        large = COATED | {"note": "large", "retention_percent": 95}
        harvest = [COATED | {"note": "small"}, large, BARE, GROWN, measured]
        self.run_command(*harvest, write=True)
        before = self.written()
        self.assertEqual(len(self.records("cycling-tests")), 3)
        for number, entry in enumerate(harvest):
            with self.subTest(number):
                self.run_command(entry, write=True)
                self.assertEqual(self.written(), before)
        report = self.run_command(measured)
        left = "-activation-energy-0-5: material, process, recipe\n"
        self.assertIn(left, report)

    def test_a_test_becomes_what_its_corrected_line_says(self):
        self.run_command(COATED | {"value_stated": False}, BARE, write=True)
        corrected = COATED | {"retention_percent": 91, "voltage_window_v": [3, 4]}
        report = self.run_command(corrected, write=True)
        [slug] = [r["slug"] for r in self.records("cycling-tests") if "coating" in r]
        changed = (
            f"* changed: `cycling-tests.yaml`, {slug}: points, notes, voltage_window"
        )
        self.assertIn(f"{changed}\n", report)
        bare, test = self.records("cycling-tests")
        self.assertEqual(test["control"], bare["slug"])
        self.assertEqual(test["points"][0]["capacity_retention"], "91 %")
        [note] = test["notes"]
        self.assertIn("in our spelling", note)

    def test_a_corrected_number_in_a_slug_leaves_the_old_record_and_tells_it(self):
        self.run_command(GROWN, write=True)
        report = self.run_command(GROWN | {"gpc_angstrom": 1.2}, write=True)
        reported = "* not in the harvest, though its study is: `measurements.yaml`, "
        slug = "noether-2021-films-that-were-al2o3-growth-per-cycle-1-1-at-100-150-c"
        self.assertIn(f"{reported}{slug}\n", report)
        self.assertEqual(len(self.records("measurements")), 2)

    def test_a_pair_becomes_a_coating_and_two_linked_tests(self):
        self.run_command(COATED, BARE, write=True)
        bare, coated = self.records("cycling-tests")
        self.assertEqual(coated["control"], bare["slug"])
        self.assertEqual(
            coated["points"], [{"cycle_number": 100, "capacity_retention": "90 %"}]
        )
        self.assertNotIn("points", bare)
        self.assertIn(
            "The source prints no number for the bare control.", bare["notes"]
        )
        [coating] = self.records("coatings")
        self.assertEqual(coating["process"], "al2o3-ald-tma-h2o")
        self.assertEqual(coating["thickness"], "~2 nm")
        self.assertEqual(coating["locator"], "abstract")

    def test_a_study_is_named_by_author_year_and_title(self):
        self.run_command(COATED, write=True)
        [study] = self.records("studies")
        self.assertEqual(study["slug"], "noether-2021-films-that-were")
        self.assertEqual(study["authors"], ["Noether, Emmy A.", "et al."])
        self.assertEqual(study["doi"], "10.1234/abc")
        self.assertEqual(study["journal"], "Nano Lett.")

    def test_an_author_of_one_name_is_kept(self):
        study = STUDY | {"first_author": "Noether"}
        self.run_command(COATED | {"study": study}, write=True)
        [record] = self.records("studies")
        self.assertEqual(record["authors"], ["Noether", "et al."])

    def test_a_study_of_the_review_is_found_by_doi_or_title(self):
        known = STUDY | {"doi": "10.1039/D0CC06077A"}
        self.run_command(COATED | {"study": known}, write=True)
        self.assertEqual(self.records("studies"), [])
        [test] = self.records("cycling-tests")
        self.assertEqual(test["study"], "kazyak-2020-lithicone")

    def test_growth_is_measured_on_the_known_process(self):
        self.run_command(GROWN, write=True)
        values = [
            (m["property"], m["value"], m["process"])
            for m in self.records("measurements")
        ]
        process = "al2o3-ald-tma-h2o"
        self.assertEqual(values, [("growth_per_cycle", "1.1 Å per cycle", process)])
        [recipe] = self.records("recipes")
        self.assertEqual(recipe["process"], process)
        self.assertEqual(recipe["deposition_temperature"], "100–150 °C")
        self.assertEqual(self.records("measurements")[0]["recipe"], recipe["slug"])

    def test_properties_of_a_precursor_are_measurements(self):
        entry = TAKEN | {
            "kind": "precursor",
            "precursor_acronyms": ["TMA"],
            "source_temperature_c": 20,
            "melting_point_c": 15,
            "vapour_pressure_torr_25c": 13,
            "qualifiers": {"vapour_pressure_torr_25c": "~"},
        }
        self.run_command(entry, write=True)
        [temperature] = self.records("sublimation-temperatures")
        self.assertEqual(temperature["temperature"], "20 °C")
        melting, pressure = self.records("measurements")
        self.assertEqual((melting["precursor"], melting["value"]), ("tma", "15 °C"))
        self.assertEqual(pressure["property"], "vapor_pressure")
        self.assertEqual(pressure["value"], "~13 Torr")
        self.assertEqual(pressure["temperature"], "25 °C")
        empty = TAKEN | {"kind": "precursor", "precursor_acronyms": ["TMA"]}
        self.assertIn("no source temperature and no property", self.run_command(empty))

    def test_a_bare_control_of_a_property_is_linked(self):
        bare = TAKEN | {
            "kind": "property",
            "substrate": "Li metal",
            "interfacial_resistance_ohm_cm2": 1710,
            "is_bare_control": True,
            "pair": "two",
        }
        coated = COATED | {
            "kind": "property",
            "interfacial_resistance_ohm_cm2": 1,
            "improvement_over_control_percent": 50,
            "improvement_of": "capacity retention",
            "pair": "two",
        }
        self.run_command(coated, bare, write=True)
        control, measured, gain = self.records("measurements")
        self.assertEqual(control["substrate"], "li-metal")
        self.assertEqual(measured["control"], control["slug"])
        self.assertEqual(gain["property"], "retention_improvement")
        self.assertNotIn("control", gain)
        for change, reason in [
            ({"interfacial_resistance_ohm_cm2": None}, "control without a value"),
            ({"substrate": None}, "not one substrate is named"),
        ]:
            self.assertIn(reason, self.run_command(bare | change))

    def test_what_a_source_says_was_gained_is_measured_on_the_coating(self):
        self.run_command(COATED | {"improvement_over_control_percent": 8}, write=True)
        [gain] = self.records("measurements")
        self.assertEqual(gain["property"], "capacity_improvement")
        self.assertEqual(gain["coating"], self.records("coatings")[0]["slug"])
        self.assertEqual(gain["notes"][0], "At 0.5C.")

    def test_lives_and_areal_capacities_are_kept(self):
        entry = COATED | {
            "retention_percent": None,
            "qualifiers": {"cycles": ">"},
            "lifetime_h": 500,
            "areal_capacity_mah_cm2": 0.2,
            "areal_capacity_is": "measured",
        }
        self.run_command(entry, COATED | {"c_rate": 2}, write=True)
        ran, reached = self.records("cycling-tests")
        self.assertEqual(ran["cycles_run"], ">100 cycles")
        self.assertEqual(ran["time_run"], "500 h")
        self.assertEqual(ran["points"][0]["areal_capacity"], "0.2 mAh cm⁻²")
        self.assertNotIn("cycles_run", reached)

    def test_an_electrode_film_is_tested_uncoated(self):
        film = COATED | {
            "scope": "electrode film made by ALD",
            "technique": "ALD",
            "pair": None,
        }
        self.run_command(film, write=True)
        [test] = self.records("cycling-tests")
        self.assertNotIn("coating", test)
        self.assertIn("not a coated electrode", test["notes"][0])
        self.assertEqual(self.records("coatings"), [])

    def test_an_unnamed_method_stays_open(self):
        self.add_words("method_not_named", f"- {STUDY['title']}")
        self.run_command(COATED | {"precursor_acronyms": None}, write=True)
        [process] = self.records("processes")
        self.assertEqual(process["method"], "")
        [coating] = self.records("coatings")
        self.assertIn("does not name the deposition method", coating["notes"][0])

    def test_a_cell_has_the_ion_that_its_words_name(self):
        for cell, carrier in (("Na-ion", "na"), ("pouch full cell", None)):
            with self.subTest(cell):
                self.run_command(COATED | {"cell": cell}, write=True)
                test = self.records("cycling-tests")[-1]
                self.assertEqual(test.get("charge_carrier"), carrier)
                self.assertIn(f"Cell: {cell}.", test["notes"])

    def test_a_remark_sets_cells_apart(self):
        self.add_words("notes", "two: {apart: [cycles, retention_percent]}")
        fast = COATED | {"rate_capacity": 120, "capacity_unit": "mAh/g", "note": "two"}
        self.run_command(fast, write=True)
        rate, late = self.records("cycling-tests")
        self.assertEqual(rate["c_rate"], "0.5C")
        self.assertEqual([*rate["points"][0]], ["specific_capacity", "remark"])
        self.assertNotIn("c_rate", late)
        self.assertEqual(late["points"][0]["cycle_number"], 100)

    def test_what_is_printed_otherwise_is_kept_and_must_be_the_same(self):
        row = "- {study: %s, field: c_rate, value: 0.333, as: %s}"
        self.add_words("printed", row % (STUDY["title"], "C/3"))
        self.run_command(COATED | {"c_rate": 0.333}, write=True)
        [test] = self.records("cycling-tests")
        self.assertEqual(test["c_rate"], "C/3")
        self.add_words("printed", row % (STUDY["title"], "C/3"))
        wrong = row.replace("0.333", "0.25") % (STUDY["title"], "C/5")
        self.add_words("printed", wrong)
        with self.assertRaisesMessage(CommandError, "C/5 is not 0.25C"):
            self.run_command(COATED | {"c_rate": 0.25})

    def test_the_end_of_a_series_is_printed_so(self):
        row = "- {study: %s, field: c_rate, value: %s, as: %s}"
        self.add_words("printed", row % (STUDY["title"], 40, "up to 40C"))
        self.run_command(COATED | {"c_rate": 40}, write=True)
        [test] = self.records("cycling-tests")
        self.assertEqual(test["c_rate"], "up to 40C")
        self.add_words("printed", row % (STUDY["title"], 4, "up to 40C"))
        with self.assertRaisesMessage(CommandError, "up to 40C is not 4C"):
            self.run_command(COATED | {"c_rate": 4})

    def test_a_remark_adds_values_places_and_disputes(self):
        remark = "adds: {electronic_conductivity_s_cm: 1.0e-10}, "
        remark += "places: {ionic_conductivity_s_cm: Table 9}, "
        remark += "disputed: [activation_energy_ev]"
        self.add_words("notes", f"odd: {{{remark}}}")
        entry = GROWN | {
            "kind": "property",
            "ionic_conductivity_s_cm": 1e-7,
            "activation_energy_ev": 0.5,
            "note": "odd",
        }
        self.run_command(entry, write=True)
        found = {row["property"]: row for row in self.records("measurements")}
        self.assertEqual(found["ionic_conductivity"]["locator"], "Table 9")
        self.assertNotIn("disputed", found["ionic_conductivity"])
        self.assertTrue(found["activation_energy"]["disputed"])
        self.assertEqual(found["electronic_conductivity"]["value"], "10⁻¹⁰ S cm⁻¹")
        [recipe] = self.records("recipes")
        self.assertEqual(found["activation_energy"]["recipe"], recipe["slug"])

    def test_a_remark_gives_the_value_under_another_condition_too(self):
        other = "{gpc_angstrom: 0.3, deposition_temperature_c: 300}"
        self.add_words("notes", f"cold: {{also: [{other}]}}")
        warm = {"gpc_angstrom": 0.4, "deposition_temperature_c": 350, "note": "cold"}
        self.run_command(GROWN | warm, write=True)
        found = [
            (row["value"], row["temperature"]) for row in self.records("measurements")
        ]
        self.assertEqual(
            found, [("0.4 Å per cycle", "350 °C"), ("0.3 Å per cycle", "300 °C")]
        )

    def test_quotes_stay_outside(self):
        self.run_command(COATED, BARE, GROWN, write=True)
        for path in self.fixtures.rglob("*.yaml"):
            self.assertNotIn("for checking only", path.read_text("utf-8"))

    def test_what_may_not_be_published_is_skipped_with_its_reason(self):
        refused = [
            ({"relevant": False}, "not relevant"),
            ({"study_complete": False}, "its study is not established"),
            ({"verified": "unseen"}, "verified: unseen"),
            ({"scope": "active film"}, "active film: no coating"),
            ({"material_name": None, "material": None}, "no material is named"),
            ({"material_name": "Ob"}, "materials: “Ob” is not in the vocabulary"),
            ({"substrate": "cheese"}, "substrates: “cheese” is not in the vocabulary"),
            ({"cell": "shoe box"}, "cells: “shoe box” is not in the vocabulary"),
            (TITANIA | {"kind": "property"}, "not one process is named"),
        ]
        harvest = [COATED | {"precursor_acronyms": None} | c for c, _ in refused]
        report = self.run_command(*harvest, write=True)
        for line, (_, reason) in enumerate(refused, start=1):
            self.assertIn(f"* 1 × {reason}: line {line}\n", report)
        self.assertEqual(self.records("studies"), [])

    def test_unknown_notes_and_values_without_a_place_are_left_out_and_named(self):
        report = self.run_command(COATED | {"note": "hear, hear", "coating_layers": 7})
        self.assertIn("line 1: hear, hear", report)
        self.assertIn("line 1: coating_layers", report)

    def test_nonsense_is_refused_with_line_and_field(self):
        names = "line 2, precursor_acronyms: "
        for change, place in [
            ({"kind": "song"}, "line 2, kind: "),
            ({"study": None}, "line 2, study: "),
            ({"source": {}}, "line 2, source.where: "),
            ({"c_rate": "fast"}, "line 2, c_rate: give a number, or two for a range."),
            ({"cycles": 0}, "line 2, cycles: "),
            ({"retention_percent": True}, "line 2, retention_percent: "),
            ({"qualifiers": {"c_rate": "?"}}, "line 2, qualifiers.c_rate: "),
            ({"qualifiers": {"c_rate": ["~"]}}, "line 2, qualifiers.c_rate: "),
            ({"qualifiers": ["~"]}, "line 2, qualifiers: "),
            ({"qualifiers": "~"}, "line 2, qualifiers: "),
            ({"kind": ["cycling"]}, "line 2, kind: "),
            ({"kind": "precursor", "precursor_acronyms": None}, names),
            ({"kind": "precursor", "precursor_acronyms": []}, names),
            ({"kind": "precursor"}, f"{names}name one precursor."),
            ({"precursor_acronyms": "TMA"}, names),
            ({"precursor_acronyms": [1]}, names),
            ({"c_rate": []}, "line 2, c_rate: give a number, or two"),
            ({"ald_cycles": []}, "line 2, ald_cycles: "),
            ({"cycles": [100, 200]}, "line 2, cycles: give one number; count from 1."),
            ({"note": 7}, "line 2, note: give text."),
            ({"note": ["seven"]}, "line 2, note: give text."),
            ({"current_density_unit": ["mA/g"]}, "line 2, current_density_unit: "),
            ({"study": STUDY | {"title": 7}}, "line 2, study.title: "),
            ({"study": STUDY | {"year": "2021"}}, "line 2, study.year: "),
            ({"source": {"where": 7}}, "line 2, source.where: "),
            ({"improvement_of": "mood"}, "line 2, improvement_of: "),
            ({"thickness_nm": [1, 2, 3]}, "line 2, thickness_nm: give a number, or"),
            ({"printed": {"c_rate": "C/2"}}, "line 2, printed: "),
            ({"relevant": "false"}, "line 2, relevant: say true or false."),
            ({"is_bare_control": "no"}, "line 2, is_bare_control: say true or"),
            ({"thickness_nm": 10**400}, "line 2, thickness_nm: "),
            ({"thickness_nm": float("nan")}, "line 2: no JSON in UTF-8: NaN is no"),
            ({"note": "\ud800"}, "line 2: no JSON in UTF-8: "),
            ({"thicknes_nm": 3}, "thicknes_nm: the schema has no such key. Did you"),
            ({"study": STUDY | {"tittle": "A"}}, "study.tittle: the schema has no"),
        ]:
            with self.subTest(place), self.assertRaisesMessage(CommandError, place):
                self.run_command(BARE, COATED | change, write=True)
        self.assertEqual(self.records("studies"), [])

    def test_values_that_cannot_be_are_refused(self):
        capacity = {"capacity_unit": "mAh/g"}
        current = {"current_density": -1, "current_density_unit": "mA/g"}
        for change, place in [
            ({"retention_percent": -1}, "retention_percent: Capacity retention must"),
            ({"retention_percent": [90, 201]}, "retention_percent: it is at most 200"),
            ({"coulombic_efficiency_percent": -1}, "coulombic_efficiency_percent: "),
            ({"coulombic_efficiency_percent": 101}, "coulombic_efficiency_percent: "),
            ({"final_capacity": -1} | capacity, "final_capacity: "),
            (current, "current_density: "),
            ({"c_rate": 0}, "c_rate: "),
            ({"thickness_nm": -2}, "thickness_nm: "),
            ({"temperature_c": -300}, "temperature_c: "),
        ]:
            with self.subTest(change):
                with self.assertRaisesMessage(CommandError, f"line 1, {place}"):
                    self.run_command(COATED | change, write=True)
                self.assertEqual(self.records("studies"), [])
        below = {"coulombic_efficiency_percent": 101, "retention_percent": 200}
        below["qualifiers"] = {"coulombic_efficiency_percent": "<"}
        self.assertIn("Taken: 1 records", self.run_command(COATED | below))

    def test_a_unit_that_is_not_known_is_refused_and_the_known_ones_are_named(self):
        currents = "line 1, current_density_unit: give one of mA/cm2, mA/g, A/g."
        capacities = "line 1, capacity_unit: give one of mAh/g, mAh/g(Li2S), Ah/cm3."
        for change, message in [
            ({"current_density": 1, "current_density_unit": "A/kg"}, currents),
            ({"current_density": 1}, currents),
            ({"final_capacity": 1, "capacity_unit": "mAh/cm2"}, capacities),
            ({"rate_capacity": 1}, capacities),
        ]:
            with self.subTest(change):
                with self.assertRaisesMessage(CommandError, message):
                    self.run_command(COATED | change, write=True)
                skipped = COATED | change | {"relevant": False}
                self.assertIn("Taken: 0 records", self.run_command(skipped))

    def test_a_mark_of_byte_order_is_read_over_and_an_empty_file_is_named(self):
        path = self.folder / "harvest.jsonl"
        path.write_bytes(b"\xef\xbb\xbf" + json.dumps(COATED).encode())
        output = StringIO()
        call_command("import_harvest", path, fixtures=self.fixtures, stdout=output)
        self.assertIn("Taken: 1 records", output.getvalue())
        for nothing in (b"", b"\n \n", b"\xef\xbb\xbf"):
            path.write_bytes(nothing)
            with self.assertRaisesMessage(CommandError, "harvest.jsonl is empty."):
                call_command("import_harvest", path, fixtures=self.fixtures)

    def test_a_key_that_stands_twice_is_refused(self):
        path = self.folder / "harvest.jsonl"
        path.write_text('{"kind": "coating", "kind": "process"}')
        with self.assertRaisesMessage(CommandError, "the key “kind” stands twice"):
            call_command("import_harvest", path, fixtures=self.fixtures)

    def test_a_full_disk_leaves_every_file_as_it_was(self):
        self.run_command(GROWN, write=True)
        folder = self.fixtures / "enrichment"
        before = {path: path.read_bytes() for path in folder.iterdir()}
        full = OSError(errno.ENOSPC, "No space left on device")
        # The first file is written, the second finds no room.
        with (
            mock.patch("harvest.writing.os.fsync", side_effect=[None, full]),
            self.assertRaisesMessage(CommandError, "No space left on device"),
        ):
            self.run_command(COATED, BARE, write=True)
        self.assertEqual({p: p.read_bytes() for p in folder.iterdir()}, before)

    def test_what_is_no_json_in_utf_8_is_refused(self):
        path = self.folder / "harvest.jsonl"
        latin = json.dumps(COATED, ensure_ascii=False).replace("made", "mädé")
        for text in (b"{", latin.encode("latin-1"), b"9" * 5000):
            path.write_bytes(b"\n" + text)
            with self.assertRaisesMessage(CommandError, "line 2: no JSON in UTF-8: "):
                call_command("import_harvest", path, fixtures=self.fixtures)
