"""Curation of elements, precursors and source temperatures."""

from django.contrib import admin
from django.db.models import Prefetch

from asei_db.lib.admin import (
    RecordForm,
    RecordFormSet,
    RelatedChoicesMixin,
    quantity_column,
)
from asei_db.lib.formulas import FormulaError, elements
from literature.admin import SOURCE_FIELDSET, SourcedAdmin
from precursors.importers import fill_elements
from precursors.models import Element, Precursor, SublimationTemperature


class FormulaForm(RecordForm):
    """A record whose elements, where left empty, are those of its formula."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("formula") and not cleaned.get("elements"):
            try:
                elements(cleaned["formula"])
            except FormulaError as error:
                self.add_error("formula", f"{error} Or choose the elements yourself.")
        return cleaned

    def _save_m2m(self):
        super()._save_m2m()
        fill_elements(self.instance)


class FormulaAdmin(SourcedAdmin):
    """Curation of records that have a formula and elements."""

    form = FormulaForm
    autocomplete_fields = [*SourcedAdmin.autocomplete_fields, "elements"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "elements":
            field.help_text = "Left empty, those of the formula."
        return field


@admin.register(Element)
class ElementAdmin(admin.ModelAdmin):
    list_display = ["symbol", "name", "atomic_number", "group", "period"]
    list_filter = ["period", "group"]
    search_fields = ["=symbol", "name", "=atomic_number"]
    list_per_page = 120
    readonly_fields = ["created", "updated"]


class TemperatureInline(RelatedChoicesMixin, admin.StackedInline):
    model = SublimationTemperature
    formset = RecordFormSet
    extra = 0
    view_on_site = False
    autocomplete_fields = ["source", "studies"]
    fields = [
        ("temperature_as_reported", "is_typical"),
        ("source", "studies"),
        ("locator", "reading", "disputed"),
        "notes",
    ]


@admin.register(Precursor)
class PrecursorAdmin(FormulaAdmin):
    list_display = [
        "label",
        "name",
        "formula",
        "precursor_class",
        "cas_number",
        "typical_temperature",
        "status",
    ]
    list_filter = ["precursor_class", "physical_state", *SourcedAdmin.list_filter]
    search_fields = ["slug", "inchi_key"]
    inlines = [TemperatureInline]
    fieldsets = [
        (None, {"fields": [("acronym", "name"), "synonyms", ("formula", "elements")]}),
        (None, {"fields": [("precursor_class", "physical_state"), "slug"]}),
        (
            "Identifiers",
            {
                "fields": [
                    ("cas_number", "pubchem_cid"),
                    ("smiles", "inchi_key"),
                    "identifiers_source",
                ]
            },
        ),
        (
            "Properties",
            {
                "fields": [
                    ("melting_point_celsius", "melting_point_source"),
                    ("is_air_sensitive", "is_moisture_sensitive"),
                ]
            },
        ),
        SOURCE_FIELDSET,
    ]

    def get_queryset(self, request):
        typical = SublimationTemperature.objects.filter(is_typical=True)
        return (
            super()
            .get_queryset(request)
            .prefetch_related(
                Prefetch("sublimation_temperatures", typical, to_attr="typical")
            )
        )

    @admin.display(description="acronym", ordering="acronym")
    def label(self, precursor):
        return precursor.label

    def choice_label(self, precursor):
        acronym, name = precursor.acronym, precursor.name
        return f"{acronym} – {name}" if acronym and acronym != name else name

    @admin.display(description="source at")
    def typical_temperature(self, precursor):
        return precursor.typical[0].temperature if precursor.typical else None


@admin.register(SublimationTemperature)
class SublimationTemperatureAdmin(SourcedAdmin):
    list_display = [
        "precursor",
        quantity_column(SublimationTemperature.temperature),
        "is_typical",
        "source",
        "locator",
        "status",
    ]
    list_filter = ["is_typical", *SourcedAdmin.list_filter]
    list_select_related = ["precursor"]
    search_fields = ["precursor__slug"]
    autocomplete_fields = ["precursor", "source", "studies"]
    fieldsets = [
        (None, {"fields": ["precursor", ("temperature_as_reported", "is_typical")]}),
        (None, {"fields": ["studies"]}),
        SOURCE_FIELDSET,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("precursor")
