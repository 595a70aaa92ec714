"""What is computed from rows and kept: written anew whenever one of its rows changes.

A `Derivation` says of which model's rows something is derived, which related rows it
reads, and how it is written. Saving, deleting and linking rows through their models
marks what depends on them; it is written at once or, inside `batch()`, at its end.
`bulk_create`, `bulk_update` and `update` mark nothing: call `changed(rows)` after them.
"""

import gc
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import signals

from asei_db.lib.statements import Kept

_LOCK = 0xA5E1DB  # of PostgreSQL, for all who derive
_BATCH = 500  # rows derived at once; SQLite takes no more than 1,000 alternatives


@dataclass(frozen=True)
class Derivation:
    """Something that is derived of each row of a model.

    * `reads`: lookups from the model to the related rows whose change changes it;
      those on the way are read too
    * `write`: a function of a list of at most 500 primary keys of the model; it writes
      anew what is derived of these rows, removes it of those that are gone or may not
      have it, and returns how many rows changed
    * `stage`: the lower ones are written first: 0 columns of the rows themselves,
      1 tables made of them, 2 what is made of such tables
    """

    name: str
    model: type[models.Model]
    reads: tuple[str, ...]
    write: Callable[[list], int]
    stage: int = 1


_derivations: dict[str, Derivation] = {}
_readers = defaultdict(set)  # (model, lookup) → names of derivations that read it
_used = defaultdict(set)  # model → (model whose rows use its rows, lookup to them)
_parts = defaultdict(set)  # model → (model, lookup to the whole, column with its key)
_links = defaultdict(set)  # model of a link → (model, lookup to its one end, relation)


class _Pending(threading.local):
    """Changed rows: keys by model and lookup."""

    def __init__(self):
        self.depth = 0
        self.rows = defaultdict(set)


_pending = _Pending()


def register(derivation):
    """Keep it current from now on; one of the same name is replaced."""
    _derivations[derivation.name] = derivation
    model = derivation.model
    _readers[model, "pk"].add(derivation.name)
    _connect(model)
    for lookup in derivation.reads:
        path = []
        for relation in relations(model, lookup):
            whole = "__".join(path) or "pk"
            path.append(relation.name)
            here = "__".join(path)
            _readers[model, whole].add(derivation.name)
            _readers[model, here].add(derivation.name)
            if relation.one_to_many:
                part = model, whole, relation.field.attname
                _parts[relation.related_model].add(part)
            else:
                _used[relation.related_model].add((model, here))
            if relation.many_to_many:
                is_reverse = relation.auto_created
                link = (relation if is_reverse else relation.remote_field).through
                _links[link].add((model, whole, relation))
                signals.m2m_changed.connect(_after_linking, link, dispatch_uid=__name__)
            _connect(relation.related_model)


def unregister(derivation):
    """Keep it current no more."""
    _derivations.pop(derivation.name, None)
    for readers in _readers.values():
        readers.discard(derivation.name)


def _connect(model):
    for signal, receiver in (
        (signals.pre_save, _before_save),
        (signals.post_save, _after_save),
        (signals.pre_delete, _before_delete),
        (signals.post_delete, _after_delete),
    ):
        signal.connect(receiver, model, dispatch_uid=__name__)


@contextmanager
def batch():
    """Writes what is changed within at the end, each row once."""
    _pending.depth += 1
    try:
        yield
    except BaseException:
        _pending.rows.clear()
        raise
    finally:
        _pending.depth -= 1
    if not _pending.depth:
        flush()


def flush():
    """Write now what is pending, as before derived rows are read."""
    if not _pending.rows:
        return
    rows = dict(_pending.rows)
    _pending.rows.clear()
    found = defaultdict(set)  # by name of the derivation
    for (model, lookup), keys in rows.items():
        if lookup != "pk":
            keys = _users(model, lookup, keys)
        for name in _readers[model, lookup]:
            found[name] |= keys
    with transaction.atomic(savepoint=False):
        _wait_for_others()
        for derivation in _in_order():
            for keys in batches(sorted(found[derivation.name])):
                derivation.write(keys)


def _wait_for_others():
    """One writes at a time, until its transaction ends, as SQLite has it anyway.

    Two that change what one row is derived of would each miss the other's change.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def changed(rows):
    """Mark a queryset's rows after a change that sent no signal, and what uses them."""
    model = rows.model
    keys = set(rows.order_by().values_list("pk", flat=True))
    _pending.rows[model, "pk"] |= keys
    for user, lookup in _used[model]:
        _pending.rows[user, lookup] |= keys
    for whole, lookup, column in _parts[model]:
        wholes = rows.order_by().values_list(column, flat=True)
        _pending.rows[whole, lookup].update(wholes)
    _flush_unless_batched()


