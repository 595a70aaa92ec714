"""The list of measured properties; each also stands on the page of its subject."""

from asei_db.lib.plotted import PlottedListMixin
from asei_db.lib.views import RecordListView
from materials.filters import PropertyMeasurementFilter
from materials.models import PropertyMeasurement
from materials.views.recorded import not_recorded


class MeasurementListView(PlottedListMixin, RecordListView):
    queryset = PropertyMeasurement.objects.for_page()
    list_name = "materials:measurement-list"
    api_name = "api:measurement"
    filterset_class = PropertyMeasurementFilter
    main_filters = ("property", "value", "elements")
    more_filters = (
        "value_limit",
        "element",
        "material",
        "substrate",
        "precursor",
        "temperature_celsius",
        "wavelength_nm",
    )
    template_name = "materials/measurement_list.html"
    table_template_name = "materials/_measurements.html"

    def not_recorded(self):
        return not_recorded(self.filterset, "property")

    def usual_y(self):
        """The property that the list is narrowed to."""
        asked = self.filterset.form.cleaned_data.get("property") or []
        return next((one for one in asked if one in self.plot.axes), super().usual_y())

    def form_fields(self, names):
        """As for all lists; the value has the unit of the chosen property."""
        fields = super().form_fields(names)
        unit = self.filterset.unit
        for field in fields:
            if field.name == "value":
                field.is_dependent = True
                field.label = f"Value ({unit})" if unit else "Value"
                if unit is None and not field.is_active:
                    field.needs = "Choose a property first; its unit will stand here."
        return fields
