"""Studies, what a review cites, and the words that say where a value was read."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone

from asei_db.lib.addresses import address_of
from asei_db.lib.identifiers import doi_url, normalize_doi, validate_doi
from asei_db.lib.markup import plain_text
from asei_db.lib.search import CodePoint, SearchTextField, SortKeyField
from asei_db.lib.texts import NormalizedField, NormalizedListField
from literature.choices import (
    ExtentRead,
    MetadataConfidence,
    Reading,
    StudyKind,
    StudyStatus,
)
from literature.documents import Document  # noqa: F401 (is a model)
from literature.identifiers import Identifier  # noqa: F401 (is a model)
from literature.names import plain_name, read_name, validate_names
from literature.pages import plain_pages, split_pages
from literature.querysets import (
    ReviewCitationManager,
    SourcedQuerySet,
    StudyQuerySet,
)
from literature.recorded import Recorded, validate_text_list
from literature.revision import DataRevision  # noqa: F401 (is a model)
from literature.search_entries import SearchEntry  # noqa: F401 (is a model)

FIRST_YEAR = 1800


def validate_authors(value):
    """Refuse anything but a list of names, one author each."""
    validate_text_list(value)
    validate_names(value)


def validate_year(value):
    """Refuse a year before scientific papers, and one that is yet to come.

    A paper may be dated one year ahead.
    """
    latest = timezone.localdate().year + 1
    if not FIRST_YEAR <= value <= latest:
        raise ValidationError(
            "The year must lie between %(first)s and %(latest)s.",
            code="year",
            params={"first": FIRST_YEAR, "latest": latest},
        )


class Study(Recorded):
    """One publication: the work that a value was read in or first reported in."""

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Public and stable: never change it."
    )
    doi = NormalizedField(
        normalize_doi,
        "DOI",
        max_length=200,
        blank=True,
        validators=[validate_doi],
        help_text="Any spelling; empty if not established.",
    )
    title = NormalizedField(plain_text, max_length=500, blank=True)
    authors = NormalizedListField(
        plain_name,
        default=list,
        blank=True,
        validators=[validate_authors],
        help_text="In order, as “Family, G. N.” or “Family, G. N., Jr.”.",
    )
    journal = NormalizedField(
        plain_text,
        max_length=200,
        blank=True,
        help_text="Abbreviated, e.g. Dalton Trans.",
    )
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[validate_year]
    )
    volume = models.CharField(max_length=20, blank=True)
    pages = NormalizedField(
        plain_pages,
        max_length=40,
        blank=True,
        help_text="First–last page or article number.",
    )
    kind = models.CharField(max_length=10, choices=StudyKind, default=StudyKind.ARTICLE)
    metadata_confidence = models.CharField(
        max_length=20,
        choices=MetadataConfidence,
        default=MetadataConfidence.VERIFIED,
        help_text="How the bibliographic record was established.",
    )
    extent_read = models.CharField(
        "how much was read",
        max_length=30,
        choices=ExtentRead,
        blank=True,
        help_text="For the values read in it; empty if not known or not read at all.",
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
                violation_error_code="unique",  # said at the field
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
            models.CheckConstraint(
                condition=Q(extent_read__in=["", *ExtentRead.values]),
                name="literature_study_extent_read_known",
            ),
        ]

    def __str__(self):
        return self.label

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return address_of("literature:study-detail", self.slug)

    @property
    def is_published(self):
        return self.status == StudyStatus.PUBLISHED

    @property
    def was_read_whole(self):
        """Whether what the study says nowhere would have been seen."""
        return self.extent_read in (
            ExtentRead.FULL_TEXT,
            ExtentRead.SUPPORTING_INFORMATION,
        )

    @property
    def extent_label(self):
        """How much of the study was read, in words."""
        if self.extent_read:
            return self.get_extent_read_display()
        if self.published_citations:
            return "Not read: values come from the review"
        return "Not known"

    @property
    def note_list(self):
        """The public notes, one string each."""
        return self.notes.splitlines()

    @property
    def author_label(self):
        """ "Kazyak et al." or "Peled" or ""."""
        if not self.authors:
            return ""
        family = read_name(self.authors[0]).family
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
        first_page, _ = split_pages(self.pages)
        return ", ".join(filter(None, [place, self.volume, first_page]))

    @property
    def doi_url(self):
        """Where the DOI leads; "" without one."""
        return doi_url(self.doi)

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
        """Citations by published reviews; no query once citations are prefetched.

        Number 0, the review itself, is no citation.
        """
        return [
            citation
            for citation in self.citations.all()
            if citation.number and citation.review.is_published
        ]


class FormerSlug(Recorded):
    """The slug of a study that was merged into another; its address leads there."""

    slug = models.SlugField(max_length=120, unique=True)
    study = models.ForeignKey(Study, models.CASCADE, related_name="former_slugs")

    class Meta:
        ordering = [CodePoint("slug"), "pk"]

    def __str__(self):
        return self.slug


class ReviewCitation(Recorded):
    """Number `number` in the reference list of `review` is `study`."""

    review = models.ForeignKey(Study, models.CASCADE, related_name="references")
    number = models.PositiveSmallIntegerField(
        help_text="As printed; 0 is the review itself."
    )
    study = models.ForeignKey(Study, models.PROTECT, related_name="citations")

    objects = ReviewCitationManager()

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


class Sourced(Recorded):
    """What every value carries: where it was read, and how."""

    PLACES = {"located": "locator"}

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
    def counts(self):
        """Whether the value speaks for what it is about: what `counted()` finds.

        It does if a published study states it and nobody disputes it. By such values a
        process or precursor is filtered and sorted, rankings and medians are made, and
        the planner judges. A disputed one is shown, marked as disputed.
        """
        return self.stated is not None and not self.disputed

    @property
    def was_looked_for(self):
        """Whether what the record leaves open was looked for in its source.

        Only then is it “not reported”: of an abstract, or where nothing is known of how
        much was read, nobody can say so.
        """
        return self.stated is not None and self.source.was_read_whole

    @property
    def note_list(self):
        """The public notes, one string each."""
        return self.notes.splitlines() if self.stated else []

    @property
    def works(self):
        """The published primary works; no query once they are prefetched."""
        works = getattr(self, "studies", None)
        if works is not None:
            studies = works.all()
        else:
            studies = [self.study] if hasattr(self, "study") else []
        return [study for study in studies if study.is_published]

    @property
    def reporters(self):
        """The published primary works that report the record's own quantities."""
        return self.works


#: Related lookups of search texts: the primary studies that are public, or are not.
PUBLISHED_STUDIES = ("studies", Q(studies__status=StudyStatus.PUBLISHED))
UNPUBLISHED_STUDIES = (
    "studies",
    Q(studies__status__in=[StudyStatus.DRAFT, StudyStatus.IN_REVIEW]),
)


def published_studies(lookup="studies"):
    """Prefetch of a value's published primary studies, ready to be cited."""
    return Prefetch(lookup, Study.objects.published().for_list())
