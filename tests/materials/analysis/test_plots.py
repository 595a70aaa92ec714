"""What is drawn of cycling tests."""

import json
import os
import subprocess
import sys

from bokeh.core.enums import MarkerType
from bokeh.document import Document
from django.test import SimpleTestCase, TestCase

from literature.models import Study
from materials.analysis.plots import (
    COLORS,
    MARKERS,
    MOST_COLORS,
    cycling_plot,
    stated_values,
    with_controls,
)
from materials.models import CyclingPoint, CyclingTest, Substrate
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_material,
    create_process,
    create_study,
    create_substrate,
)
from tests.precursors.test_structures import contrast


def retention(cycle, text):
    return {"cycle_number": cycle, "capacity_retention": text}


def unsaved_plot():
    """The plot of a bare test that no database holds."""
    study = Study(authors=["Noether, E."], year=2020)
    test = CyclingTest(
        pk=1, study=study, electrode=Substrate(name="Graphite"), locator="Fig. 7"
    )
    points = [
        CyclingPoint(**retention(cycle, text))
        for cycle, text in ((1, "100"), (9, "50–60"), (20, "<50"))
    ]
    test._prefetched_objects_cache = {"points": points}
    return cycling_plot([test])


class PlotTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study()
        cls.same = {
            "source": cls.study,
            "electrode": create_substrate("Graphite", source=cls.study),
        }
        process = create_process(create_material("Al2O3"), source=cls.study)
        cls.coating = create_coating(
            process,
            substrate=cls.same["electrode"],
            deposition_cycle_count=2,
            source=cls.study,
        )

    def create(self, *points, **fields):
        """The test of these points, as lists give it."""
        test = create_cycling_test(points, **self.same | fields)
        return CyclingTest.objects.published().for_list().get(pk=test.pk)

    def glyphs(self, plot):
        """(type, marker, whether filled, x, low, high) of each drawn glyph.

        Bokeh leaves out the marker that is its default, the circle.
        """
        (root,) = plot.json["doc"]["roots"]
        glyphs = []
        for renderer in root["attributes"]["renderers"]:
            renderer = renderer["attributes"]
            source = renderer["data_source"]["attributes"]["data"]["entries"]
            columns = dict(source)
            look = renderer["glyph"]["attributes"]
            glyphs.append(
                (
                    renderer["glyph"]["name"],
                    look.get("marker", {}).get("value"),
                    look.get("fill_color", {}).get("value") is not None,
                    *(columns[name] for name in ("x", "low", "high")),
                )
            )
        return glyphs

    def test_statements_are_drawn_as_what_they_are(self):
        coated = self.create(
            retention(50, ">90"),
            retention(100, "85–88"),
            retention(200, "~80"),
            retention(300, "<70"),
            coating=self.coating,
        )
        plot = cycling_plot([coated])
        self.assertEqual(
            [(mark.x, mark.kind, *mark.bounds) for mark in plot.marks],
            [
                (50, "at_least", 90, 90),
                (100, "range", 85, 88),
                (200, "value", 80, 80),
                (300, "at_most", 70, 70),
            ],
        )
        self.assertEqual(
            self.glyphs(plot),
            [
                ("Scatter", None, True, [200], [80], [80]),
                ("Segment", None, False, [100], [85], [88]),
                ("Scatter", "triangle", False, [50], [90], [90]),
                ("Scatter", "inverted_triangle", False, [300], [70], [70]),
            ],
        )

    def test_bokeh_reads_what_is_written_for_its_script(self):
        tests = [
            self.create(
                retention(1, "100"),
                retention(9, "~90"),
                retention(50, ">80"),
                retention(60, "<80"),
                retention(70, "60–70"),
                retention(90, "50–60") | {"first_cycle": 80},
                **fields,
            )
            for fields in ({}, {"coating": self.coating})
        ]
        for some in (tests, tests * MOST_COLORS):
            plot = cycling_plot(some)
            document = Document.from_json(plot.json["doc"])
            document.validate()
            (figure,) = document.roots
            self.assertEqual(figure.id, plot.json["root_id"])
            self.assertEqual(figure.yaxis.axis_label, "Capacity retention (%)")
            self.assertEqual(len(figure.renderers), 12)
            self.assertEqual(figure.hover.renderers, figure.renderers)

    def test_an_average_is_drawn_over_its_cycles_and_joined_to_nothing(self):
        average = retention(300, "85") | {"first_cycle": 101}
        test = self.create(retention(1, "100"), retention(400, "70"), average)
        plot = cycling_plot([test])
        self.assertEqual(
            [(mark.first, mark.x, mark.kind) for mark in plot.marks],
            [(1, 1, "value"), (101, 300, "average"), (400, 400, "value")],
        )
        line, marks, band = self.glyphs(plot)
        self.assertEqual(line[3], [1, 400])
        self.assertEqual(marks[3], [1, 400])
        self.assertEqual((band[0], *band[3:]), ("Quad", [300], [85], [85]))
        self.assertIn("cycles 101–300", json.dumps(plot.json, ensure_ascii=False))

    def test_points_of_a_test_are_joined_and_bare_ones_are_hollow(self):
        bare = self.create(retention(1, "100"), retention(9, "50"))
        line, marks = self.glyphs(cycling_plot([bare]))
        self.assertEqual(line[0], "Line")
        self.assertEqual(marks[:3], ("Scatter", None, False))

    def test_many_tests_are_drawn_at_once_each_with_a_line_of_its_own(self):
        tests = [
            self.create(retention(1, "100"), retention(9, f"{50 + number}"))
            for number in range(MOST_COLORS + 1)
        ]
        plot = cycling_plot(tests)
        line, marks = self.glyphs(plot)
        self.assertEqual((line[0], marks[0]), ("Line", "Scatter"))
        gap = {"type": "number", "value": "nan"}
        self.assertEqual(line[3], [1, 9, gap] * MOST_COLORS + [1, 9])
        self.assertEqual(line[4][:5], [100, 50, gap, 100, 51])
        self.assertEqual(len(marks[3]), 2 * len(tests))
        json.dumps(plot.json, allow_nan=False)

    def test_hover_and_legend_name_test_cycle_value_and_source(self):
        coated = self.create(retention(50, ">90"), coating=self.coating)
        text = json.dumps(cycling_plot([coated]).json, ensure_ascii=False)
        for words in (
            "1  Al₂O₃ on Graphite",
            "Al₂O₃ on Graphite, 2 ALD cycles",
            "cycle 50",
            ">90\N{NO-BREAK SPACE}%",
            "Noether et al. 2020 (Fig. 7)",
        ):
            self.assertIn(words, text)

    def test_a_page_has_the_same_plot_at_each_request(self):
        self.create(retention(1, "100"), retention(9, "50"), coating=self.coating)
        address = self.coating.get_absolute_url()
        first, second = (self.client.get(address) for _ in range(2))
        self.assertContains(first, 'id="plot-data"')
        self.assertEqual(first.content, second.content)

    def test_points_without_a_cycle_are_listed_and_not_drawn(self):
        test = self.create(
            {"capacity_retention": "60"}, {"time_h": 5, "capacity_retention": "61"},
            retention(7, "62"), retention(8, "63"),
        )  # fmt: skip
        plot = cycling_plot([test])
        self.assertEqual([mark.x for mark in plot.marks], [7, 8])
        self.assertEqual(
            [str(point) for _, point in plot.left_out], ["5 h", "cycle not stated"]
        )

    def test_nothing_with_a_place_is_no_plot(self):
        test = self.create({"capacity_retention": "60"})
        self.assertIsNone(cycling_plot([test]))
        self.assertEqual(stated_values([test]), {"retention": 1})

    def test_symmetric_cells_are_plotted_by_hours(self):
        plot = cycling_plot([self.create({"time_h": 500, "overpotential": "20"})])
        self.assertEqual((plot.value, plot.axis), ("overpotential", "time_h"))
        self.assertEqual(plot.title, "Overpotential (mV)")

    def test_the_value_can_be_chosen(self):
        test = self.create(
            retention(7, "62"), {"cycle_number": 9, "specific_capacity": "140"}
        )
        self.assertEqual(cycling_plot([test]).value, "retention")
        plot = cycling_plot([test], "capacity")
        self.assertEqual(plot.title, "Specific capacity (mAh g⁻¹)")
        self.assertEqual([mark.x for mark in plot.marks], [9])
        self.assertIsNone(cycling_plot([test], "efficiency"))

    def test_a_control_is_drawn_once_behind_its_first_coated_test(self):
        bare = create_cycling_test([retention(1, "9")], **self.same)
        coated = [
            self.create(retention(1, "10"), coating=self.coating, control=bare)
            for _ in range(2)
        ]
        with self.assertNumQueries(1):  # the points of the control
            found = with_controls(coated)
            cycling_plot(found).json  # noqa: B018
        self.assertEqual(found, [coated[0], bare, coated[1]])

    def test_many_tests_are_told_apart_as_coated_and_bare(self):
        tests = [self.create(retention(1, "9")) for _ in range(len(COLORS))]
        tests.append(self.create(retention(1, "9"), coating=self.coating))
        text = json.dumps(cycling_plot(tests).json)
        self.assertIn("Bare control", text)
        self.assertEqual(len(self.glyphs(cycling_plot(tests))), 2)


