"""Forms in which processes, characterization and points are typed as printed."""

from django import forms
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError

from asei_db.lib import deriving
from asei_db.lib.admin import RecordForm
from asei_db.lib.fields import unusual
from literature.choices import StudyKind
from materials.checks import SAME_COATING, other_electrode
from materials.chemistry import (
    find_process,
    get_or_create_process,
    parse_steps,
    set_steps,
)
from materials.choices import DepositionMethod
from materials.models import (
    Coating,
    CyclingPoint,
    DepositionProcess,
    Material,
    RecipeStep,
)
from materials.points import parse_points, print_points

MOST_POINTS = 5000
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


class ConfirmedForm(RecordForm):
    """A value that has to be confirmed and explained in a note where it is unusual."""

    confirmed = forms.BooleanField(
        label="I checked this: it is printed so",
        required=False,
        help_text="For a value that is asked about; say more in a note.",
    )

    def unusual(self):
        """Yield (field, sentence) of what is hard to believe in what was typed."""
        typed = {*self.changed_data}
        for name, sentence in unusual(self.instance):
            if name in typed or "property" in typed:
                yield name, sentence

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        found = list(self.unusual())
        if found and not self.cleaned_data.get("confirmed"):
            for name, sentence in found:
                self.add_error(name, sentence)
            self.add_error(
                "confirmed", "If it is printed so, tick this and say more in a note."
            )
        elif found and not self.cleaned_data.get("notes"):
            self.add_error(
                "notes", "Say in a note why, or that, it is printed so: " + found[0][1]
            )


