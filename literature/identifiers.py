"""The names of public records: search finds them by these, and goes to them."""

from dataclasses import dataclass
from functools import cached_property, partial

from django.db import connection, models, transaction

from asei_db.lib import asked, deriving
from asei_db.lib.asked import Asked
from asei_db.lib.folding import searchable, sort_key
from asei_db.lib.search import CodePointField
from asei_db.lib.statements import Kept
from literature.kinds import Kind
from literature.names import AND_OTHERS, read_name

_LAST = "\U0010ffff"  # comes after all letters
_MOST_EXACT = 200
_MOST_BEGINNING = 40


class Role(models.IntegerChoices):
    """What a name is to its record; the numbers stand in the database."""

    NAME = 1, "name"
    SYNONYM = 2, "also called"
    AUTHOR = 3, "by"
    TITLE = 4, "title"
    DOI = 11, "DOI"
    CAS = 12, "CAS"
    INCHI_KEY = 13, "InChIKey"
    CID = 14, "PubChem CID"
    REFERENCE = 15, "ref."
    SLUG = 16, "slug"


#: Those that one looks for in order to go to the record.
EXACT = frozenset({Role.DOI, Role.CAS, Role.INCHI_KEY, Role.CID, Role.REFERENCE})


class Identifier(models.Model):
    """One value by which one public record is found, and the name that it stands for.

    A name may have several: `asei_db.lib.asked` makes them, and those of a question.
    """

    kind = models.PositiveSmallIntegerField()
    key = models.BigIntegerField()
    value = CodePointField()
    role = models.PositiveSmallIntegerField(choices=Role)
    text = models.TextField()

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
        return self.text

    @classmethod
    def find(cls, text):
        """The public records that `text` names, kind by kind, as a list.

        An identifier may be written in any way that forms take.
        """
        question = Asked.of(text)
        values = {question.identifier, _slug_value(text)}
        values |= {value for value, rank in question.values.items() if not rank}
        return _records(cls._with(values))

    @classmethod
    def named(cls, question):
        """(kind, key) of the records that a question's identifier names, as a set."""
        if not question.identifier:
            return set()
        return cls._with({question.identifier})

    @classmethod
    def _with(cls, values):
        deriving.flush()
        found = cls.objects.filter(value__in=values - {""})
        return {(Kind(kind), key) for kind, key in found.values_list("kind", "key")}


def _records(named):
    keys = {}
    for kind, key in named:
        keys.setdefault(kind, set()).add(key)
    return [
        record
        for kind in sorted(keys)
        for record in kind.model.objects.filter(pk__in=keys[kind]).order_by("pk")
    ]


@dataclass(frozen=True)
class NameFound:
    """A name of a record that a question finds.

    * `tier`: 0 if the whole name is asked for, 1 if it begins so
    * `rank`: how close it is among those, lower first
    """

    kind: Kind
    key: int
    role: Role
    text: str
    tier: int
    rank: tuple

    def has(self, words):
        """Whether all the words stand in the name, so that they find the record."""
        text = searchable(self.text)
        return all(word in text for word in words)


def names_found(question, kinds):
    """What a question names exactly, or how names begin, the closest first, as a list.

    One statement; each record stands once.
    """
    deriving.flush()
    values = question.values
    beginnings = _beginnings(question)
    if not values:
        return []
    marks = ", ".join(["%s"] * len(values))
    parts = [
        "SELECT * FROM (SELECT kind, key, role, text, value "  # noqa: S608
        f"FROM literature_identifier WHERE value IN ({marks}) "
        f"ORDER BY kind, key LIMIT {_MOST_EXACT}) AS exact"
    ]
    parameters = [*values]
    for number, beginning in enumerate(beginnings):
        parts.append(
            "SELECT * FROM (SELECT kind, key, role, text, value "  # noqa: S608
            "FROM literature_identifier WHERE value > %s AND value < %s "
            f"ORDER BY value, kind, key LIMIT {_MOST_BEGINNING}) AS begins_{number}"
        )
        parameters += [beginning, beginning + _LAST]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        rows = cursor.fetchall()
    found = {}
    for kind, key, role, text, value in rows:
        if kind not in kinds:
            continue
        name = _name_found(question, Kind(kind), key, Role(role), text, value)
        old = found.get((kind, key))
        if old is None or _closeness(name) < _closeness(old):
            found[kind, key] = name
    return sorted(found.values(), key=_closeness)


def exact_names(texts):
    """Those of some texts that are a name of a record, in their order, as a list."""
    if not texts:
        return []
    values = {asked.compact(text): text for text in reversed(texts)}
    found = Identifier.objects.filter(value__in=values, role__lte=Role.SYNONYM)
    known = set(found.values_list("value", flat=True))
    return [text for text in texts if asked.compact(text) in known]


def _closeness(name):
    return name.tier, name.rank, name.kind, name.key


