"""Pages of materials, processes, coatings and cycling tests."""

from operator import attrgetter
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, Prefetch, Q, Window
from django.db.models.functions import Cast, RowNumber
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from asei_db.lib.folding import fold
from asei_db.lib.loading import Loader, set_fetched
from asei_db.lib.plotted import PlottedListMixin
from asei_db.lib.sections import ALL, Sections
from asei_db.lib.spreadsheets import to_csv
from asei_db.lib.statements import Kept, given_keys
from asei_db.lib.views import LinkedDetailView, RecordListView
from literature.gathering import fetch_steps, gather
from literature.models import ReviewCitation
from materials.analysis.consensus import complete, weighed_of
from materials.analysis.values import subject_keys
from materials.entries import (
    CoatingEntry,
    CyclingTestEntry,
    DepositionProcessEntry,
    FindingEntry,
    PropertyMeasurementEntry,
    RecipeEntry,
)
from materials.filters import (
    CharacterizationMethodFilter,
    CoatingFilter,
    CyclingTestFilter,
    DepositionProcessFilter,
    MaterialFilter,
    SubstrateFilter,
)
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingTest,
    DepositionProcess,
    Material,
    SeiRelation,
    Substrate,
)
from materials.questions import ReviewTableQuestion
from materials.review_table import ReviewTableError, make_table
from materials.review_table.formats import FORMATS
from precursors.models import SublimationTemperature

#: Values of one property, and of all, that the page of a material or process draws.
MOST_DRAWN = (10, 30)
#: Source temperatures that the steps of a process are listed with, typical ones first.
MOST_TEMPERATURES = 100
#: Processes that the row of a material lists.
MOST_PROCESSES = 3

#: The best gains come first, by the kind that most tests have.
_BEST = [
    F(name).desc(nulls_last=True)
    for name in ("retention_gain", "capacity_gain", "efficiency_gain", "life_gain")
]

_PROCESSES = Loader(DepositionProcess.objects.select_related("source").with_steps())


def compared(owner):
    """Sections of the cycling tests of what a column of entries names.

    `tests` has all, `compared` those with a control, `gained` those with a gain.
    """

    def tests(key, **conditions):
        return CyclingTestEntry.objects.filter(**{owner: key}, **conditions)

    return {
        "tests": lambda key: tests(key).order_by("slug", "pk"),
        "compared": lambda key: tests(key, has_control=True).order_by("slug", "pk"),
        "gained": lambda key: tests(key, has_gain=True).order_by(*_BEST, "slug", "pk"),
    }


class MaterialViews:
    queryset = Material.objects.published().for_list()
    list_name = "materials:material-list"
    api_name = "api:material"


class MaterialListView(MaterialViews, PlottedListMixin, RecordListView):
    queryset = Material.objects.for_page()
    filterset_class = MaterialFilter
    main_filters = ("elements", "material_class", "method")
    more_filters = (
        "sei_constituent",
        "creates_sei_constituent",
        "mimicry",
        "precursor",
        "substrate",
    )
    template_name = "materials/material_list.html"
    table_template_name = "materials/_materials.html"

    def complete(self, rows):
        give_processes(rows)


def give_processes(materials):
    """Give materials their `process_count`, and the `first_processes` of each."""
    of_material = {"partition_by": "material"}
    keys = (
        DepositionProcessEntry.objects.order_by()
        .filter(material__in=materials)
        .annotate(
            number=Window(Count("*"), **of_material),
            place=Window(RowNumber(), order_by="pk", **of_material),
        )
        .filter(place__lte=MOST_PROCESSES)
        .values_list("material", "pk", "number")
    )
    by_key = {material.pk: material for material in materials}
    for material in materials:
        material.first_processes, material.process_count = [], 0
    owners = {}
    for material, process, number in keys:
        by_key[material].process_count = number
        owners[process] = by_key[material]
    for process in sorted(_PROCESSES(owners), key=attrgetter("pk")):
        owners[process.pk].first_processes.append(process)


