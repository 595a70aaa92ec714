"""Models for tests of the library; `LibraryTestCase` makes their tables."""

from django.db import connection, models
from django.test import TestCase, modify_settings

from asei_db.lib.fields import QuantityField
from asei_db.lib.search import SearchTextField, SortKeyField, containing, follow


class Measured(models.Model):
    thickness = QuantityField("nm", above=0)

    class Meta:
        abstract = True


class Substrate(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=50)
    search_text = SearchTextField("name")

    class Meta:
        app_label = "lib"

    def __str__(self):
        return self.name


class FilmQuerySet(models.QuerySet):
    def found_by(self, text):
        return containing(text, "search_text")


class Film(Measured):
    name = models.CharField(max_length=50)
    kind = models.CharField(max_length=20, blank=True)
    year = models.IntegerField(null=True, blank=True)
    is_dense = models.BooleanField(null=True, blank=True)
    synonyms = models.JSONField(default=list, blank=True)
    substrates = models.ManyToManyField(Substrate, related_name="films")
    temperature = QuantityField("°C", "deposition temperature", blank=False)
    current_density_ma_per_g = QuantityField("mA/g", "current density", lowest=0)
    search_text = SearchTextField("name", "synonyms", "year", related=["substrates"])
    name_sort_key = SortKeyField("name")

    objects = FilmQuerySet.as_manager()

    class Meta:
        app_label = "lib"
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="lib_film_named")
        ]

    def __str__(self):
        return self.name


class Reading(models.Model):
    film = models.ForeignKey(Film, models.CASCADE, related_name="readings")
    unit = models.CharField(max_length=10)
    value = QuantityField(lambda reading: reading.unit or None)
    count = models.IntegerField(default=0)

    class Meta:
        app_label = "lib"

    def __str__(self):
        return f"{self.value}"


MODELS = (Substrate, Film, Reading)


class LibraryTestCase(TestCase):
    """Has this app and its tables while its tests run."""

    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(modify_settings(INSTALLED_APPS={"append": "tests.lib"}))
        # Before the class's transaction begins: SQLite changes no schema within one.
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
        cls.addClassCleanup(delete_tables)
        follow(*MODELS)
        super().setUpClass()


def delete_tables():
    with connection.schema_editor() as editor:
        for model in reversed(MODELS):
            editor.delete_model(model)


def create_film(name="Film", temperature="150", **fields):
    return Film.objects.create(name=name, temperature=temperature, **fields)
