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
        "processes/?activation=plasma&crystallinity=amorphous&",
        "processes/?order_by=deposition_temperature_celsius&",
        "precursors/?sublimation_temperature_celsius_max=200&",
        "materials/?sei_constituent=li2o&",
        "coatings/?deposition_temperature_celsius_max=200&",
    )
]
COVERAGE = [
    f"/api/v1/coverage/?format=csv&value={value}&rows={rows}"
    for value in ("coatings", "studies", "uplift")
    for rows in ("material", "material_class")
]


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
    create_sei_relation(material, "li2o", [primary], source=source)
    process = create_process(material, [precursor], [primary], source=source)
    coating = create_coating(process, [primary], substrate=foil, source=source)
    add_values(process, coating, [primary], source)
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


def add_values(process, coating, studies, source):
    """What `source` states of a process, of its precursor, and of a coating."""
    [precursor] = process.precursors.all()
    recipe = create_recipe(
        process,
        [{"precursor": precursor, "pulse": "0.1 s", "source_temperature": "130"}],
        studies,
        activation="plasma",
        crystallinity="amorphous",
        deposition_temperature="150",
        source=source,
    )
    create_temperature(precursor, "120", studies, source=source, is_typical=False)
    for subject in (
        {"coating": coating},
        {"process": process, "recipe": recipe},
    ):
        create_measurement(
            property="growth_per_cycle",
            value="1.1",
            studies=studies,
            source=source,
            **subject,
        )


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
            content = response.content
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
        self.coating.process.studies.add(draft)
        add_values(self.coating.process, self.coating, [hidden], draft)
        after = self.contents()
        for path, content in before.items():
            with self.subTest(path):
                self.assertEqual(after[path], content)
