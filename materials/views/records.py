"""Pages of materials, processes, coatings and cycling tests."""

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from asei_db.lib.folding import fold
from asei_db.lib.views import RecordDetailView, RecordListView
from literature.models import ReviewCitation
from materials.analysis.consensus import consensuses
from materials.entries import CoatingEntry
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
    Finding,
    Material,
    PropertyMeasurement,
    Substrate,
)
from materials.questions import ReviewTableQuestion
from materials.review_table import ReviewTableError, make_table
from materials.review_table.formats import FORMATS
from precursors.models import SublimationTemperature


class MaterialViews:
    queryset = Material.objects.published().for_list()
    list_name = "materials:material-list"
    api_name = "api:material"


class MaterialListView(MaterialViews, RecordListView):
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


class MaterialDetailView(MaterialViews, RecordDetailView):
    template_name = "materials/material_detail.html"

    def get_context_data(self, **kwargs):
        material = self.object
        processes = published(DepositionProcess, material=material)
        measurements = published(PropertyMeasurement).of_material([material])
        return super().get_context_data(
            processes=processes,
            coatings=published(Coating, process__material=material),
            measurements=measurements,
            consensuses=consensuses(processes, measurements),
            tests=published(CyclingTest, coating__process__material=material),
            findings=published(Finding).of_material([material]),
            **kwargs,
        )


class SubstrateViews:
    queryset = Substrate.objects.published().for_list()
    list_name = "materials:substrate-list"
    api_name = "api:substrate"


class SubstrateListView(SubstrateViews, RecordListView):
    filterset_class = SubstrateFilter
    main_filters = ("electrode_role", "host_family", "elements")
    more_filters = ("substrate_class", "material", "thermal_limit_celsius")
    template_name = "materials/substrate_list.html"
    table_template_name = "materials/_substrates.html"


class SubstrateDetailView(SubstrateViews, RecordDetailView):
    template_name = "materials/substrate_detail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            coatings=published(Coating, substrate=self.object),
            measurements=published(PropertyMeasurement, substrate=self.object),
            tests=published(CyclingTest, electrode=self.object),
            findings=published(Finding).of_substrate([self.object]),
            **kwargs,
        )


class MethodViews:
    queryset = CharacterizationMethod.objects.published().for_list()
    list_name = "materials:method-list"
    api_name = "api:characterization-method"


class MethodListView(MethodViews, RecordListView):
    filterset_class = CharacterizationMethodFilter
    main_filters = ("category",)
    template_name = "materials/method_list.html"
    table_template_name = "materials/_characterization_methods.html"


class MethodDetailView(MethodViews, RecordDetailView):
    template_name = "materials/method_detail.html"

    def get_context_data(self, **kwargs):
        used = self.object.uses.values("coating")
        return super().get_context_data(
            coatings=published(Coating, pk__in=used), **kwargs
        )


class ProcessViews:
    queryset = DepositionProcess.objects.published().for_list()
    list_name = "materials:process-list"
    api_name = "api:process"


class ProcessListView(ProcessViews, RecordListView):
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


class ProcessDetailView(ProcessViews, RecordDetailView):
    queryset = ProcessViews.queryset.with_recipe_steps().prefetch_related(
        Prefetch(
            "steps__precursor__sublimation_temperatures",
            SublimationTemperature.objects.published().for_list(),
        )
    )
    template_name = "materials/process_detail.html"

    def get_context_data(self, **kwargs):
        measurements = published(PropertyMeasurement).of_process([self.object])
        return super().get_context_data(
            recipes=self.object.published_recipes,
            coatings=published(Coating, process=self.object),
            measurements=measurements,
            consensuses=consensuses([self.object], measurements),
            findings=published(Finding).of_process([self.object]),
            **kwargs,
        )


class CoatingViews:
    queryset = Coating.objects.published().for_list()
    list_name = "materials:coating-list"
    api_name = "api:coating"


class CoatingListView(CoatingViews, RecordListView):
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
    template_name = "materials/coating_list.html"
    table_template_name = "materials/_coatings.html"

    def get_context_data(self, **kwargs):
        query = self.clean_query()
        tables = {
            extension: self.address(
                reverse("materials:review-table", args=[extension]), query, "page"
            )
            for extension in FORMATS
        }
        return super().get_context_data(tables=tables, **kwargs)


class CoatingDetailView(CoatingViews, RecordDetailView):
    template_name = "materials/coating_detail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            printed_otherwise=printed_otherwise(self.object),
            measurements=published(PropertyMeasurement, coating=self.object),
            tests=published(CyclingTest, coating=self.object),
            findings=published(Finding, coating=self.object),
            **kwargs,
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


class CyclingListView(CyclingViews, RecordListView):
    filterset_class = CyclingTestFilter
    main_filters = (
        "has_control",
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
        "year",
    )
    template_name = "materials/cycling_list.html"
    table_template_name = "materials/_cycling_tests.html"


class CyclingDetailView(CyclingViews, RecordDetailView):
    template_name = "materials/cycling_detail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            control=published(CyclingTest, coated_tests=self.object).first(),
            coated_tests=published(CyclingTest, control=self.object),
            **kwargs,
        )


def published(model, **conditions):
    """The public rows of a model that meet the conditions, ready to be shown."""
    return model.objects.published().for_list().filter(**conditions)


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
