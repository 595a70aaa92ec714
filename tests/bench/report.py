"""docs/performance.md and its plots, from what was measured."""

import json
import os
import platform

from tests.bench.plot import plot
from tests.bench.reach import GOALS, Results
from tests.bench.targets import TARGETS

SIZES = {
    "curated": "today's",
    **{f"1e{power}": f"10{sign}" for power, sign in enumerate("⁰¹²³⁴⁵⁶")},
}
_PLOTTED = (
    "API, 50 full coatings",
    "API, by element",
    "API, a word in an eighth",
    "API, last page",
    "Coatings with facets",
    "Search everything, common word",
    "Page of the material coated most",
    "Explore by class",
    "Planner",
    "Limit: hand-written view",
    "Datasette, 50 rows",
)
_HEAD = """\
# How fast the site is

`make bench` wrote this page; change `tests/bench/` and not the page. It starts the site
as in production (gunicorn, two workers) over made-up literature of each size, and asks
it, the same coatings in Datasette, a hand-written view with the same JSON, and prebuilt
bytes in turns within one run, over loopback.

* **CPU** is that of all server processes and of PostgreSQL's, in ms a request, from
  `/proc`: the median of the rounds. Wall time depends on who else uses the machine;
  ratios of one run count.
* **Sizes** are numbers of coatings, of `manage.py generate_literature`; there are half
  as many studies, as many cycling tests, 6.5 times as many points and 1.6 times as many
  measurements. “Today's” is the curated literature.
* What is not *repeated* is asked under a host name that is new each time, so that no
  kept answer has it. Pages are compressed, as for browsers; the API's lists are not.
* “500” and other numbers are errors, “none” is no answer within a minute, and “–” was
  not measured, or there is no such answer.

Measured {measured}, on {cores} cores ({machine}), Python {python}, {databases}.

```
make bench                                        # curated, 10³, 10⁴ and 10⁵
make bench ARGS="--sizes 1e6 --keep var/bench"    # a million, and keep the databases
make bench ARGS="--databases sqlite --only search --sizes 1e3 --keep var/bench"
```

"""


def render(results, docs):
    """Write the page of all results there are."""
    found = sorted(
        (Results(json.loads(file.read_text())) for file in results.glob("*-*.json")),
        key=lambda one: (one.vendor != "sqlite", list(SIZES).index(one.size)),
    )
    if not found:
        return
    measured = [one.measured for one in found]
    parts = [
        _HEAD.format(
            measured=max(one["measured"] for one in measured)[:10],
            cores=os.cpu_count(),
            machine=platform.machine(),
            python=platform.python_version(),
            databases=" and ".join(
                sorted(
                    {
                        f"{_name(one['vendor'])} {one['facts']['database']}"
                        for one in measured
                    },
                    reverse=True,
                )
            ),
        ),
        "## Reach\n\nBold is not reached.\n\n",
        _reach(found),
        "\n## CPU a request, ms\n\n",
        _cpu(found),
    ]
    for vendor in dict.fromkeys(one.vendor for one in found):
        some = [one for one in found if one.vendor == vendor and one.size != "curated"]
        lines = {
            name: points
            for name in _PLOTTED
            if (
                points := [
                    (float(one.size), cpu)
                    for one in some
                    if (cpu := one.of(name)) is not None
                ]
            )
        }
        if lines:
            file = docs / f"performance-{vendor}.svg"
            title = f"CPU a request (ms) by number of coatings, {_name(vendor)}"
            file.write_text(plot(title, lines))
            parts.append(f"\n![{title}]({file.name})\n")
    parts += [
        f"\n## {_name(one.vendor)}, {SIZES[one.size]}\n\n{_details(one)}"
        for one in found
    ]
    (docs / "performance.md").write_text("".join(parts))


def _name(vendor):
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[vendor]


def _heads(found):
    return [f"{_name(one.vendor)} {SIZES[one.size]}" for one in found]


def _reach(found):
    smallest = {one.vendor: one for one in found if one.size == "1e3"}
    rows = []
    for goal in GOALS:
        cells = []
        for one in found:
            if goal.sizes and one.size not in goal.sizes:
                cells.append("")
                continue
            figure = goal.of(one, smallest.get(one.vendor))
            if figure is None:
                cells.append("–")
            else:
                text = _number(figure)
                cells.append(text if goal.is_held(figure) else f"**{text}**")
        if any(cells):
            rows.append([str(goal.line), goal.words, goal.bound, *cells])
    return _table(["", "what", "to reach", *_heads(found)], rows)


def _cpu(found):
    rows = []
    for target in TARGETS:
        cells = [_answer(one.targets.get(target.name)) for one in found]
        rows.append([target.name, *cells])
    return _table(["", *_heads(found)], rows)


def _answer(target):
    if target is None:
        return "–"
    if target["status"] in (200, 304):
        return _number(target["cpu_ms"])
    return f"{_number(target['cpu_ms'])} ({target['status'] or 'none'})"


def _details(one):
    names = ("cpu_ms_low", "cpu_ms_high", "wall_ms", "first_byte_ms", "bytes")
    names += ("growth_mb", "statements", "repeated_statements", "requests")
    rows = []
    for target in TARGETS:
        if measured := one.targets.get(target.name):
            cells = [
                _answer(measured),
                *(_number(measured.get(name)) for name in names),
            ]
            rows.append([target.name, *cells])
    heads = ("CPU ms", "lowest", "highest", "wall ms", "first byte ms", "bytes")
    heads += ("memory MB", "statements", "repeated", "requests")
    text = _table(["", *heads], rows)
    for name, figures in one.operations.items():
        said = ", ".join(f"{key} {_number(value)}" for key, value in figures.items())
        text += f"\n* {name}: {said}"
    return f"{text}\n"


def _number(value):
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if value and abs(value) < 10:
        return f"{value:.2g}" if abs(value) < 1 else f"{value:.3g}"
    return f"{value:,.0f}"


def _table(heads, rows):
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
