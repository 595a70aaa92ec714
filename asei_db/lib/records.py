"""Curated records, written as YAML, loaded into models by their natural keys.

A file holds one or more YAML documents (`---` between them), each a list of records,
or a mapping of `defaults` for its records and the `records`. The keys of a record are
the field names of its model:

* a foreign key is given by natural key, a many-to-many field as a list of them
* a quantity stands under its own name, as printed: `thickness: 20 nm`
* a list in a text field gives its lines
* parts, which cannot be without the record, are a list of records under the
  `related_name` of their foreign key; a mapping of that name in `defaults` holds
  theirs, and a `position` that is not given is the place in the list
"""

import difflib
from collections import namedtuple
from contextlib import contextmanager
from functools import partial

import yaml
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    FieldDoesNotExist,
    ObjectDoesNotExist,
    ValidationError,
)
from django.db import IntegrityError, models, transaction

from asei_db.lib import deriving
from asei_db.lib.fields import quantity_fields

Loaded = namedtuple("Loaded", "created existing twins")


class RecordError(ValueError):
    """A record cannot be loaded; the message names file, record and field."""


def load_records(
    path, model, *, setters=None, finders=None, finish=None, find_twin=None, found=None
):
    """Create the records of the file `path` that are not there yet, all or none.

    A record whose natural key exists is left as it is: people may have changed it.

    * `setters`: by name, keys that are no fields; each a function of the saved
      instance and the value
    * `finders`: by model, a function of what names a row of it otherwise than its
      natural key does: the row, or None
    * `finish`: a function of each new instance, called last
    * `find_twin`: a function of an instance whose key does not exist: the row that is
      the same record under another key, or None; it is taken for the record
    * `found`: rows by (model, natural key), shared by the files of one load so that
      later ones know the twins of earlier ones

    Returns how many were created, how many were there, and the twins by the keys of
    the records that they stand for. Raises `RecordError`.
    """
    writer = _Writer({} if found is None else found, finders or {})
    created, keys, twins = 0, set(), {}
    with transaction.atomic(), deriving.batch():
        for number, values in enumerate(read_records(path), start=1):
            name = next(iter(values.values()), "") if isinstance(values, dict) else ""
            with _within(f"{path.name}, record {number} ({name})"):
                _require(isinstance(values, dict), "a record is a mapping.")
                instance, later = writer.build(model, values, setters)
                key = instance.natural_key()
                _require(key not in keys, f"{_print(key)} stands in the file twice.")
                keys.add(key)
                try:
                    model._default_manager.get_by_natural_key(*key)
                except ObjectDoesNotExist:
                    if twin := find_twin and find_twin(instance):
                        twins[key] = writer.found[model, key] = twin
                        continue
                    writer.save(instance, later)
                    if finish:
                        finish(instance)
                    created += 1
    return Loaded(created, len(keys) - created, twins)


class _Writer:
    """Builds and saves instances, remembering which others they point to."""

    def __init__(self, found, finders):
        self.found = found
        self.finders = finders

    def build(self, model, values, setters=None):
        """A new instance, and what is left to do with it once it is saved."""
        instance, later = model(), []
        quantities = quantity_fields(model)
        for name, value in values.items():
            with _within(name):
                if setters and name in setters:
                    later.append((setters[name], name, value))
                elif name in quantities:
                    setattr(
                        instance, quantities[name].columns.as_reported, _text(value)
                    )
                else:
                    field = _field(model, name)
                    if field.many_to_many:
                        later.append((partial(self._set_related, field), name, value))
                    elif field.one_to_many:
                        later.append((partial(self._add_parts, field), name, value))
                    else:
                        setattr(instance, name, self._value(field, value))
        return instance, later

    def save(self, instance, later):
        # The database holds the constraints; asking it before too takes twice the time.
        instance.full_clean(validate_constraints=False)
        try:
            with transaction.atomic():
                instance.save()
        except IntegrityError:
            instance.full_clean()  # says it in words for people
            raise
        for step, name, value in later:
            with _within(name):
                step(instance, value)

    def _value(self, field, value):
        if field.is_relation:
            return None if value is None else self._find(field.related_model, value)
        if isinstance(field, models.TextField) and isinstance(value, list):
            return "\n".join(map(_text, value))
        if isinstance(field, models.CharField | models.TextField):
            return _text(value)
        # Validation passes over what may be blank.
        _require(value is not None or field.null, "give a value, or omit it.")
        return value

    def _set_related(self, field, instance, keys):
        _require(isinstance(keys, list), "give a list.")
        related = [self._find(field.related_model, key) for key in keys]
        getattr(instance, field.name).set(related)

    def _add_parts(self, relation, instance, parts):
        _require(isinstance(parts, list), "give a list of records.")
        model = relation.related_model
        has_place = any(field.name == "position" for field in model._meta.fields)
        for number, values in enumerate(parts, start=1):
            with _within(f"record {number}"):
                _require(isinstance(values, dict), "a record is a mapping.")
                place = {"position": number} if has_place else {}
                part, later = self.build(model, place | values)
                setattr(part, relation.field.name, instance)
                self.save(part, later)

    def _find(self, model, key):
        key = tuple(key) if isinstance(key, list) else (key,)
        if (model, key) not in self.found:
            manager = model._default_manager
            try:
                self.found[model, key] = manager.get_by_natural_key(*key)
            except ObjectDoesNotExist:
                find = self.finders.get(model)
                if find and len(key) == 1 and (row := find(_text(key[0]))):
                    self.found[model, key] = row
                    return row
                known = [_print(row.natural_key()) for row in manager.all()]
                near = difflib.get_close_matches(_print(key), known, n=1)
                hint = f" Did you mean {near[0]}?" if near else ""
                raise RecordError(
                    f"no {model._meta.verbose_name} is called {_print(key)}.{hint}"
                ) from None
        return self.found[model, key]


