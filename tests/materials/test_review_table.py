"""Coatings as the table of a review."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO

from django.test import Client, SimpleTestCase, TestCase
from openpyxl import load_workbook

from materials.models import Coating
from materials.review_table import COLUMNS, ReviewTable, make_table
from materials.review_table.formats import FORMATS
from tests.curated import load_literature
from tests.factories import (
    create_citation,
    create_coating,
    create_material,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
)

#: Category: its table, its rows as printed. Cells that are printed on several lines
#: are joined by a semicolon, cells that the review leaves to the row above repeated.
TABLES = {
    "protective_barrier": """\
Al2O3 | TMA | H2O | Li metal | Punch-out disks | Cyc, EIS, QCM, SEM, TEM, XPS, XRF | 45
Al2O3 | TMA | H2O | Hard carbon | Slurry applied on Cu foil and dried \
| Cyc, EIS, SEM, TEM, XPS | 66
Al2O3 | TMA | H2O | Na metal | Cut slices from metal cubes | Cyc, EIS, SEM, XPS | 67
Al2O3 | TMA | H2O | TiO2 nanotubes \
| Ti foil anodized in a cell and annealed to anatase crystalline phase \
| CA, Cyc, EIS, FE-SEM | 68
Al2O3 | TMA | H2O | Na metal | Metal stick pressed into foil \
| Cyc, QCM, RBS, SEM, XPS | 69
Al2O3; TiO2 | TMA; TiCl4 | H2O | Si micropillars \
| Lithograph and ICP etching of bulk Si(100) \
| Cyc (initial lithiation only), FIB, FE-SEM, (BF)/(HR)TEM | 48
TiO2 | TTIP | H2O | Li metal | Li foil, polished | Cyc, EDX, EIS, SEM, XPS | 70
AlOxNy | TMA | N2/H2 gases | Si metal | Si nanoparticles in rubber, dried \
| CV, Cyc, EIS, HRTEM, SEM, XPS | 71""",
    "alkali_containing_asei": """\
LiPxOyNz | Li–HMDS | DEPA | Pt | Pt film deposited on Si | CP, CV, EIS, SEM | 51
LiPxOyNz | LiOtBu | H2O, PO(OMe)3, N2-plasma | (Various) | (Various) | (Various) | 72–75
LiPxOyNz | LiOtBu | H2O, PO(OMe)3, N2 | Li; Li10GeP2S12 \
| Punch-out disks; Powder pressed into pellets | CV, Cyc, EIS | 76
LiPxOyNz | LiOtBu | NH3, P(NMe2)3, O2 | Au, glass | Interdigitated Au on glass \
| EIS, SEM, (S)TEM, XPS | 50
LiP3O4 | LiOtBu; Li–HMDS | PO(OMe)3 | Glass | Soda-lime glass squares | ERDA, HTXRD | 77
LiP3O4 | LiOtBu | PO(OMe)3, H2O | Steel | Premade stainless steel | CV, EIS | 72
LiF | LiOtBu | HF | Li; Pt | Punch-out disks; Interdigitated Pt electrode \
| Cyc, EIS, SEM | 78
LiF | LiOtBu | TiF4; HFAC | LiMn1.5Ni0.5O4 | Powder \
| CV, Cyc, EIS, HRSEM, ICP, TEM, TOF-SIMS, XPS | 49
NaPxOyNz | NaOtBu | DEPA | Pt | Pt film with Ti adhesion on Si3N4-passivated Si(100) \
| EIS | 79
Li3BO3–Li2CO3 | LiOtBu | O3, B(OiPr)3 | Graphite | Laser-patterned, postcalendered \
| Cyc, EIS, (FIB-)SEM, XPS | 80
LiAlxZnyOz | LiOtBu | TMA, DEZ, H2O | LiNiO2 | Powder; calcined Ni(OH)2 + LiOH \
| Raman, SEM, STEM, SXAS, XPS, XRD | 81
Li–HQ | LiOtBu | HQ | Li | Li foil | AFM, Cyc, EIS, FE-SEM, NI, XPS, XRD | 82
Li–HQ | LiOtBu | HQ | Li | Li chip | Cyc, EDX, EIS, SEM, XPS, XRD | 83
LiO2–Li–HQ | LiOtBu | HQ, H2O | Si electrode | Nano-Si, carbon and binder \
| AFM, CV, Cyc, EIS, GITT, NI, TEM, TOF-SIMS, XPS, XRD | 84
Li–GL | LiOtBu | GL | Li | Punch-out disks | AFM, Cyc, EDX, EIS, SEM, XRD | 85
Li–GL | LiOtBu | GL | Li; Au | Li anode; Interdigitated Au electrode \
| Cyc, EIS, (FIB-)SEM, (S)TEM, XPS | 54
Li–TEA | LiOtBu | TEA | Li | Punch-out disks | Cyc, EDX, EIS, SEM, XPS, XRD | 55""",
    "prospective_asei": """\
