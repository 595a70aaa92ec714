"""How made-up films were grown."""

from materials.choices import (
    Activation,
    Crystallinity,
    DepositedOn,
    PhaseState,
    Reactor,
)
from materials.generating.drawing import maybe, printed, reported
from materials.models import Coating

GROWTH = (
    *("activation", "reactor", "deposited_on", "deposition_temperature"),
    *("anneal_temperature", "anneal_time", "anneal_atmosphere", "crystallinity"),
    *("phase", "phase_state"),
)


def make_growth(random):
    """The columns of `Growth`, in the order of `GROWTH`."""
    has_phase = random.random() < 0.3
    is_annealed = random.random() < 0.15
    return (
        maybe(random, 0.6, *Activation.values, "thermal", "thermal"),
        maybe(random, 0.1, *Reactor.values),
        maybe(random, 0.3, *DepositedOn.values),
        *reported("°C", printed(random, 40, 440, blank=0.4)),
        *reported("°C", printed(random, 200, 1000) if is_annealed else ""),
        *reported("h", printed(random, 1, 11) if is_annealed else ""),
        maybe(random, 0.7, "O2", "vacuum", "Ar") if is_annealed else "",
        random.choice(Crystallinity.values) if has_phase else "",
        maybe(random, 0.5, "anatase", "cubic", "hexagonal") if has_phase else "",
        maybe(random, 0.7, *PhaseState.values) if has_phase else "",
    )


#: Where the phase stands in what `make_growth` makes.
PHASE = -2


def words_of_growth(growth):
    """What `technique` and `structure` of a coating say."""
    of = Coating(
        activation=growth[0],
        reactor=growth[1],
        deposited_on=growth[2],
        crystallinity=growth[-3],
        phase=growth[PHASE],
        phase_state=growth[-1],
    )
    return of.technique, of.structure
