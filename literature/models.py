"""Studies, what a review cites, and the words that say where a value was read."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse

from asei_db.lib.identifiers import normalize_doi, validate_doi
from asei_db.lib.search import CodePoint, SearchTextField, SortKeyField
from literature.choices import MetadataConfidence, Reading, StudyKind, StudyStatus
from literature.querysets import (
    ReviewCitationQuerySet,
    SourcedQuerySet,
    StudyQuerySet,
)


def validate_text_list(value):
    """Refuse anything but a list of non-empty strings."""
    if not isinstance(value, list) or not all(
        isinstance(item, str) and item.strip() for item in value
    ):
        raise ValidationError("Give a list of texts, none of them empty.", code="list")


class DOIField(models.CharField):
    """A DOI in its one spelling: lower case, no resolver's prefix; "" if unknown."""

    default_validators = [validate_doi]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 200, "blank": True, **kwargs})

    def to_python(self, value):
        return normalize_doi(super().to_python(value) or "")

    def get_prep_value(self, value):
        return normalize_doi(super().get_prep_value(value) or "")

    def pre_save(self, model_instance, add):
        value = normalize_doi(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value


class Study(models.Model):
    """One publication: the work that a value was read in or first reported in."""

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Public and stable: never change it."
    )
    doi = DOIField("DOI", help_text="Any spelling; empty if not established.")
    title = models.CharField(max_length=500, blank=True)
    authors = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_text_list],
        help_text="In order, as “Family, G. N.”.",
    )
    journal = models.CharField(
        max_length=200, blank=True, help_text="Abbreviated, e.g. Dalton Trans."
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    volume = models.CharField(max_length=20, blank=True)
    pages = models.CharField(
        max_length=40, blank=True, help_text="First–last page or article number."
    )
    kind = models.CharField(max_length=10, choices=StudyKind, default=StudyKind.ARTICLE)
    metadata_confidence = models.CharField(
        max_length=20,
        choices=MetadataConfidence,
        default=MetadataConfidence.VERIFIED,
        help_text="How the bibliographic record was established.",
    )
    notes = models.TextField(
        blank=True, help_text="Public. One note a line, e.g. fields not confirmed."
    )
    curator_note = models.TextField(
        blank=True, help_text="Private: shown to curators only, never public."
    )
    status = models.CharField(
        max_length=10,
        choices=StudyStatus,
        default=StudyStatus.DRAFT,
        help_text="Only what a published study states is public.",
    )
    search_text = SearchTextField("title", "authors", "journal", "doi", "year")
    title_sort_key = SortKeyField("title")
    journal_sort_key = SortKeyField("journal")

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "studies"
        ordering = [F("year").desc(nulls_last=True), CodePoint("slug"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["doi"],
                condition=~Q(doi=""),
                name="literature_study_doi_unique",
                violation_error_message="A study with this DOI exists already.",
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__gte=1800, year__lte=2100),
                name="literature_study_year_sensible",
                violation_error_message="The year must lie between 1800 and 2100.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=StudyKind.values),
                name="literature_study_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=StudyStatus.values),
                name="literature_study_status_known",
            ),
            models.CheckConstraint(
                condition=Q(metadata_confidence__in=MetadataConfidence.values),
                name="literature_study_confidence_known",
            ),
        ]

    def __str__(self):
        return self.label

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("literature:study-detail", args=[self.slug])

    @property
    def is_published(self):
        return self.status == StudyStatus.PUBLISHED

    @property
    def note_list(self):
        """The public notes, one string each."""
        return self.notes.splitlines()

    @property
    def author_label(self):
        """ "Kazyak et al." or "Peled" or ""."""
        if not self.authors:
            return ""
        family = self.authors[0].split(",")[0]
        return f"{family} et al." if len(self.authors) > 1 else family

    @property
    def author_list(self):
        """ "Kazyak, E.; Dasgupta, N. P." or "Peled, E., et al."; "" if unknown."""
        return "; ".join(self.authors).replace("; et al.", ", et al.")

    @property
    def journal_label(self):
        """ "Dalton Trans. 2025, 54, 10492", as far as it is known."""
        if not self.journal:
            return ""
        place = f"{self.journal} {self.year}" if self.year else self.journal
        first_page = self.pages.replace("–", "-").split("-")[0]
        return ", ".join(filter(None, [place, self.volume, first_page]))

    @property
    def label(self):
        """The study in one line, for link texts and the API.

        Known: "Kazyak et al., Chem. Commun. 2020, 56, 15537". Unknown: "Ref. 44 in
        Dalton Trans. 2025, 54, 10492", from the published reviews that cite it.
        """
        if self.journal_label:
            return ", ".join(filter(None, [self.author_label, self.journal_label]))
        if self.title:
            return f"{self.title} ({self.year})" if self.year else self.title
        if not self.pk:
            return "(new study)"
        for citation in self.published_citations:
            return f"Ref. {citation.number} in {citation.review.journal_label}"
        return self.slug

    @property
    def short_label(self):
        """ "Kazyak et al. 2020", "Dalton Trans. 2025", or the study's whole label."""
        who = self.author_label or self.journal
        return f"{who} {self.year}" if who and self.year else self.label

    @property
    def published_citations(self):
        """Citations by published reviews; no query after `for_list()`.

        Number 0, the review itself, is no citation.
        """
        if "citations" in getattr(self, "_prefetched_objects_cache", {}):
            citations = self.citations.all()
        else:
            citations = self.citations.published()
        return [citation for citation in citations if citation.number]


