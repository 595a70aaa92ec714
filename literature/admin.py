"""Curation of studies; the base of the admin pages of all checked records."""

from collections import Counter, defaultdict

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from asei_db.lib.admin import (
    PartAdmin,
    RecordAdmin,
    RecordForm,
    RecordFormSet,
    RelatedChoicesMixin,
)
from asei_db.lib.plurals import number_of_rows
from asei_db.lib.slugs import slug_text
from literature.checks import CHECKS, Severity, all_problems, problems_of
from literature.choices import StudyStatus
from literature.models import FormerSlug, ReviewCitation, Sourced, Study
from literature.names import read_name

SOURCE_FIELDSET = (
    "Where it was read",
    {"fields": ["source", ("locator", "reading"), "disputed", "notes"]},
)


class CheckedAdmin(RecordAdmin):
    """Curation of records whose page says what the checks of the data find."""

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "checks"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        return [(None, {"fields": ["checks"]}), *fieldsets]

    @admin.display(description="data checks")
    def checks(self, record):
        # What a form with errors has put into the record is not checked.
        problems = problems_of(self.model._default_manager.get(pk=record.pk))
        if not problems:
            return "Nothing to object to."
        return format_html(
            '<ul class="problems">{}</ul>',
            format_html_join(
                mark_safe("\n"),
                '<li class="{}"><strong>{}:</strong> {}{}</li>',
                (
                    (
                        problem.severity,
                        problem.severity.label,
                        "" if problem.instance == record else f"{problem.name}: ",
                        problem.message,
                    )
                    for problem in problems
                ),
            ),
        )


class StudyForm(RecordForm):
    """A study that says which publication it is."""

    def clean(self):
        cleaned = super().clean()
        if not self.instance.pk and not any(
            cleaned.get(name) for name in ("doi", "title", "journal")
        ):
            raise ValidationError(
                "Give the DOI, the title or the journal of the study."
            )
        return cleaned

    def slug_parts(self):
        """The author and the year; what of the author is lost, the title, …, says."""
        study = self.instance
        author = read_name(study.authors[0]).family if study.authors else ""
        title = " ".join(study.title.split()[:6])
        named = (author, title, study.journal, study.doi)
        who = next(filter(slug_text, named), "")
        return [part for part in (who, study.year) if part]


class CitationInline(RelatedChoicesMixin, admin.TabularInline):
    """Reviews that cite the study."""

    model = ReviewCitation
    fk_name = "study"
    formset = RecordFormSet
    extra = 0
    autocomplete_fields = ["review"]
    verbose_name = "citation by a review"
    verbose_name_plural = "cited by reviews"


