"""Conventions that hold for the whole project."""

import json
import re
import runpy
from io import StringIO

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.test import SimpleTestCase, TestCase
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from asei_db.lib.quantities import UNITS
from literature.recorded import Recorded

# Measured in the unit that the row's property names, or in none.
WITHOUT_UNIT = {
    f"{name}_{end}"
    for name in ("value", "c_rate", "charge_c_rate", "discharge_c_rate", "np_ratio")
    for end in ("min", "max")
}


def own_models():
    """The models of records, which people edit; what is derived of them is none."""
    return [
        model
        for model in admin.site._registry
        if model._meta.app_label in ("literature", "precursors", "materials")
    ]


class ModelConventionTests(SimpleTestCase):
    def test_a_numbers_name_ends_in_its_unit(self):
        suffixes = tuple(f"_{unit.suffix}" for unit in UNITS.values() if unit.suffix)
        for model in own_models():
            for field in model._meta.concrete_fields:
                if not isinstance(field, models.FloatField | models.DecimalField):
                    continue
                if field.name not in WITHOUT_UNIT:
                    with self.subTest(model=model.__name__, field=field.name):
                        self.assertTrue(field.name.endswith(suffixes))

    def test_every_record_says_when_it_was_made_and_changed(self):
        for model in own_models():
            with self.subTest(model.__name__):
                self.assertTrue(issubclass(model, Recorded))

    def test_no_text_of_any_record_holds_hidden_signs(self):
        kinds = (models.CharField, models.TextField, models.JSONField)
        for model in own_models():
            for field in model._meta.concrete_fields:
                if not isinstance(field, kinds) or not field.editable:
                    continue
                for sign in "\0\x1b\u202e\u2066":
                    text = f"a{sign}b"
                    if isinstance(field, models.JSONField):
                        text = [text]
                    record = model(**{field.attname: text})
                    with self.subTest(model=model.__name__, field=field.name):
                        with self.assertRaises(ValidationError) as caught:
                            record.clean_fields()
                        self.assertIn(field.name, caught.exception.error_dict)

    def test_every_model_says_in_its_docstring_what_a_row_is(self):
        for model in own_models():
            with self.subTest(model.__name__):
                # Django writes one itself where there is none: "Study(id, slug, …)".
                self.assertNotRegex(model.__doc__, rf"^{model.__name__}\(")

    def test_every_foreign_key_reads_well_backwards(self):
        for model in own_models():
            for field in model._meta.local_fields:
                if field.remote_field and not model._meta.auto_created:
                    with self.subTest(model=model.__name__, field=field.name):
                        self.assertTrue(field.remote_field.related_name)


class DataModelTests(SimpleTestCase):
    def test_the_page_that_draws_the_data_model_is_current(self):
        output = StringIO()
        call_command("data_model", stdout=output)
        page = (settings.BASE_DIR / "docs" / "data-model.md").read_text()
        self.assertEqual(
            page, output.getvalue(), "Run: manage.py data_model > docs/data-model.md"
        )
        for model in own_models():
            self.assertIn(f"| {model.__name__}", page)


class MigrationTests(TestCase):
    def test_no_change_of_a_model_lacks_its_migration(self):
        output = StringIO()
        try:
            call_command("makemigrations", check=True, dry_run=True, stdout=output)
        except SystemExit:
            self.fail(output.getvalue())


class ServerTests(SimpleTestCase):
    def test_long_queries_reach_the_site(self):
        config = Config()
        settings_file = runpy.run_path(settings.BASE_DIR / "gunicorn.conf.py")
        config.set("limit_request_line", settings_file["limit_request_line"])
        for query in ("q=" + "x" * 5000, "coating=" + ",".join(["x" * 60] * 99)):
            request = f"GET /?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            parser = RequestParser(config, iter([request]), ("127.0.0.1", 9))
            self.assertEqual(next(parser).query, query)


class LockTests(SimpleTestCase):
    def test_locks_pin_every_version_by_hash_and_name_no_host(self):
        for name in ["requirements.txt", "requirements-dev.txt"]:
            with self.subTest(name):
                text = (settings.BASE_DIR / name).read_text()
                pins = re.split(r"^(?=[a-z])", text, flags=re.M)[1:]
                self.assertTrue(pins)
                for pin in pins:
                    self.assertRegex(pin, r"^\S+==\S+ (;.* )?\\\n +--hash=sha256:")
                self.assertNotRegex(text, r"://|index-url|find-links")

    def test_the_linter_of_the_api_is_pinned_by_hash_and_names_no_host(self):
        file = settings.BASE_DIR / "tests" / "api" / "spectral" / "package-lock.json"
        own, *packages = json.loads(file.read_text())["packages"].values()
        self.assertEqual(list(own["devDependencies"]), ["@stoplight/spectral-cli"])
        for package in packages:
            self.assertNotIn("resolved", package)
            self.assertRegex(package["integrity"], "^sha512-")

    def test_development_uses_the_versions_of_production(self):
        pattern = re.compile(r"^[a-z0-9-]+==\S+", re.M)
        runtime, development = (
            set(pattern.findall((settings.BASE_DIR / name).read_text()))
            for name in ["requirements.txt", "requirements-dev.txt"]
        )
        self.assertLessEqual(runtime, development)
