"""What a coating changed in cycling, and why that is not known."""

from django.db.models import TextChoices


class ComparabilityVerdict(TextChoices):
    """Whether tests can be compared at all."""

    COMPARABLE = "comparable", "Comparable"
    DIFFERS = "differs", "Differs"
    NOT_ENOUGH_REPORTED = "not_enough_reported", "Not enough known"


class GainKind(TextChoices):
    """What is compared: a quantity of `CyclingPoint`, or the cycles to 80 %."""

    CAPACITY_RETENTION = "capacity_retention", "Capacity retention"
    SPECIFIC_CAPACITY = "specific_capacity", "Specific capacity"
    AREAL_CAPACITY = "areal_capacity", "Areal capacity"
    COULOMBIC_EFFICIENCY = "coulombic_efficiency", "Coulombic efficiency"
    OVERPOTENTIAL = "overpotential", "Overpotential"
    LIFE = "life", "Cycles to 80 % capacity retention"


class Missing(TextChoices):
    """Why nothing can be said of what a coating changed, the first that holds."""

    CONTROL = "control", "No test of the bare electrode"
    PUBLISHED_CONTROL = "published_control", "The bare test is not published"
    SAME_STUDY = "same_study", "The bare test is of another study"
    UNDISPUTED = "undisputed", "The test or its control is disputed"
    VALUES = "values", "The test states no value that can be compared"
    CONTROL_VALUES = "control_values", "The bare test states no such value"
    SHARED_QUANTITY = "shared_quantity", "The tests state different quantities"
    SHARED_CYCLE = "shared_cycle", "No cycle at which both are known"
    BOUNDS = "bounds", "No end of the change is known where both are"
