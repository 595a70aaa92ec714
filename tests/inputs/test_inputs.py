"""Each input of `cases.yaml`, typed where a curator or a script types it.

A check is a method of `InputTests` that types an input and returns what came of it, as
text in the notation of `cases.yaml`. `-k K17` runs the inputs of a kind.
"""

import csv
import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import rispy
import yaml
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory, TestCase
from django.utils.datastructures import MultiValueDict
from pybtex.database import parse_string

from asei_db.lib.fields import quantity_fields
from asei_db.lib.records import load_records
from literature.citations import FORMATS, to_bibtex, to_csl_json, to_ris
from literature.models import Study
from materials.choices import Property
from materials.management.commands.load_literature import FILES
from materials.models import (
    CharacterizationMethod,
    Coating,
    CyclingTest,
    DepositionProcess,
    Material,
    PropertyMeasurement,
)
from precursors.models import Element, Precursor
from tests.factories import (
    create_coating,
    create_cycling_test,
    create_element,
    create_material,
    create_process,
    create_study,
    create_substrate,
)
from tests.inputs.notation import is_right, person_name, spoken

KINDS = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))
CURATED = Path(__file__).resolve().parents[2] / "fixtures"
POINT_NAMES = {
    "specific_capacity": "capacity",
    "areal_capacity": "areal capacity",
    "capacity_retention": "retention",
    "coulombic_efficiency": "efficiency",
    "overpotential": "overpotential",
}
#: By how much a number may differ from the right one; pressures are given rounded.
TOLERANCE = {"vapor_pressure": 1e-4}


class RefusedError(Exception):
    """A form was refused; the message is that of the field."""


