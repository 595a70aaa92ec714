"""One flat table of the public coatings: what Datasette and the raw SQL read."""

import sqlite3
from contextlib import closing

from django.db import connection, transaction

_COLUMNS = {
    "id": "c.id",
    "slug": "c.slug",
    "material": "m.name",
    "formula": "m.formula",
    "material_class": "m.material_class",
    "method": "p.method",
    "process": "p.slug",
    "precursors": "(SELECT {join} FROM materials_processstep st JOIN"
    " precursors_precursor pr ON pr.id = st.precursor_id WHERE st.process_id = p.id)",
    "substrate": "s.name",
    "substrate_class": "s.substrate_class",
    "thickness_as_reported": "c.thickness_as_reported",
    "thickness_min_nm": "c.thickness_min_nm",
    "thickness_max_nm": "c.thickness_max_nm",
    "deposition_cycle_count": "c.deposition_cycle_count",
    "activation": "c.activation",
    "reactor": "c.reactor",
    "deposition_temperature_as_reported": "c.deposition_temperature_as_reported",
    "deposition_temperature_min_celsius": "c.deposition_temperature_min_celsius",
    "deposition_temperature_max_celsius": "c.deposition_temperature_max_celsius",
    "crystallinity": "c.crystallinity",
    "phase": "c.phase",
    "review_category": "c.review_category",
    "characterization": "c.characterization_as_reported",
    "title": "y.title",
    "authors": "y.authors",
    "journal": "y.journal",
    "year": "y.year",
    "doi": "y.doi",
    "locator": "c.locator",
    "reading": "c.reading",
    "disputed": "c.disputed",
    "notes": "c.notes",
}
_FROM = """
FROM materials_coating c
JOIN materials_depositionprocess p ON p.id = c.process_id
JOIN materials_material m ON m.id = p.material_id
JOIN literature_study y ON y.id = c.source_id
LEFT JOIN materials_substrate s ON s.id = c.substrate_id
WHERE y.status = 'published'
ORDER BY m.name_sort_key, c.slug
"""
_SEARCHED = (
    *("material", "formula", "precursors", "substrate", "activation", "reactor"),
    *("crystallinity", "phase", "characterization", "title", "authors", "journal"),
)


def statement():
    """The SQL of the table in the current database."""
    join = {
        "sqlite": "group_concat(pr.acronym, ' + ')",
        "postgresql": "string_agg(pr.acronym, ' + ')",
    }[connection.vendor]
    columns = ", ".join(
        f"{of.format(join=join)} AS {name}" for name, of in _COLUMNS.items()
    )
    return f"SELECT {columns} {_FROM}"


def rows(batch=2000):
    """The rows, streamed from the database."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.connection.cursor("flat") as cursor:
            cursor.itersize = batch
            yield from cursor.execute(statement())
    else:
        with connection.cursor() as cursor:
            cursor.execute(statement())
            while some := cursor.fetchmany(batch):
                yield from some


def names():
    return list(_COLUMNS)


def write(path):
    """The table as an SQLite file for Datasette, with an index for each facet and range
    and a full-text index by trigrams, as our search finds parts of words.
    """
    places = ", ".join("?" * len(_COLUMNS))
    searched = ", ".join(_SEARCHED)
    with closing(sqlite3.connect(path)) as database, database:
        columns = ", ".join(
            f"{name} INTEGER PRIMARY KEY" if name == "id" else name for name in _COLUMNS
        )
        database.execute(f"CREATE TABLE coatings ({columns})")
        database.executemany(
            f"INSERT INTO coatings VALUES ({places})",  # noqa: S608
            (tuple(map(_plain, row)) for row in rows()),
        )
        for name in ("slug", "material_class", "year", "thickness_min_nm"):
            database.execute(f"CREATE INDEX by_{name} ON coatings ({name})")
        database.execute(
            f"CREATE VIRTUAL TABLE coatings_fts USING fts5({searched}, "
            "content='coatings', content_rowid='id', tokenize='trigram')"
        )
        database.execute("INSERT INTO coatings_fts(coatings_fts) VALUES ('rebuild')")
        database.execute("ANALYZE")


def _plain(value):
    return value if isinstance(value, int | float | str | None) else str(value)
