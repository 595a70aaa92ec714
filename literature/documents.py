"""The API's item of each public record, kept as it is sent.

A document is made by the serializer of its kind whenever one of the rows that it reads
changes: `documented` says how. Each published change of the data changes some
document, and raises the data revision by that.
"""

from itertools import islice

from django.db import connection, models
from django.db.models import Prefetch

from asei_db.lib.deriving import Derivation, batches, flush, register
from asei_db.lib.key_lists import KEY_LISTS, key_list
from asei_db.lib.loading import Loader
from asei_db.lib.statements import Kept
from literature.kinds import Kind
from literature.revision import bump

#: Stands in a document for the address of the site, which each request names.
SITE = "\1"
_FIRST = 50
# Django would take as long for the list of keys as for all documents of a page.
_BODIES = "SELECT id, body FROM literature_document WHERE id IN ({})"
_SITE_AS_JSON = b'"\\u0001/'


class DocumentQuerySet(models.QuerySet):
    def of(self, kind):
        """The documents of one kind."""
        return self.filter(id__gte=kind.first, id__lt=kind.first + Kind.SPAN)


class DocumentManager(models.Manager.from_queryset(DocumentQuerySet)):
    def get_queryset(self):
        flush()
        return super().get_queryset()


class Document(models.Model):
    """One item of the API: JSON in UTF-8, with `SITE` for the address of the site."""

    id = models.BigIntegerField(primary_key=True)  # of the kind and its record's key
    slug = models.CharField(max_length=120)
    body = models.BinaryField()

    objects = DocumentManager()

    class Meta:
        indexes = [
            # One item by its slug.
            models.Index(fields=["slug"], name="literature_document_slug"),
        ]

    def __str__(self):
        return self.slug


class SiteAddress:
    """Stands for a request where a document is made: all that serializers ask of it."""

    @staticmethod
    def build_absolute_uri(path):
        return SITE + path


_stored = Kept.by(Document._base_manager.all(), columns=["id", "slug", "body"])
_PUT = """
INSERT INTO literature_document (id, slug, body) VALUES (%s, %s, %s)
ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, body = excluded.body
"""


def documented(queryset, serialize, slug="slug"):
    """Keep a document of each row of `queryset`, the published rows of a model.

    `serialize` gives the JSON of each of a list of rows, in bytes; `slug` names the
    field of the slug. What a row reads is what the queryset loads with it.
    """
    model = queryset.model
    kind = Kind.of(model)

    load = Loader(queryset.order_by())

    def write(keys):
        rows = load(keys)
        items = serialize(rows)
        new = {
            kind.first + row.pk: (getattr(row, slug), item)
            for row, item in zip(rows, items, strict=True)
        }
        stored = _stored.among([kind.first + key for key in keys])
        old = {id_: (name, bytes(body)) for id_, name, body in stored}
        changed = [
            (id_, *values) for id_, values in new.items() if old.get(id_) != values
        ]
        if changed:
            with connection.cursor() as cursor:
                cursor.executemany(_PUT, changed)
        gone = old.keys() - new.keys()
        if gone:
            Document._base_manager.filter(id__in=gone).delete()
        if changed or gone:
            bump()
        return len(changed) + len(gone)

    reads = tuple(sorted(loaded_with(queryset)))
    register(Derivation(f"documents of {model._meta.label}", model, reads, write, 2))


def find(kind, slug, site):
    """The document of the record with a slug, None if there is none."""
    rows = Document.objects.of(kind).filter(slug=slug)
    body = rows.values_list("body", flat=True).first()
    return None if body is None else _answered(body, site)


def read(kind, keys, site):
    """The documents of records in the order of their keys.

    `site` is the address that stands in them: "https://db.example.org".
    """
    ids = [kind.first + key for key in keys]
    if not ids:
        return []
    flush()
    statement = _BODIES.format(KEY_LISTS[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(statement, [key_list(ids)])
        found = {id_: _answered(body, site) for id_, body in cursor}
    return [found[id_] for id_ in ids if id_ in found]


def in_parts(kind, keys, site):
    """All documents of a queryset of keys, in its order, as lists of at most 500.

    The first is short, so that whoever reads them need not wait.
    """
    keys = keys.iterator(chunk_size=500)
    if first := list(islice(keys, _FIRST)):
        yield read(kind, first, site)
    for some in batches(keys):
        yield read(kind, some, site)


def _answered(body, site):
    return bytes(body).replace(_SITE_AS_JSON, b'"' + site.encode() + b"/")


def loaded_with(queryset):
    """The lookups of all related rows that a queryset loads or asks whether public."""
    found = set(_paths(queryset.query.select_related or {}))
    if queryset.query.where:
        found.update(queryset.published_reads)
    real = {}  # paths in which `to_attr` stands for a relation → lookups
    for lookup in queryset._prefetch_related_lookups:
        prefetch = lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)
        path = _with_real_names(prefetch.prefetch_through, real)
        real[prefetch.prefetch_to] = path
        rows = prefetch.queryset
        if rows is None:
            rows = _end(queryset.model, path)._default_manager.all()
        if hasattr(rows, "made_of"):  # derived rows, of whose changes no signal is sent
            start = path.rpartition("__")[0]
            found.update(f"{start}__{read}" if start else read for read in rows.made_of)
            continue
        found.add(path)
        found.update(f"{path}__{nested}" for nested in loaded_with(rows))
    return found


def _paths(selected):
    for name, nested in selected.items():
        yield name
        yield from (f"{name}__{path}" for path in _paths(nested))


def _with_real_names(path, real):
    names = path.split("__")
    for length in range(len(names), 0, -1):
        start = "__".join(names[:length])
        if start in real:
            return "__".join([real[start], *names[length:]])
    return path


def _end(model, path):
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model
