import django_filters
from django.core.validators import RegexValidator
from django.http import QueryDict

from asei_db.lib.filters import (
    ChoicesFilter,
    ExactFilter,
    IntegerRangeFilter,
    ObjectsFilter,
    OrderByFilter,
    QuantityRangeFilter,
    SearchFilter,
    StrictFilterSet,
    YesNoFilter,
    guidance,
    nearest,
)
from asei_db.lib.filters.shown import FormField
from tests.lib.models import (
    Film,
    FilmEntry,
    LibraryTestCase,
    Reading,
    Substrate,
    create_film,
)

PARTS = ["min", "max", "match"]
KINDS = [("oxide", "Oxide"), ("fluoride", "Fluoride")]


class FilmFilter(StrictFilterSet):
    q = SearchFilter(label="Search")
    kind = ChoicesFilter("kind_of_film", choices=KINDS, label="Kind")
    known_kind = ChoicesFilter(
        "kind_of_film", choices=KINDS, label="Kind, if any", may_lack=True
    )
    kind_exclude = ChoicesFilter(
        "kind_of_film", choices=KINDS, label="Without kind", exclude=True
    )
    is_dense = YesNoFilter(label="Dense")
    substrate = ObjectsFilter("substrates", queryset=Substrate.objects.all())
    no_substrate = ObjectsFilter(
        "substrates", queryset=Substrate.objects.all(), exclude=True
    )
    name = ExactFilter(
        "printed_name",
        label="Name",
        normalize=lambda text: text.replace("LIF", "LiF"),
        validators=[RegexValidator("^x$", "No x.", inverse_match=True)],
    )
    all_substrates = ObjectsFilter(
        "substrates", queryset=Substrate.objects.all(), conjoined=True
    )
    thickness_nm = QuantityRangeFilter("thickness", "Thickness", unit="nm")
    conductivity_s_per_cm = QuantityRangeFilter(
        "conductivity",
        "Conductivity",
        unit="S/cm",
        help_text="At any temperature.",
    )
    often_read_in = ChoicesFilter(
        choices=[("S/cm", "Conductivity"), ("nm", "Thickness"), ("eV", "Energy")],
        label="Often read in",
        may_lack=True,
    )
    year = IntegerRangeFilter()
    reading_count = IntegerRangeFilter()
    order_by = OrderByFilter(
        {
            "name": "name",
            "kind": "kind_key",
            "year": "year",
            "thickness": "thickness",
            "year_of_kind": "year",
        },
        labels={"thickness": "Thickness (nm)"},
        inside={"year_of_kind": "kind"},
    )

    class Meta:
        model = FilmEntry
        fields = []


def names(query):
    filterset = FilmFilter(QueryDict(query), FilmEntry.objects.order_by("pk"))
    assert filterset.is_valid(), filterset.errors
    return [entry.record.name for entry in filterset.qs.select_related("record")]


def errors(query, **options):
    filterset = FilmFilter(QueryDict(query), FilmEntry.objects.all(), **options)
    filterset.is_valid()
    return {name: list(messages) for name, messages in filterset.errors.items()}


def refusals(query):
    """(code, message) of the one error of each parameter."""
    filterset = FilmFilter(QueryDict(query), FilmEntry.objects.all())
    return {
        name: (error.code, error.messages[0])
        for name, [error] in filterset.errors.as_data().items()
    }


