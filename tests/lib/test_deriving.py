"""What is derived is written anew whenever a row that it reads changes."""

from unittest.mock import patch

from asei_db.lib import deriving
from asei_db.lib.deriving import Derivation
from tests.lib.models import Film, LibraryTestCase, Reading, Substrate, create_film


class DerivingTests(LibraryTestCase):
    def setUp(self):
        # As outside of tests, which write late.
        self.enterContext(patch.object(deriving._pending, "depth", 0))
        self.written = []
        self.foil = Substrate.objects.create(slug="foil", name="Foil")
        self.film = create_film("Alumina")
        self.film.substrates.add(self.foil)
        self.reading = self.film.readings.create(unit="nm", value="3")
        self.follow(Film, "substrates", "readings")

    def follow(self, model, *reads, stage=1):
        def write(keys):
            self.written.append((model, keys))
            return len(keys)

        derivation = Derivation(f"test {model.__name__}", model, reads, write, stage)
        self.addCleanup(deriving.unregister, derivation)
        deriving.register(derivation)

    def after(self, change):
        self.written.clear()
        change()
        return self.written

    def test_a_row_is_written_when_it_or_what_it_reads_is_saved(self):
        one = [(Film, [self.film.pk])]
        self.assertEqual(self.after(self.film.save), one)
        self.assertEqual(self.after(self.foil.save), one)
        self.assertEqual(self.after(self.reading.save), one)

    def test_a_part_that_changes_its_whole_has_both_written(self):
        other = create_film("Titania")
        self.reading.film = other
        both = [(Film, [self.film.pk, other.pk])]
        self.assertEqual(self.after(self.reading.save), both)

    def test_a_deleted_row_is_written_as_are_those_that_used_it(self):
        film, foil = self.film.pk, self.foil
        self.assertEqual(self.after(foil.delete), [(Film, [film])])
        self.assertEqual(self.after(self.reading.delete), [(Film, [film])])
        self.assertEqual(self.after(self.film.delete), [(Film, [film])])

    def test_links_are_followed_from_both_ends(self):
        one = [(Film, [self.film.pk])]
        other = Substrate.objects.create(slug="glass", name="Glass")
        self.assertEqual(self.after(lambda: self.film.substrates.add(other)), one)
        self.assertEqual(self.after(lambda: other.films.remove(self.film)), one)
        self.assertEqual(self.after(lambda: other.films.add(self.film)), one)
        self.assertEqual(self.after(other.films.clear), one)
        self.assertEqual(self.after(self.film.substrates.clear), one)

    def test_links_further_away_are_followed_too(self):
        self.follow(Reading, "film__substrates")
        other = Substrate.objects.create(slug="glass", name="Glass")
        row = (Reading, [self.reading.pk])
        self.assertIn(row, self.after(lambda: self.film.substrates.add(other)))
        self.assertIn(row, self.after(lambda: other.films.remove(self.film)))
        self.assertIn(row, self.after(self.foil.films.clear))

    def test_lower_stages_are_written_first(self):
        self.follow(Reading, "film", stage=0)
        self.assertEqual(
            self.after(self.film.save),
            [(Reading, [self.reading.pk]), (Film, [self.film.pk])],
        )

    def test_a_batch_writes_each_row_once_at_its_end_or_before_it_is_read(self):
        self.written.clear()
        with deriving.batch():
            self.film.save()
            self.foil.save()
            self.assertEqual(self.written, [])
            deriving.flush()
            self.assertEqual(self.written, [(Film, [self.film.pk])])
            self.reading.save()
        self.assertEqual(self.written, 2 * [(Film, [self.film.pk])])

    def test_of_a_batch_that_fails_nothing_is_left_to_write(self):
        self.written.clear()
        with self.assertRaisesMessage(ValueError, "full"), deriving.batch():
            self.film.save()
            raise ValueError("full")
        deriving.flush()
        self.assertEqual(self.written, [])

    def test_what_was_changed_in_bulk_is_written_once_it_is_said(self):
        self.written.clear()
        Substrate.objects.update(name="Copper")
        self.assertEqual(self.written, [])
        deriving.changed(Substrate.objects.all())
        self.assertEqual(self.written, [(Film, [self.film.pk])])
        self.written.clear()
        deriving.changed(self.film.readings.all())
        self.assertEqual(self.written, [(Film, [self.film.pk])])

    def test_all_is_derived_in_batches_of_rows(self):
        Film.objects.bulk_create(
            Film(name=f"Film {number}", temperature="100") for number in range(600)
        )
        reports = []
        counts = deriving.derive_all(report=lambda *report: reports.append(report))
        of_films = [report[1:] for report in reports if report[0].name == "test Film"]
        self.assertEqual(of_films, [(500, 601), (601, 601)])
        self.assertIn(601, counts.values())
