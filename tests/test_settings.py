import os
import re
import stat
import tempfile
from pathlib import Path
from unittest import mock
from urllib.parse import quote

import dj_database_url
from django.conf import settings as active
from django.core.exceptions import ImproperlyConfigured
from django.test import SimpleTestCase

from asei_db import settings
from asei_db.answers import MAX_BYTES


def environment(**variables):
    return mock.patch.dict(os.environ, variables)


class ReadingTheEnvironmentTests(SimpleTestCase):
    def assert_refused(self, sentence, function, *arguments):
        with self.assertRaises(ImproperlyConfigured) as refusal:
            function(*arguments)
        self.assertIn(sentence, str(refusal.exception))

    def test_an_empty_variable_counts_as_not_set(self):
        with environment(NAME="  "):
            self.assertEqual(settings.env("NAME", "default"), "default")
            self.assertIs(settings.env_bool("NAME", True), True)

    def test_true_and_false_are_understood_in_any_case(self):
        for text, value in [("true", True), ("TRUE", True), ("False", False)]:
            with self.subTest(text), environment(DEBUG=text):
                self.assertIs(settings.env_bool("DEBUG", not value), value)

    def test_a_switch_that_is_neither_true_nor_false_is_refused(self):
        for text in ["maybe", "1", "yes"]:
            with self.subTest(text), environment(DEBUG=text):
                sentence = f"DEBUG must be true or false, not '{text}'."
                self.assert_refused(sentence, settings.env_bool, "DEBUG", False)

    def test_hosts_are_listed_with_commas(self):
        with environment(ALLOWED_HOSTS="asei.example.org, .example.com,"):
            hosts = settings.env_hosts("ALLOWED_HOSTS", "")
        self.assertEqual(hosts, ["asei.example.org", ".example.com"])

    def test_a_host_written_as_a_url_is_refused(self):
        for text in ["https://asei.example.org", "one two"]:
            with self.subTest(text), environment(ALLOWED_HOSTS=text):
                sentence = f"not '{text}'"
                self.assert_refused(sentence, settings.env_hosts, "ALLOWED_HOSTS", "")

    def test_origins_carry_their_scheme(self):
        origins = ["https://asei.example.org", "http://localhost:8000"]
        with environment(CSRF_TRUSTED_ORIGINS=",".join(origins)):
            found = settings.env_origins("CSRF_TRUSTED_ORIGINS")
        self.assertEqual(found, origins)

    def test_an_origin_without_scheme_or_with_a_path_is_refused(self):
        for text in ["asei.example.org", "https://asei.example.org/", "ftp://a", "://"]:
            with self.subTest(text), environment(CSRF_TRUSTED_ORIGINS=text):
                sentence = f"such as 'https://db.example.org', not '{text}'"
                name = "CSRF_TRUSTED_ORIGINS"
                self.assert_refused(sentence, settings.env_origins, name)

    def test_a_log_level_is_one_of_five(self):
        with environment(LOG_LEVEL="warning"):
            level = settings.env_choice("LOG_LEVEL", "INFO", settings.LOG_LEVELS)
        self.assertEqual(level, "WARNING")
        with environment(LOG_LEVEL="loud"):
            self.assert_refused(
                "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL",
                settings.env_choice,
                "LOG_LEVEL",
                "INFO",
                settings.LOG_LEVELS,
            )

    def test_a_data_directory_that_cannot_be_made_is_refused(self):
        with tempfile.NamedTemporaryFile() as file, environment(DATA_DIR=file.name):
            sentence = "DATA_DIR must be a directory"
            self.assert_refused(sentence, settings.env_directory, "DATA_DIR", "var")

    def test_variables_in_the_file_give_way_to_the_environment(self):
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / ".env"
            path.write_text("# ONE=0\nONE=1\nTWO='2 = two'\n\nwords\n")
            with environment(ONE="first"):
                settings.read_env_file(path)
                self.assertEqual(os.environ["ONE"], "first")
                self.assertEqual(os.environ["TWO"], "2 = two")
                self.assertNotIn("# ONE", os.environ)

    def test_a_missing_file_of_variables_is_no_error(self):
        settings.read_env_file(Path("no such file"))


class DatabaseUrlTests(SimpleTestCase):
    def database(self, url, default=""):
        with environment(DATABASE_URL=url):
            return settings.env_database("DATABASE_URL", default)

    def test_sqlite_does_not_block_readers_and_waits_for_writers(self):
        database = self.database("sqlite:////srv/asei/db.sqlite3")
        self.assertEqual(database["NAME"], "/srv/asei/db.sqlite3")
        self.assertEqual(database["OPTIONS"]["transaction_mode"], "IMMEDIATE")
        self.assertEqual(database["OPTIONS"]["timeout"], 20)
        self.assertIn("journal_mode=WAL", database["OPTIONS"]["init_command"])
        self.assertIn("synchronous=NORMAL", database["OPTIONS"]["init_command"])

    def test_postgresql_is_reached_over_the_network_or_a_socket(self):
        database = self.database("postgresql://ada:p%40ss@db.example.org:5433/asei")
        self.assertEqual(database["ENGINE"], "django.db.backends.postgresql")
        self.assertEqual(database["PASSWORD"], "p@ss")
        self.assertEqual((database["HOST"], database["PORT"]), ("db.example.org", 5433))
        self.assertTrue(database["CONN_HEALTH_CHECKS"])
        self.assertGreater(database["CONN_MAX_AGE"], 0)
        database = self.database("postgresql:///asei?host=/run/postgresql")
        self.assertEqual(database["OPTIONS"]["host"], "/run/postgresql")

    def test_a_directory_with_odd_letters_holds_the_default_database(self):
        path = "/srv/ASEI #1 100%?/db.sqlite3"
        url = f"sqlite:///{quote(path)}"
        self.assertEqual(self.database("", default=url)["NAME"], path)

    def test_nonsense_is_refused_without_repeating_a_password(self):
        for url in [
            "nonsense-secret",
            "mysql://ada:secret@localhost/asei",
            "postgresql://ada:secret@localhost:port/asei",
            "postgresql://ada:secret@localhost",
        ]:
            with self.subTest(url), self.assertRaises(ImproperlyConfigured) as refusal:
                self.database(url)
            self.assertIn("DATABASE_URL must be a URL such as", str(refusal.exception))
            self.assertNotIn("secret", str(refusal.exception))


