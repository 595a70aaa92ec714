"""Words that a study and the reading of a value can take."""

from django.db.models import TextChoices


class StudyKind(TextChoices):
    ARTICLE = "article", "Article"
    REVIEW = "review", "Review"


class StudyStatus(TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"


class MetadataConfidence(TextChoices):
    """How the bibliographic record of a study was established."""

    VERIFIED = "verified", "Checked against the publication"
    MATCHED = "matched", "Matched by content"
    TITLE_IN_TEXT = "title_in_text", "Title printed in the review"
    CROSSREF = "crossref", "Crossref"
    RECALLED = "recalled", "Not established (a hint exists)"
    UNKNOWN = "unknown", "Not established"


class ExtentRead(TextChoices):
    """How much of a study was read for the values that name it as their source."""

    ABSTRACT = "abstract", "Abstract only"
    FULL_TEXT = "full_text", "Full text"
    SUPPORTING_INFORMATION = (
        "supporting_information",
        "Full text and supporting information",
    )


class Reading(TextChoices):
    """How a value was taken from its source."""

    STATED = "stated", "Stated"
    DIGITIZED = "digitized", "Digitized from a figure"
    COMPUTED = "computed", "Computed from stated values"
    ASSUMED = "assumed", "Assumed by the source"
    INFERRED = "inferred", "Inferred from an ambiguous text"
