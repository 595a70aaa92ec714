"""Axes of drawings: where numbers stand, and which of them are marked."""

from dataclasses import dataclass
from math import ceil, floor, log10

from asei_db.lib.quantities import Quantity

MARGIN = 0.08  # of the axis, left free at both ends for the arrows of bounds
EDGE = 5  # percent of the axis, too narrow for the label of a tick
MOST_TICKS = 7
#: From so many powers of ten on, a linear axis would press most values together.
_MANY_POWERS = 3


@dataclass(frozen=True)
class Axis:
    """An axis from `low` to `high`, which are exponents of ten where it is logarithmic.

    `ticks` are (percent, label).
    """

    low: float
    high: float
    is_logarithmic: bool
    ticks: tuple = ()

    def percent(self, number):
        """Where a number stands, in percent of the axis."""
        return _percent(number, self.low, self.high, self.is_logarithmic)


def axis(numbers, is_logarithmic=False):
    """The `Axis` that holds some numbers, at least one.

    Powers of ten need numbers above zero, and the axis is linear with others. With None
    it is logarithmic where the numbers span three powers of ten.
    """
    numbers = list(numbers)
    lowest, highest = min(numbers), max(numbers)
    if is_logarithmic is None:
        is_logarithmic = lowest > 0 and log10(highest) - log10(lowest) >= _MANY_POWERS
    is_logarithmic = is_logarithmic and lowest > 0
    scale = log10 if is_logarithmic else float
    low, high = scale(lowest), scale(highest)
    if high == low:
        around = 1 if is_logarithmic else abs(low) / 4 or 1
        low, high = low - around, high + around
    margin = (high - low) * MARGIN / (1 - 2 * MARGIN)
    low, high = low - margin, high + margin
    marked = (_powers if is_logarithmic else _multiples)(low, high)
    places = [(_percent(one, low, high, is_logarithmic), one) for one in marked]
    ticks = tuple(
        (place, str(Quantity(one, one)))
        for place, one in places
        if EDGE <= place <= 100 - EDGE
    )
    return Axis(low, high, is_logarithmic, ticks)


def _percent(number, low, high, is_logarithmic):
    place = log10(number) if is_logarithmic else number
    return round((place - low) / (high - low) * 100, 2)


def _powers(low, high):
    """Powers of ten between two exponents, every so many; round numbers if few."""
    step = ceil((high - low) / MOST_TICKS)
    powers = [10.0**power for power in range(ceil(low), floor(high) + 1, step)]
    return powers if len(powers) > 1 else _multiples(10**low, 10**high)


def _multiples(low, high):
    """Round numbers between two numbers: multiples of 1, 2 or 5 times a power of 10."""
    finest = (high - low) / MOST_TICKS
    power = 10.0 ** floor(log10(finest))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= finest)
    digits = -floor(log10(step))
    first, last = ceil(low / step), floor(high / step)
    return [round(n * step, digits) for n in range(first, last + 1)]
