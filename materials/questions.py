"""What comparison, consensus, coverage map, planner and review tables can be asked.

Each serves its page and its API, and gives the answer itself once it is valid.
"""

import builtins

from django.utils.functional import cached_property

from asei_db.lib.filters import (
    MAX_VALUES,
    ChoiceFilter,
    ChoicesFilter,
    FloatFilter,
    ObjectsFilter,
    StrictFilterSet,
)
from literature.entries import listed
from materials.analysis.comparison import compare
from materials.analysis.consensus import complete, weighed
from materials.analysis.coverage import CELL_VALUES, COLUMNS, ROWS, coverage
from materials.analysis.planner import Limits, Plans, Verdict
from materials.analysis.plots import VALUES as PLOTTED
from materials.analysis.plots import cycling_plot
from materials.analysis.values import values_of
from materials.choices import MaterialClass, Property
from materials.filters import CoatingFilter
from materials.models import (
    CyclingTest,
    DepositionProcess,
    Material,
    ProcessNeeds,
    PropertyMeasurement,
    Substrate,
)
from materials.review_table import COLUMNS as TABLE_COLUMNS
from materials.review_table import NUMBERINGS
from materials.review_table import ROWS as TABLE_ROWS
from precursors.filters import ElementsFilter, WithoutElementsFilter
from precursors.models import Precursor

#: A bound electrode stands no more than its binder, most often PVDF.
BINDER_LIMIT = (
    "An electrode that is bound already stands no more than its binder: PVDF melts at "
    "170–175 °C (Solvay, Solef PVDF Typical Properties v2.1, 2014)."
)
FEWEST_TESTS, MOST_TESTS = 2, 8
MOST_HEADINGS = 200  # rows of a coverage map, and as many columns
ABSOLUTE_ZERO_CELSIUS = -273.15


class _Question(StrictFilterSet):
    """A filter set with parameters that do not narrow its rows (`method="keep"`)."""

    def keep(self, queryset, name, value):
        return queryset


def _one_of(choices, label):
    return ChoiceFilter(
        choices=choices,
        label=label,
        method="keep",
        help_text=f"By default {choices[0][0]}.",
    )


class ComparisonQuestion(_Question):
    test = ObjectsFilter(
        queryset=listed(CyclingTest),
        method="keep",
        label="Cycling tests",
        help_text=f"From {FEWEST_TESTS} to {MOST_TESTS}.",
    )

    class Meta:
        model = CyclingTest
        fields = []

    def check(self, form, data):
        if not FEWEST_TESTS <= len(data["test"]) <= MOST_TESTS:
            form.add_error(
                "test", f"Name from {FEWEST_TESTS} to {MOST_TESTS} cycling tests."
            )

    @cached_property
    def tests(self):
        """The named tests in the order in which they are named, ready for lists."""
        named = self.form.data.getlist("test")
        found = self.queryset.for_list().filter(slug__in=named)
        return sorted(found, key=lambda test: named.index(test.slug))

    @property
    def answer(self):
        """The `Comparability` of the named tests."""
        return compare(self.tests)


class PlotQuestion(ComparisonQuestion):
    """Which tests to compare, and what to plot of them."""

    value = ChoiceFilter(
        choices=[(name, name) for name in PLOTTED], label="Value", method="keep"
    )

    class Meta(ComparisonQuestion.Meta):
        pass

    @property
    def plot(self):
        """The `CyclingPlot` of the named tests, None if nothing can be drawn."""
        return cycling_plot(self.tests, self.form.cleaned_data["value"])


class ConsensusQuestion(_Question):
    """Of what to compare all values: one material or one process."""

    material = ObjectsFilter(
        queryset=listed(Material),
        method="keep",
        label="Material",
        help_text="One; its processes and coatings included.",
    )
    process = ObjectsFilter(
        queryset=listed(DepositionProcess),
        method="keep",
        label="Process",
        help_text="One, in place of a material; its coatings included.",
    )
    property = ChoicesFilter(
        choices=Property.choices, method="keep", label="Properties"
    )

    class Meta:
        model = PropertyMeasurement
        fields = []

    def check(self, form, data):
        if len(data["material"]) + len(data["process"]) != 1:
            form.add_error("material", "Name one material or one process.")

    @builtins.property  # which the parameter hides
    def answer(self):
        """The `Consensus` of each property of which there are two values."""
        data = self.form.cleaned_data
        processes = DepositionProcess.objects.published()
        if data["material"]:
            measurements = self.qs.of_material(data["material"])
            processes = processes.filter(material__in=data["material"])
        else:
            measurements = self.qs.of_process(data["process"])
            processes = processes.filter(pk__in=[one.pk for one in data["process"]])
        wanted = data["property"]
        found = [
            one
            for one in weighed(values_of(processes, measurements))
            if not wanted or one.property in wanted
        ]
        complete(found)
        return found


