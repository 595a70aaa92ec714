"""What is compared with the list of coatings: the same JSON by a hand-written view.

A WSGI application without Django's requests: SQL for one page of known keys, tuples,
dictionaries, bytes. The order and the count are read once, when the program starts; a
page begins behind a place in it. `/bytes` answers what a file holds, compressed.
"""

import json
import os
import threading
from array import array
from collections import defaultdict
from pathlib import Path
from urllib.parse import parse_qsl

import django
from django.apps import apps
from django.db import connection

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asei_db.settings")
    django.setup()

from literature.choices import ExtentRead, Reading
from materials.choices import (
    Activation,
    Crystallinity,
    DepositedOn,
    DepositionMethod,
    ElectrodeRole,
    HostFamily,
    PhaseState,
    Reactor,
    ReviewCategory,
    SubstrateClass,
)

try:
    from orjson import dumps
except ImportError:

    def dumps(value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


SIZE = 50
_LABELS = {
    choices: dict(choices.choices)
    for choices in (
        *(Activation, Crystallinity, DepositedOn, DepositionMethod, ElectrodeRole),
        *(ExtentRead, HostFamily, PhaseState, Reading, Reactor, ReviewCategory),
        SubstrateClass,
    )
}
_ORDER = """
SELECT c.id FROM materials_coating c
JOIN materials_depositionprocess p ON p.id = c.process_id
JOIN materials_material m ON m.id = p.material_id
JOIN literature_study y ON y.id = c.source_id
WHERE y.status = 'published'
ORDER BY {}, {}, c.id
"""
_COATINGS = """
SELECT c.id, c.slug, m.slug, m.name, p.method, p.id, p.slug,
    s.slug, s.name, s.acronym, s.substrate_class, s.electrode_role, s.host_family,
    c.substrate_preparation, c.deposition_cycle_count,
    c.thickness_as_reported, c.thickness_qualifier, c.thickness_min_nm,
    c.thickness_max_nm,
    c.activation, c.reactor, c.deposited_on,
    c.deposition_temperature_as_reported, c.deposition_temperature_qualifier,
    c.deposition_temperature_min_celsius, c.deposition_temperature_max_celsius,
    c.anneal_temperature_as_reported, c.anneal_temperature_qualifier,
    c.anneal_temperature_min_celsius, c.anneal_temperature_max_celsius,
    c.anneal_time_as_reported, c.anneal_time_qualifier, c.anneal_time_min_h,
    c.anneal_time_max_h,
    c.anneal_atmosphere, c.crystallinity, c.phase, c.phase_state,
    c.review_category, c.material_as_reported, c.precursors_as_reported,
    c.substrate_as_reported, c.characterization_as_reported,
    y.id, y.slug, y.doi, c.locator, c.reading, y.extent_read, c.notes, c.disputed
FROM materials_coating c
JOIN materials_depositionprocess p ON p.id = c.process_id
JOIN materials_material m ON m.id = p.material_id
JOIN literature_study y ON y.id = c.source_id
LEFT JOIN materials_substrate s ON s.id = c.substrate_id
WHERE c.id IN ({})
"""
_STEPS = """
SELECT st.process_id, pr.slug, pr.acronym, pr.name, st.position, st.is_optional
FROM materials_processstep st JOIN precursors_precursor pr ON pr.id = st.precursor_id
WHERE st.process_id IN ({}) ORDER BY st.process_id, st.position, st.id
"""
_USES = """
SELECT u.coating_id, me.acronym, u.as_reported, me.slug, u.remark
FROM materials_characterizationuse u
JOIN materials_characterizationmethod me ON me.id = u.method_id
WHERE u.coating_id IN ({}) ORDER BY u.coating_id, u.position, u.id
"""
_STUDIES = """
SELECT l.coating_id, y.id, y.slug, y.doi, y.title, y.authors, y.journal, y.year,
    y.volume, y.pages
FROM materials_coating_studies l JOIN literature_study y ON y.id = l.study_id
WHERE y.status = 'published' AND l.coating_id IN ({})
"""
_CITATIONS = """
SELECT r.study_id, r.number, r.review_id, y.journal, y.year, y.volume, y.pages, y.slug
FROM literature_reviewcitation r JOIN literature_study y ON y.id = r.review_id
WHERE y.status = 'published' AND r.number > 0 AND r.study_id IN ({})
"""
_lock = threading.Lock()
_order = None


def application(environ, start_response):
    path = environ["PATH_INFO"]
    headers = [("Content-Type", "application/json")]
    if path == "/bytes":
        body = _bytes()
        headers.append(("Content-Encoding", "gzip"))
    else:
        site = f"http://{environ['HTTP_HOST']}"
        after = dict(parse_qsl(environ["QUERY_STRING"])).get("after", 0)
        body = dumps(page(site, int(after)))
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]


