"""Sources and primary works of what a page shows, whatever kinds of records that is."""

from collections import defaultdict
from functools import cache

from django.apps import apps
from django.db.models import F, IntegerField, Value

from asei_db.lib.loading import set_fetched
from asei_db.lib.statements import Kept, given_keys, shown
from literature.choices import StudyStatus
from literature.models import ReviewCitation, Sourced, Study

_STUDIES = Kept.by(shown(Study.objects.all()))
_CITATIONS = Kept.by(shown(ReviewCitation.objects.published()), "study")


def cite(rows, known=None):
    """Give `Sourced` rows of any kinds their source and published primary works.

    In three statements for all of them: which works, the studies, and their numbers in
    published reviews. A study is one object on all rows. What is no model, but knows
    its `work_keys`, is given `source` and `works`. A study of `known`, the objects of
    the page, is that one.
    """
    rows = list(rows)
    works = _works(rows)
    keys = {row.source_id for row in rows}.union(*works.values())
    keys.update(*(row.work_keys for row in rows if hasattr(row, "work_keys")))
    keys |= {row.study_id for row in rows if hasattr(row, "study_id")}
    known = {} if known is None else known
    keys.update(known.get(Study, ()))
    studies = {study.pk: study for study in _STUDIES.among(keys, known)}
    citations = defaultdict(list)
    for citation in _CITATIONS.among(keys):
        citations[citation.study_id].append(citation)
    for key, study in studies.items():
        set_fetched(study, "citations", citations[key])
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
    models, query = _working()
    keys = {model: set() for model in models}
    for row in rows:
        if type(row) in keys:
            keys[type(row)].add(row.pk)
    found = {(model, key): [] for model in models for key in keys[model]}
    if found:
        asked = {model.__name__: keys[model] for model in models}
        for number, key, study in query.of_lists(**asked):
            found[models[number], key].append(study)
    return found


@cache
def _working():
    """The models whose rows have several works, and a query of these.

    It is given the keys of rows by the name of the model.
    """
    links = {
        model: field
        for model in apps.get_models()
        if issubclass(model, Sourced)
        for field in model._meta.local_many_to_many
        if field.name == "studies"
    }

    def make():
        queries = [
            field.remote_field.through.objects.filter(
                **{f"{field.m2m_field_name()}__in": given_keys(model.__name__)},
                study__status=StudyStatus.PUBLISHED,
            ).values_list(
                Value(number, output_field=IntegerField()),
                F(f"{field.m2m_field_name()}_id"),
                F("study_id"),
            )
            for number, (model, field) in enumerate(links.items())
        ]
        return queries[0].union(*queries[1:], all=True)

    return [*links], Kept(make)
