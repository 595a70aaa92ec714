"""List and detail pages of public records, which each app's views fill in."""

from functools import cache, cached_property

from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage
from django.urls import reverse
from django.views.generic import DetailView, ListView, TemplateView

from asei_db.lib import deriving, keeping
from asei_db.lib.filters.form_fields import IntegerField
from asei_db.lib.filters.shown import FormField
from asei_db.lib.htmx import HtmxPartialMixin
from asei_db.lib.loading import Loader
from asei_db.lib.sections import ALL

DEFAULTS = ("", "overlap")  # values that say no more than their absence


class RecordMixin:
    """What the list and the page of a kind of record share.

    * `list_name`: URL name of the list
    * `api_name`: the API's base name, `api:coating`
    """

    list_name = None
    api_name = None

    def get_context_data(self, **kwargs):
        meta = self.queryset.model._meta
        return super().get_context_data(
            kind=meta.verbose_name,
            kinds=meta.verbose_name_plural,
            list_url=reverse(self.list_name),
            **kwargs,
        )


class FilterFormMixin(HtmxPartialMixin):
    """A page with the form of a filter set, whose answer htmx swaps alone.

    The view sets `filterset` and `errors`.

    * `api_view`: URL name of the same in the API
    * `main_filters`, `more_filters`: names of filters or ranges, in the order in which
      the form shows them; others keep working in the address
    * `display_parameters`: those that narrow nothing; the template has their fields
    * `other_parameters`: those that the view reads itself, and no other page takes
    """

    api_view = None
    filterset_class = None
    main_filters = ()
    more_filters = ()
    display_parameters = ("order_by",)
    other_parameters = ("page",)

    def rows(self):
        """The rows that the filters narrow, in the page's order; None for all."""
        if self.filterset_class.Meta.model is self.queryset.model:
            return self.queryset.all()
        return None

    def get_context_data(self, **kwargs):
        query = self.clean_query()
        main = self.form_fields(self.main_filters)
        more = self.form_fields(self.more_filters)
        return super().get_context_data(**kwargs) | {
            "filter": self.filterset,
            "errors": self.errors,
            "complaints": self.complaints(),
            "partial_template_name": self.partial_template_name,
            "main_fields": main,
            "more_fields": more,
            "hidden_fields": self.hidden_fields(query, [*main, *more]),
            "active_filters": self.active_filters(query),
            "permalink": self.address(self.request.path, query),
            "api_url": self.selection_url(reverse(self.api_view)),
        }

    def selection_url(self, path):
        """Where another page, file or the API has the same selection."""
        query = self.clean_query()
        for name in self.other_parameters:
            query.pop(name, None)
        return self.address(path, query)

    def clean_query(self):
        """The query without what is empty or refused, lists taken apart."""
        query = self.filterset.valid.form.data.copy()
        for name, values in list(query.lists()):
            query.setlist(name, [value for value in values if value not in DEFAULTS])
            if not query.getlist(name):
                del query[name]
        return query

    def form_fields(self, names):
        return [FormField(self.filterset, name) for name in names]

    def hidden_fields(self, query, fields):
        """(name, value) of what the form of some fields does not show but must keep."""
        shown = {"q", *self.other_parameters, *self.display_parameters}
        for field in fields:
            shown.update(field.parameters)
        return [
            (name, value)
            for name, values in query.lists()
            for value in values
            if name not in shown
        ]

    def complaints(self):
        """Label, sentences and the name of the field shown, None for none, by error."""
        shown = {
            parameter: field
            for field in self.form_fields((*self.main_filters, *self.more_filters))
            for parameter in field.parameters
        }
        found = []
        for name, messages in self.errors.items():
            field = shown.get(name)
            own = self.filterset.form.fields.get(name)
            label = field.label if field else own.label if own else name
            worded = [self.filterset.worded(message) for message in messages]
            found.append((label, worded, field.name if field else None))
        return found

    def active_filters(self, query):
        """Label, value in words and the address without it, one for each value.

        A range is one of them, however the address has it.
        """
        ranges = {
            parameter: declared
            for declared in self.filterset.declared_ranges.values()
            for parameter in declared.parameters
        }
        active, done = [], set()
        for name, values in query.lists():
            if name in ranges:
                declared = ranges[name]
                if declared not in done:
                    done.add(declared)
                    active.append(self._active_range(query, declared))
                continue
            if name not in self.filterset.form.fields:
                continue
            if name in self.display_parameters:
                continue
            words = self.words(name)
            for value in values:
                rest = query.copy()
                rest.setlist(name, [other for other in values if other != value])
                active.append(
                    {
                        "label": self.filterset.form[name].label,
                        "value": words.get(value, value),
                        "url": self.address(self.request.path, rest, without="page"),
                    }
                )
        return active

    def _active_range(self, query, declared):
        rest = query.copy()
        for parameter in declared.parameters:
            rest.pop(parameter, None)
        printed = self.filterset.valid.printed(declared.name)
        within = query.get(f"{declared.name}_match") == "within"
        return {
            "label": declared.title,
            "value": f"{printed}, surely within" if within else printed,
            "url": self.address(self.request.path, rest, without="page"),
        }

    def words(self, name):
        """What the values of a parameter are called, by value."""
        field = self.filterset.form.fields[name]
        if not hasattr(field, "queryset"):
            return dict(getattr(field, "choices", []))
        chosen = self.filterset.valid.form.cleaned_data.get(name) or []
        return {str(getattr(item, field.to_field_name)): str(item) for item in chosen}

    @staticmethod
    def address(path, query, without=None):
        query = query.copy()
        query.pop(without, None)
        return f"{path}?{query.urlencode(safe=',')}" if query else path


