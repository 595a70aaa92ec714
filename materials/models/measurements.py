"""Measured properties of materials, processes and coatings."""

import builtins
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from asei_db.lib.fields import QuantityField
from asei_db.lib.quantities import UNITS
from asei_db.lib.search import CodePoint, SearchTextField
from literature.models import PUBLISHED_STUDIES, UNPUBLISHED_STUDIES
from materials.choices import Limit, Property
from materials.models.subjects import OfSubject, name_one, names_one
from materials.querysets import PropertyMeasurementQuerySet

#: What a property can be measured on; each measurement names one of them.
SUBJECTS = ("material", "process", "coating", "substrate", "precursor")


def _has_its_element():
    """An atomic content names its element; nothing else names one."""
    named = [one.value for one in Property if one.names == "element"]
    is_named = Q(property__in=named)
    return is_named & Q(element__isnull=False) | ~is_named & Q(element__isnull=True)


def _is_possible():
    """The value is within the bounds of its property."""
    of_bounds = defaultdict(list)
    for one in Property:
        of_bounds[UNITS[one.unit].above, one.lowest, one.highest].append(one.value)
    condition = Q()
    for (above, lowest, highest), names in of_bounds.items():
        within = Q()
        for end in ("value_min", "value_max"):
            for lookup, bound in (("gt", above), ("gte", lowest), ("lte", highest)):
                if bound is not None:
                    within &= Q(**{f"{end}__{lookup}": bound})
        if within:
            condition &= ~Q(property__in=names) | within
    return condition


def check_subjects(of_property, named):
    """Raise ValidationError where a property is not declared of what is `named`."""
    subjects = of_property.declared.subjects
    for name in named:
        if name not in subjects:
            message = (
                f"{of_property.label} is measured of {' or '.join(subjects)}, not of "
                f"{name}."
            )
            if of_property == Property.DEPOSITION_TEMPERATURE:
                message += (
                    " That of a coating is a field of the coating, that of a process "
                    "stands in a recipe."
                )
            raise ValidationError({"property": message}, code="subject")


