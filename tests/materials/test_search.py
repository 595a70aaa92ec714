"""Search and order over stored texts: current after any change, alike on databases."""

import random
from contextlib import suppress
from unittest import skipUnless
from unittest.mock import patch

from django.apps import apps
from django.db import connection
from django.db.models import CharField, F, OrderBy, ProtectedError, TextField
from django.test import SimpleTestCase, TestCase

from asei_db.lib import deriving, search
from asei_db.lib.folding import fold, searchable, sort_key
from asei_db.lib.search import (
    CodePoint,
    CodePointField,
    SearchTextField,
    SortKeyField,
)
from literature.entries.entry import EntryQuerySet
from literature.models import Study
from literature.querysets import SlugQuerySet
from materials.models import (
    Coating,
    CyclingTest,
    DepositionProcess,
    Material,
    ProcessStep,
    PropertyMeasurement,
    Substrate,
)
from materials.search import SEARCHED
from precursors.models import Precursor
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_measurement,
    create_method,
    create_precursor,
    create_process,
    create_study,
    create_substrate,
)
from tests.run import ENGLISH

#: Names that databases sort and fold differently by themselves.
WORDS = (  # noqa: SIM905 (easier to read than forty quoted words)
    "Åa Ünal Éa Zr Øst ähn Ärger zeta Alpha alpha-2 α-Al₂O₃ Li–HQ LiHQ li_hq Straße "
    "(a)b aab Ab AB a-c a.b ab2 ab10 ŁiF LiF LIF ﬁlm İo ıo ñu Nu β naïve 2 10 +x -x Å"
).split()