_kept_bytes = []


def _bytes():
    if not _kept_bytes:
        _kept_bytes.append(Path(os.environ["BENCH_BYTES"]).read_bytes())
    return _kept_bytes[0]


def order():
    """The keys of all public coatings in the order of their list."""
    global _order
    with _lock:
        if _order is None:
            code_point = '{} COLLATE "C"' if connection.vendor == "postgresql" else "{}"
            columns = (
                code_point.format(name) for name in ("m.name_sort_key", "c.slug")
            )
            with connection.cursor() as cursor:
                cursor.execute(_ORDER.format(*columns))
                _order = array("q", (key for (key,) in cursor))
    return _order


def page(site, after=0):
    """The answer that holds the coatings behind a place of the order."""
    keys = order()
    some = keys[after : after + SIZE]
    found = dict(_items(site, list(some)))
    return {"count": len(keys), "results": [found[key] for key in some]}


def _ask(statement, keys):
    if not keys:
        return []
    connection.ensure_connection()
    mark = "%s" if connection.vendor == "postgresql" else "?"
    sql = statement.format(", ".join([mark] * len(keys)))
    return connection.connection.execute(sql, keys).fetchall()


def _items(site, keys):
    rows = _ask(_COATINGS, keys)
    steps, uses, studies = defaultdict(list), defaultdict(list), defaultdict(list)
    api = f"{site}/api/v1"
    for process, slug, acronym, name, step, optional in _ask(
        _STEPS, list({row[5] for row in rows})
    ):
        steps[process].append(
            {
                "slug": slug,
                "url": f"{api}/precursors/{slug}/",
                "acronym": acronym or name,
                "step": step,
                "optional": bool(optional),
            }
        )
    for coating, acronym, as_reported, slug, remark in _ask(_USES, keys):
        uses[coating].append(
            {
                "acronym": acronym,
                "as_reported": as_reported,
                "slug": slug,
                "url": f"{api}/characterization-methods/{slug}/",
                "remark": remark,
            }
        )
    for coating, *study in _ask(_STUDIES, keys):
        studies[coating].append(study)
    citations = defaultdict(list)
    cited = {study[0] for some in studies.values() for study in some}
    for study, *citation in _ask(_CITATIONS, list(cited)):
        citations[study].append(citation)
    for row in rows:
        yield row[0], _item(site, api, row, steps, uses, studies, citations)


