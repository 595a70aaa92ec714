"""Which rows are public, and how they are searched: shared by every app."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects

from asei_db.lib.deriving import flush
from asei_db.lib.key_lists import among
from asei_db.lib.search import containing
from literature.choices import StudyStatus
from literature.kinds import Kind
from literature.search_entries import Search

UNIDENTIFIED = Q(doi="", title="", journal="")
_BATCH = 200  # rows that one query may name; SQLite takes no long lists


def _batches(rows):
    return [rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH)]


def related(model, name):
    """The manager of the rows to which a relation leads: `related(Study, "coatings")`.

    Relations may lead to models of apps above, which cannot be imported.
    """
    return model._meta.get_field(name).related_model.objects


class SlugQuerySet(models.QuerySet):
    """Rows named by a public, stable slug."""

    #: Which public rows lists show only if they are asked to, as a `Q`, if any.
    unlisted = None
    #: The folded texts that curators search, and those of drafts.
    search_columns = ("search_text",)
    draft_search_columns = ()
    #: The page that lists such rows, and the quantities whose spread a section shows.
    list_view = None
    spreads = ()

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def _prefetch_related_objects(self):
        """In batches, as `iterator()` does it: no query lists all rows there are."""
        for rows in _batches(self._result_cache):
            prefetch_related_objects(rows, *self._prefetch_related_lookups)
        self._prefetch_done = True

    def for_page(self):
        """Rows with all that a list page shows, for a `Loader`."""
        return self.for_list()

    def search(self, text, drafts=False):
        """Rows of which every word of `text` finds the public record.

        Two words may come from two related rows: "LiOtBu HQ" finds a process with both
        precursors. A primary study that is not published finds nothing. With `drafts`,
        rows that are not public are found too, and by what drafts say of them.
        """
        if not drafts:
            return self.filter(self.found_by(text))
        flush()
        columns = (*self.search_columns, *self.draft_search_columns)
        return self.filter(containing(text, *columns))

    def found_by(self, text):
        """The condition of `search()`; few rows are named by it, as they are now."""
        return Search(text).condition(Kind.of(self.model))


class StudyQuerySet(SlugQuerySet):
    unlisted = UNIDENTIFIED

    def get_by_natural_key(self, slug):
        """The study with this slug, or the one that such a study was merged into."""
        study = self.filter(slug=slug).first()
        return study or self.get(former_slugs__slug=slug)

    def merged_from(self, slug):
        """The study into which the one that had this slug was merged, or None."""
        return self.filter(former_slugs__slug=slug).first()

    #: Lookups of the rows on which it depends which studies are published.
    published_reads = ()

    def published(self):
        """Studies that everybody may see."""
        return self.filter(status=StudyStatus.PUBLISHED)

    def identified(self):
        """Studies of which it is known, by DOI, title or journal, which they are."""
        return self.exclude(UNIDENTIFIED)

    def unidentified(self):
        """Works that a review cites under a number, of which no more is known."""
        return self.filter(UNIDENTIFIED)

    def for_list(self):
        """Studies with the numbers under which published reviews cite them."""
        citations = related(self.model, "citations").published()
        return self.prefetch_related(Prefetch("citations", citations))

    def cited_studies(self):
        """The studies themselves, ready to be cited."""
        return self.prefetch_related(None).for_list()

    def behind(self, values):
        """Published studies that reported `values`, a queryset of one model.

        These are the primary works; for a value without any, the source itself.
        """
        chosen = values.model.objects.filter(pk__in=_keys(values))
        return self.published().for_list().filter(chosen.reporters())

    def reporting(self, records):
        """Studies that reported any of `records`, a list of rows of one model.

        The converse of `reported_by` of the records.
        """
        rows = type(records[0]).objects.filter(pk__in=[record.pk for record in records])
        found = rows.reporter_keys()
        for path, values in rows.values_about():
            found += values.filter(**{f"{path}__in": records}).reporter_keys()
        return self.filter(pk__in=_any(found))


class ReviewCitationQuerySet(models.QuerySet):
    published_reads = ("review",)

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

    #: The relation to the primary works, None for what no single work reported.
    primary_works = "studies"
    #: Relations to the values that use these records, and are reported for them.
    about = ()
    #: Lookups of the rows on which it depends which of these rows are published.
    published_reads = ("source",)

    def published(self):
        """Values whose source is published."""
        return self.filter(source__status=StudyStatus.PUBLISHED)

    def counted(self):
        """Values that a published study states and nobody disputes.

        A shared record may be public through its use; what only a draft states of it
        does not count. See `Sourced.counts`.
        """
        return self.filter(source__status=StudyStatus.PUBLISHED, disputed=False)

    def with_studies(self):
        """Values with their source and published primary works, ready to be cited."""
        studies = related(self.model, self.primary_works).published().for_list()
        return self.select_related("source").prefetch_related(
            Prefetch(self.primary_works, studies)
        )

    def for_page(self):
        """As for lists, the sources too ready to be cited.

        A study is one object, whatever it is to the rows, as one query gives it.
        """
        if not self.primary_works:
            return self.for_list()
        studies = related(self.model, "source").for_list()
        return self.for_list().prefetch_related(
            Prefetch("source", studies), Prefetch(self.primary_works, studies)
        )

    def cited_studies(self):
        """Published studies that reported these values, ready to be cited."""
        return related(self.model, "source").behind(self)

    def reported_by(self, studies):
        """Rows that any of `studies` reported.

        These are its primary works or, where no published one is named, its source; so
        too of the published values about it. What has no primary works of its own is
        reported by its source only while no such value uses it.
        """
        found = self.own_of(studies)
        for path, values in self.values_about():
            for own in values.own_of(studies):
                users = values.filter(pk__in=own, **{f"{path}__isnull": False})
                found.append(users.order_by().values(path))
        return self.filter(pk__in=_any(found))

    def of_study(self, study):
        """Rows that a study reported, as `reported_by`, or that were read in it."""
        rows = self.model._base_manager.order_by()
        found = [rows.filter(source=study).values("pk")]
        if self.primary_works:
            found.append(rows.filter(**{self.primary_works: study}).values("pk"))
        for path, values in self.values_about():
            works = values.primary_works
            of_it = values.order_by().filter(**{f"{path}__isnull": False})
            published = {f"{works}__status": StudyStatus.PUBLISHED}
            others = values.model.objects.filter(pk=OuterRef("pk"), **published)
            found.append(of_it.filter(**{works: study}).values(path))
            found.append(of_it.filter(~Exists(others), source=study).values(path))
        # Each part has an index: in one condition they would have none.
        return self.filter(pk__in=found[0].union(*found[1:], all=True))

    def reporters(self):
        """A condition on studies: they reported any of these rows themselves."""
        return Q(pk__in=_any(self.reporter_keys()))

    def reporter_keys(self):
        """Querysets of the keys of the studies that reported these rows themselves."""
        found = [self.filter(self.is_by_source()).order_by().values("source")]
        if self.primary_works:
            works = self.filter(**{f"{self.primary_works}__isnull": False})
            found.append(works.order_by().values(self.primary_works))
        return found

    def values_about(self):
        """(path to these records, published values) of all that is about them."""
        for path in self.about:
            model, back = self.model, []
            for name in path.split("__"):
                relation = model._meta.get_field(name)
                model = relation.related_model
                back.insert(0, relation.field.name)
            yield "__".join(back), model.objects.published()

    def own_of(self, studies):
        """Querysets of the keys of rows that any of `studies` reported themselves.

        Whatever is about the rows.
        """
        rows = self.model._base_manager
        found = [_keys(rows.filter(self.is_by_source(), source__in=studies))]
        if self.primary_works:
            found.append(_keys(rows.filter(**{f"{self.primary_works}__in": studies})))
        return found

    def is_by_source(self):
        """A condition: nobody but the source reported the row."""
        if self.primary_works:
            status = f"{self.primary_works}__status"
            return ~self._has_primary_work(Q(**{status: StudyStatus.PUBLISHED}))
        used = Q()
        for path, values in self.values_about():
            used |= Q(Exists(values.filter(**{path: OuterRef("pk")})))
        return ~used

    def _has_primary_work(self, condition):
        works = self.model._base_manager.filter(condition, pk=OuterRef("pk"))
        return Q(Exists(works))


class SharedQuerySet(SourcedQuerySet):
    """Records that several studies share, such as a material or a precursor."""

    primary_works = None
    #: Reverse relations whose published rows make a shared record public.
    used_by = ()
    #: Relations to the values whose studies are cited: the first that has any.
    cited_by = ()

    @property
    def published_reads(self):
        return "source", *(
            f"{name}__{read}"
            for name in self.used_by
            for read in related(self.model, name).all().published_reads
        )

    def cited_studies(self):
        """Published studies behind the published values that use these records.

        A record that no value uses is cited by its own source. The records are named,
        few in a query: nested in that for the studies, theirs would be too deep for
        SQLite.
        """
        if not self.cited_by:
            return super().cited_studies()
        studies = related(self.model, "source").published()
        records = list(_keys(self).values_list("pk", flat=True))
        if len(records) <= _BATCH:
            return studies.for_list().filter(self._cited_for(records))
        keys = set()
        for some in _batches(records):
            behind = studies.filter(self._cited_for(some)).order_by()
            keys.update(behind.values_list("pk", flat=True))
        return studies.for_list().filter(pk__in=among(keys))

    def _cited_for(self, records):
        """A condition on studies: they are cited for some of the records' keys."""
        found, left = Q(), self.model._base_manager.filter(pk__in=records)
        for name in self.cited_by:
            relation = self.model._meta.get_field(name)
            values = relation.related_model.objects.published()
            used = values.filter(**{f"{relation.field.name}__in": _keys(left)})
            found |= Q(pk__in=_keys(used.cited_studies()))
            uses = values.filter(**{relation.field.name: OuterRef("pk")})
            left = left.filter(~Exists(uses))
        return found | Q(pk__in=left.order_by().values("source"))

    def published(self):
        """Records whose source is published or that a published value uses."""
        condition = Q(source__status=StudyStatus.PUBLISHED)
        for name in self.used_by:
            relation = self.model._meta.get_field(name)
            users = relation.related_model.objects.published()
            condition |= Exists(users.filter(**{relation.field.name: OuterRef("pk")}))
        return self.filter(condition)


def _any(querysets):
    """The union of querysets of keys, for a subquery."""
    first, *others = querysets
    return first.union(*others, all=True) if others else first


def _keys(rows):
    """The primary keys of a queryset, for a subquery."""
    return rows.order_by().values("pk")
