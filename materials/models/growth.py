"""How a film was grown in one piece of work, and what came of it."""

from django.db import models
from django.db.models import Q

from asei_db.lib.fields import QuantityField
from materials.choices import (
    Activation,
    Crystallinity,
    DepositedOn,
    PhaseState,
    Reactor,
)


def _known(name, choices):
    """A choice of `choices` or none, in the database."""
    return models.CheckConstraint(
        condition=Q(**{f"{name}__in": ["", *choices.values]}),
        name=f"%(app_label)s_%(class)s_{name}_known",
    )


class Growth(models.Model):
    """What one piece of work says of how it grew a film, and of the film's phase."""

    activation = models.CharField(
        max_length=10,
        choices=Activation,
        blank=True,
        help_text="Empty if the source does not say.",
    )
    reactor = models.CharField(
        max_length=15,
        choices=Reactor,
        blank=True,
        help_text="Only where it is no chamber with pulses in time.",
    )
    deposited_on = models.CharField(
        max_length=20,
        choices=DepositedOn,
        blank=True,
        help_text="For battery materials: before or after the electrode was made.",
    )
    deposition_temperature = QuantityField(
        "°C", "deposition temperature", above=-273.15, usual=(-100, 1000)
    )
    anneal_temperature = QuantityField(
        "°C", "annealing temperature", above=-273.15, usual=(0, 1500)
    )
    anneal_time = QuantityField("h", "annealing time", above=0, usual=(None, 200))
    anneal_atmosphere = models.CharField(
        "annealing atmosphere", max_length=100, blank=True, help_text="E.g. O2, vacuum."
    )
    crystallinity = models.CharField(max_length=20, choices=Crystallinity, blank=True)
    phase = models.CharField(
        max_length=200, blank=True, help_text="E.g. “anatase, minor rutile”."
    )
    phase_state = models.CharField(
        "phase found",
        max_length=15,
        choices=PhaseState,
        blank=True,
        help_text="When crystallinity and phase were found.",
    )

    class Meta:
        abstract = True
        constraints = [
            _known("activation", Activation),
            _known("reactor", Reactor),
            _known("deposited_on", DepositedOn),
            _known("crystallinity", Crystallinity),
            _known("phase_state", PhaseState),
        ]

    @property
    def technique(self):
        """ "Plasma-enhanced, spatial, on powder"; "" if not reported."""
        where = self.get_deposited_on_display()
        parts = [
            self.get_activation_display(),
            self.get_reactor_display(),
            f"on {where}" if where else "",
        ]
        return ", ".join(filter(None, parts)).capitalize()

    @property
    def annealing(self):
        """ "400 °C, 2 h, O2"; "" if not reported."""
        parts = [self.anneal_temperature, self.anneal_time, self.anneal_atmosphere]
        return ", ".join(str(part) for part in parts if part)

    @property
    def structure(self):
        """ "Crystalline: anatase, after annealing"; "" if not reported."""
        parts = [self.get_crystallinity_display(), self.phase]
        found = ": ".join(filter(None, parts))
        when = self.get_phase_state_display() if found else ""
        return ", ".join(filter(None, [found, when.lower()]))
