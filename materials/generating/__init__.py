"""Made-up literature of any size, to see how fast the site is.

It is as uneven as the true one: some films, substrates and words stand in many records
and most in few; values are missing, bounds, ranges or disputed; some studies are
drafts. Equal sizes and seeds give equal rows.
"""

import gc
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

from asei_db.lib import deriving
from asei_db.lib.records import load_records
from materials.generating.cells import write_tests
from materials.generating.coatings import write_coatings
from materials.generating.drawing import Draws
from materials.generating.processes import write_processes, write_recipes
from materials.generating.statements import (
    write_findings,
    write_measurements,
    write_sei_relations,
)
from materials.generating.studies import RARE_WORD, write_citations, write_studies
from materials.generating.tables import Tables
from materials.generating.vocabulary import (
    COMMON_WORD,
    write_materials,
    write_methods,
    write_precursors,
    write_substrates,
)
from precursors.models import Element

__all__ = ["COMMON_WORD", "RARE_WORD", "generate"]


@contextmanager
def _without_collection():
    """Python looks for cycles among what lives: millions of rows, which have none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@transaction.atomic
@_without_collection()
def generate(coatings, seed, report):
    """Add made-up literature with so many coatings, all or nothing; the `Tables`.

    `report(line)` says what was written. What is derived from the rows, beside their
    own texts, is not: call `derive_all` after it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # The limit is made for answers; a million rows may take longer.
            cursor.execute("SET LOCAL statement_timeout = 0")
    if not Element.objects.exists():
        with deriving.batch():
            load_records(settings.BASE_DIR / "fixtures" / "elements.yaml", Element)
    draws, tables = Draws(coatings, seed), Tables(report)
    studies = write_studies(draws, tables)
    write_citations(draws, studies, tables)
    films = write_materials(draws, studies, tables)
    precursors = write_precursors(draws, studies, tables)
    substrates = write_substrates(draws, studies, tables)
    methods = write_methods(draws, studies, tables)
    write_sei_relations(draws, studies, films, tables)
    processes = write_processes(draws, studies, films, precursors, tables)
    write_recipes(draws, studies, processes, precursors, tables)
    grown = write_coatings(
        draws, studies, films, substrates, methods, processes, tables
    )
    write_tests(draws, studies, grown, films, substrates, tables)
    vocabularies = films, precursors, substrates
    write_measurements(draws, studies, vocabularies, processes, grown, tables)
    write_findings(draws, studies, films, substrates, processes, grown, tables)
    tables.reset_sequences()
    return tables
