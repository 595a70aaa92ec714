"""Pages of studies and of what they reported, and their citations."""

from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import View

from asei_db.lib.views import RecordDetailView, RecordListView
from literature.citations import FORMATS
from literature.entries import StudyEntry
from literature.filters import StudyFilter
from literature.models import Study

# A study's values: the relation to those it first reported, and the table of each.
REPORTED = {
    "coatings": "materials/_coatings.html",
    "processes": "materials/_processes.html",
    "recipes": "materials/_recipes.html",
    "cycling_tests": "materials/_cycling_tests.html",
    "measurements": "materials/_measurements.html",
    "findings": "materials/_findings.html",
    "sei_relations": "materials/_sei_relations.html",
    "sublimation_temperatures": "precursors/_temperatures.html",
}


class StudyListView(RecordListView):
    queryset = Study.objects.published().for_list()
    filterset_class = StudyFilter
    main_filters = ("year", "kind", "characterization_method")
    more_filters = (
        "material",
        "precursor",
        "substrate",
        "extent_read",
        "metadata_confidence",
    )
    list_name = "literature:study-list"
    api_name = "api:study"
    template_name = "literature/study_list.html"
    table_template_name = "literature/_studies.html"

    def rows(self):
        """The newest first; those of a year as published reviews cite them."""
        return StudyEntry.objects.order_by(
            F("year").desc(nulls_last=True), F("number").asc(nulls_last=True), "pk"
        )

    def get_context_data(self, **kwargs):
        query = self.clean_query()
        query["include_unidentified"] = "true"
        return super().get_context_data(
            left_out_count=self.filterset.left_out().count(),
            left_out_url=self.address(self.request.path, query, without="page"),
            **kwargs,
        )


class StudyDetailView(RecordDetailView):
    queryset = Study.objects.published().for_list()
    list_name = "literature:study-list"
    api_name = "api:study"
    template_name = "literature/study_detail.html"

    def get(self, request, slug):
        try:
            return super().get(request, slug=slug)
        except Http404:
            if study := Study.objects.published().merged_from(slug):
                return redirect(study, permanent=True)
            raise

    def get_context_data(self, **kwargs):
        references = self.object.references.filter(
            study__in=Study.objects.published().exclude(pk=self.object.pk)
        ).select_related("study", "review")
        return super().get_context_data(
            references=references,
            **{name: reported(self.object, name) for name in REPORTED},
            **kwargs,
        )


class StudyCitationView(View):
    """A study as a file for reference managers."""

    def get(self, request, slug, extension):
        chosen = next((f for f in FORMATS if f.extension == extension), None)
        if chosen is None:
            raise Http404("Citations come as .bib, .ris and .json.")
        studies = Study.objects.published()
        study = studies.for_list().filter(slug=slug).first()
        if study is None:
            kept = get_object_or_404(studies, former_slugs__slug=slug)
            name = request.resolver_match.view_name
            return redirect(name, kept.slug, extension, permanent=True)
        return HttpResponse(
            chosen.write([study]),
            content_type=f"{chosen.media_type}; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{slug}.{extension}"'
            },
        )


def reported(study, name):
    """The published values that the study reported, or that were read in it."""
    values = Study._meta.get_field(name).related_model.objects.published()
    reported = values.reported_by([study]).order_by().values("pk")
    return values.for_list().filter(Q(source=study) | Q(pk__in=reported))