class ReviewCitation(models.Model):
    """Number `number` in the reference list of `review` is `study`."""

    review = models.ForeignKey(Study, models.CASCADE, related_name="references")
    number = models.PositiveSmallIntegerField(
        help_text="As printed; 0 is the review itself."
    )
    study = models.ForeignKey(Study, models.PROTECT, related_name="citations")

    objects = ReviewCitationQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "number"],
                name="literature_reviewcitation_number_unique",
                violation_error_message="The review has this number already.",
            ),
        ]

    def __str__(self):
        return f"Ref. {self.number}"

    def natural_key(self):
        return (self.review.slug, self.number)


class Sourced(models.Model):
    """What every value carries: where it was read, and how."""

    source = models.ForeignKey(
        Study,
        models.PROTECT,
        related_name="sourced_%(class)s_set",
        help_text="The study in which the value was read.",
    )
    locator = models.CharField(
        max_length=200, help_text="Where in the source, e.g. “Table 3”, “Fig. 7d”."
    )
    reading = models.CharField(max_length=10, choices=Reading, default=Reading.STATED)
    disputed = models.BooleanField(
        default=False, help_text="Shown as disputed and left out of rankings."
    )
    notes = models.TextField(blank=True, help_text="Public. One note a line.")

    objects = SourcedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(locator=""),
                name="%(app_label)s_%(class)s_located",
                violation_error_message="Say where in the source the value stands.",
            ),
            models.CheckConstraint(
                condition=Q(reading__in=Reading.values),
                name="%(app_label)s_%(class)s_reading_known",
            ),
        ]

    @property
    def stated(self):
        """The record itself, or None while its source is not published.

        A shared record may be public through a published use although a draft brought
        it; what the draft states of it is read through here, and so stays hidden.
        """
        return self if self.source.is_published else None

    @property
    def note_list(self):
        """The public notes, one string each."""
        return self.notes.splitlines() if self.stated else []


#: Related lookups of search texts: the primary studies that are public, or are not.
PUBLISHED_STUDIES = ("studies", Q(studies__status=StudyStatus.PUBLISHED))
UNPUBLISHED_STUDIES = (
    "studies",
    Q(studies__status__in=[StudyStatus.DRAFT, StudyStatus.IN_REVIEW]),
)


def published_studies(lookup="studies"):
    """Prefetch of a value's published primary studies, ready to be cited."""
    return Prefetch(lookup, Study.objects.published().for_list())
