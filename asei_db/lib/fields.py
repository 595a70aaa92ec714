"""Model fields that are more than one column or that are derived from others."""

from collections import namedtuple
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst

from asei_db.lib.quantities import (
    MAX_LENGTH,
    UNITS,
    Quantity,
    QuantityError,
    parse,
)
from asei_db.lib.typed import visible

Columns = namedtuple("Columns", "as_reported minimum maximum qualifier")

_MAX_CONSTRAINT_NAME = 63  # PostgreSQL cuts longer names


class _DerivedConstraint(models.CheckConstraint):
    """Holds in the database what `QuantityField.derive` holds in validation.

    Django would ask the database about each, some thirty times for a cycling test.
    """

    def deconstruct(self):
        _, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs

    def validate(self, *args, **kwargs):
        pass


class QuantityField:
    """A quantity of a model: four columns and a property.

    `thickness = QuantityField("nm")` gives the columns `thickness_as_reported` (the
    one truth, typed as printed), `thickness_min_nm`, `thickness_max_nm` and
    `thickness_qualifier` (derived from it whenever a row is validated or saved),
    and the property `thickness`: a `Quantity`, or None when not reported. The property
    and the constructor take a text, a number, a `Quantity` or None. A name that ends
    in the unit keeps it once: `current_density_ma_per_g` has the column
    `current_density_min_ma_per_g`.

    * `unit`: a symbol of `UNITS`, or a function of the instance that gives one (None
      while unknown); with a function, column names carry no unit
    * `short_name`: what people call it where the record is known, “retention”; else
      the `verbose_name`
    * `blank=False`: must be reported
    * `lowest`, `above`, `highest`: every value is at least, above, or at most this
      (temperatures are above absolute zero); cycles are whole
    * `usual`: the lowest and highest value, None for no limit, that needs no second
      look; see `unusual`
    * `bounds`: a function of the instance that gives an object with `lowest`,
      `highest` and `usual`, where the unit is a function too
    * `limit`: a column that keeps `Quantity.limit`, where the database is asked for it

    The database holds: the minimum is not above the maximum, the bounds, and numbers
    and qualifier stand exactly where a text stands. `save(update_fields=…)` and
    `bulk_update` must name all four columns (`columns`).
    """

    def __init__(
        self,
        unit,
        verbose_name=None,
        *,
        short_name=None,
        blank=True,
        lowest=None,
        above=None,
        highest=None,
        usual=(None, None),
        bounds=None,
        limit=None,
        help_text=None,
    ):
        self.unit = unit
        self.verbose_name = verbose_name
        self.short_name = short_name
        self.blank = blank
        self.lowest = lowest
        self.above = above
        self.highest = highest
        self.usual = usual
        self.bounds = bounds
        self.limit = limit
        if not callable(unit) and lowest is None and above is None:
            self.above = UNITS[unit].above
        # Made here, so that the columns stand where the class body declares them.
        self._fields = Columns(
            _AsReportedColumn(
                self,
                blank=blank,
                max_length=MAX_LENGTH,
                **({"default": ""} if blank else {}),
                help_text=help_text or self._example(),
            ),
            _NumberColumn(null=True, blank=True, editable=False),
            _NumberColumn(null=True, blank=True, editable=False),
            _QualifierColumn(max_length=1, blank=True, default="", editable=False),
        )

    def _example(self):
        if callable(self.unit):
            return "As printed, with its unit, e.g. 85–115 °C, >99 %, ~1 nm."
        unit = UNITS[self.unit].printed
        examples = "20, 85–115, ~1 or >99"
        if UNITS[self.unit].kind == "temperature":
            examples = "140, 85–115, ~150 or RT"
        elif UNITS[self.unit].kind == "conductivity":
            examples = "3.6–5 × 10⁻⁸ or 10^-8"
        elif UNITS[self.unit].kind == "C-rate":
            return "As printed, e.g. 0.5C, 4C or C/5."
        return f"As printed, e.g. {examples}; a bare number is in {unit}."

    def contribute_to_class(self, cls, name):
        """Add the columns and the property to the model `cls`."""
        self.name = name
        if self.verbose_name is None:
            self.verbose_name = name.removesuffix(f"_{self._suffix}").replace("_", " ")
        self.short_name = self.short_name or self.verbose_name
        self.columns = column_names(name, self._suffix)
        symbol = "" if callable(self.unit) else f" ({UNITS[self.unit].printed})"
        for field, column, verbose_name in zip(
            self._fields,
            self.columns,
            (
                self.verbose_name,
                f"minimum {self.verbose_name}{symbol}",
                f"maximum {self.verbose_name}{symbol}",
                f"qualifier of {self.verbose_name}",
            ),
            strict=True,
        ):
            field.verbose_name = verbose_name
            cls.add_to_class(column, field)
        setattr(cls, name, QuantityProperty(self))

    @property
    def _suffix(self):
        return "" if callable(self.unit) else UNITS[self.unit].suffix

    def unit_of(self, instance):
        """The symbol of the instance's unit, None while it is not known."""
        if not callable(self.unit):
            return self.unit
        try:
            return self.unit(instance)
        except (ObjectDoesNotExist, ValueError):
            return None

    def derive(self, instance):
        """Set number and qualifier columns from the text; raises `QuantityError`."""
        text = getattr(instance, self.columns.as_reported) or ""
        reported = visible(text).strip()
        minimum, maximum, qualifier, limit = None, None, "", None
        if reported:
            unit = self.unit_of(instance)
            if unit is None:
                raise QuantityError("Its unit is not known yet.")
            quantity = parse(reported, unit)
            self.check(quantity, self.bounds_of(instance))
            minimum, maximum = quantity.minimum, quantity.maximum
            qualifier, limit = quantity.qualifier, quantity.limit
        if self.limit:
            setattr(instance, self.limit, limit or "")
        for column, value in zip(
            self.columns, (reported, minimum, maximum, qualifier), strict=True
        ):
            setattr(instance, column, value)

    def bounds_of(self, instance):
        """What gives `lowest`, `highest` and `usual` of this instance's quantity."""
        return self.bounds(instance) if self.bounds else self

    def check(self, quantity, bounds=None):
        """Raise `QuantityError` unless the quantity is within the bounds."""
        bounds = bounds or self
        above = self.above
        if callable(self.unit) and above is None and bounds.lowest is None:
            above = UNITS[quantity.unit].above
        lowest, highest = quantity.lowest, quantity.highest
        for is_outside, words, bound in (
            (above is not None and lowest <= above, "above", above),
            (
                bounds.lowest is not None and lowest < bounds.lowest,
                "at least",
                bounds.lowest,
            ),
            (
                bounds.highest is not None and highest > bounds.highest,
                "at most",
                bounds.highest,
            ),
        ):
            if is_outside:
                raise QuantityError(self._bound_message(words, bound, quantity.unit))
        if quantity.unit == "cycles" and (lowest % 1 or highest % 1):
            raise QuantityError("Cycles are whole; give the number of whole ones.")

    def _bound_message(self, words, bound, unit):
        limit = str(Quantity(float(bound), float(bound), unit=unit))
        return f"{capfirst(self.verbose_name)} must be {words} {limit}."

    def constraints(self, model):
        """The database constraints of this quantity on a concrete model."""
        as_reported, minimum, maximum, qualifier = self.columns
        label = capfirst(self.verbose_name)
        stem = f"{model._meta.app_label}_{model._meta.model_name}_{self.name}"

        def numbers(qualifiers, *, low, high):
            return Q(
                **{
                    f"{qualifier}__in": qualifiers,
                    f"{minimum}__isnull": not low,
                    f"{maximum}__isnull": not high,
                }
            )

        reported = ~Q(**{as_reported: ""}) & (
            numbers(["=", "~"], low=True, high=True)
            | numbers(["<", "≤"], low=False, high=True)
            | numbers([">", "≥"], low=True, high=False)
        )
        if self.blank:
            reported |= Q(**{as_reported: ""}) & numbers([""], low=False, high=False)
        rules = [
            (
                "ordered",
                Q(**{f"{minimum}__lte": F(maximum)}),
                f"{label}: the minimum must not be above the maximum.",
            ),
            (
                "reported",
                reported,
                f"{label}: text as printed, numbers and qualifier must go together.",
            ),
        ]
        for rule, bound, lookup, words in (
            ("bounded", self.above, "gt", "above"),
            ("bounded", self.lowest, "gte", "at least"),
            ("capped", self.highest, "lte", "at most"),
        ):
            if bound is not None:
                ends = {f"{end}__{lookup}": bound for end in (minimum, maximum)}
                unit = "" if callable(self.unit) else self.unit
                message = self._bound_message(words, bound, unit)
                rules.append((rule, Q(**ends), message))
        for rule, condition, message in rules:
            name = f"{stem}_{rule}"
            if len(name) > _MAX_CONSTRAINT_NAME:
                raise ValueError(f"The constraint name {name} is too long.")
            yield _DerivedConstraint(
                condition=condition, name=name, violation_error_message=message
            )


