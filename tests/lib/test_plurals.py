from django.test import SimpleTestCase

from asei_db.lib.plurals import number_of, number_of_rows
from materials.models import DepositionProcess


class PluralTests(SimpleTestCase):
    def test_one_is_singular_and_every_other_number_plural(self):
        self.assertEqual(
            [number_of(count, "value") for count in (0, 1, 2)],
            ["0 values", "1 value", "2 values"],
        )
        self.assertEqual(number_of(2, "study", "studies"), "2 studies")

    def test_rows_are_named_as_their_model_is(self):
        self.assertEqual(number_of_rows(1, DepositionProcess), "1 deposition process")
        self.assertEqual(number_of_rows(2, DepositionProcess), "2 deposition processes")
