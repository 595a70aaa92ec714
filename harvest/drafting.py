"""Makes records of the curated literature from the entries of a harvest.

`draft` follows these rules; the words of a study decide, nothing is guessed.

* A value of a growth chemistry belongs to the process, if its precursors are known,
  else to the coating, else to the material.
* A film on a substrate is a coating; a solid-electrolyte film whose substrate is not
  stated is none. A record without a size is about the study's only coating of that
  kind.
* A test is one record. What has no cycle number is a point without one. A test of a
  film that is the active electrode is one of an uncoated electrode.
* A bare control of a property is a measurement on the substrate.
* What a source says that a coating gained is a measurement on the coating.
"""

import copy
from dataclasses import dataclass, field, replace

from harvest import cycling, measuring
from harvest.checking import check_shape, check_taken, check_values
from harvest.reading import NOT_NAMED, SkippedError, is_value
from harvest.records import Records, say, size

_ORDER = ("precursor", "coating", "cycling", "process", "property")


@dataclass
class Draft:
    """Records by file and key; the lines that were taken, and of which kind; those
    that were not, or whose words are unknown, with the reason or the words.
    """

    records: dict
    taken: list = field(default_factory=list)
    skipped: list = field(default_factory=list)
    unsaid: list = field(default_factory=list)


def draft(entries, vocabulary):
    """The `Draft` of the entries of a harvest. Raises HarvestError."""
    drafter = _Drafter(vocabulary)
    entries = drafter.choose(entries)
    entries.sort(key=lambda e: (_ORDER.index(e["kind"]), not e.is_bare, not size(e)))
    for entry in entries:
        drafter.take(entry)
    drafter.link_controls()
    drafter.records.say_what_is_given_again()
    drafter.draft.skipped.sort()
    return drafter.draft


