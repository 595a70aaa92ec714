"""The page that adds a study with its coatings, tests and measurements."""

from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from asei_db.lib.admin import RelatedChoicesMixin
from asei_db.lib.plurals import number_of_rows
from literature.admin import StudyAdmin
from literature.models import Study
from materials.admin.forms import CoatingForm
from materials.admin.rows import (
    MOST_ROWS,
    CyclingTestFormSet,
    CyclingTestRowForm,
    FindingRowForm,
    MeasurementRowForm,
    RecipeRowForm,
    RowFormSet,
)
from materials.admin.typed import GROWTH_FIELDS, CoatingPageMixin, TestPageMixin
from materials.models import (
    Coating,
    CyclingTest,
    DepositionProcess,
    Finding,
    PropertyMeasurement,
    Recipe,
)
from precursors.models import SublimationTemperature

# What a study may state or, as the primary work, be cited for: model and lookup.
_STATED = [
    (Coating, "studies"),
    (DepositionProcess, "studies"),
    (Recipe, "studies"),
    (PropertyMeasurement, "studies"),
    (Finding, "studies"),
    (SublimationTemperature, "studies"),
    (CyclingTest, "study"),
]


def _of_page(fields):
    """The fields of a fieldset without those that name saved records of the study."""
    hidden = ("coating", "control")
    rows = [
        row
        if isinstance(row, str)
        else tuple(name for name in row if name not in hidden)
        for row in fields
    ]
    return [row for row in rows if row and row not in hidden]


