"""Pages of materials, substrates, methods, processes, coatings and cycling tests."""

import re

from django.test import TestCase
from django.urls import reverse

from asei_db.lib import deriving
from materials.models import CyclingTest
from tests.factories import (
    create_citation,
    create_coating,
    create_cycling_test,
    create_element,
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

HTMX = {"HX-Request": "true"}
LISTS = ("material", "substrate", "method", "process", "coating", "cycling")


class MaterialsData(TestCase):
    """A review that cites a study, a LiF coating with two tests, and a draft."""

    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", journal="Dalton Trans.", authors=[])
        cls.study = create_study(slug="tiurin", title="LiF on cathodes")
        create_citation(cls.review, 49, cls.study)
        sourced = {"source": cls.review}
        lithium, fluorine = create_element("Li", 3), create_element("F", 9)
        cls.liotbu = create_precursor("LiOtBu", [lithium], **sourced)
        cls.hf = create_precursor("HF", [fluorine], **sourced)
        create_temperature(cls.liotbu, "140", [cls.study], **sourced)
        cls.lif = create_material("LiF", [lithium, fluorine], formula="LiF", **sourced)
        cls.process = create_process(
            cls.lif,
            [cls.liotbu, cls.hf],
            [cls.study],
            slug="lif-ald",
            deposition_temperature="85–115 °C",
            **sourced,
        )
        cls.metal = create_substrate(
            "Li metal", [lithium], substrate_class="alkali_metal", **sourced
        )
        cls.sem = create_method("SEM", variants=["FE-SEM", "(FIB-)SEM"], **sourced)
        cls.fib = create_method("FIB", variants=["(FIB-)SEM"], **sourced)
        cls.coating = create_coating(
            cls.process,
            [cls.study],
            slug="lif-on-li",
            substrate=cls.metal,
            substrate_preparation="Punch-out disks",
            material_as_reported="LiFl",
            precursors_as_reported="LiOtBu; HF",
            substrate_as_reported="Li",
            characterization_as_reported="FE-SEM (top view), (FIB-)SEM",
            thickness="~20 nm",
            notes="Table 2 prints “LiFl”; lithium fluoride is LiF.",
            **sourced,
        )
        create_coating(
            cls.process,
            slug="lif-on-various",
            substrate_preparation="(Various)",
            characterization_as_reported="(Various)",
            **sourced,
        )
        cls.measurement = create_measurement(
            [cls.study], coating=cls.coating, value="10−8", disputed=True, **sourced
        )
        cls.control = create_cycling_test(
            [{"cycle_number": 50, "specific_capacity": "100"}],
            slug="bare-li",
            study=cls.study,
            electrode=cls.metal,
            **sourced,
        )
        cls.test = create_cycling_test(
            [{"cycle_number": 50, "specific_capacity": "140", "remark": "stable"}],
            slug="lif-on-li-cycled",
            study=cls.study,
            electrode=cls.metal,
            coating=cls.coating,
            control=cls.control,
            current_density_ma_per_cm2="0.5",
            **sourced,
        )
        draft = create_study(status="draft")
        cls.hidden = create_coating(slug="hidden", source=draft)

    def get(self, name, *args, **kwargs):
        return self.client.get(reverse(f"materials:{name}", args=args), **kwargs)


class ListTests(MaterialsData):
    def facet(self, name, path, headers=None):
        """The counts beside the choices of a filter, by value."""
        page = self.client.get(path, headers=headers).content.decode()
        pattern = rf'[":#]facet-{name}-(\w+)"[^>]*>(\d*)</span>'
        return {value: count for value, count in re.findall(pattern, page) if count}

    def test_choices_tell_how_many_rows_they_would_give(self):
        create_coating(
            create_process(method="mld", source=self.review),
            substrate=create_substrate("Si", substrate_class="silicon"),
            source=self.review,
        )

        def nonzero(path, headers=None):
            found = self.facet("substrate_class", path, headers)
            return {value: count for value, count in found.items() if count != "0"}

        everything = {"alkali_metal": "1", "silicon": "1"}
        self.assertEqual(nonzero("/coatings/"), everything)
        # Other filters narrow the counts, its own choice does not.
        self.assertEqual(nonzero("/coatings/?method=mld"), {"silicon": "1"})
        self.assertEqual(nonzero("/coatings/?substrate_class=silicon"), everything)
        self.assertEqual(nonzero("/coatings/?method=mld", HTMX), {"silicon": "1"})
        # What is wrong does not narrow them.
        self.assertEqual(nonzero("/coatings/?method=pvd"), everything)
        self.assertEqual(self.facet("method", "/materials/")["ald"], "1")
        self.assertEqual(
            self.facet("method", "/coatings/"), {"ald": "2", "mld": "1", "ald_mld": "0"}
        )

    def test_each_list_shows_published_records_and_their_number(self):
        expected = {
            "material": ["lif"],
            "substrate": ["li-metal"],
            "method": ["fib", "sem"],
            "process": ["lif-ald"],
            "coating": ["lif-on-li", "lif-on-various"],
            "cycling": ["bare-li", "lif-on-li-cycled"],
        }
        for name, slugs in expected.items():
            with self.subTest(name):
                response = self.get(f"{name}-list")
                page = response.context["page_obj"]
                self.assertEqual([record.slug for record in page], slugs)
                self.assertEqual(response.context["count"], len(slugs))

    def test_count_reads_as_a_sentence(self):
        self.assertContains(self.get("coating-list"), "2 coatings")
        self.assertContains(self.get("material-list"), "1 material\n")

    def test_row_of_a_coating_has_what_a_chemist_looks_for(self):
        response = self.get("coating-list")
        self.assertContains(response, "LiO<sup>t</sup>Bu + HF")
        self.assertContains(response, "Punch-out disks")
        self.assertContains(response, "~20\N{NO-BREAK SPACE}nm")
        self.assertContains(response, '>FE-SEM</a> (top view), <a href="')
        self.assertContains(response, '<span class="visually-hidden">Ref. </span>49')

    def run_at(self, process, *values, **fields):
        for value in values:
            fields = {"source": self.study} | fields
            create_recipe(process, deposition_temperature=value, **fields)

    def test_process_shows_the_values_of_each_study_and_never_one_range_of_all(self):
        bare = create_process(self.lif, [self.hf], slug="lif-hf", source=self.review)
        self.run_at(bare, "310 °C", "~100 °C", "310 °C")
        self.run_at(bare, "999 °C", disputed=True)
        create_measurement(process=bare, property="growth_per_cycle", value="0.9 Å")
        later = [create_study(slug=f"later-{n}", year=2021 + n) for n in range(3)]
        create_coating(bare, source=later[0], deposition_temperature="120–150 °C")
        nbsp = "\N{NO-BREAK SPACE}"
        line = (
            f'<span class="line"><span class="quantity">~100</span>, '
            f'<span class="quantity">310{nbsp}°C</span> <span class="source">'
            f'<a href="/studies/{self.study.slug}/">{self.study.short_label}</a>'
            "</span></span>"
        )
        other = (
            f'<span class="line"><span class="quantity">120–150{nbsp}°C</span> '
            '<span class="source"><a href="/studies/later-0/">Noether et al. 2021</a>'
            "</span></span>"
        )
        shown = (
            f'<div class="fold"><span class="quantity">~100</span>, '
            f'<span class="quantity">310{nbsp}°C</span></div>'
            '<span class="source"><a href="/processes/lif-hf/'
            '#all-reported-values-side-by-side">and 1 more study</a></span>'
        )
        self.assertContains(self.client.get("/processes/"), shown, html=True)
        paths = ["/materials/lif/", "/precursors/hf/"]
        for path in [*paths, "/processes/lif-hf/"]:
            with self.subTest(path):
                page = self.client.get(path)
                self.assertContains(page, line, html=True)
                self.assertContains(page, other, html=True)
                self.assertContains(page, f"0.9{nbsp}Å")
        for study in later[1:]:
            self.run_at(bare, "170 °C", source=study)
        more = "/processes/lif-hf/#all-reported-values-side-by-side"
        for path in paths:
            page = self.client.get(path)
            link = f'<a href="{more}">and 1 more study</a>'
            self.assertContains(page, link, html=True)
        page = self.client.get("/processes/lif-hf/")
        self.assertContains(page, 'id="all-reported-values-side-by-side"')

    def test_a_range_of_a_study_stands_for_its_values_within_it(self):
        bare = create_process(self.lif, [self.hf], slug="lif-hf", source=self.review)
        self.run_at(bare, "33–177 °C", "33 °C", "125 °C", "200 °C")
        line = (
            '<span class="quantity">33–177</span>, '
            '<span class="quantity">200\N{NO-BREAK SPACE}°C</span>'
        )
        self.assertContains(self.client.get("/processes/"), line)

    def test_recipes_stand_by_temperature_and_what_only_repeats_one_joins_it(self):
        bare = create_process(self.lif, [self.hf], slug="lif-hf", source=self.review)
        self.run_at(bare, "177 °C", "125 °C", "33 °C", "33 °C")
        fuller = create_recipe(
            bare,
            [{"precursor": self.hf, "pulse": "1 s"}],
            slug="fuller",
            source=self.study,
            deposition_temperature="33 °C",
        )
        page = self.client.get("/processes/lif-hf/")
        self.assertContains(page, 'Recipes <span class="muted">2</span>')
        rows = re.findall('<tr id="([^"]*)">', page.content.decode())
        self.assertEqual(rows[0], fuller.slug)
        text = " ".join(re.sub("<[^>]*>", " ", page.content.decode()).split())
        self.assertIn("125 °C 177 °C not reported", text)
        for recipe in bare.recipes.all():
            self.assertContains(page, f'id="{recipe.slug}"')

    def test_a_cell_names_some_of_many_studies_and_links_to_the_page_of_all(self):
        many = [create_study() for _ in range(12)]
        process = create_process(self.lif, slug="much-run", studies=many)
        more = f'<a href="{process.get_absolute_url()}">9 more</a>'
        self.assertContains(self.get("process-list"), more, html=True)
        page = self.client.get(process.get_absolute_url())
        for study in many:
            self.assertContains(page, study.get_absolute_url())

    def test_a_process_shows_how_each_study_ran_it(self):
        recipe = create_recipe(
            self.process,
            [
                {"precursor": self.liotbu, "pulse": "0.5 s", "purge": "5 s"},
                {"precursor": self.hf, "plasma_power": "300 W"},
            ],
            slug="run",
            source=self.study,
            activation="plasma",
            deposited_on="powder",
            deposition_temperature="~120 °C",
            growth_mode="cvd_component",
            crystallinity="crystalline",
            phase="cubic",
            phase_state="annealed",
            anneal_temperature="400 °C",
            anneal_atmosphere="O2",
            notes="In one reactor.",
        )
        hidden = create_study(status="draft")
        create_recipe(self.process, source=hidden, deposition_temperature="7 °C")
        for page in (
            self.get("process-detail", self.process.slug),
            self.client.get(self.study.get_absolute_url()),
        ):
            text = " ".join(re.sub("<[^>]*>", " ", page.content.decode()).split())
            text = text.replace("\N{NO-BREAK SPACE}", " ")
            for words in (
                "~120 °C LiO t Bu: pulse 0.5 s , purge 5 s HF: plasma power 300 W "
                "Plasma-enhanced, on powder Growth with a CVD-like component "
                "Crystalline: cubic, after annealing Annealed: 400 °C, O 2",
                "In one reactor.",
            ):
                self.assertIn(words, text)
            self.assertContains(page, f'<tr id="{recipe.slug}">')
            self.assertNotContains(page, "7\N{NO-BREAK SPACE}°C")

    def test_a_coating_says_how_it_was_grown_and_in_one_line_what_is_not_reported(self):
        coating = create_coating(
            self.process,
            slug="grown",
            deposition_temperature="150 °C",
            activation="thermal",
            crystallinity="amorphous",
            phase_state="as_deposited",
        )
        page = self.client.get(coating.get_absolute_url())
        for label, text in (
            ("Technique", "Thermal"),
            ("Structure", "Amorphous, as deposited"),
            (
                "Not reported",
                '<span class="muted">preparation, thickness, deposition '
                "cycles, annealing, characterization</span>",
            ),
        ):
            fact = f"<div><dt>{label}</dt><dd>{text}</dd></div>"
            self.assertContains(page, fact, html=True)
        self.assertNotContains(page, "not-reported")
        listed = '<span class="source">at&nbsp;<span class="quantity">150'
        self.assertContains(self.get("coating-list"), listed)

    def test_a_method_without_other_acronyms_does_not_speak_of_them(self):
        create_method("XPS", source=self.review)
        words = "Also printed as"
        self.assertContains(self.get("method-detail", "sem"), words)
        self.assertNotContains(self.get("method-detail", "xps"), words)

    def test_what_studies_share_is_also_in_the_later_ones(self):
        first, later = create_study(slug="first"), create_study(slug="later")
        create_process(self.lif, studies=[first, later], slug="shared", source=first)
        self.assertContains(
            self.client.get("/processes/shared/"), 'also in <a href="/studies/later/">'
        )
        create_process(self.lif, studies=[first], slug="cited", source=later)
        self.assertContains(
            self.client.get("/processes/cited/"), 'citing <a href="/studies/first/">'
        )

    def test_a_material_links_to_a_process_whose_precursors_are_not_reported(self):
        create_process(self.lif, slug="lif-unknown", source=self.review)
        page = self.get("material-list")
        link = '<a href="/processes/lif-unknown/">precursors not known</a>'
        self.assertContains(page, link, html=True)

    def test_various_substrates_read_various(self):
        response = self.get("coating-list", query_params={"q": "LiF"})
        cells = re.findall(r">\s*various\s*</div>", response.content.decode())
        self.assertEqual(len(cells), 2)
        self.assertNotContains(response, "(Various)")

    def test_name_printed_for_two_methods_stands_once(self):
        self.assertContains(self.get("coating-list"), "(FIB-)SEM</a>", count=1)

    def test_query_that_nothing_meets_says_so(self):
        response = self.get("coating-list", query_params={"q": "unobtainium"})
        self.assertContains(response, "No coatings match")

    def test_active_filters_can_be_removed_one_by_one(self):
        query = "?substrate=li-metal&elements=Li%2CF&order_by=-material&q="
        response = self.client.get(reverse("materials:coating-list") + query)
        active = response.context["active_filters"]
        self.assertEqual(
            [(item["label"], item["value"]) for item in active],
            [
                ("Substrate", "Li metal"),
                ("Film elements", "Li"),
                ("Film elements", "F"),
            ],
        )
        self.assertEqual(
            active[1]["url"],
            "/coatings/?substrate=li-metal&elements=F&order_by=-material",
        )

    def test_permalink_and_api_call_ask_the_same_without_what_is_empty(self):
        query = {"q": "", "substrate": "li-metal", "thickness_nm_match": "overlap"}
        response = self.get("coating-list", query_params=query)
        self.assertEqual(response.context["permalink"], "/coatings/?substrate=li-metal")
        self.assertEqual(
            response.context["api_url"], "/api/v1/coatings/?substrate=li-metal"
        )
        self.assertContains(response, "/api/v1/coatings/?substrate=li-metal")

    def test_form_keeps_what_it_does_not_show(self):
        response = self.get("coating-list", query_params={"study": "tiurin"})
        self.assertContains(
            response, '<input type="hidden" name="study" value="tiurin">'
        )

    def test_form_shows_what_was_asked_for(self):
        query = {"elements": "Li,F", "substrate_class": "alkali_metal"}
        response = self.get("coating-list", query_params=query)
        self.assertContains(response, 'value="Li, F"')
        box = '<input type="checkbox" name="substrate_class" value="alkali_metal"{}>'
        self.assertInHTML(box.format(" checked"), response.text)
        self.assertInHTML(
            box.format("").replace("alkali_metal", "other"), response.text
        )

    def test_header_of_a_sorted_column_says_so_and_turns_the_order(self):
        response = self.get("coating-list", query_params={"order_by": "material"})
        self.assertContains(response, 'aria-sort="ascending"', count=1)
        self.assertContains(response, 'href="/coatings/?order_by=-material"')

    def test_htmx_gets_the_table_alone(self):
        for name in LISTS:
            with self.subTest(name):
                response = self.get(f"{name}-list", headers=HTMX)
                self.assertTemplateNotUsed(response, "base.html")
                self.assertTemplateUsed(response, "includes/results.html")
                self.assertIn("HX-Request", response.headers["Vary"])
                self.assertContains(response, 'hx-swap-oob="innerHTML:#count"')

    def test_pages_lead_on_and_keep_the_query(self):
        for _ in range(50):
            create_coating(self.process, source=self.review)
        query = {"material": "lif", "page": "2"}
        response = self.get("coating-list", query_params=query)
        self.assertContains(response, "Page 2 of 2")
        self.assertContains(response, 'href="?material=lif&amp;page=1"')
        self.assertEqual(len(response.context["page_obj"]), 2)


class WrongQueryTests(MaterialsData):
    def assert_told(self, query, parameter):
        response = self.client.get(reverse("materials:coating-list") + query)
        self.assertEqual(response.status_code, 400, query)
        self.assertIn(parameter, response.context["errors"])
        return response

    def test_unknown_parameter_names_the_nearest(self):
        response = self.assert_told("?substrat=li-metal", "substrat")
        self.assertContains(response, "Did you mean “substrate”?", status_code=400)

    def test_wrong_entry_speaks_at_its_field_and_keeps_the_other_results(self):
        for query in ("thickness_nm=thin", "thickness_nm_min=thin"):
            asked = f"?{query}&material=lif"
            response = self.assert_told(asked, query.partition("=")[0])
            self.assertContains(
                response, 'aria-invalid="true"', count=1, status_code=400
            )
            self.assertContains(response, 'value="thin', status_code=400)
            [(label, _, field)] = response.context["complaints"]
            self.assertEqual((label, field), ("Thickness (nm)", "thickness_nm"))
            kept = self.client.get("/coatings/?material=lif").context["page_obj"]
            self.assertEqual(list(response.context["page_obj"]), list(kept))
            [active] = response.context["active_filters"]
            self.assertEqual(active["label"], "Material")

    def test_htmx_gets_the_same(self):
        response = self.client.get("/coatings/?thickness_nm_min=thin", headers=HTMX)
        self.assertContains(response, "Part of this query cannot be", status_code=400)
        self.assertInHTML(
            '<p class="field-error" id="error_thickness_nm" hx-swap-oob="true">Enter a '
            "number such as 120 or 1e-8.</p>",
            response.text,
        )

    def test_range_is_one_chip_in_the_unit_of_its_field(self):
        for query, words in (
            ("thickness_nm=<10 Å", "<1 nm"),
            ("thickness_nm_min=5&thickness_nm_max=20", "5–20 nm"),
            ("thickness_nm=5–20&thickness_nm_match=within", "5–20 nm, surely within"),
        ):
            response = self.client.get(f"/coatings/?{query}&material=lif")
            chip = response.context["active_filters"][0]
            self.assertEqual(chip["label"], "Thickness")
            self.assertEqual(chip["value"].replace("\N{NO-BREAK SPACE}", " "), words)
            self.assertEqual(chip["url"], "/coatings/?material=lif")

    def test_page_that_does_not_exist_names_the_last(self):
        for page in ("0", "-1", "2", "1e3", "abc", "99999999999999999999"):
            with self.subTest(page):
                response = self.assert_told(f"?page={page}", "page")
                self.assertContains(response, "the last is 1", status_code=400)

    def test_hostile_queries_are_answered(self):
        for name in LISTS:
            for query in (
                "?q=%00",
                "?q=" + "a" * 10_000,
                "?page=" + "9" * 5_000,
                "?page=1&page=2",
                "?order_by=pk;drop",
                "?elements=%00",
                "?'=1",
            ):
                with self.subTest(f"{name} {query[:30]}"):
                    response = self.client.get(
                        reverse(f"materials:{name}-list") + query
                    )
                    self.assertEqual(response.status_code, 400)
            for sign in ("'", '"', "%25", "_", "%F0%9F%94%8B", "("):
                with self.subTest(f"{name} {sign}"):
                    address = reverse(f"materials:{name}-list")
                    alone = self.client.get(f"{address}?q={sign}")
                    self.assertContains(alone, "no letter or digit", status_code=400)
                    beside = self.client.get(f"{address}?q=a{sign}")
                    self.assertEqual(beside.status_code, 200)


class DetailTests(MaterialsData):
    def test_material_links_to_its_elements_processes_coatings_and_tests(self):
        response = self.get("material-detail", "lif")
        for url in (
            "/materials/?elements=F",
            "/processes/lif-ald/",
            "/coatings/lif-on-li/",
            "/cycling/lif-on-li-cycled/",
            "/studies/review/",
        ):
            self.assertContains(response, f'href="{url}"')

    def test_disputed_measurement_is_called_so_beside_its_source(self):
        response = self.get("material-detail", "lif")
        self.assertContains(response, "10⁻⁸")
        self.assertContains(response, "This value is disputed.")
        self.assertContains(response, f'id="{self.measurement.slug}"')

    def test_substrate_links_to_its_coatings_and_tests(self):
        response = self.get("substrate-detail", "li-metal")
        self.assertContains(response, 'href="/coatings/lif-on-li/"')
        self.assertContains(response, 'href="/cycling/bare-li/"')

    def test_method_marks_under_which_name_each_coating_used_it(self):
        response = self.get("method-detail", "fib")
        self.assertContains(response, 'class="marked">(FIB-)SEM</a>')
        self.assertNotContains(response, 'class="marked">FE-SEM</a>')

    def test_process_gives_the_source_temperature_of_each_step(self):
        response = self.get("process-detail", "lif-ald")
        self.assertContains(response, "85–115\N{NO-BREAK SPACE}°C")
        self.assertContains(response, "140\N{NO-BREAK SPACE}°C")
        self.assertContains(response, 'href="/precursors/hf/"')
        self.assertContains(response, 'href="/coatings/lif-on-li/"')

    def test_coating_names_its_table_and_reference(self):
        response = self.get("coating-detail", "lif-on-li")
        self.assertContains(response, "Table 2 in")
        self.assertContains(response, 'href="/studies/tiurin/"')
        self.assertContains(response, "LiF on cathodes")

    def test_coating_shows_the_cells_that_its_source_prints_otherwise(self):
        response = self.get("coating-detail", "lif-on-li")
        self.assertEqual(
            response.context["printed_otherwise"],
            [("Material", "LiFl", "LiF"), ("Substrate", "Li", "Li metal")],
        )
        self.assertContains(response, "lithium fluoride is LiF")

    def test_what_is_not_reported_reads_so(self):
        response = self.get("coating-detail", "lif-on-various")
        self.assertContains(response, "<dt>Not reported</dt>")
        self.assertContains(response, "various")

    def test_cycling_test_stands_beside_its_control(self):
        response = self.get("cycling-detail", "lif-on-li-cycled")
        self.assertContains(response, "140\N{NO-BREAK SPACE}mAh")
        self.assertContains(response, "100\N{NO-BREAK SPACE}mAh")
        self.assertContains(response, 'href="/cycling/bare-li/"')
        self.assertContains(response, "stable")

    def test_conditions_that_are_not_reported_take_one_line(self):
        test = CyclingTest.objects.get(slug="lif-on-li-cycled")
        test.mass_loading, test.cell_count, test.failure_cycles = "10", 3, "~50"
        test.save()
        response = self.get("cycling-detail", test.slug)
        self.assertContains(response, "10\N{NO-BREAK SPACE}mg\N{NO-BREAK SPACE}cm⁻²")
        self.assertContains(response, "Failure from cycle")
        self.assertContains(response, "Number of cells")
        self.assertContains(response, "N/P ratio", count=1)
        self.assertContains(response, "<dt>Not reported</dt>", count=1)

    def test_control_leads_to_the_tests_that_it_controls(self):
        response = self.get("cycling-detail", "bare-li")
        self.assertContains(response, 'href="/cycling/lif-on-li-cycled/"')
        self.assertContains(response, "the electrode is uncoated")

    def test_draft_has_no_page(self):
        for name, slug in {
            "coating": self.hidden.slug,
            "process": self.hidden.process.slug,
            "material": self.hidden.process.material.slug,
        }.items():
            with self.subTest(name):
                response = self.get(f"{name}-detail", slug)
                self.assertEqual(response.status_code, 404)


class QueryCountTests(MaterialsData):
    """One more row must not cost one more query."""

    def setUp(self):
        for _ in range(3):
            study = create_study()
            create_citation(self.review, study.pk + 200, study)
            process = create_process(
                self.lif,
                precursors=[self.liotbu, self.hf],
                studies=[study],
                source=self.review,
            )
            coating = create_coating(
                process,
                [study],
                substrate=self.metal,
                characterization_as_reported="FE-SEM",
                source=self.review,
                deposition_temperature="90",
            )
            create_measurement([study], coating=coating, source=self.review)
            create_recipe(
                process,
                [{"precursor": self.hf}],
                [study],
                source=self.review,
                deposition_temperature="90",
            )
            for subject in ({"process": process}, {"coating": coating}):
                create_measurement(
                    [study],
                    property="growth_per_cycle",
                    value="1",
                    source=self.review,
                    **subject,
                )
            create_sei_relation(self.lif, "lif", [study], source=study)
            create_cycling_test(
                [{"cycle_number": 1, "specific_capacity": "1"}],
                study=study,
                electrode=self.metal,
                coating=coating,
                control=self.control,
                source=self.review,
            )

        create_recipe(
            self.process,
            [{"precursor": self.hf}],
            [self.study],
            source=self.review,
        )
        deriving.flush()

    def assert_list(self, name, rows, facets, choices):
        """Queries for the table, the counts of choices, and the choices themselves."""
        for headers in (HTMX, {}):
            with self.assertNumQueries(rows + facets + choices):
                self.get(f"{name}-list", headers=headers)

    def test_materials(self):
        # count, keys, rows, sources, elements and which; the first processes of each,
        # these, their sources, steps, precursors; facets: class; the keys, and by them
        # method, what is mimicked, what is created, degree of mimicry, precursors,
        # substrates;
        # choices: precursors, substrates
        self.assert_list("material", 11, 1 + 1 + 6, 2)

    def test_substrates(self):
        # count, keys, rows, sources, elements and which; facets: role, host family and
        # class together; the keys, and by them materials; choices: materials
        self.assert_list("substrate", 6, 1 + 2, 1)

    def test_methods(self):
        # count, keys, rows, sources; facet: category; no choices that are rows
        self.assert_list("method", 4, 1, 0)

    def test_processes(self):
        # count, keys, rows, materials, steps, precursors, what is reported of them,
        # works, studies, citations; facets: method; precursors; materials, and by them
        # their class; activation, reactor, deposited on and crystallinity together, and
        # how many have any;
        # choices: precursors, materials
        self.assert_list("process", 10, 2 + 2 + 2, 2)

    def test_coatings(self):
        # count, keys, rows, processes, materials, steps, precursors, substrates, uses,
        # methods; sources, works and which, both with citations;
        # facets: substrates, and by them electrode role, host family, class together;
        # materials, and by them their class; method, review category, activation,
        # reactor, deposited on and crystallinity together; processes, and by them their
        # precursors; methods; choices: precursors, substrates, materials, methods
        self.assert_list("coating", 15, 2 + 2 + 1 + 2 + 1, 4)

    def test_cycling_tests(self):
        # count, keys, rows, coatings, processes, materials, steps, precursors,
        # substrates, controls, gains, points; sources and studies, both with citations;
        # how many have a control or gain; facets: codes of a test together;
        # electrodes, and by them their role, host family, class together; materials;
        # choices: materials, electrodes
        self.assert_list("cycling", 16 + 1, 1 + 2 + 1, 2)
