"""How lists find studies."""

from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, Value, When

from literature.entries.columns import Code, Number, Text, Yes, record_of
from literature.entries.entry import Entry
from literature.models import ReviewCitation, Study
from literature.querysets import UNIDENTIFIED


class StudyEntry(Entry):
    """A published study.

    `number` is the least under which a published review cites it.
    """

    record = record_of(Study)
    slug = Code("slug")
    doi = Code("doi")
    title = Text("title_sort_key")
    journal = Text("journal_sort_key")
    year = Number("year")
    number = Number(
        Subquery(
            ReviewCitation.objects.published()
            .filter(study=OuterRef("pk"))
            .order_by("number")
            .values("number")[:1]
        ),
        reads=("citations__review",),
    )
    kind_of_work = Code("kind")
    metadata_confidence = Code("metadata_confidence")
    extent_read = Code("extent_read")
    is_identified = Yes(
        Case(
            When(UNIDENTIFIED, then=Value(False)),
            default=Value(True),
            output_field=models.BooleanField(),
        )
    )

    facets = ("kind_of_work", "metadata_confidence", "extent_read")

    class Meta:
        ordering = [F("year").desc(nulls_last=True), "slug", "pk"]
        indexes = [
            # The list as usual.
            models.Index(fields=["-year", "slug", "record"], name="studyentry_order"),
            # The one with a DOI.
            models.Index(fields=["doi"], name="studyentry_doi"),
        ]


ENTRIES = (StudyEntry,)
