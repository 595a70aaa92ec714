from django.test import TestCase

from asei_db.lib.filters import StrictFilterSet
from literature.entries import Entry
from literature.models import Sourced, Study
from materials.filters import (
    CharacterizationMethodFilter,
    CoatingFilter,
    CyclingTestFilter,
    DepositionProcessFilter,
    MaterialFilter,
    PropertyMeasurementFilter,
    RecipeFilter,
    SubstrateFilter,
)
from materials.models import DepositionProcess
from tests.factories import (
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
)


def listed_rows(filter_class):
    """The rows that a list shows: entries, or public records that have none."""
    model = filter_class.Meta.model
    is_entry = issubclass(model, Entry)
    return model.objects.all() if is_entry else model.objects.published()


def record_of(row):
    return row.record if isinstance(row, Entry) else row


def record_model(filter_class):
    model = filter_class.Meta.model
    return model.record_model() if issubclass(model, Entry) else model


class FilterTests(TestCase):
    """Two coatings, alumina on lithium and lithicone on silicon, and one draft."""

    @classmethod
    def setUpTestData(cls):
        lithium, aluminum, oxygen = (
            create_element("Li", 3),
            create_element("Al", 13),
            create_element("O", 8),
        )
        tma, water = create_precursor("TMA"), create_precursor("H2O")
        liotbu, hq = create_precursor("LiOtBu"), create_precursor("HQ")
        create_method("SEM", variants=["FE-SEM"])
        create_method("XPS", category="spectroscopy")
        cls.early = create_study(slug="early", year=2012)
        cls.late = create_study(slug="late", year=2024)
        review = create_study(slug="review")
        cls.draft = create_study(slug="draft", status="draft")
        alumina = create_process(
            create_material("Al2O3", [aluminum, oxygen], formula="Al2O3"),
            [tma, water],
            [cls.early],
            slug="alumina",
            deposition_temperature="80–200 °C",
            growth_per_cycle="~1 Å",
        )
        lithicone = create_process(
            create_material("Li–HQ", [lithium, oxygen], material_class="metal_organic"),
            [liotbu, hq],
            [cls.late],
            slug="lithicone",
            method="ald_mld",
        )
        lithium_metal = create_substrate(
            "Li metal",
            [lithium],
            substrate_class="alkali_metal",
            electrode_role="metal_anode",
            host_family="lithium",
        )
        silicon = create_substrate(
            "Si",
            acronym="nSi",
            substrate_class="silicon",
            electrode_role="anode",
            host_family="silicon",
        )
        cls.on_lithium = create_coating(
            alumina,
            [cls.early],
            slug="on-lithium",
            source=review,
            substrate=lithium_metal,
            thickness="<3 nm",
            characterization_as_reported="FE-SEM, XPS",
            review_category="protective_barrier",
        )
        cls.on_silicon = create_coating(
            lithicone,
            [cls.late],
            slug="on-silicon",
            source=review,
            substrate=silicon,
            thickness="20 nm",
            substrate_preparation="Nano-Si, carbon and binder",
            characterization_as_reported="SEM",
            review_category="alkali_containing_asei",
        )
        cls.anywhere = create_coating(
            lithicone, slug="anywhere", source=review, review_category=""
        )
        create_coating(alumina, slug="hidden", source=cls.draft, substrate=silicon)
        bare = create_cycling_test(
            slug="bare", source=cls.late, electrode=silicon, c_rate="0.5C"
        )
        create_cycling_test(
            slug="coated",
            source=cls.late,
            electrode=silicon,
            coating=cls.on_silicon,
            control=bare,
            c_rate="0.5C",
            cell_type="full",
            charge_carrier="na",
            cycles_run=">300",
        )
        create_measurement(
            slug="melts", property="melting_point", value="70", precursor=liotbu
        )
        create_measurement(
            slug="bare-si",
            property="interfacial_resistance",
            value="9",
            substrate=silicon,
        )
        create_finding(material=lithicone.material)
        create_measurement(slug="sigma", material=lithicone.material, value="10−8")
        create_measurement(
            slug="rate",
            property="growth_per_cycle",
            value="2 Å",
            process=lithicone,
            studies=[create_study(slug="measured")],
        )

    def slugs(self, filter_class, **query):
        filterset = filter_class(query, listed_rows(filter_class))
        self.assertTrue(filterset.is_valid(), filterset.errors)
        return [record_of(row).slug for row in filterset.qs]

    def test_coatings(self):
        both = ["on-lithium", "on-silicon"]
        for query, expected in (
            ({}, [*both, "anywhere"]),
            ({"substrate": "li-metal"}, ["on-lithium"]),
            ({"substrate": ["li-metal", "si"]}, both),
            ({"substrate_class": "silicon"}, ["on-silicon"]),
            ({"electrode_role": "anode"}, ["on-silicon"]),
            ({"host_family": "silicon"}, ["on-silicon"]),
            ({"precursor": "liotbu"}, ["on-silicon", "anywhere"]),
            ({"precursor": "tma,h2o"}, ["on-lithium"]),
            ({"precursor": "tma,hq"}, []),
            ({"material": "al2o3"}, ["on-lithium"]),
            ({"material_class": "metal_organic"}, ["on-silicon", "anywhere"]),
            ({"elements": "Al,O"}, ["on-lithium"]),
            ({"elements": "O"}, [*both, "anywhere"]),
            ({"elements_exclude": "Al"}, ["on-silicon", "anywhere"]),
            ({"elements_exclude": "Al,Li"}, []),
            ({"elements": "O", "elements_exclude": "Li"}, ["on-lithium"]),
            ({"method": "ald_mld"}, ["on-silicon", "anywhere"]),
            ({"characterization_method": "sem"}, both),
            ({"characterization_method": "sem,xps"}, ["on-lithium"]),
            ({"review_category": "protective_barrier"}, ["on-lithium"]),
            ({"thickness_nm_max": "5"}, ["on-lithium"]),
            ({"thickness_nm_min": "3"}, ["on-silicon"]),
            ({"thickness_nm_max": "20", "thickness_nm_match": "within"}, both),
            ({"deposition_temperature_celsius_max": "80"}, ["on-lithium"]),
            ({"process": "lithicone"}, ["on-silicon", "anywhere"]),
            ({"study": "early"}, ["on-lithium"]),
            ({"year_min": "2013"}, ["on-silicon", "anywhere"]),
            ({"q": "li-hq nano"}, ["on-silicon"]),
            ({"q": "tma xps"}, ["on-lithium"]),
            ({"q": "nowhere"}, []),
        ):
            with self.subTest(query):
                self.assertCountEqual(self.slugs(CoatingFilter, **query), expected)

    def test_coatings_sort_with_what_is_missing_last(self):
        for order, expected in (
            ("thickness_nm", ["on-lithium", "on-silicon", "anywhere"]),
            ("-thickness_nm", ["on-silicon", "on-lithium", "anywhere"]),
            ("review_category", ["on-silicon", "on-lithium", "anywhere"]),
            ("-substrate", ["on-silicon", "on-lithium", "anywhere"]),
        ):
            with self.subTest(order):
                self.assertEqual(self.slugs(CoatingFilter, order_by=order), expected)

    def run_at(self, value, process="lithicone", **fields):
        process = DepositionProcess.objects.get(slug=process)
        return create_recipe(process, deposition_temperature=value, **fields)

    def test_processes_and_coatings_are_found_by_temperatures_of_recipes(self):
        self.run_at("150 °C")
        self.run_at("310 °C")
        self.run_at("300 °C", process="alumina")
        self.run_at("500 °C", disputed=True)
        self.run_at("500 °C", source=self.draft)
        both = ["alumina", "lithicone"]
        for query, expected in (
            ({"min": "290"}, both),
            ({"min": "305"}, ["lithicone"]),
            ({"max": "100"}, ["alumina"]),
            ({"min": "155", "max": "290"}, ["alumina"]),
            ({"min": "140", "max": "160", "match": "within"}, ["lithicone"]),
            ({"min": "400"}, []),
        ):
            query = {
                f"deposition_temperature_celsius_{end}": value
                for end, value in query.items()
            }
            with self.subTest(query):
                found = self.slugs(DepositionProcessFilter, **query)
                self.assertCountEqual(found, expected)
                coatings = self.slugs(CoatingFilter, **query)
                self.assertEqual("on-lithium" in coatings, "alumina" in expected)
                self.assertEqual("on-silicon" in coatings, "lithicone" in expected)

    def test_what_a_coating_states_is_reported_of_its_process(self):
        self.on_silicon.deposition_temperature = "310 °C"
        self.on_silicon.save()
        name = "deposition_temperature_celsius"
        found = self.slugs(DepositionProcessFilter, **{f"{name}_min": "300"})
        self.assertEqual(found, ["lithicone"])
        found = self.slugs(DepositionProcessFilter, order_by=f"-{name}")
        self.assertEqual(found, ["lithicone", "alumina"])
        self.run_at("60 °C")
        for order, expected in (
            (name, ["lithicone", "alumina"]),
            (f"-{name}", ["alumina", "lithicone"]),
        ):
            found = self.slugs(DepositionProcessFilter, order_by=order)
            self.assertEqual(found, expected)
        item = self.client.get("/api/v1/processes/lithicone/").json()
        values = [value["min"] for value in item["deposition_temperatures"]]
        self.assertEqual(values, [60, 310])
        found = self.slugs(PropertyMeasurementFilter, process="lithicone")
        self.assertEqual(len(found), 1)  # the growth per cycle

    def test_what_a_disputed_process_states_is_shown_so_but_finds_and_sorts_nothing(
        self,
    ):
        process = DepositionProcess.objects.get(slug="alumina")
        process.disputed = True
        process.save()
        self.run_at("150 °C")
        name = "deposition_temperature_celsius"
        for filter_class, expected in (
            (DepositionProcessFilter, ["lithicone"]),
            (CoatingFilter, ["on-silicon", "anywhere"]),
        ):
            found = self.slugs(filter_class, **{f"{name}_min": "0"})
            self.assertCountEqual(found, expected)
        for order in (name, f"-{name}"):
            found = self.slugs(DepositionProcessFilter, order_by=order)
            self.assertEqual(found, ["lithicone", "alumina"])
        marked = (
            '<td data-label="Deposition" class="number"><span class="line">'
            '<span class="quantity">80–200\N{NO-BREAK SPACE}°C</span></span>'
            '<span class="line disputed">disputed</span></td>'
        )
        self.assertContains(self.client.get("/processes/"), marked, html=True)
        self.run_at("90 °C", process="alumina")
        beside = (
            '<span class="line"><span class="quantity">80–200 °C'
            '</span></span><span class="line disputed">disputed</span>'
        )
        page = self.client.get("/processes/alumina/")
        self.assertContains(page, "90 °C")
        self.assertContains(page, beside)
        item = self.client.get("/api/v1/processes/alumina/").json()
        self.assertTrue(item["disputed"])
        self.assertEqual(item["deposition_temperature"]["min"], 80)
        values = [value["min"] for value in item["deposition_temperatures"]]
        self.assertEqual(values, [90])
        self.assertEqual(
            self.slugs(DepositionProcessFilter, order_by=name)[0], "alumina"
        )

    def test_a_coating_is_found_by_its_own_temperature_first(self):
        name = "deposition_temperature_celsius"
        self.run_at("200 °C")
        self.assertIn("on-silicon", self.slugs(CoatingFilter, **{f"{name}_max": "200"}))
        self.on_silicon.deposition_temperature = "310 °C"
        self.on_silicon.save()
        found = self.slugs(CoatingFilter, **{f"{name}_min": "300"})
        self.assertEqual(found, ["on-silicon"])
        found = self.slugs(CoatingFilter, **{f"{name}_max": "250"})
        self.assertNotIn("on-silicon", found)

    def test_films_are_found_by_how_they_were_grown(self):
        plasma = self.run_at("90", activation="plasma", phase="cubic")
        self.run_at("95", process="alumina", reactor="spatial", disputed=True)
        self.on_lithium.reactor = "spatial"
        self.on_lithium.crystallinity = "amorphous"
        self.on_lithium.save()
        for filter_class, query, expected in (
            (DepositionProcessFilter, {"activation": "plasma"}, ["lithicone"]),
            (DepositionProcessFilter, {"activation": "thermal"}, []),
            (DepositionProcessFilter, {"reactor": "spatial"}, ["alumina"]),
            (DepositionProcessFilter, {"crystallinity": "amorphous"}, ["alumina"]),
            (CoatingFilter, {"reactor": "spatial"}, ["on-lithium"]),
            (CoatingFilter, {"activation": "plasma"}, []),
            (RecipeFilter, {"activation": "plasma,thermal"}, [plasma.slug]),
            (RecipeFilter, {"q": "cubic"}, [plasma.slug]),
            (RecipeFilter, {"deposition_temperature_celsius_max": "90"}, [plasma.slug]),
            (RecipeFilter, {"process": "lithicone"}, [plasma.slug]),
            (RecipeFilter, {"elements": "Li"}, [plasma.slug]),
        ):
            with self.subTest(filter_class.__name__, **query):
                self.assertEqual(self.slugs(filter_class, **query), expected)
        self.on_lithium.source = self.draft
        self.on_lithium.save()
        for query in ({"reactor": "spatial"}, {"crystallinity": "amorphous"}):
            self.assertEqual(self.slugs(DepositionProcessFilter, **query), [])

    def test_processes_sort_by_the_stated_else_the_lowest_measured_value(self):
        self.run_at("310 °C")
        self.run_at("85 °C")
        self.run_at("10 °C", process="alumina")
        order = "deposition_temperature_celsius"
        found = self.slugs(DepositionProcessFilter, order_by=order)
        self.assertEqual(found, ["alumina", "lithicone"])
        found = self.slugs(DepositionProcessFilter, order_by=f"-{order}")
        self.assertEqual(found, ["lithicone", "alumina"])

    def test_where_no_public_work_is_named_the_source_is_the_study(self):
        review = create_study(slug="only", year=1999)
        process = DepositionProcess.objects.get(slug="alumina")
        alone = {"source": review, "process": process}
        create_coating(slug="alone", **alone)
        create_coating(slug="by-a-draft", studies=[self.draft], **alone)
        create_coating(slug="by-others", studies=[create_study(year=2001)], **alone)
        ours = ["alone", "by-a-draft"]
        for query in ({"study": "only"}, {"year_max": "1999"}):
            self.assertCountEqual(self.slugs(CoatingFilter, **query), ours)
        found = self.slugs(CoatingFilter, source="only")
        self.assertCountEqual(found, [*ours, "by-others"])

    def test_every_value_is_found_by_its_study_and_by_its_source(self):
        self.run_at("100 °C")
        create_finding()
        create_sei_relation(create_material())
        sourced = [
            filter_class
            for filter_class in StrictFilterSet.__subclasses__()
            if hasattr(filter_class, "Meta")
            and issubclass(record_model(filter_class), Sourced)
            and ".filters" in filter_class.__module__
        ]
        self.assertEqual(len(sourced), 10)
        for filter_class in sourced:
            record = record_model(filter_class).objects.published().first()
            [study, *_] = Study.objects.published().reporting([record])
            for query in ({"source": record.source.slug}, {"study": study.slug}):
                with self.subTest(filter_class.__name__, **query):
                    self.assertIn(record.slug, self.slugs(filter_class, **query))

    def test_a_draft_can_neither_be_named_nor_found_through(self):
        filterset = CoatingFilter({"study": "draft"})
        self.assertIn("study", filterset.errors)
        found = self.slugs(MaterialFilter, substrate="si")
        self.assertEqual(found, ["li-hq"])
        self.assertEqual(self.slugs(SubstrateFilter, material="al2o3"), ["li-metal"])

    def test_what_a_draft_states_of_a_public_process_stays_hidden(self):
        process = create_process(
            source=self.draft,
            slug="shared",
            deposition_temperature="60 °C",
            notes="Secret note.",
            disputed=True,
        )
        create_coating(process, slug="public")
        query = {"deposition_temperature_celsius_max": "70"}
        self.assertEqual(self.slugs(DepositionProcessFilter, **query), [])
        self.assertEqual(self.slugs(CoatingFilter, **query), [])
        page = self.client.get(process.get_absolute_url())
        self.assertNotContains(page, "60 °C")
        self.assertNotContains(page, "Secret")
        for address in ("/processes/", process.material.get_absolute_url()):
            self.assertNotContains(self.client.get(address), "/studies/draft/")
        item = self.client.get("/api/v1/processes/shared/").json()
        self.assertIsNone(item["deposition_temperature"])
        self.assertEqual(item["notes"], [])
        self.assertFalse(item["disputed"])
        for order in (
            "deposition_temperature_celsius",
            "-deposition_temperature_celsius",
        ):
            found = self.slugs(DepositionProcessFilter, order_by=order)
            self.assertEqual(found[0], "alumina")

    def test_materials(self):
        for query, expected in (
            ({"elements": "Li,O"}, ["li-hq"]),
            ({"elements_exclude": "Li"}, ["al2o3"]),
            ({"material_class": "oxide"}, ["al2o3"]),
            ({"precursor": "liotbu,hq"}, ["li-hq"]),
            ({"substrate": "li-metal"}, ["al2o3"]),
            ({"method": "ald"}, ["al2o3"]),
            ({"q": "al₂o₃"}, ["al2o3"]),
        ):
            with self.subTest(query):
                self.assertEqual(self.slugs(MaterialFilter, **query), expected)

    def test_processes(self):
        for query, expected in (
            ({"deposition_temperature_celsius_min": "150"}, ["alumina"]),
            ({"growth_per_cycle_angstrom_max": "1.5"}, ["alumina"]),
            ({"growth_per_cycle_angstrom_min": "1.5"}, ["lithicone"]),
            ({"precursor": "hq"}, ["lithicone"]),
            ({"elements": "Li"}, ["lithicone"]),
            ({"elements_exclude": "Al"}, ["lithicone"]),
            ({"study": "early"}, ["alumina"]),
            ({"study": "measured"}, ["lithicone"]),
            ({"q": "liotbu hq"}, ["lithicone"]),
            (
                {"order_by": "-deposition_temperature_celsius"},
                ["alumina", "lithicone"],
            ),
        ):
            with self.subTest(query):
                self.assertEqual(self.slugs(DepositionProcessFilter, **query), expected)

    def test_substrates_methods_measurements_and_tests(self):
        for filter_class, query, expected in (
            (SubstrateFilter, {"substrate_class": "alkali_metal"}, ["li-metal"]),
            (SubstrateFilter, {"electrode_role": "metal_anode"}, ["li-metal"]),
            (SubstrateFilter, {"host_family": "silicon,nmc"}, ["si"]),
            (SubstrateFilter, {"order_by": "electrode_role"}, ["si", "li-metal"]),
            (SubstrateFilter, {"q": "nsi"}, ["si"]),
            (SubstrateFilter, {"elements": "Li"}, ["li-metal"]),
            (CharacterizationMethodFilter, {"category": "spectroscopy"}, ["xps"]),
            (CharacterizationMethodFilter, {"q": "fe-sem"}, ["sem"]),
            (
                PropertyMeasurementFilter,
                {"property": "ionic_conductivity", "value_min": "1e-9"},
                ["sigma"],
            ),
            (PropertyMeasurementFilter, {"material": "li-hq"}, ["sigma", "rate"]),
            (CyclingTestFilter, {"material": "li-hq"}, ["coated"]),
            (CyclingTestFilter, {"electrode": "si"}, ["bare", "coated"]),
            (CyclingTestFilter, {"electrode_role": "anode"}, ["bare", "coated"]),
            (CyclingTestFilter, {"host_family": "lithium"}, []),
            (PropertyMeasurementFilter, {"elements": "Li,O"}, ["sigma", "rate"]),
            (PropertyMeasurementFilter, {"elements": "Al"}, []),
            (
                PropertyMeasurementFilter,
                {"elements_exclude": "Li"},
                ["melts", "bare-si"],
            ),
            (SubstrateFilter, {"elements_exclude": "Li"}, ["si"]),
            (CyclingTestFilter, {"cell_type": "full"}, ["coated"]),
            (CyclingTestFilter, {"charge_carrier": "na,k"}, ["coated"]),
            (CyclingTestFilter, {"has_control": "true"}, ["coated"]),
            (CyclingTestFilter, {"has_control": "false"}, ["bare"]),
            (CyclingTestFilter, {"c_rate_max": "0.4"}, []),
            (CyclingTestFilter, {"cycles_run_min": "300"}, ["coated"]),
            (CyclingTestFilter, {"time_run_h_min": "1"}, []),
            (PropertyMeasurementFilter, {"precursor": "liotbu"}, ["melts"]),
            (PropertyMeasurementFilter, {"substrate": "si"}, ["bare-si"]),
            (PropertyMeasurementFilter, {"q": "liotbu"}, ["melts"]),
        ):
            with self.subTest(query):
                self.assertCountEqual(self.slugs(filter_class, **query), expected)
