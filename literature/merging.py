"""Two studies that turn out to be one."""

from django.db import IntegrityError, transaction

from asei_db.lib import deriving
from literature.models import FormerSlug, Study

#: The bibliographic fields of a study.
FIELDS = ("doi", "title", "authors", "journal", "year", "volume", "pages")


class MergeError(Exception):
    """Two studies cannot be made one; the message says why."""


def merge(study, kept):
    """Give all that refers to `study` to `kept`, and delete `study`; MergeError.

    Its address leads to the kept one, which gets its notes, and its bibliographic
    fields where they are empty. Nothing that anybody typed there is changed.
    """
    if study.is_published and not kept.is_published:
        # What the one reported would vanish from the site.
        raise MergeError(f"{kept.slug} is not published; publish it first.")
    with transaction.atomic(), deriving.batch():
        for relation in Study._meta.related_objects:
            if relation.one_to_one:
                continue  # what is derived of the study goes with it
            move = _move_rows if relation.one_to_many else _move_links
            move(relation, study, kept)
        study.delete()
        for name in ("notes", "curator_note"):
            texts = [getattr(kept, name), getattr(study, name)]
            setattr(kept, name, "\n".join(filter(None, texts)))
        for name in (*FIELDS, "extent_read"):
            setattr(kept, name, getattr(kept, name) or getattr(study, name))
        kept.save()
        FormerSlug.objects.create(slug=study.slug, study=kept)


def _move_rows(relation, study, kept):
    for row in relation.related_model._base_manager.filter(
        **{relation.field.name: study}
    ):
        setattr(row, relation.field.name, kept)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            raise MergeError(
                f"{study.slug} and {kept.slug} both have {row._meta.verbose_name} "
                f"{row}; delete one of the two."
            ) from error


def _move_links(relation, study, kept):
    for row in relation.related_model._base_manager.filter(
        **{relation.field.name: study}
    ):
        studies = getattr(row, relation.field.name)
        studies.add(kept)
        studies.remove(study)
