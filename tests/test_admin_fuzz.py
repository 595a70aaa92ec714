"""Whatever an address or a form of the admin holds, it answers and never breaks."""

import random

from django.contrib.auth.models import User
from django.db import transaction
from django.test import TestCase, override_settings
from django.urls import reverse

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


class FuzzedAdminTests(TestCase):
    """The same questions each time; a few for each page, so that all are quick."""

    @classmethod
    def setUpTestData(cls):
        cls.user = User.objects.create_superuser("ada")
        create_one_of_each(1)

    def setUp(self):
        self.client.force_login(self.user)
        self.random = random.Random(7)  # noqa: S311

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

    def value(self):
        return sent(self.random.choice(HOSTILE))

    def some(self, items, count):
        items = list(items)
        return self.random.sample(items, min(count, len(items)))

    def lists(self):
        for model in (*ADMINS, User):
            yield model, url(model, "changelist")

    def test_every_parameter_of_a_list(self):
        for model, address in self.lists():
            names = [*LIST_PARAMETERS]
            for spec in getattr(ADMINS.get(model), "list_filter", ()):
                spec = spec[0] if isinstance(spec, tuple) else spec
                name = getattr(spec, "parameter_name", spec)
                ends = ("", "__exact", "__isnull", "__id__exact")
                names += [name + end for end in ends]
            for name in self.some(names, 12):
                self.assert_answers(address, {name: self.value()})
            self.assert_answers(address, {sent("\0"): "1"})
            self.assert_answers(address, {"o": "-1.2.-3.99", "p": "2", "all": ""})

    def test_every_action_of_a_list(self):
        for _, address in self.lists():
            for action in ("delete_selected", "publish", self.value()):
                data = {"action": action, "_selected_action": ["1", self.value()]}
                self.assert_answers(address, data=data)
            data = {"action": "delete_selected", "select_across": "1", "index": "0"}
            self.assert_answers(address, data=data | {"_selected_action": "1"})
            self.assert_answers(address, data=data | {"index": "x"})

    def test_every_parameter_of_an_autocomplete_field(self):
        address = reverse("admin:autocomplete")
        for query in autocomplete_queries():
            for name in ("term", "page"):
                self.assert_answers(address, query | {name: self.value()})
        for name in query:
            self.assert_answers(address, query | {name: self.value()})

    def test_every_parameter_of_a_new_record(self):
        for model in ADMINS:
            if not ADMINS[model].has_add_permission(self.request()):
                continue
            address = url(model, "add")
            names = [field.name for field in model._meta.get_fields()]
            for name in self.some([*names, *FORM_PARAMETERS], 8):
                self.assert_answers(address, {name: self.value()})

    def test_every_key_of_a_record(self):
        for model in ADMINS:
            for key in ("abc", str(10**25), "1_00", "-1", "a/b", "\0", "9" * 5000):
                page = self.random.choice(["change", "delete", "history"])
                self.assert_answers(url(model, page, key))

    def request(self):
        request = self.client.get("/admin/").wsgi_request
        request.user = self.user
        return request

    def pages_to_save(self):
        for model, model_admin in ADMINS.items():
            if model_admin.has_change_permission(self.request()):
                yield url(model, "change", model.objects.order_by("-pk")[0].pk)
            if model_admin.has_add_permission(self.request()):
                yield url(model, "add")

    def test_every_field_of_a_form(self):
        for address in self.pages_to_save():
            data = form_data(self.client.get(address))
            for name in self.some(data, 8):
                self.assert_answers(address, data=data | {name: self.value()})
                missing = {key: value for key, value in data.items() if key != name}
                self.assert_answers(address, data=missing)
            self.assert_answers(address, data={name: self.value() for name in data})
            self.assert_answers(address, data={})

    def test_every_new_row_of_a_form(self):
        for address in self.pages_to_save():
            response = self.client.get(address)
            data = form_data(response)
            for inline in response.context["inline_admin_formsets"]:
                prefix, empty = inline.formset.prefix, inline.formset.empty_form
                count = len(inline.formset.forms)
                data[f"{prefix}-TOTAL_FORMS"] = str(count + 1)
                for field in self.some(empty, 5):
                    name = field.html_name.replace("__prefix__", str(count))
                    self.assert_answers(address, data=data | {name: self.value()})

    def test_hostile_parameters_of_a_form_that_is_sent(self):
        for address in self.pages_to_save():
            data = form_data(self.client.get(address))
            (name,) = self.some(FORM_PARAMETERS, 1)
            self.assert_answers(address, {name: self.value()}, data)
            self.assert_answers(address, data=data | {name: self.value()})


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
