"""What the rows of a page show of further tables, fetched for all its sections at once.

Each section of a page holds rows of `joined()`. Steps, methods, points, sources and
studies of all of them take a statement each, whatever kinds of rows there are, and are
shared objects.
"""

from collections import defaultdict

from django.db.models import Prefetch, prefetch_related_objects

from literature.citing import cite, set_fetched
from literature.querysets import related

#: By name of a model, what gives its rows more, and lists what of that is cited.
_FURTHER = {}


def register(model, complete):
    """Have `gather` complete rows of a model by a function of apps above."""
    _FURTHER[model.__name__] = complete


def gather(*sections, subjects=()):
    """Complete rows of any kinds, so that their tables need no further statement.

    Of `subjects`, coatings and processes, only the name is shown.
    """
    rows = [row for section in sections for row in section]
    of = defaultdict(list)
    for row in rows:
        of[type(row).__name__].append(row)
    controls = [test.control for test in of["CyclingTest"] if test.control]
    recipes = [*of["Recipe"], *_named(of["RecipeStep"], "recipe")]
    subjects = [*subjects, *rows, *recipes, *_named(rows, "coating")]
    named = [one for one in subjects if type(one).__name__ == "DepositionProcess"]
    _fetch_steps([*named, *_named(subjects, "process")])
    _prefetch(of["Recipe"], "steps")
    _prefetch(of["Coating"], "characterization_uses", "with_methods")
    prefetch_related_objects([*of["CyclingTest"], *controls], "points")
    further = [one for name in _FURTHER for one in _FURTHER[name](of[name])]
    cited = [*rows, *recipes, *controls, *further]
    cite(row for row in cited if hasattr(row, "source_id"))


def _named(rows, name):
    """The objects to which a foreign key of rows leads, of those that have it."""
    return [one for row in rows if (one := getattr(row, name, None)) is not None]


def _fetch_steps(processes):
    """Fetch the steps of processes, of which several objects may be one process."""
    first = {}
    for process in processes:
        if process.pk not in first or _has_steps(process):
            first[process.pk] = process
    _prefetch([*first.values()], "steps")
    for process in processes:
        set_fetched(process, "steps", first[process.pk].steps.all())


def _has_steps(process):
    return "steps" in getattr(process, "_prefetched_objects_cache", {})


def _prefetch(rows, name, joined="with_precursors"):
    """Fetch the parts of rows of one model, joined to what each part names."""
    if rows:
        parts = getattr(related(rows[0], name), joined)()
        prefetch_related_objects(rows, Prefetch(name, parts))
