"""Exact identifiers lead to the public records that they name."""

from django.test import TestCase

from asei_db.lib import deriving
from literature.identifiers import Identifier
from literature.kinds import Kind
from literature.models import FormerSlug
from materials.naming import NAMES
from tests.factories import (
    create_element,
    create_material,
    create_precursor,
    create_study,
)


class IdentifierTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(slug="peled-1979", doi="10.1149/1.2128859")
        cls.precursor = create_precursor(
            "TMA",
            name="Trimethylaluminum",
            formula="Al(CH3)3",
            cas_number="75-24-1",
            pubchem_cid=16682925,
            identifiers_source="PubChem",
            inchi_key="JLTRXTDYQLMHGR-UHFFFAOYSA-N",
            synonyms=["AlMe3"],
        )
        cls.material = create_material("Al2O3", formula="Al2O3", slug="al2o3")

    def test_a_record_is_found_by_each_of_its_identifiers_however_written(self):
        for text, record in (
            ("10.1149/1.2128859", self.study),
            ("https://doi.org/10.1149/1.2128859", self.study),
            ("peled-1979", self.study),
            ("75-24-1", self.precursor),
            ("CAS 75–24–1", self.precursor),
            ("CID 16682925", self.precursor),
            ("jltrxtdyqlmhgr-uhfffaoysa-n", self.precursor),
            ("tma", self.precursor),
            ("almE3", self.precursor),
            ("Al(CH₃)₃", self.precursor),
            (" Al₂O₃ ", self.material),
        ):
            with self.subTest(text):
                self.assertEqual(Identifier.find(text), [record])

    def test_a_part_of_an_identifier_is_none(self):
        for text in ("", " ", "10.1149", "75-24", "peled", "tm", "%", "\\", "–"):
            with self.subTest(text):
                self.assertEqual(Identifier.find(text), [])

    def test_one_text_may_name_records_of_several_kinds(self):
        aluminum = create_element("Al", 13, group=13, period=3)
        metal = create_material("Aluminum", formula="Al", slug="aluminum")
        self.assertEqual(Identifier.find("al"), [aluminum, metal])

    def test_a_former_slug_leads_to_the_study_it_was_merged_into(self):
        FormerSlug.objects.create(slug="peled-78", study=self.study)
        self.assertEqual(Identifier.find("peled-78"), [self.study])

    def test_what_a_draft_has_is_not_found(self):
        self.study.status = "draft"
        self.study.save()
        self.assertEqual(Identifier.find("peled-1979"), [])
        self.study.status = "published"
        self.study.doi = ""
        self.study.save()
        self.assertEqual(Identifier.find("peled-1979"), [self.study])
        self.assertEqual(Identifier.find("10.1149/1.2128859"), [])

    def test_a_deleted_record_leaves_no_identifier(self):
        self.material.delete()
        self.assertEqual(Identifier.find("al2o3"), [])
        self.assertFalse(Identifier.objects.filter(kind=Kind.MATERIAL).exists())

    def test_writing_anew_changes_nothing(self):
        deriving.flush()
        for kind in NAMES:
            keys = kind.model.objects.values_list("pk", flat=True)
            [written] = [
                one
                for one in deriving._derivations.values()
                if one.name == f"identifiers of {kind.label}"
            ]
            self.assertEqual(written.write(list(keys)), 0)
