"""Rows of a list from a position on, wherever that stands by now."""

from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import OrderBy


class Keyset:
    """The rows of a queryset whose order ends in the primary key.

    A position is the list of what a row is ordered by. What lies behind it is read in
    parts, each a range of an index for that order: first what ties with it in all but
    the primary key, at last what differs in the first thing already. So no row is
    repeated or left out while others come and go.
    """

    def __init__(self, rows):
        orders = rows.query.order_by or rows.query.get_meta().ordering
        self.orders = [_as_order(order) for order in orders]
        self.names = [f"order_{number}" for number in range(len(orders))]
        expressions = [order.expression for order in self.orders]
        named = rows.annotate(**dict(zip(self.names, expressions, strict=True)))
        self.rows = named.values_list("pk", *self.names)

    def behind(self, position, number):
        """The first rows behind a position, None for all: pairs of key and position."""
        found = []
        for condition in self._ranges(position) if position else [Q()]:
            rows = self.rows.filter(condition)[: number - len(found)]
            found += ((key, row) for key, *row in rows)
            if len(found) == number:
                break
        return found

    def _ranges(self, position):
        for place in reversed(range(len(self.orders))):
            same = Q()
            for name, value in zip(self.names[:place], position, strict=False):
                lookup = "isnull" if value is None else "exact"
                same &= Q(**{f"{name}__{lookup}": True if value is None else value})
            for condition in self._beyond(place, position[place]):
                yield same & condition

    def _beyond(self, place, value):
        name, order = self.names[place], self.orders[place]
        are_nulls_large = connection.features.nulls_order_largest
        begins_with_nulls = order.nulls_first or (
            not order.nulls_last and order.descending == are_nulls_large
        )
        if value is None:
            if begins_with_nulls:
                yield Q(**{f"{name}__isnull": False})
            return
        yield Q(**{f"{name}__{'lt' if order.descending else 'gt'}": value})
        if not begins_with_nulls and place < len(self.orders) - 1:
            yield Q(**{f"{name}__isnull": True})


def _as_order(order):
    if isinstance(order, str):
        field = F(order.removeprefix("-"))
        return field.desc() if order.startswith("-") else field.asc()
    return order if isinstance(order, OrderBy) else order.asc()
