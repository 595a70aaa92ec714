"""What is to be reached, each with how it follows from what was measured."""

from collections.abc import Callable
from dataclasses import dataclass

_EXPORTS = ("CSV of all coatings", "NDJSON of all coatings", "BibTeX of all studies")
_API = "API, 50 full coatings"
_LIMIT, _BYTES = "Limit: hand-written view", "Limit: prebuilt bytes"
_DATASETTE = "Datasette, 50 rows"
_FLAT_SEARCH = "Datasette, a word in an eighth"
_WITH_PLOT = ("Page of a coating with a plot", "Page of a cycling test")
_WITHOUT = (
    "Page of a coating",
    "Page of the material coated most",
    "Page of the process used most",
    "Page of a study",
)
#: Requests that may take longer: what compares, and exports of everything.
_NOT_ANONYMOUS = ("Limit", "Datasette", *_EXPORTS)


class Results:
    """What was measured of one size on one database."""

    def __init__(self, measured):
        self.measured = measured
        self.vendor, self.size = measured["vendor"], measured["size"]
        self.targets = measured["targets"]
        self.operations = measured["operations"]

    def of(self, name, what="cpu_ms"):
        """A figure of a target that was answered; None without."""
        target = self.targets.get(name)
        if target is None or target["status"] not in (200, 304):
            return None
        return target.get(what)

    def times(self, name, other):
        """How many times as fast a target is as another one; None without both."""
        mine, its = self.of(name), self.of(other)
        return its / mine if mine and its else None

    def rows_per_s(self, name):
        is_cited = name.startswith("BibTeX")
        count = self.measured["facts"]["studies" if is_cited else "coatings"]
        cpu = self.of(name)
        return 1000 * count / cpu if cpu else None

    @property
    def raw_rows_per_s(self):
        raw = self.operations.get("raw")
        return raw["rows"] / raw["cpu_s"] if raw else None

    def operation(self, name, *, of, by=None, factor=1):
        """A figure of an operation, or its ratio to another; None without."""
        found = self.operations.get(name)
        if not found:
            return None
        return factor * (found[of] / found[by] if by else found[of])


@dataclass(frozen=True)
class Goal:
    """One bound of one line of “Reach”.

    * `of`: a function of the `Results`, and of those at 10³, that gives the figure
    * `at_most` or `at_least`: the bound
    * `sizes`: at which it is to be held; everywhere if empty
    """

    line: int
    words: str
    of: Callable
    at_most: float | None = None
    at_least: float | None = None
    unit: str = ""
    sizes: tuple = ()

    @property
    def bound(self):
        sign, bound = (
            ("≤", self.at_most) if self.at_least is None else ("≥", self.at_least)
        )
        return f"{sign} {bound:,g} {self.unit}".strip()

    def is_held(self, figure):
        if self.at_least is None:
            return figure <= self.at_most
        return figure >= self.at_least


def _cpu(name, line, at_most, sizes=()):
    return Goal(line, name, lambda r, _: r.of(name), at_most, unit="ms", sizes=sizes)


def _as_fast(name, other, line, at_least, sizes=()):
    words = f"{name}: as fast as “{other}”"
    return Goal(
        line,
        words,
        lambda r, _: r.times(name, other),
        at_least=at_least,
        unit="×",
        sizes=sizes,
    )


def _growth(name, at_most):
    def of(results, first):
        cpu, least = results.of(name), first and first.of(name)
        return cpu / least if cpu and least else None

    words = f"{name}: growth from 10³"
    return Goal(3, words, of, at_most, unit="×", sizes=("1e4", "1e5", "1e6"))


def _slowest(results, _):
    cpu = [
        target["cpu_ms"]
        for name, target in results.targets.items()
        if not name.startswith(_NOT_ANONYMOUS)
    ]
    return max(cpu, default=None)


def _against_raw(name):
    def of(results, _):
        rows, raw = results.rows_per_s(name), results.raw_rows_per_s
        return rows / raw if rows and raw else None

    return of


def _figure(name, what):
    return lambda results, _: results.of(name, what)


_REPEATED = ("API, repeated", "Page, repeated")

