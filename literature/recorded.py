"""What every record has."""

from django.core.exceptions import ValidationError
from django.db import models

from asei_db.lib.fields import quantity_fields
from asei_db.lib.texts import drop_marks, hidden_signs


def validate_text_list(value):
    """Refuse anything but a list of non-empty strings."""
    if not isinstance(value, list) or not all(
        isinstance(item, str) and item.strip() for item in value
    ):
        raise ValidationError("Give a list of texts, none of them empty.", code="list")


class Recorded(models.Model):
    """What every record has: when it was made and last changed, and readable texts.

    Validation takes signs of no width out of its texts, and refuses other signs of
    control and format, which hide or turn what stands around them.
    """

    #: By the end of a constraint's name: the field at which forms show its complaint.
    PLACES = {}

    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        exclude = exclude or set()
        errors = {}
        drop_marks(self, exclude)
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        errors = hidden_signs(self, exclude) | errors
        if errors:
            raise ValidationError(errors)

    def validate_constraints(self, exclude=None):
        try:
            super().validate_constraints(exclude)
        except ValidationError as error:
            raise ValidationError(self._at_their_fields(error.error_dict)) from error

    def _at_their_fields(self, errors):
        """The errors by field, with those of constraints where `PLACES` says."""
        prefix = f"{self._meta.app_label}_{self._meta.model_name}_"
        places = {
            constraint.get_violation_error_message(): place
            for constraint in self._meta.constraints
            if (place := self.PLACES.get(constraint.name.removeprefix(prefix)))
        }
        placed = {}
        for field, found in errors.items():
            for error in found:
                place = places.get(error.message, field)
                placed.setdefault(place, []).append(error)
        return placed

    def derive(self):
        """Compute anew what is stored and follows from the row itself; saves nothing.

        Raises QuantityError, or what a model says of its own.
        """
        for quantity in quantity_fields(type(self)).values():
            quantity.derive(self)

    def save(self, *args, update_fields=None, **kwargs):
        """Save the row; `updated` too, where only some fields are named."""
        if update_fields:
            update_fields = {*update_fields, "updated"}
        super().save(*args, update_fields=update_fields, **kwargs)
