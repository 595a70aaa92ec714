"""What the API says of each record."""

from django.test import TestCase

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
    create_study,
    create_substrate,
    create_temperature,
)

HOST = "http://testserver"


class ItemTests(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(
            slug="review",
            doi="10.1/review",
            kind="review",
            journal="Dalton Trans.",
            year=2025,
            volume="54",
            pages="10492",
        )
        cls.known = create_study(
            slug="known", doi="10.1/known", year=2020, volume="56", pages="1–9"
        )
        cls.unknown = create_study(
            slug="unknown", title="", authors=[], journal="", year=None, volume=""
        )
        create_citation(cls.review, 45, cls.known)
        create_citation(cls.review, 46, cls.unknown)
        lithium = create_element("Li", 3, name="lithium")
        oxygen = create_element("O", 8, name="oxygen", group=16)
        sourced = {"source": cls.review}
        cls.tma = create_precursor(
            "TMA",
            elements=[oxygen, lithium],
            cas_number="75-24-1",
            identifiers_source="PubChem",
            notes="First.\nSecond.",
            **sourced,
        )
        cls.water = create_precursor("W", slug="water", name="water", **sourced)
        cls.water.acronym = ""
        cls.water.save()
        cls.alumina = create_material("Al2O3", elements=[oxygen], **sourced)
        cls.process = create_process(
            cls.alumina,
            [cls.tma, cls.water],
            studies=[cls.known],
            slug="al2o3-ald",
            deposition_temperature="85–115 °C",
            growth_per_cycle="~1",
            **sourced,
        )
        cls.process.steps.filter(position=2).update(is_optional=True)
        cls.lithium_metal = create_substrate(
            "Li metal",
            substrate_class="alkali_metal",
            electrode_role="metal_anode",
            elements=[lithium],
            **sourced,
        )
        create_method("SEM", variants=["FE-SEM"], **sourced)
        create_method("Cyc", **sourced)
        cls.coating = create_coating(
            cls.process,
            studies=[cls.known],
            slug="al2o3-li",
            substrate=cls.lithium_metal,
            substrate_as_reported="Li foil",
            substrate_preparation="Punch-out disks",
            material_as_reported="Al2O3",
            precursors_as_reported="TMA; H2O",
            characterization_as_reported="Cyc (first cycle only), FE-SEM",
            thickness="<3 nm",
            deposition_cycle_count=20,
            review_category="protective_barrier",
            notes="A note.",
            **sourced,
        )

    def get(self, path):
        response = self.client.get(f"/api/v1/{path}/")
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()

    def test_coating(self):
        self.assertEqual(
            self.get("coatings/al2o3-li"),
            {
                "slug": "al2o3-li",
                "url": f"{HOST}/api/v1/coatings/al2o3-li/",
                "page": f"{HOST}/coatings/al2o3-li/",
                "material": {
                    "slug": "al2o3",
                    "url": f"{HOST}/api/v1/materials/al2o3/",
                    "name": "Al2O3",
                },
                "method": "ald",
                "method_label": "ALD",
                "process": {
                    "slug": "al2o3-ald",
                    "url": f"{HOST}/api/v1/processes/al2o3-ald/",
                    "precursors": [
                        {
                            "slug": "tma",
                            "url": f"{HOST}/api/v1/precursors/tma/",
                            "acronym": "TMA",
                            "step": 1,
                            "optional": False,
                        },
                        {
                            "slug": "water",
                            "url": f"{HOST}/api/v1/precursors/water/",
                            "acronym": "water",
                            "step": 2,
                            "optional": True,
                        },
                    ],
                },
                "substrate": {
                    "slug": "li-metal",
                    "url": f"{HOST}/api/v1/substrates/li-metal/",
                    "name": "Li metal",
                    "acronym": "",
                    "substrate_class": "alkali_metal",
                    "substrate_class_label": "Alkali metal",
                    "electrode_role": "metal_anode",
                    "electrode_role_label": "Metal anode",
                    "host_family": None,
                    "host_family_label": None,
                },
                "substrate_preparation": "Punch-out disks",
                "thickness": {
                    "as_reported": "<3 nm",
                    "qualifier": "<",
                    "min": None,
                    "max": 3.0,
                    "unit": "nm",
                },
                "deposition_cycle_count": 20,
                "characterization_methods": [
                    {
                        "acronym": "Cyc",
                        "as_reported": "Cyc",
                        "slug": "cyc",
                        "url": f"{HOST}/api/v1/characterization-methods/cyc/",
                        "remark": "first cycle only",
                    },
                    {
                        "acronym": "SEM",
                        "as_reported": "FE-SEM",
                        "slug": "sem",
                        "url": f"{HOST}/api/v1/characterization-methods/sem/",
                        "remark": "",
                    },
                ],
                "studies": [
                    {
                        "slug": "known",
                        "url": f"{HOST}/api/v1/studies/known/",
                        "doi": "10.1/known",
                        "label": "Noether et al., J. Test. 2020, 56, 1",
                        "citation_number": 45,
                    }
                ],
                "review_category": "protective_barrier",
                "review_category_label": "Protective barrier",
                "material_as_reported": "Al2O3",
                "precursors_as_reported": "TMA; H2O",
                "substrate_as_reported": "Li foil",
                "characterization_as_reported": "Cyc (first cycle only), FE-SEM",
                "source": {
                    "study": "review",
                    "url": f"{HOST}/api/v1/studies/review/",
                    "doi": "10.1/review",
                    "locator": "Table 2",
                    "reading": "stated",
                    "reading_label": "Stated",
                    "extent_read": "full_text",
                    "extent_read_label": "Full text",
                },
                "notes": ["A note."],
                "disputed": False,
            },
        )

    def test_coating_of_which_little_is_known(self):
        create_coating(self.process, slug="bare", source=self.known)
        item = self.get("coatings/bare")
        self.assertIsNone(item["substrate"])
        self.assertIsNone(item["thickness"])
        self.assertIsNone(item["deposition_cycle_count"])
        self.assertIsNone(item["review_category"])
        self.assertEqual(item["substrate_preparation"], "")
        self.assertEqual(item["characterization_methods"], [])
        self.assertEqual(item["studies"], [])
        self.assertEqual(item["notes"], [])

    def test_study_of_which_only_the_number_is_known(self):
        create_coating(
            self.process, slug="c", source=self.review, studies=[self.unknown]
        )
        self.assertEqual(
            self.get("coatings/c")["studies"],
            [
                {
                    "slug": "unknown",
                    "url": f"{HOST}/api/v1/studies/unknown/",
                    "doi": None,
                    "label": "Ref. 46 in Dalton Trans. 2025, 54, 10492",
                    "citation_number": 46,
                }
            ],
        )

    def test_study_that_the_source_does_not_number(self):
        create_coating(self.process, slug="c", source=self.known, studies=[self.known])
        self.assertIsNone(self.get("coatings/c")["studies"][0]["citation_number"])

    def test_precursor(self):
        create_temperature(self.tma, "RT", studies=[self.unknown], source=self.review)
        create_temperature(
            self.tma, "85–115 °C", is_typical=False, source=self.known, disputed=True
        )
        room = {
            "as_reported": "RT",
            "qualifier": "=",
            "min": 25.0,
            "max": 25.0,
            "unit": "°C",
        }
        item = self.get("precursors/tma")
        self.assertEqual(item["sublimation_temperature"], room)
        typical, other = item["sublimation_temperatures"]
        self.assertEqual(
            typical,
            room
            | {
                "is_typical": True,
                "studies": [
                    {
                        "slug": "unknown",
                        "url": f"{HOST}/api/v1/studies/unknown/",
                        "doi": None,
                        "label": "Ref. 46 in Dalton Trans. 2025, 54, 10492",
                        "citation_number": 46,
                    }
                ],
                "source": {
                    "study": "review",
                    "url": f"{HOST}/api/v1/studies/review/",
                    "doi": "10.1/review",
                    "locator": "Table 1",
                    "reading": "stated",
                    "reading_label": "Stated",
                    "extent_read": "full_text",
                    "extent_read_label": "Full text",
                },
                "notes": [],
                "disputed": False,
            },
        )
        self.assertEqual((other["min"], other["max"]), (85, 115))
        self.assertTrue(other["disputed"])
        self.assertEqual(item["elements"], ["Li", "O"])
        self.assertEqual(item["cas_number"], "75-24-1")
        self.assertEqual(item["notes"], ["First.", "Second."])

    def test_unknown_identifiers_and_words_are_null_and_unknown_texts_are_empty(self):
        item = self.get("precursors/water")
        for name in (
            "cas_number",
            "smiles",
            "inchi_key",
            "pubchem_cid",
            "physical_state",
            "melting_point_celsius",
            "is_air_sensitive",
            "sublimation_temperature",
        ):
            self.assertIsNone(item[name], name)
        for name in ("acronym", "formula", "identifiers_source"):
            self.assertEqual(item[name], "", name)
        self.assertEqual(item["sublimation_temperatures"], [])

    def test_process(self):
        item = self.get("processes/al2o3-ald")
        self.assertEqual(
            item["material"],
            {
                "slug": "al2o3",
                "url": f"{HOST}/api/v1/materials/al2o3/",
                "name": "Al2O3",
            },
        )
        self.assertEqual((item["method"], item["method_label"]), ("ald", "ALD"))
        self.assertEqual(
            [step["slug"] for step in item["precursors"]], ["tma", "water"]
        )
        self.assertEqual(
            item["deposition_temperature"],
            {
                "as_reported": "85–115 °C",
                "qualifier": "=",
                "min": 85.0,
                "max": 115.0,
                "unit": "°C",
            },
        )
        self.assertEqual(
            item["growth_per_cycle"],
            {
                "as_reported": "~1",
                "qualifier": "~",
                "min": 1.0,
                "max": 1.0,
                "unit": "Å/cycle",
            },
        )
        self.assertEqual(item["studies"][0]["citation_number"], 45)
        self.assertEqual(item["page"], f"{HOST}/processes/al2o3-ald/")

    def test_process_gives_all_its_published_values_with_their_sources(self):
        fields = {"process": self.process, "property": "deposition_temperature"}
        create_measurement(value="423 K", source=self.known, locator="Fig. 2", **fields)
        create_measurement(value="1 °C", disputed=True, **fields)
        create_measurement(value="2 °C", source=create_study(status="draft"), **fields)
        item = self.get("processes/al2o3-ald")
        own, measured = item["deposition_temperatures"]
        self.assertEqual(own.pop("source")["study"], self.review.slug)
        self.assertEqual(own, item["deposition_temperature"])
        self.assertEqual((measured["as_reported"], measured["min"]), ("423 K", 149.85))
        self.assertEqual(measured["source"]["study"], self.known.slug)
        self.assertEqual(measured["source"]["locator"], "Fig. 2")
        [growth] = item["growths_per_cycle"]
        self.assertEqual(growth["as_reported"], "~1")

    def test_material_names_its_processes(self):
        item = self.get("materials/al2o3")
        self.assertEqual(
            item["processes"],
            [{"slug": "al2o3-ald", "url": f"{HOST}/api/v1/processes/al2o3-ald/"}],
        )
        self.assertEqual(item["elements"], ["O"])
        self.assertEqual(item["material_class"], "oxide")

    def test_substrate_and_method(self):
        self.assertEqual(self.get("substrates/li-metal")["elements"], ["Li"])
        item = self.get("characterization-methods/sem")
        self.assertEqual(item["variants"], ["FE-SEM"])
        self.assertEqual(item["page"], f"{HOST}/methods/sem/")

    def test_study(self):
        self.assertEqual(
            self.get("studies/unknown"),
            {
                "slug": "unknown",
                "url": f"{HOST}/api/v1/studies/unknown/",
                "page": f"{HOST}/studies/unknown/",
                "doi": None,
                "label": "Ref. 46 in Dalton Trans. 2025, 54, 10492",
                "title": "",
                "authors": [],
                "journal": "",
                "year": None,
                "volume": "",
                "pages": "1–9",
                "kind": "article",
                "kind_label": "Article",
                "metadata_confidence": "verified",
                "metadata_confidence_label": "Checked against the publication",
                "extent_read": "full_text",
                "extent_read_label": "Full text",
                "citations": [
                    {
                        "review": "review",
                        "url": f"{HOST}/api/v1/studies/review/",
                        "number": 46,
                    }
                ],
                "notes": [],
            },
        )

    def test_element_goes_by_its_symbol(self):
        self.assertEqual(
            self.get("elements/Li"),
            {
                "slug": "Li",
                "url": f"{HOST}/api/v1/elements/Li/",
                "page": f"{HOST}/materials/?elements=Li",
                "symbol": "Li",
                "name": "lithium",
                "atomic_number": 3,
                "group": 1,
                "period": 2,
            },
        )

    def test_measurement(self):
        create_measurement(
            slug="m",
            coating=self.coating,
            value="3.6–5 × 10−8 S cm−1",
            temperature="RT",
            studies=[self.known],
            source=self.review,
            disputed=True,
            notes="Another source says otherwise.",
        )
        item = self.get("measurements/m")
        self.assertEqual(item["property"], "ionic_conductivity")
        self.assertEqual(
            item["quantity"],
            {
                "as_reported": "3.6–5 × 10−8 S cm−1",
                "qualifier": "=",
                "min": 3.6e-8,
                "max": 5e-8,
                "unit": "S/cm",
            },
        )
        self.assertEqual(item["temperature"]["as_reported"], "RT")
        self.assertEqual(item["property_label"], "Ionic conductivity")
        self.assertEqual(
            item["property_url"], f"{HOST}/api/v1/properties/ionic_conductivity/"
        )
        self.assertEqual(item["material"]["slug"], "al2o3")
        self.assertIsNone(item["process"])
        self.assertEqual(item["coating"]["slug"], "al2o3-li")
        self.assertEqual(item["coating"]["material"]["slug"], "al2o3")
        self.assertEqual(item["studies"][0]["citation_number"], 45)
        self.assertTrue(item["disputed"])
        self.assertEqual(item["page"], f"{HOST}/coatings/al2o3-li/#m")

    def test_measurement_names_its_bare_control(self):
        same = {"property": "interfacial_resistance", "source": self.review}
        bare = create_measurement(
            slug="bare", substrate=self.coating.substrate, value="1,710", **same
        )
        create_measurement(
            slug="coated", coating=self.coating, value="1", control=bare, **same
        )
        item = self.get("measurements/coated")
        self.assertEqual(item["control"], "bare")
        self.assertEqual(item["control_url"], f"{HOST}/api/v1/measurements/bare/")
        item = self.get("measurements/bare")
        self.assertEqual(item["substrate"]["slug"], self.coating.substrate.slug)
        self.assertIsNone(item["material"])
        self.assertIsNone(item["coating"])
        self.assertIsNone(item["control"])
        self.assertEqual(
            item["page"], f"{HOST}/substrates/{self.coating.substrate.slug}/#bare"
        )
        bare.source = create_study(status="draft")
        bare.save()
        self.assertIsNone(self.get("measurements/coated")["control"])

    def test_a_method_that_the_source_does_not_name_is_null(self):
        process = create_process(self.alumina, slug="p", method="", source=self.review)
        create_coating(process, slug="c", deposition_cycle_count=10, source=self.review)
        self.assertContains(self.client.get("/coatings/"), "10 deposition cycles")
        for path in ("processes/p", "coatings/c"):
            item = self.get(path)
            self.assertEqual((item["method"], item["method_label"]), (None, None))
        for page in ("/processes/p/", "/coatings/c/", "/coatings/", "/processes/"):
            with self.subTest(page):
                self.assertContains(self.client.get(page), "ot reported")

    def test_measurement_of_a_precursor(self):
        dez = create_precursor("DEZ", slug="dez", source=self.review)
        create_measurement(
            slug="m",
            precursor=dez,
            property="vapor_pressure",
            value="~13 Torr",
            temperature="25 °C",
            source=self.review,
        )
        item = self.get("measurements/m")
        self.assertEqual(
            item["precursor"],
            {
                "slug": "dez",
                "url": f"{HOST}/api/v1/precursors/dez/",
                "acronym": "DEZ",
            },
        )
        self.assertEqual(item["quantity"]["unit"], "Torr")
        self.assertEqual(item["page"], f"{HOST}/precursors/dez/#m")

    def test_a_measurement_always_names_its_film(self):
        shared = {"source": self.review, "value": "1", "property": "film_thickness"}
        for name, subject in [
            ("material", self.alumina),
            ("process", self.process),
            ("coating", self.coating),
        ]:
            create_measurement(slug=f"of-{name}", **{name: subject}, **shared)
            with self.subTest(name):
                item = self.get(f"measurements/of-{name}")
                self.assertEqual(item["material"]["slug"], "al2o3")

    def test_properties_are_defined_and_counted(self):
        create_measurement(material=self.alumina, source=self.review)
        item = self.get("properties/ionic_conductivity")
        self.assertEqual(item["name"], "Ionic conductivity")
        self.assertEqual(item["unit"], "S/cm")
        self.assertEqual(item["measured_on"], ["material", "process", "coating"])
        self.assertEqual(item["measurement_count"], 1)
        self.assertIn("ions", item["definition"])
        path = "/api/v1/properties/?page_size=200"
        listed = self.client.get(path).json()
        self.assertEqual(listed["count"], len(listed["results"]))
        self.assertIn(item, listed["results"])

    def test_cycling_test(self):
        control = create_cycling_test(
            slug="bare", electrode=self.lithium_metal, source=self.known
        )
        create_cycling_test(
            slug="coated",
            study=self.known,
            source=self.review,
            coating=self.coating,
            electrode=self.lithium_metal,
            control=control,
            cell_type="symmetric",
            charge_carrier="li",
            electrolyte="LP30",
            c_rate="C/5",
            current_density_ma_per_cm2="1",
            voltage_window="3.0–4.5 V",
            cycles_run=">13,600",
            time_run="680 h",
            cell_format="coin",
            cell_count=3,
            charge_c_rate="0.5C",
            mass_loading="10 mg cm-2",
            failure_cycles="~50",
            points=[
                {"cycle_number": 100, "coulombic_efficiency": ">99 %"},
                {"cycle_number": 1, "specific_capacity": "3000"},
            ],
        )
        item = self.get("cycling-tests/coated")
        self.assertEqual(item["coating"]["slug"], "al2o3-li")
        self.assertEqual(item["electrode"]["slug"], "li-metal")
        self.assertEqual(item["control"], "bare")
        self.assertEqual(item["study"]["citation_number"], 45)
        self.assertIsNone(item["uplift"])
        self.assertEqual(item["cycles_run"]["min"], 13600)
        self.assertIsNone(item["cycles_run"]["max"])
        self.assertEqual(item["cycles_run"]["unit"], "cycles")
        self.assertEqual(item["time_run"]["unit"], "h")
        self.assertEqual(item["page"], f"{HOST}/cycling/coated/")
        self.assertEqual(item["failure_cycles"]["min"], 50)
        self.assertIsNone(item["failure_time"])
        conditions = item["conditions"]
        self.assertEqual(
            list(conditions),
            [
                "cell_type",
                "cell_type_label",
                "cell_format",
                "cell_format_label",
                "charge_carrier",
                "charge_carrier_label",
                "counter_electrode",
                "mass_loading",
                "lithium_thickness",
                "np_ratio",
                "cell_count",
                "electrolyte",
                "electrolyte_additive",
                "electrolyte_volume",
                "c_rate",
                "charge_c_rate",
                "discharge_c_rate",
                "current_density_ma_per_cm2",
                "current_density_ma_per_g",
                "areal_capacity",
                "capacity_basis",
                "temperature",
                "voltage_window",
            ],
        )
        self.assertEqual(conditions["cell_type"], "symmetric")
        self.assertEqual(conditions["charge_carrier"], "li")
        self.assertEqual(conditions["c_rate"]["min"], 0.2)
        self.assertEqual(conditions["voltage_window"]["max"], 4.5)
        self.assertIsNone(conditions["temperature"])
        self.assertEqual(conditions["cell_format_label"], "Coin cell")
        self.assertEqual(conditions["cell_count"], 3)
        self.assertEqual(conditions["mass_loading"]["unit"], "mg/cm²")
        self.assertEqual(conditions["charge_c_rate"]["min"], 0.5)
        first, last = item["points"]
        self.assertEqual((first["cycle_number"], first["time_h"]), (1, None))
        self.assertEqual(
            last["coulombic_efficiency"],
            {
                "as_reported": ">99 %",
                "qualifier": ">",
                "min": 99.0,
                "max": None,
                "unit": "%",
            },
        )
        self.assertIsNone(last["specific_capacity"])
        bare = self.get("cycling-tests/bare")
        self.assertIsNone(bare["coating"])
        self.assertIsNone(bare["control"])
        self.assertIsNone(bare["conditions"]["charge_carrier"])
