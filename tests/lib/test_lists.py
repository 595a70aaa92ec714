from django.template import Context, Template
from django.test import SimpleTestCase


class FactTests(SimpleTestCase):
    def render(self, value):
        template = Template('{% fact "Name" %} {{ value }} {% endfact %}')
        return template.render(Context({"value": value}))

    def test_a_fact_is_a_row_with_its_label_and_escaped(self):
        expected = "<div><dt>Name</dt><dd> a &lt; b </dd></div>"
        self.assertEqual(self.render("a < b"), expected)

    def test_a_fact_without_content_is_left_out(self):
        self.assertEqual(self.render(""), "")