def _text(value):
    """What was typed for a text; YAML reads `NO` as false and 2.50 as 2.5."""
    is_typed = isinstance(value, str) or type(value) is int
    _require(is_typed, f"“{value}” is not read as it is typed; put it in quotes.")
    return str(value)


def _field(model, name):
    """The field or relation that a record may give under `name`."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        field = None
    is_part = bool(field and field.one_to_many)
    if (
        field is None
        or field.auto_created != is_part
        or not (is_part or field.editable)
    ):
        raise RecordError(f"{model._meta.verbose_name} has no such field.")
    if field.many_to_many and not field.remote_field.through._meta.auto_created:
        raise RecordError("this relation cannot be given as a list.")
    return field


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML in which a mapping has each key once, and an integer is as it is typed."""

    def construct_yaml_int(self, node):
        value = super().construct_yaml_int(node)
        if str(value) != node.value:  # 010 and 1_000 would lose what was typed
            raise yaml.constructor.ConstructorError(
                None, None, f"put “{node.value}” in quotes", node.start_mark
            )
        return value

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for place, (key, (key_node, _)) in enumerate(
            zip(keys, node.value, strict=True)
        ):
            if key in keys[:place]:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key “{key}” stands twice", key_node.start_mark
                )
        return super().construct_mapping(node, deep)


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_yaml_int)


def read_records(path):
    """Yield the records of a file, with their defaults filled in."""
    try:
        documents = list(yaml.load_all(path.read_text("utf-8"), _Loader))
    except yaml.YAMLError as error:
        raise RecordError(f"{path.name}: {error}") from error
    for document in documents:
        defaults, records = {}, document
        if isinstance(document, dict) and document.keys() <= {"defaults", "records"}:
            defaults, records = document.get("defaults") or {}, document.get("records")
        if not isinstance(records, list) or not isinstance(defaults, dict):
            raise RecordError(
                f"{path.name}: a document is a list of records, or a mapping of "
                f"“defaults” and “records”."
            )
        for values in records:
            yield _fill(values, defaults) if isinstance(values, dict) else values


def _fill(values, defaults):
    parts = {name: of for name, of in defaults.items() if isinstance(of, dict)}
    filled = values | {
        name: [of | part if isinstance(part, dict) else part for part in values[name]]
        for name, of in parts.items()
        if isinstance(values.get(name), list)
    }
    own = defaults.keys() - parts.keys() - values.keys()
    return filled | {name: defaults[name] for name in own}


@contextmanager
def _within(place):
    """Put `place` before the message of an error."""
    try:
        yield
    except (ValueError, TypeError, ValidationError) as error:
        raise RecordError(f"{place}: {_message(error)}") from error


def _message(error):
    if not isinstance(error, ValidationError):
        return str(error)
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        " ".join(messages) if name == NON_FIELD_ERRORS else f"{name}: {messages[0]}"
        for name, messages in error.message_dict.items()
    )


def _require(condition, message):
    if not condition:
        raise RecordError(message)


def _print(key):
    return "“" + ", ".join(map(str, key)) + "”"
