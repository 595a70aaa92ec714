"""The pages of the coverage map and the planner."""

import re
from unittest.mock import patch

from django.test import TestCase

from asei_db.lib import deriving
from materials.views.questions import FIRST_PLANS, MOST_HEADINGS
from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_element,
    create_material,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
    create_temperature,
)

HTMX = {"HX-Request": "true"}
HOSTILE = [
    {"q": "\0"},
    {"material": "\0"},
    {"substrate": str(10**20)},
    {"nonsense": "1"},
    {"page": "2"},
    {"order_by": "material"},
]


class QuestionPages(TestCase):
    """Alumina on Na metal and silicon, LiF on nothing in particular, and a draft."""

    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", kind="review", journal="Dalton Trans.")
        cls.study = create_study(slug="primary")
        create_citation(cls.review, 43, cls.study)
        sourced = {"source": cls.review}
        cls.sodium = create_substrate(
            "Na metal",
            substrate_class="alkali_metal",
            thermal_limit="97.8 °C",
            thermal_limit_source="Melting point of sodium, CRC Handbook",
            **sourced,
        )
        cls.silicon = create_substrate("Si", substrate_class="silicon", **sourced)
        tma = create_precursor("TMA", **sourced)
        create_temperature(tma, "RT", [cls.study], **sourced)
        liotbu = create_precursor("LiOtBu", **sourced)
        create_temperature(liotbu, "140", [cls.study], **sourced)
        ozone = create_precursor("O3", physical_state="gas", **sourced)
        cls.alumina = create_process(
            create_material("Al2O3", **sourced),
            [tma, ozone],
            slug="alumina",
            deposition_temperature="80–200 °C",
            **sourced,
        )
        cls.fluoride = create_process(
            create_material(
                "LiF",
                [create_element("Li", 3)],
                material_class="fluoride",
                **sourced,
            ),
            [liotbu, ozone],
            slug="lif",
            deposition_temperature="130–230 °C",
            **sourced,
        )
        cls.coating = create_coating(
            cls.alumina, [cls.study], substrate=cls.sodium, **sourced
        )
        create_coating(cls.alumina, substrate=cls.sodium, **sourced)
        create_coating(cls.alumina, substrate=cls.silicon, **sourced)
        create_coating(cls.fluoride, substrate=None, **sourced)
        draft = create_study(status="draft")
        hidden = create_substrate(
            "Hidden metal",
            thermal_limit="30 °C",
            thermal_limit_source="x",
            source=draft,
        )
        create_coating(cls.fluoride, substrate=hidden, source=draft)
        create_coating(cls.fluoride, substrate=cls.silicon, source=draft)
        create_process(
            create_material("Hidden film", source=draft), [tma, ozone], source=draft
        )

    def cycle(self, coated, bare):
        same = {"electrode": self.sodium, "source": self.study}
        control = create_cycling_test(
            [{"cycle_number": 100, "capacity_retention": bare}], **same
        )
        create_cycling_test(
            [{"cycle_number": 100, "capacity_retention": coated}],
            coating=self.coating,
            control=control,
            **same,
        )

    def get(self, status=200, headers=None, **query):
        response = self.client.get(self.path, query, headers=headers)
        self.assertEqual(response.status_code, status, query)
        return response

    def text(self, html):
        return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


