"""Whatever an address or a form of the admin holds, it answers and never breaks."""

from itertools import cycle

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from literature.models import Study
from materials.models import Coating
from tests.test_admin import ADMINS, create_one_of_each, url
from tests.test_admin_roles import autocomplete_queries, form_data

HOSTILE = [
    "",
    " ",
    "\0",
    "a\0b",
    "(",
    "[",
    "\\",
    "%",
    "'\"<>",
    "\udcff",  # sent as a byte that is not UTF-8
    "\ud800",
    "\u202e",
    "\N{ARABIC-INDIC DIGIT NINE}" * 20,
    "abc",
    "-1",
    "0",
    "1.5",
    "nan",
    "1e400",
    "true",
    "[]",
    '{"a": 1}',
    "1,2",
    str(2**31),
    str(2**63),
    "-" + str(2**63 + 1),
    str(10**25),
    f"1_{2**63}",
    "9" * 5000,
    "x" * 5000,
    "Al(" * 200,
    "2020-01-01",
]
#: Of a list, beside the filters of each.
LIST_PARAMETERS = [
    "q",
    "p",
    "o",
    "all",
    "e",
    "_popup",
    "_to_field",
    "_facets",
    "_changelist_filters",
    "slug__regex",
    "slug__iregex",
    "id__exact",
    "id__in",
    "pk__range",
    "source__id__exact",
    "studies__id__exact",
    "study__id__exact",
    "source__slug__regex",
    "year__gt",
    "no_such_field",
    "notes__contains",
    "date_joined__year",
    "password__startswith",
]
FORM_PARAMETERS = ["_popup", "_to_field", "_changelist_filters", "_saveasnew"]


