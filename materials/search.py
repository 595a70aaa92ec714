"""One search over everything that is public, for the home page and the API."""

from dataclasses import dataclass

from django.db.models import Model

from literature.models import Study
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingTest,
    DepositionProcess,
    Finding,
    Material,
    PropertyMeasurement,
    Substrate,
)
from precursors.models import Precursor

# In the order in which they are shown: the kind's name in URLs, and its model.
SEARCHED = {
    "material": Material,
    "precursor": Precursor,
    "process": DepositionProcess,
    "coating": Coating,
    "substrate": Substrate,
    "method": CharacterizationMethod,
    "measurement": PropertyMeasurement,
    "cycling": CyclingTest,
    "finding": Finding,
    "study": Study,
}


@dataclass(frozen=True)
class Found:
    """The first public records of one kind that match, and how many there are."""

    kind: str
    model: type[Model]
    total: int
    records: list

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


def search_everything(text, limit=5):
    """What `text` finds, by kind: at most `limit` records each, none for blank text."""
    if not text.strip():
        return []
    found = []
    for kind, model in SEARCHED.items():
        matches = _listed(model).search(text)
        if total := matches.count():
            records = list(matches.for_list()[:limit])
            found.append(Found(kind, model, total, records))
    return found


def count_everything():
    """The number of public records of every kind."""
    return {kind: _listed(model).count() for kind, model in SEARCHED.items()}


def _listed(model):
    """The public records of a kind that its list shows unless asked for more."""
    rows = model.objects.published()
    return rows.identified() if model is Study else rows
