"""Checks of what nature allows: vapor pressures, densities, compositions."""

from collections import defaultdict
from math import inf

from django.db.models import Q

from asei_db.lib.quantities import UNITS, Quantity
from literature.checks import Severity, check
from materials.checks.reporters import reporters_of
from materials.choices import Property
from materials.models import PropertyMeasurement

KELVIN = 273.15
TORR_PER_BAR = 750.062
ATMOSPHERE = 760  # Torr
#: Coldest and hottest K of log10(p/bar) = A − B/(T/K + C), and A, B, C. Of water:
#: NIST Chemistry WebBook, SRD 69, from Stull 1947, and Liu and Lindsay 1970.
ANTOINE = {
    "H2O": (
        (255.9, 373.0, 4.6543, 1435.264, -64.848),
        (379.0, 573.0, 3.55959, 643.748, -198.043),
    ),
}
COLDEST_ROOM = 20  # °C; sources that print RT mean 20 to 25 °C
PRESSURE_TOLERANCE, ABOUT_TOLERANCE = 0.1, 0.25
BOILING_TOLERANCE = 5  # °C
DENSITIES = (0.1, 25)  # g/cm³: of the lightest solid foams, and above osmium
SUM_TOLERANCE = 5  # at.%


def saturation(formula, celsius):
    """The vapor pressure of a substance, Torr; None where no curve is known."""
    kelvin = celsius + KELVIN
    for coldest, hottest, a, b, c in ANTOINE.get(formula, ()):
        if coldest <= kelvin <= hottest:
            return TORR_PER_BAR * 10 ** (a - b / (kelvin + c))
    return None


def _boiling_points():
    """The boiling points that nobody disputes, by key of the precursor."""
    found = {}
    rows = PropertyMeasurement.objects.filter(
        property=Property.BOILING_POINT, disputed=False, precursor__isnull=False
    )
    for row in rows.order_by("-pk").iterator():
        found[row.precursor_id] = row.value
    return found


@check(
    Severity.ERROR,
    PropertyMeasurement,
    where=Q(property=Property.VAPOR_PRESSURE, disputed=False),
    related=["precursor"],
    known=_boiling_points,
)
def vapor_pressure_is_possible(measurement, boiling_points):
    """A vapor pressure is that of the known curve, and 1 atm at the boiling point.

    A disputed one is left out: it is flagged already.
    """
    pressure, temperature = measurement.value, measurement.temperature
    is_pressure = measurement.property == Property.VAPOR_PRESSURE
    if measurement.disputed or not is_pressure or temperature is None:
        return
    if temperature.is_open or measurement.precursor is None:
        return
    share = ABOUT_TOLERANCE if pressure.qualifier == "~" else PRESSURE_TOLERANCE
    low = -inf if pressure.minimum is None else pressure.minimum * (1 - share)
    high = inf if pressure.maximum is None else pressure.maximum * (1 + share)
    coldest = temperature.lowest
    if str(temperature).startswith("RT"):
        coldest = min(coldest, COLDEST_ROOM)
    formula = measurement.precursor.formula
    least, most = (saturation(formula, end) for end in (coldest, temperature.highest))
    if least is not None and most is not None and (high < least or low > most):
        right = Quantity(*(float(f"{end:.3g}") for end in (least, most)), unit="Torr")
        yield (
            f"{measurement.precursor.label} has {right} over it at {temperature}, not "
            f"{pressure}; correct it, or flag it as disputed and say why."
        )
        return
    if (boiling := boiling_points().get(measurement.precursor_id)) is None:
        return
    if boiling.minimum is not None and (
        low > ATMOSPHERE and temperature.highest < boiling.lowest - BOILING_TOLERANCE
    ):
        yield f"{pressure} at {temperature} is above 1 atm, yet it boils at {boiling}."
    elif boiling.maximum is not None and (
        high < ATMOSPHERE and coldest > boiling.highest + BOILING_TOLERANCE
    ):
        yield f"{pressure} at {temperature} is below 1 atm, yet it boils at {boiling}."


@check(
    Severity.ERROR,
    PropertyMeasurement,
    where=Q(property=Property.DENSITY, disputed=False),
)
def density_is_possible(measurement):
    """A film is as dense as matter can be: 0.1 to 25 g/cm³."""
    density = measurement.value
    least, most = DENSITIES
    is_possible = least <= density.lowest and density.highest <= most
    is_density = measurement.property == Property.DENSITY
    if is_density and not is_possible and not measurement.disputed:
        yield (
            f"No film has {density}: it would lie between {least} and {most} "
            f"{UNITS[density.unit].printed}; is the unit right?"
        )


#: What tells one composition of one film from another.
_OF_ONE_FILM = (
    "material",
    "process",
    "coating",
    "recipe",
    "temperature_min_celsius",
    "temperature_max_celsius",
    "condition",
    "locator",
)


def _compositions():
    """The atomic contents of each film, as (element, quantity), by first key of a row.

    Of one film are those of one subject, study, condition and place of the source.
    """
    reporters = reporters_of(PropertyMeasurement)
    films = defaultdict(list)
    rows = PropertyMeasurement.objects.filter(
        property=Property.ATOMIC_CONTENT, disputed=False
    )
    for row in rows.select_related("element").order_by("pk").iterator():
        values = (
            PropertyMeasurement._meta.get_field(name).value_from_object(row)
            for name in _OF_ONE_FILM
        )
        film = (*values, row.notes, frozenset(reporters[row.pk]))
        films[film].append((row.pk, row.element.symbol, row.value))
    return {rows[0][0]: [row[1:] for row in rows] for rows in films.values()}


@check(
    Severity.ERROR,
    PropertyMeasurement,
    where=Q(property=Property.ATOMIC_CONTENT, disputed=False),
    related=[
        "material__elements",
        "process__material__elements",
        "coating__process__material__elements",
    ],
    known=_compositions,
)
def contents_add_up(measurement, compositions):
    """The atomic contents of one film add up to 100 at.%, within 5 at.%.

    Those of some of its elements only add up to less; hydrogen, which few methods see,
    may be left out.
    """
    if measurement.property != Property.ATOMIC_CONTENT or measurement.disputed:
        return
    if (contents := compositions().get(measurement.pk)) is None:
        return
    symbols = [symbol for symbol, _ in contents]
    printed = ", ".join(f"{symbol} {quantity}" for symbol, quantity in contents)
    if len({*symbols}) < len(symbols):
        return  # several films, which nothing tells apart
    least = sum(quantity.minimum or 0 for _, quantity in contents)
    most = sum(
        100 if quantity.maximum is None else quantity.maximum
        for _, quantity in contents
    )
    film = measurement.film
    elements = {element.symbol for element in film.elements.all()} if film else set()
    is_complete = bool(elements) and elements - {"H"} <= {*symbols}
    if least > 100 + SUM_TOLERANCE:
        yield f"{printed} are {least:g} at.% together, more than there is."
    elif is_complete and most < 100 - SUM_TOLERANCE:
        yield f"{printed} are all elements of the film, and {most:g} at.% together."
