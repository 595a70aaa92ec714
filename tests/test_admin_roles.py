"""Every page of the admin with every role: it opens or is closed, and never breaks."""

from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.http import HttpRequest
from django.test import TestCase
from django.urls import reverse

from literature.models import Study
from materials.models import CyclingTest
from tests.test_admin import ADMINS, create_one_of_each, url

RIGHTS = ("view", "add", "change", "delete")
ROLES = {
    "none": (),
    **{right: (right,) for right in RIGHTS},
    "view and add": ("view", "add"),
    "all": RIGHTS,
}
OPENS = {
    "changelist": {"view", "change"},
    "add": {"add"},
    "change": {"view", "change"},
    "delete": {"delete"},
    "history": {"view", "change"},
}


def create_user(name, rights, models=ADMINS):
    """A member of staff who may do `rights` to the rows of `models`."""
    user = User.objects.create_user(name, is_staff=True)
    codenames = [f"{right}_{m._meta.model_name}" for right in rights for m in models]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def autocomplete_queries():
    """What each autocomplete field of the admin asks for."""
    for model, model_admin in ADMINS.items():
        pages = [
            (model, model_admin),
            *(
                (inline.model, inline(model, admin.site))
                for inline in model_admin.inlines
            ),
        ]
        for owner, page in pages:
            for name in page.autocomplete_fields:
                yield {
                    "app_label": owner._meta.app_label,
                    "model_name": owner._meta.model_name,
                    "field_name": name,
                }


class EveryRoleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        create_one_of_each(1)
        cls.users = {role: create_user(role, rights) for role, rights in ROLES.items()}
        cls.rows = {model: list(model.objects.order_by("pk")) for model in ADMINS}

    def pages(self):
        """(kind, model, address) of every page; the kind "" is everybody's."""
        for name in ("index", "jsi18n", "data_checks", "password_change"):
            yield "", None, reverse(f"admin:{name}")
        for app in ("literature", "precursors", "materials"):
            yield "", None, reverse("admin:app_list", args=[app])
        for model, rows in self.rows.items():
            yield "changelist", model, url(model, "changelist")
            yield "add", model, url(model, "add")
            # A bare test and a coated one, a review and an article with rows.
            is_telling = model in (CyclingTest, Study)
            for page in ("change", "delete", "history"):
                yield page, model, url(model, page, rows[0].pk)
            if is_telling:
                yield "change", model, url(model, "change", rows[-1].pk)

    def check_page(self, role, page, model, address):
        """It opens to those who may use it, and can be sent back as it stands."""
        response = self.client.get(address)
        if model is None:
            self.assertIn(response.status_code, (200, 403, 404))
            return
        is_open = bool(OPENS[page] & rights_to(model, self.users[role]))
        self.assertEqual(response.status_code, 200 if is_open else 403)
        if is_open and page in ("add", "change"):
            if "add" not in ROLES[role]:
                self.assertNotContains(response, "wrapper-link add-related")
            with transaction.atomic():
                response = self.client.post(address, form_data(response))
                transaction.set_rollback(True)
            self.assertIn(response.status_code, (200, 302, 403))

    def test_every_page_opens_to_those_who_may_use_it_and_to_nobody_else(self):
        pages = list(self.pages())
        for role, user in self.users.items():
            self.client.force_login(user)
            for page, model, address in pages:
                with self.subTest(role=role, address=address):
                    self.check_page(role, page, model, address)

    def test_every_autocomplete_field_answers_or_is_closed(self):
        for role in ("none", "view", "add"):
            self.client.force_login(self.users[role])
            is_open = {"view", "change"} & {*ROLES[role]}
            for query in autocomplete_queries():
                with self.subTest(role=role, **query):
                    response = self.client.get(reverse("admin:autocomplete"), query)
                    expected = 200 if is_open else 403
                    self.assertEqual(response.status_code, expected)

    def test_who_is_not_logged_in_is_sent_to_the_login(self):
        for _, model, address in self.pages():
            if model:
                with self.subTest(address):
                    response = self.client.get(address)
                    self.assertEqual(response.status_code, 302)
                    self.assertIn("/admin/login/", response.url)

    def test_what_may_only_be_read_is_shown_as_it_is_typed(self):
        self.client.force_login(self.users["view"])
        _, test = CyclingTest.objects.order_by("pk")
        page = self.client.get(url(CyclingTest, "change", test.pk))
        self.assertContains(page, "cycle 200: retention 80 %")
        page = self.client.get(url(Study, "change", test.study.pk))
        self.assertContains(page, "cycle 200: retention 80 %")
        self.assertContains(page, "TMA1 + TMA1")

    def test_a_plus_sign_asks_for_the_right_to_add_that_very_record(self):
        others = [m for m in ADMINS if m.__name__ != "Material"]
        user = create_user("no-materials", RIGHTS, others)
        self.client.force_login(user)
        text = self.client.get("/admin/materials/coating/add/").content.decode()
        self.assertNotIn("/admin/materials/material/add/", text)
        self.assertIn("/admin/materials/substrate/add/", text)

    def test_actions_ask_for_the_right_to_do_them(self):
        for role, rights in ROLES.items():
            self.client.force_login(self.users[role])
            for model, rows in self.rows.items():
                for action in ("delete_selected", "publish"):
                    data = {"action": action, "_selected_action": [rows[0].pk]}
                    response = self.client.post(url(model, "changelist"), data)
                    self.assertIn(response.status_code, (200, 302, 403))
                    if "delete" not in rights:
                        self.assertNotIn(b"Are you sure", response.content)
            draft = Study.objects.exclude(status="published").count()
            self.assertEqual(draft, 0, role)


def rights_to(model, user):
    """What `user` may do to rows of `model` on its own pages."""
    model_admin = ADMINS[model]

    request = HttpRequest()
    request.user = user
    return {
        right
        for right in RIGHTS
        if getattr(model_admin, f"has_{right}_permission")(request)
    }


def form_data(response):
    """What a browser sends back from an admin form, unchanged."""
    form = response.context["adminform"].form
    forms = [form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:  # but zero
                data[field.html_name] = "on" if value is True else value
    return data
