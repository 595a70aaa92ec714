"""Makes records of the curated literature from the entries of a harvest.

`draft` follows these rules; the words of a study decide, nothing is guessed.

* A value of a growth chemistry belongs to the process, if its precursors are known,
  else to the coating, else to the material.
* A film on a substrate is a coating; a solid-electrolyte film whose substrate is not
  told is none. A record without a size is about the study's only coating of that kind.
* A test is one record. What has no cycle number is a point without one. A test of a
  film that is the active electrode is one of an uncoated electrode.
* A bare control of a property is a measurement on the substrate.
* What a source says that a coating gained is a measurement on the coating.
"""

import copy
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import count

from django.utils.text import slugify

from asei_db.lib.identifiers import normalize_doi
from materials.harvest import cycling, measuring
from materials.harvest.reading import (
    NOT_NAMED,
    SkippedError,
    check_taken,
    is_value,
)

#: The files of a draft, in the order in which they are loaded.
FILES = (
    "studies",
    "precursors",
    "materials",
    "substrates",
    "processes",
    "coatings",
    "measurements",
    "cycling-tests",
    "sublimation-temperatures",
)
_PLAIN_TECHNIQUES = (None, "ALD", "MLD", "ALD/MLD", "thermal ALD", NOT_NAMED)
_ORDER = ("precursor", "coating", "cycling", "process", "property")
_MAX_SLUG = 116


@dataclass
class Draft:
    """Records by file and key, and what was not taken: (line, reason)."""

    records: dict = field(default_factory=lambda: {name: {} for name in FILES})
    taken: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    unsaid: list = field(default_factory=list)


def draft(entries, vocabulary):
    """The `Draft` of the entries of a harvest."""
    drafter = _Drafter(vocabulary)
    entries = drafter.sift(entries)
    entries.sort(key=lambda e: (_ORDER.index(e["kind"]), not e.is_bare, not _size(e)))
    for entry in entries:
        drafter.take(entry)
    drafter.link_controls()
    drafter.draft.skipped.sort()
    return drafter.draft


