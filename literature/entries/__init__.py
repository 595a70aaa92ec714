"""Entries: one narrow row for each published record, by which lists find it.

An `Entry` model declares its columns and, with each, where in the record it comes
from; `tags` and `spans` are what a record may have several of, `through` what it has by
way of other rows. All but the last are derived, by one statement a table, whenever
anything that they come from changes.
"""

from literature.entries.columns import (
    Bounds,
    Code,
    Number,
    Reference,
    Text,
    Yes,
    bounds,
    closed_bounds,
    record_of,
)
from literature.entries.entry import (
    Entry,
    EntryQuerySet,
    ReportedBy,
    listed,
)
from literature.entries.several import (
    EntryManager,
    Name,
    Several,
    Span,
    Tag,
    linked,
    reporters,
    spanned,
    without_works,
    worded,
)
from literature.entries.studies import (
    ENTRIES,
    StudyEntry,
)

__all__ = [
    "ENTRIES",
    "Bounds",
    "Code",
    "Entry",
    "EntryManager",
    "EntryQuerySet",
    "Name",
    "Number",
    "Reference",
    "ReportedBy",
    "Several",
    "Span",
    "StudyEntry",
    "Tag",
    "Text",
    "Yes",
    "bounds",
    "closed_bounds",
    "linked",
    "listed",
    "record_of",
    "reporters",
    "spanned",
    "without_works",
    "worded",
]
