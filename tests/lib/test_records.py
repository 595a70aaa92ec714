from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

from django.core.exceptions import ValidationError
from django.test import TestCase

from asei_db.lib.records import RecordError, load_records
from literature.models import ReviewCitation, Study
from materials.chemistry import set_steps
from materials.models import Coating, DepositionProcess, Material
from precursors.importers import fill_elements
from precursors.models import Precursor
from tests.factories import (
    create_element,
    create_material,
    create_method,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
)

#: What a record of these needs besides.
KINDS = {Material: "material_class: oxide", Precursor: "precursor_class: metal"}


class RecordTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review")
        for number, symbol in [(1, "H"), (3, "Li"), (6, "C"), (8, "O")]:
            create_element(symbol, number)

    def load(self, model, text, **how):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "rows.yaml"
            path.write_text(dedent(text), "utf-8")
            return load_records(path, model, **how)

    def assert_refused(self, model, text, *expected, **how):
        with self.assertRaises(RecordError) as caught:
            self.load(model, text, **how)
        for words in expected:
            self.assertIn(words, str(caught.exception))


class LoadingTests(RecordTests):
    def test_defaults_hold_for_a_document_and_yield_to_the_record(self):
        loaded = self.load(
            Material,
            """
            defaults: {source: review, locator: Table 2, material_class: oxide}
            records:
              - {slug: one, name: One}
              - {slug: two, name: Two, material_class: fluoride}
            ---
            - {slug: three, name: Three, source: review, locator: Table 3,
               material_class: organic}
            """,
        )
        self.assertEqual(loaded, (3, 0, {}))
        rows = Material.objects.order_by("pk").values_list(
            "slug", "material_class", "locator"
        )
        self.assertEqual(
            list(rows),
            [
                ("one", "oxide", "Table 2"),
                ("two", "fluoride", "Table 2"),
                ("three", "organic", "Table 3"),
            ],
        )

    def test_quantities_are_typed_as_printed_and_notes_as_a_list(self):
        process = create_process(source=self.review)
        create_method("SEM")
        self.load(
            Coating,
            f"""
            - slug: film
              process: {process.slug}
              substrate: {create_substrate(source=self.review).slug}
              thickness: <3 nm
              characterization_as_reported: SEM
              studies: [review]
              source: review
              locator: Table 2
              notes: [One., Two.]
            """,
        )
        coating = Coating.objects.get()
        self.assertEqual(coating.thickness_max_nm, 3)
        self.assertEqual(coating.note_list, ["One.", "Two."])
        self.assertEqual(list(coating.studies.all()), [self.review])
        self.assertEqual(coating.characterization_methods.get().acronym, "SEM")

    def test_parts_take_their_own_defaults(self):
        self.load(
            Precursor,
            """
            defaults:
              source: review
              locator: Table 1
              precursor_class: metal
              sublimation_temperatures: {source: review, locator: Table 1}
            records:
              - slug: p
                name: p
                sublimation_temperatures:
                  - {temperature: 140, is_typical: true}
                  - {temperature: RT, locator: text}
              - {slug: q, name: q}
            """,
        )
        temperatures = Precursor.objects.get(slug="p").sublimation_temperatures
        self.assertEqual(
            set(temperatures.values_list("temperature_as_reported", "locator")),
            {("140", "Table 1"), ("RT", "text")},
        )

    def test_what_yaml_reads_otherwise_than_it_is_typed_must_be_quoted(self):
        for typed, read in [
            ("acronym: NO", "acronym: “False”"),
            ("acronym: 2.50", "acronym: “2.5”"),
            ("acronym: 2020-01-02", "acronym: “2020-01-02”"),
            ("acronym: 010", "line 1"),
            ("acronym: 010", "put “010” in quotes"),
            ("acronym: 1_000", "put “1_000” in quotes"),
            ("acronym: [NO]", "acronym: “[False]”"),
            ("notes: [One., 2.50]", "notes: “2.5”"),
            ("melting_point_source: NO", "melting_point_source: “False”"),
        ]:
            row = "{slug: p, name: p, precursor_class: metal, %s, source: review,"
            row += " locator: Table 1}"
            with self.subTest(typed):
                self.assert_refused(Precursor, f"[{row % typed}]", read, "in quotes")
        process = create_process(source=self.review).slug
        row = "{slug: c, process: %s, thickness: 2.50, source: review, locator: text}"
        self.assert_refused(Coating, f"[{row % process}]", "thickness: “2.5”")

    def test_a_quoted_text_and_a_whole_number_are_taken_as_typed(self):
        row = '{slug: p, name: "2.50", acronym: "NO", pubchem_cid: 16682925,'
        row += " precursor_class: metal, identifiers_source: 7,"
        self.load(Precursor, f"[{row} source: review, locator: 12}}]")
        precursor = Precursor.objects.get()
        self.assertEqual((precursor.acronym, precursor.name), ("NO", "2.50"))
        self.assertEqual((precursor.locator, precursor.identifiers_source), ("12", "7"))

    def test_a_twin_is_taken_for_the_record_and_reported(self):
        twin = create_study(slug="mine", doi="10.1/x")
        found = {}
        loaded = self.load(
            Study,
            "[{slug: yours, doi: 10.1/x, title: T}]",
            find_twin=lambda study: Study.objects.filter(doi=study.doi).first(),
            found=found,
        )
        self.assertEqual(loaded, (0, 1, {("yours",): twin}))
        self.load(
            ReviewCitation, "[{review: review, number: 4, study: yours}]", found=found
        )
        self.assertEqual(ReviewCitation.objects.get().study, twin)

    def test_records_behind_a_twin_are_loaded_too(self):
        twin = create_study(slug="mine", doi="10.1/x")
        loaded = self.load(
            Study,
            "[{slug: yours, doi: 10.1/x}, {slug: other}]",
            find_twin=lambda study: twin if study.doi else None,
        )
        self.assertEqual(loaded, (1, 1, {("yours",): twin}))

    def test_a_relation_may_be_empty_or_given_by_the_parts_of_its_key(self):
        process = create_process(source=self.review).slug
        row = "{slug: c, process: [%s], substrate: null, source: review, locator: p}"
        self.load(Coating, f"[{row % process}]")
        coating = Coating.objects.get()
        self.assertEqual((coating.process.slug, coating.substrate), (process, None))

    def test_a_natural_key_of_several_parts_is_found(self):
        text = "[{review: review, number: 4, study: review}]"
        self.assertEqual(self.load(ReviewCitation, text), (1, 0, {}))
        self.assertEqual(self.load(ReviewCitation, text), (0, 1, {}))
        self.assert_refused(
            ReviewCitation,
            text.replace("}]", "}, {number: 4, review: review, study: review}]"),
            "record 2 (4): “review, 4” stands in the file twice.",
        )

    def test_what_exists_is_left_untouched(self):
        changed = create_study(slug="kept", title="Changed by a curator")
        loaded = self.load(Study, "[{slug: kept, title: As in the file}]")
        self.assertEqual(loaded, (0, 1, {}))
        changed.refresh_from_db()
        self.assertEqual(changed.title, "Changed by a curator")

    def test_elements_follow_from_the_formula_unless_given(self):
        self.load(
            Material,
            """
            defaults: {source: review, locator: Table 3, material_class: carbonate}
            records:
              - {slug: one, name: One, formula: Li2CO3}
              - {slug: two, name: Two, formula: Li2CO3, elements: [Li]}
              - {slug: three, name: Three}
            """,
            finish=fill_elements,
        )
        found = {
            material.slug: {element.symbol for element in material.elements.all()}
            for material in Material.objects.all()
        }
        self.assertEqual(
            found, {"one": {"Li", "C", "O"}, "two": {"Li"}, "three": set()}
        )

    def test_a_setter_takes_a_key_that_is_no_field(self):
        material = create_material(source=self.review)
        create_precursor("TMA", source=self.review)
        create_precursor("H2O", source=self.review)
        self.load(
            DepositionProcess,
            f"""
            - slug: one
              material: {material.slug}
              method: ald
              steps: TMA + H2O
              source: review
              locator: Table 2
            """,
            setters={"steps": set_steps},
        )
        self.assertEqual(DepositionProcess.objects.get().chemistry, "TMA + H2O")


