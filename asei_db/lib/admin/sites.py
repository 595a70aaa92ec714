"""The admin site, which checks what an address or a list action asks of it."""

from functools import wraps

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.shortcuts import render
from django.utils.text import capfirst

from asei_db.lib import deriving
from asei_db.lib.admin.records import choice_label
from asei_db.lib.admin.rows import is_deleted

LARGEST_KEY = 2**63 - 1
# How a filter of a list may compare the field that it names.
_LOOKUPS = ("", "__exact", "__in", "__isnull", "__isempty", "__id__exact")


class RecordChoicesView(AutocompleteJsonView):
    """What an autocomplete field offers, labeled by the admin of the records."""

    def serialize_result(self, obj, to_field_name):
        result = super().serialize_result(obj, to_field_name)
        return result | {"text": choice_label(self.model_admin, obj)}


class StrictAdminMixin:
    """What holds on the pages of all models, users included.

    * A list is filtered by its own filters and by relations, and by nothing else.
    * The errors of a form are listed on top, with links to their fields.
    * What follows from the rows of a form is derived once, with all of them.
    """

    def _changeform_view(self, *args, **kwargs):
        with deriving.batch():
            return super()._changeform_view(*args, **kwargs)

    def _delete_view(self, *args, **kwargs):
        with deriving.batch():
            return super()._delete_view(*args, **kwargs)

    def changelist_view(self, request, *args, **kwargs):
        if request.method != "POST":
            return super().changelist_view(request, *args, **kwargs)
        with transaction.atomic(), deriving.batch():
            return super().changelist_view(request, *args, **kwargs)

    def lookup_allowed(self, lookup, value, request):
        names = {field.name for field in self.opts.get_fields() if field.is_relation}
        for one in self.get_list_filter(request):
            one = one[0] if isinstance(one, tuple) else one
            names.add(getattr(one, "parameter_name", one))
        return any(lookup == f"{name}{end}" for name in names for end in _LOOKUPS)

    def get_changelist_instance(self, request):
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            if ERROR_FLAG in request.GET:
                raise BadRequest("The list cannot be shown in this way.") from error
            message = "The list has no rows in such a way; here it is as a whole."
            self.message_user(request, message, messages.WARNING)
            raise

    def render_change_form(self, request, context, *args, **kwargs):
        form, inlines = context["adminform"].form, context["inline_admin_formsets"]
        context["complaints"] = [*_complaints(form), *_complaints_of_rows(inlines)]
        return super().render_change_form(request, context, *args, **kwargs)


def _complaints(form, row=""):
    """(id of the field, its name, error) of each error of a form.

    The id is "" for an error of the form itself; `row` goes before the names.
    """
    for name, errors in form.errors.items():
        if name == NON_FIELD_ERRORS:
            place, label = "", row
        else:
            field = form[name]
            place = field.id_for_label or field.auto_id
            label = f"{row}, {field.label}" if row else field.label
        for error in errors:
            yield place, label, error


def _complaints_of_rows(inlines):
    for inline in inlines:
        formset, names = inline.formset, inline.opts
        for error in formset.non_form_errors():
            place = f"{formset.prefix}-group"
            yield place, capfirst(names.verbose_name_plural), error
        for number, form in enumerate(formset.forms, start=1):
            if form.is_bound and not is_deleted(formset, form):
                row = f"{capfirst(names.verbose_name)} {number}"
                for place, label, error in _complaints(form, row):
                    yield place or form.prefix, label, error


class CurationSite(admin.AdminSite):
    """The admin, where curators add studies and keep what they state."""

    site_header = site_title = "ASEI DB curation"
    index_title = "Records"
    enable_nav_sidebar = False  # tables and forms need the width

    def register(self, model_or_iterable, admin_class=None, **options):
        admin_class = admin_class or admin.ModelAdmin
        strict = type(admin_class.__name__, (StrictAdminMixin, admin_class), {})
        super().register(model_or_iterable, strict, **options)

    def admin_view(self, view, cacheable=False):
        return super().admin_view(_checked(view), cacheable)

    def autocomplete_view(self, request):
        return RecordChoicesView.as_view(admin_site=self)(request)


def _checked(view):
    """`view`, refusing with a sentence what it could not answer."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        _check(request)
        try:
            return view(request, *args, **kwargs)
        except (IntegrityError, ProtectedError):
            context = {
                "title": "This was not saved",
                "message": (
                    "Somebody else has changed or deleted a record that it names, at "
                    "the same time. Go back, look, and save again."
                ),
            }
            return render(request, "errors/400.html", context, status=409)

    return checked


def _check(request):
    """Raise BadRequest for what no address and no list of the admin can mean."""
    for name, values in request.GET.lists():
        for text in (name, *values):
            if "\0" in text:
                raise BadRequest("The address holds a sign that no text has (NUL).")
        if name not in ("q", "term") and any(map(_is_too_large, values)):
            raise BadRequest(f"The address gives too large a number for {name!r}.")
    if request.method == "POST":
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            if not (key.isascii() and key.isdigit()) or _is_too_large(key):
                raise BadRequest("One of the chosen rows has a key that no row has.")


def _is_too_large(value):
    """Whether a number in `value` is none that a database can take."""
    for item in value.split(","):
        try:
            if abs(int(item)) > LARGEST_KEY:
                return True
        except ValueError:  # no number, or one of thousands of digits
            if len(item) > 4000:
                return True
    return False
