"""Curation of materials, substrates and characterization methods."""

from django.contrib import admin

from asei_db.lib.admin import RecordFormSet, RelatedChoicesMixin, quantity_column
from literature.admin import SOURCE_FIELDSET, SourcedAdmin
from materials.models import CharacterizationMethod, Material, SeiRelation, Substrate
from precursors.admin import FormulaAdmin


class SeiRelationInline(RelatedChoicesMixin, admin.StackedInline):
    model = SeiRelation
    formset = RecordFormSet
    extra = 0
    view_on_site = False
    autocomplete_fields = ["source", "studies"]
    fields = [
        ("role", "constituent", "mimicry"),
        ("source", "studies"),
        ("locator", "reading", "disputed"),
        "notes",
    ]


@admin.register(Material)
class MaterialAdmin(FormulaAdmin):
    list_display = [
        "name",
        "formula",
        "material_class",
        "is_stoichiometric",
        "source",
        "status",
    ]
    list_filter = ["material_class", "is_stoichiometric", *FormulaAdmin.list_filter]
    inlines = [SeiRelationInline]
    fieldsets = [
        (None, {"fields": ["name", "synonyms", ("formula", "elements")]}),
        (None, {"fields": [("material_class", "is_stoichiometric")]}),
        (None, {"fields": ["slug"]}),
        SOURCE_FIELDSET,
    ]


@admin.register(SeiRelation)
class SeiRelationAdmin(SourcedAdmin):
    list_display = ["material", "role", "constituent", "mimicry", "source", "status"]
    list_display_links = ["material", "role"]
    list_filter = ["role", "constituent", "mimicry", *SourcedAdmin.list_filter]
    search_fields = ["material__slug", "material__search_text", "constituent", "role"]
    autocomplete_fields = ["material", "source", "studies"]
    fieldsets = [
        (None, {"fields": ["material", ("role", "constituent", "mimicry")]}),
        (None, {"fields": ["studies"]}),
        SOURCE_FIELDSET,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("material")


@admin.register(Substrate)
class SubstrateAdmin(FormulaAdmin):
    list_display = [
        "name",
        "acronym",
        "formula",
        "substrate_class",
        "electrode_role",
        "host_family",
        quantity_column(Substrate.thermal_limit),
        "source",
        "status",
    ]
    list_filter = [
        "electrode_role",
        "host_family",
        "substrate_class",
        *FormulaAdmin.list_filter,
    ]
    fieldsets = [
        (None, {"fields": [("name", "acronym"), "synonyms", ("formula", "elements")]}),
        (None, {"fields": [("substrate_class", "electrode_role", "host_family")]}),
        (None, {"fields": ["slug"]}),
        (None, {"fields": [("thermal_limit_as_reported", "thermal_limit_source")]}),
        SOURCE_FIELDSET,
    ]

    def choice_label(self, substrate):
        return substrate.label


@admin.register(CharacterizationMethod)
class CharacterizationMethodAdmin(SourcedAdmin):
    list_display = ["acronym", "name", "category", "variant_list", "source", "status"]
    list_filter = ["category", *SourcedAdmin.list_filter]
    fieldsets = [
        (None, {"fields": [("acronym", "name"), "variants", "category", "slug"]}),
        SOURCE_FIELDSET,
    ]

    @admin.display(description="variants")
    def variant_list(self, method):
        return ", ".join(method.variants) or None