class MaterialDetailView(MaterialViews, LinkedDetailView):
    queryset = Material.objects.prefetch_related("elements")
    template_name = "materials/material_detail.html"
    sections = Sections(
        sei_relations=lambda key: SeiRelation.objects.published().filter(material=key),
        processes=lambda key: DepositionProcessEntry.objects.filter(
            material=key
        ).order_by("pk"),
        coatings=lambda key: CoatingEntry.objects.filter(material=key).order_by(
            "slug", "pk"
        ),
        measurements=lambda key: PropertyMeasurementEntry.objects.filter(material=key),
        **compared("material"),
        findings=lambda key: FindingEntry.objects.filter(material=key),
    )

    def get_context_data(self, **kwargs):
        material = self.object
        found = weighed_of(self.revision, material, *MOST_DRAWN)
        drawn = [value for one in found for value in one.values]
        shown = self.linked({"material": material.slug}, subject_keys(drawn))
        complete(found, [material], *shown.values(), known=self.known)
        return super().get_context_data(
            consensuses=found,
            tests_query=urlencode({"material": material.slug}),
            **shown,
            **kwargs,
        )


class SubstrateViews:
    queryset = Substrate.objects.published().for_list()
    list_name = "materials:substrate-list"
    api_name = "api:substrate"


class SubstrateListView(SubstrateViews, RecordListView):
    queryset = Substrate.objects.for_page()
    filterset_class = SubstrateFilter
    main_filters = ("electrode_role", "host_family", "elements")
    more_filters = ("substrate_class", "material", "thermal_limit_celsius")
    template_name = "materials/substrate_list.html"
    table_template_name = "materials/_substrates.html"


class SubstrateDetailView(SubstrateViews, LinkedDetailView):
    queryset = Substrate.objects.prefetch_related("elements")
    template_name = "materials/substrate_detail.html"
    sections = Sections(
        coatings=lambda key: CoatingEntry.objects.filter(substrate=key),
        measurements=lambda key: PropertyMeasurementEntry.objects.filter(substrate=key),
        findings=lambda key: FindingEntry.objects.filter(substrate=key),
        **compared("electrode"),
    )

    def get_context_data(self, **kwargs):
        substrate = self.object
        shown = self.linked(
            {"substrate": substrate.slug}, tests={ALL: {"electrode": substrate.slug}}
        )
        gather([substrate], *shown.values(), known=self.known)
        return super().get_context_data(
            tests_query=urlencode({"electrode": substrate.slug}), **shown, **kwargs
        )


class MethodViews:
    queryset = CharacterizationMethod.objects.published().for_list()
    list_name = "materials:method-list"
    api_name = "api:characterization-method"


class MethodListView(MethodViews, RecordListView):
    queryset = CharacterizationMethod.objects.for_page()
    filterset_class = CharacterizationMethodFilter
    main_filters = ("category",)
    template_name = "materials/method_list.html"
    table_template_name = "materials/_characterization_methods.html"


class MethodDetailView(MethodViews, LinkedDetailView):
    queryset = CharacterizationMethod.objects.all()
    template_name = "materials/method_detail.html"
    sections = Sections(
        coatings=lambda key: CoatingEntry.objects.filter(
            CoatingEntry.having("characterization_method", [Cast(key, CharField())])
        )
    )

    def get_context_data(self, **kwargs):
        method = self.object
        shown = self.linked({"characterization_method": method.slug})
        gather([method], *shown.values(), known=self.known)
        return super().get_context_data(**shown, **kwargs)


class ProcessViews:
    queryset = DepositionProcess.objects.published().for_list()
    list_name = "materials:process-list"
    api_name = "api:process"


class ProcessListView(ProcessViews, PlottedListMixin, RecordListView):
    queryset = DepositionProcess.objects.for_page()
    filterset_class = DepositionProcessFilter
    main_filters = ("method", "precursor", "deposition_temperature_celsius", "elements")
    more_filters = (
        "material",
        "material_class",
        "growth_per_cycle_angstrom",
        "activation",
        "reactor",
        "deposited_on",
        "crystallinity",
        "pulse_s",
        "purge_s",
        "plasma_power_w",
    )
    template_name = "materials/process_list.html"
    table_template_name = "materials/_processes.html"

    def complete(self, rows):
        gather(rows)


