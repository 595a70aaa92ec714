"""Pages of precursors."""

from asei_db.lib.views import RecordDetailView, RecordListView
from precursors.filters import PrecursorFilter
from precursors.models import Precursor


class PrecursorListView(RecordListView):
    queryset = Precursor.objects.published().for_list()
    filterset_class = PrecursorFilter
    main_filters = ("sublimation_temperature_celsius", "precursor_class", "elements")
    more_filters = ("physical_state", "material")
    list_name = "precursors:precursor-list"
    api_name = "api:precursor"
    template_name = "precursors/precursor_list.html"
    partial_template_name = "precursors/_precursor_table.html"


class PrecursorDetailView(RecordDetailView):
    queryset = Precursor.objects.published().for_list()
    list_name = "precursors:precursor-list"
    api_name = "api:precursor"
    template_name = "precursors/precursor_detail.html"

    def get_context_data(self, **kwargs):
        processes = self.object.processes.published().for_list().distinct()
        coatings = processes.model.coatings.rel.related_model.objects
        return super().get_context_data(
            processes=processes,
            coatings=coatings.published()
            .for_list()
            .filter(process__in=self.object.processes.all()),
            **kwargs,
        )