class StoredTextTests(TestCase):
    """What finds a record follows every change of what it is made of."""

    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(title="Zirconium")
        cls.draft = create_study(title="Hafnium", status="draft")
        cls.precursor = create_precursor("TMA")
        cls.process = create_process(
            create_material("Alumina"), [cls.precursor], studies=[cls.study]
        )
        create_method("SEM")
        cls.foil = create_substrate("Foil")
        cls.coating = create_coating(
            cls.process,
            [cls.study, cls.draft],
            substrate=cls.foil,
            characterization_as_reported="SEM",
        )
        cls.measurement = create_measurement(coating=cls.coating)
        cls.test = create_cycling_test(
            coating=cls.coating, electrode=cls.foil, electrolyte="1 M LiPF₆ in EC–DMC"
        )

        cls.keys = {
            type(row): row.pk
            for row in (cls.coating, cls.measurement, cls.process, cls.test)
        }

    def found(self, text, **options):
        return [
            name
            for name, kind in SEARCHED.items()
            if kind.model.objects.search(text, **options).exists()
        ]

    def test_a_renamed_record_is_found_at_once_through_all_that_use_it(self):
        self.precursor.name = "Neopentasilane"
        self.precursor.save()
        self.assertEqual(self.found("tma"), ["precursor", "process", "coating"])
        self.assertEqual(
            self.found("neopentasilane"), ["precursor", "process", "coating"]
        )
        self.foil.name = "Wafer"
        self.foil.save()
        found = ["coating", "substrate", "measurement", "cycling"]
        self.assertEqual(self.found("wafer"), found)
        self.assertEqual(self.found("foil"), [])

    def test_links_that_come_and_go_are_followed(self):
        other = create_study(title="Yttrium")
        other.coatings.add(self.coating)
        self.assertEqual(self.found("yttrium"), ["coating", "study"])
        other.coatings.clear()
        self.assertEqual(self.found("yttrium"), ["study"])
        self.coating.studies.set([other])
        self.assertEqual(self.found("yttrium alumina"), ["coating"])
        self.assertEqual(self.found("zirconium"), ["process", "study"])
        other.delete()
        self.assertEqual(self.found("yttrium"), [])

    def test_steps_that_come_go_and_move_are_followed(self):
        other = create_process(create_material("Titania"))
        step = self.process.steps.get()
        step.process = other
        step.save()
        self.assertEqual(self.found("tma alumina"), [])
        self.assertEqual(self.found("tma titania"), ["process"])
        third = create_process(create_material("Ceria"))
        step = other.steps.create(position=2, precursor=create_precursor("EG"))
        step.process = third
        step.save()
        self.assertEqual(self.found("eg titania"), [])
        self.assertEqual(self.found("eg ceria"), ["process"])
        step.delete()
        self.assertEqual(self.found("eg"), ["precursor"])
        self.assertEqual(self.found("tma titania"), ["process"])
        other.steps.get().delete()
        self.assertEqual(self.found("tma"), ["precursor"])

    def test_a_step_that_somebody_else_deleted_can_be_saved_again(self):
        step = self.process.steps.get()
        ProcessStep.objects.filter(pk=step.pk).delete()
        step.save()
        self.assertEqual(self.found("tma alumina"), ["process", "coating"])

    def test_only_the_rows_that_use_a_record_are_derived_with_it(self):
        other = create_coating(studies=[self.study], substrate=create_substrate())
        create_measurement(coating=other)
        yttrium = create_study(title="Yttrium")
        self.coating.studies.add(yttrium)
        deriving.flush()
        for change, expected in (
            (self.foil.save, {Coating, PropertyMeasurement, CyclingTest}),
            (yttrium.save, {Coating}),
            (yttrium.delete, {Coating, DepositionProcess}),
        ):
            with patch("asei_db.lib.search._derive_batch") as derive:
                change()
                deriving.flush()
            self.assertEqual(
                {model: keys for (model, keys), _ in derive.call_args_list if keys},
                {model: [self.keys[model]] for model in expected},
            )

    def test_a_process_of_another_material_takes_its_coatings_along(self):
        self.process.material = create_material("Titania")
        self.process.save()
        self.assertEqual(
            self.found("titania"),
            ["material", "process", "coating", "measurement", "cycling"],
        )
        self.assertEqual(self.found("alumina"), ["material"])

    def test_a_draft_among_the_primary_studies_finds_for_curators_only(self):
        self.assertEqual(self.found("hafnium"), [])
        self.assertEqual(self.found("hafnium", drafts=True), ["coating", "study"])
        self.assertEqual(self.found("hafnium alumina", drafts=True), ["coating"])
        self.draft.status = "published"
        self.draft.save(update_fields=["status"])
        self.assertEqual(self.found("hafnium"), ["coating", "study"])
        self.draft.status = "in_review"
        self.draft.save()
        self.assertEqual(self.found("hafnium"), [])

    def test_an_electrolyte_is_found_however_it_is_written(self):
        for text in ("LiPF6", "lipf₆", "EC-DMC", "ec–dmc", "ecdmc foil"):
            with self.subTest(text):
                self.assertIn("cycling", self.found(text))

    def test_a_batch_derives_each_row_once(self):
        with self.assertNumQueries(0), deriving.batch():
            pass
        with deriving.batch():
            for name in ("Erbia", "Ceria"):
                material = self.process.material
                material.name = name
                material.save()
            self.assertNotIn(" ceria ", Coating.objects.get().search_text)
            Coating.objects.get().save()
            self.assertIn(" alumina ", Coating.objects.get().search_text)
        self.assertIn("coating", self.found("ceria"))

    def test_of_a_batch_that_fails_nothing_is_left_to_derive(self):
        with self.assertRaisesMessage(ValueError, "full disk"), deriving.batch():
            self.process.material.save()
            raise ValueError("full disk")
        with self.assertNumQueries(0), deriving.batch():
            pass

    def test_rows_are_derived_after_those_that_they_take_their_words_from(self):
        backwards = list(reversed(apps.get_models()))
        Material.objects.update(search_text="")
        Coating.objects.update(search_text="")
        with patch("asei_db.lib.search.apps.get_models", return_value=backwards):
            changed = search.derive_all()
        self.assertEqual((changed[Material], changed[Coating]), (1, 1))
        self.assertNotIn(ProcessStep, changed)
        self.assertIn("coating", self.found("alumina"))

    def test_the_rows_that_are_asked_for_are_derived(self):
        create_coating()
        Coating.objects.update(search_text="")
        derived = search.derive(Coating.objects.filter(pk=self.coating.pk))
        self.assertEqual(derived, 1)
        self.assertEqual(Coating.objects.filter(search_text="").count(), 1)

    def test_what_was_changed_in_bulk_is_derived_anew(self):
        Coating.objects.update(search_text="", material_as_reported="Spinel")
        Material.objects.update(name_sort_key="zzz")
        deriving.changed(Coating.objects.all())
        self.assertEqual(self.found("spinel"), ["coating"])
        changed = search.derive_all()
        self.assertEqual(changed[Material], Material.objects.count())
        self.assertEqual(set(search.derive_all().values()), {0})


