"""What the names of a harvest mean: looked up in the fixtures, then in vocabulary.yaml.

Both are read as text; no database is asked.
"""

import re

import yaml
from django.utils.text import slugify

from asei_db.lib.folding import fold
from asei_db.lib.identifiers import normalize_doi
from asei_db.lib.markup import plain_text
from asei_db.lib.records import read_records
from harvest.fields import NOT_NAMED
from harvest.reading import SkippedError
from literature.pages import plain_pages

_TABLES = ("studies", "precursors", "materials", "substrates", "processes", "coatings")
#: Sections of words, of which a vocabulary may lack some.
_SECTIONS = ("anneals", "crystallinities", "findings", "growth_modes", "techniques")
#: What a study was read of, by the start of how a record was verified.
_EXTENTS = ("abstract", "full_text", "supporting_information")
_METHODS = {"MLD": "mld", "ALD/MLD": "ald_mld", NOT_NAMED: ""}
_LITTLE_WORDS = re.compile(
    "(and|for|from|into|its|onto|the|via|with|are|ald|mld|using|study|"
    "atomic|molecular|layer|deposition|deposited)"
)
_SLUG_LENGTH = 110
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Vocabulary:
    """The curated literature in `folder`, and the words in its enrichment/."""

    def __init__(self, folder):
        text = (folder / "enrichment" / "vocabulary.yaml").read_text("utf-8")
        self.words = yaml.load(text, _LOADER)  # noqa: S506 (a safe one)
        self.base = {
            table: {r["slug"]: r for r in read_records(folder / f"{table}.yaml")}
            for table in _TABLES
        }
        self.new = {
            table: {r["slug"]: r for r in self.words.get(table) or []}
            for table in ("materials", "precursors", "substrates")
        }
        for section in _SECTIONS:
            self.words[section] = self.words.get(section) or {}
        self._slugs = {table: self._index(table) for table in self.new}
        self._known_precursors = {
            *self._slugs["precursors"],
            *map(_fold, self.words["names"].get("precursors") or {}),
        }
        self.extents = {}  # by title of a study, how much was read of it
        methods = read_records(folder / "methods.yaml")
        self._methods = {
            fold(name)
            for m in methods
            for name in [m["acronym"], *m.get("variants", [])]
        }
        self._chemistries = {
            (row["material"], tuple(row["precursors"])): row
            for row in self.words.get("chemistries") or []
        }
        self._processes = {
            (row["material"], self._steps(row.get("steps", ""))): slug
            for slug, row in self.base["processes"].items()
        }

    def find(self, table, name):
        """The slug of a material or precursor. Raises SkippedError."""
        named = (self.words["names"].get(table) or {}).get(name)
        slug = named or self._slugs[table].get(_fold(name))
        if slug is None and ";" in name:
            raise SkippedError(f"“{name}” cannot be assigned to one of {table}")
        if slug is None:
            raise SkippedError(f"{table}: “{name}” is not in the vocabulary")
        return slug

    def precursors(self, entry):
        """The names of a record's precursors: acronyms, else the names as printed.

        None where none is given. Raises SkippedError where they are not all known.
        """
        acronyms, names = entry["precursor_acronyms"], entry["precursors"] or []
        if not names or (acronyms and None not in acronyms):
            return acronyms
        acronyms = acronyms or [None] * len(names)
        named = [a or name for a, name in zip(acronyms, names, strict=False)]
        unknown = [n for n in named if _fold(n) not in self._known_precursors]
        if unknown and (entry["material_name"], tuple(named)) not in self._chemistries:
            raise SkippedError(f"precursors: “{unknown[0]}” is not in the vocabulary")
        return named

    def electrode(self, entry, substrate):
        """The slug of the electrode that a test of an entry's substrate is of.

        A coated powder is cycled as the electrode that is made of it, a film that is
        the active material as an electrode of its own.
        """
        for row in self.words.get("electrode_films") or []:
            film = entry["material_name"], entry["substrate"]
            if film == (row["material"], row["substrate"]):
                return row["electrode"]
        return self.words["electrodes"].get(substrate, substrate)

    def is_model_surface(self, slug):
        """Whether a substrate only carries a film to be measured, and no electrode."""
        row = self.base["substrates"].get(slug) or self.new["substrates"].get(slug)
        role = row.get("electrode_role")
        return role == "model_surface" if role else row["substrate_class"] == "inert"

    def find_substrates(self, text):
        """The slugs of the substrates that a text names. Raises SkippedError."""
        slugs = self.find("substrates", text)
        return slugs if isinstance(slugs, list) else [slugs]

    def find_materials(self, name):
        """The slugs of the films that a name stands for. Raises SkippedError."""
        slugs = self.find("materials", name)
        return slugs if isinstance(slugs, list) else [slugs]

    def chemistry(self, material, precursors):
        """What grows of which precursors, as in the vocabulary's `chemistries`."""
        row = self._chemistries.get((material, tuple(precursors)))
        if row is None:
            steps = " + ".join(precursors)
            slug = self.find("materials", material)
            row = {"processes": [{"material": slug, "steps": steps}]}
        return row

    def process(self, material, steps, technique):
        """Slug and steps of a process, and the base record if it has one.

        A chemistry is the same process whatever its technique is called; without
        precursors, a method that is not named may be another one.
        """
        method = self.method_of(technique).replace("_", "-") or "method-not-reported"
        steps = self._steps(steps)
        key = (material, steps)
        if not steps and technique == NOT_NAMED:
            key = (material, NOT_NAMED)
        if slug := self._processes.get(key):
            return slug, self.base["processes"].get(slug)
        names = [slug for slug, _ in steps] or ["precursors-not-reported"]
        slug = "-".join([material, method, *names])[:_SLUG_LENGTH]
        self._processes[key] = slug
        return slug, None

    def spelled_steps(self, steps):
        """Steps in names that precursors have, not in those of a harvest."""
        for name in self.words["names"].get("precursors") or {}:
            if _fold(name) not in self._slugs["precursors"]:
                slug = self.find("precursors", name)
                row = self.base["precursors"].get(slug) or self.new["precursors"][slug]
                steps = steps.replace(name, row.get("acronym") or row["name"])
        return steps

    def precursors_of(self, steps):
        return [slug for slug, _ in self._steps(steps)]

    def method_of(self, technique):
        return _METHODS.get(technique, "ald")

    def characterization(self, names):
        """The cell of known methods, and the names of the others."""
        known, others = [], []
        spelled = [self.words["methods"].get(name, name) for name in names or []]
        for printed in (one for several in spelled for one in several.split(", ")):
            is_known = fold(printed.split(" (")[0]) in self._methods
            (known if is_known else others).append(printed)
        return ", ".join(dict.fromkeys(known)), others

    def remark(self, note):
        """What is said in public of a note, {} if nothing; None if it is not known."""
        notes = self.words["notes"]
        starts = [key for key in notes if key[-1] == "…" and note.startswith(key[:-1])]
        return notes.get(starts[0] if starts else note)

    def quoted(self, entry):
        """What the vocabulary's `quoted` says of an entry's place, None if nothing."""
        for row in self.words.get("quoted") or []:
            is_there = row["where"] in entry["source"]["where"]
            if row["study"] == entry["study"]["title"] and is_there:
                return row
        return None

    def printed(self, entry):
        """The fields of an entry that are printed otherwise, and how."""
        return {
            row["field"]: row["as"]
            for row in self.words["printed"]
            if row["study"] == entry["study"]["title"]
            and row["value"] == entry[row["field"]]
        }

    def see(self, entry):
        """Take note of how much was read of the study of an entry."""
        title, seen = entry["study"]["title"], self.extents
        where = entry["source"]["where"].lower()
        is_full = entry["verified"] == "full-text" or (
            entry["verified"] == "corrected" and not where.startswith("abstract")
        )
        extent = "full_text" if is_full else "abstract"
        if is_full and "supporting information" in where:
            extent = "supporting_information"
        seen[title] = max(seen.get(title, extent), extent, key=_EXTENTS.index)

    def read_as(self, entry):
        """The fields of an entry that say something else than they seem to."""
        return {
            row["field"]: row["as"]
            for row in self.words.get("reads") or []
            if row["study"] == entry["study"]["title"]
            and row["value"] == entry[row["field"]]
        }

    def study(self, values):
        """Slug of a study, and its new record (None if the base has the study)."""
        doi, title = normalize_doi(values.get("doi") or ""), values["title"]
        for slug, known in self.base["studies"].items():
            if doi and normalize_doi(known.get("doi", "")) == doi:
                return slug, None
            if known.get("title") and _fold(known["title"]) == _fold(plain_text(title)):
                return slug, None
        author = self._author(values.get("first_author"))
        words = [w for w in map(fold, re.split(r"[\W_]+", title)) if _is_telling(w)]
        parts = [author.split(",")[0], str(values["year"]), *words[:3]]
        journal = values.get("journal") or ""
        further = "Further authors" if author else "The authors"
        record = {
            "slug": slugify(fold(" ".join(parts))),
            "title": plain_text(title),
            "authors": [author, "et al."] if author else None,
            "journal": self.words["journals"].get(journal, journal) or None,
            "year": values["year"],
            "volume": values.get("volume"),
            "pages": plain_pages(values.get("pages") or "") or None,
            **self.words["bibliography"].get(title, {}),
            "doi": doi or None,
            "extent_read": self.extents.get(title),
            "metadata_confidence": "matched",
            "status": "published",
            "notes": [
                "Bibliographic data as given with the text that was read.",
                f"{further} are not recorded.",
            ],
        }
        return record["slug"], {k: v for k, v in record.items() if v is not None}

    def _author(self, name):
        """ "Family, Given" of a first author; "" if it cannot be made out."""
        if not name or name in self.words["authors"]:
            return self.words["authors"].get(name, "")
        if len(name.split()) < 2:
            return name.strip()
        first, *middle, family = name.split()
        surely = all(len(word.strip(".")) == 1 for word in middle) or "." in first
        return f"{family}, {' '.join([first, *middle])}" if surely else ""

    def _index(self, table):
        index = {}
        for records in (self.base[table], self.new[table]):
            for attribute in ("slug", "acronym", "name", "formula", "synonyms"):
                for slug, record in records.items():
                    names = record.get(attribute) or []
                    for name in names if isinstance(names, list) else [names]:
                        index.setdefault(_fold(name), slug)
        return index

    def _steps(self, text):
        """The (precursor, is optional) of "LiOtBu + EG + (CO2)"."""
        steps = []
        for item in filter(None, map(str.strip, text.split("+"))):
            optional = item.startswith("(") and item.endswith(")")
            name = item[1:-1] if optional else item
            steps.append((self.find("precursors", name), optional))
        return tuple(steps)


def _is_telling(word):
    """Whether a word of a title says in a slug what the study is about."""
    is_formula = any(map(str.isdigit, word)) and len(word) > 9
    is_little = len(word) < 3 or _LITTLE_WORDS.fullmatch(word)
    return not is_little and not is_formula


def _fold(text):
    return fold(text).replace(" ", "")
