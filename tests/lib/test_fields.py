from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.migrations.state import ModelState

from asei_db.lib import deriving
from asei_db.lib.fields import QuantityField, column_names, quantity_fields
from asei_db.lib.quantities import Quantity, QuantityError, parse
from tests.lib.models import Film, LibraryTestCase, Measured, Reading, create_film


class FilmForm(forms.ModelForm):
    class Meta:
        model = Film
        fields = ["name", "thickness_as_reported", "temperature_as_reported"]


class QuantityFieldTests(LibraryTestCase):
    def test_a_quantity_is_four_columns_with_the_unit_in_their_names(self):
        self.assertEqual(
            Film.thickness.columns,
            (
                "thickness_as_reported",
                "thickness_min_nm",
                "thickness_max_nm",
                "thickness_qualifier",
            ),
        )
        field = Film._meta.get_field("thickness_min_nm")
        self.assertEqual(field.verbose_name, "minimum thickness (nm)")
        self.assertFalse(field.editable)

    def test_a_name_that_ends_in_the_unit_holds_it_once(self):
        self.assertEqual(
            Film.current_density_ma_per_g.columns,
            (
                "current_density_ma_per_g_as_reported",
                "current_density_min_ma_per_g",
                "current_density_max_ma_per_g",
                "current_density_ma_per_g_qualifier",
            ),
        )
        self.assertEqual(column_names("c_rate", "").minimum, "c_rate_min")

    def test_the_columns_stand_where_the_class_declares_them(self):
        names = [field.name for field in Film._meta.concrete_fields]
        self.assertLess(
            names.index("temperature_qualifier"), names.index("search_text")
        )

    def test_the_quantities_of_a_model_can_be_listed(self):
        self.assertEqual(
            list(quantity_fields(Film)),
            ["thickness", "temperature", "current_density_ma_per_g"],
        )

    def test_a_text_becomes_numbers_in_every_way_of_saving(self):
        create_film("saved", thickness="~50 Å")
        Film.objects.bulk_create(
            [
                Film(name="bulk", temperature="RT", thickness="~5 nm"),
                Film(
                    name="column",
                    temperature_as_reported="RT",
                    thickness_as_reported="~5",
                ),
            ]
        )
        Film.objects.update_or_create(
            name="updated", defaults={"temperature": "1", "thickness": "9"}
        )
        Film.objects.update_or_create(
            name="updated", defaults={"thickness_as_reported": "~5"}
        )
        for film in Film.objects.all():
            with self.subTest(film.name):
                self.assertEqual(film.thickness, Quantity(5, 5, "~", unit="nm"))

    def test_text_number_quantity_and_none_can_be_assigned(self):
        for value, printed in (
            (20, "20"),
            (0.5, "0.5"),
            (Decimal("2.50"), "2.50"),
            (parse("50 Å", "nm"), "50 Å"),
            (Quantity(5.0, 6.0, unit="nm"), "5–6\N{NO-BREAK SPACE}nm"),
            (parse("50", "Å"), "50\N{NO-BREAK SPACE}Å"),
            (None, ""),
            ("", ""),
        ):
            with self.subTest(value):
                film = create_film(thickness=value)
                film.refresh_from_db()
                self.assertEqual(film.thickness_as_reported, printed)

    def test_a_quantity_has_a_short_name(self):
        fields = quantity_fields(Film)
        self.assertEqual(fields["thickness"].short_name, "thickness")
        self.assertEqual(fields["temperature"].short_name, "deposition temperature")
        self.assertEqual(
            QuantityField("%", short_name="retention").short_name, "retention"
        )

    def test_signs_of_no_width_are_not_kept(self):
        film = create_film(thickness="\ufeff5\u200b nm")
        self.assertEqual(film.thickness_as_reported, "5 nm")
        film.thickness_as_reported = "\u200b"
        film.full_clean()
        self.assertIsNone(film.thickness)

    def test_what_is_not_reported_is_none(self):
        film = create_film(thickness=None)
        self.assertIsNone(film.thickness)
        self.assertIsNone(film.thickness_min_nm)
        self.assertEqual(film.thickness_qualifier, "")

    def test_clearing_the_text_clears_the_numbers(self):
        film = create_film(thickness="5")
        film.thickness_as_reported = ""
        film.full_clean()
        self.assertIsNone(film.thickness_min_nm)
        film.save()
        film.refresh_from_db()
        self.assertIsNone(film.thickness)

    def test_nonsense_is_refused_with_the_reason(self):
        with self.assertRaisesMessage(QuantityError, "does not convert to nm"):
            Film(thickness="5 h")
        film = create_film()
        film.thickness_as_reported = "thick"
        with self.assertRaisesMessage(ValidationError, "no quantity that can be read"):
            film.full_clean()
        with self.assertRaises(QuantityError):
            film.save()

    def test_a_form_takes_what_is_printed_and_refuses_the_rest(self):
        form = FilmForm(
            {
                "name": "x",
                "thickness_as_reported": " 85–115 ",
                "temperature_as_reported": "RT",
            }
        )
        film = form.save()
        film.refresh_from_db()
        self.assertEqual(film.thickness, Quantity(85, 115, unit="nm"))
        form = FilmForm(
            {
                "name": "x",
                "thickness_as_reported": ">0",
                "temperature_as_reported": "-300",
            }
        )
        self.assertEqual(
            form.errors,
            {
                "thickness_as_reported": [
                    "Thickness must be above 0\N{NO-BREAK SPACE}nm."
                ],
                "temperature_as_reported": [
                    "Deposition temperature must be above −273.15\N{NO-BREAK SPACE}°C."
                ],
            },
        )

    def test_a_required_quantity_must_be_reported(self):
        form = FilmForm({"name": "x"})
        self.assertEqual(list(form.errors), ["temperature_as_reported"])
        with self.assertRaises(ValidationError):
            Film(name="x").full_clean()
        with self.assertRaises(IntegrityError), transaction.atomic():
            Film(name="x").save()

    def test_bounds_may_include_their_end(self):
        create_film(current_density_ma_per_g="0")
        for text in ("-1", "<-1", ">-1", "-1–5", "~-1 to 5"):
            with (
                self.subTest(text),
                self.assertRaisesMessage(QuantityError, "must be at least 0"),
            ):
                create_film(current_density_ma_per_g=text)

    def test_a_range_begins_above_a_bound_that_is_not_taken(self):
        with self.assertRaisesMessage(QuantityError, "must be above 0"):
            create_film(thickness="0–5")

    def test_the_database_refuses_what_no_form_would_make(self):
        film = create_film(thickness="5–6")
        for columns in (
            {"thickness_min_nm": 7},
            {"thickness_min_nm": -1},
            {"thickness_min_nm": None},
            {"thickness_qualifier": ">"},
            {"thickness_qualifier": "!"},
            {"thickness_as_reported": ""},
            {"temperature_min_celsius": -300},
        ):
            with (
                self.subTest(columns),
                self.assertRaises(IntegrityError),
                transaction.atomic(),
            ):
                Film.objects.filter(pk=film.pk).update(**columns)

    def test_a_unit_may_belong_to_the_row(self):
        film = create_film()
        reading = Reading.objects.create(film=film, unit="S/cm", value="10-8")
        reading.refresh_from_db()
        self.assertEqual(reading.value, Quantity(1e-8, 1e-8, unit="S/cm"))
        self.assertEqual(Reading.value.columns.minimum, "value_min")
        reading = Reading(value="20 mV", unit="V", film=film)
        self.assertEqual(reading.value_min, 0.02)

    def test_a_value_whose_unit_is_not_known_is_refused(self):
        reading = Reading(value="5", film=create_film())
        with self.assertRaisesMessage(ValidationError, "unit is not known"):
            reading.full_clean()
        with self.assertRaisesMessage(QuantityError, "above −273.15"):
            Reading(value="-300", unit="°C")


