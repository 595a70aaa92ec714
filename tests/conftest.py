"""What all tests share: quick settings, and one Chromium for browser tests."""

import os
from importlib import import_module

import pytest
from django.conf import settings
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import sync_playwright

from asei_db.lib import deriving
from tests.chromium import chromium_path
from tests.run import ENGLISH


def pytest_configure():
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Files come straight from their sources, without collectstatic and its hashes.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }
    # Tests change rows without saying so, and count the statements of an answer that is
    # computed. `tests/test_answers.py` has it back.
    settings.MIDDLEWARE = [
        one for one in settings.MIDDLEWARE if one != "asei_db.answers.AnswersMiddleware"
    ]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """The tests' database is as those of users are.

    SQLite keeps it in a file.

    One in memory would have a single connection for the test and all threads of its
    server, whose transactions then get into each other's way now and then. PostgreSQL
    sorts as most servers do.
    """
    # A mutant is one of thousands that are tried, and no server is tested with it.
    if connection.vendor == "sqlite" and "MUTANT_UNDER_TEST" not in os.environ:
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = file
    elif connection.settings_dict["NAME"] == ENGLISH:
        connection.settings_dict["TEST"]["TEMPLATE"] = ENGLISH


@pytest.fixture(autouse=True, scope="session")
def counted_alone():
    """Statements are counted without those of what a test changed before."""
    import_module(settings.ROOT_URLCONF)  # before anything is left to derive
    begin = CaptureQueriesContext.__enter__

    def begin_alone(context):
        deriving.flush()
        return begin(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CaptureQueriesContext, "__enter__", begin_alone)
        yield


@pytest.fixture(autouse=True, scope="class")
def late_deriving(request):
    """In the transaction of a test, what is derived is written when it is read.

    Most tests read little of it. Where a server in another thread reads it, it is
    written at once, as for users.
    """
    is_alone = request.cls is not None and issubclass(request.cls, TestCase)
    deriving._pending.depth += is_alone
    yield is_alone
    deriving._pending.depth -= is_alone


@pytest.fixture(autouse=True)
def derived_once(late_deriving):
    """What follows from a class's own data is written once, before its first test."""
    if late_deriving:
        deriving.flush()
    yield
    deriving._pending.rows.clear()


@pytest.fixture(scope="session")
def chromium():
    """The installed Chromium, driven by Playwright, for the whole session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()
