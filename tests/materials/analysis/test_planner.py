import operator

from django.test import SimpleTestCase, TestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from asei_db.lib.quantities import parse
from materials.analysis.planner import Limits, Plans, Verdict, assess
from materials.analysis.planner.needs import write_precursors, write_processes
from materials.analysis.planner.plans import rank
from materials.analysis.planner.rules import RANK, judge, judge_window
from materials.models import (
    DepositionProcess,
    Need,
    PrecursorNeeds,
    ProcessNeeds,
    ProcessStep,
    Substrate,
)
from materials.questions import PlannerQuestion
from precursors.models import Precursor
from tests.curated import load_literature
from tests.factories import (
    create_citation,
    create_coating,
    create_element,
    create_material,
    create_measurement,
    create_precursor,
    create_process,
    create_recipe,
    create_study,
    create_substrate,
    create_temperature,
)

FEASIBLE, MARGINAL = Verdict.FEASIBLE, Verdict.MARGINAL
UNKNOWN, NOT_FEASIBLE = Verdict.UNKNOWN, Verdict.NOT_FEASIBLE


class RuleTests(SimpleTestCase):
    def assert_verdicts(self, judge, rules):
        limit = parse("120", "°C")
        for text, expected in rules:
            with self.subTest(text):
                self.assertEqual(judge(parse(text, "°C"), limit), expected)

    def test_a_source_temperature_against_a_limit_of_120_degrees(self):
        self.assert_verdicts(
            judge,
            [
                ("RT", FEASIBLE),
                ("120", FEASIBLE),
                ("120.1", MARGINAL),
                ("130", MARGINAL),
                ("130.1", NOT_FEASIBLE),
                ("~110", FEASIBLE),
                ("~111", MARGINAL),
                ("~130", MARGINAL),
                ("~131", NOT_FEASIBLE),
                ("100–120", FEASIBLE),
                ("100–150", MARGINAL),
                ("125–150", MARGINAL),
                ("140–150", NOT_FEASIBLE),
                ("<120", FEASIBLE),
                ("<130", MARGINAL),
                ("<150", UNKNOWN),
                (">100", UNKNOWN),
                (">130", UNKNOWN),
                (">140", NOT_FEASIBLE),
            ],
        )

    def test_any_part_of_a_deposition_window_will_do(self):
        self.assert_verdicts(
            judge_window,
            [
                ("80–200", FEASIBLE),
                ("120–200", FEASIBLE),
                ("125–200", MARGINAL),
                ("140–200", NOT_FEASIBLE),
                ("~120", MARGINAL),
                ("<100", FEASIBLE),
                ("<200", UNKNOWN),
                (">100", UNKNOWN),
            ],
        )

    def test_an_approximate_limit_is_approximate(self):
        limit = parse("~120", "°C")
        self.assertEqual(judge(parse("115", "°C"), limit), MARGINAL)
        self.assertEqual(judge(parse("110", "°C"), limit), FEASIBLE)


class PlannerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.review = create_study(slug="review", kind="review")
        cls.primary = create_study(slug="primary")
        create_citation(cls.review, 43, cls.primary)
        sourced = {"source": cls.review}
        cls.liotbu = create_precursor("LiOtBu", **sourced)
        create_temperature(cls.liotbu, "140", [cls.primary], **sourced)
        cls.hmds = create_precursor("Li–HMDS", slug="li-hmds", **sourced)
        create_temperature(cls.hmds, "55", **sourced)
        cls.water = create_precursor("H2O", physical_state="liquid", **sourced)
        cls.ozone = create_precursor("O3", physical_state="gas", **sourced)
        cls.plasma = create_precursor("N2", precursor_class="plasma", **sourced)
        cls.lithium = create_element("Li", 3)
        cls.sodium = create_substrate(
            "Na metal",
            thermal_limit="97.8 °C",
            thermal_limit_source="melting point",
            **sourced,
        )

    def process(self, *precursors, **fields):
        material = create_material(source=self.review)
        return create_process(material, precursors, **{"source": self.review} | fields)

    def plan(self, process, **limits):
        (found,) = Plans(ProcessNeeds.objects.filter(pk=process.pk), Limits(**limits))
        return found

    def assert_plan(self, process, verdict, *reasons, **limits):
        found = self.plan(process, **limits)
        self.assertEqual(
            (found.verdict, [reason.replace("\xa0", " ") for reason in found.reasons]),
            (verdict, list(reasons)),
        )
        return found

    def test_the_reason_names_need_limit_and_source(self):
        process = self.process(self.liotbu, self.ozone)
        for limit, verdict in [
            (140, FEASIBLE),
            (131, MARGINAL),
            (120, NOT_FEASIBLE),
        ]:
            found = self.plan(process, source_temperature_celsius=limit)
            self.assertEqual(found.verdict, verdict)
        self.assert_plan(
            process,
            NOT_FEASIBLE,
            "LiOtBu needs 140 °C, your limit is 120 °C (Table 1, ref. 43)",
            source_temperature_celsius=120,
        )
        check = found.checks[0]
        self.assertEqual(check.precursor, self.liotbu)
        self.assertEqual(check.evidence.source, self.review)
        self.assertEqual((check.needed.minimum, check.limit.minimum), (140, 120))

    def test_a_source_without_reference_numbers_is_named(self):
        study = create_study(journal="J. Vac.", year=1999, volume="3", pages="7")
        precursor = create_precursor("X")
        create_temperature(precursor, "80", source=study, locator="text")
        self.assert_plan(
            self.process(precursor),
            FEASIBLE,
            f"X needs 80 °C, your limit is 90 °C ({study.label}: text)",
            source_temperature_celsius=90,
        )

    def test_reasons_name_the_reference_numbers_of_their_own_source_alone(self):
        second = create_study()
        create_citation(self.review, 9, second)
        create_citation(create_study(kind="review"), 77, second)
        precursor = create_precursor("Y", source=self.review)
        create_temperature(precursor, "80", [self.primary, second], source=self.review)
        self.assert_plan(
            self.process(precursor),
            FEASIBLE,
            "Y needs 80 °C, your limit is 90 °C (Table 1, refs 9, 43)",
            source_temperature_celsius=90,
        )

    def test_primary_works_without_a_number_are_named_instead_of_the_source(self):
        works = [create_study(year=year) for year in (2012, 2011)]
        precursor = create_precursor("Z", source=self.review)
        create_temperature(precursor, "80", [*works, self.review], source=self.review)
        labels = "; ".join(work.label for work in works)
        self.assert_plan(
            self.process(precursor),
            FEASIBLE,
            f"Z needs 80 °C, your limit is 90 °C ({labels}: Table 1)",
            source_temperature_celsius=90,
        )

    def test_gases_and_plasmas_need_no_bottle_but_liquids_do(self):
        self.assert_plan(
            self.process(self.ozone, self.plasma),
            FEASIBLE,
            "O3 is a gas: no heated source",
            "N2 is a plasma: no heated source",
            source_temperature_celsius=20,
        )
        self.assert_plan(
            self.process(self.water),
            UNKNOWN,
            "H2O has no source temperature recorded here",
            source_temperature_celsius=500,
        )

    def test_not_feasible_outweighs_unknown_and_unknown_marginal(self):
        process = self.process(self.liotbu, self.water)
        for limit, verdict in [(100, NOT_FEASIBLE), (135, UNKNOWN), (150, UNKNOWN)]:
            found = self.plan(process, source_temperature_celsius=limit)
            self.assertEqual(found.verdict, verdict)

    def test_a_lower_published_temperature_makes_it_marginal(self):
        create_temperature(
            self.liotbu,
            "100",
            is_typical=False,
            source=create_study(journal="J.", year=2001, volume="", pages=""),
        )
        process = self.process(self.liotbu)
        self.assert_plan(
            process,
            MARGINAL,
            "LiOtBu needs 140 °C, your limit is 110 °C (Table 1, ref. 43); but "
            "100 °C is published too (Noether et al., J. 2001: Table 1)",
            source_temperature_celsius=110,
        )
        found = self.plan(process, source_temperature_celsius=150)
        self.assertEqual(found.verdict, FEASIBLE)

    def test_without_a_typical_temperature_the_least_demanding_counts(self):
        precursor = create_precursor("EG", physical_state="liquid")
        for text in ("80", "30"):
            create_temperature(precursor, text, is_typical=False, source=self.review)
        for limit in (40, 100):
            found = self.plan(self.process(precursor), source_temperature_celsius=limit)
            self.assertEqual(found.verdict, FEASIBLE)
            self.assertEqual(found.checks[0].needed.minimum, 30)

    def test_drafts_and_disputed_temperatures_are_not_used(self):
        precursor = create_precursor("EG", source=self.review)
        draft = create_study(status="draft")
        create_temperature(precursor, "30", source=draft)
        create_temperature(precursor, "40", is_typical=False, disputed=True)
        found = self.plan(self.process(precursor), source_temperature_celsius=200)
        self.assertEqual(found.verdict, UNKNOWN)

    def test_what_a_disputed_process_states_of_itself_is_not_used(self):
        process = self.process(
            self.ozone, deposition_temperature="90 °C", disputed=True
        )
        found = self.plan(process, substrate_temperature_celsius=100)
        self.assertEqual(found.verdict, UNKNOWN)
        create_recipe(process, deposition_temperature="80 °C")
        create_recipe(process, deposition_temperature="20 °C", disputed=True)
        (check,) = self.plan(process, substrate_temperature_celsius=100).checks
        self.assertEqual((check.verdict, check.needed.minimum), (FEASIBLE, 80))
        self.assertEqual(check.limit.minimum, 100)
        self.assertEqual(check.evidence.deposition_temperature.minimum, 80)

    def test_temperatures_of_coatings_count_too(self):
        coating = create_coating(
            self.process(self.ozone),
            source=self.review,
            deposition_temperature="80 °C",
        )
        found = self.plan(coating.process, substrate_temperature_celsius=100)
        self.assertEqual(found.verdict, FEASIBLE)

    def test_the_deposition_window_must_begin_below_the_limit(self):
        process = self.process(self.ozone, deposition_temperature="80–200 °C")
        self.assert_plan(
            process,
            FEASIBLE,
            f"Deposition needs 80–200 °C, Na metal withstands 97.8 °C "
            f"({self.review.label}: Table 1)",
            substrate=self.sodium,
        )
        for limit, verdict in [(80, FEASIBLE), (75, MARGINAL), (60, NOT_FEASIBLE)]:
            found = self.plan(
                process, substrate=self.sodium, substrate_temperature_celsius=limit
            )
            self.assertEqual(found.verdict, verdict)

    def test_the_lower_of_limit_and_substrate_counts(self):
        process = self.process(self.ozone, deposition_temperature="150 °C")
        found = self.plan(
            process, substrate=self.sodium, substrate_temperature_celsius=300
        )
        self.assertEqual(found.verdict, NOT_FEASIBLE)
        self.assertIn("Na metal withstands", found.reasons[0])
        found = self.plan(
            process, substrate=self.sodium, substrate_temperature_celsius=97.8
        )
        self.assertIn("your limit is 97.8\N{NO-BREAK SPACE}°C", found.reasons[0])

    def test_a_substrate_of_unknown_limit_leaves_the_laboratory_s_limit(self):
        process = self.process(self.ozone, deposition_temperature="150 °C")
        for substrate in (
            create_substrate("Graphite"),
            create_substrate(
                "Polymer", thermal_limit="<200 °C", thermal_limit_source="a handbook"
            ),
        ):
            for limit, verdict in ((160, UNKNOWN), (100, NOT_FEASIBLE)):
                with self.subTest(substrate=substrate.name, limit=limit):
                    found = self.plan(
                        process,
                        substrate=substrate,
                        substrate_temperature_celsius=limit,
                    )
                    self.assertEqual(found.verdict, verdict)
            self.assert_plan(
                process,
                UNKNOWN,
                f"The thermal limit of {substrate.name} is not known",
                substrate=substrate,
            )

    def test_unknown_deposition_temperatures_and_thermal_limits_are_unknown(self):
        self.assert_plan(
            self.process(self.ozone),
            UNKNOWN,
            "No deposition temperature is recorded here",
            substrate_temperature_celsius=500,
        )
        self.assert_plan(
            self.process(self.ozone, deposition_temperature="100"),
            UNKNOWN,
            "The thermal limit of Graphite is not known",
            substrate=create_substrate("Graphite"),
        )

    def test_deposition_temperatures_of_recipes_count_where_the_process_has_none(self):
        process = self.process(self.ozone)
        create_recipe(process, deposition_temperature="90 °C")
        found = self.plan(process, substrate_temperature_celsius=100)
        self.assertEqual(found.verdict, FEASIBLE)
        stated = self.process(self.ozone, deposition_temperature="150 °C")
        create_recipe(stated, deposition_temperature="90 °C")
        found = self.plan(stated, substrate_temperature_celsius=100)
        self.assertEqual(found.verdict, MARGINAL)
        self.assertIn("is published too", found.reasons[0])

    def test_what_a_draft_states_of_a_shared_process_is_unknown(self):
        draft = create_study(status="draft")
        hidden = self.process(self.ozone, deposition_temperature="90", source=draft)
        create_coating(hidden, source=self.review)
        found = self.plan(hidden, substrate_temperature_celsius=100)
        self.assertEqual(found.verdict, UNKNOWN)

    def test_a_process_with_missing_precursors_is_unknown_at_best(self):
        unnamed = self.process(deposition_temperature="80")
        self.assert_plan(
            unnamed,
            UNKNOWN,
            "The precursors are not known here",
            source_temperature_celsius=500,
            substrate=self.sodium,
        )
        found = self.plan(unnamed, substrate_temperature_celsius=20)
        self.assertEqual(found.verdict, NOT_FEASIBLE)
        partial = self.process(self.hmds, is_complete=False)
        self.assert_plan(
            partial,
            UNKNOWN,
            "Only some of the precursors are known here",
            source_temperature_celsius=60,
        )
        found = self.plan(partial, precursors=(self.hmds,))
        self.assertEqual(found.verdict, UNKNOWN)
        found = self.plan(partial, source_temperature_celsius=40)
        self.assertEqual(found.verdict, NOT_FEASIBLE)

    def test_a_precursor_that_comes_twice_gives_one_reason(self):
        process = self.process(self.liotbu, self.ozone, self.liotbu)
        found = self.plan(process, source_temperature_celsius=20)
        self.assertEqual(len(found.reasons), 1)

    def test_precursors_must_be_at_hand(self):
        process = self.process(self.hmds, self.ozone)
        self.assert_plan(
            process, NOT_FEASIBLE, "O3 is not at hand", precursors=(self.hmds,)
        )
        self.assert_plan(
            process,
            FEASIBLE,
            "Li–HMDS is at hand",
            "O3 is at hand",
            precursors=(self.hmds, self.ozone),
        )

    def test_an_optional_step_blocks_nothing_but_is_noted(self):
        process = self.process(self.hmds, self.liotbu)
        ProcessStep.objects.filter(process=process, position=2).update(is_optional=True)
        found = self.plan(
            process, source_temperature_celsius=60, precursors=(self.hmds,)
        )
        self.assertEqual(found.verdict, FEASIBLE)
        self.assertEqual(
            [note.replace("\xa0", " ") for note in found.notes],
            [
                "Optional: LiOtBu is not at hand",
                "Optional: LiOtBu needs 140 °C, your limit is 60 °C (Table 1, ref. 43)",
            ],
        )

    def test_an_optional_step_that_can_be_had_is_not_noted(self):
        process = self.process(self.hmds, self.ozone)
        ProcessStep.objects.filter(process=process, position=2).update(is_optional=True)
        found = self.plan(
            process, source_temperature_celsius=60, precursors=(self.hmds, self.ozone)
        )
        self.assertEqual((found.verdict, found.notes), (FEASIBLE, []))

    def test_of_optional_steps_alone_nothing_is_known(self):
        process = self.process(self.hmds)
        ProcessStep.objects.filter(process=process).update(is_optional=True)
        found = self.plan(process, source_temperature_celsius=60)
        self.assertEqual((found.verdict, found.reasons), (UNKNOWN, []))

    def test_the_most_feasible_come_first(self):
        bad, unknown, good = (
            self.process(precursor)
            for precursor in (self.liotbu, self.water, self.hmds)
        )
        found = Plans(ProcessNeeds.objects.all(), Limits(source_temperature_celsius=60))
        self.assertEqual([one.process for one in found], [good, unknown, bad])

    def test_what_a_study_of_the_process_reports_of_its_material_counts(self):
        process = self.process(self.ozone, studies=[self.primary])
        other = create_process(
            process.material, [self.ozone], slug="other", source=self.review
        )
        fields = {
            "material": process.material,
            "property": "deposition_temperature",
            "value": "130–230 °C",
            "source": self.review,
            "locator": "text",
        }
        create_measurement([self.primary], reading="inferred", **fields)
        create_measurement([create_study()], slug="of-others", **fields)
        limit = {"substrate_temperature_celsius": 100}
        self.assert_plan(
            process,
            NOT_FEASIBLE,
            "Deposition needs 130–230 °C (inferred: may be a source temperature), "
            "your limit is 100 °C (text, ref. 43)",
            **limit,
        )
        self.assert_plan(
            other, UNKNOWN, "No deposition temperature is recorded here", **limit
        )

    def test_queries_do_not_grow_with_the_processes(self):
        for _ in range(3):
            process = self.process(self.liotbu, studies=[self.primary])
            create_recipe(
                process, deposition_temperature="90 °C", studies=[self.primary]
            )
            create_coating(
                process,
                source=self.review,
                deposition_temperature="95 °C",
                studies=[self.primary],
            )
            create_measurement(
                [self.primary],
                material=process.material,
                property="deposition_temperature",
                value="95 °C",
                source=self.review,
            )
        limits = Limits(source_temperature_celsius=60, substrate_temperature_celsius=99)
        plans = Plans(ProcessNeeds.objects.all(), limits)
        with self.assertNumQueries(1):
            self.assertEqual(plans.counts[NOT_FEASIBLE], 3)
        # Keys; processes, materials, sources; steps, precursors; needs of either; then
        # records of both; works, studies, citations.
        for page in (slice(0, 1), slice(0, 3)):
            with self.assertNumQueries(8 + 2 + 3):
                self.assertEqual(len(plans[page]), page.stop)
        # Of what the page shows the deciding ones alone: the precursors'.
        with self.assertNumQueries(8 + 1 + 3):
            plans.first_of_each(2)

    def ask(self, **query):
        return PlannerQuestion(query, ProcessNeeds.objects.all())

    def test_questions_without_any_limit_or_with_nonsense_are_refused(self):
        for query, name in [
            ({}, "source_temperature_limit_celsius"),
            ({"elements": "Li"}, "source_temperature_limit_celsius"),
            (
                {"source_temperature_limit_celsius": "hot"},
                "source_temperature_limit_celsius",
            ),
            (
                {"substrate_temperature_limit_celsius": "-300"},
                "substrate_temperature_limit_celsius",
            ),
            ({"substrate": "na-metl"}, "substrate"),
            ({"precursor": "unobtainium"}, "precursor"),
            ({"bottle": "60"}, "bottle"),
        ]:
            with self.subTest(query):
                question = self.ask(**query)
                self.assertFalse(question.is_valid())
                self.assertEqual(list(question.errors), [name])

    def test_a_question_is_about_the_processes_that_it_filters(self):
        lithium = create_material(
            "LiF", [self.lithium], material_class="fluoride", source=self.review
        )
        process = create_process(lithium, [self.liotbu], source=self.review)
        self.process(self.liotbu)
        for query in ({"elements": "Li"}, {"material_class": "fluoride"}):
            question = self.ask(source_temperature_limit_celsius="0", **query)
            self.assertTrue(question.is_valid(), question.errors)
            self.assertEqual([one.process for one in question.answer], [process])

    def test_a_slice_and_the_first_of_each_verdict_are_of_the_whole(self):
        for precursor in (self.liotbu, self.water, self.hmds, self.hmds):
            self.process(precursor)
        plans = Plans(ProcessNeeds.objects.all(), Limits(source_temperature_celsius=60))
        whole = list(plans)
        self.assertEqual(len(plans), 4)
        self.assertEqual(list(plans.counts.values()), [2, 0, 1, 1])
        for page in (slice(0, 2), slice(1, 3), slice(1, 4), slice(3, 9), slice(4, 5)):
            self.assertEqual(plans[page], whole[page])
        self.assertEqual(
            list(plans.first_of_each(1).values()),
            [whole[:1], [], whole[2:3], whole[3:]],
        )
        some = Plans(ProcessNeeds.objects.all(), plans.limits, [NOT_FEASIBLE, FEASIBLE])
        self.assertEqual((len(some), list(some)), (3, [*whole[:2], whole[3]]))


