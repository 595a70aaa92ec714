"""How films and coated electrodes are characterized."""

from django.db import models
from django.db.models import Q

from asei_db.lib.addresses import address_of
from asei_db.lib.search import CodePoint, SearchTextField, SortKeyField
from literature.models import Sourced
from literature.recorded import validate_text_list
from materials.choices import MethodCategory
from materials.querysets import CharacterizationMethodQuerySet


class CharacterizationMethod(Sourced):
    """One characterization method, with the variants under which it is printed."""

    slug = models.SlugField(
        max_length=40, unique=True, help_text="Public and stable: never change it."
    )
    acronym = models.CharField(max_length=20, unique=True, help_text="E.g. SEM.")
    name = models.CharField(max_length=120)
    category = models.CharField(max_length=20, choices=MethodCategory)
    variants = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_text_list],
        help_text="Other acronyms as printed, e.g. FE-SEM, HRSEM.",
    )
    search_text = SearchTextField("acronym", "name", "variants")
    acronym_sort_key = SortKeyField("acronym")
    name_sort_key = SortKeyField("name")

    objects = CharacterizationMethodQuerySet.as_manager()

    class Meta(Sourced.Meta):
        ordering = [CodePoint("acronym_sort_key"), "pk"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(category__in=MethodCategory.values),
                name="materials_characterizationmethod_category_known",
            ),
        ]

    def __str__(self):
        return self.acronym

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return address_of("materials:method-detail", self.slug)
