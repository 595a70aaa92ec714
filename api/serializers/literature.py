"""Studies, and where a value was read."""

from rest_framework import serializers

from api.serializers.fields import (
    APIURLField,
    IdentifierField,
    NotesField,
    PageURLField,
    ReadOnly,
    TextListField,
    WordField,
)
from literature.choices import ExtentRead, Reading
from literature.models import ReviewCitation, Study


class ReviewCitationSerializer(ReadOnly, serializers.ModelSerializer):
    """Number `number` in the reference list of the review with the slug `review`.

    * `url`: the review's
    """

    review = serializers.SlugField(source="review.slug")
    url = APIURLField("study", source="review.slug")

    class Meta:
        model = ReviewCitation
        fields = ["review", "url", "number"]


class StudySerializer(ReadOnly, serializers.ModelSerializer):
    """One publication.

    * `doi`: lower case, without a resolver; `null` where it is not established
    * `label`: the study in one line; "Ref. 44 in …" where its bibliographic record
      is not established
    * `title`, `journal`, `volume`, `pages`: empty where not established
    * `authors`: in order, as "Family, G. N."
    * `metadata_confidence`: how the bibliographic record was established
    * `extent_read`: how much of the study was read for the values that name it as their
      source: `abstract`, `full_text`, or `supporting_information` beside it; `null`
      where nothing of it was read, as for a reference known through a review alone, or
      where it is not known
    * `citations`: under which numbers which reviews cite the study
    """

    url = APIURLField("study")
    page = PageURLField()
    doi = IdentifierField()
    label = serializers.CharField()
    authors = TextListField()
    extent_read = WordField(ExtentRead.choices)
    notes = NotesField()
    citations = ReviewCitationSerializer(source="published_citations", many=True)

    class Meta:
        model = Study
        fields = [
            "slug",
            "url",
            "page",
            "doi",
            "label",
            "title",
            "authors",
            "journal",
            "year",
            "volume",
            "pages",
            "kind",
            "metadata_confidence",
            "extent_read",
            "citations",
            "notes",
        ]


def _cited(study, value):
    """A study with the number under which the value's source cites it, or None."""
    numbers = (
        citation.number
        for citation in study.published_citations
        if citation.review_id == value.source_id
    )
    return {"study": study, "citation_number": next(numbers, None)}


class _CitedStudyListSerializer(serializers.ListSerializer):
    def get_attribute(self, value):
        return [_cited(study, value) for study in value.works]


class CitedStudySerializer(ReadOnly, serializers.Serializer):
    """A primary study of a value.

    * `doi`: `null` where it is not established
    * `citation_number`: the number under which the value's source, a review, cites
      the study; `null` where it does not
    """

    slug = serializers.SlugField(source="study.slug")
    url = APIURLField("study", source="study.slug")
    doi = IdentifierField(source="study.doi")
    label = serializers.CharField(source="study.label")
    citation_number = serializers.IntegerField(allow_null=True)

    class Meta:
        list_serializer_class = _CitedStudyListSerializer

    def get_attribute(self, value):
        return _cited(value.study, value)


class SourceSerializer(ReadOnly, serializers.Serializer):
    """Where a value was read.

    * `study`, `url`: slug and address of the study; `doi`: its DOI, `null` where not
      established
    * `locator`: the place in it, e.g. "Table 3", "Fig. 7d"
    * `reading`: `stated`, `digitized` from a figure, `computed` from stated values,
      or `assumed` by the source
    * `extent_read`: how much of the study was read: `abstract`, `full_text`, or
      `supporting_information` beside it; `null` where it is not known. What a record
      leaves open (`null`, or an empty text) is not reported by the source only where
      the text was read whole; else nobody looked for it
    """

    study = serializers.SlugField(source="source.slug")
    url = APIURLField("study", source="source.slug")
    doi = IdentifierField(source="source.doi")
    locator = serializers.CharField()
    reading = serializers.ChoiceField(Reading.choices)
    extent_read = WordField(ExtentRead.choices, source="source.extent_read")

    @staticmethod
    def identity(value):
        """What all values have in common of which it gives the same."""
        return value.source_id, value.locator, value.reading

    def get_attribute(self, value):
        # A record that a published value uses may itself come from a draft.
        return value if value.source.is_published else None
