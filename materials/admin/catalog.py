"""Curation of materials, substrates and characterization methods."""

from django.contrib import admin

from asei_db.lib.admin import quantity_column
from literature.admin import SOURCE_FIELDSET, SourcedAdmin
from materials.models import CharacterizationMethod, Material, Substrate
from precursors.admin import FormulaAdmin


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
    fieldsets = [
        (None, {"fields": ["name", "synonyms", ("formula", "elements")]}),
        (None, {"fields": [("material_class", "is_stoichiometric")]}),
        (None, {"fields": ["sei_constituents", "slug"]}),
        SOURCE_FIELDSET,
    ]


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
