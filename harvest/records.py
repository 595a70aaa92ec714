"""The records that a harvest is turned into, and what they are made of."""

import re
from collections import defaultdict
from itertools import count

from django.utils.text import slugify

from asei_db.lib.identifiers import normalize_doi
from harvest import measuring
from harvest.reading import NOT_NAMED, SkippedError

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
_MAX_SLUG = 116


class Records:
    """New records by file and key; what the base has is named, never changed.

    * `chemistries`: by title and material of a study, the precursors it names
    """

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.files = {name: {} for name in FILES}
        self.chemistries = defaultdict(set)
        self._controls = {}  # by pair and property: slug of the bare measurement
        self._given_again = []  # (study that says it itself, its values, the remark)

    def grown(self, entry):
        """The (material, process or None) that an entry is about."""
        name = entry["material_name"] or entry["material"]
        if not name:
            raise SkippedError("no material is named")
        precursors = entry["precursor_acronyms"]
        if not precursors:
            said = self.chemistries[entry["study"]["title"], name]
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
            self.use("materials", material, entry)
            for precursor in self.vocabulary.precursors_of(steps):
                self.use("precursors", precursor, entry)
            method = self.vocabulary.method_of(entry["technique"])
            record = {"slug": slug, "material": material, "method": method}
            record |= {"steps": steps} if steps else {}
            record |= {"is_complete": False} if about or not steps else {}
            self.add("processes", slug, record | self.sourced(entry), about)
            studies = self.files["processes"][slug].setdefault("studies", [])
            quoted = self.vocabulary.quoted(entry)
            study = quoted["of"] if quoted else self.study(entry)
            if study not in studies:
                studies.append(study)
        return slug

    def coatings(self, entry):
        """The slugs of the coatings that an entry is about, made if need be."""
        study = self.study(entry)
        substrates = self.substrates(entry)
        grown = self.grown(entry) if substrates else []
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
            for slug in self.files["coatings"]
            if slug.startswith(f"{stem}-") and slug.endswith(f"-{study}")
        ]
        if len(known) == 1 and not size(entry):
            return known[0]
        slug = "-".join(filter(None, [stem, size(entry), study]))
        characterization, others = self.vocabulary.characterization(
            entry["characterization"]
        )
        record = {
            "slug": slug,
            "process": process or self._process(entry, material, ""),
            "substrate": self.use("substrates", substrate, entry),
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
        self.add("coatings", slug, record | self.sourced(entry), notes)
        return slug

    def only_coating(self, entry, material):
        """The record of the study's only coating of a material, or None."""
        found = [
            row
            for slug, row in self.files["coatings"].items()
            if slug.startswith(f"{material}-") and self.study(entry) in row["studies"]
        ]
        return found[0] if len(found) == 1 else None

    def measure(self, entry, named, subject, fields, notes):
        """Add a measurement for each of the `fields` that an entry has.

        `named` is the film, substrate or precursor by which they are called.
        """
        measured = False
        for name in fields:
            value = entry.quantity(name)
            if value is None:
                continue
            of_property = measuring.property_of(entry, name)
            quoted = self.vocabulary.quoted(entry)
            if quoted and name in quoted.get("again", []):
                about = {"property": of_property} | subject
                self._given_again.append((quoted["of"], about, quoted["say"]))
                measured = True
                continue
            at = measuring.condition(entry, name)
            parts = [self.study(entry), named, of_property]
            parts += [entry.number(name), *(["at", at] if at else [])]
            slug = self.slot(
                "measurements",
                "-".join(parts),
                lambda known: subject.items() <= known.items(),
            )
            record = {"slug": slug, "property": of_property, "value": value}
            record |= {"temperature": at} if at else {}
            record |= subject | self.sourced(entry) | self.cited(entry)
            said = self._said(entry)
            if name in said.get("places", {}):
                record["locator"] = said["places"][name]
            if name in said.get("disputed", []):
                record["disputed"] = True
            pair = entry["pair"], of_property
            if entry.is_bare:
                self._controls[pair] = slug
            elif pair in self._controls and "coating" in subject:
                record["control"] = self._controls[pair]
            remarks = notes + measuring.remarks(entry, name)
            self.add("measurements", slug, record, remarks)
            for kind in ("materials", "substrates"):
                self.use(kind, named, entry)
            measured = True
        return measured

    def say_what_is_given_again(self):
        """Note on what a study says itself where another gives it too."""
        for study, about, remark in self._given_again:
            for record in self.files["measurements"].values():
                if record["source"] == study and about.items() <= record.items():
                    say(record, [remark])

    def use(self, table, slug, entry):
        """`slug`, with its new record if the base has none."""
        if (
            slug in self.vocabulary.new[table]
            and slug not in self.vocabulary.base[table]
        ):
            new = self.vocabulary.new[table][slug]
            self.files[table].setdefault(slug, new | self.sourced(entry))
        return slug

    def study(self, entry):
        slug, record = self.vocabulary.study(entry["study"])
        if record:
            self.files["studies"].setdefault(slug, record)
        return slug

    def sourced(self, entry):
        locator = _locator(entry["source"]["where"])
        own = normalize_doi(entry["study"].get("doi") or "")
        other = normalize_doi(entry["source"].get("doi") or "")
        if own and other and other != own:
            locator += f"; as given in {other}"
        return {"source": self.study(entry), "locator": locator}

    def cited(self, entry):
        """The primary work, {} if it is earlier work that is not here."""
        if quoted := self.vocabulary.quoted(entry):
            return {"studies": [quoted["of"]]}
        is_secondary = self._said(entry).get("secondary") or re.search(
            "earlier work", entry["source"]["where"]
        )
        return {} if is_secondary else {"studies": [self.study(entry)]}

    def remark(self, entry):
        return self.vocabulary.remark(entry["note"] or "")

    def _said(self, entry):
        return self.remark(entry) or {}

    def notes(self, entry):
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

    def cell(self, entry):
        if not entry["cell"]:
            return {}
        cell = self.vocabulary.words["cells"].get(entry["cell"])
        if cell is None and entry["kind"] == "cycling":
            raise SkippedError(f"cells: “{entry['cell']}” is not in the vocabulary")
        return cell or {}

    def substrates(self, entry):
        if entry["substrate"]:
            return self.vocabulary.find_substrates(entry["substrate"])
        substrate = self.cell(entry).get("substrate")
        return [substrate] if substrate else []

    def add(self, table, key, record, notes):
        known = self.files[table].setdefault(key, record)
        for name, value in record.items():
            known.setdefault(name, value)
        say(known, notes)

    def slot(self, table, text, is_same):
        """The slug of the same record, or a free one: "…", "…-2", "…-3"."""
        slug = stem = _slug(text)
        numbers = count(2)
        while (known := self.files[table].get(slug)) and not is_same(known):
            slug = f"{stem}-{next(numbers)}"
        return slug


def say(record, notes):
    if notes:
        record["notes"] = list(dict.fromkeys([*record.get("notes", []), *notes]))


def _locator(where):
    """Where a value stands, without the copy in which it was read."""
    text = re.sub("; reference numbers printed[^)]*", "", where.split("; full text")[0])
    return "abstract" if text.lower().startswith("abstract") else text


def size(entry):
    if entry["thickness_nm"] is not None:
        return _slug(f"{entry.number('thickness_nm')}-nm")
    return f"{entry['ald_cycles']}-cycles" if entry["ald_cycles"] else ""


def _slug(text):
    words = re.sub(r"[./–·|_]", "-", text.replace("⁻¹", "").replace("⁻²", "2"))
    return re.sub("-+", "-", slugify(words)).strip("-")[:_MAX_SLUG]
