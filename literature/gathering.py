"""What the rows of a page show of further tables, fetched for all its sections at once.

Each section of a page holds rows of `joined()`. Steps, methods, points, sources and
studies of all of them take a statement each, whatever kinds of rows there are, and are
shared objects.
"""

from collections import defaultdict
from functools import cache

from asei_db.lib.statements import KeptQuery, given_keys
from literature.citing import cite, set_fetched
from literature.querysets import related

#: By name of a model, what gives its rows more, and lists what of that is cited.
_FURTHER = {}


def register(model, complete):
    """Have `gather` complete rows of a model by a function of apps above."""
    _FURTHER[model.__name__] = complete


def gather(*sections, subjects=(), known=None):
    """Complete rows of any kinds, so that their tables need no further statement.

    Of `subjects`, coatings and processes, only the name is shown. `known` are objects
    of the page; see `KeptQuery`.
    """
    known = {} if known is None else known
    rows = [row for section in sections for row in section]
    of = defaultdict(list)
    for row in rows:
        of[type(row).__name__].append(row)
    tests = of["CyclingTest"]
    _follow(tests, "control", "electrode", known)
    _follow(of["PropertyMeasurement"], "control", "substrate", known)
    _follow(of["PropertyMeasurement"], "recipe", "process__material", known)
    controls = [test.control for test in tests if test.control]
    recipes = [*of["Recipe"], *_named(of["RecipeStep"], "recipe")]
    subjects = [*subjects, *rows, *recipes, *_named(rows, "coating")]
    named = [one for one in subjects if type(one).__name__ == "DepositionProcess"]
    fetch_steps([*named, *_named(subjects, "process")], known)
    fetch_steps(of["Recipe"], known)
    _fetch(of["Coating"], "characterization_uses", known, joined="with_methods")
    _fetch([*tests, *controls], "points", known)
    _fetch(tests, "gains", known, joined="headlines", name="headline_gains")
    further = [one for name in _FURTHER for one in _FURTHER[name](of[name])]
    cited = [*rows, *recipes, *controls, *further]
    cite((row for row in cited if hasattr(row, "source_id")), known)


def fetch_steps(rows, known=None):
    """Fetch the steps of rows of one model, and what they feed."""
    _fetch(rows, "steps", known, joined="with_precursors")


def _named(rows, name):
    """The objects to which a foreign key of rows leads, of those that have it."""
    return [one for row in rows if (one := getattr(row, name, None)) is not None]


def _follow(rows, name, joined, known):
    """Fetch the row that a foreign key of rows leads to; None if it is not public."""
    rows = [row for row in rows if not row._meta.get_field(name).is_cached(row)]
    keys = {getattr(row, f"{name}_id") for row in rows} - {None}
    if not keys:
        return
    query = _led_to(type(rows[0]), name, joined)
    found = {one.pk: one for one in query.among(keys, known)}
    for row in rows:
        field = row._meta.get_field(name)
        field.set_cached_value(row, found.get(getattr(row, field.attname)))


@cache
def _led_to(model, name, joined):
    rows = related(model, name)
    return KeptQuery(
        lambda: (
            rows.published()
            .select_related(joined)
            .filter(pk__in=given_keys())
            .order_by()
        )
    )


def _fetch(rows, relation, known, joined="all", name=""):
    """Fetch the parts of rows of one model, of which several objects may be one row.

    They stand under the name, else are what the relation gives.
    """
    rows = [row for row in rows if not _has(row, name or relation)]
    if not rows:
        return
    query, field = _parts(type(rows[0]), relation, joined)
    found = defaultdict(list)
    for part in query.among({row.pk for row in rows}, known):
        found[getattr(part, field.attname)].append(part)
    for row in rows:
        parts = found[row.pk]
        for part in parts:
            field.set_cached_value(part, row)
        if name:
            setattr(row, name, parts)
        else:
            set_fetched(row, relation, parts)


def _has(row, name):
    return name in row.__dict__ or name in row.__dict__.get(
        "_prefetched_objects_cache", ()
    )


@cache
def _parts(model, relation, joined):
    """The kept query of the parts of some rows, and their key of these."""
    field = model._meta.get_field(relation).field
    parts = related(model, relation)
    query = KeptQuery(
        lambda: getattr(parts, joined)().filter(**{f"{field.name}__in": given_keys()})
    )
    return query, field
