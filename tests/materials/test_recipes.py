"""How single studies ran a process, and what came of it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

from django.core.exceptions import ValidationError
from django.test import TestCase

from asei_db.lib.records import RecordError, load_records
from materials.chemistry import find_precursor
from materials.models import Coating, Recipe, RecipeStep
from precursors.models import Precursor
from tests.factories import (
    create_coating,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_substrate,
)


class OneProcess(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(slug="kazyak-2020")
        cls.tma = create_precursor("TMA")
        cls.water = create_precursor("H2O")
        cls.ozone = create_precursor("O3")
        cls.process = create_process(
            create_material("Al2O3"),
            [cls.tma, cls.water],
            slug="al2o3",
            source=cls.study,
        )


class RecipeTests(OneProcess):
    def recipe(self, **fields):
        return create_recipe(self.process, source=self.study, **fields)

    def test_recipes_and_their_process_are_found_by_the_numbers_of_a_step(self):
        step = {"precursor": self.tma, "pulse": "0.1 s", "plasma_power": "300 W"}
        recipe = self.recipe(steps=[step], anneal_temperature="400 °C")
        disputed = {"precursor": self.tma, "pulse": "9 s"}
        self.recipe(steps=[disputed], disputed=True)
        create_coating(self.process, slug="annealed", anneal_temperature="400 °C")
        for path, query, slug in (
            ("recipes", {"plasma_power_w_min": 200, "pulse_s_max": 1}, recipe.slug),
            ("recipes", {"anneal_temperature_celsius_min": 350}, recipe.slug),
            ("processes", {"plasma_power_w_max": 300, "pulse_s_max": 1}, "al2o3"),
            ("coatings", {"anneal_temperature_celsius_max": 400}, "annealed"),
        ):
            found = self.client.get(f"/api/v1/{path}/", query).json()["results"]
            self.assertEqual([row["slug"] for row in found], [slug], query)
        for query in ({"pulse_s_min": 5}, {"plasma_power_w_min": 301}):
            found = self.client.get("/api/v1/processes/", query).json()["results"]
            self.assertEqual(found, [])

    def test_a_recipe_keeps_what_was_printed_with_its_numbers(self):
        recipe = self.recipe(
            deposition_temperature="120 °C",
            anneal_time="30 min",
            pressure="133 Pa",
            steps=[
                {
                    "precursor": self.tma,
                    "pulse": "0.1 s",
                    "purge": "500 ms",
                    "carrier_flow": "0.1 slm",
                    "plasma_power": "2.8 kW",
                }
            ],
        )
        step = recipe.steps.get()
        self.assertEqual(recipe.deposition_temperature_min_celsius, 120)
        self.assertEqual(recipe.anneal_time_min_h, 0.5)
        self.assertAlmostEqual(recipe.pressure_min_torr, 0.9976, places=3)
        self.assertEqual((step.purge_as_reported, step.purge_min_s), ("500 ms", 0.5))
        self.assertEqual(step.carrier_flow_min_sccm, 100)
        self.assertEqual(step.plasma_power_min_w, 2800)

    def test_a_step_feeds_what_its_process_feeds(self):
        recipe = self.recipe()
        step = RecipeStep(recipe=recipe, position=1, precursor=self.ozone)
        with self.assertRaisesMessage(ValidationError, "feeds TMA + H2O, and no O3"):
            step.full_clean()

    def test_where_a_process_names_not_all_precursors_a_step_may_feed_another(self):
        for precursors in ([self.tma], []):
            process = create_process(precursors=precursors, is_complete=False)
            recipe = create_recipe(process, [{"precursor": self.ozone}])
            self.assertEqual(recipe.steps.get().precursor, self.ozone)

    def test_what_a_recipe_and_a_coating_are_made_by_comes_from_closed_lists(self):
        for model in (Recipe, Coating):
            row = model(slug="x", process=self.process, source=self.study, locator="x")
            names = ["activation", "reactor", "deposited_on"]
            names += ["crystallinity", "phase_state"]
            for name in names:
                setattr(row, name, "magic")
            with self.subTest(model), self.assertRaises(ValidationError) as caught:
                row.full_clean()
            self.assertCountEqual(caught.exception.message_dict, names)

    def test_a_measurement_names_a_recipe_of_what_it_measured(self):
        recipe = self.recipe()
        other = create_process(self.process.material)
        for subject in (
            {"process": self.process},
            {"coating": create_coating(self.process)},
            {"material": self.process.material},
        ):
            create_measurement(recipe=recipe, **subject)
        for subject in (
            {"process": other},
            {"coating": create_coating(other)},
            {"material": create_material("TiO2")},
        ):
            with self.assertRaisesMessage(ValidationError, "one of Al2O3 from TMA"):
                create_measurement(recipe=recipe, **subject)
        with self.assertRaisesMessage(ValidationError, "Only a film was grown"):
            create_measurement(
                recipe=recipe,
                substrate=create_substrate(),
                property="interfacial_resistance",
                value="1",
            )

    def test_a_recipe_makes_its_process_and_precursors_public(self):
        draft = create_study(status="draft")
        bottle = create_precursor("Li", source=draft)
        process = create_process(
            create_material("Li2O", source=draft),
            source=draft,
            is_complete=False,
        )
        model = type(process)
        self.assertFalse(model.objects.published().filter(pk=process.pk))
        recipe = create_recipe(process, [{"precursor": bottle}], source=draft)
        self.assertFalse(model.objects.published().filter(pk=process.pk))
        recipe.source = self.study
        recipe.save()
        self.assertTrue(model.objects.published().filter(pk=process.pk))
        self.assertTrue(Precursor.objects.published().filter(pk=bottle.pk))

    def test_recipes_are_found_by_film_precursor_phase_and_study(self):
        recipe = self.recipe(phase="anatase", steps=[{"precursor": self.tma}])
        self.recipe()
        for text in ("al2o3 anatase", "tma anatase", "anatase curie"):
            found = Recipe.objects.search(text)
            expected = [] if "curie" in text else [recipe]
            self.assertEqual(list(found), expected, text)
        recipe.studies.add(self.study)
        self.assertEqual(list(Recipe.objects.search("anatase curie")), [recipe])


class LoadingTests(OneProcess):
    def load(self, text):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "recipes.yaml"
            path.write_text(dedent(text), "utf-8")
            return load_records(path, Recipe, finders={Precursor: find_precursor})

    def test_steps_are_a_list_in_order_with_precursors_named_as_printed(self):
        self.load(
            """
            defaults: {source: kazyak-2020, locator: Experimental}
            records:
              - slug: one
                process: al2o3
                activation: thermal
                deposition_temperature: ~120 °C
                studies: [kazyak-2020]
                steps:
                  - {precursor: TMA, pulse: 1 s, purge: 5 s}
                  - {precursor: h2o, pulse: 1 s, wait: 0 s}
            """
        )
        recipe = Recipe.objects.get(slug="one")
        self.assertEqual(recipe.deposition_temperature.qualifier, "~")
        self.assertEqual(
            [(s.position, s.precursor, s.pulse.minimum) for s in recipe.steps.all()],
            [(1, self.tma, 1), (2, self.water, 1)],
        )

    def test_a_step_that_cannot_be_is_refused_with_its_place(self):
        for step, message in (
            ("{precursor: O3}", "steps: record 2: precursor: The process feeds"),
            ("{precursor: TMB}", "no precursor is called “TMB”"),
            ("{precursor: TMA, dose: 1}", "dose: recipe step has no such field"),
        ):
            with self.assertRaisesMessage(RecordError, message):
                self.load(
                    f"""
                    - slug: one
                      process: al2o3
                      source: kazyak-2020
                      locator: Experimental
                      steps: [{{precursor: H2O}}, {step}]
                    """
                )
        self.assertFalse(Recipe.objects.exists())
