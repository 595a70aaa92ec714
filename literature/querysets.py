"""Which rows are public, and how they are searched: shared by every app."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from asei_db.lib.folding import search
from literature.choices import StudyStatus


class SlugQuerySet(models.QuerySet):
    """Rows named by a public, stable slug."""

    #: Lookups to the folded `search_text` columns that `search()` looks into.
    search_columns = ("search_text",)

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def search(self, text, drafts=False):
        """Rows in which every word of `text` occurs, in whichever column.

        A primary study that is not published finds nothing, unless `drafts`.

        Each word is asked on its own, so that two words may stand in two related
        rows ("LiOtBu HQ" finds a process with both precursors).
        """
        published = Q(studies__status=StudyStatus.PUBLISHED)
        where = {} if drafts else {"studies__search_text": published}
        return search(self, text, *self.search_columns, where=where)


class StudyQuerySet(SlugQuerySet):
    def published(self):
        """Studies that everybody may see."""
        return self.filter(status=StudyStatus.PUBLISHED)

    def for_list(self):
        """Studies with the numbers under which published reviews cite them."""
        return self.prefetch_related(
            Prefetch(
                "citations",
                self.model.citations.rel.related_model.objects.published(),
            )
        )

    def cited_studies(self):
        """The studies themselves, ready to be cited."""
        return self.prefetch_related(None).for_list()

    def behind(self, values):
        """Published studies that reported `values`, a queryset of one model.

        These are the primary works; for a value without any, the source itself.
        """
        name = "studies" if hasattr(values.model, "studies") else "study"
        chosen = values.model._base_manager.filter(pk__in=_keys(values))
        published = self.published()
        without = chosen.exclude(**{f"{name}__in": published})
        return published.for_list().filter(
            Q(pk__in=chosen.values(name)) | Q(pk__in=without.values("source"))
        )


class ReviewCitationQuerySet(models.QuerySet):
    def published(self):
        """Citations of published reviews."""
        return self.filter(review__status=StudyStatus.PUBLISHED)

    def get_by_natural_key(self, review, number):
        return self.get(review__slug=review, number=number)


class ReviewCitationManager(models.Manager.from_queryset(ReviewCitationQuerySet)):
    """Citations, each with its review, which says whether it may be shown."""

    def get_queryset(self):
        return super().get_queryset().select_related("review")


class SourcedQuerySet(SlugQuerySet):
    """Values that one study states."""

    def published(self):
        """Values whose source is published."""
        return self.filter(source__status=StudyStatus.PUBLISHED)

    def cited_studies(self):
        """Published studies that reported these values, ready to be cited."""
        studies = self.model.source.field.related_model.objects
        return studies.behind(self)


class SharedQuerySet(SourcedQuerySet):
    """Records that several studies share, such as a material or a precursor."""

    #: Reverse relations whose published rows make a shared record public.
    used_by = ()
    #: Relations to the values whose studies are cited: the first that has any.
    cited_by = ()

    def cited_studies(self):
        """Published studies behind the published values that use these records.

        A record that no value uses is cited by its own source. One query finds the
        records: nested in that for the studies, it would be too deep for SQLite.
        """
        if not self.cited_by:
            return super().cited_studies()
        studies = self.model.source.field.related_model.objects.published()
        records = list(_keys(self).values_list("pk", flat=True))
        found, left = Q(), self.model._base_manager.filter(pk__in=records)
        for name in self.cited_by:
            relation = self.model._meta.get_field(name)
            values = relation.related_model.objects.published()
            used = values.filter(**{f"{relation.field.name}__in": _keys(left)})
            found |= Q(pk__in=_keys(used.cited_studies()))
            uses = values.filter(**{relation.field.name: OuterRef("pk")})
            left = left.filter(~Exists(uses))
        sources = left.order_by().values("source")
        return studies.for_list().filter(found | Q(pk__in=sources))

    def published(self):
        """Records whose source is published or that a published value uses."""
        condition = Q(source__status=StudyStatus.PUBLISHED)
        for name in self.used_by:
            relation = self.model._meta.get_field(name)
            users = relation.related_model.objects.published()
            condition |= Exists(users.filter(**{relation.field.name: OuterRef("pk")}))
        return self.filter(condition)


def _keys(rows):
    """The primary keys of a queryset, for a subquery."""
    return rows.order_by().values("pk")