class ExploreTests(QuestionPages):
    path = "/explore/"

    def map(self, **query):
        """The map as {(row, column): (text and words, level, url)}."""
        context = self.get(**query).context
        return {
            (row.label, column.label): cell
            for row, cells in context["rows"]
            for column, cell in zip(context["columns"], cells, strict=True)
        }

    def test_classes_are_crossed_unless_something_else_is_asked(self):
        cells = self.map()
        self.assertEqual(
            {pair: cell.text for pair, cell in cells.items()},
            {
                ("Oxide", "Alkali metal"): "2",
                ("Oxide", "Silicon"): "1",
                ("Oxide", "Various substrates"): "",
                ("Fluoride", "Alkali metal"): "",
                ("Fluoride", "Silicon"): "",
                ("Fluoride", "Various substrates"): "1",
            },
        )
        page = self.get()
        self.assertContains(page, "4 coatings; 3 of 6 combinations are empty")
        self.assertContains(page, "No coating of Fluoride on Silicon")
        self.assertNotContains(page, "Hidden")

    def test_every_number_leads_to_as_many_coatings_under_the_same_filters(self):
        for query in [
            {},
            {"rows": "material", "columns": "substrate"},
            {"rows": "material", "substrate": "na-metal,si", "q": "alumina"},
            {"method": "ald", "material": "al2o3,lif"},
        ]:
            for pair, cell in self.map(**query).items():
                with self.subTest(query=query, pair=pair):
                    if cell.url:
                        page = self.client.get(cell.url)
                        self.assertEqual(str(page.context["count"]), cell.text)

    def test_a_cell_says_in_words_what_it_shows(self):
        cells = self.map(rows="material", columns="substrate")
        self.assertEqual(
            cells["Al2O3", "Na metal"].words, "coatings of Al2O3 on Na metal"
        )
        self.assertEqual(cells["LiF", "Si"].words, "No coating of LiF on Si")
        self.assertEqual(
            cells["LiF", "Various substrates"].words,
            "coating of LiF on various substrates",
        )
        self.assertIn(
            "/coatings/?material=lif&amp;various_substrates=true",
            self.get(rows="material", columns="substrate").content.decode(),
        )

    def test_studies_and_gains_can_be_shown_instead(self):
        self.cycle(">90", "80.5")
        cell = self.map(value="studies")["Oxide", "Alkali metal"]
        self.assertEqual((cell.text, cell.level), ("2", "2"))
        self.assertEqual(cell.words, "studies of Oxide on Alkali metal")
        cells = self.map(value="uplift")
        cell = cells["Oxide", "Alkali metal"]
        self.assertEqual((cell.text, cell.level), ("+9.5", "gain-6"))
        self.assertEqual(
            cell.words,
            "percentage points, the best of 2 coatings of Oxide on Alkali metal",
        )
        cell = cells["Oxide", "Silicon"]
        self.assertEqual((cell.text, cell.level), ("–", "0"))
        self.assertIn("none with a gain", cell.words)
        self.assertContains(self.get(value="uplift"), "+9.5")

    def test_a_loss_is_named_a_loss(self):
        self.cycle("70", "80")
        cell = self.map(value="uplift")["Oxide", "Alkali metal"]
        self.assertEqual((cell.text, cell.level), ("−10", "gain-2"))

    def test_a_class_unfolds_and_a_member_has_its_page(self):
        context = self.get(method="ald").context
        self.assertEqual(
            context["rows"][0][0].url,
            "/explore/?method=ald&rows=material&columns=substrate_class"
            "&value=coatings&material_class=oxide",
        )
        self.assertIsNone(context["columns"][-1].url)
        context = self.get(rows="material", columns="substrate").context
        self.assertEqual(context["rows"][0][0].url, "/materials/al2o3/")
        self.assertEqual(context["columns"][0].url, "/substrates/na-metal/")

    def test_the_same_is_had_as_csv_and_from_the_api(self):
        context = self.get(columns="substrate", method="ald").context
        csv = self.client.get(context["csv_url"])
        self.assertEqual(
            csv.content.decode().splitlines()[:2],
            [
                "material_class.key,material_class.label,"
                "substrate.key,substrate.label,coatings",
                "oxide,Oxide,na-metal,Na metal,2",
            ],
        )
        answer = self.client.get(context["api_url"]).json()
        self.assertEqual(answer["cells"], [[2, 1, 0], [0, 0, 1]])
        self.assertIn("method=ald", context["permalink"])
        self.assertNotIn("rows=", context["list_url"])

    def test_nonsense_is_refused(self):
        for query in [*HOSTILE, {"rows": "film"}, {"value": "best"}, {"method": "pvd"}]:
            with self.subTest(query):
                page = self.get(400, **query)
                self.assertContains(page, "cannot be answered", status_code=400)
                self.assertNotContains(page, "matrix-scroll", status_code=400)

    def test_a_filter_that_nothing_meets_still_answers(self):
        self.assertContains(self.get(q="unobtainium"), "No coatings match")

    def test_htmx_gets_the_map_alone(self):
        page = self.get(headers=HTMX, substrate_class="silicon")
        self.assertNotContains(page, "<html")
        self.assertContains(page, "hx-swap-oob")
        self.assertContains(page, "Substrate class: Silicon")
        self.assertIn("HX-Request", page.headers["Vary"])

    def test_of_many_rows_those_with_the_most_coatings_are_shown(self):
        with deriving.batch():
            for number in range(MOST_HEADINGS):
                material = create_material(f"Film {number:03}", source=self.review)
                process = create_process(material, source=self.review)
                create_coating(process, substrate=self.silicon, source=self.review)
        page = self.get(rows="material", columns="substrate")
        self.assertEqual(len(page.context["rows"]), MOST_HEADINGS)
        text = self.text(page.content.decode())
        self.assertIn("2 other rows and 0 other columns are left out", text)
        answer = self.client.get(page.context["api_url"]).json()
        self.assertEqual(len(answer["rows"]), MOST_HEADINGS + 2)
        self.assertEqual((answer["rows_left_out"], answer["columns_left_out"]), (0, 0))

    def test_query_count(self):
        self.cycle("90", "80")
        # Classes of materials and of substrates; counts. Facets: substrates, and by
        # them electrode role, host family, class together; materials, and by them
        # their class; method, review category, activation, reactor, deposited on and
        # crystallinity together; processes, and by them precursors; methods. The form:
        # precursors, substrates, materials, methods.
        with self.assertNumQueries(3 + 2 + 2 + 1 + 3 + 4):
            self.get()
        # In place of the classes the headings; and the best gains.
        with self.assertNumQueries(3 + 2 + 2 + 1 + 3 + 4 + 1):
            self.get(rows="material", columns="substrate", value="uplift")

    def test_cells_of_a_large_map_are_but_numbers(self):
        with patch("materials.views.questions._MOST_WORDS", 3):
            page = self.get(rows="material", columns="substrate")
        self.assertContains(page, '<td class="empty"></td>', count=3)
        self.assertContains(page, ">2</a></td>", count=1)


