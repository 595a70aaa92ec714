"""Rows of the study page that name other rows of the page by their numbers."""

from django import forms
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS

from asei_db.lib.admin import RecordFormSet, is_deleted
from materials.admin.forms import CyclingTestForm, FindingForm, MeasurementForm
from materials.models.subjects import name_one

MOST_ROWS = 20  # of one kind on a page; more are edited on pages of their own


class RowField(forms.IntegerField):
    """The number of a row on the same page, counted from 1."""

    def __init__(self, **kwargs):
        super().__init__(
            min_value=1,
            required=False,
            **kwargs,
            widget=forms.NumberInput(attrs={"class": "vSmallIntegerField"}),
        )


class RowFormSet(RecordFormSet):
    """Rows that know the page's formsets; old ones only if not many.

    Rows of the page may name each other, so those to be deleted are kept until all
    others are saved: `delete_kept`.
    """

    page = ()  # the formsets of all kinds of rows
    coatings = None  # that of coatings

    def __init__(self, *args, instance=None, queryset=None, **kwargs):
        self.kept = []
        if instance.pk and not (args or kwargs.get("data")):
            rows = queryset.filter(**{self.fk.name: instance})
            if rows.count() > MOST_ROWS:
                queryset = queryset.none()
        super().__init__(*args, instance=instance, queryset=queryset, **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.formset = self

    def clean(self):
        """Refuse to delete a row that others will still name."""
        super().clean()
        errors = [
            f"{form.instance} cannot be deleted while it is named by {_list(users)}."
            for form in self.initial_forms
            if is_deleted(self, form) and form.instance.pk
            if (users := self._users_of(form.instance))
        ]
        if errors:
            raise ValidationError(errors)

    def _users_of(self, row):
        """What names `row`, once the page is saved: records and new rows."""
        on_page = [form.instance for formset in self.page for form in formset.forms]
        collector = NestedObjects(using=DEFAULT_DB_ALIAS)
        collector.collect([row])
        return [user for user in collector.protected if user not in on_page] + [
            form.instance
            for formset in self.page
            for form in formset.forms
            if form.is_bound
            and not is_deleted(formset, form)
            and _names(form.instance, row)
        ]

    def delete_existing(self, obj, commit=True):
        self.kept.append(obj.pk)

    def delete_kept(self):
        rows = self.model.objects.filter(pk__in=self.kept)
        if hasattr(self.model, "control"):
            rows.exclude(control=None).delete()  # before their controls
        rows.delete()

    def filled_form(self, number):
        """The form with this number; ValidationError if it says nothing."""
        name = self.model._meta.verbose_name
        if number > len(self.forms):
            raise ValidationError(
                f"There is no {name} row {number} on this page; it has "
                f"{len(self.forms)}."
            )
        form = self.forms[number - 1]
        if _typed(form, "DELETE") or not (form.has_changed() or form.instance.pk):
            raise ValidationError(f"The {name} row {number} is empty or to be deleted.")
        return form


def _names(record, row):
    """Whether a relation of `record` leads to `row`."""
    return any(
        field.related_model is type(row) and getattr(record, field.attname) == row.pk
        for field in record._meta.concrete_fields
        if field.is_relation
    )


def _list(records):
    return ", ".join(sorted(f"{r._meta.verbose_name} {r}" for r in records))


def _typed(form, name):
    """What was typed in a field that the form may lack; "" if nothing.

    Unlike cleaned data it is known before the form is validated, and if it is not.
    What a user may only see is not sent, and stands as it is.
    """
    if name not in form.fields:
        return ""
    field = form[name]
    return (field.data if field.html_name in form.data else field.initial) or ""


class CyclingTestFormSet(RowFormSet):
    def save(self, commit=True):
        """Save the tests, then give the coated ones their controls."""
        saved = super().save(commit)
        for form in self.forms:
            number = form.cleaned_data.get("control_row")
            if number and not _typed(form, "DELETE"):
                form.instance.control = self.forms[number - 1].instance
                form.instance.save()
        return saved


class CoatingRowMixin:
    """A form whose coating may be a row of the page."""

    def clean(self):
        cleaned = super().clean()
        if number := cleaned.get("coating_row"):
            if cleaned.get("coating"):
                self.add_error("coating_row", "Give the coating or a row, not both.")
            elif self.formset.coatings is None:
                self.add_error("coating_row", "There are no coating rows here.")
            else:
                self._check_row("coating_row", self.formset.coatings, number)
        return cleaned

    def _check_row(self, name, formset, number):
        """The form of the row; None and an error at field `name` if it is empty."""
        try:
            return formset.filled_form(number)
        except ValidationError as error:
            self.add_error(name, error)

    def _get_validation_exclusions(self):
        """Leave out what rows of the page may give; `clean` sees to it."""
        return super()._get_validation_exclusions() | {"coating", "control"}

    def fill_in(self):
        if number := self.cleaned_data.get("coating_row"):
            self.instance.coating = self.formset.coatings.forms[number - 1].instance
        super().fill_in()


class CyclingTestRowForm(CoatingRowMixin, CyclingTestForm):
    coating_row = RowField(help_text="Its number above. Empty: an uncoated control.")
    control_row = RowField(help_text="Number of the test of its uncoated control.")

    def clean(self):
        cleaned = super().clean()
        if number := cleaned.get("control_row"):
            self._check_control(number)
        if number and not self.is_coated:
            self.add_error("control_row", "Only a coated test has a control.")
        return cleaned

    @property
    def is_coated(self):
        return bool(_typed(self, "coating") or _typed(self, "coating_row"))

    def coated(self):
        if number := self.cleaned_data.get("coating_row"):
            return self.formset.coatings.forms[number - 1].instance.substrate
        return super().coated()

    def _check_control(self, number):
        if self.cleaned_data.get("control"):
            self.add_error("control_row", "Give the control or a row, not both.")
            return
        control = self._check_row("control_row", self.formset, number)
        if control is self:
            self.add_error("control_row", "A test cannot be its own control.")
        elif control and control.is_coated:
            self.add_error(
                "control_row", f"Row {number} is a coated test, which is no control."
            )


class SubjectRowMixin(CoatingRowMixin):
    """A form of an `OfSubject`, which may be about a row of the page."""

    def clean(self):
        cleaned = super().clean()
        subjects = self._meta.model.SUBJECTS
        named = [name for name in (*subjects, "coating_row") if cleaned.get(name)]
        if len(named) != 1:
            self.add_error("coating_row", name_one(subjects))
        return cleaned


class MeasurementRowForm(SubjectRowMixin, MeasurementForm):
    coating_row = RowField(help_text="Its number above.")

    @property
    def is_coated(self):
        return bool(_typed(self, "coating") or _typed(self, "coating_row"))


class FindingRowForm(SubjectRowMixin, FindingForm):
    coating_row = RowField(help_text="Its number above.")
