"""Filters that tell what is wrong with a query instead of ignoring it.

A parameter is what stands in the query string; one declaration, such as a
`QuantityRangeFilter`, may stand for several.
"""

from asei_db.lib.filters.form_fields import SearchField
from asei_db.lib.filters.parameters import (
    ChoicesFilter,
    FloatFilter,
    IntegerFilter,
    ObjectsFilter,
    OrderByFilter,
    SearchFilter,
    YesNoFilter,
)
from asei_db.lib.filters.paths import narrow, quantity_columns
from asei_db.lib.filters.ranges import IntegerRangeFilter, QuantityRangeFilter
from asei_db.lib.filters.strict import MAX_VALUE_LENGTH, MAX_VALUES, StrictFilterSet

__all__ = [
    "MAX_VALUES",
    "MAX_VALUE_LENGTH",
    "ChoicesFilter",
    "FloatFilter",
    "IntegerFilter",
    "IntegerRangeFilter",
    "ObjectsFilter",
    "OrderByFilter",
    "QuantityRangeFilter",
    "SearchField",
    "SearchFilter",
    "StrictFilterSet",
    "YesNoFilter",
    "narrow",
    "quantity_columns",
]
