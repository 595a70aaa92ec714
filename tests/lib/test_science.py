from types import SimpleNamespace

from django.template import Context, Engine
from django.test import RequestFactory, SimpleTestCase

from asei_db.lib.quantities import parse

ENGINE = Engine(builtins=["asei_db.lib.templatetags.science"])


def render(template, path="/", **context):
    context["request"] = RequestFactory().get(path)
    return ENGINE.from_string(template).render(Context(context))


class FormulaTests(SimpleTestCase):
    def test_formulas_are_typeset(self):
        self.assertEqual(render("{{ x|formula }}", x="TiO2"), "TiO<sub>2</sub>")
        self.assertEqual(render("{{ x|formula_text }}", x="TiO2"), "TiO₂")
        self.assertEqual(
            render("{{ x|chemical_text }}", x="on Si(100) & TiO2"),
            "on Si(100) &amp; TiO<sub>2</sub>",
        )

    def test_no_formula_is_no_text(self):
        self.assertEqual(render("{{ x|formula }}{{ y|chemical_text }}", x=None), "")


class DirectionTests(SimpleTestCase):
    def test_a_name_from_right_to_left_stands_apart(self):
        for template in (
            "{{ x|formula }}",
            "{{ x|chemical_text }}",
            "{{ x|isolated }}",
            "{{ x|isolated_names }}",
        ):
            for name in ("כהן", "حسن", "a\u202eb", "a\u2067b", "1\u0661"):
                with self.subTest(template, name=name):
                    self.assertEqual(render(template, x=name), f"<bdi>{name}</bdi>")

    def test_other_names_stay_as_they_are(self):
        for name in ("Ünal", "王", "Li–HQ", "Noether, E."):
            with self.subTest(name):
                self.assertEqual(render("{{ x|isolated }}", x=name), name)
        self.assertEqual(render("{{ x|chemical_text }}", x="כ\nb"), "כ\nb")

    def test_each_of_several_names_stands_apart(self):
        self.assertEqual(
            render("{{ x|isolated_names }}", x="כהן; Noether, E.; <b>"),
            "<bdi>כהן</bdi>; Noether, E.; &lt;b&gt;",
        )

    def test_a_name_is_escaped(self):
        self.assertEqual(render("{{ x|isolated }}", x="<כ>"), "<bdi>&lt;כ&gt;</bdi>")
        self.assertEqual(render("{{ x|isolated }}", x="<b>"), "&lt;b&gt;")


class ElementTests(SimpleTestCase):
    def test_elements_come_in_the_order_of_the_formula(self):
        template = "{% for e in x|in_formula_order:f %}{{ e.symbol }} {% endfor %}"
        for symbols, formula, expected in (
            ("O Al", "Al2O3", "Al O "),
            ("H Li C O", "LiOtBu", "Li O C H "),
            ("O Al", "O", "O Al "),  # what it does not name comes last
            ("Li N O P", "LiPxOyNz", "Li P O N "),
            ("O Al Zn", "AlxZnyOz", "Al Zn O "),
            ("O Al", "", "O Al "),
        ):
            elements = [SimpleNamespace(symbol=symbol) for symbol in symbols.split()]
            with self.subTest(formula):
                printed = render(template, x=elements, f=formula)
                self.assertEqual(printed, expected)


class QuantityTests(SimpleTestCase):
    def printed(self, text, unit):
        return render("{{ x|quantity }}", x=parse(text, unit)).replace("\xa0", " ")

    def test_a_quantity_is_printed_with_its_unit(self):
        for text in ("85-115", "85–115 °C", "85–115"):
            with self.subTest(text):
                self.assertEqual(
                    self.printed(text, "°C"),
                    '<span class="quantity">85–115 °C</span>',
                )
        self.assertEqual(self.printed("RT", "°C"), '<span class="quantity">RT</span>')

    def test_other_numbers_of_the_source_stand_beside_it(self):
        self.assertEqual(
            self.printed("<50 Å", "nm"),
            '<span class="quantity">&lt;5 nm</span> '
            '<span class="source">printed &lt;50 Å</span>',
        )

    def test_the_title_tells_what_the_source_printed_differently(self):
        self.assertEqual(
            self.printed("1–3.0", "nm"),
            '<span class="quantity" title="as reported: 1–3.0">1–3 nm</span>',
        )
        self.assertIn("as reported: &lt;=5", self.printed("<=5", "nm"))

    def test_spaces_and_dashes_are_no_other_print(self):
        for text in ("85 − 115 °C", "85—115"):
            self.assertNotIn("title", self.printed(text, "°C"))
        self.assertNotIn("title", self.printed("∼ 5 nm", "nm"))

    def test_none_is_empty(self):
        self.assertEqual(render("{{ x|quantity }}", x=None), "")