class RangeTests(LibraryTestCase):
    @classmethod
    def setUpTestData(cls):
        for thickness in ("10", "5–15", "~20", ">30", "≥30", "<3", "≤3", None):
            create_film(thickness or "none", thickness=thickness)

    def test_overlap_finds_every_value_that_may_lie_in_the_range(self):
        self.assertEqual(
            names("thickness_nm_min=12&thickness_nm_max=20"), ["5–15", "~20"]
        )

    def test_the_ends_of_a_value_and_of_a_range_belong_to_them(self):
        for low, high, found in (
            (10, 10, ["10", "5–15"]),
            (15, 15, ["5–15"]),
            (20, 20, ["~20"]),
            (4, 5, ["5–15"]),
            (15.1, 19.9, []),
        ):
            with self.subTest(low=low, high=high):
                query = f"thickness_nm_min={low}&thickness_nm_max={high}"
                self.assertEqual(names(query), found)

    def test_values_open_upwards_overlap_whatever_is_above_them(self):
        self.assertEqual(names("thickness_nm_min=31"), [">30", "≥30"])
        self.assertEqual(names("thickness_nm_min=25&thickness_nm_max=30"), ["≥30"])

    def test_values_open_downwards_overlap_whatever_is_below_them(self):
        self.assertEqual(names("thickness_nm_max=2"), ["<3", "≤3"])
        self.assertEqual(names("thickness_nm_min=3&thickness_nm_max=4"), ["≤3"])

    def test_within_finds_only_what_surely_lies_in_the_range(self):
        within = "&thickness_nm_match=within"
        self.assertEqual(
            names(f"thickness_nm_min=5&thickness_nm_max=30{within}"),
            ["10", "5–15", "~20"],
        )
        self.assertEqual(
            names(f"thickness_nm_min=10&thickness_nm_max=30{within}"), ["10", "~20"]
        )
        self.assertEqual(
            names(f"thickness_nm_min=5&thickness_nm_max=10{within}"), ["10"]
        )
        self.assertEqual(names(f"thickness_nm_min=30{within}"), [">30", "≥30"])
        self.assertEqual(names(f"thickness_nm_max=3{within}"), ["<3", "≤3"])

    def test_what_is_not_reported_is_never_found(self):
        self.assertNotIn("none", names("thickness_nm_min=-1e40"))
        self.assertNotIn("none", names("thickness_nm_max=1e40"))

    def test_a_match_without_bounds_is_an_error(self):
        for match in ("within", "overlap"):
            self.assertEqual(
                errors(f"thickness_nm_match={match}"),
                {
                    "thickness_nm_match": [
                        "“thickness_nm_match” needs thickness_nm, thickness_nm_min "
                        "or thickness_nm_max beside it."
                    ]
                },
            )
            [(code, _)] = refusals(f"thickness_nm_match={match}").values()
            self.assertEqual(code, "lone")
        wrong = errors("thickness_nm_match=within&thickness_nm_min=x")
        self.assertEqual(list(wrong), ["thickness_nm_min"])

    def test_a_minus_sign_may_be_typographic(self):
        self.assertEqual(names("thickness_nm_min=−5&thickness_nm_max=2"), ["<3", "≤3"])

    def test_a_minimum_above_the_maximum_is_an_error(self):
        self.assertEqual(
            errors("thickness_nm_min=20&thickness_nm_max=10"),
            {
                "thickness_nm_min": [
                    "thickness_nm_min is above thickness_nm_max; nothing can match."
                ]
            },
        )

    def test_what_is_no_number_is_an_error(self):
        for text in (
            "nan",
            "inf",
            "-inf",
            "1e999",
            "ten",
            "1,5",
            "0x10",
            "1_0",
            ".",
            "１０",
            "١٠",
            "10１",
            "1 0",
            "−",
            "--5",
        ):
            with self.subTest(text):
                self.assertEqual(
                    refusals(f"thickness_nm_min={text}"),
                    {
                        "thickness_nm_min": (
                            "invalid",
                            "Enter a number such as 120 or 1e-8.",
                        )
                    },
                )

    def test_white_space_and_signs_of_no_width_around_a_value_do_not_count(self):
        for text in (
            "%2031%20",
            "+31",
            "31%0A",
            "\ufeff31",
            "3\u200b1",
            "3.1e1",
            "31.",
        ):
            with self.subTest(text):
                self.assertEqual(names(f"thickness_nm_min={text}"), [">30", "≥30"])

    def test_a_range_is_typed_as_it_is_written(self):
        for text, found in (
            ("<10", ["5–15", "<3", "≤3"]),
            ("≤ 10 nm", ["10", "5–15", "<3", "≤3"]),
            ("10", ["10", "5–15"]),
            ("100 Å–2 um", ["10", "5–15", "~20", ">30", "≥30"]),
            ("12–20", ["5–15", "~20"]),
            (">30", [">30", "≥30"]),
            ("at most 3 nm", ["<3", "≤3"]),
        ):
            with self.subTest(text):
                query = QueryDict(mutable=True)
                query["thickness_nm"] = text
                self.assertEqual(names(query.urlencode()), found)
        self.assertEqual(
            names("thickness_nm=5–30&thickness_nm_match=within"), ["10", "5–15", "~20"]
        )
        self.assertEqual(
            names("thickness_nm=<10&thickness_nm_match=within"), ["<3", "≤3"]
        )

    def test_a_range_that_cannot_be_read_is_an_error_that_says_why(self):
        [(code, message)] = refusals("thickness_nm=thin").values()
        self.assertEqual(code, "invalid")
        self.assertIn("“thin” is no quantity", message)
        for text, said in (
            ("20–10", "goes down"),
            ("10 S/cm", "does not convert to nm"),
            ("1,5", "decimal comma"),
            ("5 nm and 7 nm", "several values"),
        ):
            self.assertIn(said, errors(f"thickness_nm={text}")["thickness_nm"][0])

    def test_a_range_is_given_in_one_way(self):
        for end in ("min", "max"):
            self.assertEqual(
                refusals(f"thickness_nm=<10&thickness_nm_{end}=5"),
                {
                    "thickness_nm": (
                        "twice",
                        "Give thickness_nm, or thickness_nm_min and thickness_nm_max; "
                        "not both.",
                    )
                },
            )

    def test_an_unknown_match_names_the_valid_ones(self):
        self.assertEqual(
            errors("thickness_nm_match=withn&thickness_nm_min=1"),
            {
                "thickness_nm_match": [
                    "Unknown “withn”. Did you mean “within”? Valid: overlap, within."
                ]
            },
        )
        self.assertEqual(
            names("thickness_nm_min=30&thickness_nm_match=Within"), [">30", "≥30"]
        )


class NearestTests(LibraryTestCase):
    """The values beside a range, for a query that finds nothing."""

    @classmethod
    def setUpTestData(cls):
        for thickness, kind in (
            ("2", "oxide"),
            ("5–15", "oxide"),
            (">300", "oxide"),
            ("40", "fluoride"),
        ):
            film = create_film(thickness, kind=kind, thickness=thickness)
            Reading.objects.create(film=film, unit="S/cm", value="10^-8", count=1)

    def nearest(self, query, name="thickness_nm"):
        filterset = FilmFilter(QueryDict(query), FilmEntry.objects.all())
        self.assertEqual(filterset.errors, {})
        found = filterset.nearest(name)
        return [text.replace("\N{NO-BREAK SPACE}", " ") for text in found]

    def test_they_are_the_highest_below_and_the_lowest_above(self):
        self.assertEqual(self.nearest("thickness_nm=20–30"), ["15 nm", "40 nm"])
        self.assertEqual(
            self.nearest("thickness_nm_min=3&thickness_nm_max=4"), ["2 nm", "5 nm"]
        )
        self.assertEqual(self.nearest("thickness_nm=<1"), ["2 nm"])
        self.assertEqual(self.nearest("thickness_nm=<2"), ["2 nm"])

    def test_the_other_filters_hold(self):
        self.assertEqual(
            self.nearest("thickness_nm=20–30&kind=oxide"), ["15 nm", "300 nm"]
        )

    def test_of_related_rows_too(self):
        name = "conductivity_s_per_cm"
        self.assertEqual(self.nearest(f"{name}=1–2", name), ["10⁻⁸ S cm⁻¹"])


