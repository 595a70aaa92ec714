"""What pages say of the fields that only a form has, to those who may only read."""

from django.contrib import admin
from django.template.defaultfilters import linebreaksbr

from asei_db.lib.admin import RecordSelect
from materials.models import DepositionProcess
from materials.points import print_points

_MATERIAL = DepositionProcess._meta.get_field("material")


#: How a film was grown, of recipes and coatings.
GROWTH_FIELDS = [
    ("activation", "reactor", "deposited_on"),
    "deposition_temperature_as_reported",
    ("crystallinity", "phase", "phase_state"),
    (
        "anneal_temperature_as_reported",
        "anneal_time_as_reported",
        "anneal_atmosphere",
    ),
]


class CoatingPageMixin:
    """An admin page with a `CoatingForm`."""

    def offer_materials(self, form, request):
        """Let the form choose a material, and add one where the user may."""
        if "material" in form.base_fields:
            form.base_fields["material"] = self.formfield_for_dbfield(
                _MATERIAL,
                request,
                required=False,
                widget=RecordSelect(_MATERIAL, self.admin_site),
            )

    @admin.display(ordering="process__material__name")
    def material(self, coating):
        return coating.material

    @admin.display
    def method(self, coating):
        return coating.process.get_method_display()

    @admin.display
    def precursors(self, coating):
        return coating.process.chemistry


class TestPageMixin:
    """An admin page with a `CyclingTestForm`."""

    @admin.display
    def points(self, test):
        """As they are typed, for those who may only read them."""
        return linebreaksbr(print_points(test.points.all()))