class CacheUrlTests(SimpleTestCase):
    def cache(self, url):
        with environment(CACHE_URL=url):
            return settings.env_cache("CACHE_URL")

    def test_without_a_url_a_bounded_part_of_the_memory_is_used(self):
        cache = self.cache("")
        self.assertIn("LocMemCache", cache["BACKEND"])
        self.assertEqual(cache["OPTIONS"]["MAX_ENTRIES"] * MAX_BYTES, 64 * 1024**2)

    def test_a_url_names_a_redis_which_nobody_waits_for_long(self):
        for url in (
            "redis://localhost",
            "redis://:pass,word@cache.example.org:6380/2",
            "rediss://ada:secret@[::1]:6379/",
            "unix:///run/redis.sock?db=1",
        ):
            with self.subTest(url):
                cache = self.cache(url)
                self.assertIn("RedisCache", cache["BACKEND"])
                self.assertEqual(cache["LOCATION"], [url])
                self.assertLess(cache["OPTIONS"]["socket_connect_timeout"], 1)

    def test_nonsense_is_refused_without_repeating_a_password(self):
        for url in (
            "secret",
            "redis://",
            "redis://:secret@localhost:port",
            "redis://:secret@localhost:0",
            "redis://:secret@localhost/first",
            "http://:secret@localhost",
            "unix://secret",
        ):
            with self.subTest(url), self.assertRaises(ImproperlyConfigured) as refusal:
                self.cache(url)
            self.assertEqual(
                str(refusal.exception),
                "CACHE_URL must be a URL such as 'redis://localhost:6379/0'.",
            )

    def test_a_redis_needs_its_package(self):
        with (
            mock.patch("asei_db.settings.find_spec", return_value=None),
            self.assertRaises(ImproperlyConfigured) as refusal,
        ):
            self.cache("redis://localhost")
        self.assertIn("pip install redis", str(refusal.exception))


class SecretKeyTests(SimpleTestCase):
    def setUp(self):
        directory = self.enterContext(tempfile.TemporaryDirectory())
        self.path = Path(directory) / "secret_key"

    def key(self, text=""):
        with environment(SECRET_KEY=text):
            return settings.env_secret_key("SECRET_KEY", self.path)

    def test_a_key_is_made_once_for_its_owner_alone(self):
        key = self.key()
        self.assertEqual(self.key(), key)
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertEqual(list(self.path.parent.iterdir()), [self.path])

    def test_the_environments_key_is_used_and_no_file_is_made(self):
        self.assertEqual(self.key("k" * 50), "k" * 50)
        self.assertFalse(self.path.exists())

    def test_a_short_key_is_refused_and_not_repeated(self):
        with self.assertRaises(ImproperlyConfigured) as refusal:
            self.key("brief")
        self.assertEqual(
            str(refusal.exception), "SECRET_KEY must have at least 50 characters."
        )
        self.path.write_text("")
        with self.assertRaises(ImproperlyConfigured):
            self.key()


class DocumentedVariablesTests(SimpleTestCase):
    def test_the_example_lists_every_variable_that_the_settings_read(self):
        source = Path(settings.__file__).read_text()
        example = (settings.BASE_DIR / ".env.example").read_text()
        read = set(re.findall(r'= env\w*\(\s*"([A-Z_]+)"', source))
        read |= set(re.findall(r'"default": env_\w+\(\s*"([A-Z_]+)"', source))
        self.assertEqual(set(re.findall(r"^([A-Z_]+)=", example, re.M)), read)


class ActiveSettingsTests(SimpleTestCase):
    def test_every_page_carries_a_strict_content_security_policy(self):
        response = self.client.get("/no-such-page/")
        policy = response.headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertIn("script-src 'self';", f"{policy};")
        self.assertNotIn("unsafe", policy)
        self.assertEqual(response.headers["X-Frame-Options"], "DENY")
        self.assertEqual(response.headers["Referrer-Policy"], "same-origin")

    def test_tests_run_on_the_database_that_the_environment_names(self):
        url = os.environ.get("DATABASE_URL") or "sqlite://:memory:"
        engine = dj_database_url.parse(url)["ENGINE"]
        self.assertEqual(active.DATABASES["default"]["ENGINE"], engine)