class ProcessDetailView(ProcessViews, LinkedDetailView):
    queryset = DepositionProcess.objects.joined()
    template_name = "materials/process_detail.html"
    sections = Sections(
        recipes=lambda key: RecipeEntry.objects.filter(process=key).order_by(
            "source_id", F("deposition_temperature").asc(nulls_last=True), "pk"
        ),
        coatings=lambda key: CoatingEntry.objects.filter(process=key).order_by(
            "slug", "pk"
        ),
        measurements=lambda key: PropertyMeasurementEntry.objects.filter(process=key),
        findings=lambda key: FindingEntry.objects.filter(process=key),
    )

    def get_context_data(self, **kwargs):
        process = self.object
        found = weighed_of(self.revision, process, *MOST_DRAWN)
        drawn = [value for one in found for value in one.values]
        shown = self.linked({"process": process.slug}, subject_keys(drawn))
        cited = source_temperatures(process)
        complete(found, [process], cited, *shown.values(), known=self.known)
        return super().get_context_data(consensuses=found, **shown, **kwargs)


class ShoppingListView(View):
    """What a process feeds, as CSV: how each chemical is named and ordered."""

    def get(self, request, slug):
        process = get_object_or_404(DepositionProcess.objects.published(), slug=slug)
        fetch_steps([process])
        chemicals = dict.fromkeys(step.precursor for step in process.steps.all())
        lines = [
            (one.acronym, one.name, one.formula, one.cas_number, one.pubchem_cid)
            for one in chemicals
        ]
        return HttpResponse(
            to_csv(
                [("acronym", "name", "formula", "cas_number", "pubchem_cid"), *lines]
            ),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{slug}-shopping.csv"'
            },
        )


class CoatingViews:
    queryset = Coating.objects.published().for_list()
    list_name = "materials:coating-list"
    api_name = "api:coating"


class CoatingListView(CoatingViews, PlottedListMixin, RecordListView):
    queryset = Coating.objects.for_page()
    filterset_class = CoatingFilter
    main_filters = ("electrode_role", "host_family", "precursor", "method", "elements")
    more_filters = (
        "substrate_class",
        "substrate",
        "material",
        "material_class",
        "characterization_method",
        "review_category",
        "thickness_nm",
        "deposition_temperature_celsius",
        "anneal_temperature_celsius",
        "activation",
        "reactor",
        "deposited_on",
        "crystallinity",
        "year",
    )
    map_url_name = "materials:explore"
    template_name = "materials/coating_list.html"
    table_template_name = "materials/_coatings.html"

    def get_context_data(self, **kwargs):
        tables = {
            extension: self.selection_url(
                reverse("materials:review-table", args=[extension])
            )
            for extension in FORMATS
        }
        return super().get_context_data(tables=tables, **kwargs)


class CoatingDetailView(CoatingViews, LinkedDetailView):
    queryset = Coating.objects.joined()
    template_name = "materials/coating_detail.html"
    sections = Sections(
        measurements=lambda key: PropertyMeasurementEntry.objects.filter(coating=key),
        tests=lambda key: CyclingTestEntry.objects.filter(coating=key),
        findings=lambda key: FindingEntry.objects.filter(coating=key),
    )

    def get_context_data(self, **kwargs):
        coating = self.object
        shown = self.linked({"coating": coating.slug})
        gather([coating], *shown.values(), known=self.known)
        return super().get_context_data(
            printed_otherwise=printed_otherwise(coating), **shown, **kwargs
        )


@method_decorator(csrf_exempt, "dispatch")  # it changes nothing: a POST is a 405
class ReviewTableView(View):
    """Any selection of coatings as a file with the table of a review.

    Takes the parameters of the list, and `columns`, `numbering`, `rows`.
    """

    def get(self, request, extension):
        if extension not in FORMATS:
            raise Http404(f"Tables come as {', '.join(FORMATS)}.")
        citations = ReviewCitation.objects.published()
        coatings = CoatingViews.queryset.prefetch_related(
            Prefetch("source__citations", citations)
        )
        # As entered: in the order of the printed tables.
        entries = CoatingEntry.objects.order_by("pk")
        filterset = ReviewTableQuestion(request.GET, entries, request=request)
        errors = dict(filterset.errors)
        if not errors:
            options = {
                name: filterset.form.cleaned_data[name]
                for name in ("columns", "numbering", "rows")
            }
            try:
                table = make_table([*filterset.listed(coatings)], **options)
            except ReviewTableError as error:
                errors = {"numbering": [str(error)]}
        if errors:
            lines = [f"{name}: {' '.join(texts)}\n" for name, texts in errors.items()]
            return HttpResponse(
                lines, status=400, content_type="text/plain; charset=utf-8"
            )
        return HttpResponse(
            FORMATS[extension].write(table),
            content_type=FORMATS[extension].media_type,
            headers={
                "Content-Disposition": f'attachment; filename="coatings.{extension}"'
            },
        )