class _Drafter:
    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.draft = Draft()
        self._precursors = defaultdict(set)  # by study and material: what it says
        self._tests = {}  # by pair, bare or not: slugs of tests
        self._bare = {}  # by pair and property: slug of the control's measurement

    @property
    def records(self):
        return self.draft.records

    def sift(self, entries):
        """The entries that may be taken, one for each value that stands apart."""
        sifted = []
        for entry in entries:
            try:
                check_taken(entry)
            except SkippedError as reason:
                self.draft.skipped.append((entry.line, str(reason)))
                continue
            title = entry["study"]["title"]
            if title in self.vocabulary.words["method_not_named"]:
                entry.values["technique"] = NOT_NAMED
            self.draft.unsaid += [(entry.line, name) for name in entry.unread()]
            remark = self._remark(entry)
            if entry["note"] and remark is None:
                self.draft.unsaid.append((entry.line, entry["note"]))
            sifted += _split(entry, remark or {})
            key = title, entry["material_name"]
            if entry["precursor_acronyms"]:
                self._precursors[key].add(tuple(entry["precursor_acronyms"]))
        return sifted

    def take(self, entry):
        before = copy.deepcopy(self.records)
        try:
            getattr(self, f"_take_{entry['kind']}")(entry)
            self.draft.taken.append((entry.line, entry["kind"]))
        except SkippedError as reason:
            self.draft.records = before
            self.draft.skipped.append((entry.line, str(reason)))

    def link_controls(self):
        for (pair, is_bare), slugs in self._tests.items():
            control = self._tests.get((pair, True))
            for slug in slugs if control and not is_bare else ():
                self.records["cycling-tests"][slug]["control"] = control[0]

    # One method a kind.

    def _take_precursor(self, entry):
        [name] = entry["precursor_acronyms"]
        slug = self._use("precursors", self.vocabulary.find("precursors", name), entry)
        notes, subject = self._notes(entry), {"precursor": slug}
        temperature = entry.quantity("source_temperature_c") or entry.room
        if temperature:
            record = {"precursor": slug, "temperature": temperature}
            record |= self._sourced(entry) | self._cited(entry)
            key = (slug, record["source"], record["locator"], temperature)
            self._add("sublimation-temperatures", key, record, notes)
        measured = self._measure(entry, slug, subject, measuring.OF_PRECURSORS, [])
        if not (temperature or measured):
            raise SkippedError("no source temperature and no property")

    def _take_process(self, entry):
        grown = self._grown(entry)
        notes = self._notes(entry)
        on_substrate = entry["substrate"] and entry["scope"] != "reference process"
        coatings = self._coatings(entry) if on_substrate else []
        for material, process in grown:
            subject = _subject(material, process, coatings)
            fields = [
                name
                for name in measuring.OF_GROWTH
                if not (coatings and name == "thickness_nm")
            ]
            if not self._measure(entry, material, subject, fields, notes):
                kind, slug = next(iter(subject.items()))
                table = {"process": "processes", "coating": "coatings"}.get(kind)
                if record := self.records.get(table, {}).get(slug):
                    _say(record, notes)

    def _take_coating(self, entry):
        notes = self._notes(entry)
        if coatings := self._coatings(entry):
            for slug in coatings:
                if slug in self.records["coatings"]:
                    _say(self.records["coatings"][slug], notes)
                else:
                    material = self._grown(entry)[0][0]
                    subject = {"coating": slug}
                    self._measure(entry, material, subject, ["thickness_nm"], notes)
            return
        [(material, process)] = self._grown(entry)
        subject = _subject(material, process, [])
        if not self._measure(entry, material, subject, ["thickness_nm"], notes):
            raise SkippedError("neither a substrate nor a thickness is told")

    def _take_property(self, entry):
        if entry.is_bare:
            self._take_bare_property(entry)
            return
        [(material, process)] = self._grown(entry)
        coatings = self._coatings(entry) if entry["substrate"] else []
        subject = _subject(material, None if coatings else process, coatings)
        notes = self._notes(entry) + self._circumstances(entry, coatings)
        fields = (*measuring.OF_FILMS, *measuring.GAINS)
        if not self._measure(entry, material, subject, fields, notes):
            film = self._only_coating(entry, material)
            if not (film and notes):
                raise SkippedError("no value of a property that is kept")
            _say(film, notes)

    def _take_bare_property(self, entry):
        [substrate] = self._substrates(entry)
        subject, notes = {"substrate": substrate}, self._notes(entry)
        if not self._measure(entry, substrate, subject, measuring.OF_FILMS, notes):
            raise SkippedError("uncoated control without a value")

    def _circumstances(self, entry, coatings):
        """How a measured film was made and examined."""
        said = []
        if entry["deposition_temperature_c"] is not None:
            said.append(f"Deposited at {entry.number('deposition_temperature_c')} °C.")
        if entry["thickness_nm"] is not None and not coatings:
            said.append(f"Film thickness: {entry.number('thickness_nm')} nm.")
        if (methods := entry["characterization"]) and not coatings:
            said.append(f"Characterization: {', '.join(methods)}.")
        return said

    def _take_cycling(self, entry):
        cell = self._cell(entry)
        substrates = self._substrates(entry)
        if len(substrates) != 1:
            raise SkippedError("not one electrode is named")
        study, electrode = self._study(entry), substrates[0]
        is_uncoated = entry.is_bare or entry.is_electrode_film
        coating = None if is_uncoated else self._coatings(entry)[0]
        named = coating or f"bare-{electrode}-{study}"
        text = f"{named}-{cycling.distinction(entry)}"
        slug = self._slot("cycling-tests", text, lambda known: False)
        record = {"slug": slug, "study": study}
        record |= {"coating": coating} if coating else {}
        record["electrode"] = self._use("substrates", electrode, entry)
        record |= cycling.conditions(entry, cell) | self._sourced(entry)
        points, said = cycling.points(entry)
        record |= {"points": points} if points else {}
        record |= cycling.lives(entry)
        notes = cycling.notes(entry) + said + self._notes(entry)
        if entry.is_electrode_film:
            film = f"{entry['material_name']} by {entry['technique']}"
            notes.append(f"The electrode is a film of {film}, not a coated electrode.")
        self._add("cycling-tests", slug, record, notes)
        if entry["pair"]:
            self._tests.setdefault((entry["pair"], entry.is_bare), []).append(slug)
        if coating:
            film, subject = self._grown(entry)[0][0], {"coating": coating}
            self._measure(entry, film, subject, measuring.GAINS, self._notes(entry))

    # What records are made of.

    def _grown(self, entry):
        """The (material, process or None) that an entry is about."""
        name = entry["material_name"] or entry["material"]
        if not name:
            raise SkippedError("no material is named")
        precursors = entry["precursor_acronyms"]
        if not precursors:
            said = self._precursors[entry["study"]["title"], name]
            precursors = next(iter(said)) if len(said) == 1 else []
        chemistry = self.vocabulary.chemistry(name, precursors) if precursors else None
        if chemistry is None:
            return [(self.vocabulary.find("materials", name), None)]
        about = [chemistry["about"]] if "about" in chemistry else []
        return [
            (
                row["material"],
                self._process(entry, row["material"], row["steps"], about),
            )
            for row in chemistry["processes"]
        ]

    def _process(self, entry, material, steps, about=()):
        slug, base = self.vocabulary.process(material, steps, entry["technique"])
        if base is None:
            self._use("materials", material, entry)
            for precursor in self.vocabulary.precursors_of(steps):
                self._use("precursors", precursor, entry)
            method = self.vocabulary.method_of(entry["technique"])
            record = {"slug": slug, "material": material, "method": method}
            record |= {"steps": steps} if steps else {}
            record |= {"is_complete": False} if about or not steps else {}
            self._add("processes", slug, record | self._sourced(entry), about)
            studies = self.records["processes"][slug].setdefault("studies", [])
            if self._study(entry) not in studies:
                studies.append(self._study(entry))
        return slug

    def _coatings(self, entry):
        """The slugs of the coatings that an entry is about, made if need be."""
        study = self._study(entry)
        substrates = self._substrates(entry)
        grown = self._grown(entry) if substrates else []
        return [
            self._base_coating(study, material, substrate)
            or self._coating(entry, study, material, process, substrate)
            for material, process in grown
            for substrate in substrates
        ]

    def _base_coating(self, study, material, substrate):
        base = self.vocabulary.base
        for slug, row in base["coatings"].items():
            grown = base["processes"][row["process"]]["material"]
            is_same = (grown, row.get("substrate")) == (material, substrate)
            if is_same and study in row.get("studies", []):
                return slug
        return None

    def _coating(self, entry, study, material, process, substrate):
        stem = f"{material}-{substrate}"
        known = [
            slug
            for slug in self.records["coatings"]
            if slug.startswith(f"{stem}-") and slug.endswith(f"-{study}")
        ]
        if len(known) == 1 and not _size(entry):
            return known[0]
        slug = "-".join(filter(None, [stem, _size(entry), study]))
        characterization, others = self.vocabulary.characterization(
            entry["characterization"]
        )
        record = {
            "slug": slug,
            "process": process or self._process(entry, material, ""),
            "substrate": self._use("substrates", substrate, entry),
            "material_as_reported": entry["material"],
            "precursors_as_reported": "; ".join(entry["precursors"] or []),
            "substrate_as_reported": entry["substrate"],
            "characterization_as_reported": characterization,
            "thickness": entry.quantity("thickness_nm"),
            "deposition_cycle_count": entry["ald_cycles"],
            "studies": [study],
        }
        record = {name: value for name, value in record.items() if value}
        notes = [f"Also characterized by: {', '.join(others)}."] if others else []
        if entry["technique"] not in _PLAIN_TECHNIQUES:
            notes.append(f"Technique: {entry['technique']}.")
        if entry["technique"] == NOT_NAMED:
            notes.append("The part that was read does not name the deposition method.")
        self._add("coatings", slug, record | self._sourced(entry), notes)
        return slug

    def _only_coating(self, entry, material):
        """The record of the study's only coating of a material, or None."""
        found = [
            row
            for slug, row in self.records["coatings"].items()
            if slug.startswith(f"{material}-") and self._study(entry) in row["studies"]
        ]
        return found[0] if len(found) == 1 else None

    def _measure(self, entry, named, subject, fields, notes):
        """Add a measurement for each of the `fields` that an entry has.

        `named` is the film, substrate or precursor by which they are called.
        """
        measured = False
        for name in fields:
            value = entry.quantity(name)
            if value is None:
                continue
            of_property = measuring.property_of(entry, name)
            at = measuring.condition(entry, name)
            parts = [self._study(entry), named, of_property]
            parts += [entry.number(name), *(["at", at] if at else [])]
            slug = self._slot(
                "measurements",
                "-".join(parts),
                lambda known: subject.items() <= known.items(),
            )
            record = {"slug": slug, "property": of_property, "value": value}
            record |= {"temperature": at} if at else {}
            record |= subject | self._sourced(entry) | self._cited(entry)
            if self._said(entry).get("disputed"):
                record["disputed"] = True
            pair = entry["pair"], of_property
            if entry.is_bare:
                self._bare[pair] = slug
            elif pair in self._bare and "coating" in subject:
                record["control"] = self._bare[pair]
            said = notes + measuring.remarks(entry, name)
            self._add("measurements", slug, record, said)
            for kind in ("materials", "substrates"):
                self._use(kind, named, entry)
            measured = True
        return measured

    def _use(self, table, slug, entry):
        """`slug`, with its new record if the base has none."""
        if (
            slug in self.vocabulary.new[table]
            and slug not in self.vocabulary.base[table]
        ):
            new = self.vocabulary.new[table][slug]
            self.records[table].setdefault(slug, new | self._sourced(entry))
        return slug

    def _study(self, entry):
        slug, record = self.vocabulary.study(entry["study"])
        if record:
            self.records["studies"].setdefault(slug, record)
        return slug

    def _sourced(self, entry):
        locator = _locator(entry["source"]["where"])
        own = normalize_doi(entry["study"].get("doi") or "")
        other = normalize_doi(entry["source"].get("doi") or "")
        if own and other and other != own:
            locator += f"; as given in {other}"
        return {"source": self._study(entry), "locator": locator}

    def _cited(self, entry):
        """The study as the primary work, unless it collects earlier work's values."""
        is_secondary = self._said(entry).get("secondary") or re.search(
            "earlier work", entry["source"]["where"]
        )
        return {} if is_secondary else {"studies": [self._study(entry)]}

    def _remark(self, entry):
        return self.vocabulary.remark(entry["note"] or "")

    def _said(self, entry):
        return self._remark(entry) or {}

    def _notes(self, entry):
        said = [self._said(entry)["say"]] if self._said(entry).get("say") else []
        film = entry["material"] or ""
        if entry["kind"] == "property" and "(" in film:
            said.append(f"Film: {film}.")
        if entry["kind"] in ("process", "property"):
            if entry["technique"] not in _PLAIN_TECHNIQUES:
                said.append(f"Technique: {entry['technique']}.")
            if entry["crystallinity"]:
                said.append(f"The film is {entry['crystallinity']}.")
        if entry["kind"] in ("coating", "property") and entry["outcome"]:
            outcome = entry["outcome"].replace("'", "")
            said.append(f"Outcome: {outcome}.")
        row = entry["precursor_acronyms"] and entry["material_name"]
        if row and entry["kind"] in ("process", "property"):
            chemistry = self.vocabulary.chemistry(row, entry["precursor_acronyms"])
            said += [chemistry["note"]] if "note" in chemistry else []
        return said + entry.words()

    def _cell(self, entry):
        if not entry["cell"]:
            return {}
        cell = self.vocabulary.words["cells"].get(entry["cell"])
        if cell is None and entry["kind"] == "cycling":
            raise SkippedError(f"cells: “{entry['cell']}” is not in the vocabulary")
        return cell or {}

    def _substrates(self, entry):
        if entry["substrate"]:
            return self.vocabulary.find_substrates(entry["substrate"])
        substrate = self._cell(entry).get("substrate")
        return [substrate] if substrate else []

    def _add(self, table, key, record, notes):
        known = self.records[table].setdefault(key, record)
        for name, value in record.items():
            known.setdefault(name, value)
        _say(known, notes)

    def _slot(self, table, text, is_same):
        """The slug of the same record, or a free one: "…", "…-2", "…-3"."""
        slug = stem = _slug(text)
        numbers = count(2)
        while (known := self.records[table].get(slug)) and not is_same(known):
            slug = f"{stem}-{next(numbers)}"
        return slug


