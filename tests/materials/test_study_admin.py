"""One page of the admin adds a study with its coatings, tests and measurements."""

import re

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from literature.models import Study
from materials.models import (
    Coating,
    CyclingPoint,
    CyclingTest,
    DepositionProcess,
    PropertyMeasurement,
    Recipe,
)
from precursors.models import Precursor
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_substrate,
)

ADD = "/admin/literature/study/add/"
PREFIXES = {
    "coatings": "sourced_coating_set",
    "recipes": "sourced_recipe_set",
    "tests": "cycling_tests",
    "measurements": "sourced_propertymeasurement_set",
    "findings": "sourced_finding_set",
    "citations": "citations",
}


def page_data(study=None, **rows):
    """What the browser sends: the study's fields and, by kind, lists of rows."""
    data = {"kind": "article", "metadata_confidence": "verified", "status": "draft"}
    data |= study or {}
    for kind, prefix in PREFIXES.items():
        forms = rows.get(kind, [])
        saved = sum("id" in form for form in forms)
        data |= {
            f"{prefix}-TOTAL_FORMS": len(forms),
            f"{prefix}-INITIAL_FORMS": saved,
        }
        for index, form in enumerate(forms):
            defaults = {} if kind == "citations" else {"reading": "stated"}
            for name, value in (defaults | form).items():
                data[f"{prefix}-{index}-{name}"] = value
    return data


class StudyPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("ada")
        cls.alumina = create_material("Al2O3")
        cls.lithium = create_substrate("Li metal")
        cls.silicon = create_substrate("Si")
        for acronym in ("TMA", "H2O"):
            create_precursor(acronym)
        for acronym in ("EIS", "XPS"):
            create_method(acronym)
        create_method("SEM", variants=["FE-SEM"])
        cls.process = create_process(create_material("Li–HQ"))

    def setUp(self):
        self.client.force_login(self.user)

    def study(self, **fields):
        return {
            "title": "Alumina on lithium",
            "authors": "Noether, E.\r\nCurie, M.",
            "journal": "J. Test.",
            "year": 2021,
        } | fields

    def coating(self, **fields):
        return {
            "material": self.alumina.pk,
            "method": "ald",
            "precursors": "TMA + (H2O)",
            "substrate": self.lithium.pk,
            "thickness_as_reported": "5–10",
            "characterization_as_reported": "EIS, FE-SEM",
            "locator": "Fig. 1",
        } | fields

    def cycling(self, **fields):
        return {
            "electrode": self.lithium.pk,
            "cell_type": "symmetric",
            "current_density_ma_per_cm2_as_reported": "1",
            "locator": "Fig. 4",
        } | fields

    def post(self, address=ADD, **data):
        return self.client.post(address, page_data(**data))

    def add_all(self):
        return self.post(
            study=self.study(),
            coatings=[
                self.coating(),
                self.coating(
                    material="", method="", precursors="", process=self.process.pk
                ),
            ],
            tests=[
                self.cycling(
                    coating_row=1,
                    control_row=2,
                    points="500 h: overpotential 20 mV\r\n600 h: overpotential 30 mV",
                ),
                self.cycling(points="100 h: overpotential >200 mV"),
            ],
            measurements=[
                {
                    "property": "ionic_conductivity",
                    "value_as_reported": "3.6–5 × 10−8",
                    "coating_row": 2,
                    "locator": "text",
                }
            ],
        )

    def assert_refused(self, prefix, field, message, **data):
        """The page comes again with the message at the field; nothing is written."""
        studies = Study.objects.count()
        response = self.post(**data)
        self.assertEqual(response.status_code, 200)
        for formset in response.context["inline_admin_formsets"]:
            for form in formset.formset.forms:
                if form.add_prefix(field) == f"{prefix}-{field}":
                    self.assertIn(message, " ".join(form.errors.get(field, [])))
                    self.assertContains(response, message)
        self.assertEqual(Study.objects.count(), studies)
        self.assertFalse(Coating.objects.exists())
        self.assertFalse(CyclingTest.objects.exists())
        self.assertEqual(DepositionProcess.objects.get(), self.process)

    def test_one_page_adds_a_study_with_all_that_it_states(self):
        self.assertRedirects(self.add_all(), "/admin/literature/study/")
        study = Study.objects.get(title="Alumina on lithium")
        self.assertEqual(study.authors, ["Noether, E.", "Curie, M."])
        self.assertEqual(study.slug, "noether-2021")
        self.assertEqual(study.status, "draft")

        alumina, hybrid = study.sourced_coating_set.order_by("pk")
        self.assertEqual(alumina.slug, "al2o3-li-metal-noether-2021")
        self.assertEqual(alumina.process.chemistry, "TMA + (H2O)")
        self.assertEqual(alumina.process.source, study)
        self.assertEqual(str(alumina.thickness), "5–10\N{NO-BREAK SPACE}nm")
        self.assertEqual(
            [use.as_reported for use in alumina.characterization_uses.all()],
            ["EIS", "FE-SEM"],
        )
        self.assertEqual(list(alumina.studies.all()), [study])
        self.assertEqual(hybrid.process, self.process)

        coated, bare = study.cycling_tests.order_by("pk")
        self.assertEqual((coated.coating, coated.control), (alumina, bare))
        self.assertIsNone(bare.coating)
        self.assertEqual(coated.source, study)
        self.assertEqual(coated.slug, "al2o3-li-metal-noether-2021")
        self.assertEqual(bare.slug, "bare-li-metal-noether-2021")
        first, second = coated.points.all()
        self.assertEqual(first.overpotential_max_mv, 20)
        self.assertEqual(second.time_h, 600)

        measurement = PropertyMeasurement.objects.get()
        self.assertEqual(measurement.coating, hybrid)
        self.assertEqual(measurement.value_max, 5e-8)

    def test_a_recipe_is_a_row_whose_process_feeds_what_its_steps_do(self):
        recipe = {
            "process": self.process.pk,
            "deposition_temperature_as_reported": "~120 °C",
            "activation": "plasma",
            "locator": "Experimental",
        }
        self.post(study=self.study(), recipes=[recipe])
        saved = Recipe.objects.get()
        self.assertEqual(saved.source, saved.studies.get())
        self.assertEqual(str(saved.deposition_temperature), "~120\N{NO-BREAK SPACE}°C")
        precursor = Precursor.objects.first()
        saved.steps.create(position=1, precursor=precursor)
        other = create_process(precursors=[Precursor.objects.last()])
        row = recipe | {"id": saved.pk, "slug": saved.slug, "process": other.pk}
        address = f"/admin/literature/study/{saved.source.pk}/change/"
        study = self.study() | {"slug": saved.source.slug}
        page = self.client.post(address, page_data(study, recipes=[row]))
        self.assertContains(page, f"and no {precursor.label}.")
        row["process"] = self.process.pk
        row["activation"] = "thermal"
        page = self.client.post(address, page_data(study, recipes=[row]))
        self.assertEqual(page.status_code, 302)
        saved.refresh_from_db()
        self.assertEqual((saved.activation, saved.steps.count()), ("thermal", 1))

    def test_a_measurement_row_stays_one_of_the_film_of_its_recipe(self):
        recipe = create_recipe(self.process, source=create_study(slug="noether-2021"))
        measurement = create_measurement(
            material=None, process=self.process, recipe=recipe, source=recipe.source
        )
        row = {
            "id": measurement.pk,
            "property": measurement.property,
            "value_as_reported": measurement.value_as_reported,
            "process": create_process().pk,
            "recipe": recipe.pk,
            "locator": "Table 1",
        }
        address = f"/admin/literature/study/{recipe.source.pk}/change/"
        page = self.client.post(address, page_data(self.study(), measurements=[row]))
        self.assertContains(page, "not of what was measured.")
        row |= {"process": "", "substrate": self.lithium.pk}
        row |= {"property": "charge_transfer_resistance", "value_as_reported": "30 Ω"}
        page = self.client.post(address, page_data(self.study(), measurements=[row]))
        self.assertContains(page, "Only a film was grown by a recipe.")
        row["recipe"] = ""
        page = self.client.post(address, page_data(self.study(), measurements=[row]))
        self.assertEqual(page.status_code, 302)
        measurement.refresh_from_db()
        self.assertEqual(measurement.subject, self.lithium)

    def test_a_coating_row_has_no_measured_deposition_temperature(self):
        measurement = {
            "property": "deposition_temperature",
            "value_as_reported": "150 °C",
            "coating_row": 1,
            "locator": "text",
        }
        page = self.post(
            study=self.study(), coatings=[self.coating()], measurements=[measurement]
        )
        words = "Deposition temperature is measured of material, not of coating."
        self.assertContains(page, words)
        self.assertFalse(Coating.objects.exists())

    def test_a_new_study_is_seen_only_once_it_is_published(self):
        self.add_all()
        study = Study.objects.get(slug="noether-2021")
        pages = [
            reverse("api:coating-list"),
            reverse("api:cycling-test-list"),
            reverse("materials:coating-list"),
        ]
        change = f"/admin/literature/study/{study.pk}/change/"
        for page in pages:
            self.assertNotContains(self.client.get(page), "noether-2021")
        self.assertNotContains(self.client.get(change), "View on site")
        for queryset in (Coating.objects, CyclingTest.objects):
            self.assertFalse(queryset.published().exists())

        response = self.client.post(
            "/admin/literature/study/",
            {"action": "publish", "_selected_action": [study.pk]},
            follow=True,
        )
        self.assertContains(
            response,
            "1 study set to published. Now public: 1 deposition process, 2 coatings, "
            "2 cycling tests, 1 property measurement.",
        )
        for page in pages:
            self.assertContains(self.client.get(page), "noether-2021")
        self.assertContains(self.client.get(change), "View on site")
        self.assertNotContains(self.client.get(change), 'name="slug"')

        response = self.client.post(
            "/admin/literature/study/",
            {"action": "back_to_draft", "_selected_action": [study.pk]},
            follow=True,
        )
        self.assertContains(response, "No longer public: 1 deposition process,")
        self.assertFalse(Coating.objects.published().exists())

    def test_the_curators_note_stays_in_the_admin(self):
        study = create_study(curator_note="perhaps by Noether")
        for page in [
            reverse("api:study-detail", args=[study.slug]),
            reverse("literature:study-detail", args=[study.slug]),
        ]:
            self.assertNotContains(self.client.get(page), "perhaps by Noether")

    def test_nonsense_in_a_coating_is_refused_at_its_field(self):
        for field, value, message in [
            ("thickness_as_reported", "5 mV", "does not convert to nm"),
            ("precursors", "TMB + H2O", "No precursor is called “TMB”. Did you mean"),
            ("precursors", "", "Give this, or choose an existing process."),
            ("characterization_as_reported", "EIS, SEN", "called “SEN”. Did you mean"),
            ("process", self.process.pk, "not both"),
            ("locator", "", "This field is required"),
        ]:
            with self.subTest(field=field, value=value):
                self.assert_refused(
                    "sourced_coating_set-0",
                    field,
                    message,
                    study=self.study(),
                    coatings=[self.coating(**{field: value})],
                )

    def test_authors_on_one_line_are_refused(self):
        page = self.post(study=self.study(authors="Noether, E.; Curie, M."))
        self.assertContains(page, "names several authors")
        self.assertFalse(Study.objects.filter(title="Alumina on lithium").exists())

    def test_what_is_folded_up_unfolds_for_its_error(self):
        def folded(**test):
            study = self.study(year="none")
            page = self.post(study=study, tests=[self.cycling(**test)])
            return page.content.decode().count("<details>")

        self.assertEqual(folded(voltage_window_as_reported="3 mA"), folded() - 1)

    def test_the_process_of_a_coating_can_be_emptied_to_type_another(self):
        coating = create_coating(self.process)
        page = self.client.get(
            reverse("admin:literature_study_change", args=[coating.source.pk])
        ).content.decode()
        (select,) = re.findall(
            r'<select name="sourced_coating_set-0-process".*?>', page
        )
        self.assertIn('data-allow-clear="true"', select)

    def test_nonsense_in_a_test_is_refused_at_its_field(self):
        for field, value, message in [
            ("c_rate_as_reported", "fast", "is no quantity"),
            ("points", "cycle 1: retention 9 %\ncycle 2", "Line 2: “cycle 2” names no"),
            ("coating_row", 3, "There is no coating row 3 on this page; it has 2."),
            ("coating_row", 2, "The coating row 2 is empty"),
            ("control_row", 1, "A test cannot be its own control."),
            ("control_row", 2, "Row 2 is a coated test"),
            ("control_row", 9, "There is no cycling test row 9"),
            ("electrode", "", "This field is required"),
        ]:
            with self.subTest(field=field, value=value):
                test = self.cycling(coating_row=1)
                self.assert_refused(
                    "cycling_tests-0",
                    field,
                    message,
                    study=self.study(),
                    coatings=[self.coating(), {}],
                    tests=[test | {field: value}, self.cycling(coating_row=1)],
                )

    def test_only_a_coated_test_has_a_control(self):
        self.assert_refused(
            "cycling_tests-0",
            "control_row",
            "Only a coated test has a control.",
            study=self.study(),
            tests=[self.cycling(control_row=2), self.cycling()],
        )

    def test_a_measurement_has_one_subject(self):
        for row in [{"coating_row": 1, "material": self.alumina.pk}, {}]:
            self.assert_refused(
                "sourced_propertymeasurement_set-0",
                "coating_row",
                "Name one subject: a material, a process, a coating, a substrate or a "
                "precursor.",
                study=self.study(),
                coatings=[self.coating()],
                measurements=[
                    {
                        "property": "activation_energy",
                        "value_as_reported": "0.6",
                        "locator": "text",
                    }
                    | row
                ],
            )

    def test_a_study_needs_something_to_be_known_by(self):
        response = self.post()
        self.assertContains(response, "Give the DOI, the title or the journal")
        response = self.post(study={"doi": "d5dt00526d"})
        self.assertContains(response, "is no DOI")

    def test_the_page_of_a_study_adds_to_it_and_keeps_the_rest(self):
        self.add_all()
        study = Study.objects.get(slug="noether-2021")
        address = f"/admin/literature/study/{study.pk}/change/"
        coated, bare = study.cycling_tests.order_by("pk")
        points = list(CyclingPoint.objects.values_list("pk", flat=True))
        coatings = [
            self.coating(
                id=coating.pk,
                material="",
                method="",
                precursors="",
                process=coating.process.pk,
                thickness_as_reported="",
            )
            for coating in study.sourced_coating_set.order_by("slug")
        ]
        response = self.post(
            address,
            study=self.study(slug="noether-2021"),
            coatings=[*coatings, self.coating(substrate=self.silicon.pk)],
            tests=[
                self.cycling(
                    id=coated.pk,
                    coating=coated.coating.pk,
                    control=bare.pk,
                    points=("500 h: overpotential 20 mV\r\n600 h: overpotential 30 mV"),
                ),
                self.cycling(id=bare.pk, points="100 h: overpotential >200 mV"),
                self.cycling(coating_row=3, control=bare.pk, electrode=self.silicon.pk),
            ],
        )
        self.assertRedirects(response, "/admin/literature/study/")
        added = study.sourced_coating_set.get(substrate=self.silicon)
        self.assertEqual(added.process, coated.coating.process)
        test = study.cycling_tests.get(coating=added)
        self.assertEqual(test.control, bare)
        coated.refresh_from_db()
        self.assertEqual(coated.control, bare)
        # What was not reported after all has no numbers any more.
        coated.coating.refresh_from_db()
        self.assertIsNone(coated.coating.thickness_max_nm)
        self.assertEqual(
            list(CyclingPoint.objects.values_list("pk", flat=True)), points
        )

    def test_a_coating_that_was_cycled_is_not_deleted(self):
        study = create_study()
        coating = create_coating(self.process, source=study)
        create_cycling_test(coating=coating, source=study, electrode=self.lithium)
        response = self.post(
            f"/admin/literature/study/{study.pk}/change/",
            study=self.study(),
            coatings=[
                {
                    "id": coating.pk,
                    "process": self.process.pk,
                    "locator": "x",
                    "DELETE": "on",
                }
            ],
        )
        self.assertContains(
            response, "cannot be deleted while it is named by cycling test"
        )
        self.assertTrue(Coating.objects.filter(pk=coating.pk).exists())
        response = self.client.get(f"/admin/materials/coating/{coating.pk}/delete/")
        self.assertContains(response, "protected related objects")

    def test_a_review_with_many_coatings_takes_more_and_lists_the_rest_apart(self):
        review = create_study(kind="review")
        for _ in range(21):
            create_coating(self.process, source=review)
        address = f"/admin/literature/study/{review.pk}/change/"
        response = self.client.get(address)
        self.assertContains(response, "21 coatings read in it")
        self.assertContains(response, f"/coating/?source={review.slug}")
        self.assertNotContains(response, 'name="sourced_coating_set-0-locator"')
        response = self.post(
            address, study=self.study(kind="review"), coatings=[self.coating()]
        )
        self.assertEqual(review.sourced_coating_set.count(), 22)
        # The works that a review cites are not described by the review alone.
        self.assertFalse(review.coatings.exists())