class _Drafter:
    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.records = Records(vocabulary)
        self.draft = Draft(self.records.files)
        self._tests = {}  # by pair, bare or not: slugs of tests

    def choose(self, entries):
        """The entries that may be taken, one for each value that stands apart."""
        chosen = []
        for entry in entries:
            check_shape(entry)
            try:
                check_taken(entry)
            except SkippedError as reason:
                self.draft.skipped.append((entry.line, str(reason)))
                continue
            check_values(entry)
            title = entry["study"]["title"]
            if title in self.vocabulary.words["method_not_named"]:
                entry.values["technique"] = NOT_NAMED
            entry.values["printed"] = self.vocabulary.printed(entry)
            self.draft.unsaid += [(entry.line, name) for name in entry.unread()]
            remark = self.records.remark(entry)
            if entry["note"] and remark is None:
                self.draft.unsaid.append((entry.line, entry["note"]))
            chosen += _split(entry, remark or {})
            key = title, entry["material_name"]
            if entry["precursor_acronyms"]:
                self.records.chemistries[key].add(tuple(entry["precursor_acronyms"]))
        return chosen

    def take(self, entry):
        before = copy.deepcopy(self.records.files)
        try:
            getattr(self, f"_take_{entry['kind']}")(entry)
            self.draft.taken.append((entry.line, entry["kind"]))
        except SkippedError as reason:
            self.draft.records = self.records.files = before
            self.draft.skipped.append((entry.line, str(reason)))

    def link_controls(self):
        for (pair, is_bare), slugs in self._tests.items():
            control = self._tests.get((pair, True))
            for slug in slugs if control and not is_bare else ():
                self.records.files["cycling-tests"][slug]["control"] = control[0]

    # One method a kind.

    def _take_precursor(self, entry):
        [name] = entry["precursor_acronyms"]
        slug = self.records.use(
            "precursors", self.vocabulary.find("precursors", name), entry
        )
        notes, subject = self.records.notes(entry), {"precursor": slug}
        temperature = entry.quantity("source_temperature_c") or entry.room
        if temperature:
            record = {"precursor": slug, "temperature": temperature}
            record |= self.records.sourced(entry) | self.records.cited(entry)
            key = (slug, record["source"], record["locator"], temperature)
            self.records.add("sublimation-temperatures", key, record, notes)
        measured = self.records.measure(
            entry, slug, subject, measuring.OF_PRECURSORS, []
        )
        if not (temperature or measured):
            raise SkippedError("no source temperature and no property")

    def _take_process(self, entry):
        grown = self.records.grown(entry)
        on_substrate = entry["substrate"] and entry["scope"] != "reference process"
        coatings = self.records.coatings(entry) if on_substrate else []
        notes = self.records.notes(entry) + _characterized(entry, coatings)
        for material, process in grown:
            subject = _subject(material, process, coatings)
            fields = [
                name
                for name in measuring.OF_GROWTH
                if not (coatings and name == "thickness_nm")
            ]
            if not self.records.measure(entry, material, subject, fields, notes):
                kind, slug = next(iter(subject.items()))
                table = {"process": "processes", "coating": "coatings"}.get(kind)
                if record := self.records.files.get(table, {}).get(slug):
                    say(record, notes)

    def _take_coating(self, entry):
        notes = self.records.notes(entry)
        if coatings := self.records.coatings(entry):
            for slug in coatings:
                if slug in self.records.files["coatings"]:
                    say(self.records.files["coatings"][slug], notes)
                else:
                    material = self.records.grown(entry)[0][0]
                    subject = {"coating": slug}
                    self.records.measure(
                        entry, material, subject, ["thickness_nm"], notes
                    )
            return
        material, process = self._only_grown(entry)
        subject = _subject(material, process, [])
        if not self.records.measure(entry, material, subject, ["thickness_nm"], notes):
            raise SkippedError("neither a substrate nor a thickness is stated")

    def _take_property(self, entry):
        if entry.is_bare:
            self._take_bare_property(entry)
            return
        material, process = self._only_grown(entry)
        coatings = self.records.coatings(entry) if entry["substrate"] else []
        subject = _subject(material, None if coatings else process, coatings)
        notes = self.records.notes(entry) + _circumstances(entry, coatings)
        fields = (*measuring.OF_FILMS, *measuring.GAINS)
        grown_at = {"process": process} if process else subject
        self.records.measure(
            entry, material, grown_at, ["deposition_temperature_c"], []
        )
        if not coatings:
            self.records.measure(entry, material, subject, ["thickness_nm"], [])
        if not self.records.measure(entry, material, subject, fields, notes):
            film = self.records.only_coating(entry, material)
            if not (film and notes):
                raise SkippedError("no value of a property that is kept")
            say(film, notes)

    def _take_bare_property(self, entry):
        substrates = self.records.substrates(entry)
        if len(substrates) != 1:
            raise SkippedError("not one substrate is named")
        [substrate] = substrates
        subject, notes = {"substrate": substrate}, self.records.notes(entry)
        if not self.records.measure(
            entry, substrate, subject, measuring.OF_FILMS, notes
        ):
            raise SkippedError("uncoated control without a value")

    def _only_grown(self, entry):
        grown = self.records.grown(entry)
        if len(grown) != 1:
            raise SkippedError("not one process is named")
        return grown[0]

    def _take_cycling(self, entry):
        cell = self.records.cell(entry)
        substrates = self.records.substrates(entry)
        if len(substrates) != 1:
            raise SkippedError("not one electrode is named")
        study = self.records.study(entry)
        # A coated powder is cycled as the electrode that is made of it.
        electrodes = self.vocabulary.words["electrodes"]
        electrode = electrodes.get(substrates[0], substrates[0])
        is_uncoated = entry.is_bare or entry.is_electrode_film
        coating = None if is_uncoated else self.records.coatings(entry)[0]
        named = coating or f"bare-{electrode}-{study}"
        text = f"{named}-{cycling.distinction(entry)}"
        slug = self.records.slot("cycling-tests", text, lambda known: False)
        record = {"slug": slug, "study": study}
        record |= {"coating": coating} if coating else {}
        record["electrode"] = self.records.use("substrates", electrode, entry)
        record |= cycling.conditions(entry, cell) | self.records.sourced(entry)
        points, said = cycling.points(entry)
        record |= {"points": points} if points else {}
        record |= cycling.lives(entry)
        notes = cycling.notes(entry) + said + self.records.notes(entry)
        if entry.is_electrode_film:
            film = f"{entry['material_name']} by {entry['technique']}"
            notes.append(f"The electrode is a film of {film}, not a coated electrode.")
        self.records.add("cycling-tests", slug, record, notes)
        if entry["pair"]:
            self._tests.setdefault((entry["pair"], entry.is_bare), []).append(slug)
        if coating:
            film, subject = self.records.grown(entry)[0][0], {"coating": coating}
            notes = self.records.notes(entry)
            for fields, said in (
                (["improvement_over_control_percent"], notes),
                (["coulombic_efficiency_gain_percent"], []),
                (["deposition_temperature_c"], []),
            ):
                self.records.measure(entry, film, subject, fields, said)


def _split(entry, remark):
    """One entry for each value or cell that the remark sets apart."""
    values = dict(entry.values)
    for name, meant in remark.get("rename", {}).items():
        values[meant] = values.pop(name)
    values |= remark.get("adds", {})
    if name := remark.get("separate"):
        found = [values | {name: value} for value in values[name]]
    elif apart := remark.get("apart"):
        # What is said of one cell, without what is said of another.
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


def _characterized(entry, coatings):
    """By what a film was examined, in a note: a list. A coating lists its methods."""
    methods = entry["characterization"]
    if coatings or not methods:
        return []
    return [f"Characterization: {', '.join(methods)}."]


def _circumstances(entry, coatings):
    """How a measured film was made and examined: a list of notes."""
    said = []
    if entry["deposition_temperature_c"] is not None:
        said.append(f"Deposited at {entry.number('deposition_temperature_c')} °C.")
    if entry["thickness_nm"] is not None and not coatings:
        said.append(f"Film thickness: {entry.number('thickness_nm')} nm.")
    return said + _characterized(entry, coatings)


def _subject(material, process, coatings):
    if process:
        return {"process": process}
    return {"coating": coatings[0]} if coatings else {"material": material}
