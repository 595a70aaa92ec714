"""The records that a harvest is turned into, and what they are made of."""

import re
from collections import defaultdict
from itertools import count

from django.utils.text import slugify

from asei_db.lib.identifiers import normalize_doi
from harvest import growth, measuring
from harvest.origins import Text, says_same, unite
from harvest.reading import NOT_NAMED, SkippedError

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
_MAX_SLUG = 116
#: The fields that tell two films of one study and size apart, in a slug.
_TELLING = (
    "phase",
    "crystallinity",
    "anneal_temperature",
    "deposited_on",
    "deposition_temperature",
)
#: The fields without which no two recipes are taken for one.
_OF_ITSELF = ("deposition_temperature", "anneal_temperature")
_OF_POWDER = r"\b(?:powder|particles)\b"


class Records:
    """New records by file and key; what the base has is named, never changed.

    * `chemistries`: by title and material of a study, the precursors it names
    """

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.files = {name: {} for name in FILES}
        self.chemistries = defaultdict(set)
        self.first = None  # file and key of the first record since it was set so
        self._recipes, self._recipe_of = {}, {}
        self._controls = {}  # by pair and property: slug of the bare measurement

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
            row["studies"] = _added(row.get("studies", []), self.study(entry))
        return slug

    def prepare_recipes(self, entries):
        """Find out which recipe each entry is about: one that says less is about the
        only one of its study and process that it does not contradict.
        """
        before = self.files
        for entry in sorted(entries, key=lambda e: not growth.has_steps(e)):
            self.files = {name: dict(rows) for name, rows in before.items()}
            try:
                for _, process in self.grown(entry):
                    if process:
                        self._prepare_recipe(entry, process)
            except SkippedError:
                continue  # said once it is taken
        self.files = before

    def _prepare_recipe(self, entry, process):
        order = self._order(process)
        stated, steps = growth.of_recipe(
            entry, self.vocabulary.words, order, self.vocabulary.find
        )
        if not (steps or stated.keys() - {"activation"}):
            return
        study = self.study(entry)
        known = [
            slug
            for slug, (of, *said) in self._recipes.items()
            if of == (study, process) and _agree(said, (stated, steps))
        ]
        known = [
            slug
            for slug in known
            if all(
                says_same(self._recipes[slug][1].get(name), stated.get(name))
                for name in _OF_ITSELF
            )
        ]
        same = [slug for slug in known if _is_alike(self._recipes[slug], stated, steps)]
        if same or len(known) == 1:
            slug = (same or known)[0]
            _, known_stated, known_steps = self._recipes[slug]
            _join(known_stated, stated)
            for place, row in steps.items():
                _join(known_steps.setdefault(place, {}), row)
        else:
            slug = self._recipe_slug(entry, study, process, steps)
            self._recipes[slug] = (study, process), stated, steps
        self._recipe_of[entry.place, process] = slug

    def _recipe_slug(self, entry, study, process, steps):
        """Made of study, process and what sets recipes of one process apart."""
        parts = [entry.plain("deposition_temperature_c")]
        for name in ("pulse", "plasma_time", "plasma_power"):
            rows = [row[name] for row in steps.values() if name in row]
            numbers = [_numbers(row.origins[0].number) for row in rows]
            parts += [name.replace("time", ""), *numbers] if numbers else []
        parts = list(filter(None, [*parts, entry["anneal"] and "annealed"]))
        end = _slug("-".join(parts)) if any(parts) else "recipe"
        stem = f"{study}-{process}"[: _MAX_SLUG - len(end) - 4].strip("-")
        slug, numbers = f"{stem}-{end}", count(2)
        while slug in self._recipes:
            slug = f"{stem}-{end}-{next(numbers)}"
        return slug

    def recipe(self, entry, process):
        """The slug of an entry's recipe of a process, added if need be; or None."""
        slug = self._recipe_of.get((entry.place, process))
        if slug is None:
            # Says what is wrong with a step that no recipe could be made of.
            growth.of_recipe(
                entry, self.vocabulary.words, self._order(process), self.vocabulary.find
            )
            return None
        if slug not in self.files["recipes"]:
            (study, _), stated, steps = self._recipes[slug]
            order = self._order(process)
            record = {"slug": slug, "process": process} | stated
            if steps:
                record["steps"] = [
                    {"position": place, "precursor": order[place - 1]} | steps[place]
                    for place in sorted(steps)
                ]
            record |= self.sourced(entry) | self.cited(entry)
            self.files["recipes"][slug] = record
        self.add("recipes", slug, {}, self._unnamed(entry) + entry.words())
        return slug

    def _order(self, process):
        row = self.files["processes"].get(process) or self.vocabulary.base["processes"][process]
        return self.vocabulary.precursors_of(row.get("steps", ""))

    def _unnamed(self, entry):
        words = self.vocabulary.words
        return growth.unnamed_technique(entry, words) + growth.unnamed_words(entry, words)

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
        is_known = len(known) == 1 and not size(entry)
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
        notes += self._unnamed(entry) + ([_film_note(entry)] if entry["film"] else [])
        if entry.sign("ald_cycles") != "=" and entry["ald_cycles"]:
            notes.append(entry.sentence("{} deposition cycles.", "ald_cycles"))
            del record["deposition_cycle_count"]
        if entry["technique"] == NOT_NAMED:
            notes.append("The part that was read does not name the deposition method.")
        self.add("coatings", slug, record | self.sourced(entry), notes)
        return slug

    def _coating_slug(self, entry, stem, study, grown):
        slug = "-".join(filter(None, [stem, size(entry), study]))
        apart = entry["film"]
        if not apart and slug in self.files["coatings"]:
            if self._is_of(slug, entry, grown):
                return slug
            apart = next((grown[name] for name in _TELLING if name in grown), "other")
        return _slug("-".join(filter(None, [stem, size(entry), apart, study])))

    def _is_of(self, slug, entry, grown):
        """Whether a coating may be the film of an entry."""
        row = self.files["coatings"][slug]
        is_film = entry["film"] is None or _film_note(entry) in row.get("notes", [])
        return is_film and _agree((row, {}), (grown, {}))

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
        names = [name for field in fields for name in _names(entry, field)]
        for name in names:
            value, read = measuring.value(entry, name)
            if value is None:
                continue
            at = measuring.temperature(entry, name)
            details = measuring.details(entry, name)
            parts = [self.study(entry), named, measuring.name_in_slugs(entry, name)]
            parts += [entry.number(name)]
            if at:
                parts += ["at", self._plain_temperature(entry, at)]
            record = {"property": measuring.property_of(entry, name), "value": value}
            record |= ({"temperature": at} if at else {}) | details | read
            said = self._said(entry)
            if name in said.get("places", {}):
                record["locator"] = said["places"][name]
            if name in said.get("disputed", []):
                record["disputed"] = True
            recipe = "process" in subject and self.recipe(entry, subject["process"])
            remarks = notes + measuring.remarks(entry, name, recipe)
            self._measured(entry, named, parts, subject, record, remarks)
            measured = True
        for of_property, value in measuring.coverage(entry) if "step_coverage_nm" in fields else ():
            parts = [self.study(entry), named, of_property, value]
            record = {"property": of_property, "value": value, "reading": "computed"}
            if entry["aspect_feature"]:
                record["condition"] = entry["aspect_feature"]
            self._measured(entry, named, parts, subject, record, [])
        return measured

    def _measured(self, entry, named, parts, subject, record, notes):
        recipe = self.recipe(entry, subject["process"]) if "process" in subject else None
        alike = subject | {"condition": record.get("condition"), "recipe": recipe}
        slug = self.slot(
            "measurements",
            "-".join(parts),
            lambda known: all(known.get(field) == of for field, of in alike.items()),
        )
        record |= {"recipe": recipe} if recipe else {}
        locator = {"locator": record.pop("locator")} if "locator" in record else {}
        record = {"slug": slug} | record | subject
        record |= self.sourced(entry) | self.cited(entry) | locator
        pair = entry["pair"], record["property"]
        if entry.is_bare:
            self._controls[pair] = slug
        elif pair in self._controls and "coating" in subject:
            record["control"] = self._controls[pair]
        self.add("measurements", slug, record, notes)
        for kind in ("materials", "substrates"):
            self.use(kind, named, entry)

    def _plain_temperature(self, entry, at):
        """A temperature in our own spelling, of which slugs are made."""
        field = at.origins[0].field
        is_said_so = field in ("temperature_note", "vapour_pressure_torr_25c")
        return at if is_said_so else entry.plain(field)

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
        """The study as the primary work, unless it collects earlier work's values."""
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
        self.first = self.first or (table, key)
        known = self.files[table].setdefault(key, record)
        _join(known, record)
        say(known, notes)

    def slot(self, table, text, is_same):
        """The slug of the same record, or a free one: "…", "…-2", "…-3"."""
        slug = stem = _slug(text)
        numbers = count(2)
        while (known := self.files[table].get(slug)) and not is_same(known):
            slug = f"{stem}-{next(numbers)}"
        return slug


