"""What keeps the site from starting, and what an installation is warned of."""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import mock

from django.conf import settings as active
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import SimpleTestCase, TestCase, override_settings

from asei_db import settings
from asei_db.checks import check_privacy, migrations, reason_not_to_start


def start(*arguments, directory, **variables):
    """What a process says that starts with these variables."""
    environment = {**os.environ, "DATABASE_URL": "", "DEBUG": ""}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=active.BASE_DIR,
        env=environment | {"DATA_DIR": directory} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


class StartTests(SimpleTestCase):
    def setUp(self):
        self.directory = self.enterContext(tempfile.TemporaryDirectory())

    def test_a_wrong_setting_is_one_sentence(self):
        for command in (["manage.py", "check"], ["-m", "gunicorn", "--check-config"]):
            with self.subTest(command):
                ended = start(*command, directory=self.directory, DEBUG="maybe")
                sentence = "DEBUG must be true or false, not 'maybe'.\n"
                self.assertEqual((ended.returncode, ended.stderr), (1, sentence))

    def test_a_database_that_is_not_migrated_is_one_sentence(self):
        ended = start(
            "-c", "import asei_db.wsgi", directory=self.directory, DEBUG="true"
        )
        sentence = "The database is not migrated: run manage.py migrate.\n"
        self.assertEqual((ended.returncode, ended.stderr), (1, sentence))

    def test_a_database_that_cannot_be_reached_is_one_sentence(self):
        for url in (
            "postgresql://user@127.0.0.1:1/asei_db",
            "sqlite:////missing/db.sqlite3",
        ):
            with self.subTest(url):
                ended = start(
                    "manage.py", "migrate", directory=self.directory, DATABASE_URL=url
                )
                sentence = "The database that DATABASE_URL names cannot be reached.\n"
                self.assertEqual((ended.returncode, ended.stderr), (1, sentence))

    def test_what_is_made_is_its_owners_alone(self):
        directory = Path(self.directory) / "data"
        start("manage.py", "check", "--database=default", directory=str(directory))
        files = [directory, directory / "db.sqlite3", directory / "secret_key"]
        modes = [stat.S_IMODE(path.stat().st_mode) for path in files]
        self.assertEqual(modes, [0o700, 0o600, 0o600])

    def test_what_others_can_reach_is_warned_of(self):
        directory = Path(self.directory)
        database = directory / "db.sqlite3"
        database.touch(0o644)
        directory.chmod(0o755)
        with (
            override_settings(DATA_DIR=directory),
            mock.patch.dict(
                active.DATABASES["default"],
                ENGINE="django.db.backends.sqlite3",
                NAME=str(database),
            ),
        ):
            warned = [warning.hint for warning in check_privacy(None)]
            self.assertEqual(
                warned, [f"Run: chmod 700 {directory}", f"Run: chmod 600 {database}"]
            )
            directory.chmod(0o700)
            settings.make_private(database)
            self.assertEqual(check_privacy(None), [])


class ReasonTests(TestCase):
    def reason(self):
        # The test's own connection stays open.
        with mock.patch.object(connection, "close"):
            return reason_not_to_start()

    def test_nothing_keeps_a_whole_installation_from_starting(self):
        self.assertIsNone(self.reason())

    def test_a_migration_that_was_not_run_does(self):
        MigrationRecorder.Migration.objects.filter(app="materials").delete()
        self.assertIn("manage.py migrate", self.reason())

    def test_the_migrations_are_those_that_django_knows(self):
        self.assertEqual(migrations(), set(MigrationLoader(None).disk_migrations))

    def test_static_files_that_were_not_collected_do(self):
        storage = {"read_manifest": lambda: None}
        with mock.patch("asei_db.checks.staticfiles_storage", mock.Mock(**storage)):
            self.assertIn("manage.py collectstatic", self.reason())
