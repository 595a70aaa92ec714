"""Files say the same with and without drafts."""

from io import BytesIO

from django.test import TestCase
from openpyxl import load_workbook

from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_element,
    create_finding,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_recipe,
    create_sei_relation,
    create_study,
    create_substrate,
    create_temperature,
)

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
TABLES = [
    f"/coatings/table.csv?numbering={numbering}&rows={rows}{more}"
    for numbering in ("review", "appearance")
    for rows in ("coatings", "printed")
    for more in ("", "&q=film", "&elements=Li", "&columns=material,references")
] + [f"/coatings/table.{name}?numbering=review" for name in ("xlsx", "md", "tex")]
EXPORTS = [
    f"/api/v1/{name}/?format={form}{more}"
    for name in LISTS
    for form in ("csv", "bib", "ris", "csl-json")
    for more in ("", "&q=film")[: 2 if form == "csv" else 1]
]
ANSWERS = [
    f"/api/v1/{path}format=csv"
    for path in (
        "properties/?",
        "elements/?",
        "search/?q=film&",
        "consensus/?material=film&",
        "planner/?source_temperature_limit_celsius=150&",
        "processes/?activation=plasma&",
        "processes/?order_by=deposition_temperature_celsius&",
        "precursors/?sublimation_temperature_celsius_max=130&",
        "materials/?sei_constituent=lif,li2o&",
        "coatings/?deposition_temperature_celsius_max=200&",
    )
]
COVERAGE = [
    f"/api/v1/coverage/?format=csv&value={value}&rows={rows}"
    for value in ("coatings", "studies", "uplift")
    for rows in ("material", "material_class")
]


CONSTITUENTS = {"public": "lif", "draft": "li2o"}


def create_recipe_of(process, precursor, source, *studies):
    return create_recipe(
        process,
        [{"precursor": precursor, "source_temperature_as_reported": "77 °C"}],
        studies,
        source=source,
        deposition_temperature_as_reported="150 °C",
        activation="plasma",
        phase="anatase",
    )


def create_records(source, material, prefix):
    """One record of each kind, read in `source` for a shared material."""
    precursor = create_precursor(f"{prefix}-film-precursor", source=source)
    create_temperature(precursor, "140", source=source)
    create_method(f"{prefix}-film-method", source=source)
    foil = create_substrate(f"{prefix}-film-foil", source=source)
    primary = create_study(
        slug=f"{prefix}-primary",
        title="A film",
        status=source.status,
        doi=f"10.1000/{prefix}",
    )
    process = create_process(material, [precursor], [primary], source=source)
    create_recipe_of(process, precursor, source, primary)
    create_sei_relation(material, CONSTITUENTS[prefix], [primary], source=source)
    coating = create_coating(process, [primary], substrate=foil, source=source)
    create_measurement(coating=coating, studies=[primary], source=source)
    for subject in ({"coating": coating}, {"process": process}, {"substrate": foil}):
        create_finding(studies=[primary], source=source, **subject)
    create_finding(material=material, studies=[primary], source=source)
    bare = create_cycling_test(
        [{"cycle_number": 10, "capacity_retention": "60"}],
        electrode=foil,
        source=source,
    )
    create_cycling_test(
        [{"cycle_number": 10, "capacity_retention": "90"}],
        coating=coating,
        electrode=foil,
        control=bare,
        source=source,
    )
    return primary, coating


class DraftExportTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", kind="review")
        lithium = create_element("Li", 3)
        cls.film = create_material("Film", [lithium], source=cls.review)
        cls.primary, cls.coating = create_records(cls.review, cls.film, "public")
        create_citation(cls.review, 102, cls.primary)
        # One that the review does not cite: it is numbered behind its list.
        cls.coating.studies.add(create_study(slug="uncited"))

    def contents(self):
        contents = {}
        for path in (*TABLES, *EXPORTS, *ANSWERS, *COVERAGE):
            response = self.client.get(path)
            self.assertEqual(response.status_code, 200, path)
            content = b"".join(response)
            if ".xlsx" in path:
                sheets = load_workbook(BytesIO(content))
                content = [list(sheet.values) for sheet in sheets]
            contents[path] = content
        return contents

    def test_drafts_change_no_byte_of_any_file(self):
        before = self.contents()
        self.assertIn(b"102 and 103", before[TABLES[0]])
        draft = create_study(slug="draft", kind="review", status="draft")
        hidden, _ = create_records(draft, self.film, "draft")
        create_citation(self.review, 901, hidden)
        create_citation(draft, 950, self.primary)
        create_citation(draft, 7, self.review)
        self.coating.studies.add(hidden, draft)
        process = self.coating.process
        process.studies.add(draft)
        precursor = process.steps.get().precursor
        # A draft says how a public film was grown, and its recipe is named in public.
        recipe = create_recipe_of(process, precursor, draft, hidden)
        self.coating.measurements.update(recipe=recipe)
        create_temperature(precursor, "120", is_typical=False, source=draft)
        for subject in ({"coating": self.coating}, {"process": process}):
            create_measurement(studies=[hidden], source=draft, **subject)
        after = self.contents()
        for path, content in before.items():
            with self.subTest(path):
                self.assertEqual(after[path], content)
