from django.core.exceptions import ValidationError
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from literature.names import Name, parse_name, plain_name, read_name, validate_names


class NameTests(SimpleTestCase):
    def assert_refused(self, line, *right):
        """The line is refused, and the error gives the lines that would be right."""
        with self.subTest(line):
            with self.assertRaises(ValidationError) as caught:
                parse_name(line)
            [message] = caught.exception.messages
            self.assertIn(" and ".join(f"“{one}”" for one in right), message)

    def test_a_person_has_family_and_given_name_and_perhaps_a_suffix(self):
        for line, name in [
            ("Noether, Emmy", ("Noether", "Emmy")),
            ("Noether, Emmy, Jr.", ("Noether", "Emmy", "Jr.")),
            ("Smith, J. A., III", ("Smith", "J. A.", "III")),
            ("van der Berg, J. A.", ("van der Berg", "J. A.")),
            ("O’Brien, K.", ("O’Brien", "K.")),
            ("Müller-Lüdenscheidt, H.-J.", ("Müller-Lüdenscheidt", "H.-J.")),
            ("Ramón y Cajal, S.", ("Ramón y Cajal", "S.")),
            ("Kim, Vi", ("Kim", "Vi")),
            ("王，小明", ("王", "小明")),
            ("Иванов, И. И.", ("Иванов", "И. И.")),
            ("Jean‐Paul, A.", ("Jean-Paul", "A.")),
            ("M&uuml;ller,\u200b <b>J.</b>", ("Müller", "J.")),
        ]:
            with self.subTest(line):
                self.assertEqual(parse_name(line), Name(*name))

    def test_a_line_has_one_spelling(self):
        for line, plain in [
            ("Curie ,M.", "Curie, M."),
            ("Curie，  M.", "Curie, M."),
            ("McXavier, J.–P.", "McXavier, J.–P."),
            ("Jean–Paul, A.", "Jean-Paul, A."),
        ]:
            self.assertEqual(plain_name(line), plain)

    def test_an_organization_is_one_name(self):
        for line in (
            "Materials and Energy Lab",
            "Department of Chemistry & Physics",
            "Smith and Sons, Inc.",
            "Johnson & Johnson Ltd.",
            "U.S. Geological Survey",
            "3M Company",
            "National Renewable Energy Laboratory (NREL)",
            "CATL",
            "Friends of Science and Art",
            "王小明",
        ):
            with self.subTest(line):
                self.assertEqual(parse_name(line), Name(line))

    def test_several_people_are_refused_with_a_line_for_each(self):
        for line in (
            "Smith, J., Doe, K.",
            "Smith, J. and Doe, K.",
            "Smith, J., and Doe, K.",
            "Smith, J. & Doe, K.",
            "Smith, J.; Doe, K.",
            "Smith, J. / Doe, K.",
            "J. Smith and K. Doe",
            "J. Smith, K. Doe",
            "Smith J., Doe K.",
            "Smith J.; Doe K.",
        ):
            self.assert_refused(line, "Smith, J.", "Doe, K.")
        self.assert_refused(
            "Smith, J., Doe, K., and Lee, P.", "Smith, J.", "Doe, K.", "Lee, P."
        )
        self.assert_refused("Smith and Doe", "Smith", "Doe")
        self.assert_refused("John Smith & Kate Doe", "John Smith", "Kate Doe")

    def test_what_is_no_part_of_a_name_is_refused_with_the_name_alone(self):
        for line in (
            "Smith, J.,",
            "Smith, J.*",
            "Smith, J.†",
            "Smith, J.1",
            "Smith, J. 1",
            "Smith, J.1,2",
            "Smith, J.1, 2",
            "Smith, J.¹",
            "Smith, J.a",
            "Smith1, J.",
            "Smith, J. (editor)",
            "Smith, J. smith@example.org",
            "Smith, J. https://example.org/0000-0001",
            "smith@example.org Smith, J.",
            "1 Smith, J.",
            "Dr. Smith, J.",
            "J. Smith",
            "Smith J.",
            "Smith J",
            "J Smith",
            "Smith, Prof. J.",
            "Smith, J., Dr.",
            "Smith, J. 0000-0002-1825-0097",
            "Smith, J. (ORCID: 0000-0002-1825-009X)",
        ):
            self.assert_refused(line, "Smith, J.")

    def test_initials_without_stops_are_no_organization(self):
        self.assert_refused("Smith JW", "Smith, J. W.")
        self.assert_refused("J W Smith", "Smith, J. W.")
        self.assert_refused("Smith JW, Doe K", "Smith, J. W.", "Doe, K.")
        for name in ("Umicore AG", "BASF SE", "Samsung SDI", "Forge Nano US", "3M"):
            with self.subTest(name):
                self.assertEqual(read_name(name), Name(name))
        for line in ("Dr, Ada", "Ms, Li"):  # families
            with self.subTest(line):
                self.assertTrue(parse_name(line).given)

    def test_a_suffix_elsewhere_is_refused_with_the_right_order(self):
        for line in ("King Jr., Martin", "King, Martin Jr.", "King, Jr., Martin"):
            self.assert_refused(line, "King, Martin, Jr.")
        self.assert_refused("King, Jr.", "King, Given, Jr.")
        self.assert_refused("Noether, Emmy, PhD", "Family, Given, Jr.")

    def test_others_are_et_al_and_stand_last(self):
        self.assertEqual(parse_name("et al."), Name("et al."))
        for line in ("et al", "Et al.", "et. al.", "and others", "others"):
            self.assert_refused(line, "et al.")
        for line in ("Smith, J. et al.", "Smith, J., et al"):
            self.assert_refused(line, "Smith, J.", "et al.")
        validate_names(["Smith, J.", "et al."])
        with self.assertRaisesMessage(ValidationError, "“et al.” comes last"):
            validate_names(["et al.", "Smith, J."])

    def test_nothing_is_no_name(self):
        for line in ("", ",", "*", "12", "smith@example.org", " , J."):
            self.assert_refused(line, "Family, Given")

    def test_an_error_says_what_is_wrong_and_what_would_be_right(self):
        for line, sentence in [
            (
                "Smith, J.; Doe, K.",
                "names several authors. Write 2 lines: “Smith, J.” and “Doe, K.”.",
            ),
            ("J. Doe", "is not “Family, Given”. Write “Doe, J.”."),
            ("et al", "names others. Write “et al.”."),
            ("*", "is no name. Write “Family, Given”."),
            ("Doe, J.*", "holds more than a name. Write “Doe, J.”."),
            ("Doe (ed.), J.", "holds more than a name. Write “Doe, J.”."),
            ("Dr. Doe, J.", "has a title. Write “Doe, J.”."),
            ("Doe, J., Lee, K., Ott", "is no author. Write “Family, Given”."),
            ("Doe, J., X", "has too many commas. Write “Family, Given, Jr.”."),
            ("Doe, Jr.", "lacks the given name. Write “Doe, Given, Jr.”."),
            (
                "Doe, Jr., J.",
                "has the suffix before the given name. Write “Doe, J., Jr.”.",
            ),
            ("Doe Jr., J.", "has a suffix, which comes last. Write “Doe, J., Jr.”."),
        ]:
            with self.subTest(line):
                with self.assertRaises(ValidationError) as caught:
                    parse_name(line)
                self.assertEqual(caught.exception.messages, [f"“{line}” {sentence}"])
                self.assertEqual(caught.exception.code, "author")

    def test_every_wrong_line_is_named(self):
        with self.assertRaises(ValidationError) as caught:
            validate_names(["Smith, J.*", "Noether, E.", "J. Doe"])
        self.assertEqual(len(caught.exception.messages), 2)

    @given(st.text() | st.text("Smith J.,;&and et al*1 Jr"))
    def test_any_text_is_a_name_or_refused_as_one(self, line):
        try:
            name = parse_name(line)
        except ValidationError:
            self.assertEqual(read_name(line), Name(line))
        else:
            self.assertTrue(name.family)