class CoverageQuestion(_Question, CoatingFilter):
    """Everything that the list of coatings can be filtered by, and the axes."""

    order_by = None
    rows = _one_of([(name, name) for name in ROWS], "Rows")
    columns = _one_of([(name, name) for name in COLUMNS], "Columns")
    value = _one_of(list(CELL_VALUES.items()), "Value of a cell")

    class Meta(CoatingFilter.Meta):
        pass

    @property
    def axes(self):
        """What rows, columns and cells are, e.g. material, substrate, coatings."""
        data = self.form.cleaned_data
        return (
            data["rows"] or ROWS[0],
            data["columns"] or COLUMNS[0],
            data["value"] or next(iter(CELL_VALUES)),
        )

    @property
    def answer(self):
        """The `Coverage` of the coatings that the filters leave.

        What a filter names has its row or column even if nothing was found there.
        """
        return self.covered(MOST_HEADINGS)

    def covered(self, most, fullest=None):
        """The same with so many rows and columns at most; see `coverage`."""
        named = self.form.cleaned_data
        return coverage(self.qs, *self.axes, named, most, fullest)


class ReviewTableQuestion(_Question, CoatingFilter):
    """Coatings, and how they stand in a review table."""

    other_parameters = ()

    columns = ChoicesFilter(
        choices=list(TABLE_COLUMNS.items()), method="keep", label="Columns, in order"
    )
    numbering = ChoiceFilter(
        choices=list(NUMBERINGS.items()), method="keep", label="Reference numbers"
    )
    rows = ChoiceFilter(choices=list(TABLE_ROWS.items()), method="keep", label="Rows")

    class Meta(CoatingFilter.Meta):
        pass


class PlannerQuestion(_Question):
    source_temperature_limit_celsius = FloatFilter(
        method="keep",
        min_value=ABSOLUTE_ZERO_CELSIUS,
        label="Highest source (bottle) temperature (°C)",
    )
    substrate_temperature_limit_celsius = FloatFilter(
        method="keep",
        min_value=ABSOLUTE_ZERO_CELSIUS,
        label="Highest substrate temperature (°C)",
        help_text=BINDER_LIMIT,
    )
    substrate = ObjectsFilter(
        queryset=listed(Substrate),
        method="keep",
        label="Substrate",
        help_text="Its thermal limit, where known, is a limit too; at most one.",
    )
    precursor = ObjectsFilter(
        queryset=listed(Precursor),
        method="keep",
        label="Precursors and co-reactants at hand",
        help_text=f"At most {MAX_VALUES}; none is no limit.",
    )
    precursor_exclude = ObjectsFilter(
        "required_precursor",
        queryset=listed(Precursor),
        exclude=True,
        label="Without precursors",
        help_text="None of them. A step in brackets may be left out.",
    )
    verdict = ChoicesFilter(choices=Verdict.choices, method="keep", label="Verdict")
    elements = ElementsFilter(label="Elements of the film")
    elements_exclude = WithoutElementsFilter(label="Without elements of the film")
    material_class = ChoicesFilter(
        choices=MaterialClass.choices,
        label="Material class",
    )

    class Meta:
        model = ProcessNeeds
        fields = []

    def check(self, form, data):
        if len(data["substrate"]) > 1:
            form.add_error("substrate", "Name one substrate.")
        elif not self._limits(data):
            form.add_error(
                "source_temperature_limit_celsius",
                "Give a temperature limit, a substrate or the precursors at hand.",
            )

    @property
    def limits(self):
        return self._limits(self.form.cleaned_data)

    def _limits(self, data):
        return Limits(
            data["source_temperature_limit_celsius"],
            data["substrate_temperature_limit_celsius"],
            next(iter(data["substrate"]), None),
            tuple(data["precursor"]),
        )

    @property
    def answer(self):
        """The `Plans` of the processes that the filters leave, most feasible first."""
        return Plans(self.qs, self.limits, self.form.cleaned_data["verdict"])
