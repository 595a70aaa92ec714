"""What the rows of a page show of further tables, fetched for all its sections at once.

Each section of a page holds rows of `joined()`. Steps, methods, points, sources and
studies of all of them take a statement each, whatever kinds of rows there are, and are
shared objects.
"""

from collections import defaultdict
from functools import cache

from asei_db.lib import deriving
from asei_db.lib.loading import Part
from literature.citing import cite
from literature.querysets import related

#: By name of a model, what gives its rows more, and lists what of that is cited.
_FURTHER = {}


def register(model, complete):
    """Have `gather` complete rows of a model by a function of apps above."""
    _FURTHER[model.__name__] = complete


def gather(*sections, subjects=(), known=None):
    """Complete rows of any kinds, so that their tables need no further statement.

    Of `subjects`, coatings and processes, only the name is shown. `known` are objects
    of the page; see `Kept`.
    """
    deriving.flush()
    known = {} if known is None else known
    rows = [row for section in sections for row in section]
    of = defaultdict(list)
    for row in rows:
        of[type(row).__name__].append(row)
    tests = of["CyclingTest"]
    _fetch(tests, "control", "as_control", known)
    _fetch(of["PropertyMeasurement"], "control", "as_control", known)
    _fetch(of["PropertyMeasurement"], "recipe", "as_run", known)
    controls = [test.control for test in tests if test.control]
    recipes = [*of["Recipe"], *_named(of["RecipeStep"], "recipe")]
    subjects = [*subjects, *rows, *recipes, *_named(rows, "coating")]
    named = [one for one in subjects if type(one).__name__ == "DepositionProcess"]
    fetch_steps([*named, *_named(subjects, "process")], known)
    fetch_steps(of["Recipe"], known)
    _fetch(of["Coating"], "characterization_uses", "with_methods", known)
    _fetch([*tests, *controls], "points", "all", known)
    _fetch(tests, "gains", "headlines", known, to_attr="headline_gains")
    further = [one for name in _FURTHER for one in _FURTHER[name](of[name])]
    cited = [*rows, *recipes, *controls, *further]
    cite((row for row in cited if hasattr(row, "source_id")), known)


def fetch_steps(rows, known=None):
    """Fetch the steps of rows of one model, and what they feed."""
    _fetch(rows, "steps", "with_precursors", {} if known is None else known)


def _named(rows, name):
    """The objects to which a foreign key of rows leads, of those that have it."""
    return [one for row in rows if (one := getattr(row, name, None)) is not None]


def _fetch(rows, name, joined, known, to_attr=""):
    """Fetch to what a relation of rows of one model leads, by a method of its rows."""
    if rows:
        _part(type(rows[0]), name, joined, to_attr or name).fetch(rows, known)


@cache
def _part(model, name, joined, to_attr):
    rows = getattr(related(model, name), joined)()
    return Part(model._meta.get_field(name), to_attr, rows, parts={})