_quantity = lru_cache(maxsize=8192)(Quantity)  # the same are read again and again


class QuantityProperty(property):
    """The property of a `QuantityField`; a subclass of `property`, so that a model's
    constructor takes it. On the class it gives itself: `Coating.thickness.columns`.
    """

    def __init__(self, quantity_field):
        super().__init__(self._read, self._write)
        self.quantity_field = quantity_field
        text, *numbers = quantity_field.columns
        self._text, self._columns = attrgetter(text), attrgetter(*numbers, text)

    @property
    def columns(self):
        """Names of the four columns."""
        return self.quantity_field.columns

    def _read(self, instance):
        if not self._text(instance):
            return None
        unit = self.quantity_field.unit_of(instance) or ""
        return _quantity(*self._columns(instance), unit)

    def _write(self, instance, value):
        field = self.quantity_field
        if isinstance(value, Quantity):
            if value.unit != field.unit_of(instance):
                value = str(value)
            else:
                value = value.as_reported or str(value)
        elif isinstance(value, int | float | Decimal):
            value = str(value)
        setattr(instance, field.columns.as_reported, value or "")
        # The unit may depend on something that is set later; saving derives then.
        if field.unit_of(instance) is not None:
            field.derive(instance)


class RecordKeyField(models.OneToOneField):
    """The primary key of a row about one record: the record's own.

    On SQLite it is the number of the row, which every index holds. No constraint: the
    row of a record that is deleted goes when what is derived is written.
    """

    def __init__(self, to, on_delete=models.DO_NOTHING, **kwargs):
        always = {"primary_key": True, "db_constraint": False}
        super().__init__(to, on_delete, **kwargs | always)

    def db_type(self, connection):
        if connection.vendor == "sqlite":
            return "integer"
        return super().db_type(connection)


