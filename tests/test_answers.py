"""Public answers that are kept until published data changes."""

import gzip
import os
from pathlib import Path
from unittest import mock

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory, SimpleTestCase, TestCase, override_settings
from django.test.client import ClientHandler

from api.middleware import public_headers
from asei_db import answers, settings
from literature.revision import Revision, current
from tests.factories import create_coating, create_study
from tests.test_overload import time_out

PAGES = ("/", "/materials/", "/search/?q=film", "/api/docs/")
API = ("/api/v1/materials/", "/api/v1/studies/first/", "/api/v1/")
STREAMED = "/api/v1/materials/?format=csv"
GZIP = {"Accept-Encoding": "gzip"}
KEEPING = override_settings(
    MIDDLEWARE=settings.MIDDLEWARE,
    CACHES={"default": settings.env_cache("CACHE_URL_OF_NO_TEST")},
)


def django(environ, start_response):
    """Django's WSGI application, which leaves the connection of the test open."""
    response = ClientHandler()(environ)
    start_response(f"{response.status_code}", [*response.items()])
    return [response.content]


@KEEPING
class AnswersTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.study = create_study(slug="first", title="The first film")
        create_coating(studies=[cls.study])
        current()  # what is derived of them is written, once

    def setUp(self):
        cache.clear()
        self.addCleanup(cache.clear)
        later = answers.time.time() + 5
        clock = mock.patch("asei_db.answers.time.time", return_value=later)
        self.enterContext(clock)

    def get(self, address, headers=None, **kwargs):
        return self.client.get(address, headers=headers or {}, **kwargs)

    def change(self):
        self.study.title = "The second film"
        self.study.save()


class RepeatedTests(AnswersTests):
    def test_a_repeated_answer_is_the_same_and_costs_the_statement_of_the_revision(
        self,
    ):
        for address in (*PAGES, *API):
            with self.subTest(address):
                first = self.get(address)
                with self.assertNumQueries(1):
                    again = self.get(address)
                self.assertEqual(again.status_code, 200)
                self.assertEqual(again.content, first.content)
                changing = "X-Request-ID"
                self.assertEqual(
                    {**first.headers, changing: ""}, {**again.headers, changing: ""}
                )

    def test_each_answer_of_the_api_has_an_id_of_its_own_and_may_be_read_anywhere(self):
        first, again = (self.get("/api/v1/materials/") for _ in range(2))
        known = self.get("/api/v1/materials/", {"If-None-Match": first["ETag"]})
        ids = {answer["X-Request-ID"] for answer in (first, again, known)}
        self.assertEqual(len(ids), 3)
        for answer in (again, known):
            self.assertEqual(answer["Access-Control-Allow-Origin"], "*")

    def test_it_comes_compressed_to_those_who_can_read_that(self):
        for first, second in ((GZIP, {}), ({}, GZIP)):
            cache.clear()
            for address in ("/materials/", "/api/v1/materials/"):
                bodies = {}
                for headers in (first, second, first):
                    with self.subTest(address, first=first, headers=headers):
                        answer = self.get(address, headers)
                        body = answer.content
                        self.assertEqual(answer["Content-Length"], str(len(body)))
                        self.assertIn("Accept-Encoding", answer["Vary"])
                        if headers:
                            self.assertEqual(answer["Content-Encoding"], "gzip")
                            body = gzip.decompress(body)
                        else:
                            self.assertNotIn("Content-Encoding", answer.headers)
                        bodies[answer["ETag"]] = body
                        self.assertEqual(set(bodies.values()), {body})
                self.assertEqual(len(bodies), 1)

    def test_what_is_too_short_to_be_compressed_is_kept_as_it_is(self):
        address = "/api/v1/elements/?page_size=1&atomic_number_min=118"
        self.get(address, GZIP)
        with self.assertNumQueries(1):
            again = self.get(address, GZIP)
        self.assertNotIn("Content-Encoding", again.headers)
        self.assertEqual(again.json()["results"], [])

    def test_head_has_the_headers_of_get_and_keeps_nothing(self):
        with mock.patch.object(answers, "_copy") as copy:
            before = self.client.head("/materials/")
        copy.assert_not_called()
        whole = self.get("/materials/")
        with self.assertNumQueries(1):
            after = self.client.head("/materials/")
        for answer in (before, after):
            self.assertEqual(answer.content, b"")
            self.assertEqual(answer.headers, whole.headers)

    def test_a_change_gives_another_answer_under_another_tag(self):
        before = self.get("/studies/", GZIP)
        self.change()
        after = self.get("/studies/")
        self.assertContains(after, "The second film")
        self.assertNotEqual(after["ETag"], before["ETag"])
        with self.assertNumQueries(1):
            self.assertEqual(self.get("/studies/").content, after.content)

    def test_a_draft_changes_no_tag(self):
        before = self.get("/studies/")
        create_study(slug="draft", status="draft")
        current()
        with self.assertNumQueries(1):
            self.assertEqual(self.get("/studies/")["ETag"], before["ETag"])

    def test_a_change_of_the_code_does_too(self):
        before = self.get("/materials/")
        with mock.patch("asei_db.answers.code_version", return_value="2"):
            self.assertNotEqual(self.get("/materials/")["ETag"], before["ETag"])

    def test_a_database_made_anew_has_other_tags(self):
        before = self.get("/materials/")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE literature_datarevision SET changed_unix_s = changed_unix_s - 9"
            )
        self.assertNotEqual(self.get("/materials/")["ETag"], before["ETag"])

    def test_each_address_and_host_has_its_own(self):
        names = ("localhost", "127.0.0.1")
        with override_settings(ALLOWED_HOSTS=names):
            for host in names * 2:
                found = self.get("/api/v1/", headers={"Host": host})
                self.assertIn(f"http://{host}/api/v1/", found.json()["studies"])
        addresses = ("/materials/", "/materials/?q=a", "/materials/?q=b", "/")
        tags = {self.get(address)["ETag"] for address in addresses}
        self.assertEqual(len(tags), len(addresses))

    def test_a_page_and_its_part_for_htmx_are_two_answers(self):
        for _ in range(2):
            page = self.get("/materials/")
            part = self.get("/materials/", {"HX-Request": "true"})
            boosted = self.get(
                "/materials/", {"HX-Request": "true", "HX-Boosted": "true"}
            )
            self.assertContains(page, "<html")
            self.assertContains(boosted, "<html")
            self.assertNotContains(part, "<html")
            self.assertEqual(len({page["ETag"], part["ETag"], boosted["ETag"]}), 3)
            self.assertIn("HX-Request", page["Vary"])

    def test_pages_are_asked_for_each_time_and_the_api_once_a_minute(self):
        for address in PAGES:
            self.assertEqual(self.get(address)["Cache-Control"], "public, no-cache")
        for address in API:
            answer = self.get(address)
            self.assertIn("public, max-age=60", answer["Cache-Control"])
            self.assertEqual(answer["Vary"], "Accept-Encoding")