GOALS = [
    _as_fast(_API, _LIMIT, 1, 0.7, ("1e3", "1e5", "1e6")),
    _as_fast(_API, _DATASETTE, 1, 1.5, ("1e3",)),
    _as_fast(_API, _DATASETTE, 1, 45, ("1e5",)),
    *(_as_fast(name, _BYTES, 2, 1) for name in _REPEATED),
    *(_as_fast(name, _DATASETTE, 2, 25, ("1e3",)) for name in _REPEATED),
    *(_as_fast(name, _DATASETTE, 2, 1000, ("1e5",)) for name in _REPEATED),
    _cpu("API, 304", 2, 0.35),
    *(
        _growth(name, 1.5)
        for name in (
            *(_API, "API, deep by cursor", "API, last page", "API, by element"),
            *("API, by deposition temperature", "API, one coating", *_WITH_PLOT),
            *_WITHOUT,
        )
    ),
    *(
        _growth(name, 2)
        for name in ("API, a rare word", "Search everything, rare word")
    ),
    *(
        _growth(name, 7)
        for name in ("API, a word in an eighth", "Search everything, common word")
    ),
    Goal(3, "The slowest request", _slowest, 1000, unit="ms", sizes=("1e6",)),
    _cpu("Search everything, common word", 4, 25, ("1e3",)),
    _cpu("Search everything, common word", 4, 20, ("1e5",)),
    _as_fast("API, a word in an eighth", _FLAT_SEARCH, 4, 30, ("1e5",)),
    _cpu("Coatings with facets", 5, 45, ("1e3",)),
    _cpu("Coatings with facets", 5, 60, ("1e5",)),
    *(
        _cpu(name, 5, at_most, (size,))
        for name in ("Explore by class", "Explore by gain")
        for size, at_most in (("1e3", 50), ("1e5", 150))
    ),
    _cpu("Planner", 5, 60, ("1e3",)),
    _cpu("Planner", 5, 150, ("1e5",)),
    *(_cpu(name, 6, 40) for name in _WITH_PLOT),
    *(_cpu(name, 6, 20) for name in _WITHOUT),
    *(
        Goal(6, f"{name}: statements", _figure(name, "statements"), 15)
        for name in (*_WITH_PLOT, *_WITHOUT)
    ),
    *(
        Goal(6, f"{name}: repeated ones", _figure(name, "repeated_statements"), 0)
        for name in (*_WITH_PLOT, *_WITHOUT)
    ),
    *(
        Goal(7, f"{name}: of raw SQL", _against_raw(name), at_least=0.4, unit="×")
        for name in _EXPORTS
    ),
    *(
        Goal(
            7,
            f"{name}: rows",
            lambda results, _, name=name: results.rows_per_s(name),
            at_least=20_000,
            unit="a second",
        )
        for name in _EXPORTS
    ),
    *(
        Goal(7, f"{name}: first byte", _figure(name, "first_byte_ms"), 150, unit="ms")
        for name in _EXPORTS
    ),
    *(
        Goal(7, f"{name}: memory", _figure(name, "growth_mb"), 50, unit="MB")
        for name in _EXPORTS
    ),
    Goal(
        8,
        "Generator: of the database's own speed",
        lambda r, _: r.operation("generate", of="database_s", by="wall_s"),
        at_least=0.8,
        unit="×",
        sizes=("1e4", "1e5", "1e6"),
    ),
    Goal(
        8,
        "Import with parsing: of the database's own speed",
        lambda r, _: r.operation("import", of="plain_s", by="cpu_s"),
        at_least=0.2,
        unit="×",
    ),
    Goal(
        8,
        "Publishing a study",
        lambda r, _: r.operation("publish", of="cpu_s", factor=1000),
        200,
        unit="ms",
    ),
    Goal(
        8,
        "Deriving everything: rows",
        lambda r, _: r.operation("derive", of="rows", by="cpu_s"),
        at_least=20_000,
        unit="a second",
    ),
    Goal(9, "Start: CPU", lambda r, _: r.operation("start", of="cpu_s"), 1.2, unit="s"),
    Goal(
        9,
        "Idle worker",
        lambda r, _: r.operation("start", of="worker_mb"),
        100,
        unit="MB",
    ),
]
