"""The list of measured properties; each also stands on the page of its subject."""

from asei_db.lib.views import RecordListView
from materials.filters import PropertyMeasurementFilter
from materials.models import PropertyMeasurement


class MeasurementListView(RecordListView):
    queryset = PropertyMeasurement.objects.published().for_list()
    list_name = "materials:measurement-list"
    api_name = "api:measurement"
    filterset_class = PropertyMeasurementFilter
    main_filters = ("property", "elements", "value")
    more_filters = ("material", "substrate", "precursor", "temperature_celsius")
    template_name = "materials/measurement_list.html"
    table_template_name = "materials/_measurements.html"
