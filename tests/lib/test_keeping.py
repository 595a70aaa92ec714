"""What is computed of published data is kept until that changes."""

from unittest import mock

from django.db import connection
from django.http import HttpRequest
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from asei_db.lib import keeping
from asei_db.lib.keeping import kept
from literature.revision import current
from materials.choices import DepositionMethod
from materials.filters import CoatingFilter
from tests.factories import create_coating, create_material, create_process


class KeptTests(SimpleTestCase):
    def setUp(self):
        self.enterContext(mock.patch.object(keeping, "MOST", 2))
        self.enterContext(mock.patch.dict(keeping._kept, clear=True))
        self.made = []

    def ask(self, name, revision=(1, 0)):
        def make():
            self.made.append(name)
            return name.upper()

        return kept(revision, (name,), make)

    def test_a_value_is_made_once_a_revision(self):
        self.assertEqual([self.ask("a"), self.ask("a")], ["A", "A"])
        self.assertEqual(self.made, ["a"])
        self.ask("a", revision=(2, 0))
        self.assertEqual(self.made, ["a", "a"])

    def test_what_was_not_asked_for_longest_goes(self):
        for name in "abac":
            self.ask(name)
        self.assertEqual(self.made, ["a", "b", "c"])
        self.ask("a")
        self.ask("b")
        self.assertEqual(self.made, ["a", "b", "c", "b"])

    def test_without_a_revision_nothing_is_kept(self):
        self.ask("a", revision=None)
        self.ask("a", revision=None)
        self.assertEqual(self.made, ["a", "a"])


def _revision(request=None):
    return current()


class RevisionTests(SimpleTestCase):
    def test_what_a_request_has_read_before_is_not_asked_again(self):
        request = HttpRequest()
        with (
            mock.patch.object(keeping, "connection", mock.Mock(in_atomic_block=False)),
            mock.patch.object(keeping, "_current", [lambda: (8, 80)]),
        ):
            self.assertEqual(keeping.revision(request), (8, 80))
            request.data_revision = (7, 70)
            self.assertEqual(keeping.revision(request), (7, 70))
            self.assertEqual(keeping.revision(), (8, 80))

    def test_within_a_transaction_there_is_none(self):
        request = HttpRequest()
        request.data_revision = (7, 70)
        busy = mock.Mock(in_atomic_block=True)
        with mock.patch.object(keeping, "connection", busy):
            self.assertIsNone(keeping.revision(request))


class KeptOfListsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        process = create_process(create_material(), method=DepositionMethod.ALD)
        cls.coating = create_coating(process)

    def keep(self):
        self.enterContext(mock.patch.dict(keeping._kept, clear=True))
        self.enterContext(mock.patch.object(keeping, "revision", _revision))

    def counted(self, query=""):
        """How many coatings, and how many of each method, the page shows."""
        response = self.client.get(f"/coatings/?{query}")
        filterset = response.context["filter"]
        return response.context["count"], filterset.facet("method")

    def statements(self, query=""):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            self.client.get(f"/coatings/?{query}")
        return captured.captured_queries

    def test_in_a_transaction_which_may_be_undone_nothing_is_kept(self):
        self.assertIsNone(keeping.revision())

    def test_counts_and_choices_are_asked_for_once(self):
        self.keep()
        first = self.statements("elements=O")
        again = self.statements("elements=O&order_by=-material")
        self.assertGreater(len(first), len(again))
        self.assertFalse([one for one in again if "COUNT" in one["sql"]])

    def test_what_is_published_is_counted_at_once(self):
        self.keep()
        self.assertEqual(self.counted(), (1, {"ald": 1}))
        create_coating(create_process(create_material("LiF"), method="mld"))
        self.assertEqual(self.counted(), (2, {"ald": 1, "mld": 1}))

    def test_other_filters_have_counts_of_their_own(self):
        self.keep()
        self.assertEqual(self.counted("method=mld"), (0, {"ald": 1}))
        self.assertEqual(self.counted("method=ald"), (1, {"ald": 1}))
        self.assertEqual(self.counted("q=nothing"), (0, {}))

    def test_of_rows_that_were_narrowed_before_nothing_is_kept(self):
        self.keep()
        entries = CoatingFilter().queryset.model.objects
        for rows, count in ((entries.all(), 1), (entries.filter(pk=0), 0)):
            self.assertEqual(CoatingFilter({}, rows).number, count)