@cache
def admin_form(model):
    """The form on which a curator adds a record."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True)
    return admin.site.get_model_admin(model).get_form(request)


def saved(model, *fields, **typed):
    """The record that the admin makes of what is typed, as the database has it.

    Raises RefusedError if it is refused at one of `fields`, AssertionError if at
    others.
    """
    form = admin_form(model)(MultiValueDict({k: [v] for k, v in typed.items()}))
    if form.is_valid():
        return model.objects.get(pk=form.save().pk)
    sentences = [message for messages in form.errors.values() for message in messages]
    # A value that is hard to believe is refused with a tick to confirm it by.
    if not form.errors.keys() <= {*fields, "confirmed"}:
        raise AssertionError(f"Refused at {[*form.errors]}: {sentences}")
    raise RefusedError(" ".join(sentences))


def saved_study(*fields, **typed):
    defaults = {"kind": "article", "metadata_confidence": "verified"}
    more = {"status": "published", "year": "2020", "journal": "J. Test."}
    return saved(Study, *fields, **defaults | more | typed)


def _heading(response):
    [heading] = re.findall("<h1[^>]*>(.*?)</h1>", response.content.decode(), re.S)
    return re.sub("</?bdi[^>]*>", "", heading).strip()


class InputTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        needed = {Element, Study, Precursor, CharacterizationMethod}
        for name, model, how in FILES:
            if model in needed:
                for path in sorted(CURATED.rglob(name)):
                    load_records(path, model, **how)
        study = create_study()
        cls.sourced = {"source": study.pk, "locator": "Table 1", "reading": "stated"}
        cls.element = create_element("Li", 3)
        lithium = create_substrate("Li metal")
        elements = Element.objects.filter(symbol__in=["Li", "F"])
        cls.film = create_material("LiF", elements)
        cls.process = create_process(cls.film)
        cls.coating = create_coating(cls.process, substrate=lithium)
        control = create_cycling_test(electrode=lithium, study=study)
        create_cycling_test(
            electrode=lithium, study=study, coating=cls.coating, control=control
        )
        cls.cell = {"study": study.pk, "electrode": lithium.pk}

    def quantity(self, text, name):
        column, record = f"{name}_as_reported", self.sourced
        if name in quantity_fields(CyclingTest):
            record = saved(CyclingTest, column, **record | self.cell | {column: text})
        elif name in quantity_fields(Coating):
            subject = {"process": self.process.pk}
            record = saved(Coating, column, **record | subject | {column: text})
        elif name in Property.values:
            subject = {"coating": self.coating.pk}
            if "precursor" in Property(name).declared.subjects:
                subject = {"precursor": Precursor.objects.first().pk}
            subject["property"] = name
            if Property(name).names == "element":
                subject["element"] = self.element.pk
            value = {"value_as_reported": text}
            record = saved(PropertyMeasurement, *value, **record | subject | value)
            name = "value"
        else:
            [record] = self.points_of(f"cycle 1: {POINT_NAMES[name]} {text}")
        return " ".join(spoken(getattr(record, name)))

    def points_of(self, text):
        typed = self.sourced | self.cell | {"points": text}
        return saved(CyclingTest, "points", **typed).points.all()

    def point(self, text):
        return "; ".join(
            " ".join([str(point), word, *spoken(getattr(point, name))[1:]])
            for point in self.points_of(text)
            for name, word in POINT_NAMES.items()
            if getattr(point, name) is not None
        )

    def elements(self, text):
        named = {"name": "A film", "material_class": "oxide", "formula": text}
        film = saved(Material, "formula", **self.sourced | named)
        return " ".join(sorted(film.elements.values_list("symbol", flat=True)))

    def shows(self, text):
        named = {"name": text, "material_class": "oxide"}
        film = saved(Material, "name", **self.sourced | named)
        return _heading(self.client.get(film.get_absolute_url()))

    def prose(self, text):
        study = saved_study("title", title=text)
        return _heading(self.client.get(study.get_absolute_url()))

    def exports(self, text):
        study = saved_study("title", title=text)
        api = "/api/v1/studies/"
        addresses = [
            f"{address}?format={one.name}"
            for one in FORMATS
            for address in (api, f"{api}{study.slug}/")
        ] + [f"{study.get_absolute_url()}cite.{one.extension}" for one in FORMATS]
        statuses = {str(self.client.get(one).status_code) for one in addresses}
        return " ".join(sorted(statuses))

    def title(self, text):
        return self.bibliographic("title", "title", text)

    def journal(self, text):
        return self.bibliographic("journal", "container-title", text)

    def doi(self, text):
        return self.bibliographic("doi", "DOI", text)

    def bibliographic(self, field, exported_as, text):
        """What is stored, and how it is exported if that is something else."""
        study = saved_study(field, **{field: text})
        stored = getattr(study, field)
        exported = json.loads(to_csl_json([study]))[0][exported_as]
        same = stored in (exported, unquote(exported))
        return stored if same else f"{stored}, exported as {exported}"

    def doi_twice(self, first, second):
        saved_study(doi=first)
        return saved_study("doi", "__all__", doi=second).doi

    def pages(self, text):
        study = saved_study("pages", volume="7", pages=text)
        [reference] = rispy.loads(to_ris([study]))
        first = reference["start_page"]
        if not study.label.endswith(f", {first}"):
            return f"{first} labeled “{study.label}”"
        return f"{first} {reference.get('end_page', '')}".strip()

    def author(self, text):
        study = saved_study("authors", authors=text)
        [entry] = parse_string(to_bibtex([study]), "bibtex").entries.values()
        return "; ".join(map(person_name, entry.persons["author"]))

    def cas(self, text):
        named = {"name": "Some", "precursor_class": "metal", "cas_number": text}
        named |= {"identifiers_source": "PubChem"}
        return saved(Precursor, "cas_number", **self.sourced | named).cas_number

    def smiles(self, formula, smiles):
        named = {"name": "Some", "precursor_class": "metal", "formula": formula}
        named |= {"smiles": smiles, "identifiers_source": "PubChem"}
        saved(Precursor, "formula", "smiles", **self.sourced | named)
        return "accepted"

    def methods(self, text):
        column = "characterization_as_reported"
        typed = self.sourced | {"process": self.process.pk, column: text}
        uses = saved(Coating, column, **typed).characterization_uses
        return " ".join(use.method.acronym for use in uses.all())

    def steps(self, text):
        typed = self.sourced | {"material": self.film.pk, "chemistry": text}
        process = saved(DepositionProcess, "chemistry", **typed)
        return " ".join(step.precursor.slug for step in process.steps.all())

    def csv(self, text):
        typed = self.sourced | {"material": self.film.pk, "chemistry": "TMA + H2O"}
        column = "deposition_temperature_as_reported"
        process = saved(DepositionProcess, column, **typed | {column: text})
        response = self.client.get(f"/api/v1/processes/{process.slug}/?format=csv")
        [row] = csv.DictReader(b"".join(response).decode().splitlines())
        return row["deposition_temperature.as_reported"]

    def get(self, address):
        response = self.client.get(address)
        count = response.json().get("count")
        found = [] if count is None else [">0" if count else "0"]
        return " ".join([str(response.status_code), *found])

    def slug(self, author, title):
        return saved_study(authors=author, title=title).slug

    def test_no_kind_and_no_input_is_lost(self):
        names = [kind["kind"] for kind in KINDS]
        self.assertEqual(names, [f"K{n:02}" for n in range(1, len(KINDS) + 1)])
        rows = [rows for kind in KINDS for rows in kind["checks"].values()]
        self.assertGreaterEqual(len(KINDS), 35)
        self.assertGreaterEqual(sum(map(len, rows)), 224)

    def test_a_wrong_answer_is_not_right(self):
        for answer, right in [
            ("= 80 121", "= 80 120"),
            ("~ 80 120", "= 80 120"),
            ("> 500 500", "> 500 -"),
            ("refused: Not read.", "= 80 120"),
            ("= 80 120", "refused"),
            ("refused: Not read.", "refused empty"),
            ("refused: Not read.", "not Cl<sub>2.2</sub>"),
            ("CaCl<sub>2.2</sub>", "not Cl<sub>2.2</sub>"),
            ("Two  spaces here", "Two spaces here"),
            ("Cyc EIS SEM", "Cyc EIS XPS"),
        ]:
            with self.subTest(answer, right=right):
                self.assertFalse(is_right(answer, right, 1e-9))


def _add_test(kind, check, number, typed, *right):
    method, _, name = check.partition(" ")
    method = method.replace("-", "_")
    arguments = [*typed] if isinstance(typed, list) else [typed]
    arguments += [name] if name else []
    expected = " or ".join(map(repr, right))

    def test(self):
        what = f"{kind['kind']} ({kind['title']}), {check}: {typed!r}"
        try:
            answer = getattr(self, method)(*arguments)
        except RefusedError as error:
            answer = f"refused: {error}"
        except Exception as error:
            error.add_note(f"{what} fails; right is {expected}")
            raise
        tolerance = TOLERANCE.get(name, 1e-9)
        if not any(is_right(answer, one, tolerance) for one in right):
            self.fail(f"{what} gives {answer!r}; right is {expected}")

    label = f"test_{kind['kind']}-{check.replace(' ', '-')}-{number}"
    setattr(InputTests, label, test)


for kind in KINDS:
    for check, rows in kind["checks"].items():
        for number, row in enumerate(rows, start=1):
            _add_test(kind, check, number, *row)
