"""The admin pages of records, and the forms on them."""

import re

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst

from asei_db.lib.admin.fields import LinesField, RecordSelect, RecordSelectMultiple
from asei_db.lib.slugs import unique_slug


def choice_label(model_admin, record):
    """How a record is called where it is one of many to choose from."""
    label = getattr(model_admin, "choice_label", str)
    return label(record)


def quantity_column(quantity):
    """A column that prints a quantity: `quantity_column(Coating.thickness)`."""
    field = quantity.quantity_field

    @admin.display(description=field.verbose_name, ordering=quantity.columns.minimum)
    def column(record):
        return getattr(record, field.name)

    column.__name__ = field.name
    return column


class RecordForm(forms.ModelForm):
    """A record whose slug, where left empty, is made from what it says."""

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug and not re.search("[a-z]", slug, re.IGNORECASE):
            raise ValidationError(
                "It needs a letter; leave it empty, and one is made for you."
            )
        return slug

    def add_error(self, field, error):
        """Show what the model says of fields that the form lacks above the others."""
        if field is None and hasattr(error, "error_dict"):
            placed = {}
            for name, found in error.error_dict.items():
                place = name if name in self.fields else NON_FIELD_ERRORS
                placed.setdefault(place, []).extend(found)
            error = ValidationError(placed)
        super().add_error(field, error)

    def slug_parts(self):
        """The texts that make the slug."""
        return [str(self.instance)]

    def fill_in(self):
        """Complete the valid instance before it is saved."""
        if not getattr(self.instance, "slug", True):
            model, pk = type(self.instance), self.instance.pk
            self.instance.slug = unique_slug(model, *self.slug_parts(), pk=pk)

    def save(self, commit=True):
        if commit:
            self.fill_in()
        return super().save(commit)


class RelatedChoicesMixin:
    """Choices of related records come with all that their labels show."""

    formfield_overrides = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}
    }

    class Media:
        css = {"all": ["css/curation.css"]}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # Other records may be added and viewed here, but not changed in passing.
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
        return field

    def get_field_queryset(self, db, db_field, request):
        related = self._related_admin(db_field)
        if related is None:
            return super().get_field_queryset(db, db_field, request)
        return related.get_queryset(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RecordSelect(db_field, self.admin_site))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return self._label_choices(field, db_field)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RecordSelectMultiple(db_field, self.admin_site))
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        return self._label_choices(field, db_field)

    def _related_admin(self, db_field):
        model = db_field.remote_field.model
        if not self.admin_site.is_registered(model):
            return None
        return self.admin_site.get_model_admin(model)

    def _label_choices(self, field, db_field):
        related = self._related_admin(db_field)
        if field is not None and related is not None:
            field.label_from_instance = lambda record: choice_label(related, record)
        return field


class RecordAdmin(RelatedChoicesMixin, admin.ModelAdmin):
    """Curation of one kind of record.

    Its search is the public one (`search()` of the queryset) and `search_fields`; the
    slug is fixed, and the record's public page linked, once the record is published.
    """

    form = RecordForm
    search_fields = ["slug"]
    list_per_page = 50

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.JSONField):
            return LinesField(
                label=capfirst(db_field.verbose_name),
                required=not db_field.blank,
                help_text=f"{db_field.help_text} One a line.".strip(),
            )
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug":
            field.required = False
            field.help_text = (
                "Its name in public addresses; made for you if left empty. It stays as "
                "it is once the record is published."
            )
        return field

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        by_field, _ = super().get_search_results(request, queryset, search_term)
        found = Q(pk__in=by_field.order_by().values("pk"))
        if hasattr(queryset, "search"):
            by_text = queryset.search(search_term, drafts=True)
            found |= Q(pk__in=by_text.order_by().values("pk"))
        return queryset.filter(found), False

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj), "created", "updated"]
        if hasattr(obj, "slug") and self.is_published(obj):
            return [*fields, "slug"]
        return fields

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        dates = (None, {"fields": [("created", "updated")]})
        return [*fieldsets, dates] if obj else fieldsets

    def get_view_on_site_url(self, obj=None):
        if not hasattr(obj, "get_absolute_url") or not self.is_published(obj):
            return None
        return super().get_view_on_site_url(obj)

    def is_published(self, obj):
        """Whether the record is public now."""
        return obj.pk and self.model.objects.published().filter(pk=obj.pk).exists()

    def save_model(self, request, obj, form, change):
        form.fill_in()
        super().save_model(request, obj, form, change)


class PartAdmin(admin.ModelAdmin):
    """Parts of a record: looked up here, edited on the page of the record."""

    actions = None
    list_per_page = 50
    readonly_fields = ["created", "updated"]
    view_on_site = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
