"""Steps, uses of methods and points: looked up here, edited with their owners."""

from django.contrib import admin

from asei_db.lib.admin import PartAdmin, quantity_column
from asei_db.lib.fields import quantity_fields
from materials.models import (
    CharacterizationUse,
    CyclingPoint,
    ProcessStep,
    RecipeStep,
)

_COATING = ("coating__process__material", "coating__substrate")


@admin.register(ProcessStep)
class ProcessStepAdmin(PartAdmin):
    list_display = ["process", "position", "precursor", "is_optional"]
    list_filter = ["is_optional"]
    search_fields = ["process__slug", "precursor__slug", "precursor__search_text"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("process__material", "precursor")
            .prefetch_related("process__steps__precursor")
        )


@admin.register(RecipeStep)
class RecipeStepAdmin(PartAdmin):
    list_display = [
        "recipe",
        "position",
        "precursor",
        *(
            quantity_column(getattr(RecipeStep, name))
            for name in quantity_fields(RecipeStep)
        ),
    ]
    search_fields = ["recipe__slug", "precursor__slug", "precursor__search_text"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .select_related("recipe__process__material", "precursor")
            .prefetch_related("recipe__process__steps__precursor")
        )


@admin.register(CharacterizationUse)
class CharacterizationUseAdmin(PartAdmin):
    list_display = ["coating", "method", "as_reported", "remark"]
    list_filter = ["method"]
    search_fields = ["coating__slug", "method__search_text", "as_reported", "remark"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("method", *_COATING)


@admin.register(CyclingPoint)
class CyclingPointAdmin(PartAdmin):
    list_display = [
        "test",
        "__str__",
        *(
            quantity_column(getattr(CyclingPoint, name))
            for name in quantity_fields(CyclingPoint)
        ),
    ]
    search_fields = ["test__slug", "remark"]

    def get_queryset(self, request):
        related = [f"test__{name}" for name in (*_COATING, "electrode")]
        return super().get_queryset(request).select_related(*related)