_CELSIUS = st.none() | st.integers(-20, 320) | st.floats(-300, 1e308)


class CuratedPlannerTests(HypothesisTestCase):
    """Of the curated literature."""

    @classmethod
    def setUpTestData(cls):
        load_literature()
        processes = list(DepositionProcess.objects.published().with_needs())
        cls.processes = lambda: processes  # a copy would lose what was fetched
        cls.substrates = [None, *Substrate.objects.all()]
        cls.precursors = list(Precursor.objects.all())
        cls.at = sorted(
            {end for need in Need.objects.all() for end in need.quantity.ends}
        )

    @given(data=st.data())
    @settings(max_examples=15, deadline=None)
    def test_the_database_gives_each_process_the_verdict_of_the_rules(self, data):
        celsius = _CELSIUS | st.builds(
            operator.add, st.sampled_from(self.at), st.sampled_from([-10, 0, 10])
        )
        limits = Limits(
            data.draw(celsius),
            data.draw(celsius),
            data.draw(st.sampled_from(self.substrates)),
            tuple(data.draw(st.lists(st.sampled_from(self.precursors), max_size=30))),
        )
        ranks = ProcessNeeds.objects.annotate(rank=rank(limits))
        self.assertEqual(
            dict(ranks.values_list("pk", "rank")),
            {one.pk: RANK[assess(one, limits).verdict] for one in self.processes()},
        )

    def test_needs_are_the_temperatures_that_count_each_once(self):
        for process in DepositionProcess.objects.published().for_list():
            stated = process.deposition_temperatures
            if not stated:
                continue
            needs = process.needs.all()
            with self.subTest(process.slug):
                self.assertEqual(needs[0].is_typical, stated[0].record == process)
                first = {}
                for one in stated:
                    first.setdefault(one.quantity, one.record)
                self.assertEqual(
                    [(need.quantity, need.record) for need in needs],
                    list(first.items()),
                )
        for precursor in Precursor.objects.published().for_list():
            stated = precursor.sublimation_temperatures.all()
            first = {}
            for one in stated:
                if one.counts:
                    first.setdefault(one.temperature, one)
            with self.subTest(precursor.slug):
                self.assertEqual(
                    [(need.quantity, need.record) for need in precursor.needs.all()],
                    list(first.items()),
                )

    def test_needs_are_what_a_computation_from_scratch_gives(self):
        def stored():
            rows = []
            for model in (Need, PrecursorNeeds, ProcessNeeds):
                columns = {field.attname for field in model._meta.fields} - {"id"}
                rows += model.objects.order_by("pk").values_list(*sorted(columns))
            return rows

        before = stored()
        for model in (Need, PrecursorNeeds, ProcessNeeds):
            model.objects.all().delete()
        for model, write in (
            (Precursor, write_precursors),
            (DepositionProcess, write_processes),
        ):
            write(list(model.objects.order_by("pk").values_list("pk", flat=True)))
        self.assertEqual(before, stored())