class NotModifiedTests(AnswersTests):
    def test_who_has_the_answer_gets_304_for_the_statement_of_the_revision(self):
        for address in (*PAGES, *API):
            answer = self.get(address)
            cache.clear()
            digest = answer["ETag"].removeprefix("W/")
            for tags in (answer["ETag"], digest, f'"other", {answer["ETag"]}'):
                with self.subTest(address, tags=tags), self.assertNumQueries(1):
                    known = self.get(address, {"If-None-Match": tags})
                    self.assertEqual((known.status_code, known.content), (304, b""))
                    for name in ("ETag", "Cache-Control", "Vary", "Last-Modified"):
                        self.assertEqual(known[name], answer[name])
            with self.assertNumQueries(1):
                head = self.client.head(
                    address, headers={"If-Modified-Since": answer["Last-Modified"]}
                )
            self.assertEqual(head.status_code, 304)

    def test_what_streams_is_known_too(self):
        table = self.get(STREAMED)
        self.assertTrue(table.streaming)
        with self.assertNumQueries(1):
            known = self.get(STREAMED, {"If-None-Match": table["ETag"]})
        self.assertEqual(known.status_code, 304)

    def test_who_has_an_older_one_gets_the_new_one(self):
        before = self.get("/api/v1/studies/first/")
        self.change()
        for name, value in (
            ("If-None-Match", before["ETag"]),
            ("If-Modified-Since", before["Last-Modified"]),
            ("If-Modified-Since", "yesterday"),
            ("If-None-Match", "*"),
        ):
            with self.subTest(name):
                after = self.get("/api/v1/studies/first/", {name: value})
                self.assertEqual(after.json()["title"], "The second film")

    def test_a_tag_goes_before_a_time(self):
        headers = {"If-None-Match": '"other"'}
        headers["If-Modified-Since"] = self.get("/materials/")["Last-Modified"]
        self.assertEqual(self.get("/materials/", headers).status_code, 200)

    def test_a_time_that_is_yet_to_come_is_not_said(self):
        with mock.patch("asei_db.answers.time.time", return_value=1):
            answer = self.get("/materials/")
            self.assertNotIn("Last-Modified", answer.headers)
            since = {"If-Modified-Since": "Fri, 31 Dec 2100 23:59:59 GMT"}
            self.assertEqual(self.get("/materials/", since).status_code, 200)


