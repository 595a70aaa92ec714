"""Citations of studies, read back by the programs that they are for."""

import json
import re

import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from django.conf import settings
from django.test import SimpleTestCase, TestCase
from pybtex.database import parse_string
from pybtex.richtext import Text

from asei_db.lib import latex
from asei_db.lib.formulas import to_latex
from literature.citations import to_bibtex, to_csl_json, to_ris, to_text
from literature.models import Study
from tests.factories import create_citation, create_study


def read_bibtex(text):
    return parse_string(text, "bibtex").entries


def plain(bibtex):
    """A BibTeX field without its braces and escapes."""
    return re.sub(r"[{}\\]", "", bibtex)


class CitationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(
            slug="review",
            title="Artificial interphases",
            authors=[],
            journal="Dalton Trans.",
            year=2025,
            volume="54",
            pages="10492–10503",
            doi="10.1039/d5dt00526d",
            kind="review",
        )
        cls.known = create_study(
            slug="hamalainen-2012",
            title="ALD of Li2O–LiMn1.5Ni0.5O4 & 50% hard carbon in Li-ion cells",
            authors=["Hämäläinen, J.", "Velasquez Carballo, K.", "et al."],
            journal="J. Electrochem. Soc.",
            year=2012,
            volume="159",
            pages="A259–A263",
            doi="10.1149/2.052203_jes",
        )
        cls.unknown = create_study(
            slug="review-ref-44", title="", authors=[], journal="", year=None,
            volume="", pages="",
        )  # fmt: skip
        cls.titled = create_study(
            slug="2023-lithicone", title="Lithicone", authors=[], journal="",
            year=2023, volume="", pages="",
        )  # fmt: skip
        create_citation(cls.review, 44, cls.unknown)
        create_citation(cls.review, 84, cls.titled)
        cls.studies = list(Study.objects.for_list().order_by("pk"))

    def test_bibtex_keeps_accents_formulas_and_pages(self):
        entry = read_bibtex(to_bibtex(self.studies))["hamalainen-2012"]
        self.assertEqual(entry.type, "article")
        authors = [str(person) for person in entry.persons["author"]]
        self.assertEqual(
            authors, ["Hämäläinen, J.", "Velasquez Carballo, K.", "others"]
        )
        self.assertEqual(
            entry.fields["title"],
            r"{ALD} of {Li2O}–{LiMn1.5Ni0.5O4} \& 50\% hard carbon in {Li}-ion "
            "cells",
        )
        self.assertEqual(plain(entry.fields["title"]), self.known.title)
        self.assertEqual(entry.fields["pages"], "A259--A263")
        self.assertEqual(entry.fields["doi"], "10.1149/2.052203_jes")

    def test_bibtex_is_read_whatever_a_title_holds(self):
        for title in ["}", "{", '"', "\\", "%", "@article{x,", "a#b$c^d~e_f", "TiO₂"]:
            with self.subTest(title):
                doi = "10.1/{" if title == "{" else ""  # saved without being validated
                study = create_study(title=title, doi=doi)
                entry = read_bibtex(to_bibtex([study]))[study.slug]
                self.assertEqual(entry.fields.get("doi", ""), doi.replace("{", "%7B"))
                self.assertEqual(entry.fields["year"], "2020")

    def test_bibtex_gives_greek_letters_and_signs_as_commands(self):
        title = "β-MnO2 → Δ of Li2O in ≈300 cycles"
        study = create_study(title=title)
        printed = read_bibtex(to_bibtex([study]))[study.slug].fields["title"]
        self.assertEqual(
            printed,
            r"$\beta$-{MnO2} $\rightarrow$ {$\Delta$} of {Li2O} in "
            r"$\approx$300 cycles",
        )
        self.assertEqual(str(Text.from_latex(printed)), title)

    def test_bibtex_takes_an_organization_as_one_name(self):
        organizations = [
            "Materials and Energy Lab",
            "Smith and Sons, Inc.",
            "Smith, J., Doe, K., Lee, P.",  # saved without being validated
            "Others",
        ]
        study = create_study(authors=[*organizations, "Curie, M."])
        entry = read_bibtex(to_bibtex([study]))[study.slug]
        self.assertEqual(
            [(p.last_names, p.first_names) for p in entry.persons["author"]],
            [*(([f"{{{name}}}"], []) for name in organizations), (["Curie"], ["M."])],
        )

    def test_a_suffix_is_a_suffix_in_every_format(self):
        study = create_study(authors=["Noether, Emmy, Jr.", "van der Berg, J."])
        [entry] = read_bibtex(to_bibtex([study])).values()
        noether, berg = entry.persons["author"]
        self.assertEqual(
            [noether.last_names, noether.lineage_names, noether.first_names],
            [["Noether"], ["Jr."], ["Emmy"]],
        )
        self.assertEqual(
            [berg.prelast_names, berg.last_names, berg.first_names],
            [["van", "der"], ["Berg"], ["J."]],
        )
        [item] = json.loads(to_csl_json([study]))
        self.assertEqual(
            item["author"],
            [
                {"family": "Noether", "given": "Emmy", "suffix": "Jr."},
                {"family": "van der Berg", "given": "J."},
            ],
        )
        [entry] = rispy.loads(to_ris([study]))
        self.assertEqual(entry["authors"], ["Noether, Emmy, Jr.", "van der Berg, J."])

    def test_ris_is_read_back_with_every_field(self):
        entries = {entry["id"]: entry for entry in rispy.loads(to_ris(self.studies))}
        self.assertEqual(len(entries), 3)
        known = entries["hamalainen-2012"]
        self.assertEqual(known["type_of_reference"], "JOUR")
        self.assertEqual(known["title"], self.known.title)
        self.assertEqual(known["authors"], self.known.authors)
        self.assertEqual(known["secondary_title"], "J. Electrochem. Soc.")
        self.assertEqual(
            [known[name] for name in ("year", "volume", "start_page", "end_page")],
            ["2012", "159", "A259", "A263"],
        )
        self.assertEqual(known["doi"], self.known.doi)

    def test_ris_is_one_line_a_field_whatever_a_title_holds(self):
        study = create_study(title="A\nER  - \nTY  - JOUR")
        [entry] = rispy.loads(to_ris([study]))
        self.assertEqual(entry["title"], "A ER - TY - JOUR")

    def test_csl_json_makes_a_bibliography(self):
        source = CiteProcJSON(json.loads(to_csl_json(self.studies)))
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        bibliography.register(Citation([CitationItem("hamalainen-2012")]))
        [text] = map(str, bibliography.bibliography())
        for part in ("Hämäläinen", "2012", "Li2O–LiMn1.5Ni0.5O4", "159", "A259"):
            self.assertIn(part, text)

    def test_csl_json_leaves_out_what_is_not_established(self):
        items = {item["id"]: item for item in json.loads(to_csl_json(self.studies))}
        self.assertEqual(
            items["2023-lithicone"],
            {
                "id": "2023-lithicone",
                "type": "article",
                "title": "Lithicone",
                "issued": {"date-parts": [[2023]]},
                "note": "ref. 84 in Dalton Trans. 2025, 54, 10492",
            },
        )
        self.assertEqual(
            items["hamalainen-2012"]["author"][1:],
            [
                {"family": "Velasquez Carballo", "given": "K."},
                {"literal": "et al."},
            ],
        )

    def test_unknown_references_are_cited_by_their_review_once_as_itself(self):
        for number in (9, 67):
            unknown = {"title": "", "authors": [], "journal": "", "year": None}
            create_citation(self.review, number, create_study(**unknown))
        every = list(Study.objects.for_list().order_by("pk"))
        unknown = [study for study in every if study.slug != "review"]
        for studies, note in [
            ([self.unknown], "ref. 44 therein"),
            (unknown, "refs 9, 44, 67 therein"),
            (every, "refs 9, 44, 67 therein"),
            (every[::-1], "refs 9, 44, 67 therein"),
        ]:
            with self.subTest(studies):
                entry = read_bibtex(to_bibtex(studies))["review"]
                self.assertEqual(entry.fields["note"], note)
                self.assertEqual(entry.fields["doi"], self.review.doi)
                self.assertEqual(entry.fields["journal"], "Dalton Trans.")
                entries = rispy.loads(to_ris(studies))
                [ris] = [entry for entry in entries if entry["id"] == "review"]
                self.assertEqual(ris["notes"], [note])
                items = json.loads(to_csl_json(studies))
                [csl] = [item for item in items if item["id"] == "review"]
                self.assertEqual((csl["note"], csl["DOI"]), (note, self.review.doi))
                dois = [item["DOI"] for item in items if "DOI" in item]
                self.assertEqual(len(dois), len({*dois}))

    def test_a_review_alone_has_no_note(self):
        [item] = json.loads(to_csl_json([self.review]))
        self.assertNotIn("note", item)

    def test_a_doi_is_enough_to_cite_a_study_itself(self):
        study = create_study(title="", authors=[], journal="", doi="10.1039/x")
        create_citation(self.review, 45, study)
        [entry] = read_bibtex(to_bibtex([study])).values()
        self.assertEqual(entry.type, "misc")
        self.assertEqual(entry.fields["doi"], "10.1039/x")
        self.assertNotIn("note", entry.fields)
        [entry] = rispy.loads(to_ris([study]))
        self.assertEqual((entry["id"], entry["type_of_reference"]), (study.slug, "GEN"))
        self.assertNotIn("notes", entry)
        self.assertEqual(
            to_text(study),
            "2020, " + study.volume + ", 1–9. https://doi.org/10.1039/x.",
        )

    def test_signs_of_old_dois_are_coded_in_links_alone(self):
        doi = "10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2"
        study = create_study(doi=doi)
        self.assertIn("(1981)110%3C446:eotofr%3E2.0.co;2", to_text(study))
        self.assertEqual(json.loads(to_csl_json([study]))[0]["DOI"], doi)
        self.assertEqual(rispy.loads(to_ris([study]))[0]["doi"], doi)
        self.assertEqual(read_bibtex(to_bibtex([study]))[study.slug].fields["doi"], doi)
        page = self.client.get(f"/studies/{study.slug}/")
        self.assertContains(page, "doi.org/10.1577/1548-8659(1981)110%3C446:eotofr%3E2")

    def test_pages_are_split_into_the_first_and_the_last(self):
        for pages, ends in [
            ("A259–A263", ["A259", "A263"]),
            ("035401-1", ["035401-1"]),
        ]:
            study = create_study(pages=pages)
            [entry] = rispy.loads(to_ris([study]))
            found = [entry[n] for n in ("start_page", "end_page") if n in entry]
            self.assertEqual(found, ends)
            [item] = json.loads(to_csl_json([study]))
            self.assertEqual(item["page"], "-".join(ends))
            [entry] = read_bibtex(to_bibtex([study])).values()
            self.assertEqual(entry.fields["pages"], "--".join(ends))

    def test_what_no_published_review_cites_says_that_it_is_not_established(self):
        study = create_study(title="", authors=[], journal="", year=None)
        draft = create_study(status="draft", title="Secret")
        create_citation(draft, 1, study)
        text = to_bibtex([study])
        self.assertEqual(
            text,
            f"@misc{{{study.slug},\n  volume = {{{study.volume}}},\n"
            "  pages = {1--9},\n  note = {bibliographic record not established}\n}\n",
        )

    def test_each_format_is_written_as_its_programs_write_it(self):
        one = create_study(
            slug="one", title="Li2O & more", authors=["Müller, J.", "et al."],
            volume="5", pages="1–9", doi="10.1039/x",
        )  # fmt: skip
        two = create_study(
            slug="two", title="Two", authors=[], journal="", year=None, volume="",
            pages="",
        )  # fmt: skip
        self.assertEqual(
            to_bibtex([one, two]),
            "@article{one,\n  author = {Müller, J. and others},\n"
            "  title = {{Li2O} \\& more},\n  journal = {J. Test.},\n  year = {2020},\n"
            "  volume = {5},\n  pages = {1--9},\n  doi = {10.1039/x}\n}\n\n"
            "@misc{two,\n  title = {Two}\n}\n",
        )
        self.assertEqual(
            to_ris([one, two]),
            "TY  - JOUR\r\nID  - one\r\nAU  - Müller, J.\r\nAU  - et al.\r\n"
            "TI  - Li2O & more\r\nT2  - J. Test.\r\nPY  - 2020\r\nVL  - 5\r\n"
            "SP  - 1\r\nEP  - 9\r\nDO  - 10.1039/x\r\nER  - \r\n\r\n"
            "TY  - GEN\r\nID  - two\r\nTI  - Two\r\nER  - \r\n",
        )
        text = to_csl_json([one, two])
        self.assertTrue(text.startswith('[\n  {\n    "id": "one"'))
        self.assertTrue(text.endswith("]\n"))
        self.assertIn('"family": "Müller"', text)
        self.assertEqual(
            json.loads(text),
            [
                {
                    "id": "one",
                    "type": "article-journal",
                    "title": "Li2O & more",
                    "author": [
                        {"family": "Müller", "given": "J."},
                        {"literal": "et al."},
                    ],
                    "container-title": "J. Test.",
                    "issued": {"date-parts": [[2020]]},
                    "volume": "5",
                    "page": "1-9",
                    "DOI": "10.1039/x",
                },
                {"id": "two", "type": "article", "title": "Two"},
            ],
        )
        self.assertEqual(
            to_text(one),
            "Müller, J.; et al. Li2O & more. J. Test. 2020, 5, 1–9. "
            "https://doi.org/10.1039/x.",
        )
        self.assertEqual(to_text(two), "Two.")

    def test_citing_a_list_needs_no_query_a_study(self):
        with self.assertNumQueries(2):  # studies, their citations with reviews
            to_bibtex(Study.objects.published().for_list())


class StudyCitationViewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(slug="one", title="Li2O")

    def test_a_study_is_downloaded_in_three_formats(self):
        for extension, media_type, words in [
            ("bib", "application/x-bibtex", "@article{one,"),
            ("ris", "application/x-research-info-systems", "TY  - JOUR"),
            ("json", "application/vnd.citationstyles.csl+json", '"id": "one"'),
        ]:
            with self.subTest(extension):
                response = self.client.get(f"/studies/one/cite.{extension}")
                self.assertContains(response, words)
                self.assertEqual(
                    response.headers["Content-Type"], f"{media_type}; charset=utf-8"
                )
                self.assertEqual(
                    response.headers["Content-Disposition"],
                    f'attachment; filename="one.{extension}"',
                )

    def test_the_page_of_a_study_links_to_all_three(self):
        page = self.client.get("/studies/one/")
        for extension in ("bib", "ris", "json"):
            self.assertContains(page, f'href="/studies/one/cite.{extension}"')

    def test_drafts_and_other_formats_are_not_found(self):
        create_study(slug="draft", status="draft")
        for path in ("draft/cite.bib", "none/cite.bib", "one/cite.doc", "one/cite."):
            response = self.client.get(f"/studies/{path}")
            self.assertEqual(response.status_code, 404)


class LatexTests(SimpleTestCase):
    def test_special_signs_print_as_they_are(self):
        self.assertEqual(
            latex.escape(r"50 % of $x_1$ & {a}~b^c\d #1"),
            r"50 \% of \$x\_1\$ \& \textbraceleft{}a\textbraceright{}"
            r"\textasciitilde{}b\textasciicircum{}c"
            r"\textbackslash{}d \#1",
        )
        self.assertEqual(
            latex.escape("TiO₂, 10⁻⁸, é"),
            r"TiO\textsubscript{2}, 10\textsuperscript{--}\textsuperscript{8}, é",
        )

    def test_what_pdflatex_does_not_know_is_a_command(self):
        for text, printed in [
            ("δΩλ", r"$\delta$$\Omega$$\lambda$"),
            ("Αο", "Ao"),
            ("≈5 \u2126", r"$\approx$5 $\Omega$"),
            ("√n → ∞", r"$\surd$n $\rightarrow$ $\infty$"),
            ("4₊ₙ", r"4\textsubscript{+}\textsubscript{n}"),
            ("5\u2009nm", r"5\,nm"),
            ("225\u2103, 250\u02daC", "225°C, 250°C"),
            ("e\u0301", "é"),
        ]:
            self.assertEqual(latex.escape(text), printed)

    def test_every_letter_of_the_greek_alphabet_is_printed(self):
        for capital in map(chr, [*range(0x391, 0x3A2), *range(0x3A3, 0x3AA)]):
            for letter in (capital, capital.lower()):
                with self.subTest(letter):
                    self.assertTrue(latex.escape(letter).isascii())

    def test_a_variable_in_a_subscript_is_a_command(self):
        self.assertEqual(to_latex("O4–δ"), r"O\textsubscript{4--$\delta$}")

    def test_no_text_of_the_literature_holds_what_pdflatex_does_not_know(self):
        for path in (settings.BASE_DIR / "fixtures").rglob("*.yaml"):
            signs = set(latex.escape(path.read_text()))
            # Latin letters with accents, and the signs among them, are known.
            beyond = {sign for sign in signs if sign > "\u017f"}
            self.assertLessEqual(beyond, set("–—‘’“”…"), path)