class RelatedRangeTests(LibraryTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.film = create_film("LiPON")
        for value, count in (("10^-8", 1), ("10^-6", 5)):
            Reading.objects.create(film=cls.film, unit="S/cm", value=value, count=count)
        for count in (8, 9):
            Reading.objects.create(film=cls.film, unit="nm", value="50", count=count)
        Reading.objects.create(film=cls.film, unit="eV", value="2", count=0)

    def test_both_bounds_meet_in_the_same_related_row(self):
        stem = "conductivity_s_per_cm"
        self.assertEqual(names(f"{stem}_min=2e-8&{stem}_max=2e-7"), [])
        self.assertEqual(names("reading_count_min=2&reading_count_max=4"), [])

    def test_a_row_with_many_related_ones_is_found_once(self):
        self.assertEqual(names("conductivity_s_per_cm_min=1e-9"), ["LiPON"])
        self.assertEqual(names("reading_count_min=1"), ["LiPON"])

    def test_a_further_condition_holds_for_the_same_row(self):
        self.assertEqual(names("conductivity_s_per_cm_min=1"), [])
        self.assertEqual(names("often_read_in=S/cm"), ["LiPON"])
        self.assertEqual(names("often_read_in=eV"), [])
        filterset = FilmFilter(QueryDict("q=lipon"), FilmEntry.objects.all())
        counts = {"S/cm": 1, "nm": 1, "none_recorded": 0}
        self.assertEqual(filterset.facet("often_read_in"), counts)

    def test_a_condition_on_the_row_itself_needs_no_other_rows(self):
        query = QueryDict("kind=oxide&thickness_nm_min=1&thickness_nm_max=2&year_min=3")
        rows = FilmFilter(query, FilmEntry.objects.all()).qs
        self.assertEqual(str(rows.query).count("SELECT"), 1)
        self.assertNotIn("JOIN", str(rows.query))

    def test_the_bounds_of_a_range_are_one_condition(self):
        for query in (
            "conductivity_s_per_cm_min=1&conductivity_s_per_cm_max=2",
            "conductivity_s_per_cm_max=2&conductivity_s_per_cm_match=within",
            "reading_count_min=1&reading_count_max=2",
        ):
            rows = FilmFilter(QueryDict(query), FilmEntry.objects.all()).qs
            self.assertEqual(str(rows.query).count("SELECT"), 2)


class ChoiceTests(LibraryTestCase):
    @classmethod
    def setUpTestData(cls):
        lithium = Substrate.objects.create(slug="lithium", name="Li metal")
        silicon = Substrate.objects.create(slug="silicon", name="Si(100)")
        both = create_film("Al2O3", kind="oxide", year=2015, is_dense=True)
        both.substrates.set([lithium, silicon])
        one = create_film("LiF", kind="fluoride", year=2020, is_dense=False)
        one.substrates.set([lithium])
        create_film("Li–HQ", synonyms=["lithium quinone"])

    def test_several_values_of_a_choice_find_any_of_them(self):
        for query in ("kind=oxide&kind=fluoride", "kind=oxide,fluoride"):
            with self.subTest(query):
                self.assertEqual(names(query), ["Al2O3", "LiF"])

    def test_related_objects_are_named_by_slug(self):
        self.assertEqual(names("substrate=silicon"), ["Al2O3"])
        self.assertEqual(names("substrate=silicon,lithium"), ["Al2O3", "LiF"])

    def test_a_function_may_say_which_objects_can_be_named(self):
        class AskingFilter(StrictFilterSet):
            substrate = ObjectsFilter(
                "substrates",
                queryset=lambda request: Substrate.objects.filter(slug="silicon"),
            )

        def ask(slug):
            return AskingFilter(QueryDict(f"substrate={slug}"), FilmEntry.objects.all())

        self.assertEqual([row.printed_name for row in ask("silicon").qs], ["Al2O3"])
        self.assertEqual(list(ask("lithium").errors), ["substrate"])

    def test_conjoined_objects_must_all_be_there(self):
        self.assertEqual(
            names("all_substrates=silicon&all_substrates=lithium"), ["Al2O3"]
        )
        self.assertEqual(names("all_substrates=lithium"), ["Al2O3", "LiF"])

    def test_naming_objects_takes_one_query_beside_the_rows(self):
        with self.assertNumQueries(2):  # the substrates, the films
            names("substrate=silicon,lithium")

    def test_an_unknown_slug_names_the_nearest(self):
        self.assertEqual(
            errors("substrate=litium,silicon"),
            {
                "substrate": [
                    "Unknown “litium”. Did you mean “lithium”? Valid: lithium, silicon."
                ]
            },
        )

    def test_of_more_than_twelve_objects_only_the_nearest_is_named(self):
        for number in range(10):
            Substrate.objects.create(slug=f"foil-{number}", name=f"Foil {number}")
        listed = errors("substrate=zzz")["substrate"][0]
        self.assertIn("Valid: foil-0, foil-1,", listed)
        self.assertTrue(listed.endswith(", lithium, silicon."))
        Substrate.objects.create(slug="copper", name="Cu")
        self.assertEqual(
            errors("substrate=zzz,litium")["substrate"],
            [
                "Unknown “zzz”. Nothing valid is near it.",
                "Unknown “litium”. Did you mean “lithium”?",
            ],
        )
        filterset = FilmFilter(QueryDict("substrate=zzz"), FilmEntry.objects.all())
        self.assertIsNone(filterset.errors.as_data()["substrate"][0].valid)

    def test_many_unknown_values_are_all_named_and_the_first_get_suggestions(self):
        messages = errors("kind=" + ",".join(f"oxide{n}" for n in range(20)))["kind"]
        self.assertEqual(len(messages), 20)
        suggested = [message for message in messages if "Did you mean" in message]
        self.assertEqual(suggested, messages[:5])

    def test_an_unknown_choice_names_the_nearest_and_all(self):
        self.assertEqual(
            errors("kind=Oxid"),
            {"kind": ["Unknown “Oxid”. Did you mean “oxide”? Valid: oxide, fluoride."]},
        )
        self.assertEqual(
            errors("kind=zzz"), {"kind": ["Unknown “zzz”. Valid: oxide, fluoride."]}
        )

    def test_a_choice_is_named_by_its_value_or_label_in_any_case(self):
        for text in ("oxide", "Oxide", "OXIDE"):
            with self.subTest(text):
                data = QueryDict(f"kind={text}&kind=fluoride")
                filterset = FilmFilter(data, FilmEntry.objects.order_by("pk"))
                found = [row.printed_name for row in filterset.qs]
                self.assertEqual(found, ["Al2O3", "LiF"])
                self.assertEqual(str(filterset.form["kind"]).count("selected"), 2)
        self.assertEqual(names("kind=Oxide,oxide,OXIDE"), ["Al2O3"])
        film = Film.objects.get(name="LiF")
        Reading.objects.create(film=film, unit="S/cm", value="1e-8", count=9)
        for text in ("S/cm", "s/CM", "Conductivity", "CONDUCTIVITY"):
            self.assertEqual(names(f"often_read_in={text}"), ["LiF"])

    def test_yes_and_no_are_true_and_false_and_nothing_else(self):
        for text in ("true", "True", "TRUE", "1", "yes"):
            self.assertEqual(names(f"is_dense={text}"), ["Al2O3"])
        for text in ("false", "False", "0", "No"):
            self.assertEqual(names(f"is_dense={text}"), ["LiF"])
        self.assertEqual(
            errors("is_dense=maybe"),
            {"is_dense": ["Unknown “maybe”. Valid: true, false."]},
        )
        for text in ("2", "on", "１", "t"):
            self.assertIn("is_dense", errors(f"is_dense={text}"))

    def test_what_holds_any_excluded_object_is_left_out(self):
        self.assertEqual(names("no_substrate=silicon"), ["LiF", "Li–HQ"])
        self.assertEqual(names("no_substrate=silicon,lithium"), ["Li–HQ"])

    def test_an_exact_text_is_asked_for_in_any_of_its_spellings(self):
        self.assertEqual(names("name=LIF"), ["LiF"])
        self.assertEqual(names("name=Li"), [])
        self.assertEqual(errors("name=x"), {"name": ["No x."]})

    def test_search_folds_dashes_and_looks_into_related_rows(self):
        self.assertEqual(names("q=lihq"), ["Li–HQ"])
        self.assertEqual(names("q=si(100)"), ["Al2O3"])
        self.assertEqual(names("q=quinone li-hq"), ["Li–HQ"])

    def test_whole_numbers_are_filtered_by_range(self):
        self.assertEqual(names("year_min=2015&year_max=2019"), ["Al2O3"])

    def test_whole_numbers_are_typed_as_they_are_written(self):
        for text, found in (
            ("2015", ["Al2O3"]),
            ("2015–2020", ["Al2O3", "LiF"]),
            (">2015", ["LiF"]),
            ("≥2015", ["Al2O3", "LiF"]),
            ("<2020", ["Al2O3"]),
        ):
            self.assertEqual(names(f"year={text}"), found, text)
        for text in ("2015.5", "soon", "1e30", ">99999999999999999999"):
            self.assertEqual(list(errors(f"year={text}")), ["year"], text)

    def test_numbers_beyond_64_bits_are_errors(self):
        beyond = (2**63, 2**64 - 1, 2**64, -(2**63) - 1, 10**20, "9" * 150)
        for number in (*beyond, "1.5", "5.0", "x", "1e3", "1_000", "１０", "٣", "0x1"):
            with self.subTest(number):
                self.assertIn("year_min", errors(f"year_min={number}"))
        self.assertEqual(
            refusals("year_min=1.5"),
            {"year_min": ("invalid", "Enter a whole number such as 120.")},
        )
        self.assertEqual(names(f"year_min={2**63 - 1}"), [])
        self.assertEqual(len(names(f"year_min={-(2**63)}")), 2)


class FacetTests(LibraryTestCase):
    @classmethod
    def setUpTestData(cls):
        for number, kind in enumerate(["oxide", "oxide", "fluoride"]):
            create_film(f"film {number}", kind=kind, year=2010 + number)

    def facet(self, query):
        filterset = FilmFilter(QueryDict(query), FilmEntry.objects.order_by("name"))
        with self.assertNumQueries(1):
            return filterset.facet("kind")

    def test_each_value_is_counted_under_the_other_filters(self):
        everything = {"oxide": 2, "fluoride": 1}
        self.assertEqual(self.facet(""), everything)
        self.assertEqual(self.facet("kind=oxide&order_by=-name"), everything)
        self.assertEqual(self.facet("year_min=2011"), {"oxide": 1, "fluoride": 1})
        self.assertEqual(self.facet("q=nothing"), {})

    def test_only_choices_have_facets(self):
        filterset = FilmFilter(QueryDict(""), FilmEntry.objects.all())
        having = [name for name in filterset.filters if filterset.has_facet(name)]
        self.assertEqual(
            having,
            [
                "kind",
                "known_kind",
                "is_dense",
                "substrate",
                "all_substrates",
                "often_read_in",
            ],
        )

    def counts(self, name, query=""):
        return FilmFilter(QueryDict(query), FilmEntry.objects.all()).facet(name)

    def test_what_has_none_of_the_choices_is_counted_and_found(self):
        create_film("bare", year=2011)
        create_film("other", year=2020)
        lacking = {"oxide": 2, "fluoride": 1, "none_recorded": 2}
        self.assertEqual(self.counts("known_kind"), lacking)
        self.assertEqual(self.counts("known_kind", "known_kind=oxide"), lacking)
        self.assertEqual(
            self.counts("known_kind", "year_max=2011"), {"oxide": 2, "none_recorded": 1}
        )
        self.assertEqual(names("known_kind=none_recorded"), ["bare", "other"])
        self.assertEqual(
            names("known_kind=None Recorded,fluoride"), ["film 2", "bare", "other"]
        )
        self.assertEqual(
            errors("kind=none_recorded"),
            {"kind": ["Unknown “none_recorded”. Valid: oxide, fluoride."]},
        )

    def test_what_has_none_of_several_things_is_counted_once(self):
        film = Film.objects.get(name="film 0")
        for unit in ("S/cm", "nm"):
            Reading.objects.create(film=film, unit=unit, value="1", count=9)
        self.assertEqual(
            self.counts("often_read_in"), {"S/cm": 1, "nm": 1, "none_recorded": 2}
        )
        self.assertEqual(names("often_read_in=none_recorded&kind=oxide"), ["film 1"])
        self.assertEqual(
            names("often_read_in=none_recorded,nm"), ["film 0", "film 1", "film 2"]
        )

    def test_yes_and_no_are_counted(self):
        create_film("dense", is_dense=True)
        create_film("loose", is_dense=False)
        self.assertEqual(self.counts("is_dense"), {"true": 1, "false": 1})
        self.assertEqual(
            self.counts("is_dense", "is_dense=true"), {"true": 1, "false": 1}
        )
        self.assertEqual(self.counts("is_dense", "kind=oxide"), {"true": 0, "false": 0})

    def test_objects_are_counted_by_their_keys(self):
        lithium = Substrate.objects.create(slug="lithium", name="Li metal")
        silicon = Substrate.objects.create(slug="silicon", name="Si")
        for name, substrates in (("film 0", [lithium, silicon]), ("film 2", [lithium])):
            film = Film.objects.get(name=name)
            film.substrates.set(substrates)
        all_of_them = {str(lithium.pk): 2, str(silicon.pk): 1}
        both = {str(lithium.pk): 1, str(silicon.pk): 1}
        self.assertEqual(self.counts("substrate"), all_of_them)
        self.assertEqual(self.counts("substrate", "substrate=silicon"), all_of_them)
        self.assertEqual(self.counts("substrate", "kind=oxide"), both)
        # Those that a row must have together, beside what is chosen.
        self.assertEqual(self.counts("all_substrates", "all_substrates=silicon"), both)

    def test_what_has_an_excluded_choice_is_left_out(self):
        create_film("bare")
        self.assertEqual(names("kind_exclude=oxide"), ["film 2", "bare"])
        self.assertEqual(names("kind_exclude=oxide,fluoride"), ["bare"])

    def test_a_wrong_query_is_counted_without_what_is_wrong(self):
        for query in ("kind=metal", "thickness_nm=thin", "nonsense=1", "is_dense=so"):
            filterset = FilmFilter(
                QueryDict(f"{query}&year_min=2011"), FilmEntry.objects.all()
            )
            self.assertFalse(filterset.is_valid())
            self.assertEqual(filterset.facet("kind"), {"oxide": 1, "fluoride": 1})
            found = [row.printed_name for row in filterset.valid.qs]
            self.assertCountEqual(found, ["film 1", "film 2"])

    def test_of_a_wrong_range_nothing_is_left(self):
        query = QueryDict("thickness_nm_min=x&thickness_nm_max=3&year=2010")
        filterset = FilmFilter(query, FilmEntry.objects.all())
        self.assertEqual(filterset.valid.form.data.dict(), {"year": "2010"})
        self.assertIs(filterset.valid.valid, filterset.valid)


class OrderTests(LibraryTestCase):
    @classmethod
    def setUpTestData(cls):
        create_film("b", kind="", year=None, thickness=None)
        create_film("a", kind="oxide", year=2020, thickness="5–15")
        create_film("C", kind="Fluoride", year=2010, thickness="<3")
        create_film("d", kind="oxide", year=2010, thickness=">30")

    def test_text_sorts_without_case(self):
        self.assertEqual(names("order_by=name"), ["a", "b", "C", "d"])
        self.assertEqual(names("order_by=-name"), ["d", "C", "b", "a"])

    def test_empty_values_come_last_in_both_directions(self):
        self.assertEqual(names("order_by=year"), ["C", "d", "a", "b"])
        self.assertEqual(names("order_by=-year"), ["a", "C", "d", "b"])
        self.assertEqual(names("order_by=kind"), ["C", "a", "d", "b"])
        self.assertEqual(names("order_by=-kind"), ["a", "d", "C", "b"])

    def test_quantities_sort_by_their_lowest_number(self):
        self.assertEqual(names("order_by=thickness"), ["C", "a", "d", "b"])
        self.assertEqual(names("order_by=-thickness"), ["d", "a", "C", "b"])

    def test_several_orders_apply_in_turn(self):
        for query in (
            "order_by=year,-name",
            "order_by=year&order_by=-name",
            "order_by=Year,%20-NAME",
        ):
            self.assertEqual(names(query), ["d", "C", "a", "b"])

    def test_what_compares_only_inside_a_group_sorts_there(self):
        self.assertEqual(names("order_by=year_of_kind"), ["C", "d", "a", "b"])
        self.assertEqual(names("order_by=-year_of_kind"), ["C", "a", "d", "b"])

    def test_every_order_ends_in_the_primary_key(self):
        queryset = FilmFilter(QueryDict("order_by=year"), FilmEntry.objects.all()).qs
        self.assertEqual(queryset.query.order_by[-1], "pk")

    def test_an_unknown_order_names_the_nearest(self):
        self.assertEqual(
            errors("order_by=-thicknes"),
            {
                "order_by": [
                    "Unknown “-thicknes”. Did you mean “-thickness”? Valid: name, "
                    "-name, kind, -kind, year, -year, thickness, -thickness, "
                    "year_of_kind, -year_of_kind."
                ]
            },
        )
        self.assertEqual(
            refusals("order_by=name,-name"),
            {"order_by": ("repeated", "The same order is given twice.")},
        )
        self.assertIn("order_by", errors("order_by=name,"))

    def test_orders_have_words_for_people(self):
        field = FilmFilter().form.fields["order_by"]
        self.assertEqual(field.label, "Order by")
        self.assertEqual(
            field.choices[:3],
            [("", "—"), ("name", "Name"), ("-name", "Name, descending")],
        )
        choices = dict(field.choices)
        self.assertEqual(choices["thickness"], "Thickness (nm)")
        self.assertEqual(choices["-thickness"], "Thickness (nm), descending")
        self.assertEqual(choices["year_of_kind"], "Year of kind")

    def test_yes_and_no_have_words_for_people(self):
        choices = FilmFilter().form.fields["is_dense"].choices
        self.assertEqual(choices, [("", "any"), ("true", "yes"), ("false", "no")])


class FormFieldTests(LibraryTestCase):
    """How a filter is shown in the form of a page."""

    @classmethod
    def setUpTestData(cls):
        for slug, name in (("c", "Copper"), ("z", "alumina"), ("b", "Basalt")):
            Substrate.objects.create(slug=slug, name=name)
        create_film("one", kind="oxide", is_dense=True)

    def field(self, name, query=""):
        return FormField(FilmFilter(QueryDict(query), FilmEntry.objects.all()), name)

    def test_a_filter_is_a_range_a_choice_or_a_text(self):
        for name, kind in (
            ("thickness_nm", "range"),
            ("year", "range"),
            ("kind", "choices"),
            ("substrate", "choices"),
            ("is_dense", "choice"),
            ("name", "text"),
            ("q", "text"),
        ):
            self.assertEqual(self.field(name).kind, kind, name)

    def test_objects_are_listed_by_slug_and_typed_by_any_other_name(self):
        class NamedFilter(StrictFilterSet):
            substrate = ObjectsFilter(
                "substrates", to_field_name="name", queryset=Substrate.objects.all()
            )

        filterset = NamedFilter(QueryDict(""), FilmEntry.objects.all())
        self.assertEqual(FormField(filterset, "substrate").kind, "text")

    def test_a_range_is_one_text_and_of_quantities_has_a_match(self):
        thickness, year = self.field("thickness_nm"), self.field("year")
        self.assertEqual(thickness.match.name, "thickness_nm_match")
        self.assertIsNone(year.match)
        self.assertEqual((thickness.label, year.label), ("Thickness (nm)", "Year"))
        self.assertEqual(self.field("q").label, "Search")
        for name, query, text in (
            ("thickness_nm", "", ""),
            ("thickness_nm", "thickness_nm=<10 Å", "<10 Å"),
            ("thickness_nm", "thickness_nm=thin", "thin"),
            ("thickness_nm", "thickness_nm_min=5", "≥5 nm"),
            ("thickness_nm", "thickness_nm_max=1e-3", "≤0.001 nm"),
            ("thickness_nm", "thickness_nm_min=5&thickness_nm_max=20", "5–20 nm"),
            ("thickness_nm", "thickness_nm_min=x&thickness_nm_max=20", "x–20"),
            ("year", "year_min=2019&year_max=2023", "2019–2023"),
            ("year", "year_min=2020", "≥2020"),
        ):
            shown = self.field(name, query).text.replace("\N{NO-BREAK SPACE}", " ")
            self.assertEqual(shown, text)

    def test_what_is_wrong_with_a_field_calls_it_by_its_label(self):
        field = self.field("thickness_nm", "thickness_nm_min=3&thickness_nm_max=1")
        self.assertEqual(
            field.complaints,
            [
                "Thickness (nm), at least is above Thickness (nm), at most; nothing "
                "can match."
            ],
        )
        self.assertEqual(self.field("year", "thickness_nm=thin").complaints, [])

    def test_a_field_is_active_where_any_of_its_parameters_is_given(self):
        for query in ("year_min=1", "year_max=1"):
            self.assertTrue(self.field("year", query).is_active)
            self.assertFalse(self.field("thickness_nm", query).is_active)
        field = self.field("kind", "kind=oxide,fluoride")
        self.assertTrue(field.is_active)
        self.assertEqual(field.text, "oxide, fluoride")

    def test_options_say_what_is_chosen_and_what_each_would_find(self):
        self.assertEqual(
            self.field("kind", "kind=fluoride").options,
            [("oxide", "Oxide", False, 1), ("fluoride", "Fluoride", True, 0)],
        )
        self.assertEqual(
            self.field("is_dense").options,
            [
                ("", "any", True, None),
                ("true", "yes", False, 1),
                ("false", "no", False, 0),
            ],
        )

    def test_choices_that_nothing_has_come_last(self):
        create_film("two", kind="fluoride")
        Film.objects.get(name="one").delete()
        shown = [value for value, *_ in self.field("kind").options]
        self.assertEqual(shown, ["fluoride", "oxide"])

    def test_names_of_objects_are_offered_unless_all_are_shown(self):
        self.assertEqual(self.field("substrate").names, [])
        for number in range(25):
            Substrate.objects.create(slug=f"f{number}", name=f"Foil {number}")
        self.assertEqual(len(self.field("substrate").names), 28)

    def test_what_is_left_out_stands_with_what_is_asked_for(self):
        field = self.field("kind", "kind_exclude=oxide")
        self.assertTrue(field.is_active)
        self.assertEqual(field.without.text, "oxide")
        self.assertEqual(field.parameters, ("kind", "kind_exclude"))
        self.assertIsNone(self.field("substrate").without)
        [chosen] = [
            one for one in self.field("is_dense", "is_dense=no").options if one[2]
        ]
        self.assertEqual(chosen[0], "false")

    def test_of_a_long_list_those_that_most_rows_have_are_shown_and_the_chosen(self):
        film = Film.objects.get(name="one")
        for number in range(25):
            foil = Substrate.objects.create(slug=f"f{number:02}", name=f"Foil {number}")
            if 3 <= number < 23:
                film.substrates.add(foil)
        field = self.field("substrate", "substrate=f24,b")
        shown = [slug for slug, *_ in field.options]
        used = [f"f{number:02}" for number in range(3, 23)]
        self.assertEqual(shown[:2], ["b", "f24"])
        self.assertCountEqual(shown[2:], used)
        self.assertTrue(field.has_more)
        self.assertFalse(self.field("kind").has_more)

    def test_an_object_is_typed_by_its_name_in_the_form_of_a_page(self):
        data = FilmFilter.filled(QueryDict("substrate=b&substrate=Li Metal,LiF–2"))
        self.assertEqual(data.getlist("substrate"), ["b", "li-metal", "lif-2"])

    def test_chosen_objects_come_first_then_all_by_name(self):
        self.assertEqual(
            self.field("substrate", "substrate=b").options,
            [
                ("b", "Basalt", True, 0),
                ("z", "alumina", False, 0),
                ("c", "Copper", False, 0),
            ],
        )


class StrictnessTests(LibraryTestCase):
    def test_values_may_come_as_python_has_them(self):
        film = create_film("one", kind="oxide", year=2020)
        create_film("two", kind="fluoride", year=2020)
        for query in (
            {"kind": "oxide", "year_min": 2020},
            {"kind": ["oxide"], "year_max": ["2020"]},
            {"kind": ("oxide",), "order_by": "name"},
        ):
            with self.subTest(query):
                filterset = FilmFilter(query, FilmEntry.objects.all())
                self.assertTrue(filterset.is_valid(), filterset.errors)
                self.assertEqual([row.record for row in filterset.qs], [film])
        empty = FilmFilter({"kind": None}, FilmEntry.objects.all()).errors["kind"][0]
        self.assertIn("is empty", empty)

    def test_the_rows_are_those_of_the_given_queryset(self):
        create_film("one", kind="oxide")
        other = create_film("other", kind="oxide")
        rows = FilmEntry.objects.filter(name="other")
        found = FilmFilter(QueryDict("kind=oxide"), rows).qs
        self.assertEqual([row.record for row in found], [other])

    def test_an_unknown_parameter_names_the_nearest(self):
        self.assertEqual(
            errors("substrat=lithium"),
            {"substrat": ["Unknown parameter “substrat”. Did you mean “substrate”?"]},
        )
        self.assertIn("thickness_nm_min", errors("thickness_min=3")["thickness_min"][0])

    def test_an_empty_value_of_any_parameter_is_an_error_that_names_it(self):
        for name in [*FilmFilter.base_filters, "page"]:
            for value in ("", "%20", "%09", "\u200b"):
                with self.subTest(name=name, value=value):
                    self.assertEqual(
                        errors(f"{name}={value}"),
                        {name: [f"“{name}” is empty: give a value, or omit it."]},
                    )
        for value in (",", "oxide,", ",oxide", "oxide,,fluoride", "oxide&kind="):
            self.assertIn("is empty", errors(f"kind={value}")["kind"][0])

    def test_a_page_omits_the_fields_of_its_form_that_were_left_empty(self):
        everything = "&".join(f"{name}=" for name in FilmFilter.base_filters)
        self.assertFalse(FilmFilter.filled(QueryDict(f"{everything}&nonsense=")))
        filled = FilmFilter.filled(
            QueryDict("kind=&kind=oxide,&q=%20&thickness_nm_match=within&order_by=name")
        )
        self.assertEqual(filled.dict(), {"kind": "oxide", "order_by": "name"})
        for kept in (
            "thickness_nm_match=near",
            "thickness_nm_match=within&thickness_nm_max=3",
            "thickness_nm_match=within&thickness_nm_min=3",
            "q=a&q=b",
            "q=a,b",
            "nonsense=1",
        ):
            query = QueryDict(kept)
            self.assertEqual(FilmFilter.filled(query), query)

    def test_errors_tell_programs_what_is_wrong_and_what_is_right(self):
        filterset = FilmFilter(QueryDict("knd=oxide&kind=oxid&q="))
        found = {
            name: [(one.code, one.suggestion, one.valid) for one in refused]
            for name, refused in filterset.errors.as_data().items()
        }
        parameters = [*FilmFilter.base_filters, "page"]
        self.assertEqual(
            found,
            {
                "knd": [("unknown_parameter", "kind", parameters)],
                "kind": [("unknown_value", "oxide", ["oxide", "fluoride"])],
                "q": [("empty", None, None)],
            },
        )

    def test_parameters_of_the_view_are_known(self):
        self.assertEqual(errors("page=2"), {})
        self.assertIn("format", errors("format=json"))
        self.assertEqual(errors("format=json", other_parameters=["format"]), {})
        self.assertIn("page", errors("page=2", other_parameters=["format"]))

    def test_a_single_value_given_twice_is_an_error(self):
        for query in ("q=a&q=b", "year_min=1&year_min=2", "page=1&page=2"):
            with self.subTest(query):
                name = query.partition("=")[0]
                self.assertEqual(
                    errors(query),
                    {name: [f"“{name}” takes one value, 2 were given."]},
                )

    def test_hostile_values_are_errors_or_find_nothing(self):
        for name in [*FilmFilter.base_filters, "page", "nonsense"]:
            for value in ("%00", "a%00b", "x" * 10_000, "9" * 30, "',", '"', "%25"):
                with self.subTest(name=name, value=value[:20]):
                    filterset = FilmFilter(
                        QueryDict(f"{name}={value}"), FilmEntry.objects.all()
                    )
                    if filterset.is_valid():
                        self.assertEqual(list(filterset.qs), [])
                    else:
                        self.assertEqual(list(filterset.errors), [name])

    def test_a_value_is_at_most_200_characters_without_nul(self):
        self.assertEqual(
            refusals("q=a%00b"),
            {"q": ("null_character", "“q” holds a NUL character.")},
        )
        self.assertEqual(errors(f"q={'x' * 200}"), {})
        self.assertEqual(
            refusals(f"q={'x' * 201}"),
            {"q": ("too_long", "“q” is longer than 200 characters.")},
        )

    def test_of_objects_that_must_all_be_there_at_most_20_may_be_named(self):
        for number in range(21):
            Substrate.objects.create(slug=f"s{number}", name=f"S {number}")
        slugs = [f"s{number}" for number in range(21)]
        self.assertEqual(errors(f"all_substrates={','.join(slugs[:20])}"), {})
        self.assertEqual(errors(f"substrate={','.join(slugs)}"), {})
        self.assertEqual(
            refusals(f"all_substrates={','.join(slugs)}"),
            {
                "all_substrates": (
                    "too_many_values",
                    "“all_substrates” takes at most 20 values, 21 were given.",
                )
            },
        )

    def test_too_many_values_are_an_error(self):
        slugs = ",".join(f"s{number}" for number in range(101))
        self.assertEqual(
            errors(f"substrate={slugs}"),
            {"substrate": ["“substrate” takes at most 100 values, 101 were given."]},
        )

    def test_of_a_long_list_all_are_named_only_where_none_is_near(self):
        class LongFilter(StrictFilterSet):
            order_by = OrderByFilter({name: name for name in ("name", *"abcdef")})

        def message(order):
            filterset = LongFilter(
                QueryDict(f"order_by={order}"), FilmEntry.objects.all()
            )
            return filterset.errors["order_by"][0]

        self.assertEqual(message("nam"), "Unknown “nam”. Did you mean “name”?")
        self.assertIn("Unknown “zzz”. Valid: name, -name, a, -a,", message("zzz"))

    def test_guidance_lists_what_is_valid_if_it_is_few(self):
        few = [f"{number}" for number in range(12)]
        listed = f"Valid: {', '.join(few)}."
        for near, valid, always, said in (
            (None, few, False, listed),
            ("7", few, False, f"Did you mean “7”? {listed}"),
            (None, [*few, "12"], False, "Nothing valid is near it."),
            ("7", [*few, "12"], False, "Did you mean “7”?"),
            (None, [*few, "12"], True, f"{listed[:-1]}, 12."),
            (None, [], True, "Nothing valid is near it."),
        ):
            with self.subTest(near=near, valid=len(valid), always=always):
                self.assertEqual(guidance(near, valid, always), said)

    def test_the_nearest_is_found_in_any_case(self):
        self.assertEqual(nearest("lipon", ["LiF", "LiPON"]), "LiPON")
        self.assertEqual(nearest("LIPO", ["lif", "lipon"]), "lipon")
        self.assertIsNone(nearest("zzz", ["lif", "lipon"]))

    def test_values_that_make_no_sense_together_are_found_among_right_ones(self):
        class CheckingFilter(FilmFilter):
            def check(self, form, data):
                if data["is_dense"] and data["kind"]:
                    form.add_error("kind", "Not both.")

        for query, expected in (
            ("kind=oxide&is_dense=true", {"kind": ["Not both."]}),
            ("kind=oxide", {}),
            ("kind=oxide&is_dense=true&year_min=x", None),
        ):
            found = CheckingFilter(QueryDict(query), FilmEntry.objects.all()).errors
            if expected is None:
                self.assertEqual(list(found), ["year_min"])
            else:
                self.assertEqual(found, expected)

    def test_messages_do_not_repeat_long_texts(self):
        for length, said in ((50, "y" * 50), (51, "y" * 50 + "…")):
            [message] = errors(f"kind={'y' * length}")["kind"]
            self.assertIn(f"Unknown “{said}”.", message)
        for name, messages in errors(f"{'x' * 5000}=1&kind={'y' * 150}").items():
            self.assertLess(len(name + "".join(messages)), 300)

    def test_all_errors_of_a_query_are_told_at_once(self):
        self.assertEqual(
            set(errors("substrat=a&year_min=x&kind=oxid")),
            {"substrat", "year_min", "kind"},
        )

    def test_every_parameter_is_one_plain_field_with_a_label(self):
        form = FilmFilter().form
        self.assertEqual(list(form.fields), list(FilmFilter.base_filters))
        self.assertEqual(
            [name for name in form.fields if name.startswith("thickness")],
            [
                "thickness_nm",
                "thickness_nm_min",
                "thickness_nm_max",
                "thickness_nm_match",
            ],
        )
        self.assertTrue(all(field.label for field in form.fields.values()))
        self.assertEqual(
            [form.fields[f"thickness_nm_{part}"].label for part in PARTS],
            [f"Thickness (nm), {part}" for part in ("at least", "at most", "match")],
        )
        self.assertEqual(
            [form.fields[f"reading_count_{part}"].label for part in PARTS[:2]],
            ["Reading count, at least", "Reading count, at most"],
        )
        self.assertEqual(
            form.fields["thickness_nm_match"].help_text,
            "How reported values meet thickness_nm, or thickness_nm_min and "
            "thickness_nm_max: “overlap” (the default) finds every value that may lie "
            "in the range, “within” only those that surely do. What is not reported is "
            "never found.",
        )
        self.assertTrue(
            form.fields["conductivity_s_per_cm_match"].help_text.endswith(
                "is never found. At any temperature."
            )
        )

    def test_ranges_keep_their_place_and_are_inherited(self):
        class Child(FilmFilter):
            extra = django_filters.CharFilter(field_name="name")

        parameters = list(Child.base_filters)
        self.assertLess(
            parameters.index("thickness_nm_min"), parameters.index("year_min")
        )
        child = Child(QueryDict("year_min=3&year_max=2"), FilmEntry.objects.all())
        self.assertEqual(list(child.errors), ["year_min"])

    def test_a_list_with_commas_is_shown_as_chosen_in_the_form(self):
        form = FilmFilter(
            QueryDict("kind=oxide,fluoride"), FilmEntry.objects.all()
        ).form
        self.assertEqual(str(form["kind"]).count("selected"), 2)
