"""The list of findings; each also stands on the page of its subject."""

from asei_db.lib.views import RecordListView
from materials.filters import FindingFilter
from materials.models import Finding
from materials.views.recorded import not_recorded


class FindingListView(RecordListView):
    queryset = Finding.objects.for_page()
    list_name = "materials:finding-list"
    api_name = "api:finding"
    filterset_class = FindingFilter
    main_filters = ("aspect", "direction", "material_class")
    more_filters = ("material", "elements", "substrate", "study")
    template_name = "materials/finding_list.html"
    table_template_name = "materials/_findings.html"

    def not_recorded(self):
        return not_recorded(self.filterset, "aspect")
