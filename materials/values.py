"""All numbers of all published records: one row each, derived and never edited."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from django.db import connection, models, transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import IsNull

from asei_db.lib import deriving
from asei_db.lib.fields import quantity_fields
from asei_db.lib.filters.paths import quantity_columns
from asei_db.lib.quantities import MAX_LENGTH
from asei_db.lib.statements import given_keys
from literature.choices import Reading, StudyStatus
from literature.entries import bounds
from literature.entries.several import EntryManager
from literature.entries.tables import Table
from literature.kinds import Kind
from literature.models import Study
from materials.choices import Property
from materials.dictionary import FIELDS
from materials.models import (
    Coating,
    CyclingTest,
    DepositionProcess,
    Material,
    PropertyMeasurement,
    Recipe,
    Substrate,
)
from precursors.models import Element, Precursor


def _of(model):
    """The key of what a number is about; the record that holds it keeps that."""
    return models.ForeignKey(
        model,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )


class Value(models.Model):
    """One number that a published record holds, as keys and codes.

    * `kind`, `key`: the record, as `Kind` numbers it
    * `part`: the key of the step, point or source temperature of it that holds it
    * `quantity`: as `materials.dictionary` names it
    * `minimum`, `maximum`: in `unit`; NULL where the end is open
    * `material`, `process`: also those of a coating that it is about
    * `precursor`: of the step, source temperature or measurement itself
    * `element`: of an atomic content
    * `cycle_number`, `first_cycle`, `time_hours`: at which a cell had reached it
    * `temperature_low`, `temperature_high`: of measurement or cell, as closed bounds
    * `study`: that reported it, the earliest of several; of a process, the only one
    * `source`: in which it was read
    """

    kind = models.PositiveSmallIntegerField(choices=Kind)
    key = models.BigIntegerField()
    part = models.BigIntegerField(null=True)
    quantity = models.CharField(max_length=40)
    as_reported = models.CharField(max_length=MAX_LENGTH)
    qualifier = models.CharField(max_length=1)
    minimum = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    unit = models.CharField(max_length=20)
    material = _of(Material)
    process = _of(DepositionProcess)
    coating = _of(Coating)
    substrate = _of(Substrate)
    precursor = _of(Precursor)
    element = _of(Element)
    cycle_number = models.PositiveIntegerField(null=True)
    first_cycle = models.PositiveIntegerField(null=True)
    time_hours = models.FloatField(null=True)
    temperature_low = models.FloatField(null=True)
    temperature_high = models.FloatField(null=True)
    study = _of(Study)
    source = _of(Study)
    locator = models.CharField(max_length=200)
    reading = models.CharField(max_length=10, choices=Reading)
    disputed = models.BooleanField()

    objects = EntryManager()

    class Meta:
        ordering = ["kind", "key", "pk"]
        indexes = [
            # Those of a record, to write them anew.
            models.Index(fields=["kind", "key"], name="materials_value_of_record"),
            # Those of a quantity, and of what a plot looks up beside them.
            models.Index(
                fields=["quantity", "kind", "key"], name="materials_value_of_quantity"
            ),
            models.Index(
                fields=["coating", "quantity"],
                condition=Q(coating__isnull=False),
                name="materials_value_of_coating",
            ),
            models.Index(
                fields=["process", "study", "quantity"],
                condition=Q(process__isnull=False),
                name="materials_value_of_work",
            ),
        ]

    def __str__(self):
        return f"{self.quantity}: {self.as_reported}"


class Holder(NamedTuple):
    """Rows that hold numbers: the records of a model, or parts of these.

    * `part`: the relation from the record to its parts; "" for the record itself
    * `places`: where columns of `Value` come from: paths from the row, of which the
      first that leads to something counts; of `temperature`, to a quantity
    * `sourced`: the path from the row to what says where it was read
    * `reads`: lookups from the record to the rows on the way
    """

    record: type[models.Model]
    part: str = ""
    places: dict[str, tuple[str, ...]] = {}
    sourced: str = ""
    reads: tuple[str, ...] = ()

    @property
    def relation(self):
        """That from the record to the rows, None for the record itself."""
        return self.record._meta.get_field(self.part) if self.part else None

    @property
    def model(self):
        return self.relation.related_model if self.part else self.record

    @property
    def whole(self):
        """The path from the row to the record."""
        return self.relation.field.name if self.part else "pk"

    def rows(self, keys):
        """The rows of published records with some keys that a published study states.

        What a draft states of a shared record is not public with it.
        """
        records = self.record.objects.published().filter(pk__in=keys).order_by()
        stated = {f"{self.sourced}source__status": StudyStatus.PUBLISHED}
        if not self.part:
            return records.filter(**stated)
        rows = self.model._base_manager.order_by()
        return rows.filter(**{f"{self.whole}__in": records.values("pk")}, **stated)

    def values(self, keys):
        """Querysets of the columns of `Value`, for each quantity of the rows."""
        rows = self.rows(keys)
        for name, field in quantity_fields(self.model).items():
            columns = quantity_columns(self.model, name)
            found = {
                "quantity": models.Value(SLUGS.get((self.model, name))),
                "as_reported": F(columns.as_reported),
                "qualifier": F(columns.qualifier),
                "minimum": F(columns.minimum),
                "maximum": F(columns.maximum),
                "unit": models.Value(field.unit),
            }
            if (self.model, name) == (PropertyMeasurement, "value"):
                found |= {"quantity": F("property"), "unit": _unit_of_property()}
            found = {f"to_{column}": source for column, source in found.items()}
            reported = rows.exclude(**{columns.as_reported: ""})
            yield reported.annotate(**self._common, **found).values_list(
                *(f"to_{column}" for column in COLUMNS)
            )

    @property
    def _common(self):
        """The columns that all numbers of a row have alike."""
        found = {
            column: Coalesce(*paths) if paths[1:] else F(*paths)
            for column, paths in self.places.items()
        }
        if path := found.pop("temperature", None):
            ends = bounds(self.model, path.name)
            found |= dict(
                zip(("temperature_low", "temperature_high"), ends, strict=True)
            )
        found |= {
            name: F(f"{self.sourced}{name}")
            for name in ("source", "locator", "reading", "disputed")
        }
        found |= {"key": F(self.whole), "study": self._study()}
        if self.part:
            found["part"] = F("pk")
        for column in COLUMNS:
            if column not in (*found, *_OF_QUANTITY):
                field = Value._meta.get_field(column)
                kind = models.BigIntegerField() if field.is_relation else field
                found[column] = Cast(None, kind)
        return {f"to_{column}": source for column, source in found.items()}

    def _study(self):
        """The earliest of the published primary works, else the source.

        A process's own values are of its only work; see `DepositionProcess.reporters`.
        """
        source = F(f"{self.sourced}source")
        sourced = self.model
        if self.sourced:
            sourced = self.relation.field.related_model
        works = sourced.objects.all().primary_works
        if works is None:
            return source
        relation = sourced._meta.get_field(works)
        if not relation.many_to_many:
            return F(f"{self.sourced}{works}")
        studies = Study.objects.published().filter(
            **{relation.related_query_name(): OuterRef(f"{self.sourced}pk")}
        )
        earliest = studies.order_by(F("year").asc(nulls_last=True), "pk").values("pk")
        reporter = Coalesce(Subquery(earliest[:1]), source)
        if sourced is DepositionProcess:  # several did not report its values together
            is_alone = IsNull(Subquery(earliest[1:2]), True)
            return Case(When(is_alone, then=reporter), default=source)
        return reporter


_OF_QUANTITY = ("quantity", "as_reported", "qualifier", "minimum", "maximum", "unit")
#: All columns but the record's kind, its key first.
COLUMNS = [
    "key",
    *(
        field.name
        for field in Value._meta.concrete_fields
        if field.name not in ("id", "kind", "key")
    ),
]

_COATED = {
    "material": "coating__process__material",
    "process": "coating__process",
    "coating": "coating",
    "substrate": "electrode",
    "temperature": "temperature",
}

HOLDERS = (
    Holder(Substrate, places={"substrate": ("pk",)}),
    Holder(
        Precursor,
        "sublimation_temperatures",
        {"precursor": ("precursor",)},
        reads=("sublimation_temperatures__source", "sublimation_temperatures__studies"),
    ),
    Holder(
        DepositionProcess,
        places={"material": ("material",), "process": ("pk",)},
        reads=("studies",),
    ),
    Holder(
        Recipe,
        places={"material": ("process__material",), "process": ("process",)},
        reads=("process", "studies"),
    ),
    Holder(
        Recipe,
        "steps",
        {
            "material": ("recipe__process__material",),
            "process": ("recipe__process",),
            "precursor": ("precursor",),
        },
        "recipe__",
        reads=("steps",),
    ),
    Holder(
        Coating,
        places={
            "material": ("process__material",),
            "process": ("process",),
            "coating": ("pk",),
            "substrate": ("substrate",),
        },
        reads=("process", "studies"),
    ),
    Holder(
        PropertyMeasurement,
        places={
            "material": ("material", "process__material", "coating__process__material"),
            "process": ("process", "coating__process"),
            "coating": ("coating",),
            "substrate": ("substrate", "coating__substrate"),
            "precursor": ("precursor",),
            "element": ("element",),
            "temperature": ("temperature",),
        },
        reads=("process", "coating__process", "studies"),
    ),
    Holder(
        CyclingTest,
        places={column: (path,) for column, path in _COATED.items()},
        reads=("coating__process",),
    ),
    Holder(
        CyclingTest,
        "points",
        {column: (f"test__{path}",) for column, path in _COATED.items()}
        | {
            "cycle_number": ("cycle_number",),
            "first_cycle": ("first_cycle",),
            "time_hours": ("time_h",),
        },
        "test__",
        reads=("points",),
    ),
)

#: What the dictionary calls a quantity field.
SLUGS = {
    (field.model, field.name): slug
    for slug, (fields, _) in FIELDS.items()
    for field in fields
}


def _unit_of_property():
    units = defaultdict(list)
    for one in Property:
        units[one.unit].append(one.value)
    whens = (
        When(property__in=names, then=models.Value(unit))
        for unit, names in units.items()
    )
    return Case(*whens, output_field=models.CharField())


def derivations():
    """What keeps the values current, one for each kind of record that holds any."""
    for model in dict.fromkeys(holder.record for holder in HOLDERS):
        reads = {*model.objects.all().published_reads}
        for holder in HOLDERS:
            if holder.record is model:
                reads.update(holder.reads)
        name = f"values of {model._meta.label}"
        yield deriving.Derivation(name, model, tuple(sorted(reads)), _writer(model))


def _writer(model):
    def write(keys):
        table = _table(model, connection.vendor)
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            if stored := table.stored(cursor, keys):
                return len(table.update(cursor, keys, stored))
            return table.insert(cursor, keys)

    return write


@cache
def _table(model, vendor):
    keys = given_keys()
    selects = [
        select
        for holder in HOLDERS
        if holder.record is model
        for select in holder.values(keys)
    ]
    columns = [Value._meta.get_field(name).column for name in COLUMNS]
    return Table(Value, columns, selects, {"kind": Kind.of(model).value})
