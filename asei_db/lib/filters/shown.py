"""How a filter is shown in a form."""

from django.utils.functional import cached_property

from asei_db.lib.filters.form_fields import YesNoField


class FormField:
    """A filter as the form shows it.

    `kind` is "range" (two numbers), "choices" (any of a few), "choice" (one of them)
    or "text".

    * `needs`: what must be chosen before the field is of use, in a sentence
    * `is_dependent`: whether it changes with what is chosen
    """

    needs = ""
    is_dependent = False

    def __init__(self, filterset, name):
        self.filterset = filterset
        self.name = name
        self.declared = filterset.declared_ranges.get(name)
        self.parameters = [
            parameter
            for parameter in filterset.filters
            if parameter == name
            or (self.declared and parameter.rpartition("_")[0] == name)
        ]
        self.bound = [filterset.form[parameter] for parameter in self.parameters]
        self.first = self.bound[0]
        self.label = self.declared.label if self.declared else self.first.label
        self.values = filterset.form.data.getlist(name)
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
    def bounds(self):
        """The lowest and the highest value of a range."""
        return self.bound[:2]

    @property
    def match(self):
        """How a range of quantities is met; None for whole numbers."""
        return self.bound[2] if len(self.bound) > 2 else None

    @property
    def text(self):
        return ", ".join(self.values)

    @cached_property
    def facet(self):
        """How many rows each value would find under the other filters, if known."""
        return self.filterset.facet(self.name) if self.has_facet else None

    @property
    def has_facet(self):
        return self.filterset.has_facet(self.name)

    def count(self, value):
        return None if self.facet is None else self.facet.get(value, 0)

    @property
    def options(self):
        """(value, label, whether chosen, count) of each choice; chosen rows first.

        The count is that of the facet, None where there is none.
        """
        field = self.first.field
        values = self.values or [""]  # which is the choice of any
        choices = [
            (str(value), label, str(value) in values, self.count(value))
            for value, label in field.choices
        ]
        if hasattr(field, "queryset"):
            choices.sort(key=lambda choice: (not choice[2], choice[1].casefold()))
        return choices
