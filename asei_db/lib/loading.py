"""Rows with all that a queryset selects and prefetches, each further row once."""

from django.db.models import Prefetch

from asei_db.lib.statements import Kept, shown


class Loader:
    """Loads rows by their keys, with all that a queryset selects and prefetches.

    A row that several lead to by a foreign key, or of which several have one, is one
    object. Times of change and search texts, of any rows, are left to be asked for. The
    rows are to be read: what they have several of is a list, not a queryset.
    """

    def __init__(self, rows):
        self._rows = Kept.by(_alone(rows))
        self._parts = _parts(rows)

    def __call__(self, keys):
        """The rows as a list, in the order of the queryset."""
        rows = self._rows.among(keys)
        _complete(rows, self._parts, {})
        return rows


class Part:
    """What a relation of some rows leads to, as Django would prefetch it.

    It stands under a name. What its rows select of others is loaded apart, unless
    `parts` are given: then they are joined with it.
    """

    def __init__(self, field, name, rows=None, parts=None):
        self.field = field
        self.name = name  # the attribute of the rows
        self.is_named = name == field.name  # and not a `to_attr`
        if rows is None:
            kind = "default" if _has_many(field) else "base"
            rows = getattr(field.related_model, f"_{kind}_manager").all()
        self.parts = _parts(rows) if parts is None else parts
        rows = _alone(rows) if parts is None else shown(rows)
        if field.one_to_many:
            self.kept = Kept.by(rows, field.field.name)
            return
        self.kept = Kept.by(rows.order_by())
        if field.many_to_many:
            back = field.related_query_name()
            self.links = Kept.by(rows, back, [back, "pk"])

    def fetch(self, rows, known):
        """Give it to rows that have it not; all that rows have of it."""
        waiting = [row for row in rows if not self._is_given(row)]
        if waiting:
            self._give(waiting, known)
        found = {}
        for row in rows:
            for one in self._given(row):
                found[id(one)] = one
        return [*found.values()]

    def _is_given(self, row):
        if not _has_many(self.field):
            return self.field.is_cached(row)
        if self.is_named:
            return self.name in getattr(row, "_prefetched_objects_cache", ())
        return self.name in row.__dict__

    def _given(self, row):
        if not _has_many(self.field):
            one = self.field.get_cached_value(row)
            return [] if one is None else [one]
        if self.is_named:
            return row._prefetched_objects_cache[self.name]
        return row.__dict__[self.name]

    def _give(self, rows, known):
        if not _has_many(self.field):
            keys = [getattr(row, self.field.attname) for row in rows]
            found = self._shared(set(keys), known)
            for row, key in zip(rows, keys, strict=True):
                self.field.set_cached_value(row, found[key])
            return
        lists = {row.pk: [] for row in rows}
        if self.field.one_to_many:
            back = self.field.field
            owners = {row.pk: row for row in rows}
            for one in self.kept.among(lists):
                owner = getattr(one, back.attname)
                back.set_cached_value(one, owners[owner])
                lists[owner].append(one)
        else:
            links = self.links.among(lists)
            found = self._shared({key for _, key in links}, known)
            for owner, key in links:
                lists[owner].append(found[key])
        for row in rows:
            if self.is_named:
                set_fetched(row, self.name, lists[row.pk])
            else:
                setattr(row, self.name, lists[row.pk])

    def _shared(self, keys, known):
        """Rows by their keys, None for those that the queryset has not."""
        found = known.setdefault(self.kept.sql, {None: None})
        if missing := keys - found.keys():
            found.update(dict.fromkeys(missing))
            found.update((one.pk, one) for one in self.kept.among(missing))
        return found


def set_fetched(row, name, rows):
    """Make `rows` what the relation `name` of a row gives without a query."""
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows


def _has_many(field):
    return field.one_to_many or field.many_to_many


def _complete(rows, parts, known):
    for part in parts.values():
        if found := part.fetch(rows, known):
            _complete(found, part.parts, known)


def _parts(rows):
    """What a queryset selects and prefetches, by the name of the attribute."""
    parts = {}
    _select(rows.model, rows.query.select_related or {}, parts)
    for lookup in rows._prefetch_related_lookups:
        prefetch = lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)
        *path, last = prefetch.prefetch_through.split("__")
        model, here = rows.model, parts
        for name in path:
            part = here.get(name) or here.setdefault(
                name, Part(model._meta.get_field(name), name)
            )
            model, here = part.field.related_model, part.parts
        name = prefetch.prefetch_to.rpartition("__")[2]
        if name not in here or prefetch.queryset is not None:
            further = here.pop(name).parts if name in here else {}
            here[name] = Part(model._meta.get_field(last), name, prefetch.queryset)
            here[name].parts.update(further)
    return parts


def _select(model, selected, parts):
    for name, further in selected.items():
        part = parts.setdefault(name, Part(model._meta.get_field(name), name))
        _select(part.field.related_model, further, part.parts)


def _alone(rows):
    """A queryset without what it selects and prefetches, and what nobody shows."""
    return shown(rows.select_related(None).prefetch_related(None))
