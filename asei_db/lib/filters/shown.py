"""How a filter is shown in a form."""

from django.utils.functional import cached_property

from asei_db.lib import keeping
from asei_db.lib.filters.form_fields import YesNoField

_LISTED = 20  # as many objects of a long list are shown
_NAMED = 200  # as many are offered while one types


class FormField:
    """A filter as the form shows it.

    `kind` is "range", "choices" (any of a few), "choice" (one of them) or "text".

    * `needs`: what must be chosen before the field is of use, in a sentence
    * `is_dependent`: whether it changes with what is chosen
    * `without`: the field of what is left out, None where there is none
    """

    needs = ""
    is_dependent = False

    def __init__(self, filterset, name):
        self.filterset = filterset
        self.name = name
        self.declared = filterset.declared_ranges.get(name)
        self.parameters = self.declared.parameters if self.declared else (name,)
        self.first = filterset.form[name]
        self.label = self.declared.label if self.declared else self.first.label
        self.values = filterset.form.data.getlist(name)
        exclude = f"{name}_exclude"
        self.without = (
            FormField(filterset, exclude) if exclude in filterset.filters else None
        )
        if self.without:
            self.parameters = (*self.parameters, exclude)
        self.is_active = any(map(filterset.form.data.get, self.parameters))

    @property
    def kind(self):
        if self.declared:
            return "range"
        # Slugs are chosen from a list; what people know by heart (Li) is typed.
        field = self.first.field
        if isinstance(field, YesNoField):
            return "choice"
        is_listed = getattr(field, "to_field_name", "slug") == "slug"
        return "choices" if hasattr(field, "choices") and is_listed else "text"

    @property
    def match(self):
        """How a range of quantities is met; None for whole numbers."""
        name = f"{self.name}_match"
        return self.filterset.form[name] if name in self.parameters else None

    @property
    def text(self):
        """What is typed; a range that the address has by its ends, as a text."""
        if self.values or not self.declared or not self.is_active:
            return ", ".join(self.values)
        data = self.filterset.form.data
        ends = [data.get(f"{self.name}_{end}", "") for end in ("min", "max")]
        wrong = self.complaints or self.filterset.valid.errors
        return "–".join(ends) if wrong else self.filterset.valid.printed(self.name)

    @property
    def example(self):
        """A range as it may be typed."""
        return self.declared.example

    @property
    def complaints(self):
        """What is wrong with it, in sentences that call it by its label."""
        errors = self.filterset.errors
        return [
            self.filterset.worded(message)
            for parameter in self.parameters
            for message in errors.get(parameter, ())
        ]

    @cached_property
    def facet(self):
        """How many rows each value would find under the other filters, if known."""
        return self.filterset.facet(self.name) if self.has_facet else None

    @property
    def has_facet(self):
        return self.kind != "text" and self.filterset.has_facet(self.name)

    def count(self, value):
        if self.facet is None or value == "":  # of any
            return None
        return self.facet.get(value, 0)

    @property
    def counts(self):
        """(value, count) of each choice that forms offer, whatever is chosen."""
        if hasattr(self.first.field, "queryset"):
            return [(slug, self.count(key)) for slug, _, key in self.offered]
        return [
            (value, self.count(value)) for value, _ in self.first.field.choices if value
        ]

    @property
    def options(self):
        """(value, label, whether chosen, count) of each choice.

        Chosen objects come first, choices that nothing has last. The count is that of
        the facet, None where there is none.
        """
        field = self.first.field
        values = self.values or [""]  # which is the choice of any
        if hasattr(field, "queryset"):
            options = [
                (slug, name, slug in values, self.count(key))
                for slug, name, key in self.objects
            ]
        else:
            options = [
                (str(value), label, str(value) in values, self.count(value))
                for value, label in field.choices
            ]
        return sorted(options, key=lambda one: one[3] == 0 and not one[2])

    @property
    def objects(self):
        """(slug, name, key) of those that may be chosen, the chosen first, all by name.

        Of many, the chosen and those that most rows have; see `has_more`.
        """
        if not self.values:
            return self.offered
        field = self.first.field
        chosen = field.queryset.filter(**{f"{field.to_field_name}__in": self.values})
        return sorted(
            dict.fromkeys([*self.offered, *self._named(chosen)]),
            key=lambda one: (one[0] not in self.values, one[1].casefold()),
        )

    @property
    def offered(self):
        """As `objects`, whatever is chosen."""
        return self._offers[0]

    @property
    def has_more(self):
        """Whether there are more objects than are listed; they are typed."""
        return self._offers[1]

    @property
    def names(self):
        """The names of all objects; empty where they are very many."""
        return self._offers[2]

    @cached_property
    def _offers(self):
        if self.kind == "text" or not hasattr(self.first.field, "queryset"):
            return [], False, []
        return keeping.kept(
            self.filterset.revision,
            (type(self.filterset), "offered", self.name),
            self._offer,
        )

    def _offer(self):
        objects = self.first.field.queryset
        most = _NAMED if self.filterset.filters[self.name].is_suggested else _LISTED
        found = list(objects[: most + 1])
        is_short = _LISTED < len(found) <= most
        names = [name for _, name, _ in self._named(found)] if is_short else []
        if not (has_more := len(found) > _LISTED):
            return self._named(found), has_more, names
        if most := self.filterset.most(self.name, _LISTED):
            found = objects.filter(pk__in=most)
        return self._named(found[:_LISTED]), has_more, names

    def _named(self, objects):
        key = self.first.field.to_field_name
        named = [(str(getattr(one, key)), str(one), str(one.pk)) for one in objects]
        return sorted(named, key=lambda one: one[1].casefold())