class CyclingViews:
    queryset = CyclingTest.objects.published().for_list()
    list_name = "materials:cycling-list"
    api_name = "api:cycling-test"


class CyclingListView(CyclingViews, PlottedListMixin, RecordListView):
    queryset = CyclingTest.objects.for_page()
    filterset_class = CyclingTestFilter
    main_filters = (
        "has_control",
        "has_gain",
        "comparability",
        "retention_gain_points",
        "capacity_times",
        "cell_type",
        "electrode_role",
        "host_family",
        "current_density_ma_per_cm2",
    )
    more_filters = (
        "electrode_class",
        "charge_carrier",
        "cell_format",
        "material",
        "electrode",
        "mass_loading_mg_per_cm2",
        "np_ratio",
        "c_rate",
        "current_density_ma_per_g",
        "cycles_run",
        "time_run_h",
        "failure_cycles",
        "failure_time_h",
        "efficiency_gain_points",
        "life_times",
        "year",
    )
    template_name = "materials/cycling_list.html"
    table_template_name = "materials/_cycling_tests.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"gain_counts": self.gain_counts()}

    def gain_counts(self):
        """Count, words and address of the tests that can say what a coating gained."""
        if self.errors:
            return []
        query = self.clean_query()
        tests = self.filterset.qs.order_by()
        counts = self.filterset.kept(
            "gain_counts",
            lambda: tests.aggregate(
                has_control=Count("pk", Q(has_control=True)),
                has_gain=Count("pk", Q(has_gain=True)),
            ),
        )
        words = {
            "has_control": "with an uncoated control",
            "has_gain": "with a computable gain",
        }
        found = []
        for name, count in counts.items():
            asked = query.copy()
            asked[name] = "true"
            address = self.address(self.request.path, asked, without="page")
            found.append((count, words[name], address))
        return found


class CyclingDetailView(CyclingViews, LinkedDetailView):
    queryset = CyclingTest.objects.joined()
    template_name = "materials/cycling_detail.html"
    sections = Sections(
        coated_tests=lambda key: CyclingTest.objects.published().filter(control=key)
    )

    def get_context_data(self, **kwargs):
        test = self.object
        shown = self.linked({})
        gather([test], *shown.values(), known=self.known)
        return super().get_context_data(control=test.control, **shown, **kwargs)


def source_temperatures(process):
    """Fetch the steps of a process, and source temperatures of what they feed."""
    fetch_steps([process])
    precursors = {step.precursor_id: step.precursor for step in process.steps.all()}
    found = _TEMPERATURES.among(precursors.keys())
    for key, precursor in precursors.items():
        own = [one for one in found if one.precursor_id == key]
        set_fetched(precursor, "sublimation_temperatures", own)
    return found


_TEMPERATURES = Kept(
    lambda: (
        SublimationTemperature.objects.published()
        .joined()
        .filter(precursor__in=given_keys())[:MOST_TEMPERATURES]
    )
)


def printed_otherwise(coating):
    """(column, cell as printed, what the data say) where the two differ."""
    cells = [
        ("Material", coating.material_as_reported, coating.material.name),
        ("Precursors", coating.precursors_as_reported, coating.process.chemistry),
        (
            "Substrate",
            coating.substrate_as_reported,
            coating.substrate.name if coating.substrate else "various",
        ),
    ]
    return [
        (column, printed, said)
        for column, printed, said in cells
        if printed and fold(printed) != fold(said)
    ]
