"""Curation of processes, coatings, measurements and cycling tests."""

from django.contrib import admin
from django.db.models import Prefetch

from asei_db.lib.admin import RecordFormSet, RelatedChoicesMixin, quantity_column
from literature.admin import SOURCE_FIELDSET, SourcedAdmin
from literature.models import ReviewCitation, Study
from materials.admin.forms import (
    CoatingForm,
    CyclingTestForm,
    FindingForm,
    MeasurementForm,
    ProcessForm,
    RecipeForm,
    RecipeStepForm,
)
from materials.admin.typed import GROWTH_FIELDS, CoatingPageMixin, TestPageMixin
from materials.models import (
    Coating,
    CyclingTest,
    DepositionProcess,
    Finding,
    PropertyMeasurement,
    Recipe,
    RecipeStep,
)
from materials.models.measurements import SUBJECTS

VALUE_FIELDSET = (
    "Where it was read",
    {"fields": ["source", ("locator", "reading"), "disputed", "confirmed", "notes"]},
)
_COATING = ("coating__process__material", "coating__substrate")


class StudiesAdmin(SourcedAdmin):
    """Curation of values with their primary studies."""

    autocomplete_fields = [*SourcedAdmin.autocomplete_fields, "studies"]

    def get_queryset(self, request):
        studies = Prefetch("studies", Study.objects.for_list())
        return super().get_queryset(request).prefetch_related(studies)

    @admin.display(description="primary studies")
    def study_labels(self, record):
        return "; ".join(study.label for study in record.studies.all()) or None


@admin.register(DepositionProcess)
class DepositionProcessAdmin(StudiesAdmin):
    form = ProcessForm
    list_display = [
        "material",
        "method",
        "chemistry",
        quantity_column(DepositionProcess.deposition_temperature),
        quantity_column(DepositionProcess.growth_per_cycle),
        "study_labels",
        "status",
    ]
    list_display_links = ["material", "chemistry"]
    list_filter = ["method", "material__material_class", *StudiesAdmin.list_filter]
    autocomplete_fields = [*StudiesAdmin.autocomplete_fields, "material"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "material",
                    "method",
                    "chemistry",
                    ("is_unnamed", "is_complete"),
                    "slug",
                ]
            },
        ),
        (
            None,
            {
                "fields": [
                    (
                        "deposition_temperature_as_reported",
                        "growth_per_cycle_as_reported",
                    )
                ]
            },
        ),
        (None, {"fields": ["studies"]}),
        VALUE_FIELDSET,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("material").with_steps()

    @admin.display(description="precursors")
    def chemistry(self, process):
        return process.chemistry

    def choice_label(self, process):
        return f"{process.label} ({process.get_method_display() or 'method unknown'})"


class RecipeStepInline(RelatedChoicesMixin, admin.StackedInline):
    model = RecipeStep
    form = RecipeStepForm
    formset = RecordFormSet
    extra = 0
    view_on_site = False
    autocomplete_fields = ["precursor"]
    fields = [
        ("position", "precursor", "source_temperature_as_reported"),
        ("pulse_as_reported", "wait_as_reported", "purge_as_reported"),
        (
            "plasma_time_as_reported",
            "plasma_power_as_reported",
            "carrier_flow_as_reported",
        ),
    ]


@admin.register(Recipe)
class RecipeAdmin(StudiesAdmin):
    form = RecipeForm
    inlines = [RecipeStepInline]
    list_display = [
        "process",
        quantity_column(Recipe.deposition_temperature),
        "activation",
        "growth_mode",
        "study_labels",
        "locator",
        "status",
    ]
    list_filter = [
        "activation",
        "reactor",
        "deposited_on",
        "growth_mode",
        "crystallinity",
        *StudiesAdmin.list_filter,
    ]
    autocomplete_fields = [*StudiesAdmin.autocomplete_fields, "process"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "process",
                    *GROWTH_FIELDS,
                    ("growth_mode", "pressure_as_reported"),
                    ("studies", "slug"),
                ]
            },
        ),
        VALUE_FIELDSET,
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("process__material")
            .prefetch_related("process__steps__precursor")
        )

    def choice_label(self, recipe):
        return f"{recipe} ({recipe.slug})"


@admin.register(Coating)
class CoatingAdmin(CoatingPageMixin, StudiesAdmin):
    form = CoatingForm
    list_display = [
        "material",
        "chemistry",
        "substrate",
        quantity_column(Coating.thickness),
        "characterization_as_reported",
        "study_labels",
        "locator",
        "status",
    ]
    list_display_links = ["material", "chemistry"]
    list_filter = [
        "review_category",
        "process__method",
        "substrate__electrode_role",
        "substrate__host_family",
        "substrate__substrate_class",
        "activation",
        "reactor",
        "deposited_on",
        "crystallinity",
        *StudiesAdmin.list_filter,
    ]
    autocomplete_fields = [*StudiesAdmin.autocomplete_fields, "process", "substrate"]
    fieldsets = [
        (
            "Process",
            {
                "fields": [("material", "method", "precursors"), "process"],
                "description": (
                    "Give material, method and precursors, or choose an existing "
                    "process."
                ),
            },
        ),
        (
            "Film",
            {
                "fields": [
                    ("substrate", "substrate_preparation"),
                    ("thickness_as_reported", "deposition_cycle_count"),
                    "characterization_as_reported",
                    ("review_category", "slug"),
                    "studies",
                ]
            },
        ),
        ("How it was grown", {"fields": GROWTH_FIELDS}),
        (
            "As printed",
            {
                "fields": [
                    (
                        "material_as_reported",
                        "precursors_as_reported",
                        "substrate_as_reported",
                    )
                ]
            },
        ),
        VALUE_FIELDSET,
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("process__material", "substrate")
            .prefetch_related("process__steps__precursor")
        )

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        self.offer_materials(form, request)
        return form

    @admin.display(description="precursors")
    def chemistry(self, coating):
        return coating.process.chemistry

    def choice_label(self, coating):
        return f"{coating.label} ({coating.slug})"