class PlannerTests(QuestionPages):
    path = "/planner/"

    def groups(self, **query):
        return {
            verdict: [plan.slug for plan in plans]
            for verdict, _, plans, _ in self.get(**query).context["groups"]
            if plans
        }

    def test_an_open_page_asks_for_limits_and_offers_substrates_with_their_source(self):
        page = self.get()
        self.assertContains(page, "Say what limits you")
        self.assertContains(page, "Melting point of sodium, CRC Handbook")
        self.assertContains(page, "PVDF melts at 170–175 °C")
        self.assertNotContains(page, "Hidden")
        self.assertNotContains(page, ">Si<")
        self.assertContains(self.get(source_temperature_limit_celsius=""), "Say what")

    def test_which_processes_run_onto_sodium_with_bottles_of_60_degrees(self):
        create_process(
            create_material("ZnO", source=self.review), slug="zno", source=self.review
        )
        query = {"source_temperature_limit_celsius": "60", "substrate": "na-metal"}
        self.assertEqual(
            self.groups(**query),
            {"feasible": ["alumina"], "not_feasible": ["lif"], "unknown": ["zno"]},
        )
        page = self.get(**query)
        text = self.text(page.content.decode())
        for sentence in [
            "1 feasible, 0 marginal, 1 not feasible, 1 unknown",
            "LiO t Bu needs 140 °C, your limit is 60 °C Table 1 in Noether et al.",
            "Deposition needs 130–230 °C, Na metal withstands 97.8 °C",
            "The precursors are not known here",
            "Substrate: Na metal",
        ]:
            self.assertIn(sentence, text)
        for link in ["/precursors/liotbu/", "/processes/lif/", "/studies/primary/"]:
            self.assertContains(page, f'href="{link}"')
        self.assertNotContains(page, "Hidden")
        answer = self.client.get(page.context["api_url"]).json()
        self.assertEqual(
            {row["slug"]: row["verdict"] for row in answer["results"]},
            {"alumina": "feasible", "lif": "not_feasible", "zno": "unknown"},
        )
        (reason, _) = answer["results"][-1]["reasons"]
        self.assertEqual(
            reason.replace("\xa0", " "),
            "LiOtBu needs 140 °C, your limit is 60 °C (Table 1, ref. 43)",
        )

    def test_precursors_elements_and_classes_narrow_the_question(self):
        self.assertEqual(
            self.groups(precursor=["tma", "o3"]),
            {"feasible": ["alumina"], "not_feasible": ["lif"]},
        )
        self.assertEqual(
            self.groups(source_temperature_limit_celsius="135", elements="Li"),
            {"marginal": ["lif"]},
        )
        self.assertEqual(
            self.groups(
                substrate_temperature_limit_celsius="90", material_class="oxide"
            ),
            {"feasible": ["alumina"]},
        )

    def test_processes_that_need_a_precursor_are_left_out(self):
        query = {"source_temperature_limit_celsius": "200"}
        self.assertEqual(
            self.groups(**query, precursor_exclude="tma"), {"feasible": ["lif"]}
        )
        answer = self.client.get(
            "/api/v1/planner/", query | {"precursor_exclude": "tma"}
        )
        self.assertEqual([row["slug"] for row in answer.json()["results"]], ["lif"])

    def test_what_is_not_feasible_is_folded_until_it_is_asked_for(self):
        query = {"source_temperature_limit_celsius": "60"}
        folded = r"<details\s*>\s*<summary>\s*<h2>\s*Not feasible"
        self.assertRegex(self.get(**query).content.decode(), folded)
        page = self.get(**query, verdict="not_feasible").content.decode()
        self.assertRegex(page, folded.replace(r"\s*>", r"\s+open\s*>", 1))

    def test_a_feasible_film_says_how_it_grows_and_where_it_was_used(self):
        page = self.get(substrate_temperature_limit_celsius="200")
        for text in ("Growth per cycle (Å)", "Used on", "/coatings/?process="):
            self.assertContains(page, text)

    def test_title_says_what_was_asked(self):
        page = self.get(source_temperature_limit_celsius="60")
        title = self.text(page.text.split("<title>")[1].split("</title>")[0])
        self.assertIn("Planner · ", title)
        self.assertIn("60", title)

    def test_a_substrate_without_a_known_limit_makes_all_unknown(self):
        self.assertEqual(self.groups(substrate="si"), {"unknown": ["alumina", "lif"]})
        self.assertContains(self.get(substrate="si"), "The thermal limit of Si is not")

    def test_nonsense_is_refused(self):
        for query in [
            *HOSTILE,
            {"elements": "Li"},
            {"source_temperature_limit_celsius": "hot"},
            {"source_temperature_limit_celsius": "nan"},
            {"source_temperature_limit_celsius": "-300"},
            {"substrate": ["si", "na-metal"]},
            {"precursor": "tma2"},
        ]:
            with self.subTest(query):
                page = self.get(400, **query)
                self.assertContains(page, "cannot be answered", status_code=400)
                self.assertEqual(page.context.get("groups"), None)
        self.get(source_temperature_limit_celsius=str(10**20))

    def test_htmx_gets_the_answer_alone(self):
        page = self.get(headers=HTMX, substrate="na-metal")
        self.assertNotContains(page, "<html")
        self.assertContains(page, "hx-swap-oob")

    def test_query_count(self):
        # The named substrate; counts; keys of either verdict; processes, materials,
        # sources; steps, precursors; their needs and those of processes; then records
        # of both; works, studies, citations. Facet: materials, by them their class.
        # Growth; pairs of processes and substrates, and these. The form: substrates,
        # precursors at hand and those to do without.
        with self.assertNumQueries(1 + 3 + 7 + 2 + 3 + 2 + 3 + 3):
            self.get(source_temperature_limit_celsius="60", substrate="na-metal")

    def test_what_is_done_without_is_asked_once(self):
        page = self.get().content.decode()
        self.assertNotIn('aria-label="Without precursors"', page)

    def test_of_many_processes_the_first_are_shown_and_more_asked_for(self):
        material = create_material("ZnO", source=self.review)
        many = FIRST_PLANS + 2
        with deriving.batch():
            for number in range(many):
                create_process(material, slug=f"zno-{number}", source=self.review)
        query = {"source_temperature_limit_celsius": "60"}
        page = self.get(**query)
        self.assertContains(page, f"The first {FIRST_PLANS} of {many}.")
        self.assertContains(page, f"1 not feasible, {many} unknown")
        self.assertContains(page, "limit_celsius=60&amp;verdict=unknown")
        groups = self.groups(**query, verdict="unknown")
        self.assertEqual(
            {key: len(slugs) for key, slugs in groups.items()}, {"unknown": many}
        )
        answer = self.client.get(f"{page.context['api_url']}&page_size=5").json()
        every = many + 2
        self.assertEqual((answer["count"], len(answer["results"])), (every, 5))
        answer = self.client.get("/api/v1/planner/", query | {"verdict": "unknown"})
        self.assertEqual(answer.json()["count"], many)
        csv = self.client.get(page.context["csv_url"]).content.decode()
        self.assertEqual(len(csv.splitlines()), 1 + every)
