"""Any coatings as a table of a review, with numbered references.

Cells read as the source printed them, where it did, else as the records say.
"""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Max

from literature.models import Study

COLUMNS = {
    "material": "Material",
    "precursor_1": "Precursor 1",
    "precursor_2": "Precursor 2+",
    "method": "Method",
    "substrate": "Substrate",
    "preparation": "Substrate preparation",
    "thickness": "Thickness",
    "characterization": "Characterization",
    "references": "Ref.",
}
#: The columns of the review's own Tables 2–4.
DEFAULT_COLUMNS = [name for name in COLUMNS if name not in ("method", "thickness")]
NUMBERINGS = {
    "appearance": "In order of appearance",
    "review": "As in the reference list of the review that the coatings were read in",
}
ROWS = {
    "coatings": "One a coating",
    "printed": "One a printed row: several films or substrates of one experiment",
}


class ReviewTableError(ValueError):
    """A table that cannot be made as asked; the message says why."""


@dataclass(frozen=True)
class ReviewTable:
    """Texts in rows and columns, and the studies by their numbers.

    * `columns`: keys of `COLUMNS`, in order
    * `rows`: a list of cells each
    * `references`: study by number, in order of the numbers
    """

    columns: list
    rows: list
    references: dict

    @property
    def headers(self):
        return [COLUMNS[name] for name in self.columns]


def make_table(coatings, columns=(), numbering="appearance", rows="coatings"):
    """The `ReviewTable` of a list of coatings from `for_list()`.

    Without `columns`, those of the review that hold something. A study that the review
    does not cite is numbered after its list. Raises ReviewTableError.
    """
    numbers = _review_numbers(coatings) if numbering == "review" else _Numbers()
    groups = (
        [list(group) for _, group in groupby(coatings, _printed_row)]
        if rows == "printed"
        else [[coating] for coating in coatings]
    )
    cells = [_merged([_cells(c, numbers) for c in group]) for group in groups]
    filled = [name for name in DEFAULT_COLUMNS if any(row[name] for row in cells)]
    columns = list(columns) or filled or DEFAULT_COLUMNS
    return ReviewTable(
        columns=columns,
        rows=[[row[name] for name in columns] for row in cells],
        references={n: numbers.studies[n] for n in sorted(numbers.studies)},
    )


class _Numbers:
    """The numbers of studies: given ones, and new ones in order of appearance."""

    def __init__(self, review=None):
        self.studies = {}
        self._review = review
        self._given = {}
        self._last = _last_number(review) if review else 0

    def number(self, study):
        if study.pk not in self._given:
            number = self._printed(study)
            if number is None:
                number = self._last = self._last + 1
            self._given[study.pk] = number
            self.studies[number] = study
        return self._given[study.pk]

    def _printed(self, study):
        for citation in study.published_citations:
            if citation.review == self._review:
                return citation.number
        return None


def _last_number(review):
    """The last number of its list that a published study has."""
    references = review.references.filter(study__in=Study.objects.published())
    return references.aggregate(n=Max("number"))["n"]


def _review_numbers(coatings):
    """The numbers of the one review that cites what the coatings were taken from."""
    reviews = {
        citation.review
        for coating in coatings
        for study in coating.works
        for citation in study.published_citations
        if citation.review_id == coating.source_id
    }
    if len(reviews) > 1:
        labels = ", ".join(sorted(review.label for review in reviews))
        raise ReviewTableError(
            f"The coatings were read in several reviews ({labels}), which number "
            f"differently."
        )
    return _Numbers(*reviews)


def _printed_row(coating):
    """What coatings of one printed row share."""
    return (
        coating.source_id,
        coating.locator,
        [study.pk for study in coating.works],
        coating.characterization_as_reported,
    )


def _merged(rows):
    """The cells of a row, from those of its coatings: each distinct text once."""
    return {
        name: "; ".join(dict.fromkeys(filter(None, (row[name] for row in rows))))
        for name in COLUMNS
    }


def _cells(coating, numbers):
    first, others = _precursors(coating)
    studies = coating.works or [coating.source]
    return {
        "material": coating.material_as_reported or coating.material.name,
        "precursor_1": first,
        "precursor_2": others,
        "method": coating.process.get_method_display(),
        "substrate": coating.substrate_as_reported
        or (coating.substrate.name if coating.substrate else "(Various)"),
        "preparation": coating.substrate_preparation,
        "thickness": str(coating.thickness or ""),
        "characterization": coating.characterization_as_reported,
        "references": _joined([numbers.number(study) for study in studies]),
    }


def _precursors(coating):
    """The first precursor, and the others with commas."""
    first, semicolon, others = coating.precursors_as_reported.partition(";")
    if semicolon:
        return first.strip(), others.strip()
    first, *others = [
        f"({step.precursor.label})" if step.is_optional else step.precursor.label
        for step in coating.process.steps.all()
    ] or [""]
    return first, ", ".join(others)


def _joined(numbers):
    """Numbers as journals print them: "69 and 87–89"."""
    runs = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = []
    for run in runs:
        parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run)
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
