"""One search over everything that is public, for the home page and the API."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model, Q

import literature.entries
import precursors.entries
from literature.kinds import Kind
from literature.search_entries import Search, count_records
from materials import entries

# In the order in which they are shown, by the kind's name in URLs.
SEARCHED = {
    "material": Kind.MATERIAL,
    "precursor": Kind.PRECURSOR,
    "process": Kind.PROCESS,
    "coating": Kind.COATING,
    "substrate": Kind.SUBSTRATE,
    "method": Kind.METHOD,
    "measurement": Kind.MEASUREMENT,
    "cycling": Kind.CYCLING_TEST,
    "finding": Kind.FINDING,
    "study": Kind.STUDY,
}
#: The entries of each model, which are in the order of its list.
ORDERED = {
    entry.record_model(): entry
    for module in (entries, literature.entries, precursors.entries)
    for entry in module.ENTRIES
}
FIRST = 5  # records of a kind that are shown at once


@dataclass(frozen=True)
class Found:
    """The public records of one kind that match: how many, and a condition on them."""

    kind: str
    model: type[Model]
    total: int
    condition: Q

    @cached_property
    def records(self):
        """The first records, in the order of the kind's list."""
        return self.between(0, FIRST)

    def between(self, start, stop):
        """Some records in that order, from number `start` to before `stop`."""
        keys = ORDERED[self.model].objects.filter(self.condition)
        keys = list(keys.values_list("pk", flat=True)[start:stop])
        records = self.model.objects.for_links().order_by().in_bulk(keys)
        return [records[key] for key in keys if key in records]

    @property
    def list_name(self):
        """URL name of the kind's list."""
        return f"{self.model._meta.app_label}:{self.kind}-list"

    @property
    def template(self):
        """What shows one record among others."""
        return f"includes/found/{self.kind}.html"

    @property
    def name(self):
        """What records of the kind are called: "coatings"."""
        return self.model._meta.verbose_name_plural


def search_everything(text):
    """What `text` finds, by kind; nothing for blank text.

    As in lists, studies of which it is not known which they are are left out.
    """
    if not text.strip():
        return []
    totals = Search(text).totals()
    return [
        Found(name, kind.model, total, condition)
        for name, kind in SEARCHED.items()
        if kind in totals
        for total, condition in [totals[kind]]
    ]


class Matches:
    """All that `text` finds, kind by kind, as a sequence that is read in slices."""

    def __init__(self, text):
        self.kinds = search_everything(text)

    def __len__(self):
        return sum(found.total for found in self.kinds)

    def __iter__(self):
        return iter(self[:])

    def __getitem__(self, part):
        start, stop, _ = part.indices(len(self))
        records = []
        for found in self.kinds:
            if start < min(stop, found.total):
                records += found.between(start, stop)
            start, stop = max(start - found.total, 0), max(stop - found.total, 0)
        return records


def count_everything():
    """The number of public records of every kind that lists show."""
    counts = count_records()
    return {name: counts.get(kind, 0) for name, kind in SEARCHED.items()}
