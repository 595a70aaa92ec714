"""Models for tests of the library; `LibraryTestCase` makes their tables."""

from django.db import connection, models
from django.db.models import F, Q
from django.test import TestCase, modify_settings

from asei_db.lib import deriving
from asei_db.lib.fields import QuantityField
from asei_db.lib.search import SearchTextField, SortKeyField, containing, follow
from literature.entries import (
    Bounds,
    Code,
    Entry,
    EntryManager,
    EntryQuerySet,
    Name,
    Number,
    Several,
    Text,
    Yes,
    linked,
    record_of,
    spanned,
    worded,
)


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
    published_reads = ()

    def published(self):
        return self.all()


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


class FilmEntryQuerySet(EntryQuerySet):
    def found_by(self, text):
        return containing(text, "record__search_text")


class _Kind(models.IntegerChoices):
    FILM = 99


def _reading_counts(records):
    counts = records.filter(readings__isnull=False)
    counts = counts.annotate(low=F("readings__count"), high=F("readings__count"))
    return [counts.values_list("pk", "low", "high")]


class FilmEntry(Entry):
    record = record_of(Film)
    name = Text("name_sort_key")
    printed_name = Code("name")
    kind_of_film = Code("kind")
    kind_key = Text("kind")
    year = Number("year")
    is_dense = Yes("is_dense")
    thickness = Bounds("thickness", sorted_by=True)

    tags = {
        "substrates": linked(Name.STUDY, "substrates"),
        "often_read_in": worded(
            Name.REACTOR, ("readings__unit", Q(readings__count__gt=3))
        ),
    }
    spans = {
        "conductivity": spanned(
            Name.PULSE, ("readings__value", Q(readings__unit="S/cm"))
        ),
        "reading_count": Several(Name.PURGE, _reading_counts, ("readings",)),
    }

    objects = EntryManager.from_queryset(FilmEntryQuerySet)()

    class Meta:
        app_label = "lib"
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "record"], name="filmentry_order")]

    @classmethod
    def kind(cls):
        return _Kind.FILM


MODELS = (Substrate, Film, Reading, FilmEntry)


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
        deriving.register(FilmEntry.derivation())
        super().setUpClass()


def delete_tables():
    with connection.schema_editor() as editor:
        for model in reversed(MODELS):
            editor.delete_model(model)


def create_film(name="Film", temperature="150", **fields):
    return Film.objects.create(name=name, temperature=temperature, **fields)
