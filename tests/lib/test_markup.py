from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from asei_db.lib.markup import plain_text


class PlainTextTests(SimpleTestCase):
    def assert_all(self, pairs):
        for text, plain in pairs:
            with self.subTest(text):
                self.assertEqual(plain_text(text), plain)

    def test_tags_go_and_their_text_stays(self):
        self.assert_all(
            [
                ("Li<sub>7</sub>La<SUB>3</SUB>", "Li7La3"),
                ("An <i>in situ</i> study", "An in situ study"),
                ("<scp>L</scp>i<sup>+</sup> <b>bold</b>", "Li+ bold"),
                ('<title>Li<span class="sub">2</span>O</title>', "Li2O"),
                ("Al<inf>2</inf>O<inf>3</inf>", "Al2O3"),
                ("One<br/>two <p>three</p><p>four</p>", "One two three four"),
                ("<jats:italic>x</jats:italic>", "x"),
                ("<unknown>x</unknown>", "x"),
                ("<Unknown>x</UNKNOWN>", "x"),
                ("A <xml:unknown>B", "A B"),
                ("One<jats:p>two", "One two"),
                ("<![CDATA[Li<sub>2</sub>O]]>", "Li2O"),
                ("A<!-- a note -->B", "AB"),
            ]
        )

    def test_line_breaks_put_no_space_into_formulas(self):
        self.assert_all(
            [
                (
                    "Solid Li\n   <sub>7</sub>\n   La\n   <sub>3</sub>\n   films",
                    "Solid Li7La3 films",
                ),
                ("Li<sub>\n2 </sub>O", "Li2O"),
                ("Li\n <sup>+</sup>\n ions", "Li+ ions"),
                ("An\n <i>in situ</i>\n study", "An in situ study"),
                ("TiO\n <sub>2</sub>\n ALD films", "TiO2 ALD films"),
                ("Solid\n <sup>7</sup>\n Li NMR", "Solid 7 Li NMR"),
            ]
        )

    def test_spaces_by_which_registries_part_scripts_are_none_of_a_formula(self):
        self.assert_all(
            [
                ("Al <sub>2</sub> O <sub>3</sub> films", "Al2O3 films"),
                ("TiO <sub>2</sub> ALD and <sup>7</sup>Li", "TiO2 ALD and 7Li"),
                ("TiO <sub>2</sub> In situ, N-doped", "TiO2 In situ, N-doped"),
                ("Li <sup>+</sup> and Ni <sup>2+</sup> ions", "Li+ and Ni2+ ions"),
                ("10 <sup>−8</sup> S cm", "10−8 S cm"),
                ("PF <sub>6</sub> <sup>−</sup> anions", "PF6− anions"),
                ("SO<sub>4</sub> <sup>2−</sup> ions", "SO42− ions"),
                ("H <sub>2</sub> O as oxidant", "H2O as oxidant"),
                (
                    "Li <sub>1.3</sub> Ti <sub>1.7</sub> (PO <sub>4</sub> ) "
                    "<sub>3</sub> solid",
                    "Li1.3Ti1.7(PO4)3 solid",
                ),
                ("Al<sub>2</sub>O<sub>3</sub> In situ", "Al2O3 In situ"),
            ]
        )

    def test_braces_accents_and_spaces_of_tex_are_read(self):
        self.assert_all(
            [
                ("{ALD} of {ZnO}", "ALD of ZnO"),
                ("{111} planes, {hkl}", "{111} planes, {hkl}"),
                (r"5\,nm \(\mathrm{TiO}_2\)", "5 nm TiO2"),
                (r"Sch{\"a}fer, G{\"{o}}del, na\"ive", "Schäfer, Gödel, naïve"),
                (r"{\AA}ngstr{\"o}m, \v{S}imek", "Ångström, Šimek"),
                (r"a \c b, C:\very", r"a \c b, C:\very"),
            ]
        )

    def test_mathml_reads_as_on_the_page(self):
        math = (
            '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML">\n <mml:msub>'
            "<mml:mi>Li</mml:mi>\n <mml:mn>2</mml:mn></mml:msub>\n"
            "<mml:mtext> </mml:mtext><mml:mi>O</mml:mi>"
            '<mml:annotation encoding="TeX">Li_2 O</mml:annotation></mml:math>'
        )
        self.assert_all([(f"A {math} film", "A Li2 O film")])

    def test_entities_are_decoded_twice_if_coded_twice(self):
        self.assert_all(
            [
                (
                    "Growth &amp; decay of Li&lt;sub&gt;2&lt;/sub&gt;O",
                    "Growth & decay of Li2O",
                ),
                ("A &amp;amp; B&amp;lt;i&amp;gt;c&amp;lt;/i&amp;gt;", "A & Bc"),
                ("5&nbsp;nm &#945;&#x2082;", "5 nm α₂"),
                ("R&D; AT&T", "R&D; AT&T"),
            ]
        )

    def test_subscripts_of_registries_and_tex_are_joined(self):
        self.assert_all(
            [
                ("Al[sub 2]O[sub 3] and Li[sup +]", "Al2O3 and Li+"),
                ("Li[sub 1-[sub x]]", "Li1-x"),
                ("Al$_2$O$_3$", "Al2O3"),
                ("Al$_{2}$O$_{3}$", "Al2O3"),
                ("$\\mathrm{Al_2O_3}$", "Al2O3"),
                ("Li$_x$CoO$_{2-\\delta}$", "LixCoO2-δ"),
                ("Li$^+$ and Li$^{+}$", "Li+ and Li+"),
                ("$\\beta$-MnO$_2$", "β-MnO2"),
                ("$x$ of $1$ and $U_{a}^{b}{c}$", "x of $1$ and Uabc"),
                ("hy\\-phen", "hyphen"),
                ("Al\\textsubscript{2}O\\textsubscript{3}", "Al2O3"),
                ("Li_{2}O and Li_2O", "Li2O and Li2O"),
                (
                    "\\textit{In situ} \\emph{ex situ} \\ce{Li2O}",
                    "In situ ex situ Li2O",
                ),
                ("50\\% \\& more", "50% & more"),
            ]
        )

    def test_what_is_no_markup_stays(self):
        for text in (
            "Films with d < 5 nm",
            "x<0.5 and y>1",
            "a<b and c>d",
            "p<0.05, n>3",
            "a < b > c",
            "the <110> direction of {111} planes",
            "Costs $5 and $6",
            "$\\sqrt{2}$ of it",
            "Sample_1",
            "A<x>B",
        ):
            with self.subTest(text):
                self.assertEqual(plain_text(text), text)
        self.assertEqual(plain_text("5 &lt; x &lt; 7"), "5 < x < 7")

    def test_white_space_is_single_and_signs_of_no_width_go(self):
        self.assert_all(
            [
                ("Two  spaces and\n   a line", "Two spaces and a line"),
                ("\ufeffLi\u00adthium\u200b oxide\u2009", "Lithium oxide"),
            ]
        )

    @given(
        st.lists(
            st.text(max_size=3)
            | st.sampled_from(
                [
                    "<sub>",
                    "</sub>",
                    "&amp;",
                    "lt;",
                    "$",
                    "_{",
                    "}",
                    "\\text{",
                    "[sub ",
                    "]",
                ]
            )
        ).map("".join)
    )
    def test_plain_text_stays_as_it_is(self, text):
        plain = plain_text(text)
        self.assertEqual(plain_text(plain), plain)
        self.assertNotRegex(plain, "</?(sub|sup|i|b)>")
