"""Made-up cycling tests of coated and bare electrodes."""

from dataclasses import dataclass

from materials.choices import CellFormat, CellType
from materials.generating.drawing import (
    NOTHING,
    found_by,
    maybe,
    printed,
    reported,
    zipf,
)
from materials.generating.sourced import STATED, stated
from materials.generating.tables import Table
from materials.models import CyclingPoint, CyclingTest

_PROTOCOL = (
    *("cell_type", "charge_carrier", "counter_electrode", "cell_format"),
    *("electrolyte", "electrolyte_additive", "electrolyte_volume", "mass_loading"),
    *("lithium_thickness", "np_ratio", "cell_count", "capacity_basis", "c_rate"),
    *("charge_c_rate", "discharge_c_rate", "current_density_ma_per_cm2"),
    *("current_density_ma_per_g", "areal_capacity", "temperature", "voltage_window"),
)
_OUTCOMES = ("cycles_run", "time_run", "failure_cycles", "failure_time")
_VALUES = (
    *("specific_capacity", "areal_capacity", "capacity_retention"),
    *("coulombic_efficiency", "overpotential"),
)
_CYCLES = (1, 2, 5, 10, 20, 50, 100, 150, 200, 300, 500, 1000)
_HOURS = (10, 50, 100, 200, 300, 500, 1000)
_ELECTROLYTES = (
    "1 M LiPF6 in EC:DMC",
    "1 M LiTFSI in DOL:DME",
    "1 M NaPF6 in EC:DEC",
    "2 M ZnSO4 in water",
    "LiFSI in a made-up ether",
)


@dataclass
class _Cell:
    """How cells are built and run: columns of `_PROTOCOL`, and what finds them."""

    columns: tuple
    words: tuple
    is_symmetric: bool


def write_tests(draws, studies, coatings, films, substrates, tables):
    """Write N tests: two thirds coated, half of these with a bare control each.

    A test and its control have values at the same cycles, mostly under the same
    conditions.
    """
    table = tables.add(
        Table(
            CyclingTest,
            *("id", "slug", "study_id", "source_id", "coating_id", "electrode_id"),
            *("control_id", *STATED, *_PROTOCOL, *_OUTCOMES, "search_text"),
        )
    )
    points = tables.add(
        Table(
            CyclingPoint,
            *("test_id", "cycle_number", "first_cycle", "time_h", *_VALUES, "remark"),
        )
    )
    controls = draws.coatings // 3
    coated = draws.coatings - controls
    random = draws.random("coatings of tests")
    tested = sorted(random.choices(range(draws.coatings), k=coated))
    cells = draws.pool("cells", _cell, factor=4, least=40)
    columns = zip(
        range(coated),
        tested,
        cells,
        draws.endless("equal conditions", (True, False), (85, 15)),
        substrates.endless(draws, "electrodes"),
        stated(draws, "tests"),
        draws.pool("outcomes", _outcomes),
        draws.pool("cycles", _series(_CYCLES), least=40),
        draws.pool("hours", _series(_HOURS), least=40),
        strict=False,
    )
    key = table.first_key
    for (
        number,
        place,
        cell,
        is_equal,
        substrate,
        stands,
        outcomes,
        cycled,
        run,
    ) in columns:
        study = coatings.studies[place]
        study_key, study_words = studies.keys[study], studies.words(study)
        if coatings.substrates[place] is not None:
            substrate = coatings.substrates[place]
        electrode = substrates.keys[substrate]
        words = substrates.words[substrate]
        film_words = films.words[coatings.films[place]]
        coated_points, bare_points = run if cell.is_symmetric else cycled
        control = None
        if number % 2 == 0 and number < 2 * controls:
            control = key
            bare = cell if is_equal else next(cells)
            text = found_by(bare.words, (words, study_words))
            table.rows.append(
                (
                    *(key, f"made-up-test-{key}", study_key, study_key, None),
                    *(electrode, None, *stands, *bare.columns, *outcomes, text),
                )
            )
            points.rows += [(key, *point) for point in bare_points]
            key += 1
        text = found_by(cell.words, (film_words, words, study_words))
        table.rows.append(
            (
                *(key, f"made-up-test-{key}", study_key, study_key),
                *(coatings.keys[place], electrode, control, *stands),
                *(*cell.columns, *outcomes, text),
            )
        )
        points.rows += [(key, *point) for point in coated_points]
        key += 1
        tables.write_some()
    tables.write()


