"""The data revision: what every change of published data raises."""

from threading import Thread
from unittest.mock import patch

from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase

from literature.models import DataRevision
from literature.revision import Revision, bump, current


class RevisionTests(TestCase):
    def test_before_anything_was_published_it_is_zero(self):
        self.assertEqual(current(), (0, 0))

    def test_each_change_raises_number_and_time(self):
        with patch("time.time", return_value=1000.7):
            bump()
        self.assertEqual(current(), Revision(1, 1000))
        with patch("time.time", return_value=2000.2):
            bump()
        self.assertEqual(current(), Revision(2, 2000))
        self.assertEqual(current().changed.isoformat(), "1970-01-01T00:33:20+00:00")

    def test_changes_of_one_second_or_of_a_clock_set_back_have_times_of_their_own(self):
        for now in (1000.1, 1000.9, 500.0):
            with patch("time.time", return_value=now):
                bump()
        self.assertEqual(current(), Revision(3, 1002))

    def test_it_is_read_and_raised_by_one_statement_each(self):
        with self.assertNumQueries(1):
            bump()
        with self.assertNumQueries(1):
            current()

    def test_a_change_that_is_taken_back_leaves_it(self):
        bump()
        before = current()
        with transaction.atomic():
            bump()
            transaction.set_rollback(True)
        self.assertEqual(current(), before)

    def test_there_is_one(self):
        bump()
        bump()
        self.assertEqual(str(DataRevision.objects.get()), "2")


class TogetherTests(TransactionTestCase):
    def test_no_change_of_several_at_once_is_lost(self):
        def change():
            try:
                for _ in range(5):
                    with transaction.atomic():
                        bump()
            finally:
                connection.close()

        threads = [Thread(target=change) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(current().number, 15)

    def test_it_is_read_by_one_statement_though_the_connection_was_lost(self):
        bump()
        connection.health_check_enabled = True
        for lost in (False, True):
            connection.health_check_done = False
            if lost:
                connection.connection.close()
            with (
                patch.object(connection, "is_usable") as check,
                self.subTest(lost=lost),
            ):
                self.assertEqual(current().number, 1)
                check.assert_not_called()