class RandomBaseTests(TestCase):
    """Random rows and questions with a fixed seed; the answers are Python's own.

    Both databases are compared with them, and so with each other.
    """

    @classmethod
    def setUpTestData(cls):
        cls.random = chance = random.Random(7)  # noqa: S311
        studies = [create_study(title=cls.name(), journal=cls.name()) for _ in range(8)]
        for study in studies[:3]:
            study.status = "draft"
            study.save()
        precursors = [
            create_precursor(cls.name(), slug=f"p-{n}", name=f"{cls.name()} {n}")
            for n in range(8)
        ]
        materials = [
            create_material(f"{cls.name()} {n}", slug=f"m-{n}", formula=cls.name())
            for n in range(12)
        ]
        substrates = [
            create_substrate(f"{cls.name()} {n}", slug=f"sub-{n}") for n in range(6)
        ]
        source = studies[-1]
        for _ in range(25):
            process = create_process(
                chance.choice(materials),
                chance.sample(precursors, 2),
                chance.sample(studies, 2),
                source=source,
            )
            coating = create_coating(
                process,
                chance.sample(studies, 2),
                substrate=chance.choice([None, *substrates]),
                material_as_reported=cls.name(),
                source=source,
            )
            create_measurement(coating=coating, source=source)
            create_cycling_test(
                coating=coating,
                electrode=chance.choice(substrates),
                electrolyte=cls.name(),
                source=source,
            )
        for _ in range(50):
            cls.edit()

    @classmethod
    def name(cls):
        return " ".join(cls.random.choices(WORDS, k=cls.random.randint(1, 3)))

    @classmethod
    def edit(cls):
        """One random change, as the admin makes it."""
        chance = cls.random
        models = [Study, Precursor, Material, Substrate, Coating, DepositionProcess]
        row = chance.choice(list(chance.choice(models).objects.order_by("pk")))
        if isinstance(row, Study):
            row.title = cls.name()
            row.status = chance.choice(["draft", "published"])
        elif isinstance(row, Coating):
            row.substrate = chance.choice(list(Substrate.objects.order_by("pk")))
            row.studies.set(chance.sample(list(Study.objects.order_by("pk")), 2))
        elif isinstance(row, DepositionProcess):
            row.material = chance.choice(list(Material.objects.order_by("pk")))
            step = chance.choice(list(ProcessStep.objects.order_by("pk")))
            step.precursor = chance.choice(list(Precursor.objects.order_by("pk")))
            step.save()
        else:
            row.name = f"{cls.name()} {row.pk}"
        row.save()
        if chance.random() < 0.1:
            with suppress(ProtectedError):
                row.delete()

    def test_stored_texts_are_those_derived_from_scratch(self):
        self.assertEqual(set(search.derive_all().values()), {0})

    def texts(self, row):
        """All texts by which a row is found, read from the records themselves."""
        match row:
            case Study():
                return [row.title, *row.authors, row.journal, row.doi, str(row.year)]
            case Precursor():
                return [row.acronym, row.name, row.formula, *row.synonyms]
            case Material() | Substrate():
                return [row.name, row.formula, *row.synonyms]
            case DepositionProcess():
                parts = [row.material, *(step.precursor for step in row.steps.all())]
                own = []
            case Coating():
                steps = row.process.steps.all()
                parts = [row.process.material, *(step.precursor for step in steps)]
                parts += [row.substrate] if row.substrate else []
                own = [row.material_as_reported]
            case PropertyMeasurement():
                parts = [row.coating.process.material, row.coating.substrate]
                own = [row.property]
            case CyclingTest():
                parts = [row.coating.process.material, row.electrode, row.study]
                own = [row.electrolyte]
        if hasattr(row, "studies"):
            parts += row.studies.published()
        return [*own, *(text for part in parts if part for text in self.texts(part))]

    def is_found(self, row, words):
        text = searchable(" ".join(self.texts(row)))
        return all((f" {w}" if len(w) < 3 else w) in text for w in words)

    def test_two_hundred_searches_find_what_python_finds(self):
        models = [kind.model for name, kind in SEARCHED.items() if name != "method"]
        rows = {model: model.objects.published().order_by("pk") for model in models}
        found_any = 0
        for _ in range(200):
            model, text = self.random.choice(models), self.name()
            words = fold(text).split()
            expected = [
                row.pk for row in rows[model] if words and self.is_found(row, words)
            ]
            found = model.objects.search(text).order_by("pk")
            self.assertEqual([row.pk for row in found], expected, (model, text))
            found_any += bool(expected)
        self.assertGreater(found_any, 50)

    def slugs(self, path):
        results = self.client.get(f"/api/v1/{path}").json()["results"]
        return [item["slug"] for item in results]

    def test_every_order_is_the_one_of_the_sort_keys(self):
        for path, model, order_by, read in (
            ("materials", Material, "name", lambda row: row.name),
            ("substrates", Substrate, "name", lambda row: row.name),
            ("precursors", Precursor, "acronym", lambda row: row.acronym),
            ("precursors", Precursor, "name", lambda row: row.name),
            ("studies", Study, "title", lambda row: row.title),
            ("studies", Study, "journal", lambda row: row.journal),
            ("coatings", Coating, "material", lambda row: row.material.name),
            ("processes", DepositionProcess, "material", lambda r: r.material.name),
            ("cycling-tests", CyclingTest, "electrode", lambda r: r.electrode.name),
            (
                "coatings",
                Coating,
                "substrate",
                lambda row: row.substrate.name if row.substrate else "",
            ),
        ):
            rows = list(model.objects.published().order_by("pk"))
            keyed = [(row, sort_key(read(row))) for row in rows]
            empty = [row.slug for row, key in keyed if not key]
            for sign in ("", "-"):
                filled = sorted(
                    (pair for pair in keyed if pair[1]),
                    key=lambda pair: pair[1],
                    reverse=bool(sign),
                )
                expected = [row.slug for row, _ in filled] + empty
                with self.subTest(path=path, order_by=sign + order_by):
                    query = f"{path}/?page_size=1000&order_by={sign}{order_by}"
                    self.assertEqual(self.slugs(query), expected)

    def test_lists_begin_in_the_order_of_the_names(self):
        for path, model in (("materials", Material), ("substrates", Substrate)):
            rows = model.objects.published().order_by("pk")
            expected = sorted(rows, key=lambda row: sort_key(row.name))
            found = self.slugs(f"{path}/?page_size=1000")
            self.assertEqual(found, [row.slug for row in expected])


class CollationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.names = ["Åa", "Zr", "a-c", "aab", "Éa", "ab"]
        for number, name in enumerate(cls.names):
            create_substrate(name, slug=f"s-{number}")

    def sorted_by(self, order):
        return list(Substrate.objects.order_by(order).values_list("name", flat=True))

    def test_code_points_decide_whatever_the_database_sorts_by(self):
        self.assertEqual(self.sorted_by(CodePoint("name")), sorted(self.names))

    @skipUnless(connection.vendor == "postgresql", "SQLite has one order")
    def test_these_tests_run_where_the_database_sorts_otherwise(self):
        if connection.settings_dict["TEST"].get("TEMPLATE") != ENGLISH:
            self.skipTest("The locale could not be made.")
        self.assertNotEqual(self.sorted_by("name"), sorted(self.names))


class ConventionTests(SimpleTestCase):
    def test_every_search_looks_into_folded_texts_of_the_row_or_its_parent(
        self,
    ):
        for model in apps.get_models():
            manager = model._default_manager
            if not isinstance(manager.all(), SlugQuerySet):
                continue
            rows = manager.all()
            if isinstance(rows, EntryQuerySet):
                continue  # looks into its record
            for column in (*rows.search_columns, *rows.draft_search_columns):
                with self.subTest(model=model.__name__, column=column):
                    *relations, name = column.split("__")
                    for relation in relations:
                        field = model._meta.get_field(relation)
                        self.assertTrue(field.many_to_one)
                        model = field.related_model
                    self.assertIsInstance(model._meta.get_field(name), SearchTextField)

    def test_every_model_sorts_texts_by_code_point_and_names_by_sort_keys(self):
        for model in apps.get_models():
            if model._meta.app_label not in ("literature", "precursors", "materials"):
                continue
            *orders, last = model._meta.ordering or ["pk"]
            self.assertEqual(last, "pk")
            for order in orders:
                with self.subTest(model=model.__name__, order=order):
                    if isinstance(order, OrderBy):
                        order = order.expression
                    is_by_code_point = isinstance(order, CodePoint)
                    if is_by_code_point:
                        order = order.get_source_expressions()[0]
                    path = order.name if isinstance(order, F) else order.lstrip("-")
                    self.assert_sortable(model, path, is_by_code_point)

    def assert_sortable(self, model, path, is_by_code_point):
        for name in path.split("__"):
            field = model._meta.get_field(name)
            model = field.related_model
        is_text = isinstance(field, CharField | TextField)
        if isinstance(field, CodePointField):
            return  # as it is stored
        self.assertEqual(is_by_code_point, is_text)
        if is_text:
            is_code = bool(field.choices) or field.name == "slug"
            self.assertTrue(is_code or isinstance(field, SortKeyField))


