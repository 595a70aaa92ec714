"""The records that a harvest is turned into, and what they are made of."""

import re
from collections import defaultdict
from itertools import count

from asei_db.lib.identifiers import normalize_doi
from harvest import growth
from harvest.fields import NOT_NAMED
from harvest.joining import agree, join, say, slug_of
from harvest.reading import SkippedError
from harvest.recipes import Recipes

#: The files of a draft, in the order in which they are loaded.
FILES = (
    "studies",
    "precursors",
    "materials",
    "substrates",
    "processes",
    "recipes",
    "coatings",
    "measurements",
    "cycling-tests",
    "sublimation-temperatures",
    "findings",
)
#: The fields that tell two films of one study and size apart, in a slug.
_TELLING = (
    "phase",
    "crystallinity",
    "anneal_temperature",
    "deposited_on",
    "deposition_temperature",
)
_OF_POWDER = r"\b(?:powder|particles)\b"


class Records:
    """New records by file and key; what the base has is named, never changed.

    * `chemistries`: by title and material of a study, the precursors it names
    """

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.files = {name: {} for name in FILES}
        self.chemistries = defaultdict(set)
        self.touched = []  # files and keys of records since it was emptied
        self.recipes = Recipes(self)
        self.given_again = []  # (table, what a record is about, the remark on it)
        self.controls = {}  # by pair and property: slug of the bare measurement

    def see(self, entry):
        """Take note of a chemistry that an entry's study names."""
        try:
            precursors = self.vocabulary.precursors(entry)
        except SkippedError:
            return  # said once it is taken
        if precursors:
            key = entry["study"]["title"], entry["material_name"]
            self.chemistries[key].add(tuple(precursors))

    def snapshot(self):
        """The records as they are, to go back to."""
        return {
            name: {key: dict(row) for key, row in rows.items()}
            for name, rows in self.files.items()
        }

    def grown(self, entry):
        """The (material, process or None) that an entry is about."""
        name = entry["material_name"] or entry["material"]
        if not name:
            raise SkippedError("no material is named")
        precursors = self.vocabulary.precursors(entry)
        if not precursors:
            said = self.chemistries[entry["study"]["title"], name]
            precursors = next(iter(said)) if len(said) == 1 else []
        chemistry = self.vocabulary.chemistry(name, precursors) if precursors else None
        if chemistry is None:
            return [(slug, None) for slug in self.vocabulary.find_materials(name)]
        about = [chemistry["about"]] if "about" in chemistry else []
        return [
            (
                row["material"],
                self.process(entry, row["material"], row["steps"], about),
            )
            for row in chemistry["processes"]
        ]

    def process(self, entry, material, steps, about=()):
        slug, base = self.vocabulary.process(material, steps, entry["technique"])
        if base is None:
            self.use("materials", material, entry)
            for precursor in self.vocabulary.precursors_of(steps):
                self.use("precursors", precursor, entry)
            method = self.vocabulary.method_of(entry["technique"])
            record = {"slug": slug, "material": material, "method": method}
            record |= {"steps": self.vocabulary.spelled_steps(steps)} if steps else {}
            record |= {"is_complete": False} if about or not steps else {}
            self.add("processes", slug, record | self.sourced(entry), about)
            row = self.files["processes"][slug]
            quoted = self.vocabulary.quoted(entry)
            study = quoted["of"] if quoted else self.study(entry)
            row["studies"] = _added(row.get("studies", []), study)
        return slug

    def unnamed(self, entry):
        words = self.vocabulary.words
        return growth.unnamed_technique(entry, words) + growth.unnamed_words(
            entry, words
        )

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
        grown = growth.conditions(entry, self.vocabulary.words)
        if re.search(_OF_POWDER, entry["substrate"] or ""):
            grown.setdefault("deposited_on", "powder")
        stem = f"{material}-{substrate}"
        known = [
            slug
            for slug, row in self.files["coatings"].items()
            if slug.startswith(f"{stem}-")
            and row["studies"] == [study]
            and self._is_of(slug, entry, grown)
        ]
        is_sized = size(entry) or entry["ald_cycles"]
        is_known = len(known) == 1 and not is_sized
        slug = known[0] if is_known else self._coating_slug(entry, stem, study, grown)
        characterization, others = self.vocabulary.characterization(
            entry["characterization"]
        )
        record = {
            "slug": slug,
            "process": process or self.process(entry, material, ""),
            "substrate": self.use("substrates", substrate, entry),
            "material_as_reported": entry["material"],
            "precursors_as_reported": "; ".join(entry["precursors"] or []),
            "substrate_as_reported": entry["substrate"],
            "characterization_as_reported": characterization,
            "thickness": entry.quantity("thickness_nm"),
            "deposition_cycle_count": entry.count("ald_cycles"),
            "studies": [study],
        }
        record |= grown
        record = {name: value for name, value in record.items() if value}
        notes = [f"Also characterized by: {', '.join(others)}."] if others else []
        notes += self.unnamed(entry) + ([_film_note(entry)] if entry["film"] else [])
        if entry.sign("ald_cycles") != "=" and entry["ald_cycles"]:
            notes.append(entry.sentence("{} deposition cycles.", "ald_cycles"))
            del record["deposition_cycle_count"]
        if entry["technique"] == NOT_NAMED:
            notes.append("The part that was read does not name the deposition method.")
        self.add("coatings", slug, record | self.sourced(entry), notes)
        return slug

    def _coating_slug(self, entry, stem, study, grown):
        of_size = size(entry) or _only_size(entry)
        slug = "-".join(filter(None, [stem, of_size, study]))
        apart = entry["film"]
        if not apart and slug in self.files["coatings"]:
            if self._is_of(slug, entry, grown):
                return slug
            apart = next((grown[name] for name in _TELLING if name in grown), "other")
        return slug_of("-".join(filter(None, [stem, of_size, apart, study])))

    def _is_of(self, slug, entry, grown):
        """Whether a coating may be the film of an entry."""
        row = self.files["coatings"][slug]
        is_film = entry["film"] is None or _film_note(entry) in row.get("notes", [])
        return is_film and agree((row, {}), (grown, {}))

    def only_coating(self, entry, material):
        """The record of the study's only coating of a material, or None."""
        found = [
            row
            for slug, row in self.files["coatings"].items()
            if slug.startswith(f"{material}-") and self.study(entry) in row["studies"]
        ]
        return found[0] if len(found) == 1 else None

    def say_what_is_given_again(self):
        """Note on what a study says itself where another gives it too."""
        for table, about, remark in self.given_again:
            for record in self.files[table].values():
                if about.items() <= record.items():
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
        if self.is_secondary(entry):
            return {}
        return {"studies": [self.study(entry)]}

    def is_secondary(self, entry):
        """Whether the study of an entry took it from earlier work."""
        is_said = self.said(entry).get("secondary") or self.vocabulary.quoted(entry)
        return bool(is_said or "earlier work" in entry["source"]["where"])

    def remark(self, entry):
        return self.vocabulary.remark(entry["note"] or "")

    def said(self, entry):
        return self.remark(entry) or {}

    def notes(self, entry):
        said = [self.said(entry)["say"]] if self.said(entry).get("say") else []
        film = entry["material"] or ""
        if entry["kind"] == "property" and "(" in film:
            said.append(f"Film: {film}.")
        if entry["kind"] in ("process", "property"):
            said += growth.unnamed_technique(entry, self.vocabulary.words)
        found = self.vocabulary.words["findings"]
        if entry["outcome"] and entry["outcome"] not in found:
            outcome = entry["outcome"].replace("'", "")
            said.append(f"Outcome: {outcome}.")
        precursors = self.vocabulary.precursors(entry)
        if precursors and entry["kind"] in ("process", "property"):
            chemistry = self.vocabulary.chemistry(entry["material_name"], precursors)
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
        self.touched.append((table, key))
        known = self.files[table].setdefault(key, record)
        join(known, record)
        say(known, notes)

    def slot(self, table, text, is_same):
        """The slug of the same record, or a free one: "…", "…-2", "…-3"."""
        slug = stem = slug_of(text)
        numbers = count(2)
        while (known := self.files[table].get(slug)) and not is_same(known):
            slug = f"{stem}-{next(numbers)}"
        return slug


def _film_note(entry):
    return f"Film: {entry['film']}."


def _added(studies, study):
    return studies if study in studies else [*studies, study]


def _locator(where):
    """Where a value stands, without the copy in which it was read."""
    text = re.sub("; reference numbers printed[^)]*", "", where.split("; full text")[0])
    if text.lower().startswith("abstract"):
        return "abstract"
    return re.sub(r"full text \((?:stored article page|OCR copy)\)", "full text", text)


def size(entry):
    if entry["thickness_nm"] is not None:
        return slug_of(f"{entry.number('thickness_nm')}-nm")
    is_counted = entry["ald_cycles"] and entry.sign("ald_cycles") == "="
    return f"{entry['ald_cycles']}-cycles" if is_counted else ""


def _only_size(entry):
    """The size of the only sized film of an entry's kind in its study, or none."""
    kind = ("material_name", "substrate")
    alike = [
        one for one in entry.of_study if all(one[name] == entry[name] for name in kind)
    ]
    is_one = not any(isinstance(one["thickness_nm"], (list, tuple)) for one in alike)
    sizes = {size(one) for one in alike} - {""}
    is_same = is_one and len(sizes) == 1 and entry["ald_cycles"] is None
    return sizes.pop() if is_same else ""
