"""What is asked for by name comes first; misspelled words find what is near."""

import csv
from pathlib import Path

from django.test import SimpleTestCase, TestCase

from asei_db.lib import deriving
from asei_db.lib.asked import Asked
from asei_db.lib.nomenclature import hill, meanings, nmc
from literature.kinds import Kind
from materials.models import Coating
from materials.search import SEARCHED, Everything, search_everything, suggestions
from materials.search.spelling import near_words, respelled
from tests.curated import load_literature
from tests.factories import (
    create_citation,
    create_coating,
    create_finding,
    create_material,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
)

#: What must come first: the kind's name in the search, and the slug.
QUERIES = Path(__file__).with_name("search_queries.tsv")
HOSTILE = (
    "\0",
    "%",
    "*",
    "'",
    '"',
    "\\",
    "_",
    "(",
    "a\0b",
    "the",
    "of the and",
    "–",
    "“”",
    "[]",
    "[99999999999]",
    "ref",
    "cid",
    "CID 99999999999999999999",
    "10.1/",
    "https://doi.org/",
    "x" * 10_000,
    "li " * 3_000,
    '" OR "1"="1',
    "NEAR(a b)",
    "lif* AND NOT tma",
    "'; DROP TABLE x; --",
    "\ue000tma",
    "\ud7ff\U0010ffff",
    "ﷺ" * 50,
    "1 2 3 4 5",
)


def slugs(text):
    """`kind:slug` of all that a search shows, in order, and what it is instead."""
    everything, instead = search_everything(text)
    names = {kind: name for name, kind in SEARCHED.items()}
    found = [
        f"{names[line.kind]}:{line.slug}"
        for one in everything.read_lines()
        for line in one.lines
    ]
    return found, instead


class CuratedQueryTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_literature()

    def test_every_query_finds_its_record_first(self):
        with QUERIES.open(encoding="utf-8") as file:
            queries = list(csv.DictReader(file, delimiter="\t"))
        self.assertGreater(len(queries), 100)
        for query in queries:
            with self.subTest(query["query"]):
                found, _ = slugs(query["query"])
                # Where several have one name, any of them comes first.
                self.assertIn(found[:1], [[one] for one in query["first"].split()])

    def test_the_title_of_each_study_finds_it_first(self):
        studies = Kind.STUDY.model.objects.published().exclude(title="")
        same = {}
        for study in studies:
            same.setdefault(Asked.of(study.title).name, set()).add(study.pk)
        for study in studies[::4]:
            with self.subTest(study.title):
                first = Everything(study.title).kinds[0]
                self.assertEqual(first.kind, Kind.STUDY)
                self.assertIn(first.hits[0].key, same[Asked.of(study.title).name])

    def test_what_a_coating_is_called_finds_such_a_coating_first(self):
        for coating in Coating.objects.published().select_related(
            "process__material", "substrate"
        )[::9]:
            if coating.substrate is None:
                continue
            with self.subTest(coating.label):
                everything = Everything(coating.label)
                first = everything.read_lines()[0]
                self.assertEqual(first.kind, Kind.COATING)
                self.assertEqual(first.lines[0].label, coating.label)

    def test_a_search_takes_as_many_statements_whatever_it_finds(self):
        deriving.flush()
        for text, number in (
            ("unobtainium", 2),
            ("LiF", 4),
            ("C3H9Al", 3),
            ("al2o3", 8),  # many: the first of each kind, and their number
        ):
            with self.subTest(text), self.assertNumQueries(number):
                Everything(text).read_lines()


class RankingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(title="Dense coatings", authors=["Ærø, Ína", "et al."])
        source = {"source": cls.study}
        cls.synonym = create_material(
            "AxO", slug="synonym", synonyms=["Corundum"], **source
        )
        cls.inside = create_material("Pseudocorundum", slug="inside", **source)
        cls.begins = create_material("Corundum-like", slug="begins", **source)
        cls.words = create_material("Film of corundum", slug="words", **source)
        cls.noted = create_material(
            "BxO", slug="noted", notes="No corundum was seen.", **source
        )
        cls.exact = create_substrate("Corundum", slug="exact", **source)
        process = create_process(cls.synonym, studies=[cls.study], **source)
        cls.coating = create_coating(
            process, [cls.study], substrate=cls.exact, **source
        )

    def test_names_come_before_beginnings_words_parts_and_notes(self):
        materials = next(
            found
            for found in Everything("corundum").kinds
            if found.kind == Kind.MATERIAL
        )
        self.assertEqual(
            [hit.key for hit in materials.hits],
            [
                self.synonym.pk,
                self.begins.pk,
                self.words.pk,
                self.inside.pk,
                self.noted.pk,
            ],
        )

    def test_kinds_come_in_the_order_of_their_closest_record(self):
        kinds = [found.kind for found in Everything("Corundum").kinds]
        self.assertEqual(
            kinds, [Kind.SUBSTRATE, Kind.MATERIAL, Kind.PROCESS, Kind.COATING]
        )

    def test_a_finding_s_words_are_found_last(self):
        create_finding([self.study], material=self.synonym, statement="Dense.")
        kinds = [found.kind for found in Everything("dense").kinds]
        self.assertEqual(kinds[0], Kind.STUDY)
        self.assertEqual(kinds[-1], Kind.FINDING)

    def test_a_line_says_why_it_was_found_where_its_name_does_not(self):
        lines = {
            line.slug: line.why
            for found in Everything("corundum").read_lines()
            for line in found.lines
        }
        self.assertEqual(lines["synonym"], "also called Corundum")
        self.assertEqual(lines["noted"], "in its notes")
        self.assertEqual(lines["begins"], "")
        self.assertEqual(lines["exact"], "")

    def test_a_list_begins_with_the_closest_unless_another_order_is_asked_for(self):
        closest = ["words", "begins", "inside", "noted"]
        self.assertEqual(
            [slug for slug in self.listed("?q=corundum") if slug != "synonym"], closest
        )
        self.assertEqual(
            self.listed("?q=corundum&order_by=name"),
            ["synonym", "noted", "begins", "words", "inside"],
        )
        first = self.client.get(
            "/api/v1/materials/?q=corundum&cursor=start&page_size=2"
        )
        walked, answer = [], first.json()
        while answer["next"]:
            walked += [item["slug"] for item in answer["results"]]
            answer = self.client.get(answer["next"]).json()
        walked += [item["slug"] for item in answer["results"]]
        self.assertEqual(walked, self.listed("?q=corundum"))
        page = self.client.get("/materials/?q=corundum").content.decode()
        places = [page.index(f'href="/materials/{slug}/"') for slug in closest]
        self.assertEqual(places, sorted(places))

    def test_a_list_finds_what_only_an_exact_name_finds(self):
        material = create_material("TiO2", slug="tio2", formula="TiO2")
        self.assertEqual(self.listed("?q=titanium+dioxide"), [material.slug])
        self.assertEqual(self.listed("?q=O2Ti"), [material.slug])

    def listed(self, query):
        results = self.client.get(f"/api/v1/materials/{query}").json()["results"]
        return [item["slug"] for item in results]

    def test_what_a_draft_says_is_neither_found_nor_suggested(self):
        draft = create_study(title="Secret adamantine", status="draft")
        create_material("Adamantine", slug="adamantine", source=draft)
        shared = create_material(
            "CxO", slug="shared", notes="Adamantine inside.", source=draft
        )
        create_process(shared, studies=[self.study], source=self.study)
        create_citation(draft, 7, self.study)
        for text in ("adamantine", "adamantin", "secret", "adamantina", "ref 7"):
            with self.subTest(text):
                self.assertEqual(slugs(text), ([], ""))
                self.assertEqual(suggestions(text), [])
        self.assertEqual(slugs("CxO")[0][0], "material:shared")

    def test_a_withdrawn_name_is_no_near_word(self):
        self.synonym.synonyms = []
        self.synonym.save()
        self.study.status = "draft"
        self.study.save()
        self.assertEqual(slugs("corundumm"), ([], ""))


class NearTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        source = {"source": create_study(title="Growth")}
        create_material("Al2O3", slug="al2o3", synonyms=["alumina"], **source)
        create_material("LiF", slug="lif", synonyms=["lithium fluoride"], **source)
        create_precursor("HQ", name="hydroquinone", slug="hq", **source)
        create_substrate("Graphite", slug="graphite", **source)

    def test_a_misspelled_word_finds_the_nearest(self):
        for text, first, instead in (
            ("alumnia", "material:al2o3", "alumina"),
            ("allumina", "material:al2o3", "alumina"),
            ("lithium flouride", "material:lif", "lithium fluoride"),
            ("litium floride", "material:lif", "lithium fluoride"),
            ("Hydroquinnone", "precursor:hq", "hydroquinone"),
            ("hidroquinon", "precursor:hq", "hydroquinone"),
            ("grafite", "substrate:graphite", "graphite"),
            ("Al203", "material:al2o3", "al2o3"),
        ):
            with self.subTest(text):
                found, other = slugs(text)
                self.assertEqual((found[:1], other), ([first], instead))

    def test_what_is_near_nothing_finds_nothing(self):
        for text in ("unobtainium", "zzz", "alumina unobtainium", "x" * 300):
            with self.subTest(text[:20]):
                self.assertEqual(slugs(text), ([], ""))

    def test_a_word_of_which_something_is_found_stays(self):
        self.assertEqual(slugs("graphit"), (["substrate:graphite"], ""))

    def test_looking_for_near_words_takes_two_statements(self):
        Everything("x")
        with self.assertNumQueries(2):
            near = near_words(["alumnia", "hidroquinon"])
        self.assertEqual(near["hidroquinon"], ["hydroquinone"])
        with self.assertNumQueries(0):
            self.assertEqual(near_words([]), {})
        self.assertEqual(list(respelled(Everything("nought zzz").search)), [])


