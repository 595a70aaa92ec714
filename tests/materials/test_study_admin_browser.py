from django.contrib.auth.models import User

from literature.models import Study
from tests.browser import BrowserTestCase
from tests.factories import (
    create_material,
    create_method,
    create_precursor,
    create_substrate,
)


class AddingAStudyInTheBrowserTests(BrowserTestCase):
    def setUp(self):
        super().setUp()
        User.objects.create_superuser("ada", password="correct horse battery")
        create_material("Al2O3")
        create_substrate("Li metal")
        create_method("EIS")
        create_precursor("TMA")
        create_precursor("H2O")
        self.page.goto("/admin/literature/study/add/")
        self.page.fill("[name=username]", "ada")
        self.page.fill("[name=password]", "correct horse battery")
        self.page.click("[type=submit]")

    def choose(self, name, text):
        """Type into an autocomplete field and take its only offer."""
        self.page.click(f"#id_{name} + .select2 .select2-selection")
        self.page.fill(".select2-dropdown .select2-search__field", text)
        self.page.click(
            ".select2-results__option[data-select2-id]:not(.loading-results)"
        )

    def fill(self, prefix, **values):
        for name, value in values.items():
            self.page.fill(f"[name={prefix}-{name}]", value)

    def test_a_curator_adds_a_study_mends_an_error_and_publishes_it(self):
        page, coating, test = self.page, "sourced_coating_set", "cycling_tests"
        page.fill("[name=title]", "Alumina on lithium")
        page.fill("[name=authors]", "Noether, E.")
        page.fill("[name=year]", "2021")
        self.choose(f"{coating}-0-material", "al2o3")
        page.select_option(f"[name={coating}-0-method]", "ald")
        self.choose(f"{coating}-0-substrate", "li metal")
        self.fill(
            f"{coating}-0",
            precursors="TMA + H20",
            characterization_as_reported="EIS",
            locator="Fig. 1",
        )
        page.click("text=Add another Cycling test")
        for row in (0, 1):
            self.choose(f"{test}-{row}-electrode", "li metal")
            page.select_option(f"[name={test}-{row}-cell_type]", "symmetric")
            self.fill(
                f"{test}-{row}",
                points="500 h: overpotential 20 mV\n600 h: overpotential 30 mV",
                locator="Fig. 4",
            )
        self.fill(f"{test}-1", coating_row="1", control_row="1")
        page.click("[name=_save]")
        page.locator(".field-precursors .errorlist").get_by_text(
            "No precursor is called “H20”. Did you mean H2O?"
        ).wait_for()
        self.assertFalse(Study.objects.filter(title="Alumina on lithium").exists())

        self.fill(f"{coating}-0", precursors="TMA + H2O")
        page.click("[name=_continue]")
        page.get_by_text("was added successfully").wait_for()
        self.assertEqual(page.input_value("[name=slug]"), "noether-2021")
        self.assertIn(
            "Al2O3 on Li metal", page.inner_text(f"#{coating}-0 .inline_label")
        )
        page.select_option("[name=status]", "published")
        page.click("[name=_save]")
        page.get_by_text("was changed successfully").wait_for()
        page.goto("/coatings/al2o3-li-metal-noether-2021/")
        self.assertIn("Al2O3", page.inner_text("h1"))
