"""Families of film classes: as many as colors can tell apart."""

from django.db.models import TextChoices

from materials.choices.films import MaterialClass


class FilmFamily(TextChoices):
    """Classes that share a color: value, label.

    The color is `--class-<value>` of `base.css`, which an element takes as `--class` by
    its class `class-<value>`.
    """

    OXIDE = "oxide", "Oxide, hydroxide"
    NITRIDE = "nitride", "Nitride, oxynitride"
    OXYSALT = "oxysalt", "Phosphate, carbonate, silicate"
    FLUORIDE = "fluoride", "Fluoride"
    SULFIDE = "sulfide", "Sulfide"
    METAL = "metal", "Metal, hydride"
    HYBRID = "hybrid", "Metal–organic hybrid"
    ORGANIC = "organic", "Organic film"
    COMPOSITE = "composite", "Composite or laminate"

    @classmethod
    def of(cls, material_class):
        """The family of a `MaterialClass` or its value."""
        return _FAMILIES[material_class]


_FAMILIES = {
    MaterialClass.OXIDE: FilmFamily.OXIDE,
    MaterialClass.HYDROXIDE: FilmFamily.OXIDE,
    MaterialClass.NITRIDE: FilmFamily.NITRIDE,
    MaterialClass.OXYNITRIDE: FilmFamily.NITRIDE,
    MaterialClass.PHOSPHATE: FilmFamily.OXYSALT,
    MaterialClass.CARBONATE: FilmFamily.OXYSALT,
    MaterialClass.BORATE_CARBONATE: FilmFamily.OXYSALT,
    MaterialClass.SILICATE: FilmFamily.OXYSALT,
    MaterialClass.FLUORIDE: FilmFamily.FLUORIDE,
    MaterialClass.SULFIDE: FilmFamily.SULFIDE,
    MaterialClass.METAL: FilmFamily.METAL,
    MaterialClass.HYDRIDE: FilmFamily.METAL,
    MaterialClass.METAL_ORGANIC: FilmFamily.HYBRID,
    MaterialClass.ORGANIC: FilmFamily.ORGANIC,
    MaterialClass.COMPOSITE: FilmFamily.COMPOSITE,
}
