"""Sources and primary works of what a page shows, whatever kinds of records that is."""

from collections import defaultdict

from django.core.exceptions import FieldDoesNotExist
from django.db.models import IntegerField, Model, Value

from literature.models import Study


def cite(rows):
    """Give `Sourced` rows of any kinds their source and published primary works.

    In three statements for all of them: which works, the studies, and their numbers in
    published reviews. A study is one object on all rows. What is no model, but knows
    its `work_keys`, is given `source` and `works`.
    """
    rows = list(rows)
    works = _works(rows)
    keys = {row.source_id for row in rows}.union(*works.values())
    keys.update(*(row.work_keys for row in rows if hasattr(row, "work_keys")))
    keys |= {row.study_id for row in rows if hasattr(row, "study_id")}
    studies = {
        study.pk: study for study in Study.objects.for_list().filter(pk__in=keys)
    }
    places = {key: place for place, key in enumerate(studies)}
    for row in rows:
        row.source = studies[row.source_id]
        if hasattr(row, "study_id"):
            row.study = studies[row.study_id]
        elif hasattr(row, "work_keys"):
            row.works = _in_order(row.work_keys, studies, places)
        elif (found := works.get((type(row), row.pk))) is not None:
            set_fetched(row, "studies", _in_order(found, studies, places))


def _in_order(keys, studies, places):
    return [studies[key] for key in sorted(keys, key=places.__getitem__)]


def _works(rows):
    """The keys of the published primary works by (model, key) of the row."""
    keys = defaultdict(set)
    for row in rows:
        if isinstance(row, Model):
            keys[type(row)].add(row.pk)
    links = {model: field for model in keys if (field := _link(model)) is not None}
    if not links:
        return {}
    models = list(links)
    found = {(model, key): [] for model in models for key in keys[model]}
    queries = [
        field.remote_field.through.objects.filter(
            **{f"{field.m2m_field_name()}__in": keys[model]}
        )
        .filter(study__in=Study.objects.published())
        .values_list(
            Value(number, output_field=IntegerField()),
            f"{field.m2m_field_name()}_id",
            "study_id",
        )
        for number, (model, field) in enumerate(links.items())
    ]
    for number, key, study in queries[0].union(*queries[1:], all=True):
        found[models[number], key].append(study)
    return found


def _link(model):
    try:
        field = model._meta.get_field("studies")
    except FieldDoesNotExist:
        return None
    return field if field.many_to_many and not field.auto_created else None


def set_fetched(row, name, rows):
    """Make `rows` what the relation `name` of a row gives without a query."""
    if not hasattr(row, "_prefetched_objects_cache"):
        row._prefetched_objects_cache = {}
    row._prefetched_objects_cache[name] = rows
