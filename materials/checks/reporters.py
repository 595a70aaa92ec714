"""Who reported a value, of many values at once."""

from collections import defaultdict


def reporters_of(model):
    """By key of a row: the keys of its primary works, drafts included, else its source.

    Two queries, however many rows there are.
    """
    studies = defaultdict(set)
    link = model.studies.through
    own = model.studies.field.m2m_column_name()
    for row, study in link.objects.values_list(own, "study_id").iterator():
        studies[row].add(study)
    for row, source in model.objects.order_by().values_list("pk", "source").iterator():
        studies[row] = studies[row] or {source}
    return studies