class PropertyMeasurement(OfSubject):
    """One value of one property of one subject.

    The subject is a film (material, process or coating), a bare substrate, such as the
    uncoated control of a coating, or a precursor. The property owns the unit:
    `value_min` of an ionic conductivity is in S/cm.
    """

    SUBJECTS = SUBJECTS
    PLACES = OfSubject.PLACES | {
        "value_given": "value_as_reported",
        "element_of_content": "element",
        "wavelength_of_index": "wavelength_as_reported",
        "recipe_of_film": "recipe",
    }

    slug = models.SlugField(
        max_length=120, unique=True, help_text="Public and stable: never change it."
    )
    property = models.CharField(max_length=40, choices=Property)
    value = QuantityField(
        lambda measurement: Property(measurement.property).unit,
        "value",
        bounds=lambda measurement: Property(measurement.property),
        limit="value_limit",
    )
    value_limit = models.CharField(
        "limit of a series",
        max_length=10,
        choices=Limit,
        blank=True,
        default="",
        editable=False,
    )
    element = models.ForeignKey(
        "precursors.Element",
        models.PROTECT,
        related_name="measurements",
        null=True,
        blank=True,
        help_text="Of an atomic content: which element's.",
    )
    temperature = QuantityField("°C", "measured at", above=-273.15, usual=(-200, 1000))
    wavelength = QuantityField(
        "nm",
        "wavelength",
        above=0,
        usual=(100, 50_000),
        help_text="Of the light, where a refractive index was measured.",
    )
    condition = models.CharField(
        max_length=200,
        blank=True,
        help_text="Under which else it holds: “at 1 C after 100 cycles”, “O per Al”.",
    )
    material = models.ForeignKey(
        "Material",
        models.PROTECT,
        related_name="measurements",
        null=True,
        blank=True,
    )
    process = models.ForeignKey(
        "DepositionProcess",
        models.PROTECT,
        related_name="measurements",
        null=True,
        blank=True,
    )
    coating = models.ForeignKey(
        "Coating",
        models.PROTECT,
        related_name="measurements",
        null=True,
        blank=True,
    )
    substrate = models.ForeignKey(
        "Substrate",
        models.PROTECT,
        related_name="measurements",
        null=True,
        blank=True,
        help_text="Uncoated.",
    )
    precursor = models.ForeignKey(
        "precursors.Precursor",
        models.PROTECT,
        related_name="measurements",
        null=True,
        blank=True,
    )
    recipe = models.ForeignKey(
        "Recipe",
        models.PROTECT,
        related_name="measurements",
        null=True,
        blank=True,
        help_text="By which the measured film was grown, where it is known.",
    )
    control = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="coated_measurements",
        null=True,
        blank=True,
        help_text="The same property of the bare substrate in the same study.",
    )
    studies = models.ManyToManyField(
        "literature.Study", related_name="measurements", blank=True
    )
    search_text = SearchTextField(
        "property",  # its words: "ionic_conductivity"
        "condition",
        "limit_words",
        related=[
            "material",
            "process__material",
            "coating__process__material",
            "coating__substrate",
            "substrate",
            "precursor",
            PUBLISHED_STUDIES,
        ],
    )
    draft_search_text = SearchTextField(related=[UNPUBLISHED_STUDIES])

    objects = PropertyMeasurementQuerySet.as_manager()

    class Meta(OfSubject.Meta):
        ordering = [CodePoint("property"), "pk"]
        constraints = [
            *OfSubject.Meta.constraints,
            models.CheckConstraint(
                condition=Q(property__in=Property.values),
                name="materials_propertymeasurement_property_known",
            ),
            models.CheckConstraint(
                condition=Q(value_limit__in=["", *Limit.values]),
                name="materials_propertymeasurement_limit_known",
            ),
            models.CheckConstraint(
                condition=~Q(value_as_reported=""),
                name="materials_propertymeasurement_value_given",
                violation_error_message="Give the value.",
            ),
            models.CheckConstraint(
                condition=_is_possible(),
                name="materials_propertymeasurement_value_possible",
                violation_error_message="No such property has a value of that size.",
            ),
            models.CheckConstraint(
                condition=_has_its_element(),
                name="materials_propertymeasurement_element_of_content",
                violation_error_message=(
                    "An atomic content names its element, other properties none."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(property=Property.DEPOSITION_TEMPERATURE)
                | Q(process__isnull=True, coating__isnull=True),
                name="materials_propertymeasurement_temperature_has_a_field",
                violation_error_message=(
                    "A deposition temperature stands on the coating or in a recipe."
                ),
            ),
            models.CheckConstraint(
                condition=Q(wavelength_as_reported="")
                | Q(property=Property.REFRACTIVE_INDEX),
                name="materials_propertymeasurement_wavelength_of_index",
                violation_error_message="Only a refractive index has a wavelength.",
            ),
            models.CheckConstraint(
                condition=names_one(SUBJECTS),
                name="materials_propertymeasurement_one_subject",
                violation_error_message=name_one(SUBJECTS),
            ),
            models.CheckConstraint(
                condition=Q(recipe__isnull=True)
                | Q(substrate__isnull=True, precursor__isnull=True),
                name="materials_propertymeasurement_recipe_of_film",
                violation_error_message="Only a film was grown by a recipe.",
            ),
            models.CheckConstraint(
                condition=Q(control__isnull=True)
                | Q(coating__isnull=False) & ~Q(control=F("id")),
                name="materials_propertymeasurement_control_of_coating",
                violation_error_message="Only a coating has a control: a bare one.",
            ),
        ]

    def __str__(self):
        return f"{self.name} of {self.subject}: {self.value}"

    @builtins.property
    def name(self):
        """What was measured, with the element: "Density", "Atomic content of Li"."""
        name = self.get_property_display()
        return f"{name} of {self.element.symbol}" if self.element else name

    @builtins.property
    def conditions(self):
        """Under which it was measured, besides the temperature: a list of texts."""
        wavelength = f"at {self.wavelength}" if self.wavelength else ""
        return [text for text in (wavelength, self.condition) if text]

    def clean(self):
        """Refuse what the property is not measured of, and a recipe of another film."""
        named = [name for name in SUBJECTS if getattr(self, name)]
        if self.property in Property.values:
            check_subjects(Property(self.property), named)
        if not (self.recipe and self.film):
            return
        grown_by = self.recipe.process
        process = self.coating.process if self.coating else self.process
        if grown_by != process and (process or grown_by.material != self.material):
            raise ValidationError(
                {
                    "recipe": f"This recipe is one of {grown_by}, not of what was "
                    "measured."
                },
                code="other_film",
            )

    def natural_key(self):
        return (self.slug,)

    @builtins.property
    def limit_words(self):
        """ "up to" where the source prints the value so, else ""; it finds the row."""
        return self.value.limit_words if self.value else ""