class StudiesForm(ConfirmedForm):
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
    """A process by its precursors, or with the statement that none are named."""

    chemistry = PrecursorsField(label="precursors", required=False)
    is_unnamed = forms.BooleanField(
        label="precursors not reported",
        required=False,
        help_text="The source names none of them.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["chemistry"] = self.instance.chemistry
            self.initial["is_unnamed"] = not self.instance.chemistry

    def clean(self):
        cleaned = super().clean()
        if "chemistry" not in cleaned:
            return cleaned
        if cleaned.get("is_unnamed"):
            if cleaned["chemistry"]:
                self.add_error(
                    "is_unnamed", "Precursors are named; take this or them away."
                )
            cleaned["is_complete"] = False
        elif not cleaned["chemistry"]:
            self.add_error(
                "chemistry",
                "Give the precursors, or tick “Precursors not reported” if the source "
                "names none.",
            )
        elif self.instance.pk and cleaned.get("is_complete"):
            self._check_recipes(cleaned["chemistry"])
        return cleaned

    def _check_recipes(self, chemistry):
        """Refuse to take away what a recipe of the process feeds."""
        kept = [precursor for precursor, _ in parse_steps(chemistry)]
        steps = RecipeStep.objects.filter(recipe__process=self.instance)
        for step in steps.exclude(precursor__in=kept).joined()[:1]:
            self.add_error(
                "chemistry",
                f"Its recipe {step.recipe.slug} feeds {step.precursor.label}; change "
                "that first.",
            )

    def slug_parts(self):
        process, text = self.instance, self.cleaned_data["chemistry"]
        steps = parse_steps(text) if text else []
        slugs = [precursor.slug for precursor, _ in steps]
        return [process.material.slug, process.method or "unknown", *slugs]

    def _save_m2m(self):
        super()._save_m2m()
        if "chemistry" in self.changed_data:
            set_steps(self.instance, self.cleaned_data["chemistry"])


class RecipeForm(StudiesForm):
    """How a study ran a process."""

    def slug_parts(self):
        recipe = self.instance
        at = recipe.deposition_temperature_as_reported
        return [recipe.process.slug, self.study_slug(), *([at] if at else [])]


class RecipeStepForm(RecordForm):
    """A step; what is rare in it is confirmed, with a note, for the whole recipe."""

    def _post_clean(self):
        super()._post_clean()
        if self.errors or (self.data.get("confirmed") and self.data.get("notes")):
            return
        for name, sentence in unusual(self.instance):
            if name in self.changed_data:
                self.add_error(
                    name,
                    f"{sentence} If it is printed so, tick “I checked this” of the "
                    "recipe and say more in its note.",
                )


class CoatingForm(StudiesForm):
    """A coating by an existing process, or by a material, a method and precursors."""

    material = forms.ModelChoiceField(Material.objects.all(), required=False)
    method = forms.ChoiceField(
        choices=[("", "---------"), *DepositionMethod.choices], required=False
    )
    precursors = PrecursorsField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if process := self.fields.get("process"):  # None where it may only be read
            process.required = process.widget.is_required = False
            if isinstance(process.widget, RelatedFieldWidgetWrapper):
                process.widget.widget.is_required = False  # so that it can be emptied
            process.label = "or existing process"

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
        if not cleaned.get("process"):
            cleaned.pop("process", None)  # the saved one stays until another is found
        return cleaned

    def unusual(self):
        yield from super().unusual()
        film = ("process", "material", "substrate", "thickness_as_reported", "source")
        if {*film} & {*self.changed_data}:
            for other in self._twins():
                name = "process" if self.cleaned_data.get("process") else "material"
                yield name, f"This coating is the same as {other}."

    def film(self):
        """What makes it the same as another coating of its source, or None."""
        data = self.cleaned_data
        process = data.get("process")
        if not process:
            if not (data.get("material") and data.get("precursors")):
                return None
            steps = parse_steps(data["precursors"])
            process = find_process(data["material"], data["method"], steps) or (
                data["material"].pk,
                data["method"],
                tuple((precursor.pk, is_optional) for precursor, is_optional in steps),
            )
        coating = self.instance
        values = {name: getattr(coating, name, None) for name in SAME_COATING}
        return {"process": process} | values

    def _twins(self):
        film = self.film()
        if film is None:
            return
        studies = {*(self.cleaned_data.get("studies") or ())}
        source = self.instance.source if self.instance.source_id else None
        if source and isinstance(film["process"], DepositionProcess):
            own = {source} if source.kind == StudyKind.ARTICLE else set()
            others = Coating.objects.filter(source=source, **film)
            for other in others.exclude(pk=self.instance.pk):
                if {*other.studies.all()} == (studies or own):
                    yield other.slug
        for number, form in enumerate(getattr(self, "formset", None) or (), start=1):
            if form is self:
                break
            if form.is_bound and form.has_changed() and not form.errors:
                same = form.instance.pk is None and form.film() == film
                if same and {*(form.cleaned_data.get("studies") or ())} == studies:
                    yield f"row {number}"

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


class ControlForm(ConfirmedForm):
    """A value that may have a bare control, or be one.

    * `controlled`: the relation to the values whose control it is
    * `shared`: the fields in which they agree with it
    """

    controlled, shared = None, ()

    @property
    def is_coated(self):
        return bool(self.cleaned_data.get("coating"))

    def clean(self):
        cleaned = super().clean()
        kept = None if "control" in self.fields else self.instance.control
        if control := cleaned.get("control") or kept:
            for message in self.complaints_of(control):
                place = "control" if "control" in self.fields else None
                self.add_error(place, message)
        if self.instance.pk and getattr(self.instance, self.controlled).exists():
            changed = {"coating", "coating_row", *self.shared} & {*self.changed_data}
            for name in changed:
                self.add_error(
                    name,
                    "It is the control of another row, which would no longer be like "
                    "it; take it away there first.",
                )
        return cleaned

    def complaints_of(self, control):
        """What speaks against `control`."""
        name = self._meta.model._meta.verbose_name
        if control == self.instance:
            yield f"A {name} cannot be its own control."
        elif not self.is_coated:
            yield f"Only a coated {name} has a control."
        elif control.coating_id is not None:
            yield "The control is coated."


class MeasurementForm(StudiesForm, ControlForm):
    controlled = "coated_measurements"
    shared = ("property", "substrate", "material", "process", "precursor", "source")

    def complaints_of(self, control):
        yield from super().complaints_of(control)
        if control.substrate_id is None:
            yield "The control is not of a bare substrate."
        if control.property != self.cleaned_data.get("property"):
            yield "The control is of another property."
        source = self.cleaned_data.get("source")
        if control.source_id != (source.pk if source else self.instance.source_id):
            yield "The control stands in another study."

    def slug_parts(self):
        measurement = self.instance
        subject = measurement.subject
        film = getattr(subject, "material", subject)
        return [measurement.property, film.slug, self.study_slug()]


class FindingForm(StudiesForm):
    class Meta:
        widgets = {"statement": AdminTextareaWidget(attrs={"rows": 2})}

    def slug_parts(self):
        finding = self.instance
        subject = finding.film or finding.substrate
        return [finding.aspect, subject.slug, self.study_slug()]


class PointsField(forms.CharField):
    """The points of a test, one a line."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def __init__(self):
        super().__init__(
            required=False,
            help_text=(
                "One a line: “cycle 200: retention 80 %, efficiency >99 %” or “500 h: "
                "overpotential 20 mV”; averages as “cycles 1–500: efficiency 99 %”. "
                "Values: capacity, areal capacity, retention, "
                "efficiency, overpotential; then, if need be, “remark” and a sentence."
            ),
        )

    def to_python(self, value):
        # Browsers send two signs for a new line, which is no change of the text.
        return super().to_python(value).replace("\r\n", "\n")


class CyclingTestForm(ControlForm):
    """A test with its points, typed one a line."""

    controlled, shared = "coated_tests", ("study",)

    points = PointsField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["points"] = print_points(self.instance.points.all())

    def clean_points(self):
        text = self.cleaned_data["points"]
        if "points" in self.changed_data:
            if text.count("\n") >= MOST_POINTS:
                raise ValidationError(
                    f"These are more than {MOST_POINTS} lines; give fewer points."
                )
            self.parsed_points = parse_points(text)
        return text

    def unusual(self):
        yield from super().unusual()
        if "points" in self.changed_data:
            for point in self.parsed_points:
                for _, sentence in unusual(point):
                    yield "points", f"At {point}: {sentence}"
        substrate, electrode = self.coated(), self.cleaned_data.get("electrode")
        typed = {"coating", "coating_row", "electrode"} & {*self.changed_data}
        if typed and substrate and electrode:
            for sentence in other_electrode(substrate, electrode):
                yield "electrode", sentence

    def coated(self):
        """The substrate of the coating under test; None where it is not known."""
        coating = self.cleaned_data.get("coating")
        return coating.substrate if coating else None

    def complaints_of(self, control):
        yield from super().complaints_of(control)
        study = self.cleaned_data.get("study")
        if study and control.study_id != study.pk:
            yield "The control is a test of another study."

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
            CyclingPoint.objects.bulk_create(self.parsed_points)
            deriving.changed(self.instance.points.all())