# Registered with its coatings and tests, which this app does not know, in
# `materials.admin`.
class StudyAdmin(CheckedAdmin):
    form = StudyForm
    list_display = ["label", "year", "doi", "kind", "status"]
    list_filter = ["status", "kind", "extent_read", "metadata_confidence", "year"]
    search_fields = ["slug", "doi", "title"]
    actions = ["publish", "send_to_review", "back_to_draft"]
    inlines = [CitationInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "doi",
                    "title",
                    "authors",
                    ("journal", "year"),
                    ("volume", "pages"),
                    ("kind", "metadata_confidence", "extent_read"),
                    ("status", "slug"),
                ]
            },
        ),
        ("Notes", {"fields": ["notes", "curator_note"]}),
    ]
    radio_fields = {"kind": admin.HORIZONTAL}

    def get_urls(self):
        view = self.admin_site.admin_view(self.data_checks)
        return [path("checks/", view, name="data_checks"), *super().get_urls()]

    def data_checks(self, request):
        """Every problem in the data, drafts included, check by check."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        counts, found = Counter(), defaultdict(list)
        for problem in all_problems():
            names = problem.instance._meta
            url = reverse(
                f"admin:{names.app_label}_{names.model_name}_change",
                args=[problem.instance.pk],
            )
            counts[problem.severity] += 1
            found[problem.check.name].append((problem, url))
        context = self.admin_site.each_context(request) | {
            "title": "Data checks",
            "counts": [(severity, counts[severity]) for severity in Severity],
            "found": [(check, found[check.name]) for check in CHECKS],
        }
        return render(request, "admin/data_checks.html", context)

    def get_queryset(self, request):
        return super().get_queryset(request).for_list()

    @admin.display(description="study", ordering="slug")
    def label(self, study):
        return study.label

    def choice_label(self, study):
        return f"{study.label} ({study.slug}) [{study.get_status_display()}]"

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, queryset):
        self._set_status(request, queryset, StudyStatus.PUBLISHED)

    @admin.action(description="Send to review", permissions=["change"])
    def send_to_review(self, request, queryset):
        self._set_status(request, queryset, StudyStatus.IN_REVIEW)

    @admin.action(description="Back to draft", permissions=["change"])
    def back_to_draft(self, request, queryset):
        self._set_status(request, queryset, StudyStatus.DRAFT)

    def _set_status(self, request, queryset, status):
        """Set and log the status of all the studies, or of none."""
        studies = list(queryset.exclude(status=status))
        before = _count_public()
        with transaction.atomic():
            for study in studies:
                study.status = status
                study.save(update_fields=["status"])
                self.log_change(request, study, f"Changed status to {status.label}.")
        self.message_user(request, _describe(studies, status, before), messages.SUCCESS)


def _count_public():
    """How many rows of each kind of value everybody may see."""
    return {
        model: model.objects.published().count()
        for model in apps.get_models()
        if issubclass(model, Sourced)
    }


def _describe(studies, status, before):
    """The sentence that says what a change of status made public, or hid."""
    text = f"{number_of_rows(len(studies), Study)} set to {status.label.lower()}."
    changes = {m: count - before[m] for m, count in _count_public().items()}
    for word, sign in (("Now public", 1), ("No longer public", -1)):
        counts = {model: count * sign for model, count in changes.items()}
        records = [number_of_rows(n, model) for model, n in counts.items() if n > 0]
        if records:
            text += f" {word}: {', '.join(records)}."
    return text


class SourceFilter(admin.SimpleListFilter):
    """The studies in which the listed values were read."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request, model_admin):
        sources = model_admin.model.objects.order_by().values("source")
        studies = Study.objects.for_list().filter(pk__in=sources)
        return [(study.slug, study.label) for study in studies]

    def queryset(self, request, queryset):
        return queryset.filter(source__slug=self.value()) if self.value() else queryset


class SourcedAdmin(CheckedAdmin):
    """Curation of values that one study states."""

    autocomplete_fields = ["source"]
    list_filter = [SourceFilter, "source__status", "disputed"]

    def get_queryset(self, request):
        citations = ReviewCitation.objects.published()
        return (
            super()
            .get_queryset(request)
            .select_related("source")
            .prefetch_related(Prefetch("source__citations", citations))
        )

    @admin.display(description="status", ordering="source__status")
    def status(self, record):
        return record.source.get_status_display()


@admin.register(ReviewCitation)
class ReviewCitationAdmin(RelatedChoicesMixin, admin.ModelAdmin):
    list_display = ["number", "review", "study"]
    list_display_links = ["number", "study"]
    search_fields = ["=number", "study__slug", "study__title", "study__search_text"]
    autocomplete_fields = ["review", "study"]
    list_per_page = 150
    readonly_fields = ["created", "updated"]

    def get_queryset(self, request):
        citations = ReviewCitation.objects.published()
        return (
            super()
            .get_queryset(request)
            .select_related("review", "study")
            .prefetch_related(
                Prefetch("study__citations", citations),
                Prefetch("review__citations", citations),
            )
        )


@admin.register(FormerSlug)
class FormerSlugAdmin(PartAdmin):
    list_display = ["slug", "study"]
    search_fields = ["slug", "study__slug"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("study__citations")