def _split(entry, remark):
    """One entry for each value or cell that the remark sets apart."""
    values = dict(entry.values)
    for name, meant in remark.get("rename", {}).items():
        values[meant] = values.pop(name)
    values["printed"] = remark.get("printed", {})
    if name := remark.get("separate"):
        found = [values | {name: value} for value in values[name]]
    elif apart := remark.get("apart"):
        # What is told of one cell, without what is told of another.
        found = [
            {name: value for name, value in values.items() if name not in apart},
            {
                name: value
                for name, value in values.items()
                if name in apart or not is_value(name)
            },
        ]
    else:
        found = [values]
    return [replace(entry, values=values) for values in found]


def _subject(material, process, coatings):
    if process:
        return {"process": process}
    return {"coating": coatings[0]} if coatings else {"material": material}


def _say(record, notes):
    if notes:
        record["notes"] = list(dict.fromkeys([*record.get("notes", []), *notes]))


def _locator(where):
    """Where a value stands, without the copy in which it was read."""
    text = re.sub("; reference numbers printed[^)]*", "", where.split("; full text")[0])
    return "abstract" if text.lower().startswith("abstract") else text


def _size(entry):
    if entry["thickness_nm"] is not None:
        return _slug(f"{entry.number('thickness_nm')}-nm")
    return f"{entry['ald_cycles']}-cycles" if entry["ald_cycles"] else ""


def _slug(text):
    words = re.sub(r"[./–·|_]", "-", text.replace("⁻¹", "").replace("⁻²", "2"))
    return re.sub("-+", "-", slugify(words)).strip("-")[:_MAX_SLUG]
