from django.test import TestCase

from materials.analysis.coverage import coverage
from materials.entries import CoatingEntry
from materials.models import Coating, Material
from materials.questions import CoverageQuestion
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_process,
    create_study,
    create_substrate,
)


class CoverageTests(TestCase):
    """Alumina on lithium (two studies) and silicon, lithicone on silicon only."""

    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", kind="review")
        cls.first, cls.second = create_study(slug="one"), create_study(slug="two")
        cls.draft = create_study(slug="draft", status="draft")
        cls.lithium = create_substrate(
            "Li metal", substrate_class="alkali_metal", source=cls.review
        )
        cls.silicon = create_substrate(
            "Si", substrate_class="silicon", source=cls.review
        )
        alumina = create_process(create_material("Al2O3"), source=cls.review)
        lithicone = create_process(
            create_material("Li–HQ", material_class="metal_organic"), source=cls.review
        )

        def coat(process, substrate, *studies, **fields):
            return create_coating(
                process,
                studies,
                **{"substrate": substrate, "source": cls.review} | fields,
            )

        cls.on_lithium = coat(alumina, cls.lithium, cls.first)
        coat(alumina, cls.lithium, cls.first, cls.second, cls.draft)
        cls.on_silicon = coat(alumina, cls.silicon)
        coat(lithicone, cls.silicon, cls.second)
        coat(lithicone, None, cls.second)
        coat(lithicone, cls.lithium, source=cls.draft)

    def cycle(self, coating, coated, bare, cycle=100, **fields):
        same = {"electrode": self.lithium, "source": self.first}
        control = create_cycling_test(
            [{"cycle_number": cycle, "capacity_retention": bare}], **same
        )
        create_cycling_test(
            [{"cycle_number": cycle, "capacity_retention": coated}],
            coating=coating,
            control=control,
            **same | fields,
        )

    def cover(self, **arguments):
        return coverage(CoatingEntry.objects.all(), **arguments)

    def test_every_cell_counts_coatings_and_published_studies(self):
        found = self.cover()
        self.assertEqual([row.key for row in found.rows], ["al2o3", "li-hq"])
        self.assertEqual(
            [(column.key, column.label) for column in found.columns],
            [
                ("li-metal", "Li metal"),
                ("si", "Si"),
                (None, "Various substrates"),
            ],
        )
        self.assertEqual(found.values("coatings"), [[2, 1, 0], [0, 1, 1]])
        # A coating without primary studies counts its source.
        found = self.cover(value="studies")
        self.assertEqual(found.values("studies"), [[2, 1, 0], [0, 1, 1]])

    def test_classes_can_be_rows_and_columns(self):
        found = self.cover(rows="material_class", columns="substrate_class")
        self.assertEqual(
            [row.label for row in found.rows], ["Oxide", "Metal–organic hybrid"]
        )
        self.assertEqual(
            [column.key for column in found.columns], ["alkali_metal", "silicon", None]
        )
        self.assertEqual(found.values("coatings"), [[2, 1, 0], [0, 1, 1]])

    def test_columns_can_be_roles_and_families_of_those_that_have_one(self):
        self.silicon.electrode_role, self.silicon.host_family = "anode", "silicon"
        self.silicon.save()
        for columns, key, label in [
            ("electrode_role", "anode", "Anode"),
            ("host_family", "silicon", "Si"),
        ]:
            found = self.cover(columns=columns)
            with self.subTest(columns):
                self.assertEqual(
                    [(column.key, column.label) for column in found.columns],
                    [(key, label), (None, "Various substrates")],
                )
                self.assertEqual(found.values("coatings"), [[1, 0], [1, 1]])

    def test_the_best_gain_over_a_control_counts(self):
        self.cycle(self.on_lithium, "90", "80")
        self.cycle(self.on_lithium, ">95", "80")
        self.cycle(self.on_lithium, "85", "80")
        self.cycle(self.on_silicon, "<70", "80")
        found = self.cover(value="uplift")
        self.assertEqual(found.values("uplift"), [[15, None, None], [None, None, None]])

    def test_the_best_gain_of_classes_counts_wherever_it_was(self):
        for coated, bare in (("<70", "80"), ("90", "80"), ("85", "80")):
            self.cycle(self.on_lithium, coated, bare)
        self.cycle(Coating.objects.get(substrate=None), "95", "80")
        classes = {"rows": "material_class", "columns": "substrate_class"}
        found = self.cover(**classes, value="uplift")
        self.assertEqual(found.values("uplift"), [[10, None, None], [None, None, 15]])

    def test_a_test_without_a_gain_hides_no_other(self):
        self.cycle(self.on_lithium, "90", "80", electrode=self.silicon)
        self.cycle(self.on_lithium, "90", "80")
        self.assertEqual(self.cover(value="uplift").cells[0][0].uplift, 10)

    def test_gains_that_are_disputed_or_not_comparable_do_not_count(self):
        self.cycle(self.on_lithium, "90", "80", disputed=True)
        self.cycle(self.on_lithium, "90", "80", electrode=self.silicon)
        Coating.objects.filter(pk=self.on_silicon.pk).update(disputed=True)
        self.cycle(self.on_silicon, "90", "80")
        self.assertEqual(self.cover(value="uplift").cells[0][0].uplift, None)
        self.assertEqual(self.cover(value="uplift").cells[0][1].uplift, None)

    def test_a_change_of_the_overpotential_is_no_gain(self):
        same = {"electrode": self.lithium, "source": self.first}
        bare, coated = (
            [{"cycle_number": 100, "overpotential": text}] for text in ("500", "17")
        )
        control = create_cycling_test(bare, **same)
        create_cycling_test(coated, coating=self.on_lithium, control=control, **same)
        self.assertEqual(self.cover(value="uplift").cells[0][0].uplift, None)

    def ask(self, **query):
        question = CoverageQuestion(query)
        self.assertTrue(question.is_valid(), question.errors)
        return question

    def test_the_filters_of_coatings_narrow_the_map(self):
        found = self.ask(study="one").answer
        self.assertEqual(found.values("coatings"), [[2]])
        found = self.ask(material_class="metal_organic", columns="substrate_class")
        self.assertEqual(found.answer.values("coatings"), [[1, 1]])
        self.assertEqual(found.axes, ("material", "substrate_class", "coatings"))

    def test_what_is_asked_for_has_its_column_even_if_empty(self):
        found = self.ask(material="li-hq", substrate="si,li-metal").answer
        self.assertEqual([column.key for column in found.columns], ["li-metal", "si"])
        self.assertEqual(found.values("coatings"), [[0, 1]])
        found = self.ask(
            substrate_class="cathode", columns="substrate_class", rows="material_class"
        ).answer
        self.assertEqual([column.key for column in found.columns], ["cathode"])

    def test_queries_do_not_grow_with_the_coatings(self):
        self.cycle(self.on_lithium, "90", "80")
        self.cycle(self.on_silicon, "90", "80")
        # The counts; materials; substrates. Beside these, studies or best gains.
        for value, queries in {"coatings": 3, "studies": 4, "uplift": 4}.items():
            with self.subTest(value), self.assertNumQueries(queries):
                self.cover(value=value)

    def test_the_rows_and_columns_with_the_most_coatings_stay(self):
        found = self.cover(most=1)
        self.assertEqual(
            [[one.key for one in axis] for axis in (found.rows, found.columns)],
            [["al2o3"], ["li-metal"]],
        )
        self.assertEqual(found.values("coatings"), [[2]])
        self.assertEqual((found.rows_left_out, found.columns_left_out), (1, 2))
        # Half as many stay, while more than two cells have coatings.
        found = self.cover(most=4, fullest=2)
        self.assertEqual(found.values("coatings"), [[2]])
        # What is named stays.
        named = Material.objects.filter(slug="li-hq")
        found = self.cover(most=1, named={"material": named})
        self.assertEqual([row.key for row in found.rows], ["li-hq"])