class PlainInMigrations:
    """A field that migrations see as Django's own: they need the column only."""

    plain = None

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.plain.__name__}", args, kwargs

    def clone(self):
        _, _, args, kwargs = self.deconstruct()
        return self.plain(*args, **kwargs)


class _DerivedColumn(PlainInMigrations):
    def pre_save(self, model_instance, add):
        # Overridden, because `update_or_create` saves a field that the caller did not
        # name only if it has a `pre_save` of its own.
        return super().pre_save(model_instance, add)


class _NumberColumn(_DerivedColumn, models.FloatField):
    plain = models.FloatField


class _QualifierColumn(_DerivedColumn, models.CharField):
    plain = models.CharField


class _AsReportedColumn(PlainInMigrations, models.CharField):
    """The text of a quantity; validating and saving it derives the other columns."""

    plain = models.CharField
    # Never "empty", so that clearing the text clears the numbers too.
    empty_values = ()

    def __init__(self, quantity_field, **kwargs):
        self.quantity_field = quantity_field
        super().__init__(**kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        options = cls._meta
        if not options.abstract:
            options.constraints = [
                *options.constraints,
                *self.quantity_field.constraints(cls),
            ]
            # Where makemigrations looks whether a model has constraints.
            options.original_attrs["constraints"] = options.constraints

    def clean(self, value, model_instance):
        value = visible(value or "").strip()
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        value = super().clean(value, model_instance)
        setattr(model_instance, self.attname, value)
        try:
            self.quantity_field.derive(model_instance)
        except QuantityError as error:
            raise ValidationError(str(error), code="quantity") from error
        return getattr(model_instance, self.attname)

    def pre_save(self, model_instance, add):
        # First of the four columns, so the others are saved as derived here.
        self.quantity_field.derive(model_instance)
        return super().pre_save(model_instance, add)


def column_names(name, suffix):
    """Names of the columns of the quantity `name` whose unit has the suffix `suffix`.

    >>> column_names("thickness", "nm").minimum
    'thickness_min_nm'
    """
    stem, end = name, ""
    if suffix:
        stem, end = name.removesuffix(f"_{suffix}"), f"_{suffix}"
    return Columns(
        f"{name}_as_reported",
        f"{stem}_min{end}",
        f"{stem}_max{end}",
        f"{name}_qualifier",
    )


@cache
def quantity_fields(model):
    """The quantities of a model: its `QuantityField`s by name, in declared order."""
    return {
        column.quantity_field.name: column.quantity_field
        for column in model._meta.concrete_fields
        if isinstance(column, _AsReportedColumn)
    }


def unusual(record):
    """Yield (column of the text, sentence) of each quantity that is hard to believe."""
    for name, field in quantity_fields(type(record)).items():
        quantity = getattr(record, name)
        if quantity is None:
            continue
        low, high = field.bounds_of(record).usual
        words, bound = None, None
        if low is not None and _is_below(quantity, low):
            words, bound = "below", low
        elif high is not None and is_above(quantity, high):
            words, bound = "above", high
        if words:
            limit = Quantity(float(bound), float(bound), unit=quantity.unit)
            yield (
                field.columns.as_reported,
                f"{capfirst(field.verbose_name)} {quantity} is {words} {limit}, which "
                "is rare; is the unit right?",
            )


def _is_below(quantity, bound):
    """Whether a quantity is surely below, at its low end."""
    return quantity.maximum is not None and quantity.lowest < bound


def is_above(quantity, bound):
    """Whether a quantity is surely above, at its high end; "<101" allows for less."""
    if quantity.minimum is None:
        return False
    highest = quantity.highest
    return highest > bound or (highest == bound and quantity.qualifier == ">")