def _beginnings(question):
    """With what the values of names begin that begin as asked."""
    if question.identifier or not question.name:
        return []
    return list(
        filter(None, [question.name, asked.title_value(question.text), question.author])
    )


def _name_found(question, kind, key, role, text, value):
    exact = question.values.get(value)
    is_author = role == Role.AUTHOR
    year = int(value[-4:]) if is_author and value[-4:].isdecimal() else 0
    if exact is None and is_author and value[:-4] == question.author:
        exact = 1  # the author, in whatever year
    if exact is not None:
        rank = (exact, role == Role.SYNONYM, -year, role)
        return NameFound(kind, key, role, text, 0, rank)
    is_synonym = role == Role.SYNONYM
    return NameFound(
        kind, key, role, text, 1, (role > Role.SYNONYM, -year, len(value), is_synonym)
    )


def _slug_value(text):
    return f"/{sort_key(text)}"


# Writing


@dataclass(frozen=True)
class Naming:
    """Where names of a kind of record stand.

    * `role`: what they are to the record
    * `lookups`: to a text or a list of texts; several make one name together
    * `only_if`: (lookup, value) that a row must have
    """

    role: Role
    lookups: tuple[str, ...]
    only_if: tuple = ()

    @classmethod
    def of(cls, role, *lookups, only_if=()):
        return cls(role, lookups, only_if)

    @cached_property
    def columns(self):
        """The lookups that are read."""
        return (*self.lookups, *self.only_if[:1])

    def values(self, rows):
        """(value, name) of one record, of whose columns `rows` has all combinations."""
        if self.only_if:
            column, value = self.only_if
            rows = [row for row in rows if row[column] == value]
        return _VALUES[self.role]([[row[one] for one in self.lookups] for row in rows])


def _each(texts):
    """The texts of one column, taken out of lists."""
    for (text,) in texts:
        for one in text if isinstance(text, list) else [text]:
            if one not in (None, ""):
                yield str(one)


def _of_names(rows):
    for text in _each(rows):
        for value in asked.name_values(text):
            yield value, text


def _of_authors(rows):
    for authors, year, *known in rows:
        if authors and authors[0] != AND_OTHERS and any(known):
            family = read_name(authors[0]).family
            label = f"{family} et al." if len(authors) > 1 else family
            yield asked.author_value(family, year), f"{label} {year or ''}".strip()


def _of_titles(rows):
    for texts in rows:
        if all(texts) and (title := " ".join(texts)):
            value_of = asked.label_value if len(texts) > 1 else asked.title_value
            yield value_of(title), title


def _plainly(value_of):
    return lambda rows: ((value_of(text), text) for text in _each(rows))


def _identified(kind):
    return _plainly(partial(asked.identifier_value, kind))


_VALUES = {
    Role.NAME: _of_names,
    Role.SYNONYM: _of_names,
    Role.AUTHOR: _of_authors,
    Role.TITLE: _of_titles,
    Role.DOI: _identified("doi"),
    Role.CAS: _identified("cas"),
    Role.INCHI_KEY: _identified("inchi"),
    Role.CID: _identified("cid"),
    Role.REFERENCE: _identified("ref"),
    Role.SLUG: _plainly(_slug_value),
}


def derivation(kind, *namings):
    """What keeps current the names of a kind."""
    model = kind.model
    columns = [*dict.fromkeys(c for naming in namings for c in naming.columns)]
    lookups = {column.rpartition("__")[0] for column in columns} - {""}
    named = Kept.by(model.objects.published().order_by(), "pk", ["pk", *columns])
    stored = Kept.by(
        Identifier.objects.filter(kind=kind),
        "key",
        ["pk", "key", "value", "role", "text"],
    )

    def write(keys):
        rows = {}
        for key, *row in named.among(keys):
            rows.setdefault(key, []).append(dict(zip(columns, row, strict=True)))
        return _write(kind, namings, rows, stored.among(keys))

    return deriving.Derivation(
        f"identifiers of {model._meta.label}",
        model,
        tuple(sorted({*lookups, *model.objects.all().published_reads})),
        write,
    )


def _write(kind, namings, rows, stored):
    """Write the names of records anew, of their columns by key; how many changed."""
    new = {}
    # Of two roles with the same value, the first one stays.
    for naming in namings:
        for key, some in rows.items():
            for value, text in naming.values(some):
                new.setdefault((key, value), (naming.role, text))
    old = {
        (key, value): (place, role, text) for place, key, value, role, text in stored
    }
    gone = {name for name in old if old[name][1:] != new.get(name)}
    come = {name for name in new if name in gone or name not in old}
    with transaction.atomic(savepoint=False):
        Identifier.objects.filter(pk__in=[old[name][0] for name in gone]).delete()
        Identifier.objects.bulk_create(
            Identifier(kind=kind, key=key, value=value, role=role, text=text)
            for key, value in sorted(come)
            for role, text in [new[key, value]]
        )
    return len({key for key, _ in gone | come})
