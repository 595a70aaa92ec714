"""What takes the database too long is ended and answered with 503."""

from unittest import skipUnless
from unittest.mock import patch

from django.conf import settings
from django.db import OperationalError, connection
from django.test import SimpleTestCase, TestCase
from psycopg.errors import QueryCanceled

from materials.models import Material
from tests.factories import create_material


def time_out(*args):
    raise OperationalError("canceling statement") from QueryCanceled()


class OverloadTests(TestCase):
    def assert_overloaded(self, path, media_type):
        with self.assertLogs("asei_db.overload", "WARNING"):
            response = self.client.get(path)
        self.assertEqual(response.status_code, 503)
        self.assertEqual(response["Content-Type"].split(";")[0], media_type)
        self.assertEqual(response["Retry-After"], "30")
        return response

    def test_page_and_api_say_when_to_come_back(self):
        with patch("django.db.models.query.QuerySet.count", time_out):
            page = self.assert_overloaded("/materials/?q=film", "text/html")
            self.assertContains(page, "too long", status_code=503)
            answer = self.assert_overloaded(
                "/api/v1/materials/?q=film", "application/problem+json"
            )
        self.assertEqual(answer.json()["status"], 503)
        self.assertEqual(answer["Access-Control-Allow-Origin"], "*")

    def test_other_faults_of_the_database_stay_faults(self):
        def fail(*args):
            raise OperationalError("no such table")

        with (
            patch("django.db.models.query.QuerySet.count", fail),
            self.assertRaises(OperationalError),
        ):
            self.client.get("/materials/")

    @skipUnless(connection.vendor == "postgresql", "SQLite has no such limit")
    def test_postgresql_ends_a_statement_at_the_limit(self):
        create_material("Film")
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            limit = f"{settings.STATEMENT_TIMEOUT_SECONDS}s"
            self.assertEqual(cursor.fetchone(), (limit,))
            cursor.execute("SET LOCAL statement_timeout = 10")
        slow = Material.objects.extra(where=["pg_sleep(5) IS NOT NULL"])
        with patch("materials.views.records.MaterialViews.queryset", slow):
            self.assert_overloaded("/materials/film/", "text/html")


class LimitTests(SimpleTestCase):
    def test_the_limit_joins_other_options_of_the_connection(self):
        from asei_db.settings import limit_statements

        database = {
            "ENGINE": "django.db.backends.postgresql",
            "OPTIONS": {"options": "-c search_path=asei"},
        }
        limit_statements(database, 20)
        self.assertEqual(
            database["OPTIONS"]["options"],
            "-c search_path=asei -c statement_timeout=20s",
        )