@admin.register(PropertyMeasurement)
class PropertyMeasurementAdmin(StudiesAdmin):
    form = MeasurementForm
    list_display = [
        "name",
        "subject",
        quantity_column(PropertyMeasurement.value),
        quantity_column(PropertyMeasurement.temperature),
        "conditions",
        "study_labels",
        "locator",
        "status",
    ]
    list_display_links = ["name", "subject"]
    list_filter = [
        "property",
        ("element", admin.RelatedOnlyFieldListFilter),
        ("control", admin.EmptyFieldListFilter),
        "value_limit",
        *StudiesAdmin.list_filter,
    ]
    autocomplete_fields = [
        *StudiesAdmin.autocomplete_fields,
        *SUBJECTS,
        "recipe",
        "element",
        "control",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("property", "element", "value_as_reported"),
                    (
                        "temperature_as_reported",
                        "wavelength_as_reported",
                        "condition",
                    ),
                    SUBJECTS,
                    ("recipe", "control"),
                    ("studies", "slug"),
                ]
            },
        ),
        VALUE_FIELDSET,
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related(
                "material",
                "process__material",
                "substrate",
                "precursor",
                "element",
                *_COATING,
            )
            .prefetch_related("process__steps__precursor")
        )

    @admin.display(description="property", ordering="property")
    def name(self, measurement):
        return measurement.name

    @admin.display(description="of")
    def subject(self, measurement):
        return measurement.subject

    @admin.display(description="condition", ordering="condition")
    def conditions(self, measurement):
        return ", ".join(measurement.conditions) or None

    def choice_label(self, measurement):
        return f"{measurement} ({measurement.slug})"


@admin.register(Finding)
class FindingAdmin(StudiesAdmin):
    form = FindingForm
    list_display = [
        "aspect",
        "subject",
        "direction",
        "statement",
        "study_labels",
        "locator",
        "status",
    ]
    list_display_links = ["aspect", "subject"]
    list_filter = ["aspect", "direction", *StudiesAdmin.list_filter]
    autocomplete_fields = [*StudiesAdmin.autocomplete_fields, *Finding.SUBJECTS]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("aspect", "direction", "compared_with"),
                    "statement",
                    Finding.SUBJECTS,
                    ("studies", "slug"),
                ]
            },
        ),
        SOURCE_FIELDSET,
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("material", "process__material", "substrate", *_COATING)
            .prefetch_related("process__steps__precursor")
        )

    @admin.display(description="of")
    def subject(self, finding):
        return finding.subject


@admin.register(CyclingTest)
class CyclingTestAdmin(TestPageMixin, SourcedAdmin):
    form = CyclingTestForm
    list_display = [
        "label",
        "cell_type",
        "electrolyte",
        "rate",
        "point_count",
        "study",
        "locator",
        "status",
    ]
    list_filter = [
        "cell_type",
        "charge_carrier",
        "cell_format",
        ("control", admin.EmptyFieldListFilter),
        "electrode__electrode_role",
        "electrode__host_family",
        "electrode__substrate_class",
        *SourcedAdmin.list_filter,
    ]
    autocomplete_fields = [
        *SourcedAdmin.autocomplete_fields,
        "study",
        "coating",
        "electrode",
        "control",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("study", "slug"),
                    ("electrode", "coating", "control"),
                    ("cell_type", "cell_format", "charge_carrier"),
                    ("counter_electrode", "lithium_thickness_as_reported"),
                    ("mass_loading_as_reported", "np_ratio_as_reported", "cell_count"),
                    (
                        "electrolyte",
                        "electrolyte_additive",
                        "electrolyte_volume_as_reported",
                    ),
                ]
            },
        ),
        (
            "Conditions",
            {
                "fields": [
                    (
                        "c_rate_as_reported",
                        "charge_c_rate_as_reported",
                        "discharge_c_rate_as_reported",
                    ),
                    (
                        "current_density_ma_per_cm2_as_reported",
                        "current_density_ma_per_g_as_reported",
                        "capacity_basis",
                    ),
                    (
                        "areal_capacity_as_reported",
                        "temperature_as_reported",
                        "voltage_window_as_reported",
                    ),
                ]
            },
        ),
        (
            "What it reached",
            {
                "fields": [
                    "points",
                    ("cycles_run_as_reported", "time_run_as_reported"),
                    ("failure_cycles_as_reported", "failure_time_as_reported"),
                ]
            },
        ),
        VALUE_FIELDSET,
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("electrode", "study", *_COATING)
            .prefetch_related(
                "points",
                Prefetch("study__citations", ReviewCitation.objects.published()),
            )
        )

    @admin.display(description="test", ordering="slug")
    def label(self, test):
        return test.label

    @admin.display(description="rate")
    def rate(self, test):
        return next(iter(test.rates), None)

    @admin.display(description="points")
    def point_count(self, test):
        return len(test.points.all())

    def choice_label(self, test):
        return f"{test.label} ({test.slug})"
