"""How derived tables are written: what gives their rows is one statement a table."""

from operator import itemgetter

from django.db import connection

from asei_db.lib.key_lists import KEY_LISTS, key_list
from asei_db.lib.statements import filled


class Table:
    """A table of which the rows of some records are written.

    * `columns`: those that are written, the record's key first
    * `selects`: querysets that give them
    * `constants`: what its rows have in further columns, which tells them from others
    """

    def __init__(self, model, columns, selects, constants=None):
        quote = connection.ops.quote_name
        table = quote(model._meta.db_table)
        self.constants = list((constants or {}).values())
        names = [quote(name) for name in (constants or {})]
        columns = [quote(column) for column in columns]
        self.selects = [select.query.sql_with_params() for select in selects]
        self.put = f"INSERT INTO {table} ({', '.join([*columns, *names])})"
        self.values = ", ".join(["%s"] * len([*columns, *names]))
        self.extra = "".join(", %s" for _ in names)
        where = "".join(f" AND {name} = %s" for name in names)
        keys = KEY_LISTS[connection.vendor]
        self.where = f"FROM {table} WHERE {columns[0]} IN ({keys}){where}"
        self.columns = ", ".join(columns)
        self.width = len(columns)

    def stored(self, cursor, keys):
        """The rows as they are."""
        sql = f"SELECT {self.columns} {self.where}"
        cursor.execute(sql, [key_list(keys), *self.constants])
        return {*cursor.fetchall()}

    def derived(self, cursor, keys):
        """The rows as they should be."""
        rows = set()
        for sql, parameters in self.selects:
            cursor.execute(sql, filled(parameters, key=key_list(keys)))
            rows.update(cursor.fetchall())
        return rows

    def delete(self, cursor, keys):
        cursor.execute(f"DELETE {self.where}", [key_list(keys), *self.constants])

    def insert(self, cursor, keys):
        """Insert the rows of records that have none; how many these are."""
        count = 0
        for sql, parameters in self.selects:
            # The constants stand behind the columns, in a query of their own.
            put = f"{self.put} SELECT found.*{self.extra} FROM ({sql}) AS found"  # noqa: S608
            cursor.execute(
                put, [*self.constants, *filled(parameters, key=key_list(keys))]
            )
            count += cursor.rowcount
        return count

    def update(self, cursor, keys, stored=None):
        """Write the rows of the records of which any differ; the keys of these."""
        if stored is None:
            stored = self.stored(cursor, keys)
        derived = self.derived(cursor, keys)
        changed = {key for key, *_ in derived ^ stored}
        if changed:
            self.delete(cursor, changed)
            rows = [
                [*row, *self.constants]
                for row in sorted(derived, key=itemgetter(0))
                if row[0] in changed
            ]
            cursor.executemany(f"{self.put} VALUES ({self.values})", rows)
        return changed
