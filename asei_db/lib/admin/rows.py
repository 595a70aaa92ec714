"""Rows on the page of a record, which somebody else may delete meanwhile."""

from django import forms


def is_deleted(formset, form):
    """Whether a row is ticked to be deleted."""
    if not (formset.can_delete and form.is_bound):
        return False
    form.errors  # noqa: B018 - cleans the form, where that has not been done
    return formset._should_delete_form(form)


#: That a page takes of one kind; a number that is made up would be drawn as rows.
MOST_ROWS_SENT = 100


class GoneRow:
    """What a page shows of a row that is no longer there."""

    def __init__(self, pk):
        self.pk = pk or 0  # the page links to it, and no address ends in nothing

    def __str__(self):
        return "deleted meanwhile"


def _is_subject_to(row, constraint):
    if constraint.condition is None:
        return True
    return constraint.condition.check(row._get_field_expression_map(row._meta))


class RecordFormSet(forms.BaseInlineFormSet):
    """Rows of a record; one that somebody else has deleted is reported as such."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.max_num = self.absolute_max = MOST_ROWS_SENT

    def get_queryset(self):
        rows = super().get_queryset()
        if not self.is_bound or "forms" not in self.__dict__:
            return rows
        # The page shows each row beside its form, so none may be missing.
        return [
            form.instance
            if form.instance.pk
            else GoneRow(form[self._pk_field.name].data)
            for form in self.initial_forms
        ]

    def clean(self):
        """Hold what is unique in the record, which Django leaves to the database."""
        super().clean()
        for constraint in self.model._meta.constraints:
            if self.fk.name not in getattr(constraint, "fields", ()):
                continue
            others = [name for name in constraint.fields if name != self.fk.name]
            seen = set()
            for form in self._live_forms():
                if not _is_subject_to(form.instance, constraint):
                    continue
                values = tuple(getattr(form.instance, name) for name in others)
                if values in seen:
                    form.add_error(None, constraint.get_violation_error_message())
                seen.add(values)

    def _live_forms(self):
        """Those of rows that are kept or added, and have no errors."""
        return [
            form
            for form in self.forms
            if form.is_bound
            and not form.errors
            and not is_deleted(self, form)
            and (form.instance.pk or form.has_changed())
        ]

    def full_clean(self):
        super().full_clean()
        for form in self.forms:
            # The key is a hidden field, whose errors nobody would see.
            if form.is_bound and form.errors.pop(self._pk_field.name, None):
                remedy = (
                    "tick “Delete” to leave it out, or add it again below."
                    if self.can_delete
                    else "open the page anew."
                )
                form.add_error(
                    None, f"Somebody else has deleted this row meanwhile; {remedy}"
                )
