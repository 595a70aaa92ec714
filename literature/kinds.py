"""The kinds of public records, by which tables that hold all kinds name them."""

from django.apps import apps
from django.db import models


class Kind(models.IntegerChoices):
    """A kind of record; the numbers stand in the database and never change."""

    STUDY = 1, "literature.Study"
    ELEMENT = 2, "precursors.Element"
    PRECURSOR = 3, "precursors.Precursor"
    MATERIAL = 4, "materials.Material"
    SUBSTRATE = 5, "materials.Substrate"
    METHOD = 6, "materials.CharacterizationMethod"
    PROCESS = 7, "materials.DepositionProcess"
    RECIPE = 8, "materials.Recipe"
    COATING = 9, "materials.Coating"
    MEASUREMENT = 10, "materials.PropertyMeasurement"
    CYCLING_TEST = 11, "materials.CyclingTest"
    FINDING = 12, "materials.Finding"

    @property
    def model(self):
        """The model whose rows are of this kind."""
        return apps.get_model(self.label)

    @property
    def first(self):
        """What is added to the key of a record for its id among those of all kinds."""
        return self.value << 40

    @classmethod
    def of(cls, model):
        """The kind of a model's rows."""
        return _BY_LABEL[model._meta.label]


#: How many keys a kind has.
Kind.SPAN = 1 << 40
_BY_LABEL = {kind.label: kind for kind in Kind}
