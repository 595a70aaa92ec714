"""What studies can be searched, filtered and sorted by, on the page and in the API."""

from django.db.models.functions import Lower

from asei_db.lib.filters import (
    ChoicesFilter,
    ExactFilter,
    IntegerRangeFilter,
    ObjectsFilter,
    OrderByFilter,
    SearchFilter,
    StrictFilterSet,
    YesNoFilter,
)
from asei_db.lib.identifiers import normalize_doi, validate_doi
from literature.choices import ExtentRead, MetadataConfidence, StudyKind
from literature.entries import StudyEntry, listed
from literature.models import Study
from literature.querysets import related


class StudiesFilter(ObjectsFilter):
    """Rows that any of the named published studies reported."""

    is_suggested = False  # nobody knows their names

    def __init__(self):
        super().__init__(
            queryset=listed(Study),
            label="Study",
            help_text="That reported it; where no such work is named, its source.",
        )


class SourceFilter(ObjectsFilter):
    """Rows that were read in any of the named published studies."""

    is_suggested = False

    def __init__(self):
        super().__init__(
            queryset=listed(Study), label="Source", help_text="Where it was read."
        )


class WithoutFilter(ObjectsFilter):
    """Rows that have none of the named published records."""

    def __init__(self, field_name, model, label, help_text="None of them."):
        super().__init__(
            field_name,
            queryset=listed(model),
            exclude=True,
            label=label,
            help_text=help_text,
        )


class ReportingFilter(ObjectsFilter):
    """Studies that reported the named published records.

    `relation` leads from a study to the records of their kind.
    """

    def __init__(self, relation, label, **kwargs):
        super().__init__(
            queryset=lambda request: listed(related(Study, relation).model)(request),
            label=label,
            **kwargs,
        )

    def filter(self, queryset, value):
        groups = [[item] for item in value] if self.conjoined else [value]
        for items in groups if value else []:
            found = Study.objects.reporting(items).order_by().values("pk")
            queryset = queryset.filter(pk__in=found)
        return queryset


class UnidentifiedFilter(YesNoFilter):
    """Leaves out, unless it is true, works of which only a number is known."""

    def filter(self, queryset, value):
        return queryset if value else queryset.filter(is_identified=True)


class StudyFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Title, authors, journal, DOI.")
    doi = ExactFilter(
        normalize=normalize_doi,
        validators=[validate_doi],
        label="DOI",
        help_text="With or without the address of a resolver.",
    )
    kind = ChoicesFilter("kind_of_work", choices=StudyKind.choices, label="Kind")
    year = IntegerRangeFilter(label="Year")
    material = ReportingFilter("sourced_material_set", "Material")
    precursor = ReportingFilter(
        "sourced_precursor_set",
        "Precursor",
        conjoined=True,
        help_text="All of them, each in some value of the study.",
    )
    substrate = ReportingFilter("sourced_substrate_set", "Substrate")
    characterization_method = ReportingFilter(
        "sourced_characterizationmethod_set",
        "Characterization method",
        conjoined=True,
        help_text="All of them, each on some coating of the study.",
    )
    process = ReportingFilter("sourced_depositionprocess_set", "Process")
    recipe = ReportingFilter("sourced_recipe_set", "Recipe")
    coating = ReportingFilter("sourced_coating_set", "Coating")
    measurement = ReportingFilter("sourced_propertymeasurement_set", "Measurement")
    cycling_test = ReportingFilter("sourced_cyclingtest_set", "Cycling test")
    finding = ReportingFilter("sourced_finding_set", "Finding")
    metadata_confidence = ChoicesFilter(
        choices=MetadataConfidence.choices, label="Bibliographic record"
    )
    extent_read = ChoicesFilter(choices=ExtentRead.choices, label="How much was read")
    include_unidentified = UnidentifiedFilter(
        label="With cited works that are not identified",
        help_text=(
            "Also those of which nothing but the number in a review is established, no "
            "DOI, title or journal; by default they are left out. Their own addresses "
            "answer all the same."
        ),
    )
    order_by = OrderByFilter(
        {"year": "year", "title": "title", "journal": "journal", "slug": Lower("slug")}
    )

    class Meta:
        model = StudyEntry
        fields = []

    def left_out(self):
        """The rows that only `include_unidentified` would find; none if they are."""
        if self.errors or self.form.cleaned_data["include_unidentified"]:
            return self.queryset.none()
        rows = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name not in ("include_unidentified", "order_by"):
                rows = self.filters[name].filter(rows, value)
        return rows.filter(is_identified=False)