def _item(site, api, row, steps, uses, studies, citations):
    (
        key,
        slug,
        film_slug,
        film,
        method,
        process,
        process_slug,
        on_slug,
        on,
        on_acronym,
        on_class,
        on_role,
        on_family,
        preparation,
        cycles,
        t1,
        t2,
        t3,
        t4,
        activation,
        reactor,
        deposited_on,
        d1,
        d2,
        d3,
        d4,
        a1,
        a2,
        a3,
        a4,
        h1,
        h2,
        h3,
        h4,
        atmosphere,
        crystallinity,
        phase,
        phase_state,
        category,
        film_printed,
        precursors_printed,
        on_printed,
        cell,
        source,
        source_slug,
        doi,
        locator,
        reading,
        extent,
        notes,
        disputed,
    ) = row
    return {
        "slug": slug,
        "url": f"{api}/coatings/{slug}/",
        "page": f"{site}/coatings/{slug}/",
        "material": {
            "slug": film_slug,
            "url": f"{api}/materials/{film_slug}/",
            "name": film,
        },
        **_word("method", method, DepositionMethod),
        "process": {
            "slug": process_slug,
            "url": f"{api}/processes/{process_slug}/",
            "precursors": steps[process],
        },
        "substrate": on_slug
        and {
            "slug": on_slug,
            "url": f"{api}/substrates/{on_slug}/",
            "name": on,
            "acronym": on_acronym,
            **_word("substrate_class", on_class, SubstrateClass),
            **_word("electrode_role", on_role, ElectrodeRole),
            **_word("host_family", on_family, HostFamily),
        },
        "substrate_preparation": preparation,
        "thickness": _quantity(t1, t2, t3, t4, "nm"),
        "deposition_cycle_count": cycles,
        **_word("activation", activation, Activation),
        **_word("reactor", reactor, Reactor),
        **_word("deposited_on", deposited_on, DepositedOn),
        "deposition_temperature": _quantity(d1, d2, d3, d4, "°C"),
        "anneal_temperature": _quantity(a1, a2, a3, a4, "°C"),
        "anneal_time": _quantity(h1, h2, h3, h4, "h"),
        "anneal_atmosphere": atmosphere,
        **_word("crystallinity", crystallinity, Crystallinity),
        "phase": phase,
        **_word("phase_state", phase_state, PhaseState),
        "characterization_methods": uses[key],
        "studies": [
            _study(api, study, citations[study[0]], source)
            for study in sorted(studies[key], key=_newest_first)
        ],
        **_word("review_category", category, ReviewCategory),
        "material_as_reported": film_printed,
        "precursors_as_reported": precursors_printed,
        "substrate_as_reported": on_printed,
        "characterization_as_reported": cell,
        "source": {
            "study": source_slug,
            "url": f"{api}/studies/{source_slug}/",
            "doi": doi or None,
            "locator": locator,
            **_word("reading", reading, Reading),
            **_word("extent_read", extent, ExtentRead),
        },
        "notes": notes.splitlines(),
        "disputed": bool(disputed),
    }


def _word(name, code, choices):
    return {name: code or None, f"{name}_label": _LABELS[choices].get(code)}


def _quantity(as_reported, qualifier, low, high, unit):
    if not as_reported:
        return None
    return {
        "as_reported": as_reported,
        "qualifier": qualifier,
        "min": low,
        "max": high,
        "unit": unit,
    }


def _newest_first(study):
    key, slug, year = study[0], study[1], study[6]
    return (year is None, -(year or 0), slug, key)


def _study(api, study, citations, source):
    _, slug, doi, title, authors, journal, year, volume, pages = study
    numbers = (number for number, review, *_ in citations if review == source)
    label = title or slug
    if journal:
        names = json.loads(authors) if isinstance(authors, str) else authors
        family = names[0].partition(",")[0] if names else ""
        who = f"{family} et al." if len(names) > 1 else family
        label = ", ".join(filter(None, [who, _place(journal, year, volume, pages)]))
    elif title and year:
        label = f"{title} ({year})"
    elif not title and citations:
        # As citations are listed: the newest review first.
        number, _, *review, _ = min(
            citations, key=lambda one: (one[3] is None, -(one[3] or 0), one[6], one[0])
        )
        label = f"Ref. {number} in {_place(*review)}"
    return {
        "slug": slug,
        "url": f"{api}/studies/{slug}/",
        "doi": doi or None,
        "label": label,
        "citation_number": next(numbers, None),
    }


def _place(journal, year, volume, pages):
    first = f"{journal} {year}" if year else journal
    return ", ".join(filter(None, [first, volume, pages.partition("–")[0]]))
