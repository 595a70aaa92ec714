"""Pieces that the admin pages of all apps share."""

from asei_db.lib.admin.fields import LinesField, RecordSelect
from asei_db.lib.admin.records import (
    PartAdmin,
    RecordAdmin,
    RecordForm,
    RelatedChoicesMixin,
    choice_label,
    quantity_column,
)
from asei_db.lib.admin.rows import RecordFormSet, is_deleted
from asei_db.lib.admin.sites import CurationSite

__all__ = [
    "CurationSite",
    "LinesField",
    "PartAdmin",
    "RecordAdmin",
    "RecordForm",
    "RecordFormSet",
    "RecordSelect",
    "RelatedChoicesMixin",
    "choice_label",
    "is_deleted",
    "quantity_column",
]