def say(record, notes):
    """Add notes that a record does not have."""
    said = {note: note for note in record.get("notes", [])}
    for note in notes:
        said[note] = unite(said[note], note) if note in said else note
    if said:
        record["notes"] = list(said.values())


def _join(known, new):
    """Give a mapping what it lacks; a number that it has is then of both."""
    for name, value in new.items():
        known[name] = unite(known[name], value) if name in known else value


def _agree(said, others):
    """Whether two recipes contradict each other in nothing."""
    (stated, steps), (other, rows) = said, others
    pairs = [(stated, other), *((steps[at], rows[at]) for at in steps.keys() & rows)]
    return all(says_same(a[name], b[name]) for a, b in pairs for name in a.keys() & b)


def _film_note(entry):
    return f"Film: {entry['film']}."


def _is_alike(recipe, stated, steps):
    """Whether a recipe says no more than these conditions and steps."""
    _, known_stated, known_steps = recipe
    return known_stated.keys() <= stated.keys() and known_steps.keys() <= steps.keys()


def _added(studies, study):
    return studies if study in studies else [*studies, study]


def _numbers(value):
    numbers = value if isinstance(value, tuple) else [value]
    return "-".join(f"{number:g}" for number in numbers)


def _names(entry, field):
    """The names of a field and of its parts."""
    return [field, *(f"{field}.{part}" for part in entry.parts(field))]


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