class BytesTests(SimpleTestCase):
    def test_a_plot_has_the_same_bytes_in_each_process(self):
        module = unsaved_plot.__module__
        program = (
            "import django, json; django.setup(); "
            f"from {module} import unsaved_plot; print(json.dumps(unsaved_plot().json))"
        )
        here = json.dumps(unsaved_plot().json)
        for seed in ("1", "2"):
            there = subprocess.run(
                [sys.executable, "-c", program],
                env=os.environ | {"PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            )
            self.assertEqual(there.stdout.strip(), here)


class StartTests(SimpleTestCase):
    def test_no_plot_waits_for_the_package_of_bokeh(self):
        program = (
            "import django, sys; django.setup(); "
            "import asei_db.finders, asei_db.urls, materials.analysis.plots; "
            "print('bokeh' in sys.modules)"
        )
        there = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        self.assertEqual(there.stdout.strip(), "False")


class LookTests(SimpleTestCase):
    def test_markers_are_known_to_bokeh_and_none_is_an_arrow(self):
        self.assertLessEqual(set(MARKERS), set(MarkerType))
        self.assertFalse([marker for marker in MARKERS if "triangle" in marker])

    def test_marks_stand_out_on_light_and_dark_grounds(self):
        for color in COLORS:
            for ground in ("#fbf8f2", "#191714"):
                self.assertGreaterEqual(contrast(color, ground), 3, (color, ground))