class RowInline(RelatedChoicesMixin, admin.StackedInline):
    """Numbered rows of values that the study states."""

    fk_name = "source"
    formset = RowFormSet
    show_change_link = True
    view_on_site = False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("coating", "control"):
            field.widget.can_add_related = False  # the page has rows for that
        return field

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        # The formset sees to it, which knows the other rows of the page.
        formset.form.hand_clean_DELETE = lambda form: None
        for name, records in self._choices(obj).items():
            if field := formset.form.base_fields.get(name):
                field.queryset = records
                # Asked for once, not once a row.
                field.choices = [
                    ("", field.empty_label),
                    *((record.pk, f"{record} ({record.slug})") for record in records),
                ]
        return formset

    def get_fieldsets(self, request, obj=None):
        """On the page of a new study, nothing can be named but rows of the page."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        return [
            (name, options | {"fields": _of_page(options["fields"])})
            for name, options in fieldsets
        ]

    def _choices(self, study):
        """By field, the records of the study that a row may name."""
        if study is None:
            return {}
        of_study = Q(source=study) | Q(studies=study) | Q(cycling_tests__study=study)
        coatings = Coating.objects.select_related("process__material", "substrate")
        tests = CyclingTest.objects.select_related(
            "coating__process__material", "coating__substrate", "electrode"
        )
        return {
            "coating": coatings.filter(of_study).distinct(),
            "control": tests.filter(study=study, coating=None),
        }


class CoatingInline(CoatingPageMixin, RowInline):
    model = Coating
    form = CoatingForm
    autocomplete_fields = ["process", "substrate", "studies"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("material", "method", "precursors"),
                    "process",
                    ("substrate", "substrate_preparation"),
                    (
                        "thickness_as_reported",
                        "deposition_cycle_count",
                        "characterization_as_reported",
                    ),
                    ("locator", "reading"),
                ]
            },
        ),
        (
            "More about this coating",
            {
                "classes": ["collapse"],
                # Django unfolds it for the errors of fields that are not grouped.
                "fields": [
                    *flatten(GROWTH_FIELDS),
                    "material_as_reported",
                    "precursors_as_reported",
                    "substrate_as_reported",
                    "review_category",
                    "studies",
                    "disputed",
                    "confirmed",
                    "notes",
                ],
            },
        ),
    ]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        self.offer_materials(formset.form, request)
        return formset

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("process__material", "substrate")
            .prefetch_related("process__steps__precursor")
        )


#: What most papers say of a recipe.
_FIRST = ("deposition_temperature_as_reported", "activation", "reactor")


class RecipeInline(RowInline):
    """Recipes without their steps, which stand on the page that the row links."""

    model = Recipe
    form = RecipeRowForm
    autocomplete_fields = ["process"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "process",
                    _FIRST,
                    ("locator", "reading"),
                ]
            },
        ),
        (
            "More about this recipe",
            {
                "classes": ["collapse"],
                # Django unfolds it for the errors of fields that are not grouped.
                "fields": [
                    *(name for name in flatten(GROWTH_FIELDS) if name not in _FIRST),
                    "pressure_as_reported",
                    "growth_mode",
                    "disputed",
                    "confirmed",
                    "notes",
                ],
            },
        ),
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("process__material")
            .prefetch_related("process__steps__precursor")
        )

    def get_extra(self, request, obj=None, **kwargs):
        return 0


class CyclingTestInline(TestPageMixin, RowInline):
    model = CyclingTest
    form = CyclingTestRowForm
    formset = CyclingTestFormSet
    fk_name = "study"
    autocomplete_fields = ["electrode"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("electrode", "cell_type", "coating_row", "control_row"),
                    ("coating", "control"),
                    (
                        "c_rate_as_reported",
                        "current_density_ma_per_cm2_as_reported",
                        "current_density_ma_per_g_as_reported",
                        "areal_capacity_as_reported",
                    ),
                    "points",
                    ("cycles_run_as_reported", "time_run_as_reported"),
                    ("failure_cycles_as_reported", "failure_time_as_reported"),
                    ("locator", "reading"),
                ]
            },
        ),
        (
            "More about this test",
            {
                "classes": ["collapse"],
                # Django unfolds it for the errors of fields that are not grouped.
                "fields": [
                    "cell_format",
                    "charge_carrier",
                    "cell_count",
                    "counter_electrode",
                    "lithium_thickness_as_reported",
                    "mass_loading_as_reported",
                    "np_ratio_as_reported",
                    "electrolyte",
                    "electrolyte_additive",
                    "electrolyte_volume_as_reported",
                    "charge_c_rate_as_reported",
                    "discharge_c_rate_as_reported",
                    "temperature_as_reported",
                    "voltage_window_as_reported",
                    "capacity_basis",
                    "disputed",
                    "confirmed",
                    "notes",
                ],
            },
        ),
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related(
                "coating__process__material", "coating__substrate", "electrode"
            )
            .prefetch_related("points")
        )


class MeasurementInline(RowInline):
    model = PropertyMeasurement
    form = MeasurementRowForm
    autocomplete_fields = [
        "material",
        "process",
        "substrate",
        "precursor",
        "element",
        "recipe",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    (
                        "property",
                        "element",
                        "value_as_reported",
                        "temperature_as_reported",
                        "condition",
                    ),
                    ("coating_row", "material", "process", "substrate", "precursor"),
                    "coating",
                    ("locator", "reading"),
                ]
            },
        ),
        (
            "More about this measurement",
            {
                "classes": ["collapse"],
                "fields": [
                    "wavelength_as_reported",
                    "recipe",
                    "disputed",
                    "confirmed",
                    "notes",
                ],
            },
        ),
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related(
                "material",
                "process__material",
                "coating__process__material",
                "coating__substrate",
                "substrate",
                "precursor",
                "element",
            )
            .prefetch_related("process__steps__precursor")
        )

    def get_extra(self, request, obj=None, **kwargs):
        return 0


class FindingInline(RowInline):
    model = Finding
    form = FindingRowForm
    autocomplete_fields = ["material", "process", "substrate", "studies"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("aspect", "direction", "compared_with"),
                    "statement",
                    ("coating_row", "material", "process", "substrate"),
                    "coating",
                    ("locator", "reading"),
                ]
            },
        ),
        (
            "More about this finding",
            {"classes": ["collapse"], "fields": ["studies", "disputed", "notes"]},
        ),
    ]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related(
                "material",
                "process__material",
                "coating__process__material",
                "coating__substrate",
                "substrate",
            )
            .prefetch_related("process__steps__precursor")
        )

    def get_extra(self, request, obj=None, **kwargs):
        return 0


@admin.register(Study)
class StudyWithRecordsAdmin(StudyAdmin):
    inlines = [
        CoatingInline,
        RecipeInline,
        CyclingTestInline,
        MeasurementInline,
        FindingInline,
        *StudyAdmin.inlines,
    ]
    list_display = [*StudyAdmin.list_display, "coating_count", "test_count"]
    readonly_fields = ["records"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                coating_count=_count(Coating.studies.through),
                test_count=_count(CyclingTest),
            )
        )

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, ("Records", {"fields": ["records"]})] if obj else fieldsets

    def _create_formsets(self, request, obj, change):
        """Let the rows of each kind see those of the others."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        coatings = next((f for f in formsets if f.model is Coating), None)
        for formset in formsets:
            formset.coatings = coatings
            formset.page = [f for f in formsets if isinstance(f, RowFormSet)]
        return formsets, inlines

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        # Measurements and tests may name coatings that are deleted as well.
        for formset in reversed(formsets):
            if isinstance(formset, RowFormSet):
                formset.delete_kept()

    @admin.display(description="coatings", ordering="coating_count")
    def coating_count(self, study):
        return study.coating_count

    @admin.display(description="tests", ordering="test_count")
    def test_count(self, study):
        return study.test_count

    @admin.display(description="in the database")
    def records(self, study):
        links, is_long = [], False
        for model, lookup in _STATED:
            names = model._meta
            url = reverse(f"admin:{names.app_label}_{names.model_name}_changelist")
            for verb, query, field in [
                ("read in it", f"source={study.slug}", "source"),
                ("reported by it", f"{lookup}__id__exact={study.pk}", lookup),
            ]:
                if count := model.objects.filter(**{field: study}).count():
                    rows = number_of_rows(count, model)
                    links.append((f"{url}?{query}", f"{rows} {verb}"))
                    is_long |= count > MOST_ROWS
        if not links:
            return "Nothing yet."
        return format_html(
            "{}. {}",
            format_html_join(", ", '<a href="{}">{}</a>', links),
            "Those that are too many for this page stand on their own; rows below add "
            "to them."
            if is_long
            else "",
        )


def _count(model):
    """How many rows of `model` name the study."""
    rows = model.objects.filter(study=OuterRef("pk")).order_by().values("study")
    counts = rows.annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counts), 0)
