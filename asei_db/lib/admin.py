"""Pieces that the admin pages of all apps share."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst

from asei_db.lib.slugs import unique_slug


class RecordChoicesView(AutocompleteJsonView):
    """What an autocomplete field offers, labeled by the admin of the records."""

    def serialize_result(self, obj, to_field_name):
        result = super().serialize_result(obj, to_field_name)
        return result | {"text": choice_label(self.model_admin, obj)}


class CurationSite(admin.AdminSite):
    """The admin, where curators add studies and keep what they state."""

    site_header = site_title = "ASEI DB curation"
    index_title = "Records"
    enable_nav_sidebar = False  # tables and forms need the width

    def autocomplete_view(self, request):
        return RecordChoicesView.as_view(admin_site=self)(request)


def choice_label(model_admin, record):
    """How a record is called where it is one of many to choose from."""
    label = getattr(model_admin, "choice_label", str)
    return label(record)


class _KeysMixin:
    """Draws no choice for a key that no row can have; the field refuses it."""

    def optgroups(self, name, value, attr=None):
        key = self.choices.queryset.model._meta.pk
        return super().optgroups(name, [v for v in value if _is_key(v, key)], attr)


def _is_key(value, key):
    try:
        key.run_validators(key.to_python(value))
    except ValidationError:
        return False
    return True


class RecordSelect(_KeysMixin, AutocompleteSelect):
    """One record, found by typing."""


class RecordSelectMultiple(_KeysMixin, AutocompleteSelectMultiple):
    """Several records, found by typing."""

    def value_from_datadict(self, data, files, name):
        key = self.choices.queryset.model._meta.pk
        values = super().value_from_datadict(data, files, name)
        # The field refuses words, but SQLite chokes on a number that is too large.
        return [v if _is_key(v, key) else f"{v}, which is no key" for v in values]


class LinesField(forms.CharField):
    """A list of texts, typed one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        return _lines(super().clean(value))

    def has_changed(self, initial, data):
        return _lines(data or "") != (initial or [])


def _lines(text):
    return [line for line in map(str.strip, text.splitlines()) if line]


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