def _cell(random):
    cell_type = random.choices((*CellType.values, ""), (55, 20, 17, 2, 6))[0]
    electrolyte = random.choices((*_ELECTROLYTES, ""), (40, 25, 12, 8, 5, 10))[0]
    carrier = next(
        (
            ion
            for salt, ion in (("Li", "li"), ("Na", "na"), ("Zn", "zn"))
            if salt in electrolyte
        ),
        "",
    )
    additive = maybe(random, 0.15, "2 wt% LiNO3", "5 % FEC", "1 % VC")
    is_symmetric = cell_type == CellType.SYMMETRIC
    rate = random.randrange(3)
    columns = (
        *(cell_type, carrier, maybe(random, 0.6, "Li", "graphite", "Na")),
        *(maybe(random, 0.6, *CellFormat.values), electrolyte, additive),
        *reported("µL", printed(random, 10, 90, blank=0.7)),
        *reported("mg/cm²", printed(random, 1, 21, blank=0.5)),
        *reported("µm", printed(random, 20, 420, blank=0.8)),
        *reported("", printed(random, 1, 5, digits=1, blank=0.9)),
        random.choice((None, None, None, None, 3, 5)),
        maybe(random, 0.1, "active material", "sulfur"),
        *reported("C", printed(random, 0.1, 4.1, digits=1) if rate == 0 else ""),
        *reported("C", maybe(random, 0.05, "0.2C", "0.5C")),
        *reported("C", maybe(random, 0.05, "1C", "2C")),
        *reported("mA/cm²", printed(random, 0.5, 4.5, digits=1) if rate == 1 else ""),
        *reported("mA/g", printed(random, 20, 420) if rate == 2 else ""),
        *reported("mAh/cm²", printed(random, 0.5, 4.5, digits=1, blank=0.5)),
        *reported("°C", random.choice(("", "", "25", "RT", "45", "60", "~30"))),
        *reported("V", random.choice(("", "3–4.3", "2.8–4.5", "0.01–3", "1.5–3"))),
    )
    return _Cell(columns, (electrolyte, additive), is_symmetric)


def _outcomes(random):
    return (
        *reported("cycles", printed(random, 40, 1640, blank=0.6)),
        *reported("h", printed(random, 100, 2100, blank=0.8)),
        *reported("cycles", printed(random, 80, 1680, blank=0.9)),
        *reported("h", printed(random, 80, 1680, blank=0.95)),
    )


def _series(places):
    """Points of a coated test, and those of its control at the same places."""

    def make(random):
        count = random.choices(range(2, len(places) + 1), zipf(len(places) - 1, 0.05))[
            0
        ]
        chosen = sorted(random.sample(places, count))
        start, fade = random.uniform(60, 300), random.uniform(0.0002, 0.002)
        return [
            [_point(random, places, place, start, loss) for place in chosen]
            for loss in (fade, fade * random.uniform(0.7, 4))
        ]

    return make


def _point(random, places, place, start, loss):
    """The columns of a point but its test."""
    left = max(0.05, 1 - loss * place)
    sign = random.choices(("", "~", ">", "<"), (88, 6, 4, 2))[0]
    kinds = random.choices((1, 2, 3, 4, 7), (25, 25, 20, 20, 10))[0]
    capacity, retention, efficiency = NOTHING, NOTHING, NOTHING
    if places is _HOURS:
        overpotential = reported("mV", f"{sign}{round(20 + 300 * (1 - left))}")
        return (None, None, float(place), *NOTHING * 4, *overpotential, "")
    if kinds & 1:
        capacity = reported("mAh/g", f"{sign}{round(start * left)}")
    if kinds & 2:
        retention = reported("%", f"{sign}{100 * left:.1f}")
    if kinds & 4:
        efficiency = reported("%", f"{random.choice((97, 98.5, 99, 99.5, 99.9))}")
    first = 1 if place > 10 and random.random() < 0.03 else None
    remark = maybe(random, 0.03, "as read from the curve")
    values = (*capacity, *NOTHING, *retention, *efficiency, *NOTHING)
    return (place, first, None, *values, remark)
