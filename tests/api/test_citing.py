"""The studies behind a selection, as files for reference managers."""

import json

import rispy
from django.test import TestCase
from pybtex.database import parse_string

from api.formats import CitableMixin as Citable
from api.urls import router
from asei_db.lib.filters import StrictFilterSet
from tests.api.tables import text_of
from tests.curated import load_literature
from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
    create_temperature,
)


def bibtex_entries(response):
    entries = parse_string(text_of(response), "bibtex").entries
    return [
        {"id": key, "doi": entry.fields.get("doi"), "note": entry.fields.get("note")}
        for key, entry in entries.items()
    ]


def ris_entries(response):
    return [
        {
            "id": entry["id"],
            "doi": entry.get("doi"),
            "note": " ".join(entry.get("notes", [])),
        }
        for entry in rispy.loads(text_of(response))
    ]


def csl_entries(response):
    return [
        {"id": item["id"], "doi": item.get("DOI"), "note": item.get("note")}
        for item in json.loads(text_of(response))
    ]


#: What a file gives of each entry: `id`, `doi`, `note`.
READERS = {"bib": bibtex_entries, "ris": ris_entries, "csl-json": csl_entries}


class CitingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review")
        cls.first = create_study(slug="first", year=2015)
        cls.second = create_study(slug="second", year=2020)
        draft = create_study(slug="draft", status="draft")
        create_citation(cls.review, 1, cls.first)
        shared = {"source": cls.review}
        create_method("SEM", **shared)
        tma = create_precursor("TMA", **shared)
        create_temperature(tma, "RT", [cls.first], **shared)
        cls.film = create_material("Al2O3", **shared)
        process = create_process(
            cls.film, [tma], [cls.first, cls.second], slug="al2o3", **shared
        )
        lithium = create_substrate("Li", **shared)
        cls.coating = create_coating(
            process,
            [cls.first, draft],
            slug="on-li",
            substrate=lithium,
            characterization_as_reported="SEM",
            **shared,
        )
        create_coating(process, [cls.second], slug="other", **shared)
        create_coating(process, slug="unattributed", thickness="5 nm", **shared)
        create_coating(process, [cls.second], slug="hidden", source=draft)
        create_measurement([cls.second], material=cls.film, **shared)
        create_cycling_test(study=cls.first, coating=cls.coating, **shared)

    def keys(self, path, **query):
        response = self.client.get(f"/api/v1/{path}", query | {"format": "bib"})
        self.assertEqual(response.status_code, 200)
        return set(parse_string(text_of(response), "bibtex").entries)

    def test_every_resource_gives_the_studies_behind_its_rows(self):
        for path, keys in [
            ("studies/", {"review", "first", "second"}),
            ("precursors/", {"first"}),
            ("materials/", {"first", "second"}),
            ("substrates/", {"first"}),
            ("characterization-methods/", {"first"}),
            ("processes/", {"first", "second"}),
            ("coatings/", {"first", "second", "review"}),
            ("measurements/", {"second"}),
            ("cycling-tests/", {"first"}),
        ]:
            with self.subTest(path):
                self.assertEqual(self.keys(path), keys)

    def test_the_filters_of_the_list_hold(self):
        self.assertEqual(self.keys("coatings/", substrate="li"), {"first"})
        self.assertEqual(
            self.keys("coatings/", study="second", order_by="-thickness_nm"), {"second"}
        )
        self.assertEqual(self.keys("studies/", year_max="2016"), {"first"})
        self.assertEqual(
            self.keys("precursors/", order_by="sublimation_temperature_celsius"),
            {"first"},
        )
        for query, keys in [("min", set()), ("max", {"first"})]:
            query = {f"sublimation_temperature_celsius_{query}": "60"}
            self.assertEqual(self.keys("precursors/", **query), keys)

    def test_every_range_can_be_asked_in_every_format(self):
        for name, view, _ in router.registry:
            filterset = getattr(view, "filterset_class", StrictFilterSet)
            for bounds in filterset.declared_ranges:
                query = {f"{bounds}_min": 20, f"{bounds}_max": 60}
                if bounds == "value":
                    query["property"] = "sei_thickness"  # which gives the unit
                for renderer in view.renderer_classes:
                    with self.subTest(name, format=renderer.format, **query):
                        response = self.client.get(
                            f"/api/v1/{name}/", query | {"format": renderer.format}
                        )
                        self.assertEqual(response.status_code, 200)

    def test_a_row_without_primary_work_is_cited_by_its_source(self):
        self.assertEqual(self.keys("coatings/unattributed/"), {"review"})
        self.assertEqual(self.keys("coatings/on-li/"), {"first"})

    def test_a_shared_record_is_cited_by_what_first_uses_it(self):
        create_precursor("H2O", slug="h2o", source=self.second)
        self.assertEqual(self.keys("precursors/h2o/"), {"second"})
        bare = create_substrate("Cu", slug="cu", source=self.review)
        self.assertEqual(self.keys("substrates/cu/"), {"review"})
        create_measurement(
            [self.first],
            substrate=bare,
            property="interfacial_resistance",
            value="9",
            source=self.review,
        )
        self.assertEqual(self.keys("substrates/cu/"), {"first"})

    def test_ris_and_csl_json_name_the_same_studies(self):
        ris = self.client.get("/api/v1/processes/?format=ris")
        self.assertEqual(
            {entry["id"] for entry in rispy.loads(text_of(ris))},
            {"first", "second"},
        )
        csl = self.client.get("/api/v1/processes/?format=csl-json")
        self.assertEqual(
            {i["id"] for i in json.loads(text_of(csl))}, {"first", "second"}
        )
        self.assertRegex(
            csl.headers["Content-Disposition"],
            r'filename="asei_processes_\d+_[\d-]{10}\.json"$',
        )
        self.assertEqual(
            csl.headers["Content-Type"],
            "application/vnd.citationstyles.csl+json; charset=utf-8",
        )
        self.assertEqual(csl.headers["Access-Control-Allow-Origin"], "*")

    def test_an_empty_selection_is_a_valid_file(self):
        for name in self.resources():
            for data_format in ("bib", "ris", "csl-json"):
                query = {"format": data_format, "q": "nowhere-to-be-found"}
                with self.subTest(name, format=data_format):
                    response = self.client.get(f"/api/v1/{name}/", query)
                    self.assertEqual(response.status_code, 200)
                    self.assertIn("; charset=utf-8", response.headers["Content-Type"])
                    self.assertEqual(READERS[data_format](response), [])

    def resources(self):
        """The names of all resources that can be cited."""
        return [name for name, view, _ in router.registry if issubclass(view, Citable)]

    def test_citations_have_no_pages_and_refuse_what_lists_refuse(self):
        for query in ("page=1", "page_size=5", "substrat=li", "substrate=none"):
            response = self.client.get(f"/api/v1/coatings/?format=bib&{query}")
            self.assertEqual(response.status_code, 400)
            [error] = response.json()["errors"]
            self.assertEqual(error["param"], query.partition("=")[0])

    def test_what_no_study_stands_behind_is_not_cited(self):
        for path in ("elements/", "properties/", ""):
            response = self.client.get(f"/api/v1/{path}", {"format": "bib"})
            self.assertEqual(response.status_code, 400)

    def test_a_missing_item_is_a_problem_in_every_format(self):
        response = self.client.get("/api/v1/coatings/none/?format=ris")
        self.assertEqual(response.status_code, 404)
        self.assertEqual(response.headers["Content-Type"], "application/problem+json")

    def test_citing_values_takes_four_queries(self):
        # numbers of unknown works; keys and documents of studies; the data version
        with self.assertNumQueries(4):
            text_of(self.client.get("/api/v1/coatings/?format=bib"))

    def test_citing_shared_records_takes_five_queries(self):
        for name in ("precursors", "materials", "substrates"):
            # records; numbers of unknown works; keys and documents of studies
            with self.assertNumQueries(5):
                text_of(self.client.get(f"/api/v1/{name}/?format=bib"))


class WholeCitingTests(TestCase):
    """The files of all resources of the whole literature."""

    @classmethod
    def setUpTestData(cls):
        load_literature()

    def test_no_file_has_two_entries_of_one_work(self):
        for name, view, _ in router.registry:
            if not issubclass(view, Citable):
                continue
            for data_format, read in READERS.items():
                query = {"format": data_format}
                with self.subTest(name, format=data_format):
                    entries = read(self.client.get(f"/api/v1/{name}/", query))
                    self.assertGreater(len(entries), 5)
                    for values in (
                        [entry["id"] for entry in entries],
                        [entry["doi"].lower() for entry in entries if entry["doi"]],
                    ):
                        self.assertEqual(len(values), len(set(values)))

    def test_the_review_stands_once_with_the_numbers_of_what_is_not_known(self):
        for data_format, read in READERS.items():
            with self.subTest(data_format):
                answer = self.client.get("/api/v1/coatings/", {"format": data_format})
                [review] = [
                    entry
                    for entry in read(answer)
                    if entry["doi"] == "10.1039/d5dt00526d"
                ]
                self.assertRegex(review["note"], r"^refs \d+, .*\d+ therein$")