class FirstTests(AnswersTests):
    """What is kept is given before Django makes a request."""

    def setUp(self):
        super().setUp()
        answers._addresses.clear()

    def ask(self, address, headers=None, application=None):
        """Status, headers and body, as a server gets them."""
        environ = RequestFactory().get(address, headers=headers or {}).environ
        found = []
        first = answers.AnswersFirst(application or django, public_headers)
        body = b"".join(first(environ, lambda *start: found.extend(start)))
        return found[0], dict(found[1]), body

    def ask_first(self, address, headers=None):
        """The same, where Django would be a fault."""
        return self.ask(address, headers, mock.Mock(side_effect=AssertionError))

    def test_it_is_what_django_would_give(self):
        for address in (*PAGES, *API):
            for headers in ({}, GZIP, {"Cookie": "theme=dark"}):
                with self.subTest(address, headers=headers):
                    self.ask(address, headers)
                    status, ours, body = self.ask_first(address, headers)
                    answer = self.get(address, headers)
                    self.assertEqual((status, body), ("200 OK", answer.content))
                    is_api = address.startswith("/api/")
                    changing = {"X-Request-ID": ""} if is_api else {}
                    self.assertEqual(ours | changing, {**answer.headers} | changing)
                    known = {**headers, "If-None-Match": answer["ETag"]}
                    status, ours, body = self.ask_first(address, known)
                    answer = self.get(address, known)
                    self.assertEqual((status, body), ("304 Not Modified", b""))
                    self.assertEqual(ours | changing, {**answer.headers} | changing)

    def test_ids_are_the_clients_or_new(self):
        self.ask(API[0])
        ids = [self.ask_first(API[0])[1]["X-Request-ID"] for _ in range(2)]
        self.assertNotEqual(*ids)
        _, headers, _ = self.ask_first(API[0], {"X-Request-ID": "mine-1"})
        self.assertEqual(headers["X-Request-ID"], "mine-1")

    def test_after_a_change_it_is_asked_anew(self):
        _, before, _ = self.ask("/studies/")
        self.change()
        with self.assertRaises(AssertionError):
            self.ask_first("/studies/")
        _, after, body = self.ask("/studies/")
        self.assertIn(b"The second film", body)
        self.assertNotEqual(after["ETag"], before["ETag"])
        self.assertEqual(self.ask_first("/studies/")[2], body)

    def test_what_is_personal_or_not_readable_comes_from_django(self):
        self.ask("/materials/")
        for headers in (
            {"Authorization": "Bearer a"},
            {"Cookie": "sessionid=a"},
            {"Host": "other.example.org"},
            {"X-Forwarded-Proto": "https"},
        ):
            with self.subTest(headers), self.assertRaises(AssertionError):
                self.ask_first("/materials/", headers)
        for address in ("/materials/%C3%A9/", "/materials/%E9/"):
            for _ in range(2):
                with self.assertLogs("django.request"):
                    self.ask(address)
            with self.subTest(address), self.assertRaises(AssertionError):
                self.ask_first(address)

    def test_it_remembers_no_more_addresses_than_it_may(self):
        with mock.patch.object(answers, "_MOST_ADDRESSES", 2):
            for number in range(5):
                self.ask(f"/materials/?page_size={number + 1}")
        self.assertLessEqual(len(answers._addresses), 2)


class PassingTests(AnswersTests):
    def assert_computed(self, address, status=200, **kwargs):
        """Neither kept nor known by a tag: it is computed each time."""
        for _ in range(2):
            with mock.patch.object(answers, "_copy") as copy:
                answer = self.get(address, **kwargs)
            copy.assert_not_called()
            self.assertEqual(answer.status_code, status)
            self.assertNotIn("ETag", answer.headers)
        return answer

    def test_who_is_logged_in_gets_what_is_computed_now(self):
        for address in ("/materials/", "/api/v1/materials/"):
            self.get(address)
        self.client.force_login(User.objects.create_superuser("ada"))
        for address in ("/materials/", "/api/v1/materials/"):
            tag = self.get(address).headers.get("ETag", '"tag"')
            answer = self.assert_computed(address, headers={"If-None-Match": tag})
            self.assertEqual(answer["Cache-Control"], "private, no-cache")

    def test_pages_of_the_admin_are_never_kept(self):
        self.assert_computed("/admin/login/")
        self.client.force_login(User.objects.create_superuser("ada"))
        for address in ("/admin/", "/admin/literature/study/"):
            answer = self.assert_computed(address)
            self.assertIn("no-store", answer["Cache-Control"])

    def test_what_asks_with_authorization_is_never_kept(self):
        self.assert_computed("/materials/", headers={"Authorization": "Bearer a"})

    def test_errors_are_never_kept(self):
        for address, status in (
            ("/materials/?q=%00", 400),
            ("/api/v1/materials/?q=%00", 400),
            ("/api/v1/materials/none/", 404),
            ("/none/", 404),
            ("/api/", 302),
        ):
            with self.subTest(address):
                self.assert_computed(address, status)
        with (
            mock.patch("django.db.models.query.QuerySet.count", time_out),
            self.assertLogs("asei_db.overload"),
        ):
            self.assert_computed("/api/v1/materials/", 503)
        self.assertEqual(self.get("/api/v1/materials/").status_code, 200)

    def test_a_foreign_host_is_refused_as_ever(self):
        self.assert_computed("/api/v1/", 400, headers={"Host": "other.example.org"})

    def test_no_other_method_is_answered_from_what_is_kept(self):
        self.get("/api/v1/materials/")
        for method in ("post", "put", "delete", "options"):
            answer = getattr(self.client, method)("/api/v1/materials/")
            self.assertNotIn("ETag", answer.headers)
            self.assertIn(answer.status_code, (204, 403, 405))

    def test_nothing_is_kept_before_anything_was_published(self):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM literature_datarevision")
        self.assert_computed("/materials/")

    def test_a_cache_that_fails_is_no_fault_of_the_answer(self):
        unreachable = {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": ["redis://127.0.0.1:1"],
        }
        with (
            override_settings(CACHES={"default": unreachable}),
            self.assertLogs("asei_db.answers", "ERROR") as logs,
        ):
            for address in ("/materials/", "/materials/", "/api/v1/materials/"):
                answer = self.get(address)
                self.assertEqual(answer.status_code, 200)
                known = self.get(address, {"If-None-Match": answer["ETag"]})
                self.assertEqual(known.status_code, 304)
        self.assertEqual(len(logs.output), 1)

    def test_a_database_that_fails_is_answered_as_ever(self):
        with mock.patch("asei_db.answers.current", side_effect=OperationalError):
            self.assert_computed("/api/docs/")