Al–EG | TMA | EG | (Various) | (Various) | 69 and 87–89
Zn–EG | DEZ | EG | Si electrode | CV, EIS, TOF-SIMS, XPS, XRD | 90
Zn–ED–PDIC | DEZ | ED, PDIC | Li foil | CT, Cyc, TOF-SIMS, XPS | 91
Ti–HQ | TiCl4 | HQ | Si-nanoparticle, Ti3C2Tx, CNT composite electrode \
| AFM, CV, Cyc, EIS, EDS, Raman, SEM, TEM, XPS | 92
Zn–HQ | DEZ | HQ | Cu nanowire | Cyc, ECSA, EDX, SEM, TEM, XPS, XRD | 46
Ti–DCA | TDMAT | (Various DCAs) | PVD TiO2; TiN; LiMn2O4 | CV, Cyc, XPS | 10
Li–EG(–CO2) | Li–HMDS | EG, (CO2) | Si | AFM, FTIR, SEM, XRR | 53
Li–EG | LiOtBu | EG | Si; Pt electrode | AFM, CA, EIS, FTIR, SE, SEM, XPS, XRD | 93
Li–HQ | LiOtBu | HQ | Si; Li electrode | AFM, Cyc, EIS, FE-SEM, FTIR, NI, XPS | 82
Li2O–Li–HQ | LiOtBu | H2O, HQ | Si electrode \
| AFM, EDS, FTIR, GIXRD, NI, TEM, TOF-SIMS, XPS | 84
VC | APS | VC | Treated graphite powder | EDS, BF-STEM, TEM, XPS | 94
PU | ED | PDIC | Li foil | Cyc, EIS, SEM, TOF-SIMS, XPS | 52""",
}


def printed(category):
    return [line.split(" | ") for line in TABLES[category].splitlines()]


def read_csv(response):
    """The table and the references of an answer."""
    lines = list(csv.reader(StringIO(response.content.decode())))
    empty = lines.index([])
    return lines[1:empty], lines[empty + 2 :]


class PrintedTableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_literature()

    def get(self, extension, **query):
        response = self.client.get(f"/coatings/table.{extension}", query)
        self.assertEqual(response.status_code, 200, response.content)
        return response

    def test_tables_2_to_4_come_back_word_by_word(self):
        for category in TABLES:
            with self.subTest(category):
                rows, references = read_csv(
                    self.get(
                        "csv",
                        review_category=category,
                        numbering="review",
                        rows="printed",
                    )
                )
                self.assertEqual(rows, printed(category))
                numbers = [int(number) for number, _, _ in references]
                self.assertEqual(numbers, sorted(set(numbers)))

    def test_every_coating_has_a_row_with_its_own_cells(self):
        for category in TABLES:
            rows, _ = read_csv(
                self.get(
                    "csv",
                    review_category=category,
                    numbering="review",
                    columns="material,precursor_1,precursor_2,substrate,preparation,"
                    "characterization",
                )
            )
            coatings = Coating.objects.filter(review_category=category).order_by("pk")
            self.assertEqual(
                [tuple(row) for row in rows],
                [
                    (
                        coating.material_as_reported,
                        *coating.precursors_as_reported.split("; "),
                        coating.substrate_as_reported,
                        coating.substrate_preparation,
                        coating.characterization_as_reported,
                    )
                    for coating in coatings
                ],
            )

    def test_every_format_holds_the_same_words(self):
        query = {"numbering": "review", "rows": "printed"}
        for category in TABLES:
            query["review_category"] = category
            with self.subTest(f"{category} as Excel"):
                book = load_workbook(BytesIO(self.get("xlsx", **query).content))
                rows = [
                    [cell or "" for cell in row]
                    for row in book["Table"].iter_rows(min_row=2, values_only=True)
                ]
                self.assertEqual(rows, printed(category))
                self.assertGreater(book["References"].max_row, 5)
            with self.subTest(f"{category} as Markdown"):
                lines = self.get("md", **query).content.decode().splitlines()
                rows = [
                    unescape(re.sub(r"<[^>]+>|\\(?=\W)", "", line))[2:-2].split(" | ")
                    for line in lines[2 : lines.index("")]
                ]
                self.assertEqual(rows, printed(category))
            with self.subTest(f"{category} as LaTeX"):
                text = self.get("tex", **query).content.decode()
                table = text.split("\\hline\n")[2]
                rows = [
                    re.sub(r"\\text\w+|[{}]", "", line).split(" & ")
                    for line in table.removesuffix(" \\\\\n").split(" \\\\\n")
                ]
                self.assertEqual(rows, printed(category))

    def test_subscripts_are_typeset(self):
        query = {"material": "al2o3", "substrate": "hard-carbon"}
        self.assertIn("Al<sub>2</sub>O<sub>3</sub>", self.get("md", **query).text)
        self.assertIn(
            r"Al\textsubscript{2}O\textsubscript{3} & TMA & H\textsubscript{2}O &",
            self.get("tex", **query).text,
        )

    def test_an_unknown_reference_is_listed_by_the_review(self):
        _, references = read_csv(
            self.get("csv", substrate="hard-carbon", numbering="review")
        )
        [reference] = [row for row in references if row[0] == "66"]
        self.assertIn("Dalton Trans. 2025, 54, 10492–10503", reference[1])
        self.assertIn("Ref. 66 therein", reference[1])


class ReviewTableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review")
        cls.old = create_study(slug="old", title="Old", authors=["Curie, M."])
        cls.new = create_study(slug="new", title="New")
        create_citation(cls.review, 7, cls.old)
        create_citation(cls.review, 9, create_study())
        cls.process = create_process(
            create_material("ZnO"),
            [create_precursor("DEZ"), create_precursor("H2O")],
            source=cls.review,
        )
        shared = {"source": cls.review, "substrate": create_substrate("Si")}
        cls.first = create_coating(
            cls.process, [cls.new], slug="first", thickness="<3 nm", **shared
        )
        create_coating(cls.process, [cls.old, cls.new], slug="second", **shared)

    def get(self, query="", extension="csv", status=200):
        response = self.client.get(f"/coatings/table.{extension}?{query}")
        self.assertEqual(response.status_code, status, response.content)
        return response

    def test_references_are_numbered_as_they_appear_and_listed(self):
        rows, references = read_csv(self.get())
        self.assertEqual([row[-1] for row in rows], ["1", "1 and 2"])
        self.assertEqual([row[0] for row in references], ["1", "2"])
        self.assertIn("Curie, M. Old. J. Test. 2020", references[1][1])

    def test_what_the_review_does_not_cite_is_numbered_after_its_list(self):
        rows, references = read_csv(self.get("numbering=review"))
        self.assertEqual([row[-1] for row in rows], ["10", "7 and 10"])
        self.assertEqual([row[0] for row in references], ["7", "10"])

    def test_cells_without_print_say_what_the_records_say(self):
        rows, _ = read_csv(self.get())
        self.assertEqual(rows[0][:-1], ["ZnO", "DEZ", "H2O", "Si"])

    def test_columns_are_chosen_and_ordered(self):
        rows, _ = read_csv(self.get("columns=thickness,method&columns=material"))
        thickness = str(self.first.thickness)
        self.assertEqual(rows, [[thickness, "ALD", "ZnO"], ["", "ALD", "ZnO"]])

    def test_filters_and_order_are_those_of_the_list(self):
        rows, _ = read_csv(self.get("study=old"))
        self.assertEqual(len(rows), 1)
        rows, _ = read_csv(self.get("order_by=-thickness_nm&columns=thickness"))
        self.assertEqual(rows[1], [""])

    def test_wrong_queries_are_refused_by_name(self):
        create_coating(self.process, [self.old], source=(other := create_study()))
        create_citation(other, 1, self.old)
        for query, name in [
            ("columns=price", "columns"),
            ("numbering=roman", "numbering"),
            ("numbering=review", "numbering"),  # two reviews
            ("rows=all", "rows"),
            ("page=2", "page"),
            ("substrat=si", "substrat"),
            ("substrate=none", "substrate"),
        ]:
            with self.subTest(query):
                response = self.get(query, status=400)
                self.assertTrue(response.text.startswith(f"{name}: "), response.text)
        self.get(extension="doc", status=404)

    def test_drafts_stay_out(self):
        draft = create_study(status="draft", title="Secret")
        create_coating(self.process, [draft], source=self.review)
        create_coating(self.process, [self.old], source=draft)
        text = self.get().text
        self.assertNotIn("Secret", text)
        self.assertEqual(len(read_csv(self.get())[0]), 3)

    def test_an_empty_selection_is_an_empty_table(self):
        for extension in FORMATS:
            self.get("q=nothing", extension)
            self.get("q=nothing&numbering=review&rows=printed", extension)

    def test_a_table_is_a_file_with_its_type(self):
        for extension, media_type in [
            ("csv", "text/csv; charset=utf-8"),
            ("xlsx", FORMATS["xlsx"].media_type),
            ("md", "text/markdown; charset=utf-8"),
            ("tex", "application/x-tex; charset=utf-8"),
        ]:
            response = self.get(extension=extension)
            self.assertEqual(response.headers["Content-Type"], media_type)
            self.assertEqual(
                response.headers["Content-Disposition"],
                f'attachment; filename="coatings.{extension}"',
            )

    def test_the_list_links_to_its_tables(self):
        page = self.client.get("/coatings/", {"study": "old", "page": "1"})
        for extension in FORMATS:
            self.assertContains(page, f'"/coatings/table.{extension}?study=old"')

    def test_a_table_is_only_read(self):
        strict = Client(enforce_csrf_checks=True)
        self.assertEqual(strict.post("/coatings/table.csv").status_code, 405)

    def test_a_table_of_some_length_takes_eight_queries(self):
        # Their keys; coatings, steps, precursors, methods used, studies, their
        # citations, those of the sources.
        with self.assertNumQueries(8):
            self.get()


class FormatTests(SimpleTestCase):
    hostile = ["=1+1", "+1+1", "-1-1", "@A1", " =1", "\t=1", "a|b_c*", "[x]\\", "\x07"]

    def write(self, extension):
        table = ReviewTable(list(COLUMNS), [self.hostile], {})
        return FORMATS[extension].write(table)

    def test_csv_keeps_spreadsheets_from_running_cells(self):
        _, row, *_ = csv.reader(StringIO(self.write("csv").decode()))
        self.assertEqual(row[:6], [f"'{text}" for text in self.hostile[:6]])
        self.assertEqual(row[6:], self.hostile[6:])

    def test_excel_gets_texts_and_no_formulas(self):
        sheet = load_workbook(BytesIO(self.write("xlsx")))["Table"]
        cells = [cell for row in sheet.iter_rows() for cell in row]
        self.assertNotIn("f", [cell.data_type for cell in cells])
        self.assertEqual([c.value for c in cells[9:17]], self.hostile[:-1])

    def test_markdown_and_latex_keep_signs_inside_their_cells(self):
        line = self.write("md").decode().splitlines()[2]
        self.assertIn(r"| a\|b\_c\* | \[x\]\\ |", line)
        self.assertIn(
            r"& a\textbar{}b\_c* & {[}x{]}\textbackslash{} &",
            self.write("tex").decode(),
        )

    def test_an_empty_list_has_columns(self):
        self.assertIn("references", make_table([]).columns)
