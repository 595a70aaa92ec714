"""Search and order by stored, folded texts: one column each, the same on any database.

A `SearchTextField` holds all that finds a row: words of its own and the search texts
of related rows. It is kept current by `asei_db.lib.deriving`; after `bulk_create` or
`update`, which it does not follow, derive anew with `derive`.

A `SortKeyField` holds a text as it is sorted; `CodePoint` sorts any text by its signs'
numbers, whatever collation the database has.
"""

from collections import defaultdict
from functools import cache, reduce
from operator import or_

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q

from asei_db.lib.asked import Asked
from asei_db.lib.deriving import Derivation, batches, register, relations
from asei_db.lib.fields import PlainInMigrations
from asei_db.lib.folding import fold, searchable, sort_key
from asei_db.lib.statements import Kept

MOST_WORDS = 40
SHORT = 3  # letters; shorter words match only at the start of a word


class SearchTextField(PlainInMigrations, models.TextField):
    """The folded text of what finds a row, as ` word word … `, for `search`.

    * `names`: attributes of the model; lists are joined, None is left out
    * `related`: lookups of related rows with a search text of `names` alone, or pairs
      of such a lookup and a `Q` on those rows

    A row that is created has its own words at once; see `follow` for the others.
    """

    plain = models.TextField

    def __init__(self, *names, related=()):
        self.names = names
        self.related = [
            (lookup, Q()) if isinstance(lookup, str) else lookup for lookup in related
        ]
        super().__init__(editable=False, blank=True, default="")

    def pre_save(self, model_instance, add):
        if add or not self.related:
            setattr(model_instance, self.attname, self.text_of(model_instance, ()))
        return super().pre_save(model_instance, add)

    def text_of(self, instance, related):
        """The text of an instance, given the search texts of its related rows."""
        texts = []
        for name in self.names:
            value = getattr(instance, name)
            values = value if isinstance(value, list | tuple) else [value]
            texts += [str(item) for item in values if item is not None]
        own = searchable(" ".join(texts)).split()
        others = {word for text in related if text for word in text.split()}
        words = [*own, *sorted(others.difference(own))]
        return f" {' '.join(words)} " if words else ""


class SortKeyField(PlainInMigrations, models.TextField):
    """The text `name` as it is sorted: without case and accents. Filled on saving."""

    plain = models.TextField
    related = ()

    def __init__(self, name):
        self.name_of_text = name
        super().__init__(editable=False, blank=True, default="")

    def pre_save(self, model_instance, add):
        setattr(model_instance, self.attname, self.text_of(model_instance, ()))
        return super().pre_save(model_instance, add)

    def text_of(self, instance, related):
        return sort_key(getattr(instance, self.name_of_text))


class CodePoint(Func):
    """A text sorted by the numbers of its signs, as SQLite does by itself."""

    template = "%(expressions)s"
    arity = 1

    def as_postgresql(self, compiler, connection, **extra_context):
        return self.as_sql(
            compiler, connection, template='(%(expressions)s COLLATE "C")'
        )


class CodePointField(models.TextField):
    """A text that is compared by the numbers of its signs, so that indexes serve it."""

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def validate_words(text):
    """Refuse a search for no word at all, or for more than 40 different ones."""
    asked = Asked.of(text)
    count = len(asked.words)
    if asked.asks_nothing:
        raise ValidationError(
            f"“{text}” has no letter or digit to search for.", code="no_word"
        )
    if count > MOST_WORDS:
        raise ValidationError(
            f"Search for at most {MOST_WORDS} different words, not {count}.",
            code="max_words",
        )


def containing(text, *columns):
    """A `Q`: every word of `text` occurs in any of the columns, `SearchTextField`s.

    Words under 3 letters match at the start of a word only. Blank text finds all rows,
    text without a letter or digit none.
    """
    words = words_of(text)
    if not words and text.strip():
        return Q(pk__in=[])
    condition = Q()
    for word in words:
        part = f" {word}" if len(word) < SHORT else word
        found = (Q(**{f"{column}__contains": part}) for column in columns)
        condition &= reduce(or_, found)
    return condition


def words_of(text):
    """The different words of a text, folded, in order."""
    return list(dict.fromkeys(fold(text).split()))


# Deriving


def derive(rows):
    """Derive the search texts and sort keys of a queryset's rows; how many changed."""
    return _derive(rows.model, list(rows.order_by().values_list("pk", flat=True)))


def derive_all():
    """Derive all search texts and sort keys there are: how many changed, by model."""
    derived = [model for model in apps.get_models() if derived_fields(model)]
    # First those that others take their words from.
    derived.sort(key=lambda model: any(f.related for f in derived_fields(model)))
    return {model: derive(model._base_manager.all()) for model in derived}


def derived_fields(model):
    """The search texts and sort keys of a model."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, SearchTextField | SortKeyField)
    ]


def sort_keys(model):
    """The name of the sort key of each text of a model that has one, by its name."""
    return {
        field.name_of_text: field.name
        for field in derived_fields(model)
        if isinstance(field, SortKeyField)
    }


def _derive(model, keys):
    return sum(_derive_batch(model, some) for some in batches(keys))


def _derive_batch(model, keys):
    fields = derived_fields(model)
    related = defaultdict(list)  # texts by field and key
    rows, one_each, several = _sources(model)
    for field, texts in several:
        for key, text in texts.among(keys):
            related[field, key].append(text)
    changed = []
    for row in rows.among(keys):
        for alias, field in one_each.items():
            related[field, row.pk].append(getattr(row, alias))
        new = {f.attname: f.text_of(row, related[f, row.pk]) for f in fields}
        if any(getattr(row, name) != text for name, text in new.items()):
            vars(row).update(new)
            changed.append(row)
    if changed:
        model._base_manager.bulk_update(changed, [field.attname for field in fields])
    return len(changed)


@cache
def _sources(model):
    """What gives the rows of a model, and the texts of rows that they relate to.

    The rows have those of which there is one each as the attributes that are named,
    with the field that needs them; of the others there are pairs of key and text.
    """
    rows, one_each, several = model._base_manager.all(), {}, []
    for field in derived_fields(model):
        for place, (lookup, condition) in enumerate(field.related):
            column = f"{lookup}__search_text"
            if _is_to_many(model, lookup):
                texts = model._base_manager.filter(condition)
                several.append((field, Kept.by(texts, "pk", ["pk", column])))
            else:
                alias = f"_{field.name}_{place}"
                rows = rows.annotate(**{alias: F(column)})
                one_each[alias] = field
    return Kept.by(rows), one_each, several


def _is_to_many(model, lookup):
    return any(
        relation.many_to_many or relation.one_to_many
        for relation in relations(model, lookup)
    )


def follow(*models):
    """Keep the search texts of these models current whenever a row changes."""
    for model in models:
        lookups = {name for field in derived_fields(model) for name, _ in field.related}
        if lookups:
            name = f"search texts of {model._meta.label}"
            register(Derivation(name, model, tuple(sorted(lookups)), _writer(model), 0))


def _writer(model):
    return lambda keys: _derive_batch(model, keys)