def derive_all(stages=(0, 1, 2), report=None):
    """Derive everything from scratch: how many rows changed, by derivation.

    `report` is called with each derivation, how many rows are done and how many there
    are, after each batch of them.
    """
    flush()
    gc.freeze()  # cycles are looked for among the rows alone
    try:
        chosen = [one for one in _in_order() if one.stage in stages]
        return {one: _derive_whole(one, report) for one in chosen}
    finally:
        gc.unfreeze()


def _derive_whole(derivation, report):
    rows = derivation.model._base_manager.order_by("pk")
    total, done, changed = rows.count(), 0, 0
    keys = rows.values_list("pk", flat=True).iterator(chunk_size=_BATCH)
    for some in batches(list(keys)):
        with transaction.atomic():
            changed += derivation.write(some)
        done += len(some)
        if report:
            report(derivation, done, total)
    return changed


def replace_rows(model, columns, keys, rows):
    """Bring what a derived table has of some keys up to date; the keys that changed.

    The first of the columns holds the key; `rows` has all columns of the new rows, in
    order, by key. They are plain values: as objects they would take five times as long.
    """
    owner, stored = columns[0], defaultdict(list)
    for row in _rows_of(model, tuple(columns)).among(keys):
        stored[row[0]].append(row)
    changed = [key for key in keys if rows.get(key, []) != stored.get(key, [])]
    if stale := [key for key in changed if key in stored]:
        found = model._base_manager.filter(**{f"{owner}__in": stale})
        found._raw_delete(found.db)
    if new := [row for key in changed for row in rows.get(key, ())]:
        _insert(model, columns, new)
    return changed


@cache
def _rows_of(model, columns):
    return Kept.by(model._base_manager.order_by("pk"), columns[0], columns)


def _insert(model, columns, rows):
    table, *names = map(connection.ops.quote_name, (model._meta.db_table, *columns))
    places = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def batches(keys):
    """Some keys at a time, in order."""
    keys = iter(keys)
    while some := list(islice(keys, _BATCH)):
        yield some


def relations(model, lookup):
    """The relations of a lookup, one after the other."""
    for name in lookup.split("__"):
        relation = model._meta.get_field(name)
        yield relation
        model = relation.related_model


def _in_order():
    installed = set(apps.get_models())
    found = [one for one in _derivations.values() if one.model in installed]
    return sorted(found, key=lambda one: one.stage)


def _users(model, lookup, keys):
    users = _users_by(model, lookup)
    return {user for some in batches(keys) for (user,) in users.among(some)}


@cache
def _users_by(model, lookup):
    return Kept.by(model._base_manager.order_by(), lookup, ["pk"])


def _before_save(sender, instance, **kwargs):
    if _parts[sender] and not instance._state.adding:
        _mark_wholes(sender, sender._base_manager.filter(pk=instance.pk).first())


def _after_save(sender, instance, created, **kwargs):
    if (sender, "pk") in _readers:
        _pending.rows[sender, "pk"].add(instance.pk)
    _mark_wholes(sender, instance)
    if not created:
        for model, lookup in _used[sender]:
            _pending.rows[model, lookup].add(instance.pk)
    _flush_unless_batched()


def _before_delete(sender, instance, **kwargs):
    for model, lookup in _used[sender]:
        _mark_users(model, {lookup: instance.pk})


def _after_delete(sender, instance, **kwargs):
    if (sender, "pk") in _readers:
        _pending.rows[sender, "pk"].add(instance.pk)
    _mark_wholes(sender, instance)
    _flush_unless_batched()


def _after_linking(sender, instance, action, reverse, pk_set, **kwargs):
    for model, lookup, relation in _links[sender]:
        if relation.auto_created == reverse:
            _pending.rows[model, lookup].add(instance.pk)
        elif pk_set is not None:
            _pending.rows[model, lookup] |= pk_set
        elif action == "pre_clear":
            ends = relation.model._base_manager.filter(**{relation.name: instance.pk})
            keys = ends.order_by().values_list("pk", flat=True)
            _pending.rows[model, lookup].update(keys)
    if action.startswith("post"):
        _flush_unless_batched()


def _mark_wholes(sender, part):
    for model, lookup, column in _parts[sender]:
        key = getattr(part, column, None)
        if key is not None:
            _pending.rows[model, lookup].add(key)


def _mark_users(model, conditions):
    """Now, because the rows that say so are about to go."""
    users = model._base_manager.filter(**conditions).order_by()
    _pending.rows[model, "pk"].update(users.values_list("pk", flat=True))


def _flush_unless_batched():
    if not _pending.depth:
        flush()