def sent(text):
    """`text` as Django sees it: a client can send any bytes, but no surrogates."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def pages_to_save(user):
    """The address of each page that `user` can save, and the answer to it."""
    client = Client()
    client.force_login(user)
    request = client.get("/admin/").wsgi_request
    request.user = user
    for model, model_admin in ADMINS.items():
        addresses = []
        if model_admin.has_change_permission(request):
            key = model.objects.order_by("-pk")[0].pk
            addresses.append(url(model, "change", key))
        if model_admin.has_add_permission(request):
            addresses.append(url(model, "add"))
        for address in addresses:
            yield address, client.get(address)


def rows_to_add(response):
    """What is sent for one more row of each kind, and the fields of these rows."""
    counts, fields = {}, []
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        count = len(formset.forms)
        counts[f"{formset.prefix}-TOTAL_FORMS"] = str(count + 1)
        fields += [
            field.html_name.replace("__prefix__", str(count))
            for field in formset.empty_form
        ]
    return counts, fields


class FuzzedAdminTests(TestCase):
    """The same questions each time; values take turns, so that few requests do.

    Every value is typed into every kind of field (`test_every_kind_of_field`); requests
    put several at once into a page, as fields are read apart from each other.
    """

    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("ada")
        create_one_of_each(1)
        cls.pages = [
            (address, form_data(response), rows_to_add(response))
            for address, response in pages_to_save(cls.user)
        ]

    def setUp(self):
        self.client.force_login(self.user)
        self.values = cycle(map(sent, HOSTILE))
        self.names = cycle(LIST_PARAMETERS)
        self.ends = cycle(["", "__exact", "__isnull", "__id__exact"])

    def assert_answers(self, address, query=None, data=None):
        """Not with 500; an exception of the view would be raised here."""
        with (
            self.subTest(address=address, query=query, data=data),
            transaction.atomic(),
        ):
            if data is None:
                response = self.client.get(address, query)
            else:
                response = self.client.post(address, data, query_params=query)
            self.assertIn(response.status_code, (200, 302, 400, 403, 404, 413))
            transaction.set_rollback(True)

    def lists(self):
        for model in (*ADMINS, User):
            yield model, url(model, "changelist")

    def test_every_parameter_of_a_list(self):
        for model, address in self.lists():
            names = [next(self.names) for _ in range(4)]
            for spec in getattr(ADMINS.get(model), "list_filter", ()):
                spec = spec[0] if isinstance(spec, tuple) else spec
                name = getattr(spec, "parameter_name", spec)
                names.append(name + next(self.ends))
            for name in names:
                self.assert_answers(address, {name: next(self.values)})
        self.assert_answers(address, {sent("\0"): "1"})
        self.assert_answers(address, {"o": "-1.2.-3.99", "p": "2", "all": ""})

    def test_every_value_of_a_list(self):
        address = url(Coating, "changelist")
        for value in map(sent, HOSTILE):
            for name in ("q", "source__id__exact"):
                self.assert_answers(address, {name: value})

    def test_every_action_of_a_list(self):
        for _, address in self.lists():
            data = {"action": "delete_selected", "_selected_action": "1"}
            more = {"select_across": "1", "index": next(self.values)}
            self.assert_answers(address, data=data | more)
            self.assert_answers(address, data=data | {"action": next(self.values)})
        for value in map(sent, HOSTILE):
            data = {"action": "delete_selected", "_selected_action": ["1", value]}
            self.assert_answers(url(Study, "changelist"), data=data)

    def test_every_parameter_of_an_autocomplete_field(self):
        address = reverse("admin:autocomplete")
        for query in autocomplete_queries():
            self.assert_answers(address, query | {"term": next(self.values)})
        for value in map(sent, HOSTILE):
            for name in ("page", *query):
                self.assert_answers(address, query | {name: value})

    def test_every_parameter_of_a_new_record(self):
        for address, data, _ in self.pages:
            if address.endswith("/add/"):
                self.assert_answers(address, {name: next(self.values) for name in data})
                for name in FORM_PARAMETERS:
                    self.assert_answers(address, {name: next(self.values)})

    def test_every_key_of_a_record(self):
        pages = cycle(["change", "delete", "history"])
        for model in ADMINS:
            for key in ("abc", str(10**25), "1_00", "-1", "a/b", "\0", "9" * 5000):
                self.assert_answers(url(model, next(pages), key))

    def test_every_kind_of_field(self):
        """Each value, alone in its form, for the first field of each kind."""
        seen = set()
        for _, response in pages_to_save(self.user):
            context = response.context
            forms = [context["adminform"].form] + [
                inline.formset.empty_form for inline in context["inline_admin_formsets"]
            ]
            for form in forms:
                for name, field in form.fields.items():
                    kind = type(field), type(field.widget), *map(type, field.validators)
                    if kind not in seen:
                        seen.add(kind)
                        self.check_field(name, field)
        self.assertGreater(len(seen), 15)

    def check_field(self, name, field):
        for value in map(sent, HOSTILE):
            with self.subTest(name, value=value):
                data = QueryDict(mutable=True)
                data.setlist(name, [value])
                typed = field.widget.value_from_datadict(data, {}, name)
                field.widget.render(name, field.bound_data(typed, None))
                try:
                    field.clean(typed)
                except ValidationError as error:
                    self.assertTrue(error.messages)

    def test_every_field_of_a_form(self):
        for address, data, _ in self.pages:
            names = [name for name in data if not name.endswith("_FORMS")]
            for start in range(2):
                hostile = {name: next(self.values) for name in names[start::2]}
                self.assert_answers(address, data=data | hostile)
            for start in range(2):
                missing = {name: data[name] for name in [*data][start::2]}
                self.assert_answers(address, data=missing)
            self.assert_answers(address, data={n: next(self.values) for n in data})
            self.assert_answers(address, data={})

    def test_every_new_row_of_a_form(self):
        for address, data, (counts, fields) in self.pages:
            for start in range(2 if fields else 0):
                hostile = {name: next(self.values) for name in fields[start::2]}
                self.assert_answers(address, data=data | counts | hostile)

    def test_hostile_parameters_of_a_form_that_is_sent(self):
        names = cycle(FORM_PARAMETERS)
        for address, data, _ in self.pages:
            hostile = {next(names): next(self.values)}
            self.assert_answers(address, hostile, data)
            self.assert_answers(address, data=data | hostile)


class RefusedTests(TestCase):
    """What cannot be answered is refused with a sentence."""

    def setUp(self):
        self.client.force_login(User.objects.create_superuser("ada"))

    def assert_refused(self, response, sentence, status=400):
        self.assertContains(response, sentence, status_code=status)

    def test_an_address_with_a_sign_that_no_text_has(self):
        page = self.client.get("/admin/materials/coating/", {"q": "\0"})
        self.assert_refused(page, "a sign that no text has")
        page = self.client.get("/admin/autocomplete/", {"term": "\0"})
        self.assert_refused(page, "a sign that no text has")

    def test_an_action_on_a_row_that_cannot_be(self):
        for key in ("abc", str(10**25), "\0", "٣", "-1"):
            page = self.client.post(
                "/admin/literature/study/",
                {"action": "publish", "_selected_action": [key]},
            )
            self.assert_refused(page, "a key that no row has")

    def test_a_list_is_filtered_by_its_own_filters_only(self):
        for query in ("slug__regex=(", "source__curator_note__contains=x"):
            page = self.client.get(f"/admin/materials/coating/?{query}")
            self.assertEqual(page.status_code, 400)
        page = self.client.get("/admin/auth/user/?password__startswith=a")
        self.assertEqual(page.status_code, 400)

    def test_a_list_that_cannot_be_shown_is_shown_as_a_whole_with_a_sentence(self):
        page = self.client.get(
            "/admin/materials/coating/?source__id__exact=abc", follow=True
        )
        self.assertContains(page, "here it is as a whole")
        page = self.client.get("/admin/materials/coating/?source__id__exact=abc&e=1")
        self.assert_refused(page, "cannot be shown in this way")

    def test_a_form_that_is_too_large(self):
        address = "/admin/materials/material/add/"
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
            page = self.client.post(
                address, "notes=" + "x" * 2000, "application/x-www-form-urlencoded"
            )
        self.assert_refused(page, "more text, or more fields", 413)
        with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=3):
            page = self.client.post(address, dict.fromkeys("abcdef", "1"))
        self.assert_refused(page, "more text, or more fields", 413)
