"""Walks through long lists by cursor."""

import re
from urllib.parse import urlsplit

from django.core.management import call_command
from django.http import QueryDict
from django.test import TestCase

from api.urls import router
from asei_db.lib.filters import OrderByFilter
from asei_db.lib.keyset import Keyset
from literature.models import Study
from tests.factories import create_study

#: Of studies by their slugs: two are of one year, two of none.
YEARS = {"a": 2024, "b": 2020, "c": 2020, "d": 2011, "e": None, "f": None}


class CursorTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for slug, year in YEARS.items():
            create_study(slug=slug, year=year, journal=f"Journal of {slug}")

    def get(self, address, query=None):
        response = self.client.get(address, query)
        self.assertEqual(response.status_code, 200, response.content)
        return response.json()

    def start(self, **query):
        query = {"cursor": "start", "page_size": 2} | query
        return self.get("/api/v1/studies/", query)

    def walk(self, answer, change=lambda: None):
        """The slugs of a page and all that follow, with a change after each."""
        slugs = [item["slug"] for item in answer["results"]]
        while answer["next"]:
            change()
            answer = self.get(answer["next"])
            slugs += [item["slug"] for item in answer["results"]]
        return "".join(slugs)

    def cursor_of(self, address):
        [cursor] = QueryDict(urlsplit(address).query).getlist("cursor")
        return cursor

    def refused(self, query, param="cursor"):
        response = self.client.get("/api/v1/studies/", query)
        self.assertEqual(response.status_code, 400, response.content)
        [error] = response.json()["errors"]
        self.assertEqual(error["param"], param)
        return error

    def test_a_walk_finds_each_row_once_in_the_order_of_the_list(self):
        for order, slugs in [
            ("", "abcdef"),
            ("year", "dbcaef"),
            ("-year", "abcdef"),
            ("-year,-journal", "acbdfe"),
            ("journal", "abcdef"),
        ]:
            query = {"order_by": order} if order else {}
            for size in (1, 2, 3, 6, 7):
                with self.subTest(order, size=size):
                    answer = self.start(**query, page_size=size)
                    self.assertEqual(self.walk(answer), slugs)

    def test_rows_that_come_and_go_move_no_other(self):
        def change():
            """What was read goes; something new comes in front, and one behind."""
            Study.objects.get(slug=slugs.pop(0)).delete()
            create_study(slug=f"new-{len(slugs)}", year=2030)
            create_study(slug=f"z-{len(slugs)}", year=None)

        slugs = [*"abcdef"]
        found = self.walk(self.start(), change)
        self.assertEqual(found, "abcdef" + "".join(sorted(re.findall("z-.", found))))
        self.assertIn("z-5", found)

    def test_rows_between_pages_come_and_go(self):
        answer = self.start(order_by="year")  # d, b
        Study.objects.get(slug="b").delete()
        Study.objects.get(slug="c").delete()
        create_study(slug="x", year=2020, journal="")
        self.assertEqual(self.walk(answer), "dbxaef")

    def test_an_empty_list_is_one_empty_page(self):
        self.assertEqual(
            self.start(q="nowhere-to-be-found"),
            {"count": 0, "next": None, "previous": None, "results": []},
        )

    def test_the_count_is_that_of_the_start(self):
        answer = self.start()
        create_study(slug="g")
        self.assertEqual(answer["count"], 6)
        self.assertEqual(self.get(answer["next"])["count"], 6)
        self.assertIsNone(self.get(answer["next"])["previous"])

    def test_a_page_may_have_another_size(self):
        answer = self.start()
        answer = self.get(answer["next"].replace("page_size=2", "page_size=4"))
        self.assertEqual([item["slug"] for item in answer["results"]], [*"cdef"])
        self.assertIsNone(answer["next"])

    def test_a_cursor_holds_for_its_own_list_alone(self):
        cursor = self.cursor_of(self.start()["next"])
        for query in ({"order_by": "year"}, {"year_min": 2000}):
            error = self.refused(query | {"cursor": cursor})
            self.assertEqual(error["suggestion"], "start")
        response = self.client.get("/api/v1/materials/", {"cursor": cursor})
        self.assertEqual(response.status_code, 400)

    def test_what_is_no_cursor_is_refused(self):
        cursor = self.cursor_of(self.start()["next"])
        for bad in ("", "2", "end", ":", "é", cursor[:-1], f"x{cursor}", "x" * 3000):
            with self.subTest(bad[:20]):
                self.refused({"cursor": bad})

    def test_a_walk_has_no_numbered_pages(self):
        self.refused({"cursor": "start", "page": 1})
        self.refused({"cursor": "start", "page_size": 0}, "page_size")
        error = self.refused({"cursor": "start", "format": "csv"})
        self.assertEqual(error["code"], "without_pages")

    def test_long_orders_fit_in_a_cursor(self):
        for number in range(3):
            create_study(slug=f"long-{number}", journal="", title="ä" * 480)
        answer = self.start(order_by="title", page_size=1)
        self.assertEqual(len(self.walk(answer)), len("abcdef" + "long-0" * 3))

    def test_a_page_of_a_walk_takes_few_statements(self):
        with self.assertNumQueries(3):  # count, keys, documents
            answer = self.start(order_by="slug")
        # keys: of the same slug, of further ones; documents
        with self.assertNumQueries(3):
            self.get(answer["next"])


class EveryWalkTests(TestCase):
    """All lists, in every order that they have."""

    @classmethod
    def setUpTestData(cls):
        call_command("generate_literature", coatings=40, seed=3, verbosity=0)

    def walked(self, keyset):
        position = None
        while some := keyset.behind(position, 7):
            yield from (key for key, _ in some)
            position = some[-1][1]

    def test_every_list_is_walked_in_every_order(self):
        for name, view, _ in router.registry:
            filterset = getattr(view, "filterset_class", None)
            if filterset is None:
                continue
            orders = [""]
            for declared in filterset.base_filters.values():
                if isinstance(declared, OrderByFilter):
                    orders += [order for order, _ in declared.extra["choices"]]
            for order in orders:
                query = {"order_by": order} if order else {}
                if order.removeprefix("-") == "value":
                    query["property"] = "growth_per_cycle"
                with self.subTest(name, order=order):
                    found = filterset(query).qs
                    expected = [*found.values_list("pk", flat=True)]
                    self.assertEqual([*self.walked(Keyset(found))], expected)
