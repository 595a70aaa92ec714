"""Filters that report what is wrong with a query instead of ignoring it.

A parameter is what stands in the query string; one declaration, such as a
`QuantityRangeFilter`, may stand for several.
"""

from asei_db.lib.filters.form_fields import (
    RefusedError,
    SearchField,
    guidance,
    nearest,
)
from asei_db.lib.filters.parameters import (
    ChoiceFilter,
    ChoicesFilter,
    ExactFilter,
    FloatFilter,
    IntegerFilter,
    ObjectsFilter,
    OrderByFilter,
    SearchFilter,
    YesNoFilter,
)
from asei_db.lib.filters.paths import quantity_columns
from asei_db.lib.filters.ranges import IntegerRangeFilter, QuantityRangeFilter
from asei_db.lib.filters.strict import MAX_VALUE_LENGTH, MAX_VALUES, StrictFilterSet

__all__ = [
    "MAX_VALUES",
    "MAX_VALUE_LENGTH",
    "ChoiceFilter",
    "ChoicesFilter",
    "ExactFilter",
    "FloatFilter",
    "IntegerFilter",
    "IntegerRangeFilter",
    "ObjectsFilter",
    "OrderByFilter",
    "QuantityRangeFilter",
    "RefusedError",
    "SearchField",
    "SearchFilter",
    "StrictFilterSet",
    "YesNoFilter",
    "guidance",
    "nearest",
    "quantity_columns",
]
