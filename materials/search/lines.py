"""One line for each record that was found, made of what the API says of it."""

import json
from dataclasses import dataclass
from functools import lru_cache

from asei_db.lib.folding import fold
from asei_db.lib.quantities import Quantity
from asei_db.lib.templatetags.science import chemical_text, formula
from literature.choices import ExtentRead
from literature.documents import SITE, Document
from literature.identifiers import EXACT, Role
from literature.kinds import Kind

_MOST_LINKED = 3  # records of a kind in which words are looked for
_READ_WHOLE = (ExtentRead.FULL_TEXT, ExtentRead.SUPPORTING_INFORMATION)
_fold = lru_cache(maxsize=8192)(fold)


@dataclass(frozen=True)
class Line:
    """A record in one line.

    * `label`: what the API calls it; `heading`: what the page does
    * `more`: what else tells it from others
    * `why`: why it was found; "" if that is plain from the others
    """

    kind: Kind
    key: int
    slug: str
    address: str
    label: str
    heading: str
    more: str
    why: str

    @property
    def title(self):
        """The heading as HTML."""
        is_formula = self.kind in (Kind.MATERIAL, Kind.PRECURSOR)
        return formula(self.heading) if is_formula else chemical_text(self.heading)

    @property
    def kind_name(self):
        """What a record of the kind is called: "coating"."""
        return self.kind.model._meta.verbose_name


def lines_of(hits, question):
    """The `Line` of each hit by kind and key; what is gone meanwhile is left out.

    By one statement, and one more for what stands in records that they refer to.
    """
    ids = {hit.kind.first + hit.key: hit for hit in hits}
    documents = Document.objects.filter(id__in=list(ids)).values_list("id", "body")
    items = {id_: json.loads(bytes(body)) for id_, body in documents} if ids else {}
    drafts = {}
    for id_, item in items.items():
        heading, *others = _SHOWN[ids[id_].kind](item, label_of(ids[id_].kind, item))
        others.append(_work(item))
        drafts[id_] = _Draft(ids[id_], item, heading, [*filter(None, others)])
    linked = _linked(
        slug for draft in drafts.values() for slug in draft.wanted(question)
    )
    return {
        (draft.hit.kind, draft.hit.key): draft.line(question, linked)
        for draft in drafts.values()
    }


@dataclass
class _Draft:
    """A line for which other records may have to be read."""

    hit: object
    item: dict
    heading: str
    others: list

    def wanted(self, question):
        """(kind, slug) of the records that are needed to say more."""
        yield from self.source
        if self.unexplained(question):
            yield from _references(self.item)

    @property
    def source(self):
        """Where it was read, (kind, slug), if no work is named; in a list."""
        item = self.item
        is_told = "studies" not in item or _work(item) or not item["source"]
        return [] if is_told else [(Kind.STUDY, item["source"]["study"])]

    def unexplained(self, question):
        """The words that stand neither in the line nor elsewhere in the item."""
        if self.hit.name:
            return []
        shown = _fold(f"{self.heading} {' '.join(self.others)}")
        words = [word for word in question.words if word not in shown]
        return [word for word in words if not _place(word, _places(self.item))]

    def line(self, question, linked):
        hit, item = self.hit, self.item
        sources = [linked[one]["label"] for one in self.source if one in linked]
        more = "; ".join([*self.others, *sources])
        return Line(
            hit.kind,
            hit.key,
            item["slug"],
            item["page"].removeprefix(SITE),
            label_of(hit.kind, item),
            self.heading,
            more,
            _why(hit, item, f"{self.heading} {more}", question, linked),
        )


def _references(item):
    """(kind, slug) of the records in which words may stand that find an item."""
    coating = item.get("coating") or item
    process = coating.get("process") or coating
    of = (
        (Kind.MATERIAL, [coating.get("material")]),
        (Kind.SUBSTRATE, [coating.get("substrate"), item.get("electrode")]),
        (Kind.PRECURSOR, [*process.get("precursors", ()), item.get("precursor")]),
        (Kind.STUDY, item.get("studies") or [item.get("study")]),
    )
    for kind, some in of:
        for one in filter(None, some[:_MOST_LINKED]):
            yield kind, one["slug"]


