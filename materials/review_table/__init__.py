"""Any coatings as a table of a review, and the files that it can be written to."""

from materials.review_table.table import (
    COLUMNS,
    DEFAULT_COLUMNS,
    NUMBERINGS,
    ROWS,
    ReviewTable,
    ReviewTableError,
    make_table,
)

__all__ = [
    "COLUMNS",
    "DEFAULT_COLUMNS",
    "NUMBERINGS",
    "ROWS",
    "ReviewTable",
    "ReviewTableError",
    "make_table",
]
