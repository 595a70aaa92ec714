"""Pages of the admin on which single records are kept."""

from django.contrib.auth.models import User
from django.test import TestCase

from materials.choices import Mimicry
from materials.models import (
    Coating,
    CyclingTest,
    DepositionProcess,
    Material,
    Recipe,
)
from precursors.models import Element, Precursor
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_element,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_substrate,
)

NO_RELATIONS = {"sei_relations-TOTAL_FORMS": 0, "sei_relations-INITIAL_FORMS": 0}
NO_TEMPERATURES = {
    "sublimation_temperatures-TOTAL_FORMS": 0,
    "sublimation_temperatures-INITIAL_FORMS": 0,
}


class RecordPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("ada")
        cls.study = create_study(authors=["Noether, E."], slug="noether-2020")
        for number, symbol in [(3, "Li"), (8, "O"), (13, "Al")]:
            create_element(symbol, number)

    def setUp(self):
        self.client.force_login(self.user)

    def post(self, address, **fields):
        data = {
            "source": self.study.pk,
            "locator": "Table 1",
            "reading": "stated",
        } | fields
        return self.client.post(f"/admin/{address}", data)

    def test_a_material_has_the_elements_of_its_formula(self):
        fields = {
            "name": "Li–Al oxide",
            "material_class": "oxide",
            **NO_RELATIONS,
        }
        response = self.post("materials/material/add/", formula="LiAlO2", **fields)
        self.assertEqual(response.status_code, 302)
        material = Material.objects.get()
        self.assertEqual(material.slug, "li-al-oxide")
        self.assertEqual(
            sorted(element.symbol for element in material.elements.all()),
            ["Al", "Li", "O"],
        )

    def test_a_formula_that_is_none_is_refused_unless_elements_are_chosen(self):
        fields = {
            "name": "Li–Al film",
            "material_class": "oxide",
            "formula": "Qq2",
            "synonyms": "one\r\ntwo",
            **NO_RELATIONS,
        }
        response = self.post("materials/material/add/", **fields)
        self.assertContains(response, "Or choose the elements yourself.")
        lithium = create_element("Li", 3).pk
        self.post("materials/material/add/", elements=[lithium], **fields)
        self.assertEqual(Material.objects.get().elements.get().symbol, "Li")
        self.assertEqual(Material.objects.get().synonyms, ["one", "two"])

    def test_a_material_is_added_with_what_it_is_to_a_natural_sei(self):
        response = self.post(
            "materials/material/add/",
            name="LiF",
            material_class="fluoride",
            **NO_RELATIONS
            | {
                "sei_relations-TOTAL_FORMS": 1,
                "sei_relations-0-role": "mimics",
                "sei_relations-0-constituent": "lif",
                "sei_relations-0-source": self.study.pk,
                "sei_relations-0-locator": "p. 2",
                "sei_relations-0-reading": "stated",
            },
        )
        self.assertEqual(response.status_code, 302)
        relation = Material.objects.get().sei_relations.get()
        self.assertEqual((relation.constituent, relation.layer), ("lif", "inner"))

    def test_a_precursor_is_added_with_its_source_temperature(self):
        response = self.post(
            "precursors/precursor/add/",
            acronym="LiOtBu",
            name="lithium tert-butoxide",
            precursor_class="metal",
            **NO_TEMPERATURES
            | {
                "sublimation_temperatures-TOTAL_FORMS": 1,
                "sublimation_temperatures-0-temperature_as_reported": "130–140 °C",
                "sublimation_temperatures-0-is_typical": "on",
                "sublimation_temperatures-0-source": self.study.pk,
                "sublimation_temperatures-0-locator": "Table 1",
                "sublimation_temperatures-0-reading": "stated",
            },
        )
        self.assertEqual(response.status_code, 302)
        precursor = Precursor.objects.get()
        self.assertEqual(precursor.slug, "liotbu")
        temperature = precursor.typical_sublimation_temperature
        self.assertEqual(temperature.temperature_max_celsius, 140)

    def test_a_wrong_cas_number_is_refused_with_the_right_digit(self):
        response = self.post(
            "precursors/precursor/add/",
            name="trimethylaluminum",
            precursor_class="metal",
            cas_number="75-24-2",
            identifiers_source="PubChem",
            **NO_TEMPERATURES,
        )
        self.assertContains(response, "it should be 1")
        self.assertFalse(Precursor.objects.exists())

    def test_the_steps_of_a_process_are_typed_as_printed(self):
        for acronym in ("TMA", "H2O", "EG"):
            create_precursor(acronym)
        fields = {"material": create_material("Al2O3").pk, "method": "ald"}
        response = self.post(
            "materials/depositionprocess/add/", chemistry="TMA + H20", **fields
        )
        self.assertContains(response, "No precursor is called “H20”. Did you mean H2O?")
        self.post("materials/depositionprocess/add/", chemistry="TMA + H2O", **fields)
        process = DepositionProcess.objects.get()
        self.assertEqual(process.slug, "al2o3-ald-tma-h2o")
        self.assertEqual(process.studies.get(), self.study)
        self.post(
            f"materials/depositionprocess/{process.pk}/change/",
            chemistry="TMA + EG + (H2O)",
            deposition_temperature_as_reported="85–115 °C",
            **fields,
        )
        process.refresh_from_db()
        self.assertEqual(process.chemistry, "TMA + EG + (H2O)")
        self.assertEqual(process.deposition_temperature_min_celsius, 85)

    def test_a_recipe_is_typed_as_printed_with_its_steps(self):
        tma, ozone = create_precursor("TMA"), create_precursor("O3")
        process = create_process(
            create_material("Al2O3"), [tma], slug="al2o3-tma", source=self.study
        )
        rows = {
            "steps-TOTAL_FORMS": "1",
            "steps-INITIAL_FORMS": "0",
            "steps-0-position": "1",
            "steps-0-precursor": ozone.pk,
            "steps-0-pulse_as_reported": "100 ms",
        }
        fields = {
            "process": process.pk,
            "deposition_temperature_as_reported": "~120 °C",
            "activation": "thermal",
        }
        page = self.post("materials/recipe/add/", **fields, **rows)
        self.assertContains(page, "The process feeds TMA, and no O3.")
        rows["steps-0-precursor"] = tma.pk
        page = self.post("materials/recipe/add/", **fields, **rows)
        self.assertEqual(page.status_code, 302)
        recipe = Recipe.objects.get()
        self.assertEqual(recipe.slug, "al2o3-tma-noether-2020-120-c")
        self.assertEqual(recipe.deposition_temperature.qualifier, "~")
        self.assertEqual(recipe.steps.get().pulse_min_s, 0.1)
        self.assertEqual(recipe.studies.get(), self.study)

        page = self.post(
            f"materials/depositionprocess/{process.pk}/change/",
            material=process.material.pk,
            method="ald",
            is_complete="on",
            chemistry="O3",
        )
        self.assertContains(
            page, f"Its recipe {recipe.slug} feeds TMA; change that first."
        )

    def test_a_measurement_is_of_what_has_the_property(self):
        coating = create_coating()
        fields = {"coating": coating.pk, "value_as_reported": "150 °C"}
        page = self.post(
            "materials/propertymeasurement/add/",
            property="deposition_temperature",
            **fields,
        )
        words = "Deposition temperature is measured of material, not of coating."
        self.assertContains(page, words)
        self.post(
            f"materials/coating/{coating.pk}/change/",
            process=coating.process.pk,
            deposition_temperature_as_reported="150 °C",
        )
        coating.refresh_from_db()
        self.assertEqual(coating.deposition_temperature_min_celsius, 150)

    def test_what_contradicts_another_field_is_refused_at_its_own(self):
        material, foil = create_material("Al2O3"), create_substrate("Li metal")
        coating = create_coating(substrate=foil)
        recipe = create_recipe(create_process(material))
        bare = {"property": "charge_transfer_resistance", "value_as_reported": "3"}
        bare["substrate"] = foil.pk
        film = {"material": material.pk, "value_as_reported": "3"}
        temperature = {"property": "deposition_temperature", "value_as_reported": "150"}
        content = "An atomic content names its element, other properties none."
        index = "Only a refractive index has a wavelength."
        belongs = (
            "Deposition temperature is measured of material, not of coating. That of a "
            "coating is a field of the coating, that of a process stands in a recipe."
        )
        relation = {"material": material.pk, "role": "creates", "constituent": "lif"}
        substrate = {"name": "Cu", "formula": "Cu", "substrate_class": "inert"}
        for model, field, message, fields in [
            (
                "propertymeasurement",
                "element",
                content,
                film | {"property": "atomic_content"},
            ),
            (
                "propertymeasurement",
                "element",
                content,
                film | {"property": "density", "element": Element.objects.first().pk},
            ),
            (
                "propertymeasurement",
                "wavelength_as_reported",
                index,
                film | {"property": "density", "wavelength_as_reported": "633 nm"},
            ),
            (
                "propertymeasurement",
                "value_as_reported",
                "Give the value.",
                film | {"property": "density", "value_as_reported": ""},
            ),
            (
                "propertymeasurement",
                "recipe",
                "Only a film was grown by a recipe.",
                bare | {"recipe": recipe.pk},
            ),
            (
                "propertymeasurement",
                "property",
                belongs,
                temperature | {"coating": coating.pk},
            ),
            (
                "seirelation",
                "mimicry",
                "Only what mimics has a degree of mimicry.",
                relation | {"mimicry": Mimicry.values[0]},
            ),
            (
                "substrate",
                "thermal_limit_source",
                "Say where the thermal limit comes from.",
                substrate | {"thermal_limit_as_reported": "200"},
            ),
        ]:
            with self.subTest(model, field=field):
                page = self.post(f"materials/{model}/add/", **fields)
                errors = page.context["adminform"].form.errors
                self.assertEqual(errors, {field: [message]})

    def test_a_rare_value_of_a_step_is_confirmed_with_a_note_of_the_recipe(self):
        tma = create_precursor("TMA")
        process = create_process(create_material("Al2O3"), [tma])
        rows = {
            "process": process.pk,
            "steps-TOTAL_FORMS": "1",
            "steps-INITIAL_FORMS": "0",
            "steps-0-position": "1",
            "steps-0-precursor": tma.pk,
            "steps-0-source_temperature_as_reported": "900 °C",
        }
        for more in ({}, {"confirmed": "on"}, {"notes": "A furnace."}):
            page = self.post("materials/recipe/add/", **rows, **more)
            (steps,) = page.context["inline_admin_formsets"]
            errors = steps.formset.errors[0]["source_temperature_as_reported"]
            self.assertIn("which is rare", errors[0])
        self.assertFalse(Recipe.objects.exists())
        more = {"confirmed": "on", "notes": "A furnace."}
        page = self.post("materials/recipe/add/", **rows, **more)
        step = Recipe.objects.get().steps.get()
        self.assertEqual(step.source_temperature_as_reported, "900 °C")

    def test_a_coating_and_its_test_have_pages_of_their_own(self):
        create_precursor("TMA")
        substrate = create_substrate("Li metal")
        response = self.post(
            "materials/coating/add/",
            material=create_material("Al2O3").pk,
            method="ald",
            precursors="TMA",
            substrate=substrate.pk,
        )
        self.assertEqual(response.status_code, 302)
        coating = Coating.objects.get()
        self.assertEqual(coating.slug, "al2o3-li-metal-noether-2020")
        self.assertEqual(coating.process.chemistry, "TMA")
        foreign = create_cycling_test(electrode=substrate)
        fields = {
            "study": self.study.pk,
            "electrode": substrate.pk,
            "coating": coating.pk,
            "cell_type": "half",
            "charge_carrier": "na",
        }
        response = self.post("materials/cyclingtest/add/", control=foreign.pk, **fields)
        self.assertContains(response, "The control is a test of another study.")
        self.post(
            "materials/cyclingtest/add/",
            points="cycle 200: retention 80 %",
            **fields,
        )
        test = CyclingTest.objects.get(coating=coating)
        self.assertEqual(test.cell, "Na⁺ half cell")
        self.assertEqual(test.points.get().capacity_retention_max_percent, 80)
        page = self.client.get(f"/admin/materials/cyclingtest/{test.pk}/change/")
        self.assertContains(page, "cycle 200: retention 80 %")

    def assert_refused(self, address, message, **fields):
        response = self.post(address, **fields)
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, message)

    def test_a_key_that_no_record_has_is_refused(self):
        fields = {"property": "melting_point", "value_as_reported": "1", "slug": "x"}
        for key in ("abc", str(2**63), "\0", "-1"):
            for name in ("material", "precursor", "studies", "control"):
                with self.subTest(key=key, name=name):
                    self.assert_refused(
                        "materials/propertymeasurement/add/",
                        "errornote",
                        **fields | {name: key},
                    )
        address = "/admin/materials/propertymeasurement/add/?precursor=abc"
        self.assertEqual(self.client.get(address).status_code, 200)

    def test_a_measured_control_is_bare_and_of_the_same_property_and_study(self):
        same = {"property": "interfacial_resistance", "source": self.study}
        metal, coating = create_substrate(), create_coating()
        bare = create_measurement(substrate=metal, value="1710", **same)
        coated = create_measurement(coating=coating, value="1", **same)
        address = f"materials/propertymeasurement/{coated.pk}/change/"
        fields = {
            "slug": coated.slug,
            "property": "interfacial_resistance",
            "value_as_reported": "1",
            "coating": coating.pk,
        }
        other = create_measurement(substrate=metal, property="sei_thickness", value="9")
        for control, message in [
            (coated, "cannot be its own control"),
            (create_measurement(value="1", **same), "not of a bare substrate"),
            (other, "of another property"),
            (other, "in another study"),
        ]:
            self.assert_refused(address, message, **fields | {"control": control.pk})
        uncoated = fields | {"coating": "", "substrate": metal.pk, "control": bare.pk}
        self.assert_refused(address, "Only a coated property", **uncoated)
        response = self.post(address, **fields | {"control": bare.pk})
        self.assertEqual(response.status_code, 302)
        self.assert_refused(
            f"materials/propertymeasurement/{bare.pk}/change/",
            "It is the control of another row",
            slug=bare.slug,
            property="sei_thickness",
            value_as_reported="1710",
            substrate=metal.pk,
        )

    def test_a_test_is_not_its_own_control_and_a_control_stays_bare(self):
        coating = create_coating()
        bare = create_cycling_test(source=self.study)
        coated = create_cycling_test(source=self.study, coating=coating, control=bare)
        fields = {"study": self.study.pk, "cell_type": "half", "coating": coating.pk}
        self.assert_refused(
            f"materials/cyclingtest/{coated.pk}/change/",
            "cannot be its own control",
            slug=coated.slug,
            electrode=coated.electrode_id,
            control=coated.pk,
            **fields,
        )
        self.assert_refused(
            f"materials/cyclingtest/{bare.pk}/change/",
            "It is the control of another row",
            slug=bare.slug,
            electrode=bare.electrode_id,
            **fields,
        )

    def test_a_changed_value_has_changed_numbers_and_a_published_slug_stays(self):
        coating = create_coating(thickness="5", slug="first", source=self.study)
        address = f"materials/coating/{coating.pk}/change/"
        fields = {"process": coating.process.pk, "slug": "second"}
        response = self.post(address, thickness_as_reported="soft", **fields)
        self.assertContains(response, "is no quantity that can be read")
        self.post(address, thickness_as_reported="<3 nm", **fields)
        coating.refresh_from_db()
        self.assertEqual(coating.slug, "first")
        self.assertEqual(
            (coating.thickness_min_nm, coating.thickness_max_nm), (None, 3)
        )
        self.assertEqual(coating.thickness_qualifier, "<")

    def test_what_others_rest_on_is_not_deleted(self):
        material = create_material("Al2O3")
        create_process(material)
        response = self.client.post(
            f"/admin/materials/material/{material.pk}/delete/", {"post": "yes"}
        )
        self.assertContains(response, "protected related objects")
        self.assertTrue(Material.objects.filter(pk=material.pk).exists())

    def test_the_admin_is_closed_to_everybody_else(self):
        self.client.logout()
        response = self.client.get("/admin/literature/study/add/")
        self.assertEqual(response.status_code, 302)
        self.assertIn("/admin/login/", response.url)
