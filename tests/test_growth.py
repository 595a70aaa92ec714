"""A base of thousands of records: every page and list still answers."""

from django.test import TestCase

from asei_db.lib import search
from literature.models import Study
from materials.models import (
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    Material,
    ProcessStep,
    PropertyMeasurement,
    Substrate,
)
from precursors.models import Element, Precursor

MANY = 5000  # of each; SQLite takes 1,000 alternatives and 32,766 values in a query


def create_many(model, number, **fields):
    """`number` rows; a function among the `fields` gets the row's number."""
    return model.objects.bulk_create(
        model(
            **{
                name: value(place) if callable(value) else value
                for name, value in fields.items()
            }
        )
        for place in range(number)
    )


def slug(kind):
    return lambda place: f"{kind}-{place}"


class ManyRecordsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        studies = create_many(
            Study, MANY, slug=slug("s"), title=slug("Study"), status="published"
        )
        sourced = {"source": studies[0], "locator": "Table 1"}
        lithium = Element.objects.create(
            symbol="Li", name="Lithium", atomic_number=3, period=2
        )
        precursors = create_many(
            Precursor,
            MANY,
            slug=slug("p"),
            name=slug("Precursor"),
            precursor_class="metal",
            **sourced,
        )
        film = Material.objects.create(
            slug="film", name="Film", material_class="oxide", **sourced
        )
        film.elements.add(lithium)
        create_many(
            Material,
            MANY,
            slug=slug("m"),
            name=slug("Material"),
            material_class="oxide",
            **sourced,
        )
        foil, *_ = create_many(
            Substrate,
            MANY,
            slug=slug("sub"),
            name=slug("Substrate"),
            substrate_class="carbon",
            **sourced,
        )
        processes = create_many(
            DepositionProcess, MANY, slug=slug("proc"), material=film, **sourced
        )
        create_many(
            ProcessStep,
            MANY,
            process=processes.__getitem__,
            position=1,
            precursor=precursors.__getitem__,
        )
        coatings = create_many(
            Coating,
            MANY,
            slug=slug("c"),
            process=processes.__getitem__,
            substrate=foil,
            **sourced,
        )
        Coating.studies.through.objects.bulk_create(
            Coating.studies.through(coating=coating, study=study)
            for coating, study in zip(coatings, studies, strict=True)
        )
        create_many(
            PropertyMeasurement,
            MANY,
            slug=slug("v"),
            property="film_thickness",
            value="20",
            coating=coatings.__getitem__,
            **sourced,
        )
        bare = create_many(
            CyclingTest,
            MANY,
            slug=slug("bare"),
            study=studies.__getitem__,
            electrode=foil,
            **sourced,
        )
        coated = create_many(
            CyclingTest,
            MANY,
            slug=slug("test"),
            study=studies.__getitem__,
            electrode=foil,
            coating=coatings.__getitem__,
            control=bare.__getitem__,
            **sourced,
        )
        for tests, percent in ((bare, "80"), (coated, "90")):
            create_many(
                CyclingPoint,
                MANY,
                test=tests.__getitem__,
                cycle_number=100,
                capacity_retention=percent,
            )
        search.derive_all()

    def assert_answers(self, *paths):
        for path in paths:
            with self.subTest(path):
                response = self.client.get(path)
                self.assertEqual(response.status_code, 200)
                b"".join(response)

    def test_map_shows_the_gain_of_them_all(self):
        response = self.client.get("/api/v1/coverage/?value=uplift")
        self.assertEqual(response.json()["cells"], [[10]])
        self.assert_answers("/explore/?value=uplift&rows=material&columns=substrate")

    def test_all_of_them_are_cited(self):
        for name, count in (
            ("coatings", MANY),
            ("processes", MANY),
            ("materials", MANY),
            ("substrates", MANY),
            ("precursors", MANY),
            ("cycling-tests", MANY),
            ("measurements", 1),
        ):
            with self.subTest(name):
                answer = self.client.get(f"/api/v1/{name}/?format=csl-json").json()
                self.assertEqual(len(answer), count)

    def test_lists_and_much_used_records_are_shown(self):
        self.assert_answers(
            *(
                f"/api/v1/{name}/?page_size=1000"
                for name in (
                    "studies",
                    "precursors",
                    "materials",
                    "substrates",
                    "processes",
                    "coatings",
                    "cycling-tests",
                    "measurements",
                )
            ),
            "/",
            "/search/?q=film",
            "/materials/film/",
            "/substrates/sub-0/",
            "/studies/s-0/",
            "/coatings/?elements=Li",
            "/planner/?source_temperature_limit_celsius=100",
        )