def _linked(wanted):
    """The items of records by kind and slug."""
    wanted = set(wanted)
    if not wanted:
        return {}
    rows = Document.objects.filter(slug__in={slug for _, slug in wanted})
    found = {
        (Kind(id_ // Kind.SPAN), slug): body
        for id_, slug, body in rows.values_list("id", "slug", "body")
    }
    return {
        place: json.loads(bytes(found[place])) for place in wanted if place in found
    }


def label_of(kind, item):
    """The text of a record, of its item in the API."""
    return _LABELS[kind](item)


def _work(item):
    """Who reported it: the first work, and how many there are besides; "" if none."""
    if item.get("study"):
        return item["study"]["label"]
    if works := item.get("studies"):
        others = len(works) - 1
        return works[0]["label"] + (f" and {others} more" if others else "")
    return ""


def _process(material, precursors):
    steps = [
        f"({one['acronym']})" if one["optional"] else one["acronym"]
        for one in precursors
    ]
    name = material["name"]
    if not steps:
        return f"{name}, precursors not known"
    return f"{name} from {' + '.join(steps)}"


def _coating(material, substrate):
    where = substrate["name"] if substrate else "various substrates"
    return f"{material['name']} on {where}"


def _subject(item):
    """What a measurement or finding is about."""
    if item["coating"]:
        return _coating(item["material"], item["coating"].get("substrate"))
    if item["process"]:
        return _process(item["material"], item["process"]["precursors"])
    one = item["material"] or item["substrate"] or item.get("precursor")
    return one.get("name") or one["acronym"]


def _quantity(value):
    """The `Quantity` that the API gives as a dict."""
    return Quantity(
        value["min"],
        value["max"],
        value["qualifier"],
        value["as_reported"],
        value["unit"],
    )


def _measurement(item):
    of = f" of {item['element']}" if item["element"] else ""
    value = _quantity(item["quantity"])
    return f"{item['property_label']}{of} of {_subject(item)}: {value}"


def _cycling(item):
    if coating := item["coating"]:
        return _coating(coating["material"], coating["substrate"])
    return f"Bare {item['electrode']['name']}"


_LABELS = {
    Kind.STUDY: lambda item: item["label"],
    Kind.PRECURSOR: lambda item: item["acronym"] or item["name"],
    Kind.MATERIAL: lambda item: item["name"],
    Kind.SUBSTRATE: lambda item: item["name"],
    Kind.METHOD: lambda item: item["acronym"],
    Kind.PROCESS: lambda item: _process(item["material"], item["precursors"]),
    Kind.COATING: lambda item: _coating(item["material"], item["substrate"]),
    Kind.MEASUREMENT: _measurement,
    Kind.CYCLING_TEST: _cycling,
    Kind.FINDING: lambda item: (
        f"{item['aspect_label']} of {_subject(item)}: {item['statement']}"
    ),
}


def _of_study(item, label):
    title = item["title"]
    return (title, label) if title and not label.startswith(title) else (label,)


def _of_coating(item, label):
    chemistry = _process(item["material"], item["process"]["precursors"])
    amount = ""
    if thickness := item["thickness"]:
        amount = str(_quantity(thickness))
    elif count := item["deposition_cycle_count"]:
        amount = f"{count} cycles"
    return label, chemistry.partition(" from ")[2], amount


def _method(item):
    """How a process grows its film, or what it means that nobody says it."""
    if item["method_label"]:
        return item["method_label"]
    source = item["source"]
    was_read = source and source["extent_read"] in _READ_WHOLE
    return f"method not {'reported' if was_read else 'looked for'}"


_SHOWN = {
    Kind.STUDY: _of_study,
    Kind.PRECURSOR: lambda item, label: (
        (label, item["name"]) if label != item["name"] else (label,)
    ),
    Kind.MATERIAL: lambda item, label: (label, item["material_class_label"]),
    Kind.SUBSTRATE: lambda item, label: (
        f"{label} ({item['acronym']})" if item["acronym"] else label,
        item["electrode_role_label"] or item["substrate_class_label"],
    ),
    Kind.METHOD: lambda item, label: (label, item["name"]),
    Kind.PROCESS: lambda item, label: (label, _method(item)),
    Kind.COATING: _of_coating,
    Kind.MEASUREMENT: lambda item, label: (label,),
    Kind.CYCLING_TEST: lambda item, label: (
        label,
        item["conditions"]["cell_type_label"],
    ),
    Kind.FINDING: lambda item, label: (
        f"{item['aspect_label']} of {_subject(item)}",
        item["statement"],
    ),
}


# Why it was found

_ROLES = {
    Role.NAME: "",
    Role.SYNONYM: "also called ",
    Role.DOI: "DOI ",
    Role.CAS: "CAS ",
    Role.INCHI_KEY: "InChIKey ",
    Role.CID: "PubChem CID ",
    Role.REFERENCE: "ref. ",
}


def _why(hit, item, shown, question, linked):
    if hit.name and hit.name.role in EXACT:
        return _ROLES[hit.name.role] + hit.name.text
    shown = _fold(shown)
    if hit.name and hit.name.role in _ROLES:
        is_plain = _fold(hit.name.text) in shown
        return "" if is_plain else _ROLES[hit.name.role] + hit.name.text
    reasons = {}  # one of each sort
    for word in question.words:
        if not hit.name and word not in shown:
            found = _place(word, _places(item))
            found = found or _place(word, _places_linked(item, linked))
            sort, text = found or ("", "")
            reasons.setdefault(sort, sort.format(text))
    return ", ".join(filter(None, reasons.values()))


def _place(word, places):
    """How it is told where a word stands, and its text; None if it is not known."""
    for texts, sort in places:
        for text in texts:
            if text and word in _fold(text):
                return sort, text
    return None


def _places(item):
    """Texts of an item, and how they are told."""
    yield item.get("synonyms", ()), "also called {}"
    yield item.get("variants", ()), "also called {}"
    yield [item.get("formula")], "formula {}"
    yield [item.get("cas_number")], "CAS {}"
    yield [item.get("host_family_label")], "{}"
    yield item.get("authors", ()), "by {}"
    yield [item.get("doi")], "DOI {}"
    methods = item.get("characterization_methods", ())
    yield [one["acronym"] for one in methods], "characterized by {}"
    yield [one["as_reported"] for one in methods], "characterized by {}"
    yield [item.get("substrate_preparation")], "on {}"
    on = (item.get("coating") or item).get("substrate") or item.get("electrode")
    if on:
        yield [on["acronym"], on["name"]], "on {}"
    yield [item.get("condition")], "in its condition"
    yield [(item.get("conditions") or {}).get("electrolyte")], "in its electrolyte"
    yield item["notes"], "in its notes"


def _places_linked(item, linked):
    """Texts of the records that an item refers to, and how they are told."""
    for place in _references(item):
        one = linked.get(place)
        if not one:
            continue
        if place[0] == Kind.STUDY:
            yield [one["title"]], "in the title of its study"
            yield one["authors"], "by {}"
            yield [one["doi"], one["journal"]], "in {}"
        else:
            name = one.get("acronym") or one["name"]
            yield [one["name"], *one["synonyms"], one["formula"]], f"{name} is {{}}"
            yield [one.get("cas_number")], f"{name} has CAS {{}}"
