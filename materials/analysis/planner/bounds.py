"""What any limit makes of a need, in numbers that can be stored and compared.

Against rising limits a need is not feasible, then unknown or marginal, then feasible.
So three temperatures say all there is to say of it; of several needs, of which the best
counts, the least of each do, and of several precursors, all of which are needed, the
greatest.
"""

from math import inf
from typing import NamedTuple

from materials.analysis.planner.rules import (
    MARGIN_CELSIUS,
    sure_source,
    sure_window,
)
from precursors.choices import PhysicalState, PrecursorClass


class Bounds(NamedTuple):
    """Against which limits (°C) something gets which verdict.

    * `feasible`: the least limit with which it is feasible; `about` where the limit is
      approximate
    * `possible`: what limit and margin must reach for it to be marginal at least
    * `unknown`: what they must reach for it to be unknown at least, not unfeasible
    """

    feasible: float
    about: float
    possible: float
    unknown: float


NOTHING_NEEDED = Bounds(-inf, -inf, -inf, -inf)
NOT_KNOWN = Bounds(inf, inf, inf, -inf)


def of_precursor(precursor_class, physical_state, needs):
    """The `Bounds` of a precursor's source; `needs` as of `best`."""
    if needs:
        return best(needs, sure_source)
    if precursor_class == PrecursorClass.PLASMA or physical_state == PhysicalState.GAS:
        return NOTHING_NEEDED
    return NOT_KNOWN


def of_deposition(needs):
    """The `Bounds` of a process's substrate; `needs` as of `best`."""
    return best(needs, sure_window) if needs else NOT_KNOWN


def best(needs, sure):
    """The `Bounds` of several published needs, (quantity, whether typical) pairs.

    Counts the typical one, which is the first, or the least demanding; see `rules`.
    """
    bounds = [_of_one(quantity, sure(quantity)) for quantity, _ in needs]
    least = Bounds(*map(min, zip(*bounds, strict=True)))
    typical, (_, first_is_typical) = bounds[0], needs[0]
    if not first_is_typical:
        return least
    # Beside a typical one, any that is possible makes it marginal.
    unknown = min(typical.unknown, least.possible)
    return typical._replace(possible=least.possible, unknown=unknown)


def _of_one(need, sure):
    least = need.minimum
    unknown = -inf if least is None else least
    if sure is None:
        return Bounds(inf, inf, inf, unknown)
    about = sure + MARGIN_CELSIUS
    return Bounds(
        about if need.qualifier == "~" else sure,
        about,
        sure if least is None else least,
        unknown,
    )