class MigrationTests(LibraryTestCase):
    def test_migrations_see_plain_columns_and_all_constraints(self):
        state = ModelState.from_model(Film)
        self.assertIs(type(state.fields["thickness_as_reported"]), models.CharField)
        self.assertIs(type(state.fields["thickness_min_nm"]), models.FloatField)
        self.assertIs(type(state.fields["search_text"]), models.TextField)
        self.assertEqual(
            [constraint.name for constraint in state.options["constraints"]],
            [
                "lib_film_named",
                "lib_film_temperature_ordered",
                "lib_film_temperature_reported",
                "lib_film_temperature_bounded",
                "lib_film_current_density_ma_per_g_ordered",
                "lib_film_current_density_ma_per_g_reported",
                "lib_film_current_density_ma_per_g_bounded",
                "lib_film_thickness_ordered",
                "lib_film_thickness_reported",
                "lib_film_thickness_bounded",
            ],
        )

    def test_an_abstract_model_keeps_no_constraint_for_itself(self):
        self.assertEqual(Measured._meta.constraints, [])

    def test_a_constraint_name_that_postgresql_would_cut_is_refused(self):
        attributes = {
            "__module__": __name__,
            "quantity_" * 6: QuantityField("nm"),
            "Meta": type("Meta", (), {"app_label": "lib"}),
        }
        with self.assertRaisesMessage(ValueError, "too long"):
            type("Long", (models.Model,), attributes)


class SearchTextFieldTests(LibraryTestCase):
    def test_it_holds_the_folded_attributes_of_each_saved_row(self):
        film = create_film("Li–HQ", synonyms=["TiO₂"], year=2020)
        self.assertEqual(film.search_text, " lihq li hq tio2 2020 ")
        film.name, film.year = "LiF", None
        film.save()
        deriving.flush()
        film.refresh_from_db()
        self.assertEqual(film.search_text, " lif tio2 ")