class RefusalTests(RecordTests):
    def test_a_key_that_stands_twice_is_refused(self):
        self.assert_refused(
            Study,
            "- slug: a\n  slug: b",
            "rows.yaml",
            "key “slug” stands",
            "line 2",
        )

    def test_an_unknown_field_is_named(self):
        self.assert_refused(
            Study,
            "[{slug: a}, {slug: b, titel: B}]",
            "rows.yaml, record 2 (b): titel: study has no such field.",
        )

    def test_derived_and_automatic_fields_cannot_be_given(self):
        for name in ("id", "search_text", "citations_set", "is_published"):
            with self.subTest(name):
                self.assert_refused(
                    Study, f"[{{slug: a, {name}: 1}}]", f"{name}: study has no such"
                )

    def test_an_unknown_natural_key_is_named_with_the_nearest(self):
        self.assert_refused(
            Material,
            "[{slug: a, source: revew}]",
            "record 1 (a): source: no study is called “revew”. Did you mean “review”?",
        )

    def test_an_unknown_key_in_a_list_undoes_the_whole_file(self):
        self.assert_refused(
            Material,
            """
            defaults: {source: review, locator: Table 2, material_class: oxide}
            records:
              - {slug: a, name: A}
              - {slug: b, name: B, elements: [Li, Xx]}
            """,
            "record 2 (b): elements: no element is called “Xx”.",
        )
        with self.assertRaises(RecordError) as caught:
            self.load(Material, "[{slug: a, source: zzz}]")
        self.assertTrue(str(caught.exception).endswith("is called “zzz”."))
        self.assertFalse(Material.objects.exists())

    def test_what_several_rows_stand_for_is_given_as_a_list(self):
        for model, row, message in (
            (Material, "elements: Li", "elements: give a list."),
            (
                Precursor,
                "sublimation_temperatures: 140",
                "sublimation_temperatures: give a list of records.",
            ),
            (
                DepositionProcess,
                "precursors: [TMA]",
                "precursors: this relation cannot be given as a list.",
            ),
        ):
            text = f"[{{slug: a, name: A, source: review, locator: p, {row}}}]"
            if model is DepositionProcess:
                text = f"[{{slug: a, {row}}}]"
            else:
                text = text.replace("locator", f"{KINDS[model]}, locator")
            with self.subTest(row):
                self.assert_refused(model, text, message)

    def test_what_the_database_refuses_is_said_in_words(self):
        self.assert_refused(
            Precursor,
            "[{slug: a, name: A, source: review, locator: p, precursor_class: metal,"
            " cas_number: 75-24-1}]",
            "record 1 (a): identifiers_source: Say where the identifiers come from.",
        )

    def test_nothing_where_a_value_is_needed_is_refused(self):
        self.assert_refused(
            Study,
            "[{slug: a, authors: null}]",
            "record 1 (a): authors: give a value, or omit it.",
        )
        self.assert_refused(Study, "[{slug: a, title: null}]", "record 1 (a): title: ")
        self.load(Study, "[{slug: a, year: null}]")

    def test_parts_that_are_no_records_are_refused_with_and_without_defaults(self):
        row = "{slug: p, name: p, precursor_class: metal, source: review, locator: p,"
        row += " sublimation_temperatures: %s}"
        defaults = "{defaults: {sublimation_temperatures: {locator: p}}, records: "
        for parts, message in (
            ("140", "give a list of records."),
            ("[140]", "record 1: a record is a mapping."),
        ):
            for text in (f"[{row % parts}]", f"{defaults}[{row % parts}]}}"):
                with self.subTest(text):
                    place = "record 1 (p): sublimation_temperatures: "
                    self.assert_refused(Precursor, text, place + message)

    def test_what_a_setter_refuses_is_said_with_its_place(self):
        def refuse(record, value):
            raise ValidationError([f"Not {value}.", "Never."])

        self.assert_refused(
            Study,
            "[{slug: a, mood: blue}]",
            "record 1 (a): mood: Not blue. Never.",
            setters={"mood": refuse},
        )

    def test_all_that_is_wrong_with_a_record_is_said(self):
        self.assert_refused(
            ReviewCitation,
            "[{review: review, number: -1}]",
            "number: Ensure this value is greater than or equal to 0. "
            "study: This field cannot be null.",
        )

    def test_a_record_of_nothing_is_refused(self):
        self.assert_refused(Study, "[{}]", "record 1 (): ")

    def test_a_quantity_that_makes_no_sense_is_named(self):
        self.assert_refused(
            Precursor,
            """
            - slug: p
              name: p
              precursor_class: metal
              source: review
              locator: Table 1
              sublimation_temperatures:
                - {temperature: warm, source: review, locator: Table 1}
            """,
            "record 1 (p): sublimation_temperatures: record 1: temperature_as_reported",
            "“warm”",
        )

    def test_a_field_that_is_left_out_is_named(self):
        self.assert_refused(
            Material,
            "[{slug: a, source: review, locator: Table 2, material_class: oxide}]",
            "record 1 (a): name:",
        )

    def test_a_record_that_stands_twice_is_refused(self):
        self.assert_refused(
            Study,
            "[{slug: a}, {slug: a}]",
            "record 2 (a): “a” stands in the file twice.",
        )

    def test_a_formula_that_cannot_be_read_is_named(self):
        self.assert_refused(
            Material,
            """
            - slug: a
              name: A
              formula: LiMxO2
              material_class: oxide
              source: review
              locator: Table 2
            """,
            "record 1 (a)",
            "LiMxO2",
            finish=fill_elements,
        )

    def test_what_is_no_list_of_records_is_refused(self):
        self.assert_refused(Study, "slug: a", "rows.yaml: a document is a list")
        self.assert_refused(Study, "[a]", "record 1 (): a record is a mapping.")
        self.assert_refused(Study, "[", "rows.yaml: ")
        self.assert_refused(
            Study, "{defaults: [a], records: []}", "rows.yaml: a document is a list"
        )
        for document in ("records: [{slug: a}]", "{defaults: , records: [{slug: b}]}"):
            self.assertEqual(self.load(Study, document).created, 1)