class WhatMayBeKeptTests(SimpleTestCase):
    """Of answers that no page gives today."""

    def ask(self, response):
        """Whether the response has a tag, and whether it is kept."""
        with (
            mock.patch("asei_db.answers.current", return_value=Revision(1, 1)),
            mock.patch("asei_db.answers.kept_answers") as kept,
        ):
            kept.get.return_value = None
            middleware = answers.AnswersMiddleware(lambda request: response)
            middleware(RequestFactory().get("/"))
        return response.has_header("ETag"), kept.set.called

    def test_what_is_the_same_for_all_is_kept(self):
        self.assertEqual(self.ask(HttpResponse("a")), (True, True))
        policy = {"Content-Security-Policy": "script-src 'self'", "Vary": "HX-Request"}
        self.assertEqual(self.ask(HttpResponse("a", headers=policy)), (True, True))

    def test_what_is_not_has_no_tag_either(self):
        for name, value in (
            ("Vary", "Accept-Encoding, Cookie"),
            ("Vary", "*"),
            ("Cache-Control", "max-age=5"),
            ("Content-Security-Policy", "script-src 'nonce-1'"),
        ):
            with self.subTest(name, value=value):
                response = HttpResponse("a", headers={name: value})
                self.assertEqual(self.ask(response), (False, False))
                self.assertEqual(response[name], value)
        response = HttpResponse("a")
        response.set_cookie("csrftoken", "secret")
        self.assertEqual(self.ask(response), (False, False))
        self.assertEqual(self.ask(HttpResponse("a", status=206)), (False, False))

    def test_what_streams_or_is_too_large_is_known_by_its_tag_alone(self):
        self.assertEqual(self.ask(StreamingHttpResponse(["a"])), (True, False))
        large = os.urandom(answers.MAX_BYTES + 1)
        self.assertEqual(self.ask(HttpResponse(large)), (True, False))
        self.assertEqual(self.ask(HttpResponse(large[:-1])), (True, True))

    def test_a_cache_that_failed_is_asked_again_after_a_while(self):
        with (
            mock.patch("asei_db.answers.kept_answers") as kept,
            mock.patch("asei_db.answers.time.monotonic") as clock,
        ):
            middleware = answers.AnswersMiddleware(None)
            clock.return_value, kept.get.side_effect = 100, OSError
            with self.assertLogs("asei_db.answers"):
                self.assertIsNone(middleware._ask(kept.get, "key"))
            kept.get.side_effect = None
            self.assertIsNone(middleware._ask(kept.get, "key"))
            clock.return_value += answers.REST_SECONDS
            self.assertIs(middleware._ask(kept.get, "key"), kept.get.return_value)

    def test_nothing_is_kept_while_templates_may_change(self):
        with self.settings(DEBUG=True), self.assertRaises(MiddlewareNotUsed):
            answers.AnswersMiddleware(None)

    def test_the_version_of_the_code_is_the_same_until_a_file_is_another(self):
        version = answers.code_version.__wrapped__
        self.assertEqual(version(), version())
        with mock.patch.object(Path, "read_bytes", return_value=b""):
            other = version()
        self.assertNotEqual(other, version())
