"""Pages of studies and of what they reported, and their citations."""

from urllib.parse import urlencode

from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import View

from asei_db.lib.sections import Sections
from asei_db.lib.statements import Kept, given
from asei_db.lib.views import LinkedDetailView, RecordListView
from literature.choices import StudyStatus
from literature.citations import FORMATS
from literature.entries import StudyEntry
from literature.filters import StudyFilter
from literature.gathering import gather
from literature.models import ReviewCitation, Study
from literature.querysets import related

# The relations from a study to the values that it first reported.
REPORTED = (
    "coatings",
    "processes",
    "recipes",
    "cycling_tests",
    "measurements",
    "findings",
    "sei_relations",
    "sublimation_temperatures",
)


class StudyListView(RecordListView):
    queryset = Study.objects.for_page()
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


_REFERENCES = Kept(
    lambda: (
        ReviewCitation.objects.filter(
            review=given(), study__status=StudyStatus.PUBLISHED
        )
        .exclude(study=F("review"))
        .select_related("study")
    )
)


def reported(name):
    """Of the key of a study, the published values that it reported or that it holds."""
    return lambda study: related(Study, name).published().of_study(study).joined()


class StudyDetailView(LinkedDetailView):
    queryset = Study.objects.all()
    list_name = "literature:study-list"
    api_name = "api:study"
    template_name = "literature/study_detail.html"
    sections = Sections(**{name: reported(name) for name in REPORTED})

    def get(self, request, slug):
        try:
            return super().get(request, slug=slug)
        except Http404:
            if study := Study.objects.published().merged_from(slug):
                return redirect(study, permanent=True)
            raise

    def get_context_data(self, **kwargs):
        study = self.object
        references = _REFERENCES.of(study.pk)
        queries = {
            "All {kinds} that it reported": {"study": study.slug},
            "All {kinds} read in it": {"source": study.slug},
        }
        shown = self.sections.of(self.revision, study.pk, queries, self.known)
        gather(*shown.values(), known=self.known)
        return super().get_context_data(
            references=references,
            tests_query=urlencode({"study": study.slug}),
            **shown,
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