class LimitTests(TestCase):
    LISTS = (
        "studies",
        "precursors",
        "materials",
        "substrates",
        "processes",
        "coatings",
        "cycling-tests",
        "measurements",
        "findings",
    )

    def refused(self, path, query, name):
        response = self.client.get(path, query)
        self.assertEqual(response.status_code, 400)
        if path.startswith("/api/"):
            self.assertIn(name, response.content.decode())
        return response

    def test_more_than_forty_different_words_are_refused_on_page_and_api(self):
        sentence = "Search for at most 40 different words, not 41."
        words = [str(number) for number in range(100, 141)]
        paths = ["/search/", "/materials/", "/cycling/", "/explore/"]
        paths += [f"/api/v1/{name}/" for name in (*self.LISTS, "search", "coverage")]
        for path in paths:
            with self.subTest(path):
                response = self.refused(path, {"q": " ".join(words)}, "q")
                self.assertContains(response, sentence, status_code=400)
                twice = self.client.get(path, {"q": " ".join([*words[:40], "100"])})
                self.assertEqual(twice.status_code, 200)

    def test_a_row_has_at_most_twenty_elements_or_precursors_together(self):
        many = ",".join(f"X{number}" for number in range(21))
        for path, name in (
            ("/materials/", "elements"),
            ("/api/v1/measurements/", "elements"),
            ("/api/v1/coatings/", "precursor"),
        ):
            with self.subTest(path):
                response = self.refused(path, {name: many}, name)
                sentence = "takes at most 20 values, 21 were given."
                self.assertContains(response, sentence, status_code=400)
