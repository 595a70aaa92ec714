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
        name = values.primary_works
        chosen = values.model._base_manager.filter(pk__in=_keys(values))
        published = self.published()
        without = chosen.exclude(**{f"{name}__in": published})
        return published.for_list().filter(
            Q(pk__in=chosen.values(name)) | Q(pk__in=without.values("source"))
        )

    def reporting(self, records):
        """Studies that reported any of `records`, a queryset of one model.

        The converse of `reported_by` of the records.
        """
        rows = records.model.objects.filter(pk__in=_keys(records))
        found = Q()
        for path, values in records.values_about():
            about = values.filter(pk__in=rows.order_by().values(path))
            found |= Q(pk__in=_keys(self.behind(about)))
        if records.primary_works:
            found |= Q(pk__in=_keys(self.behind(rows)))
        else:
            unused = rows.filter(records.is_unused())
            found |= Q(pk__in=unused.order_by().values("source"))
        return self.filter(found)


class ReviewCitationQuerySet(models.QuerySet):
    def published(self):
        """Citations of published reviews, each with its review."""
        return self.filter(review__status=StudyStatus.PUBLISHED).select_related(
            "review"
        )

    def get_by_natural_key(self, review, number):
        return self.get(review__slug=review, number=number)


class SourcedQuerySet(SlugQuerySet):
    """Values that one study states."""

    #: The relation to the primary works, None for what no single work reported.
    primary_works = "studies"
    #: Relations to the values that use these records, and are reported for them.
    about = ()

    def published(self):
        """Values whose source is published."""
        return self.filter(source__status=StudyStatus.PUBLISHED)

    def cited_studies(self):
        """Published studies that reported these values, ready to be cited."""
        return self._studies.behind(self)

    def reported_by(self, studies):
        """Rows that any of `studies` reported.

        These are its primary works or, where no published one is named, its source; so
        too of the published values about it. What has no primary works of its own is
        reported by its source only while no such value uses it.
        """
        found = self._is_reported_by(studies)
        for path, values in self.values_about():
            reported = values.filter(values._is_reported_by(studies))
            found |= self._has(path, reported)
        return self.filter(found)

    def values_about(self):
        """(path, published values) of all that is reported for these records."""
        for path in self.about:
            model = self.model
            for name in path.split("__"):
                model = model._meta.get_field(name).related_model
            yield path, model.objects.published()

    def is_unused(self):
        """A condition: no published value is about the record."""
        used = Q()
        for path, values in self.values_about():
            used |= self._has(path, values)
        return ~used

    def _is_reported_by(self, studies):
        name = self.primary_works
        if name is None:
            return Q(source__in=studies) & self.is_unused()
        named = self._has(name, self._studies.published())
        return self._has(name, studies) | Q(source__in=studies) & ~named

    def _has(self, path, rows):
        """A condition: some row at `path` is one of `rows`."""
        found = self.model._base_manager.filter(**{f"{path}__in": rows})
        return Q(pk__in=_keys(found))

    @property
    def _studies(self):
        return self.model.source.field.related_model.objects


class SharedQuerySet(SourcedQuerySet):
    """Records that several studies share, such as a material or a precursor."""

    primary_works = None
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
        studies = self._studies.published()
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
