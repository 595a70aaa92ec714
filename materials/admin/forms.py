"""Forms in which processes, characterization and points are typed as printed."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper

from asei_db.lib.admin import RecordForm
from literature.choices import StudyKind
from materials.choices import DepositionMethod
from materials.importers import get_or_create_process, parse_steps, set_steps
from materials.models import DepositionProcess, Material
from materials.points import parse_points, print_points

_MATERIAL = DepositionProcess._meta.get_field("material")
PRECURSORS_HELP = "In order: “TMA + H2O”; brackets mark an optional step: “(CO2)”."


class PrecursorsField(forms.CharField):
    """The precursors of a cycle as printed, each of them known."""

    def __init__(self, **kwargs):
        super().__init__(
            **{
                "max_length": 200,
                "help_text": PRECURSORS_HELP,
                "widget": forms.TextInput(attrs={"class": "vTextField"}),
            }
            | kwargs
        )

    def clean(self, value):
        text = super().clean(value)
        if text:
            parse_steps(text)
        return text


class StudiesForm(RecordForm):
    """A value of an article, which is its primary work unless others are named."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None

    def _save_m2m(self):
        super()._save_m2m()
        value = self.instance
        is_primary = value.source.kind == StudyKind.ARTICLE
        if self.is_new and is_primary and not value.studies.exists():
            value.studies.add(value.source)

    def study_slug(self):
        """The slug of the work that a value is of: a primary one, else its source."""
        studies = self.cleaned_data.get("studies") or [self.instance.source]
        return studies[0].slug


class ProcessForm(StudiesForm):
    chemistry = PrecursorsField(label="precursors")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["chemistry"] = self.instance.chemistry

    def slug_parts(self):
        process = self.instance
        steps = parse_steps(self.cleaned_data["chemistry"])
        slugs = [precursor.slug for precursor, _ in steps]
        return [process.material.slug, process.method or "unknown", *slugs]

    def _save_m2m(self):
        super()._save_m2m()
        if "chemistry" in self.changed_data:
            set_steps(self.instance, self.cleaned_data["chemistry"])


class CoatingForm(StudiesForm):
    """A coating by an existing process, or by a material, a method and precursors."""

    material = forms.ModelChoiceField(
        Material.objects.all(),
        required=False,
        widget=RelatedFieldWidgetWrapper(
            AutocompleteSelect(_MATERIAL, admin.site),
            _MATERIAL.remote_field,
            admin.site,
            can_add_related=True,
        ),
    )
    method = forms.ChoiceField(
        choices=[("", "---------"), *DepositionMethod.choices], required=False
    )
    precursors = PrecursorsField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["process"].required = False
        self.fields["process"].label = "or existing process"

    def clean(self):
        cleaned = super().clean()
        parts = ("material", "method", "precursors")
        typed = [name for name in parts if cleaned.get(name)]
        if cleaned.get("process") and typed:
            self.add_error(
                "process",
                "Choose a process, or give material, method and precursors; not both.",
            )
        elif not cleaned.get("process") and "process" not in self.errors:
            for name in parts:
                if name not in typed and name not in self.errors:
                    self.add_error(name, "Give this, or choose an existing process.")
        return cleaned

    def fill_in(self):
        coating, data = self.instance, self.cleaned_data
        if data.get("precursors"):
            coating.process, is_new = get_or_create_process(
                data["material"],
                data["method"],
                data["precursors"],
                coating.source,
                coating.locator,
            )
            if is_new and coating.source.kind == StudyKind.ARTICLE:
                coating.process.studies.add(coating.source)
        super().fill_in()

    def slug_parts(self):
        substrate = self.instance.substrate
        where = substrate.slug if substrate else "various"
        return [self.instance.material.slug, where, self.study_slug()]


class MeasurementForm(StudiesForm):
    def slug_parts(self):
        measurement = self.instance
        subject = measurement.subject
        film = getattr(subject, "material", subject)
        return [measurement.property, film.slug, self.study_slug()]


class PointsField(forms.CharField):
    """The points of a test, one a line."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def __init__(self):
        super().__init__(
            required=False,
            help_text=(
                "One a line: “cycle 200: retention 80 %, efficiency >99 %” or “500 h: "
                "overpotential 20 mV”. Values: capacity, areal capacity, retention, "
                "efficiency, overpotential; then, if need be, “remark” and a sentence."
            ),
        )

    def to_python(self, value):
        # Browsers send two signs for a new line, which is no change of the text.
        return super().to_python(value).replace("\r\n", "\n")


class CyclingTestForm(RecordForm):
    """A test with its points, typed one a line."""

    points = PointsField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["points"] = print_points(self.instance.points.all())

    def clean_points(self):
        text = self.cleaned_data["points"]
        if "points" in self.changed_data:
            self.parsed_points = parse_points(text)
        return text

    def clean(self):
        cleaned = super().clean()
        control, study = cleaned.get("control"), cleaned.get("study")
        if control and study and control.study_id != study.pk:
            self.add_error("control", "The control is a test of another study.")
        return cleaned

    def fill_in(self):
        if not self.instance.source_id:
            self.instance.source = self.instance.study
        super().fill_in()

    def slug_parts(self):
        test = self.instance
        film = test.coating.material.slug if test.coating else "bare"
        return [film, test.electrode.slug, test.study.slug]

    def _save_m2m(self):
        super()._save_m2m()
        if "points" in self.changed_data:
            self.instance.points.all().delete()
            for point in self.parsed_points:
                point.test = self.instance
                point.save()
