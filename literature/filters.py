"""What studies can be searched, filtered and sorted by, on the page and in the API."""

from django.apps import apps

from asei_db.lib.filters import (
    ChoicesFilter,
    IntegerRangeFilter,
    ObjectsFilter,
    OrderByFilter,
    SearchFilter,
    StrictFilterSet,
)
from literature.choices import MetadataConfidence, StudyKind
from literature.models import Study


def _published(model):
    """The published rows of a model of an app above this one, for a filter."""
    return lambda request: apps.get_model(model).objects.published()


class CoatingsFilter(ObjectsFilter):
    """Studies with published coatings that have the objects at `field_name`."""

    def filter(self, queryset, value):
        coatings = apps.get_model("materials.Coating").objects.published()
        groups = [[item] for item in value] if self.conjoined else [value]
        for items in groups if value else []:
            found = coatings.filter(**{f"{self.field_name}__in": items})
            queryset = queryset.filter(pk__in=found.values("studies"))
        return queryset


class StudyFilter(StrictFilterSet):
    q = SearchFilter(label="Search", help_text="Title, authors, journal, DOI.")
    kind = ChoicesFilter(choices=StudyKind.choices, label="Kind")
    year = IntegerRangeFilter(label="Year")
    material = CoatingsFilter(
        "process__material", queryset=_published("materials.Material"), label="Material"
    )
    precursor = CoatingsFilter(
        "process__steps__precursor",
        queryset=_published("precursors.Precursor"),
        label="Precursor",
        conjoined=True,
        help_text="All of them, each in some coating of the study.",
    )
    substrate = CoatingsFilter(
        "substrate", queryset=_published("materials.Substrate"), label="Substrate"
    )
    characterization_method = CoatingsFilter(
        "characterization_uses__method",
        queryset=_published("materials.CharacterizationMethod"),
        label="Characterization method",
        conjoined=True,
        help_text="All of them, each on some coating of the study.",
    )
    metadata_confidence = ChoicesFilter(
        choices=MetadataConfidence.choices, label="Bibliographic record"
    )
    order_by = OrderByFilter(
        {"year": "year", "title": "title", "journal": "journal", "slug": "slug"}
    )

    class Meta:
        model = Study
        fields = []