class RecordListView(RecordMixin, FilterFormMixin, ListView):
    """A table that can be searched, filtered, sorted and paged; htmx swaps it alone.

    Fields of the form that were left empty do not count. A wrong query is answered
    with its errors, the rows of the query without what is wrong, and status 400.

    * `queryset`: records with all that a row of the table shows; which of them are
      public is said by the entries
    * `table_template_name`: shows the `rows` of a page
    """

    paginate_by = 50
    partial_template_name = "includes/results.html"
    table_template_name = None

    @property
    def api_view(self):
        return f"{self.api_name}-list"

    def get(self, request, *args, **kwargs):
        data = self.filterset_class.filled(request.GET)
        self.filterset = self.filterset_class(
            data,
            self.rows(),
            request=request,
            other_parameters=self.other_parameters,
        )
        self.errors = self.filterset.errors | self.display_errors()
        valid = self.filterset.valid
        self.object_list = (
            [] if valid.errors else valid.listed(self.queryset, self.loader(type(self)))
        )
        context = self.get_context_data()
        return self.render_to_response(context, status=400 if self.errors else 200)

    def display_errors(self):
        """What is wrong with the parameters that the view reads itself, by name."""
        return {}

    @staticmethod
    @cache
    def loader(view):
        """What loads the rows of a page of a view."""
        return Loader(view.queryset)

    def complete(self, rows):
        """Give the rows of a page what the queryset does not."""

    def paginate_queryset(self, queryset, page_size):
        """The page asked for; the first one, and an error, where there is no such."""
        paginator = self.get_paginator(queryset, page_size)
        if "page" not in self.errors:
            try:
                number = self.filterset.form.data.get("page", "1")
                page = paginator.page(IntegerField().clean(number))
                self.complete(page.object_list)
                return paginator, page, page.object_list, page.has_other_pages()
            except (ValidationError, InvalidPage):
                last = paginator.num_pages
                self.errors["page"] = [f"There is no such page; the last is {last}."]
        page = self.get_paginator([], page_size).page(1)
        return page.paginator, page, page.object_list, False

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "count": None if "page" in self.errors else context["paginator"].count,
            "rows_are_kept": not self.filterset.valid.errors,
            "search_field": self.filterset.form["q"],
            "orders": [
                (value, label)
                for value, label in self.filterset.form.fields["order_by"].choices
                if self.filterset.offers_order(value)
            ],
            "table_template_name": self.table_template_name,
        }


class QuestionView(FilterFormMixin, TemplateView):
    """A page on which a filter set gives the `answer`, in one piece.

    A wrong query is answered with its errors and status 400.

    * `queryset`: the rows that the filters narrow
    * `defaults`: values of parameters that the address leaves out
    """

    queryset = None
    defaults = {}

    def get(self, request):
        data = self.filterset_class.filled(request.GET)
        for name, value in self.defaults.items():
            data.setdefault(name, value)
        self.filterset = self.filterset_class(
            data, self.rows(), request=request, other_parameters=[]
        )
        self.errors = dict(self.filterset.errors) if self.is_asked() else {}
        if self.is_asked() and not self.errors:
            context = self.get_context_data(**self.answer())
        else:
            context = self.get_context_data()
        return self.render_to_response(context, status=400 if self.errors else 200)

    def is_asked(self):
        """Whether there is anything to answer."""
        return True

    def answer(self):
        """The context of a valid question's answer."""
        raise NotImplementedError

    def query_with(self, parameters):
        """The clean query with some parameters given or replaced."""
        query = self.clean_query()
        for name, value in parameters.items():
            query[name] = value
        return query


class RecordDetailView(RecordMixin, DetailView):
    """A record's own page."""

    def get_context_data(self, **kwargs):
        api_url = reverse(f"{self.api_name}-detail", args=[self.object.slug])
        return super().get_context_data(api_url=api_url, absent={}, **kwargs)


class LinkedDetailView(RecordDetailView):
    """A record's page with the `Sections` of what it is linked with."""

    sections = None

    def get_queryset(self):
        """The published records: those that have an entry, without asking why."""
        deriving.flush()
        return super().get_queryset().filter(entry__isnull=False)

    @cached_property
    def known(self):
        """The objects of the page by model and key; see `Kept`."""
        return {type(self.object): {self.object.pk: self.object}}

    @cached_property
    def revision(self):
        """That for which the page keeps what it finds; see `keeping`."""
        return keeping.revision(self.request)

    def linked(self, query, further=None, **queries):
        """The sections by name. Lists find their rows by `query`, or by `queries`."""
        return self.sections.of(
            self.revision, self.object.pk, {ALL: query}, self.known, further, **queries
        )
