"""A base of thousands of records: no query lists them, so SQLite takes it."""

import json

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from asei_db.lib import deriving
from literature.models import Study
from materials.entries import MaterialEntry
from materials.models import (
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    Material,
    Substrate,
)
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_finding,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_recipe,
    create_sei_relation,
    create_study,
    create_substrate,
)

MANY = 5000  # seven lists of as many are more values than SQLite takes in a query
SOME = 1100  # are more alternatives than it takes


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


def numbered(word):
    return lambda place: f"{word}-{place}"


class ManyRecordsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        study = Study.objects.create(slug="study", title="Much", status="published")
        sourced = {"source": study, "locator": "Table 1"}
        film, *_ = create_many(
            Material,
            MANY,
            slug=numbered("film"),
            name=numbered("Film"),
            material_class="oxide",
            **sourced,
        )
        foil = Substrate.objects.create(
            slug="foil", name="Foil", substrate_class="inert", **sourced
        )
        process = DepositionProcess.objects.create(
            slug="process", material=film, **sourced
        )
        coatings = create_many(
            Coating,
            SOME,
            slug=numbered("coating"),
            process=process,
            substrate=foil,
            **sourced,
        )
        tested = sourced | {"study": study, "electrode": foil}
        bare = create_many(CyclingTest, SOME, slug=numbered("bare"), **tested)
        coated = create_many(
            CyclingTest,
            SOME,
            slug=numbered("test"),
            coating=coatings.__getitem__,
            control=bare.__getitem__,
            **tested,
        )
        deriving.changed(Coating.objects.all())
        films = Material.objects.values_list("pk", flat=True)
        for keys in deriving.batches(films):
            MaterialEntry.write(keys)  # of their documents nothing is asked
        for test, percent in ((bare[-1], "80"), (coated[-1], "90")):
            CyclingPoint.objects.create(
                test=test, cycle_number=100, capacity_retention=percent
            )

    def test_the_map_knows_the_gain_of_the_last_of_them(self):
        answer = self.client.get("/api/v1/coverage/?value=uplift").json()
        self.assertEqual(answer["cells"], [[10]])
        self.assertContains(self.client.get("/explore/?value=uplift"), "+10")

    def test_their_controls_come_with_the_tests_of_a_much_used_material(self):
        tests = CyclingTest.objects.published().for_list().exclude(control=None)
        controls = {test.control.slug for test in tests}
        self.assertEqual(len(controls), SOME)

    def test_all_of_them_are_cited(self):
        answer = self.client.get("/api/v1/materials/?format=csl-json")
        cited = json.loads(b"".join(answer))
        self.assertEqual([study["id"] for study in cited], ["study"])

    def test_a_misspelt_slug_is_compared_with_its_neighbors_alone(self):
        with CaptureQueriesContext(connection) as queries:
            [error] = self.client.get("/api/v1/materials/film-4999x/").json()["errors"]
            self.assertEqual(error["suggestion"], "film-4999")
            query = {"material": "FILM-4444x"}
            [error] = self.client.get("/api/v1/coatings/", query).json()["errors"]
            self.assertEqual(error["suggestion"], "film-4444")
        unlimited = [
            query["sql"]
            for query in queries
            if "LIMIT" not in query["sql"] and " IN (" not in query["sql"]
        ]
        self.assertEqual(unlimited, [])


LISTS = (
    "studies",
    "precursors",
    "materials",
    "substrates",
    "characterization-methods",
    "processes",
    "recipes",
    "coatings",
    "cycling-tests",
    "measurements",
    "findings",
)


class PageTests(TestCase):
    def test_no_page_and_no_list_asks_more_for_more_rows(self):
        study = create_study(slug="study")
        foil = create_substrate("foil", source=study)
        precursor = create_precursor("A", source=study)
        film = create_material("Film", source=study)
        process = create_process(film, [precursor], source=study)
        create_sei_relation(film, "lif", [study], source=study)
        paths = [
            *(one.get_absolute_url() for one in (study, foil, process, precursor)),
            film.get_absolute_url(),
            *(f"/api/v1/{name}/" for name in LISTS),
            "/api/v1/consensus/?material=film",
            "/api/v1/planner/?source_temperature_limit_celsius=100",
        ]
        asked = []
        for rows in (21, 9):  # more than a section shows
            for _ in range(rows):
                coating = create_coating(process, [study], substrate=foil, source=study)
                recipe = create_recipe(
                    process,
                    [{"precursor": precursor, "pulse": "0.1 s"}],
                    [study],
                    deposition_temperature="150",
                    source=study,
                )
                create_process(film, [precursor], [study], source=study)
                create_sei_relation(
                    create_material(source=study), "lif", [study], source=study
                )
                same = {"studies": [study], "source": study}
                create_measurement(coating=coating, **same)
                create_measurement(
                    process=process,
                    recipe=recipe,
                    property="growth_per_cycle",
                    value="1",
                    **same,
                )
                create_finding(coating=coating, **same)
                bare, coated = (
                    create_cycling_test(
                        [{"cycle_number": 10, "capacity_retention": "60"}],
                        electrode=foil,
                        source=study,
                        coating=on,
                    )
                    for on in (None, coating)
                )
                CyclingTest.objects.filter(pk=coated.pk).update(control=bare)
            deriving.flush()
            numbers = {}
            for path in paths:
                with CaptureQueriesContext(connection) as queries:
                    self.assertEqual(self.client.get(path).status_code, 200)
                numbers[path] = len(queries)
            asked.append(numbers)
        self.assertEqual(asked[0], asked[1])
