"""What is asked: declared once, measured, compared and reported by its name."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from urllib.parse import parse_qs, urlsplit

API = "/api/v1"
_ELEMENTS = ["Li", "Al", "O", "F", "Ti", "Zn", "N", "P"]
_SEED = 9
_LONG_PAGES = 20  # at most, that a cursor is followed
_MANY = 40  # addresses that a target is asked in turn


@dataclass
class World:
    """What addresses are made of: what `inside.facts` says, and a way to ask."""

    facts: dict
    get: Callable = None  # address → (status, bytes)
    random: Random = field(default_factory=lambda: Random(_SEED))  # noqa: S311

    @property
    def pages(self):
        return max(1, -(-self.facts["coatings"] // 50))


@dataclass(frozen=True)
class Target:
    """One question, asked with each of its addresses in turn.

    * `addresses`: a function of the `World`; none where there is no such answer
    * `of`: which server answers: the site, the hand-written limit, or Datasette
    * `again`: whether an address is asked again, so that it may be kept: "" asks under
      a host that is new each time; "same" asks the same; "known" says that it is known
    * `gzip`: whether the answer may be compressed, as browsers and `again` ask
    * `is_whole`: whether it is an export, of which the first byte matters
    """

    name: str
    addresses: Callable[[World], list[str]]
    of: str = "site"
    again: str = ""
    gzip: bool = False
    is_whole: bool = False


def one(address):
    return lambda world: [address]


def _some_pages(world):
    numbers = [
        world.random.randrange(1, min(world.pages, 20) + 1) for _ in range(_MANY)
    ]
    return [f"{API}/coatings/?page={number}" for number in numbers]


def _at_cursor(world):
    """Deep in the list by cursor: in its middle, or behind many long pages."""
    size = max(1, min(1000, world.facts["coatings"] // 2))
    cursor = "start"
    for _ in range(max(1, min(_LONG_PAGES, world.facts["coatings"] // 2000))):
        status, body = world.get(f"{API}/coatings/?cursor={cursor}&page_size={size}")
        address = json.loads(body)["next"] if status == 200 else None
        if address is None:
            return []
        cursor = parse_qs(urlsplit(address).query)["cursor"][0]
    return [f"{API}/coatings/?cursor={cursor}"]


def _records(path, name):
    return lambda world: [path.format(slug) for slug in world.facts[name]]


def _with_word(address, name):
    return lambda world: [address + world.facts[name]]


_DATASETTE = "/flat/coatings.json?_shape=objects&_size=50"


def _datasette_rows(query=""):
    return one(f"{_DATASETTE}{query}")


def _limit_places(world):
    last = max(1, world.facts["coatings"] - 50)
    places = [world.random.randrange(min(last, 950)) // 50 * 50 for _ in range(_MANY)]
    return [f"/coatings?after={place}" for place in places]


TARGETS = [
    # The API's lists
    Target("API, 50 full coatings", _some_pages),
    Target(
        "API, by element",
        lambda w: [f"{API}/coatings/?elements={symbol}" for symbol in _ELEMENTS],
    ),
    Target(
        "API, by deposition temperature",
        lambda w: [
            f"{API}/coatings/?deposition_temperature_celsius_min={low}"
            f"&deposition_temperature_celsius_max={low + 40}"
            for low in range(60, 360, 20)
        ],
    ),
    Target("API, a word in an eighth", _with_word(f"{API}/coatings/?q=", "common")),
    Target("API, a rare word", _with_word(f"{API}/coatings/?q=", "rare")),
    Target("API, last page", lambda w: [f"{API}/coatings/?page={w.pages}"]),
    Target("API, deep by cursor", _at_cursor),
    Target("API, one coating", _records(f"{API}/coatings/{{}}/", "slugs")),
    Target("API, 50 measurements", one(f"{API}/measurements/")),
    Target("API, 50 cycling tests", one(f"{API}/cycling-tests/")),
    Target("API, 50 studies", one(f"{API}/studies/")),
    # Pages
    Target("Home page", one("/"), gzip=True),
    Target("Coatings with facets", one("/coatings/"), gzip=True),
    Target(
        "Coatings, a word in an eighth",
        _with_word("/coatings/?q=", "common"),
        gzip=True,
    ),
    Target("Plot of coatings", one("/coatings/?view=plot"), gzip=True),
    Target("Studies", one("/studies/"), gzip=True),
    Target(
        "Search everything, common word", _with_word("/search/?q=", "common"), gzip=True
    ),
    Target(
        "Search everything, rare word", _with_word("/search/?q=", "rare"), gzip=True
    ),
    Target(
        "Page of the material coated most",
        lambda w: [f"/materials/{w.facts['material']}/"],
        gzip=True,
    ),
    Target(
        "Page of the process used most",
        lambda w: [f"/processes/{w.facts['process']}/"],
        gzip=True,
    ),
    Target(
        "Page of a coating with a plot", _records("/coatings/{}/", "plotted"), gzip=True
    ),
    Target("Page of a coating", _records("/coatings/{}/", "slugs"), gzip=True),
    Target("Page of a cycling test", _records("/cycling/{}/", "tests"), gzip=True),
    Target("Page of a study", _records("/studies/{}/", "works"), gzip=True),
    Target(
        "Explore by class",
        one("/explore/?rows=material_class&columns=substrate_class"),
        gzip=True,
    ),
    Target(
        "Explore by gain",
        one("/explore/?rows=material_class&columns=substrate_class&value=uplift"),
        gzip=True,
    ),
    Target("Planner", one("/planner/"), gzip=True),
    # Everything at once
    Target("CSV of all coatings", one(f"{API}/coatings/?format=csv"), is_whole=True),
    Target(
        "NDJSON of all coatings", one(f"{API}/coatings/?format=ndjson"), is_whole=True
    ),
    Target("BibTeX of all studies", one(f"{API}/studies/?format=bib"), is_whole=True),
    # What is asked again
    Target("API, repeated", one(f"{API}/coatings/"), again="same", gzip=True),
    Target("Page, repeated", one("/coatings/"), again="same", gzip=True),
    Target("API, 304", one(f"{API}/coatings/"), again="known", gzip=True),
    # What it is compared with
    Target("Limit: hand-written view", _limit_places, of="limit"),
    Target("Limit: prebuilt bytes", one("/bytes"), of="limit", gzip=True),
    Target("Datasette, 50 rows", _datasette_rows(), of="datasette"),
    Target(
        "Datasette, two facets",
        _datasette_rows("&_facet=material_class&_facet=year"),
        of="datasette",
    ),
    Target(
        "Datasette, a word in an eighth",
        _with_word(f"{_DATASETTE}&_search=", "common"),
        of="datasette",
    ),
    Target(
        "Datasette, by temperature",
        _datasette_rows(
            "&deposition_temperature_min_celsius__gte=100"
            "&deposition_temperature_max_celsius__lte=140"
        ),
        of="datasette",
    ),
    Target(
        "Datasette, CSV of all",
        one("/flat/coatings.csv?_stream=on&_size=max"),
        of="datasette",
        is_whole=True,
    ),
]