class SpellingTests(SimpleTestCase):
    def test_identifiers_are_understood_however_they_are_written(self):
        for text, identifier in (
            ("10.1039/D5DT00526D", "doi:10.1039/d5dt00526d"),
            ("https://doi.org/10.1039/d5dt00526d", "doi:10.1039/d5dt00526d"),
            ("http://dx.doi.org/10.1039/d5dt00526d", "doi:10.1039/d5dt00526d"),
            ("doi: 10.1039/d5dt00526d.", "doi:10.1039/d5dt00526d"),
            (
                "https://pubs.acs.org/doi/abs/10.1021/acsami.5b01234?ref=pdf",
                "doi:10.1021/acsami.5b01234",
            ),
            (
                "https://www.sciencedirect.com/science/article/pii/S1?doi=10.1016/j.x.1",
                "doi:10.1016/j.x.1",
            ),
            (
                "pubs.rsc.org/en/content/articlelanding/2025/dt/d5dt00526d",
                "doi:10.1039/d5dt00526d",
            ),
            (
                "https://pubs.rsc.org/articlelanding/2025/dt/d5dt00526d/unauth",
                "doi:10.1039/d5dt00526d",
            ),
            (
                "https://www.nature.com/articles/s41586-020-2649-2",
                "doi:10.1038/s41586-020-2649-2",
            ),
            ("75-24-1", "cas:75-24-1"),
            ("CAS 75–24–1", "cas:75-24-1"),
            ("CID 16682925", "cid:16682925"),
            ("pubchem 16682925", "cid:16682925"),
            ("PubChem CID: 16682925", "cid:16682925"),
            ("https://pubchem.ncbi.nlm.nih.gov/compound/16682925", "cid:16682925"),
            ("JLTRXTDYQLMHGR-UHFFFAOYSA-N", "inchi:jltrxtdyqlmhgr-uhfffaoysa-n"),
            (
                "InChIKey=jltrxtdyqlmhgr-uhfffaoysa-n",
                "inchi:jltrxtdyqlmhgr-uhfffaoysa-n",
            ),
            ("ref 84", "ref:84"),
            ("Ref. [84]", "ref:84"),
            ("reference 84", "ref:84"),
            ("[84]", "ref:84"),
            ("75-24-2", ""),
            ("2019", ""),
            ("10 nm", ""),
            ("reflectometry", ""),
            ("LiF/Al2O3", ""),
        ):
            with self.subTest(text):
                self.assertEqual(Asked.of(text).identifier, identifier)

    def test_words_without_meaning_are_left_out_unless_there_are_no_others(self):
        self.assertEqual(
            Asked.of("Al2O3 on the Li metal").words, ["al2o3", "li", "metal"]
        )
        self.assertEqual(Asked.of("on").words, ["on"])
        self.assertEqual(Asked.of("Nisula et al. 2015").words, ["nisula", "2015"])

    def test_a_composition_is_the_same_in_whatever_order(self):
        for text in ("C3H9Al", "AlMe3", "Al(CH3)3", "AlC3H9"):
            self.assertEqual(hill(text), "C3H9Al")
        for text in ("LiPxOyNz", "TMA", "water", ""):
            self.assertEqual(hill(text), "")

    def test_letters_of_nmc_say_which_number_is_whose(self):
        for texts in (
            ("NMC811", "NCM 811", "ncm811", "MNC181", "LiNi0.8Mn0.1Co0.1O2"),
            ("NMC532", "NCM523", "LiNi0.5Mn0.3Co0.2O2"),
            ("NMC111", "NCM333", "LiNi1/3Mn1/3Co1/3O2"),
            ("NCM95", "NMC 95"),
        ):
            self.assertEqual(len({nmc(text) for text in texts}), 1)
            self.assertTrue(nmc(texts[0]))
        for text in ("NMC", "NNC811", "811", "NCA", "LiNiO2", "NMC000"):
            self.assertEqual(nmc(text), "")

    def test_trivial_and_systematic_names_are_formulas(self):
        for text, formula in (
            ("titania", "TiO2"),
            ("titanium dioxide", "TiO2"),
            ("silicon nitride", "Si3N4"),
            ("vanadium pentoxide", "V2O5"),
            ("aluminum trifluoride", "AlF3"),
            ("dialuminum trioxide", "Al2O3"),
            ("lithium phosphate", "Li3PO4"),
            ("lithium nitride", "Li3N"),
            ("manganese dioxide", "MnO2"),
            ("magnesium hydroxide", "Mg(OH)2"),
        ):
            with self.subTest(text):
                self.assertEqual(meanings(text), [formula])
        for text in ("manganese oxide", "oxide", "steel", ""):
            self.assertEqual(meanings(text), [])


class HostileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        create_coating(source=create_study(title="LiF"))

    def test_nothing_that_is_typed_breaks_the_search(self):
        for text in HOSTILE:
            for path in ("/search/", "/materials/", "/api/v1/search/"):
                with self.subTest(text=text[:20], path=path):
                    status = self.client.get(path, {"q": text}).status_code
                    self.assertIn(status, (200, 302, 400))
