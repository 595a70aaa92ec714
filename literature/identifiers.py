"""Identifiers: exact names of public records, by which one may go straight to them."""

from django.db import models, transaction

from asei_db.lib import deriving
from asei_db.lib.folding import sort_key
from asei_db.lib.identifiers import normalize_cas_number, normalize_doi
from asei_db.lib.kept import Kept
from asei_db.lib.search import CodePointField
from literature.kinds import Kind


class Identifier(models.Model):
    """One exact name of one public record: a DOI, a CAS number, a formula, a slug …

    `value` is written as `sort_key` writes it: without case, accents and subscripts.
    """

    kind = models.PositiveSmallIntegerField()
    key = models.BigIntegerField()
    value = CodePointField()

    class Meta:
        constraints = [
            # Those of a record, to write them anew.
            models.UniqueConstraint(
                fields=["kind", "key", "value"], name="literature_identifier_unique"
            )
        ]
        indexes = [
            # The records that have it.
            models.Index(
                fields=["value", "kind", "key"], name="literature_identifier_found"
            )
        ]

    def __str__(self):
        return self.value

    @classmethod
    def find(cls, text):
        """The public records that `text` names, kind by kind, as a list.

        A DOI or CAS number may be written in any way that forms take.
        """
        deriving.flush()
        spellings = {text, normalize_doi(text), normalize_cas_number(text)}
        values = {sort_key(spelling) for spelling in spellings} - {""}
        named = cls.objects.filter(value__in=values).values_list("kind", "key")
        keys = {}
        for kind, key in named:
            keys.setdefault(Kind(kind), set()).add(key)
        return [
            record
            for kind in sorted(keys)
            for record in kind.model.objects.filter(pk__in=keys[kind]).order_by("pk")
        ]


def derivation(kind, *names):
    """What keeps current the identifiers of a kind: values at lookups, or in lists."""
    model = kind.model
    lookups = {name.rpartition("__")[0] for name in names} - {""}
    named = Kept(model.objects.published().order_by(), "pk", ["pk", *names])
    stored = Kept(Identifier.objects.filter(kind=kind), "key", ["pk", "key", "value"])
    return deriving.Derivation(
        f"identifiers of {model._meta.label}",
        model,
        tuple(sorted({*lookups, *model.objects.all().published_reads})),
        lambda keys: _write(kind, named, stored, keys),
    )


def _write(kind, named, stored, keys):
    new = {
        (key, value) for key, *texts in named.tuples(keys) for value in _values(texts)
    }
    places = {(key, value): place for place, key, value in stored.tuples(keys)}
    gone, come = places.keys() - new, new - places.keys()
    with transaction.atomic(savepoint=False):
        Identifier.objects.filter(pk__in=[places[one] for one in gone]).delete()
        Identifier.objects.bulk_create(
            Identifier(kind=kind, key=key, value=value) for key, value in sorted(come)
        )
    return len({key for key, _ in gone | come})


def _values(texts):
    for text in texts:
        for one in text if isinstance(text, list) else [text]:
            if one is not None and (value := sort_key(str(one))):
                yield value
